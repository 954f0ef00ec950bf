"""Alerts → mails to one reader, as they go out; the same live and in a back-test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from wirewatch.alert.channels import mail_form
from wirewatch.alert.digest import compose_digest
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import compose, mail_domain
from wirewatch.alert.mail import message_id as identity_of
from wirewatch.alert.recipients import reader_of
from wirewatch.pipeline.desk import Desk


def alert_message(desk: Desk, facts: AlertFacts, recipient: str, *, message_id: str, at: datetime) -> EmailMessage:
    """``at`` is when the alert was made; errors as in ``compose``."""
    return compose(
        facts,
        recipient=mail_form(recipient),
        sender=desk.settings.mail_from,
        message_id=message_id,
        timezone=reader_of(recipient, desk.readers).timezone or desk.settings.timezone,
        date=at,
        operator=desk.settings.operator,
    )


def digest_message(
    desk: Desk, alerts: Sequence[tuple[AlertFacts, datetime]], recipient: str, *, digest: str
) -> EmailMessage:
    """Alerts of one digest, each with when it was made → their mail.

    The Message-ID follows from reader and digest: a repeat after a server's lost answer is the same mail.
    """
    reader = reader_of(recipient, desk.readers)
    return compose_digest(
        [facts for facts, _ in alerts],
        kind=digest.partition(" ")[0],
        cap=reader.cap,
        recipient=mail_form(recipient),
        sender=desk.settings.mail_from,
        message_id=identity_of("digest", digest, recipient, domain=mail_domain(desk.settings.mail_from)),
        timezone=reader.timezone or desk.settings.timezone,
        date=max(at for _, at in alerts),
    )
