"""What an alert says → the mail that says it. Pure: no clock, no network; the templates lie beside, in ``templates/``.

Every text of a publisher is made harmless here: one line, no control or hidden characters, escaped in HTML, encoded in
headers. A poisoned title is shown as the text it is; it never adds a header and never stops the mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from wirewatch.alert.address import Address
from wirewatch.alert.encoded import POLICY
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.passages import marked
from wirewatch.errors import DeliveryError, SettingError
from wirewatch.model import Precision
from wirewatch.plaintext import harmless, one_line

_SUBJECT = 200  # code points; phones show the first 40 to 70
_TITLE = 500  # code points of a title in the mail; the longest real headlines have about 250
_ADDRESS = 2000  # characters of a link; longer ones are shown cut and lead nowhere


def message_id(rule: str, story_key: str | int, recipient: str, *, domain: str) -> str:
    """The Message-ID of one alert to one recipient: the same whenever it is made, so that a repeat can be told.

    ``story_key`` is the story's natural key or its id; ``domain`` is an ASCII domain name, see ``mail_domain``.
    """
    key = "\x00".join((rule, str(story_key), recipient))
    return f"<{sha256(key.encode('utf-8', 'backslashreplace')).hexdigest()[:40]}@{domain}>"


def mail_domain(sender: str) -> str:
    """The sender's domain, which Message-ID and List-Id use; SettingError when the sender is no address."""
    return _sender(sender).domain.strip("[]").replace(":", "-")


def compose(
    facts: AlertFacts, *, recipient: str, sender: str, message_id: str, timezone: str, date: datetime
) -> EmailMessage:
    """Alert → message with a text and an HTML part.

    ``timezone`` is the reader's IANA zone, used where the rule names none; ``date`` is the (aware) time of sending.
    DeliveryError (permanent) when the recipient, SettingError when the sender is no address.
    """
    subject = _subject(facts)
    message = _message(subject, recipient=recipient, sender=sender, message_id=message_id, date=date)
    message["List-Id"] = f"<{facts.rule}.wirewatch.{mail_domain(sender)}>"
    if facts.severity == "high":
        message["Importance"] = "high"
    view = _view(facts, ZoneInfo(facts.timezone or timezone))
    text, html = _render("alert.txt.j2", view), _render("alert.html.j2", {**view, "subject": subject})
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    # Derived, not drawn: a repeat is the same to the byte. No text can hold the hash of itself.
    message.set_boundary("=_" + sha256((message_id + text + html).encode()).hexdigest()[:32])
    return message


def compose_notice(
    *, subject: str, lines: Iterable[str], recipient: str, sender: str, date: datetime, identity: str | None = None
) -> EmailMessage:
    """Plain message for the operator; errors as in ``compose``.

    ``identity`` is the Message-ID; by default it follows from subject, date and recipient.
    """
    title = one_line(subject, limit=_SUBJECT)
    own = identity or message_id("notice", f"{date.isoformat()} {title}", recipient, domain=mail_domain(sender))
    message = _message(title, recipient=recipient, sender=sender, message_id=own, date=date)
    message.set_content(_render("notice.txt.j2", {"lines": [harmless(line).rstrip() for line in lines]}))
    return message


@dataclass(frozen=True)
class Moment:
    """A time as the reader sees it."""

    utc: str
    local: str  # in the reader's zone, with its name; "" where that says nothing new

    @classmethod
    def of(cls, at: datetime, zone: ZoneInfo, *, precision: Precision = Precision.MINUTE) -> Moment:
        """Instant and how exactly it is known → what to show; a day is shown as a day, in no zone."""
        try:
            utc, local, noon = at.astimezone(timezone.utc), at.astimezone(zone), at + timedelta(hours=12)
        except OverflowError:  # a page may claim 31 December 9999, and its alert must still go out
            return cls(at.isoformat(), "")
        if precision is Precision.DAY:
            # The start of the publisher's day: half a day later it is that day in UTC too (zones -11:59 to +12:00).
            return cls(f"{noon.astimezone(timezone.utc):%d %b %Y} (no time stated)", "")
        if local.utcoffset() == timedelta(0):
            return cls(f"{utc:%d %b %Y, %H:%M} UTC", "")
        same_day = local.date() == utc.date()
        return cls(f"{utc:%d %b %Y, %H:%M} UTC", f"{local:{'%H:%M' if same_day else '%d %b, %H:%M'}} {zone.key}")

    def __str__(self) -> str:
        return f"{self.utc} ({self.local})" if self.local else self.utc


def _sender(sender: str) -> Address:
    try:
        return Address.parse(sender)
    except ValueError as error:
        raise SettingError("WIREWATCH_MAIL_FROM", str(error)) from error


def _message(subject: str, *, recipient: str, sender: str, message_id: str, date: datetime) -> EmailMessage:
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
    head = f"{urgency}{one_line(facts.rule_title, limit=80)} · {one_line(facts.source_name, limit=60)}: "
    return head + one_line(facts.title, limit=_SUBJECT - len(head))


def _view(facts: AlertFacts, zone: ZoneInfo) -> dict[str, object]:
    """Facts → what the templates show, all of it harmless text."""
    published = facts.published_at and Moment.of(facts.published_at, zone, precision=facts.published_precision)
    pieces = marked(facts.passage) if facts.passage and facts.passage.field == "body" else ()
    return {
        "rule": facts.rule,
        "rule_title": one_line(facts.rule_title),
        "severity": facts.severity,
        "asks": [one_line(ask) for ask in facts.asks],
        "hits": [(one_line(count.label), count.mentions) for count in facts.hits],
        "others": [(one_line(count.label), count.mentions) for count in facts.others],
        "title": one_line(facts.title, limit=_TITLE),
        "title_pieces": _title_pieces(facts),
        "passage": [(harmless(text), hit) for text, hit in pieces],
        "url": _shown_address(facts.url),
        "link": _link(facts.url),
        "source": one_line(facts.source_name),
        "country": one_line(facts.country or ""),
        "language": facts.language if facts.language and facts.language.isalpha() else "",
        "published": published or "no time stated",
        "first_seen": Moment.of(facts.first_seen_at, zone),
        "articles": facts.story_articles,
        "sources": facts.story_sources,
    }


def _title_pieces(facts: AlertFacts) -> list[tuple[str, bool]]:
    """The title, with the hit marked when it is the title that was hit."""
    if facts.passage and facts.passage.field == "title":
        return [(harmless(text), hit) for text, hit in marked(facts.passage)]
    return [(one_line(facts.title, limit=_TITLE), False)]


def _shown_address(url: str) -> str:
    """Address as text of one word: what is not printable, or white space, is percent-encoded."""
    shown = "".join(
        character
        if character.isprintable() and not character.isspace()
        else quote(character, safe="", errors="replace")
        for character in url[: _ADDRESS + 1]
    )
    return one_line(shown, limit=_ADDRESS)


def _link(url: str) -> str:
    """Address that may be clicked, or "": only http and https lead anywhere from a mail."""
    shown = _shown_address(url)
    try:
        parts = urlsplit(shown)
    except ValueError:  # such as http://[, which no browser opens either
        return ""
    return shown if parts.scheme in ("http", "https") and parts.netloc and len(url) <= _ADDRESS else ""


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


def _render(name: str, values: dict[str, object]) -> str:
    return templates().get_template(name).render(values)
