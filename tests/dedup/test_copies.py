"""Which texts are copies, decided on the whole of both."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks.documents import invented_documents
from wirewatch.dedup.copies import Overlap, Text, overlap

TEXTS = invented_documents(200, seed=21).texts
REPORT, OTHER, THIRD = TEXTS[:3]


def edited(text: str, share: float, *, seed: int = 1) -> str:
    """A text with a share of its words replaced by one of another."""
    chance, words = random.Random(seed), text.split()
    for place in chance.sample(range(len(words)), round(len(words) * share)):
        words[place] = f"{words[place]}правка"
    return " ".join(words)


def is_copy(left: str, right: str) -> bool:
    answers = {overlap(Text(left), Text(right)).is_copy, overlap(Text(right), Text(left)).is_copy}
    assert len(answers) == 1, "the order of two texts decides"
    return answers.pop()


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (REPORT, True),
        (" ".join(REPORT.split()[:120]), True),
        (f"{REPORT}\n{OTHER}", True),
        (f"{' '.join(REPORT.split()[:180])}\n{' '.join(OTHER.split()[:90])}", True),
        (f"По сообщению из штаба, {REPORT}", True),
        (f"{' '.join(OTHER.split()[:12])} {' '.join(REPORT.split()[12:])}", True),
        (OTHER, False),
        (f"{' '.join(OTHER.split()[:80])} {' '.join(REPORT.split()[60:])}", False),
        (f"{REPORT}\n{' '.join(TEXTS[10:20])}", False),
        ("Короткая заметка из одного предложения.", False),
    ],
    ids="same cut longer other-end credited new-lead other background digest short".split(),  # noqa: SIM905
)
def test_what_is_a_copy(copy: str, expected: bool) -> None:
    """Cut, lengthened and credited texts are; shared background, a digest and another text are not."""
    assert is_copy(REPORT, copy) is expected


def test_a_tenth_of_the_words_replaced_leaves_copies() -> None:
    """Edited reprints count: of 200 with a tenth of their words replaced, at the most four are missed."""
    found = [is_copy(text, edited(text, 0.10, seed=seed)) for seed, text in enumerate(TEXTS)]
    assert found.count(False) <= 4


def losses(*numbers: int) -> str:
    return (
        "Сводка за сутки к утру. За сутки противник потерял {} солдат, {} танков, {} боевых машин, {} пушек, {} машин "
        "и {} лодок, говорится в сводке штаба, который каждое утро подводит итоги прошедших суток на всех участках."
    ).format(*numbers)


def test_a_series_is_no_row_of_copies() -> None:
    """The same words with other numbers are tomorrow's news; one corrected number leaves a copy."""
    assert not is_copy(losses(120, 4, 11, 9, 30, 1), losses(140, 7, 13, 21, 28, 2))
    assert is_copy(losses(120, 4, 11, 9, 30, 1), losses(120, 4, 12, 9, 30, 1))


def test_a_publishers_own_text_is_a_reissue_only_when_almost_the_same() -> None:
    """A publisher does not reprint itself: what it changed much, or in a number, is a follow-up."""
    small, large = edited(REPORT, 0.02), edited(REPORT, 0.10)
    reissues = [overlap(Text(REPORT), Text(text)).is_reissue for text in (small, large)]
    assert reissues == [True, False]
    first, second = Text(losses(120, 4, 11, 9, 30, 1)), Text(losses(120, 4, 12, 9, 30, 1))
    assert not overlap(first, second).is_reissue


def test_the_figures_of_an_overlap() -> None:
    """Shares are of the triples that each text has."""
    found = overlap(Text("а б в г д 1"), Text("а б в г 2"))
    assert found == Overlap(shared=2, left=4, right=3, lead=0.75, numbers=1, numbers_missing=1)
    assert (found.containment, found.of_the_longer, found.resemblance) == (2 / 3, 0.5, 0.4)
    empty = replace(found, shared=0, left=0, right=0)
    assert (empty.containment, empty.of_the_longer, empty.resemblance, empty.is_copy) == (0.0, 0.0, 0.0, False)
