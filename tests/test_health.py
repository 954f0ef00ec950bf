"""A source's state after a run."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from wirewatch.health import judge_source
from wirewatch.model import Health

NOW = datetime(2026, 11, 24, tzinfo=timezone.utc)
NOTHING = {"new": 0, "changed": 0, "same": 0, "not_article": 0, "quarantined": 0}


@pytest.mark.parametrize(
    ("outcomes", "read", "days_old", "note", "expected"),
    [
        ({("entry", "new"): 1, ("article", "new"): 3}, {"new": 3}, 0, None, Health.OK),
        ({("entry", "new"): 1}, {}, 1, None, Health.QUIET),
        ({("entry", "unchanged"): 2}, {}, 1, None, Health.UNCHANGED),
        ({("entry", "unchanged"): 1}, {}, 15, None, Health.STALE),
        ({("entry", "new"): 1}, {}, 40, None, Health.STALE),
        ({("entry", "unreachable"): 1}, {}, 1, "no address", Health.UNREACHABLE),
        ({("entry", "too-slow"): 1}, {}, 1, None, Health.UNREACHABLE),
        ({("entry", "blocked"): 2}, {}, 1, None, Health.BLOCKED),
        ({("entry", "robots"): 1}, {}, 1, None, Health.BLOCKED),
        ({("entry", "gone"): 1}, {}, 1, None, Health.BROKEN),
        ({("entry", "new"): 1}, {}, 1, "HTML in place of a feed", Health.BROKEN),
        ({("entry", "new"): 1, ("entry", "blocked"): 1}, {}, 1, "403", Health.BLOCKED),
        ({("entry", "new"): 1, ("article", "blocked"): 5}, {}, 1, None, Health.BLOCKED),
        ({("entry", "new"): 1, ("article", "new"): 5}, {"not_article": 5}, 1, None, Health.BROKEN),
        ({("entry", "new"): 1, ("article", "new"): 5}, {"new": 4, "quarantined": 1}, 1, None, Health.OK),
        ({("entry", "new"): 1, ("article", "gone"): 1}, {}, 1, None, Health.QUIET),
        ({}, {}, None, None, Health.BROKEN),
    ],
)
def test_state_follows_from_what_was_yielded(
    outcomes: dict[tuple[str, str], int], read: dict[str, int], days_old: int | None, note: str | None, expected: Health
) -> None:
    """A quiet day never looks like an outage, nor the reverse."""
    newest = None if days_old is None else NOW - timedelta(days=days_old)
    assert judge_source(outcomes, read={**NOTHING, **read}, newest=newest, now=NOW, note=note)[0] is expected
