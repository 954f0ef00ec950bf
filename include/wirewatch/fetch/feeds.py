"""RSS and Atom to leads, by feedparser; a JSON Feed in their place is left to ``jsonfeeds``."""

# mypy: allow-untyped-calls
# (feedparser ships no types.)

from __future__ import annotations

import codecs
import re
from datetime import datetime, tzinfo
from io import BytesIO
from typing import Any

import feedparser.api

from wirewatch.fetch.json_page import looks_like_json
from wirewatch.fetch.jsonfeeds import json_feed_to_leads
from wirewatch.fetch.leads import (
    Discovery,
    absolute,
    distinct,
    first_element,
    plain_title,
    served_in_place,
    stated_time,
    without_address,
)
from wirewatch.model import Lead, Page

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*(<\?xml[^<>]{0,200}\?>)")
_OFFSET_END = re.compile(r"(Z|GMT|UTC|[+-]\d\d:?\d\d)$", re.I)


def feed_to_leads(page: Page, *, zone: tzinfo) -> Discovery:
    """Feed → its entries' addresses, titles and stated times; ``zone`` is of times without an offset.

    A valid feed without entries has no leads and no problem; anything that is not a feed has a problem. ``next`` is
    the feed's own link to its older entries (RFC 5005, 3).
    """
    if looks_like_json(page.body):
        return json_feed_to_leads(page, zone=zone)
    if problem := served_in_place(page.body, "a feed"):
        return Discovery((), problem=problem)
    feed = read_feed(page)
    leads = distinct(lead for entry in feed.entries if (lead := _entry_to_lead(entry, page.final_url, zone=zone)))
    if leads or feed.entries:
        problem = without_address(leads, len(feed.entries))
        return Discovery(leads, problem=problem, next=_older(feed, page.final_url))
    if not feed.get("version"):
        return Discovery((), problem="not a feed: neither RSS nor Atom")
    if feed.bozo and not isinstance(feed.get("bozo_exception"), feedparser.ThingsNobodyCaresAboutButMe):
        return Discovery((), problem=f"broken XML, and no entry could be read: {plain_title(str(feed.bozo_exception))}")
    return Discovery(())


def read_feed(page: Page) -> Any:
    """Page → feedparser's result. Given as a stream: text would be taken for a file's name or an address."""
    body, content_type = page.body, page.header("Content-Type")
    if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        body, content_type = body.decode("utf-16", "replace").encode(), "application/xml; charset=utf-8"
    # No content-location: a relative guid must stay relative, or it looks like an address (we resolve links ourselves).
    return feedparser.api.parse(
        BytesIO(_without_doctype(body)),
        response_headers={"content-type": content_type} if content_type else {},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _without_doctype(body: bytes) -> bytes:
    """XML declaration and elements alone.

    feedparser takes 20 s for a doctype with 100,000 entity declarations (2 MB; the time is quadratic), and no feed
    needs one: HTML's entities it knows itself.
    """
    declaration = _DECLARATION.match(body)
    root = first_element(body)
    return (declaration.group(1) if declaration else b"") + (body[root.start() :] if root else b"")


def _older(feed: Any, base: str) -> str | None:
    links = (link for link in feed.feed.get("links", ()) if link.get("rel") == "next")
    return next((url for link in links if (url := absolute(base, link.get("href")))), None)


def _entry_to_lead(entry: Any, base: str, *, zone: tzinfo) -> Lead | None:
    url = entry_address(entry, base)
    return Lead(url, plain_title(entry.get("title")), entry_time(entry, zone)) if url else None


def entry_address(entry: Any, base: str) -> str | None:
    """The publisher's own address before a counting redirect's, then rel=alternate, then a guid that is one."""
    if origin := absolute(base, entry.get("feedburner_origlink")):
        return origin
    alternates = [link for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    alternates.sort(key=lambda link: link.get("type", "text/html") != "text/html")
    for link in alternates:
        if url := absolute(base, link.get("href")):
            return url
    # Without an alternate, feedparser offers a guid or id in its place, an address or not.
    guid = str(entry.get("id") or "")
    return absolute(base, guid) if entry.get("guidislink") and re.match("https?://", guid, re.I) else None


def entry_time(entry: Any, zone: tzinfo) -> datetime | None:
    """The first stated time of published, updated and created.

    Read from the text, since feedparser's own reading takes a time without an offset for UTC; that reading serves
    only where the text ends with an offset, for the languages it knows.
    """
    for key in ("published", "updated", "created"):
        if key not in entry:
            continue
        text = str(entry[key] or "").strip()
        if moment := stated_time(text, zone):
            return moment
        parsed = entry.get(f"{key}_parsed")
        if parsed and re.search(r"\d:\d\d", text) and _OFFSET_END.search(text):
            return stated_time("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6]), zone)
    return None
