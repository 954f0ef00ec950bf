"""Which articles tell one story, and what a story's id remembers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

from tests.support.members import NOON, member
from tests.support.members import pair as near
from wirewatch.dedup.lineage import Member, TextPair, Wording
from wirewatch.dedup.stories import Figures, StoryPair, StoryPlan, plan_stories


def planned(
    *members: Member,
    pairs: tuple[TextPair, ...] = (),
    events: tuple[StoryPair, ...] = (),
    origins: dict[int, int] | None = None,
) -> tuple[StoryPlan, ...]:
    """The plan, which must be the same whatever order everything is given in."""
    answers = {
        plan_stories(order, given, events=reversed(events), origins=origins)
        for order in itertools.permutations(members)
        for given in (pairs, pairs[::-1])
    }
    assert len(answers) == 1
    return answers.pop()


def ids(plan: StoryPlan) -> list[int]:
    return [member.article_id for member in plan.members]


def test_copies_are_one_story_and_an_article_is_in_it_once() -> None:
    """Exact, near and chained copies; also when both versions of an article have copies of their own."""
    both = replace(
        member(1, "a"), wordings=(Wording("a", NOON), Wording("b", NOON + timedelta(hours=2)))
    )  # the first copied by 2, the second by 3
    first, second = planned(
        both,
        member(2, "a", minutes=1),
        member(3, "b", minutes=150),
        member(4, "c", minutes=160),
        member(5, "other"),
        pairs=(near("b", "c"),),
    )
    assert (ids(first), first.story_id, first.story_key) == ([1, 2, 3, 4], None, "a")
    assert (ids(second), first.figures, second.figures) == ([5], Figures(4, 4, 1), Figures(1, 1, 1))


def test_nine_reprints_are_one_source_and_an_independent_report_is_another() -> None:
    """Copies, stated sources, absent sources in common and editions of one publisher are no second source."""
    copies = [member(number, "t", minutes=number) for number in range(4)]
    (plan,) = planned(*copies)
    assert plan.figures == Figures(4, 4, 1)
    report = member(7, "own", minutes=9)
    event = (StoryPair(2, 7, 0.8),)
    (plan,) = planned(*copies, report, events=event)
    assert (plan.origin.article_id, plan.figures) == (0, Figures(5, 5, 2))
    crediting = replace(report, cites=frozenset({"s0.example"}))
    assert planned(*copies, crediting, events=event)[0].figures == Figures(5, 5, 1)
    edition = replace(report, publisher="s3.example")
    assert planned(*copies, edition, events=event)[0].figures == Figures(5, 5, 1)
    agency = ("agency.example",)
    told = (member(1, "a", cites=agency), member(2, "b", cites=agency))
    assert planned(*told, events=(StoryPair(1, 2, 0.8),))[0].figures == Figures(2, 2, 1)


def test_a_chain_of_alike_reports_is_not_one_story() -> None:
    """Groups become one only where enough of their pieces are paired, the surest pairs first."""
    chain = [member(number, f"t{number}", minutes=number) for number in range(5)]
    events = tuple(StoryPair(number, number + 1, 0.9 - number / 10) for number in range(4))
    assert [ids(plan) for plan in planned(*chain, events=events)] == [[0, 1, 2], [3, 4]]
    every = tuple(StoryPair(one, two, 0.5) for one, two in itertools.combinations(range(5), 2))
    assert [ids(plan) for plan in planned(*chain, events=every)] == [[0, 1, 2, 3, 4]]


def test_a_story_keeps_its_id_when_an_earlier_article_comes_to_it() -> None:
    """The origin changes, the id does not."""
    (plan,) = planned(member(1, "t", minutes=9, story=7), member(2, "t"), origins={7: 1})
    assert (plan.story_id, plan.origin.article_id, plan.merged, plan.left) == (7, 2, (), ())


def test_two_stories_that_become_one_keep_the_older_id() -> None:
    """The other is recorded as merged into it."""
    (plan,) = planned(
        member(1, "a", story=9), member(2, "b", minutes=1, story=4), member(3, "c", minutes=2),
        pairs=(near("a", "c"), near("b", "c")), origins={9: 1, 4: 2},
    )  # fmt: skip
    assert (plan.story_id, plan.merged, plan.left, ids(plan)) == (4, (9,), (), [1, 2, 3])


def test_the_part_with_the_origin_keeps_the_id_of_a_story_that_parts() -> None:
    """The others leave for a story of their own, or for the one that they are a part of now."""
    first, second = planned(member(1, "a", story=4), member(2, "b", story=4), origins={4: 2})
    assert (first.story_id, first.left, second.story_id, second.left) == (None, (4,), 4, ())
    moved, kept = planned(
        member(1, "a", story=4), member(2, "a", minutes=-1, story=6), member(3, "b", story=4), origins={4: 3, 6: 2}
    )
    assert (moved.story_id, moved.left, kept.story_id) == (6, (4,), 4)


def test_a_story_whose_origin_is_gone_goes_on_with_most_of_its_articles() -> None:
    """An origin that is no article any more decides nothing."""
    members = (member(1, "a", story=4), member(2, "b", story=4), member(3, "b", minutes=1, story=4))
    alone, most = planned(*members, origins={4: 99})
    assert (alone.story_id, most.story_id) == (None, 4)
