"""Send what waits in the outbox: one mail, one transaction. Workers may do so at once."""

from __future__ import annotations

import random
from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol

from wirewatch.alert.channels import Channels, Routed, Urls, urls_in
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.transport import SmtpTransport, Transport
from wirewatch.errors import WirewatchError
from wirewatch.pipeline.attempt import Attempts
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.digests import send_digests
from wirewatch.pipeline.letters import alert_message
from wirewatch.pipeline.notices import send_notices
from wirewatch.settings import environment
from wirewatch.warehouse import alerts
from wirewatch.warehouse.alerts import Waiting
from wirewatch.warehouse.connection import Connection


class Connect(Protocol):
    """Opens the way mail goes; closed at the end."""

    def __call__(self) -> AbstractContextManager[Transport]: ...


def deliver(desk: Desk, connect: Connect | None = None, channels: Urls | None = None) -> dict[str, int]:
    """Send every due mail once, to analysts and operator; return {"sent", "waiting", "quarantined"} of this call.

    A mail is marked sent in the transaction that held it. Dying between the server's answer and the commit sends
    it again, with the same Message-ID; nothing else does. Alerts in a digest count one by one.
    """
    open_transport = connect or (lambda: SmtpTransport.from_url(desk.settings.effective_smtp_url))
    attempts = Attempts(desk.now, random.Random())  # noqa: S311 (jitter between tries, no secret)
    after: int | None = 0
    with desk.warehouse() as connection, open_transport() as mail:
        transport = Routed(mail, Channels(channels or urls_in(environment())))
        while after is not None:
            with connection:
                after = _deliver_one(desk, connection, transport, attempts, after=after)
        send_digests(desk, connection, transport, attempts)
        send_notices(desk, connection, transport, attempts)
    return attempts.counts


def _deliver_one(
    desk: Desk, connection: Connection, transport: Transport, attempts: Attempts, *, after: int
) -> int | None:
    """Try the next mail; its id, or None when no more is due. Its row stays locked until the caller commits."""
    waiting = alerts.claim_mail(connection, now=desk.now(), after=after)
    if waiting is None:
        return None
    ended = attempts.make(partial(_send, desk, transport, waiting), failed=waiting.attempts)
    alerts.settle_mail(
        connection,
        waiting.outbox_id,
        state=ended.state.value,
        now=desk.now(),
        next_attempt_at=ended.next_attempt_at,
        error=ended.error,
    )
    return waiting.outbox_id


def _send(desk: Desk, transport: Transport, waiting: Waiting) -> None:
    message = alert_message(
        desk,
        AlertFacts.from_json(waiting.facts),
        waiting.recipient,
        message_id=waiting.message_id,
        at=waiting.alerted_at,
    )
    transport.send(message, sender=desk.settings.mail_from, recipient=waiting.recipient)


class MailWaitsError(WirewatchError):
    """Mails could not be sent yet; trying again later is all there is to do."""


def refuse_waiting(counts: dict[str, int]) -> dict[str, int]:
    """The counts as they are; MailWaitsError when a mail waits for another try."""
    if counts["waiting"]:
        raise MailWaitsError(f"{counts['waiting']} mails wait for another try; `wirewatch outbox` shows the last error")
    return counts
