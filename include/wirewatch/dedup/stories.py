"""Which articles tell one story. For now: the same text, under whatever site's markup, is one story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """An article without a story, or one that has the same text and has a story already."""

    article_id: int
    source: str
    canonical_url: str
    text_hash: str
    published_at: datetime | None
    first_seen_at: datetime
    story_id: int | None = None

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Who was first: by stated time, else by when we saw it; then by name, so that ties always fall alike."""
        return (self.published_at or self.first_seen_at, self.source, self.canonical_url)


@dataclass(frozen=True)
class StoryPlan:
    """One story: its key, its members in order of publication, and the id when it exists."""

    story_key: str
    members: tuple[Candidate, ...]
    story_id: int | None

    @property
    def origin(self) -> Candidate:
        """The member published first."""
        return self.members[0]

    @property
    def joining(self) -> tuple[Candidate, ...]:
        """Members that have no story yet."""
        return tuple(member for member in self.members if member.story_id is None)


def plan_stories(candidates: Iterable[Candidate]) -> tuple[StoryPlan, ...]:
    """Candidates → stories. The result does not depend on the order of the candidates."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.text_hash, []).append(candidate)
    return tuple(_plan(key, groups[key]) for key in sorted(groups))


def _plan(key: str, members: list[Candidate]) -> StoryPlan:
    ordered = tuple(sorted(members, key=lambda member: member.order))
    existing = sorted(member.story_id for member in ordered if member.story_id is not None)
    return StoryPlan(key, ordered, existing[0] if existing else None)
