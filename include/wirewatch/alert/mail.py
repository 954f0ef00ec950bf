"""What an alert says → the mail that says it. Pure: no clock, no network; the templates lie beside, in ``templates/``.

Every text of a publisher is made harmless here: one line, no control or hidden characters, escaped in HTML, encoded in
headers. A poisoned title is shown as the text it is; it never adds a header and never stops the mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from wirewatch.alert.address import Address
from wirewatch.alert.change_words import in_short
from wirewatch.alert.encoded import POLICY
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail_view import view_of
from wirewatch.errors import DeliveryError, SettingError
from wirewatch.plaintext import harmless, one_line

SUBJECT = 200  # code points; phones show the first 40 to 70


def message_id(rule: str, story_key: str | int, recipient: str, *, domain: str, fact: str = "") -> str:
    """The Message-ID of one alert to one recipient: the same whenever it is made, so that a repeat can be told.

    ``story_key`` is the story's natural key or its id; ``domain`` is an ASCII domain name, see ``mail_domain``;
    ``fact`` is what is new of a story that was told before.
    """
    key = "\x00".join((rule, str(story_key), recipient, *filter(None, (fact,))))
    return f"<{sha256(key.encode('utf-8', 'backslashreplace')).hexdigest()[:40]}@{domain}>"


_identity = message_id  # by a name that no argument hides


def mail_domain(sender: str) -> str:
    """The sender's domain, which Message-ID and List-Id use; SettingError when the sender is no address."""
    return _sender(sender).domain.strip("[]").replace(":", "-")


def compose(
    facts: AlertFacts,
    *,
    recipient: str,
    sender: str,
    message_id: str,
    timezone: str,
    date: datetime,
    operator: str | None = None,
) -> EmailMessage:
    """Alert → message with a text and an HTML part.

    ``timezone`` is the reader's IANA zone, used where the rule names none; ``date`` is the (aware) time of sending;
    ``operator`` is whom a reader asks to be taken off the list (RFC 2369).
    DeliveryError (permanent) when the recipient, SettingError when the sender is no address.
    """
    subject = _subject(facts)
    message = new_message(subject, recipient=recipient, sender=sender, message_id=message_id, date=date)
    message["List-Id"] = f"<{facts.rule}.wirewatch.{mail_domain(sender)}>"
    if operator:
        asked = quote(f"Stop {facts.rule} for {recipient}", safe="")
        message["List-Unsubscribe"] = f"<mailto:{Address.parse(operator).spec}?subject={asked}>"
    if facts.thread is not None:
        # By RFC 5322, 3.6.4, mail programs then show it under the mail by which the story was told first.
        first = _identity(facts.rule, facts.thread, recipient, domain=mail_domain(sender))
        message["In-Reply-To"] = first
        message["References"] = first
    if facts.severity == "high":
        message["Importance"] = "high"
    view = {"alert": view_of(facts, ZoneInfo(facts.timezone or timezone)), "subject": subject}
    text, html = render("alert.txt.j2", view), render("alert.html.j2", view)
    return with_parts(message, text, html, identity=message_id)


def with_parts(message: EmailMessage, text: str, html: str, *, identity: str) -> EmailMessage:
    """The message with a text and an HTML part; the same to the byte whenever it is made."""
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    # Derived, not drawn: a repeat is the same to the byte. No text can hold the hash of itself.
    message.set_boundary("=_" + sha256((identity + text + html).encode()).hexdigest()[:32])
    return message


def compose_notice(
    *, subject: str, lines: Iterable[str], recipient: str, sender: str, date: datetime, identity: str | None = None
) -> EmailMessage:
    """Plain message for the operator; errors as in ``compose``.

    ``identity`` is the Message-ID; by default it follows from subject, date and recipient.
    """
    title = one_line(subject, limit=SUBJECT)
    own = identity or message_id("notice", f"{date.isoformat()} {title}", recipient, domain=mail_domain(sender))
    message = new_message(title, recipient=recipient, sender=sender, message_id=own, date=date)
    message.set_content(render("notice.txt.j2", {"lines": [harmless(line).rstrip() for line in lines]}))
    return message


def _sender(sender: str) -> Address:
    try:
        return Address.parse(sender)
    except ValueError as error:
        raise SettingError("WIREWATCH_MAIL_FROM", str(error)) from error


def new_message(subject: str, *, recipient: str, sender: str, message_id: str, date: datetime) -> EmailMessage:
    """Message with the headers that all of ours have; errors as in ``compose``."""
    origin = _sender(sender)
    try:
        target = Address.parse(recipient)
    except ValueError as error:
        raise DeliveryError(recipient, "is not a mail address", permanent=True) from error
    message = EmailMessage(policy=POLICY.clone(utf8=origin.international or target.international))
    message["From"] = origin.header
    message["To"] = target.header
    message["Subject"] = subject
    message["Date"] = format_datetime(date.astimezone(timezone.utc))
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation replies, please
    return message


def _subject(facts: AlertFacts) -> str:
    """What it is about first: that is all a phone's list shows."""
    urgency = "" if facts.severity == "normal" else f"[{facts.severity}] "
    news = [in_short(found.change, concept=found.concept) for found in facts.changes]
    news += [f"also {concept}" for concept in facts.new_concepts] + ["confirmed"] * facts.confirmed
    more = f" and {len(news) - 1} more" if len(news) > 1 else ""
    about = f"{one_line(news[0], limit=60)}{more}: " if news else ""
    # All of a story's changes are told in one mail; the subject is about the article that the first is of.
    source, title = next(((it.source_name, it.title) for it in facts.changes), (facts.source_name, facts.title))
    head = f"{urgency}{one_line(facts.rule_title, limit=80)} · {one_line(source, limit=60)}: {about}"
    return head + one_line(title, limit=SUBJECT - len(head))


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """The templates of this package: sandboxed, HTML escaped, a missing name is an error."""
    return SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(name: str, values: Mapping[str, object]) -> str:
    """A template of this package with these values."""
    return templates().get_template(name).render(values)
