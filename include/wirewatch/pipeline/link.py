"""After all sources are read: articles → stories, and the search column of what was loaded."""

from __future__ import annotations

from wirewatch.dedup.stories import Candidate, StoryPlan, plan_stories
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import stories
from wirewatch.warehouse.connection import Connection

INDEXED_AT_ONCE = 500


def link(desk: Desk) -> dict[str, int]:
    """Give each article without a story its story, in one transaction; return {"linked", "stories", "copies"}."""
    with desk.warehouse() as connection:
        with connection:
            stories.lock(connection)
            plans = plan_stories(Candidate(**found) for found in stories.story_candidates(connection))
            done = _store(connection, plans)
        _index(connection)
    return done


def _store(connection: Connection, plans: tuple[StoryPlan, ...]) -> dict[str, int]:
    fresh = [plan for plan in plans if plan.story_id is None]
    made = stories.store_stories(connection, [(plan.story_key, plan.origin.article_id) for plan in fresh])
    old = [(plan.story_id, plan.origin.article_id) for plan in plans if plan.story_id is not None]
    stories.set_origins(connection, old)
    members: list[tuple[int, int, int | None]] = []
    copies = 0
    for plan in plans:
        story_id = plan.story_id if plan.story_id is not None else made[plan.story_key]
        for member in plan.members:
            copied = plan.origin.article_id if member is not plan.origin else None
            copies += copied is not None and member.story_id is None
            members.append((member.article_id, story_id, copied))
    linked = sum(len(plan.joining) for plan in plans)
    stories.join_stories(connection, members)
    return {"linked": linked, "stories": len(fresh), "copies": copies}


def _index(connection: Connection) -> None:
    """Fill the search column in bulk, a transaction for each few hundred articles: it may be cut off anywhere."""
    indexed = INDEXED_AT_ONCE
    while indexed:
        with connection:
            indexed = stories.index_text(connection, limit=INDEXED_AT_ONCE)
