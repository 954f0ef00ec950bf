"""Articles as the tracing of copies and stories sees them, each of a source and publisher of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from wirewatch.dedup.lineage import Member, TextPair, Wording

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


def member(
    number: int,
    text: str = "t",
    *,
    minutes: int = 0,
    story: int | None = None,
    cites: tuple[str, ...] = (),
    **changes: Any,
) -> Member:
    """An article of source and publisher ``s<number>``, out so many minutes after noon; ``changes`` are its fields."""
    made = Member(
        article_id=number,
        source=f"s{number}",
        publisher=f"s{number}.example",
        news=False,
        canonical_url=f"https://s{number}.example/a",
        first_seen_at=NOON,
        wordings=(Wording(text, NOON + timedelta(minutes=minutes)),),
        cites=frozenset(cites),
        story_id=story,
    )
    return replace(made, **changes)


def pair(
    left: str, right: str, *, shared: int = 90, sizes: tuple[int, int] = (100, 100), own: tuple[int, int] = (1, 1)
) -> TextPair:
    """Two near-copies: word triples they share, word triples of each, and sentences that are each one's own."""
    return TextPair(left, right, shared, *sizes, False, *own)
