"""Send what waits for the operator: one mail, one transaction, as alerts are sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from wirewatch.alert.mail import compose_notice
from wirewatch.alert.transport import Transport
from wirewatch.pipeline.attempt import Attempts
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import health
from wirewatch.warehouse.connection import Connection


def send_notices(desk: Desk, connection: Connection, transport: Transport, attempts: Attempts) -> None:
    """Send each due mail to the operator once."""
    after: int | None = 0
    while after is not None:
        with connection:
            after = _send_one(desk, connection, transport, attempts, after=after)


def _send_one(
    desk: Desk, connection: Connection, transport: Transport, attempts: Attempts, *, after: int
) -> int | None:
    """Try the next mail; its id, or None when no more is due. Its row stays locked until the caller commits."""
    waiting = health.claim_notice(connection, now=desk.now(), after=after)
    if waiting is None:
        return None
    notice_id = int(waiting["notice_id"])
    ended = attempts.make(partial(_hand_over, desk, transport, waiting), failed=waiting["attempts"])
    health.settle_notice(
        connection,
        notice_id,
        state=ended.state.value,
        now=desk.now(),
        next_attempt_at=ended.next_attempt_at,
        error=ended.error,
    )
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
