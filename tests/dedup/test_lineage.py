"""Who copied whom."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.members import NOON, member, pair
from wirewatch.dedup.lineage import CopyKind, Descent, Member, TextPair, Wording, out_by, trace
from wirewatch.model import Precision


def traced(*members: Member, pairs: tuple[TextPair, ...] = ()) -> tuple[Descent, ...]:
    """Descents, which must be the same whatever order the members are given in."""
    by_texts = {(pair.left, pair.right): pair for pair in pairs}
    answers = {trace(order, by_texts).descents for order in itertools.permutations(members)}
    assert len(answers) == 1
    return answers.pop()


def test_the_earliest_of_the_same_texts_is_the_origin() -> None:
    """Exact copies come from whoever was out first."""
    assert traced(member(1, minutes=5), member(2), member(3, minutes=9)) == (
        Descent(2),
        Descent(1, 2, CopyKind.EXACT, 1.0),
        Descent(3, 2, CopyKind.EXACT, 1.0),
    )


def test_a_stated_source_is_the_origin_even_when_its_page_states_a_later_time() -> None:
    """Whoever names another of the copies as its source copied it: clocks are wrong more often than credits."""
    descents = traced(member(1, minutes=-30, cites=("s2.example",)), member(2), member(3, minutes=1))
    assert descents[0] == Descent(2)
    assert [(descent.article_id, descent.copy_of) for descent in descents[1:]] == [(3, 2), (1, 2)]


def test_naming_itself_or_an_absent_source_says_nothing_about_the_order() -> None:
    """«сообщает БелТА» on BelTA's own page, or a source that has no copy here, leaves it to the times."""
    first = member(1, cites=("s1.example", "elsewhere.example"))
    assert traced(first, member(2, minutes=1))[0] == Descent(1)


@pytest.mark.parametrize(
    ("own", "kind"), [((3, 0), CopyKind.REPRINT), ((0, 2), CopyKind.EDITED)], ids=["only cut", "changed"]
)
def test_near_copies_are_told_apart_by_their_own_sentences(own: tuple[int, int], kind: CopyKind) -> None:
    """A copy without a sentence of its own is a reprint; the share is that of its own text."""
    descents = traced(
        member(1, text="a"), member(2, minutes=3, text="b"), pairs=(pair("a", "b", sizes=(100, 120), own=own),)
    )
    assert descents == (Descent(1), Descent(2, 1, kind, 0.75))


def test_a_copy_of_a_copy_is_a_copy_of_the_origin_unless_it_names_the_copy() -> None:
    """Two papers with the same edited text both have it from the origin; one that credits the other has it from it."""
    pairs = (pair("a", "b"),)
    origin, first, second = member(1, text="a"), member(2, minutes=1, text="b"), member(3, minutes=2, text="b")
    assert traced(origin, first, second, pairs=pairs)[2] == Descent(3, 1, CopyKind.EDITED, 0.9)
    crediting = replace(second, cites=frozenset({"s2.example"}))
    assert traced(origin, first, crediting, pairs=pairs)[2] == Descent(3, 2, CopyKind.EXACT, 1.0)


def test_a_reprint_of_the_long_report_is_no_copy_of_the_flash() -> None:
    """The parent is whoever has most of a text, not whoever was first with some of it."""
    pairs = (
        pair("flash", "full", shared=50, sizes=(60, 300)),
        pair("full", "reprint", shared=290, sizes=(300, 300)),
        pair("flash", "reprint", shared=50, sizes=(60, 300)),
    )
    descents = traced(
        member(1, text="flash"),
        member(2, minutes=20, text="full"),
        member(3, minutes=50, text="reprint"),
        pairs=pairs,
    )
    assert [(descent.article_id, descent.copy_of) for descent in descents] == [(1, None), (2, 1), (3, 2)]


def test_a_text_taken_over_later_is_not_dated_by_its_page() -> None:
    """A page that was out first with other words, and took the wire's afterwards, is no origin of the wire's text."""
    paper = member(1, wordings=(Wording("own", NOON - timedelta(hours=3)), Wording("t", NOON + timedelta(hours=3))))
    assert traced(paper, member(2))[0] == Descent(2)


def test_a_tie_goes_to_news_of_their_own_then_to_the_text_the_others_share_most() -> None:
    """With times that say nothing a wire is before the press, and the text all others took from before the rest."""
    assert traced(member(1), member(2, news=True))[0] == Descent(2)
    pairs = (pair("a", "b"), pair("b", "c"), pair("a", "c", shared=70))
    assert traced(member(1, text="a"), member(2, text="b"), member(3, text="c"), pairs=pairs)[0] == Descent(2)


def test_near_copies_of_one_publisher_or_of_another_season_are_no_copies() -> None:
    """A publisher's own changed text is a follow-up; the same words after a month are news again."""
    own = replace(member(2, minutes=1, text="b"), publisher="s1.example")
    late = member(2, minutes=60 * 24 * 40, text="b")
    for other in (own, late):
        assert traced(member(1, text="a"), other, pairs=(pair("a", "b"),))[1] == Descent(2)
    reissue = replace(pair("a", "b"), reissue=True)
    assert traced(member(1, text="a"), own, pairs=(reissue,))[1].copy_of == 1


@pytest.mark.parametrize(
    ("published", "precision", "out"),
    [
        (NOON + timedelta(seconds=31), Precision.SECOND, NOON),
        (NOON, Precision.MINUTE, NOON),
        (NOON - timedelta(hours=15), Precision.DAY, NOON + timedelta(hours=9)),
        (None, Precision.NONE, NOON + timedelta(hours=12)),
    ],
)
def test_when_an_article_was_out_at_the_latest(published: datetime | None, precision: Precision, out: datetime) -> None:
    """To the minute; by the end of the day for a page that states a day, or nothing and was seen on that day."""
    assert out_by(published, precision, seen_at=NOON + timedelta(minutes=7)) == out
