"""When a message is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from wirewatch.alert.outbox import OutboxState, after_failure, next_attempt
from wirewatch.errors import DeliveryError

NOW = datetime(2031, 9, 5, 6, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("attempts", "least", "most"),
    [
        (1, timedelta(minutes=1), timedelta(minutes=2)),
        (2, timedelta(minutes=2), timedelta(minutes=4)),
        (5, timedelta(minutes=16), timedelta(minutes=32)),
        (9, timedelta(hours=3), timedelta(hours=6)),
        (10**9, timedelta(hours=3), timedelta(hours=6)),
    ],
)
def test_wait(attempts: int, least: timedelta, most: timedelta) -> None:
    """The wait doubles from a minute up to six hours, and differs from message to message."""
    waits = {next_attempt(attempts, NOW, rng=Random(seed)) - NOW for seed in range(200)}
    assert least <= min(waits) < max(waits) <= most
    assert len(waits) > 150


def test_same_dice_same_time() -> None:
    """The time depends on nothing but what is given."""
    assert next_attempt(3, NOW, rng=Random(1)) == next_attempt(3, NOW, rng=Random(1))


def test_no_wait_before_the_first() -> None:
    """Asking for the wait before any attempt is a mistake."""
    with pytest.raises(ValueError, match="first attempt"):
        next_attempt(0, NOW, rng=Random(1))


def test_after_failure() -> None:
    """A refusal for good is quarantined at once; a temporary failure stays pending, however often it was tried."""
    refused = DeliveryError("a@b.example", "550 no", permanent=True)
    later = DeliveryError("a@b.example", "450 later", permanent=False)
    assert after_failure(refused, 1, now=NOW, rng=Random(1)) == (OutboxState.QUARANTINED, None)
    for attempts in (1, 50, 5000):
        expected = (OutboxState.PENDING, next_attempt(attempts, NOW, rng=Random(1)))
        assert after_failure(later, attempts, now=NOW, rng=Random(1)) == expected
