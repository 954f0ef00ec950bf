"""One try to send a message, and what becomes of it: the same for alerts, digests and notices to the operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from wirewatch.alert.outbox import OutboxState, after_failure
from wirewatch.errors import DeliveryError

COUNTED = {OutboxState.SENT: "sent", OutboxState.QUARANTINED: "quarantined", OutboxState.PENDING: "waiting"}


@dataclass(frozen=True)
class Attempt:
    """How a try ended."""

    state: OutboxState
    next_attempt_at: datetime | None = None  # of one that waits
    error: str | None = None


@dataclass
class Attempts:
    """The tries of one call of ``deliver``: its dice and its counts."""

    now: Callable[[], datetime]
    rng: Random
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED.values(), 0))

    def make(self, send: Callable[[], object], *, failed: int, messages: int = 1) -> Attempt:
        """Send; ``failed`` tries came before. ``messages`` are settled by it: those of a digest together."""
        try:
            send()
        except DeliveryError as error:
            state, retry_at = after_failure(error, failed + 1, now=self.now(), rng=self.rng)
            ended = Attempt(state, retry_at, str(error))
        else:
            ended = Attempt(OutboxState.SENT)
        self.counts[COUNTED[ended.state]] += messages
        return ended
