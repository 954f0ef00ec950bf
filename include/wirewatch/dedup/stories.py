"""Which articles tell one story: copies always do, and pairs that a second look (``StoryPair``) holds for one event.

Everything is decided on whole components of the graph of articles: what comes out depends on the articles and their
pairs, never on the order in which they came or on how often, or how interrupted, it was asked. Ids alone remember: a
story keeps its id as long as it has its origin; two that become one keep the older id, and a part that leaves gets one
of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from wirewatch.dedup.lineage import Descent, Member, Piece, TextPair, rank, related, trace

LINKED = 0.5
"""Of all pairs between two groups of pieces the share that must be held for one event before the groups are one story.
With single links a chain of alike reports would join a week's news into one."""


T = TypeVar("T")


@dataclass(frozen=True)
class StoryPair:
    """Two articles that tell of one event, by other evidence than their wording."""

    left: int  # article id, the lower
    right: int
    score: float  # 0..1; whoever makes pairs gives only those that count


@dataclass(frozen=True)
class Figures:
    """How much stands behind a story."""

    articles: int
    sources: int
    independent: int
    """Sources that do not copy, and do not name as theirs, another of the story; editions of a publisher are one."""


@dataclass(frozen=True)
class StoryPlan:
    """One story as it should be."""

    story_key: str  # what it is made by when it is new: the hash of its origin's first text
    story_id: int | None  # None: it is new
    origin: Member
    members: tuple[Member, ...]  # the origin first, then piece by piece
    descents: tuple[Descent, ...]  # in the same order
    figures: Figures
    merged: tuple[int, ...]  # ids of stories that end in it
    left: tuple[int, ...]  # ids of stories that some of its members leave for it


def plan_stories(
    members: Iterable[Member],
    pairs: Iterable[TextPair],
    *,
    events: Iterable[StoryPair] = (),
    origins: Mapping[int, int] | None = None,
) -> tuple[StoryPlan, ...]:
    """Whole components → stories, by key. ``origins``: id of each story that a member is in → its origin's article id.

    Give, with each member, all that share a text, a pair or a story with it, and so on: see ``kin`` in the warehouse.
    """
    found = sorted(members, key=lambda member: member.name)
    by_texts = {(pair.left, pair.right): pair for pair in pairs}
    pieces = [trace(group, by_texts) for group in _copies(found, by_texts)]
    groups = [_ordered(group) for group in _events(pieces, events)]
    homes = _homes(groups, origins or {})
    return tuple(sorted((_plan(group, homes) for group in groups), key=lambda plan: plan.story_key))


def _copies(members: Sequence[Member], pairs: Mapping[tuple[str, str], TextPair]) -> list[list[Member]]:
    """Members → groups of copies."""
    joined = _Joined(range(len(members)))
    holders: dict[str, list[tuple[int, Member]]] = defaultdict(list)
    for place, member in enumerate(members):
        for text in {wording.text_hash for wording in member.wordings}:
            holders[text].append((place, member))
    for held in holders.values():
        joined.join(place for place, _ in held)
    for pair in pairs.values():
        both = product(holders.get(pair.left, ()), holders.get(pair.right, ()))
        # Holders of one text are joined already, so one related pair of articles joins them all.
        near = next(((one, two) for (one, left), (two, right) in both if _near(left, right, pair)), ())
        if near:
            joined.join(near)
    return [[members[place] for place in group] for group in joined.groups()]


def _near(left: Member, right: Member, pair: TextPair) -> bool:
    ours = [wording.at for wording in left.wordings if wording.text_hash == pair.left]
    theirs = [wording.at for wording in right.wordings if wording.text_hash == pair.right]
    return any(related(left, one, right, two, pair) for one, two in product(ours, theirs))


def _events(pieces: Sequence[Piece], events: Iterable[StoryPair]) -> list[list[Piece]]:
    """Pieces → stories: the surest pairs first, two groups joined where enough of their pieces are paired."""
    place_of = {member.article_id: place for place, piece in enumerate(pieces) for member in piece.members}
    scores: dict[tuple[int, int], float] = {}
    for event in events:
        if event.left in place_of and event.right in place_of:
            one, two = sorted((place_of[event.left], place_of[event.right]))
            if one != two:
                scores[one, two] = max(event.score, scores.get((one, two), 0.0))
    groups = _Groups(len(pieces), scores)
    for one, two in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        groups.join_if_linked(one, two)
    return [[pieces[place] for place in group] for group in groups.found()]


class _Groups:
    """Groups of places that grow while the links between them are counted: a flood of alike pages costs what it has in
    pairs, not what its groups would have in each other's."""

    def __init__(self, count: int, pairs: Iterable[tuple[int, int]]) -> None:
        self._home = list(range(count))
        self._members = {place: [place] for place in range(count)}
        self._links: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for one, two in pairs:
            self._links[one][two] = self._links[two][one] = 1

    def join_if_linked(self, one: int, two: int) -> None:
        """Make one of the groups of two places where enough of their pairs are held for one event."""
        left, right = self._home[one], self._home[two]
        most = len(self._members[left]) * len(self._members[right])
        if left != right and self._links[left][right] >= LINKED * most:
            small, large = sorted((left, right), key=lambda group: (len(self._members[group]), group))
            self._join(small, large)

    def _join(self, small: int, large: int) -> None:
        moved = self._members.pop(small)
        self._members[large] += moved
        for place in moved:
            self._home[place] = large
        for group, count in self._links.pop(small).items():
            del self._links[group][small]
            if group != large:
                self._links[large][group] += count
                self._links[group][large] += count

    def found(self) -> list[list[int]]:
        """The groups by their first place, each in order."""
        return sorted(map(sorted, self._members.values()))


def _ordered(pieces: list[Piece]) -> list[Piece]:
    """The piece with the story's origin first."""
    publishers = {member.publisher for piece in pieces for member in piece.members}
    return sorted(pieces, key=lambda piece: rank(piece.origin, publishers, piece.since))


def _homes(groups: Sequence[Sequence[Piece]], origins: Mapping[int, int]) -> dict[int, list[int]]:
    """Article id of a group's origin → stories that go on in the group, the oldest id first.

    A story goes where its origin is; where that is no article any more, to the group with most of its members.
    """
    homes: dict[int, list[int]] = defaultdict(list)
    held: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    group_of: dict[int, int] = {}
    for group in groups:
        for member in _members(group):
            group_of[member.article_id] = group[0].origin.article_id
            if member.story_id is not None:
                held[member.story_id][group[0].origin.article_id] += 1
    for story in sorted(held):
        most = min(held[story], key=lambda group: (-held[story][group], group))
        homes[group_of.get(origins.get(story, -1), most)].append(story)
    return homes


def _plan(group: Sequence[Piece], homes: Mapping[int, Sequence[int]]) -> StoryPlan:
    origin = group[0].origin
    members = tuple(_members(group))
    stories = homes.get(origin.article_id, ())
    coming = {member.story_id for member in members if member.story_id is not None}
    return StoryPlan(
        story_key=origin.wordings[0].text_hash,
        story_id=stories[0] if stories else None,
        origin=origin,
        members=members,
        descents=tuple(descent for piece in group for descent in piece.descents),
        figures=_figures(group),
        merged=tuple(stories[1:]),
        left=tuple(sorted(coming.difference(stories))),
    )


def _figures(group: Sequence[Piece]) -> Figures:
    members = {member.article_id: member for member in _members(group)}
    publishers = {member.publisher for member in members.values()}
    joined = _Joined(publishers)
    for member in members.values():
        joined.join((member.publisher, *sorted(member.cites)))
    for descent in (descent for piece in group for descent in piece.descents):
        if descent.copy_of is not None:
            joined.join((members[descent.article_id].publisher, members[descent.copy_of].publisher))
    independent = len({id(joined.group(publisher)) for publisher in publishers})
    return Figures(len(members), len({member.source for member in members.values()}), independent)


def _members(group: Iterable[Piece]) -> Iterator[Member]:
    return (member for piece in group for member in piece.members)


class _Joined(Generic[T]):
    """Disjoint sets, joined the smaller into the larger."""

    def __init__(self, things: Iterable[T]) -> None:
        self._groups = {thing: [thing] for thing in things}

    def group(self, thing: T) -> list[T]:
        """The set of a thing; a thing that was never seen is alone."""
        return self._groups.setdefault(thing, [thing])

    def join(self, things: Iterable[T]) -> None:
        """Make one set of those of all these."""
        first, *others = things
        for other in others:
            small, large = sorted((self.group(first), self.group(other)), key=len)
            if small is not large:
                large.extend(small)
                self._groups.update(dict.fromkeys(small, large))

    def groups(self) -> list[list[T]]:
        """Every set once, and the things within each, in the order in which things were first named."""
        order = {thing: place for place, thing in enumerate(self._groups)}
        unique = {id(group): group for group in self._groups.values()}
        return [sorted(group, key=order.__getitem__) for group in unique.values()]
