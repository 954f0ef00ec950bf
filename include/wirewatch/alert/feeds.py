"""Alerts → feeds for people who live in a feed reader: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1. Pure.

Publishers' texts are made harmless as for mails, and nothing in a feed is loaded from elsewhere. An entry's id is a tag
URI (RFC 4151) made from what the alert is about, so that it is the same whenever and wherever the feed is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import lxml.etree as etree

from wirewatch.alert.change_words import in_short
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import render
from wirewatch.alert.mail_view import TITLE, view_of
from wirewatch.alert.severity import Severity
from wirewatch.plaintext import REPLACEMENT, one_line

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_SINCE = "2026"  # a year in which the sender's domain was the operator's, as RFC 4151 asks for
_NOT_XML = str.maketrans({"\ufffe": REPLACEMENT, "\uffff": REPLACEMENT})  # XML 1.0, 2.2


@dataclass(frozen=True)
class FeedAlert:
    """An alert as its row has it."""

    facts: AlertFacts
    story_key: str  # natural key of the story
    fact_key: str  # what is new of a story that was told before; "": it is told for the first time
    at: datetime  # UTC: when it was made


@dataclass(frozen=True)
class Feed:
    """A feed's head and its alerts."""

    name: str  # of the rule, or of the feed of all
    title: str
    home: str  # address of the web page it belongs to
    domain: str  # the sender's, in all ids
    timezone: str  # IANA zone, where a rule names none
    updated: datetime  # UTC
    alerts: Sequence[FeedAlert]  # the newest first


@dataclass(frozen=True)
class _Entry:
    """What each of the formats says of an alert."""

    identity: str
    title: str
    link: str  # "": the article has no address that may be clicked
    author: str
    at: datetime
    html: str
    passage: str
    tags: tuple[str, ...]
    language: str


def atom(feed: Feed) -> bytes:
    """Feed → an Atom document."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", _identity(feed.domain, f"feed/{feed.name}"))
    _add(root, "title", _xml(feed.title))
    _add(root, "updated", _rfc3339(feed.updated))
    _add(root, "link", rel="alternate", href=feed.home)
    _add(root, "generator", "Wirewatch")
    for entry in _entries(feed):
        item = _add(root, "entry")
        _add(item, "id", entry.identity)
        _add(item, "title", _xml(entry.title), type="text")
        _add(item, "updated", _rfc3339(entry.at))
        _add(item, "published", _rfc3339(entry.at))
        _add(_add(item, "author"), "name", _xml(entry.author))
        if entry.link:
            _add(item, "link", rel="alternate", href=_xml(entry.link))
        for tag in entry.tags:
            _add(item, "category", term=_xml(tag))
        _add(item, "content", _xml(entry.html), type="html")
    return _document(root)


def rss(feed: Feed) -> bytes:
    """Feed → an RSS 2.0 document."""
    root = etree.Element("rss", version="2.0", nsmap={"dc": DUBLIN_CORE})
    channel = etree.SubElement(root, "channel")
    for name, text in (("title", feed.title), ("link", feed.home), ("description", feed.title)):
        etree.SubElement(channel, name).text = _plain(text)
    etree.SubElement(channel, "lastBuildDate").text = _rfc822(feed.updated)
    etree.SubElement(channel, "generator").text = "Wirewatch"
    for entry in _entries(feed):
        item = etree.SubElement(channel, "item")
        etree.SubElement(item, "title").text = _plain(entry.title)
        if entry.link:
            etree.SubElement(item, "link").text = _xml(entry.link)
        etree.SubElement(item, "guid", isPermaLink="false").text = entry.identity
        etree.SubElement(item, "pubDate").text = _rfc822(entry.at)
        etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = _xml(entry.author)
        for tag in entry.tags:
            etree.SubElement(item, "category").text = _xml(tag)
        etree.SubElement(item, "description").text = _xml(entry.html)
    return _document(root)


def json_feed(feed: Feed) -> bytes:
    """Feed → a JSON Feed."""
    head = {"version": JSON_FEED, "title": feed.title, "home_page_url": feed.home, "description": feed.title}
    items = [_json_item(entry) for entry in _entries(feed)]
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1).encode() + b"\n"


FORMATS: Mapping[str, Callable[[Feed], bytes]] = {"atom": atom, "rss": rss, "json": json_feed}
"""How a feed is written, by the ending of its file."""


def _json_item(entry: _Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.identity,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": _rfc3339(entry.at),
        "authors": [{"name": entry.author}],
        "tags": list(entry.tags),
    }
    filled = {"url": entry.link, "summary": entry.passage, "language": entry.language}
    return item | {name: value for name, value in filled.items() if value}


def _entries(feed: Feed) -> list[_Entry]:
    return [_entry(feed, alert) for alert in feed.alerts]


def _entry(feed: Feed, alert: FeedAlert) -> _Entry:
    facts = alert.facts
    view = view_of(facts, ZoneInfo(facts.timezone or feed.timezone))
    tags = (facts.rule, *(count.label for count in facts.hits))
    key = "\x00".join((facts.rule, alert.story_key, *filter(None, (alert.fact_key,))))
    passage = facts.passage.text if facts.passage and facts.passage.field == "body" else ""
    return _Entry(
        identity=_identity(feed.domain, sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:40]),
        title=_title(facts),
        link=str(view["link"]),
        author=one_line(facts.source_name) or facts.source,
        at=alert.at,
        html=render("feed.html.j2", {"it": view}).strip(),
        passage=one_line(passage),
        tags=tuple(dict.fromkeys(one_line(tag) for tag in tags)),
        language=str(view["language"]),
    )


def _title(facts: AlertFacts) -> str:
    """What is new first, as in a mail's subject; the rule is the feed's own."""
    urgency = "[high] " if facts.severity == Severity.HIGH.value else ""
    news = [in_short(found.change, concept=found.concept) for found in facts.changes]
    news += [f"also {concept}" for concept in facts.new_concepts] + ["confirmed"] * facts.confirmed
    more = f" and {len(news) - 1} more" if len(news) > 1 else ""
    about = f"{one_line(news[0], limit=60)}{more}: " if news else ""
    title = next((found.title for found in facts.changes), facts.title)
    return f"{urgency}{about}{one_line(title, limit=TITLE)}".strip() or facts.rule


def _identity(domain: str, name: str) -> str:
    return f"tag:{domain},{_SINCE}:{name}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}", attrib=attributes)
    made.text = text
    return made


def _xml(text: str) -> str:
    return text.translate(_NOT_XML)


def _plain(text: str) -> str:
    """Text that means the same as HTML: many readers take titles of RSS for that, and RSS does not say who is right."""
    return _xml(text.replace("<", "‹").replace(">", "›"))


def _document(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _rfc3339(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(timezone.utc).replace(microsecond=0), usegmt=True)
