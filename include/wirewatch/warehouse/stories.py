"""Stories: articles that have none, the plan's rows, and the search column that is filled after loading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wirewatch.warehouse.connection import Connection, rows, run_many


def story_candidates(connection: Connection) -> list[dict[str, Any]]:
    """Articles without a story, and articles with one that have had the same text."""
    return rows(connection, "story_candidates")


def store_stories(connection: Connection, origins: Sequence[tuple[str, int]]) -> dict[str, int]:
    """(story key, origin's article id) → story ids by key."""
    return {found["story_key"]: found["story_id"] for found in run_many(connection, "store_story", origins)}


def set_origins(connection: Connection, origins: Sequence[tuple[int, int]]) -> None:
    """(story id, origin's article id): a copy that came to us first may not be the one published first."""
    run_many(connection, "set_origins", origins)


def join_stories(connection: Connection, members: Iterable[tuple[int, int, int | None]]) -> int:
    """(article id, story id, id of the article it copies or None) → number of articles that joined."""
    return len(run_many(connection, "join_story", list(members), template="(%s, %s, %s::bigint)"))


def index_text(connection: Connection, *, limit: int) -> int:
    """Fill the search column of up to ``limit`` articles whose current version is not in it; how many, 0 when done."""
    return len(rows(connection, "index_text", {"limit": limit}))


def lock(connection: Connection) -> None:
    """Stories and alerts are made by one transaction at a time: two at once could each miss the other's articles."""
    rows(connection, "lock_stories")
