"""Send what waits for the operator: one mail, one transaction, as alerts are sent."""

from __future__ import annotations

import random
from typing import Any

from wirewatch.alert.mail import compose_notice
from wirewatch.alert.outbox import OutboxState, after_failure
from wirewatch.alert.transport import Transport
from wirewatch.errors import DeliveryError
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import health
from wirewatch.warehouse.connection import Connection


def send_notices(
    desk: Desk, connection: Connection, transport: Transport, *, rng: random.Random, counts: dict[str, int]
) -> None:
    """Send each due mail to the operator once, and add to the counts of ``deliver``."""
    after: int | None = 0
    while after is not None:
        with connection:
            after = _send_one(desk, connection, transport, rng=rng, after=after, counts=counts)


def _send_one(
    desk: Desk, connection: Connection, transport: Transport, *, rng: random.Random, after: int, counts: dict[str, int]
) -> int | None:
    """Try the next mail; its id, or None when no more is due. Its row stays locked until the caller commits."""
    waiting = health.claim_notice(connection, now=desk.now(), after=after)
    if waiting is None:
        return None
    notice_id = int(waiting["notice_id"])
    try:
        _hand_over(desk, transport, waiting)
    except DeliveryError as error:
        state, retry_at = after_failure(error, waiting["attempts"] + 1, now=desk.now(), rng=rng)
        health.settle_notice(
            connection, notice_id, state=state.value, now=desk.now(), next_attempt_at=retry_at, error=str(error)
        )
        counts["quarantined" if state is OutboxState.QUARANTINED else "waiting"] += 1
    else:
        health.settle_notice(connection, notice_id, state="sent", now=desk.now())
        counts["sent"] += 1
    return notice_id


def _hand_over(desk: Desk, transport: Transport, waiting: dict[str, Any]) -> None:
    sender, recipient = desk.settings.mail_from, waiting["recipient"]
    message = compose_notice(
        subject=waiting["subject"],
        lines=waiting["lines"],
        recipient=recipient,
        sender=sender,
        date=waiting["created_at"],
        identity=waiting["message_id"],
    )
    transport.send(message, sender=sender, recipient=recipient)
