"""Send what waits in digests: one mail of several alerts, one transaction."""

from __future__ import annotations

from functools import partial

from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.transport import Transport
from wirewatch.pipeline.attempt import Attempts
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.letters import digest_message
from wirewatch.warehouse import alerts, digests
from wirewatch.warehouse.alerts import Waiting
from wirewatch.warehouse.connection import Connection


def send_digests(desk: Desk, connection: Connection, transport: Transport, attempts: Attempts) -> None:
    """Send each due digest once."""
    with connection:
        due = digests.due_digests(connection, now=desk.now())
    for recipient, digest in due:
        with connection:
            mails = digests.hold_digest(connection, recipient=recipient, digest=digest)
            if mails:
                _send_one(desk, connection, transport, attempts, mails, digest=digest)


def _send_one(
    desk: Desk, connection: Connection, transport: Transport, attempts: Attempts, mails: list[Waiting], *, digest: str
) -> None:
    recipient = mails[0].recipient
    alerts_in_it = [(AlertFacts.from_json(waiting.facts), waiting.alerted_at) for waiting in mails]
    message = digest_message(desk, alerts_in_it, recipient, digest=digest)
    send = partial(transport.send, message, sender=desk.settings.mail_from, recipient=recipient)
    ended = attempts.make(send, failed=max(waiting.attempts for waiting in mails), messages=len(mails))
    for waiting in mails:
        alerts.settle_mail(
            connection,
            waiting.outbox_id,
            state=ended.state.value,
            now=desk.now(),
            next_attempt_at=ended.next_attempt_at,
            error=ended.error,
        )
