"""When a message is tried again, and when it is given up. Pure: clock and dice are given; the rows are not its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from random import Random

from wirewatch.errors import DeliveryError

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)


class OutboxState(str, Enum):
    """Where a message to one recipient stands."""

    PENDING = "pending"  # to be sent at or after next_attempt_at
    SENT = "sent"  # a server has taken it over
    QUARANTINED = "quarantined"  # refused for good: shown to the operator, not tried again


def next_attempt(attempts: int, now: datetime, *, rng: Random) -> datetime:
    """Attempts made so far (1 or more) → when to try again: 1–2 min after the first, doubling, 3–6 h at the most.

    Half of the wait is random ("equal jitter", AWS Architecture Blog, "Exponential Backoff And Jitter"), so that what
    failed together does not come back together.
    """
    if attempts < 1:
        raise ValueError("a first attempt needs no wait")
    longest = min(SHORTEST * 2.0 ** min(attempts, 16), LONGEST)
    return now + longest / 2 + longest / 2 * rng.random()


def after_failure(
    error: DeliveryError, attempts: int, *, now: datetime, rng: Random
) -> tuple[OutboxState, datetime | None]:
    """A failed attempt (the ``attempts``-th) → the new state, and when to try again.

    A temporary failure is never given up, however long the mail server is away: an alert late is better than lost.
    """
    if error.permanent:
        return OutboxState.QUARANTINED, None
    return OutboxState.PENDING, next_attempt(attempts, now, rng=rng)
