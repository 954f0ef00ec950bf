"""The place of articles among copies and stories: the graph around them → the plan → its rows, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from wirewatch.dedup.lineage import Member, TextPair, Wording, out_by
from wirewatch.dedup.publishers import publisher_of
from wirewatch.dedup.stories import StoryPair, StoryPlan, plan_stories
from wirewatch.model import Precision
from wirewatch.sources import SourceKind
from wirewatch.warehouse import stories
from wirewatch.warehouse.connection import Connection, Row

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def place(connection: Connection, versions: Sequence[tuple[int, int]], *, now: datetime) -> dict[str, int]:
    """Give (article id, version)s that were compared their place; return {"linked", "stories", "copies"}.

    All that hangs together with them is planned anew, in the caller's transaction; nobody else places meanwhile.
    """
    stories.lock(connection)
    ids = stories.kin(connection, {article_id for article_id, _ in versions})
    rows = stories.story_members(connection, ids)
    members = [_member(row) for row in rows]
    texts = {wording.text_hash for member in members for wording in member.wordings}
    plans = plan_stories(
        members,
        [_pair(row) for row in stories.member_pairs(connection, texts)],
        events=[
            StoryPair(row["left_id"], row["right_id"], row["score"]) for row in stories.member_events(connection, ids)
        ],
        origins={row["story_id"]: row["origin_id"] for row in rows if row["story_id"] is not None},
    )
    _store(connection, plans, now=now)
    stories.settle_links(connection, versions)
    unlinked = {member.article_id for member in members if member.story_id is None}
    copies = [it for plan in plans for it in plan.descents if it.copy_of is not None and it.article_id in unlinked]
    fresh = sum(plan.story_id is None for plan in plans)
    return {"linked": len(unlinked), "stories": fresh, "copies": len(copies)}


def _store(connection: Connection, plans: Sequence[StoryPlan], *, now: datetime) -> None:
    ids = _story_ids(connection, plans)
    stories.update_stories(
        connection, [(ids[plan.origin.article_id], *_figures(plan)) for plan in plans if plan.story_id]
    )
    moved = stories.join_stories(
        connection,
        [
            (it.article_id, ids[plan.origin.article_id], it.copy_of, it.kind.value if it.kind else None, it.containment)
            for plan in plans
            for it in plan.descents
        ],
    )
    merged = [(old, ids[plan.origin.article_id]) for plan in plans for old in plan.merged]
    parted = [(old, ids[plan.origin.article_id]) for plan in plans for old in plan.left]
    stories.merge_stories(connection, merged)
    changes = [("merge", *pair) for pair in merged] + [("split", *pair) for pair in parted if pair not in merged]
    stories.note_changes(connection, changes, now=now)
    stories.follow_alerts(connection, moved)
    stories.drop_repeated_mails(connection, [old for old, _ in merged])


def _story_ids(connection: Connection, plans: Sequence[StoryPlan]) -> dict[int, int]:
    """Origin's article id → story id. What is new is made; a key in use is salted with the origin's name."""
    ids = {plan.origin.article_id: plan.story_id for plan in plans if plan.story_id is not None}
    fresh = [plan for plan in plans if plan.story_id is None]
    made = stories.store_stories(connection, [(plan.story_key, *_figures(plan)) for plan in fresh])
    taken = [plan for plan in fresh if plan.story_key not in made]
    made |= stories.store_stories(connection, [(_other_key(plan), *_figures(plan)) for plan in taken])
    keys = {plan.origin.article_id: _other_key(plan) if plan in taken else plan.story_key for plan in fresh}
    return ids | {article_id: made[key] for article_id, key in keys.items()}


def _other_key(plan: StoryPlan) -> str:
    return sha256("\n".join((plan.story_key, *plan.origin.name)).encode()).hexdigest()


def _figures(plan: StoryPlan) -> tuple[int, int, int, int]:
    figures = plan.figures
    return plan.origin.article_id, figures.articles, figures.sources, figures.independent


def _member(row: Row) -> Member:
    seen = row["first_seen_at"]
    out = out_by(row["published_at"], Precision(row["published_precision"]), seen_at=seen)
    texts: list[list[Any]] = row["texts"]
    return Member(
        article_id=row["article_id"],
        source=row["source"],
        publisher=publisher_of(row["home"]),
        news=row["kind"] != SourceKind.PRESS.value,
        canonical_url=row["canonical_url"],
        first_seen_at=seen,
        wordings=tuple(
            Wording(text, EPOCH + timedelta(microseconds=seen_at) if number else out)
            for number, (text, seen_at) in enumerate(texts)
        ),
        cites=frozenset(row["cites"]),
        story_id=row["story_id"],
    )


def _pair(row: Row) -> TextPair:
    return TextPair(
        left=row["left_hash"],
        right=row["right_hash"],
        shared=row["shared"],
        left_size=row["left_size"],
        right_size=row["right_size"],
        reissue=row["reissue"],
        left_own=row["left_own"],
        right_own=row["right_own"],
    )
