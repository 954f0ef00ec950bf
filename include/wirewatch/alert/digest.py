"""Alerts that waited for one another → one mail. Pure, like ``mail``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import SUBJECT, mail_domain, new_message, render, with_parts
from wirewatch.alert.mail_view import view_of
from wirewatch.alert.severity import Severity
from wirewatch.plaintext import one_line

LARGEST = 100_000
"""Bytes; Gmail cuts what is longer at 102 KB."""
_SHOWN_WHOLE = (30, 20, 12, 6, 3, 1)
"""How many alerts are tried to be shown whole; the first that fits is taken."""
_LISTED = 200
"""Alerts named beside those; of the rest the number is said."""

_WHY = {
    "hourly": "All that came within an hour, in one mail, as you wished.",
    "daily": "All that came within a day, in one mail, as you wished.",
    "quiet": "All that came in your quiet hours, in one mail.",
    "cap": "More than {cap} alerts came within an hour; from there on they are in this one mail.",
}


def compose_digest(
    alerts: Sequence[AlertFacts],
    *,
    kind: str,
    cap: int,
    recipient: str,
    sender: str,
    message_id: str,
    timezone: str,
    date: datetime,
) -> EmailMessage:
    """Alerts that waited for one another → one message: the most urgent first, then in the order given.

    ``kind`` is the digest's (see ``schedule``): the mail says why it is one; ``cap`` is the reader's mails an hour.
    Errors as in ``compose``.
    """
    order = {severity.value: place for place, severity in enumerate(reversed(Severity))}
    ordered = sorted(alerts, key=lambda facts: order.get(facts.severity, len(order)))
    subject = _subject(ordered)
    why = _WHY[kind].format(cap=cap)

    def made(whole: int) -> EmailMessage:
        message = new_message(subject, recipient=recipient, sender=sender, message_id=message_id, date=date)
        message["List-Id"] = f"<digest.wirewatch.{mail_domain(sender)}>"
        if ordered[0].severity == Severity.HIGH.value:
            message["Importance"] = "high"
        view = {
            "subject": subject,
            "why": why,
            "items": [view_of(facts, ZoneInfo(facts.timezone or timezone)) for facts in ordered[:whole]],
            "more": max(0, len(ordered) - whole),
            "more_titles": [one_line(facts.title, limit=120) for facts in ordered[whole : whole + _LISTED]],
        }
        return with_parts(message, render("digest.txt.j2", view), render("digest.html.j2", view), identity=message_id)

    tried = (made(whole) for whole in _SHOWN_WHOLE)
    return next((message for message in tried if len(message.as_bytes()) < LARGEST), made(1))


def _subject(alerts: Sequence[AlertFacts]) -> str:
    counts = Counter(one_line(facts.rule_title, limit=80) for facts in alerts)
    by_rule = ", ".join(f"{title} ({count})" for title, count in counts.most_common())
    urgency = "[high] " if alerts[0].severity == Severity.HIGH.value else ""
    many = f"{len(alerts)} alert" if len(alerts) == 1 else f"{len(alerts)} alerts"
    return one_line(f"{urgency}{many}: {by_rule}", limit=SUBJECT)
