"""What an alert says → what the templates show: every text harmless, every time in the reader's zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from wirewatch.alert.change_words import in_words
from wirewatch.alert.facts import AlertFacts, ChangeFact, Origin
from wirewatch.alert.passages import LIMIT, marked
from wirewatch.model import ChangeKind, Precision
from wirewatch.plaintext import harmless, one_line

TITLE = 500  # code points of a title in the mail; the longest real headlines have about 250
_ADDRESS = 2000  # characters of a link; longer ones are shown cut and lead nowhere


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


def view_of(facts: AlertFacts, zone: ZoneInfo) -> dict[str, object]:
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
        "title": one_line(facts.title, limit=TITLE),
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
        "independent": facts.independent_sources,
        "story": facts.story_id,
        "origin": facts.origin and _origin_view(facts.origin, zone),
        "new_concepts": [one_line(concept) for concept in facts.new_concepts],
        "confirmed": facts.confirmed,
        "changes": [_change_view(found, zone) for found in facts.changes],
    }


def _origin_view(origin: Origin, zone: ZoneInfo) -> dict[str, object]:
    at = origin.published_at
    return {
        "source": one_line(origin.source_name),
        "url": _shown_address(origin.url),
        "link": _link(origin.url),
        "at": Moment.of(at, zone, precision=origin.published_precision)
        if at
        else f"first seen {Moment.of(origin.first_seen_at, zone)}",
    }


def _change_view(found: ChangeFact, zone: ZoneInfo) -> dict[str, object]:
    change = found.change
    words = in_words(change, concept=found.concept, listing=found.listing)
    return {
        "words": one_line(words[:1].upper() + words[1:], limit=TITLE),
        "source": one_line(found.source_name),
        "title": one_line(found.title, limit=TITLE),
        "url": _shown_address(found.url),
        "link": _link(found.url),
        "seen": Moment.of(found.seen_at, zone),
        "passage": one_line(change.passage, limit=LIMIT),
        # The headline's and the numbers' two sides are in the words already.
        "before": one_line(change.before or "", limit=LIMIT) if change.kind is ChangeKind.EDITED else "",
        "after": one_line(change.after or "", limit=LIMIT) if change.kind is ChangeKind.EDITED else "",
    }


def _title_pieces(facts: AlertFacts) -> list[tuple[str, bool]]:
    """The title, with the hit marked when it is the title that was hit."""
    if facts.passage and facts.passage.field == "title":
        return [(harmless(text), hit) for text, hit in marked(facts.passage)]
    return [(one_line(facts.title, limit=TITLE), False)]


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
