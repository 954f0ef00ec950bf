"""Who copied whom. Members of one piece (articles whose texts are copies of each other) → origin and lines of descent.

Evidence, in order: a text that names another member's publisher as its source is no origin; then who was out first;
then, where pages do not say that exactly enough, which text the others have most of. Nothing depends on when, or in
which order, the articles came to us within a day: only the day of an article that states no date does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum

from wirewatch.model import Precision

WINDOW = timedelta(days=30)
"""Between two texts that are much alike. The same words a season later are news again, not a part of an old story."""

AS_GOOD = 0.3
"""Containment that a likelier parent may lack beside the text that a copy has most of: two papers that change an origin
alike are both its copies, but the reprint of a long report is no copy of the flash before it."""

DAY = timedelta(days=1)


class CopyKind(str, Enum):
    """How a copy differs from what it copies."""

    EXACT = "exact"  # word for word
    REPRINT = "reprint"  # cut, or a source line added
    EDITED = "edited-reprint"  # with changed or added sentences


@dataclass(frozen=True)
class Wording:
    """A text that an article has or had."""

    text_hash: str
    at: datetime  # UTC: when the article had it, see ``out_by``


@dataclass(frozen=True)
class Member:
    """An article, as far as lineage and stories look at it."""

    article_id: int
    source: str  # slug
    publisher: str  # see publishers.py
    news: bool  # True: a wire, a ministry, anybody whose news is their own; False: the press
    canonical_url: str
    first_seen_at: datetime  # UTC
    wordings: tuple[Wording, ...]  # in order; texts that our own code misread are left out
    cites: frozenset[str] = frozenset()  # publishers that its current text names as its source
    story_id: int | None = None

    @property
    def name(self) -> tuple[str, str]:
        """Its natural key."""
        return self.source, self.canonical_url


@dataclass(frozen=True)
class TextPair:
    """Two texts of which one is a near-copy of the other; ``left`` sorts before ``right``."""

    left: str  # text_hash
    right: str
    shared: int  # word triples in both
    left_size: int  # word triples
    right_size: int
    reissue: bool  # so alike that two texts of one publisher are one piece too
    left_own: int  # sentences of the left that the right changed or does not have
    right_own: int

    def size(self, text_hash: str) -> int:
        """Word triples of one of the texts."""
        return self.left_size if text_hash == self.left else self.right_size

    def contained(self, text_hash: str) -> float:
        """Share of one of the texts that the other has, 0..1."""
        return self.shared / self.size(text_hash)

    def own(self, text_hash: str) -> int:
        """Sentences of one of the texts that the other does not have."""
        return self.left_own if text_hash == self.left else self.right_own


@dataclass(frozen=True)
class Descent:
    """What an article copies. All three are None for one that copies nothing we have."""

    article_id: int
    copy_of: int | None = None
    kind: CopyKind | None = None
    containment: float | None = None  # share of its text that the other has, 0..1


@dataclass(frozen=True)
class Piece:
    """Articles that are copies of each other, the likeliest origin first."""

    members: tuple[Member, ...]
    descents: tuple[Descent, ...]  # in the same order
    since: datetime  # UTC: when its origin had the text

    @property
    def origin(self) -> Member:
        """Where it comes from, as far as we have it."""
        return self.members[0]


def out_by(published_at: datetime | None, precision: Precision, *, seen_at: datetime) -> datetime:
    """The latest moment at which an article was out, by what its page states, to the minute (UTC).

    A page that states a day only is not before one that states a time on that day: its day's end counts. One that
    states nothing was out by the end of the day on which we saw it.
    """
    if published_at is None:
        return seen_at.astimezone(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    if precision is Precision.DAY:
        return published_at + DAY
    return published_at.replace(second=0, microsecond=0)


def related(left: Member, left_at: datetime, right: Member, right_at: datetime, pair: TextPair) -> bool:
    """Whether two near-copies make their articles copies: near enough in time, and no publisher's own follow-up."""
    return abs(left_at - right_at) <= WINDOW and (left.publisher != right.publisher or pair.reissue)


def trace(members: Iterable[Member], pairs: Mapping[tuple[str, str], TextPair]) -> Piece:
    """Members of one piece, in any order → their order and descent."""
    found = sorted(members, key=lambda member: member.name)
    kin = _Kin(found, pairs)
    publishers = {member.publisher for member in found}
    ordered = sorted(found, key=lambda member: (_cites_another(member, publishers), *kin.rank(member)))
    places = {member.article_id: place for place, member in enumerate(ordered)}
    descents = tuple(_descent(member, places, kin) for member in ordered)
    return Piece(tuple(ordered), descents, kin.since(ordered[0]))


def rank(member: Member, publishers: Iterable[str], at: datetime) -> tuple[object, ...]:
    """Of an origin among origins of a story: who names no other, then who was first."""
    seen = member.first_seen_at.astimezone(timezone.utc).date()
    return (_cites_another(member, set(publishers)), at, seen, not member.news, *member.name)


def _cites_another(member: Member, publishers: set[str]) -> bool:
    return bool((member.cites & publishers) - {member.publisher})


@dataclass(frozen=True, order=True)
class _Option:
    """An article that another may have its text from. Later fields decide nothing that earlier ones leave open."""

    exact: bool
    containment: float
    kind: CopyKind
    publisher: str


class _Kin:
    """Who of a piece shares text with whom."""

    def __init__(self, members: Sequence[Member], pairs: Mapping[tuple[str, str], TextPair]) -> None:
        self.holders: dict[str, list[tuple[Member, datetime]]] = defaultdict(list)
        for member in members:
            for wording in member.wordings:
                self.holders[wording.text_hash].append((member, wording.at))
        self.near: dict[str, list[tuple[str, TextPair]]] = defaultdict(list)
        for pair in pairs.values():
            if pair.left in self.holders and pair.right in self.holders:
                self.near[pair.left].append((pair.right, pair))
                self.near[pair.right].append((pair.left, pair))

    def options(self, member: Member) -> dict[int, _Option]:
        """By article: what it may have copied, by the most alike of their texts."""
        found: dict[int, _Option] = {}
        for wording in member.wordings:
            for other, _ in self.holders[wording.text_hash]:
                found[other.article_id] = _Option(True, 1.0, CopyKind.EXACT, other.publisher)
            for text, pair in self.near[wording.text_hash]:
                kind = CopyKind.EDITED if pair.own(wording.text_hash) else CopyKind.REPRINT
                for other, at in self.holders[text]:
                    if related(member, wording.at, other, at, pair):
                        option = _Option(False, pair.contained(wording.text_hash), kind, other.publisher)
                        found[other.article_id] = max(found.get(other.article_id, option), option)
        found.pop(member.article_id, None)
        return found

    def since(self, member: Member) -> datetime:
        """When it had the first of its texts that others have too; its own first text when there is none."""
        texts = member.wordings
        common = [it.at for it in texts if len(self.holders[it.text_hash]) > 1 or self.near[it.text_hash]]
        return min(common) if common else texts[0].at

    def rank(self, member: Member) -> tuple[object, ...]:
        """Who was first; then whose text the others have most of, and which has least that they do not have."""
        seen = member.first_seen_at.astimezone(timezone.utc).date()
        texts = [wording.text_hash for wording in member.wordings]
        shared = sum(pair.shared for text in texts for _, pair in self.near[text])
        size = min((pair.size(text) for text in texts for _, pair in self.near[text]), default=0)
        return (self.since(member), seen, not member.news, -shared, size, *member.name)


def _descent(member: Member, places: Mapping[int, int], kin: _Kin) -> Descent:
    """From whom of those before it an article has its text: whom it names, else the origin, else the first."""
    options = kin.options(member)
    earlier = [other for other in options if places[other] < places[member.article_id]]
    if not earlier:
        return Descent(member.article_id)
    best = max(options[other].containment for other in earlier)
    likely = [other for other in earlier if options[other].containment >= best - AS_GOOD]
    parent = min(likely, key=lambda other: (options[other].publisher not in member.cites, places[other]))
    return Descent(member.article_id, parent, options[parent].kind, round(options[parent].containment, 4))
