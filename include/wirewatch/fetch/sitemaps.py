"""Sitemaps, news sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html) to leads, by lxml."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone, tzinfo
from io import BytesIO
from typing import Any

import lxml.etree as etree

from wirewatch.fetch.feeds import feed_to_leads
from wirewatch.fetch.leads import (
    Discovery,
    absolute,
    distinct,
    plain_title,
    root_name,
    served_in_place,
    stated_time,
    without_address,
)
from wirewatch.model import Lead, Page

MAX_BYTES = 52_428_800
"""Bytes of a sitemap after gunzip: the protocol's own limit."""

MAX_LEADS = 50_000
"""Addresses in one sitemap: the protocol's own limit."""

NESTED = 4
"""Nested sitemaps that are asked next; an archive's index names hundreds, the news are in the newest."""

_NEVER = datetime(1, 1, 1, tzinfo=timezone.utc)


def sitemap_to_leads(page: Page, *, zone: tzinfo) -> Discovery:
    """Sitemap → addresses, newest first; sitemap index → ``sitemaps``; RSS or Atom in its place is read as a feed.

    ``published_at`` is the news extension's publication date alone: ``lastmod`` says when a page changed, so it only
    orders. ``zone`` is of times without an offset.
    """
    body = _gunzip(page.body)
    if body is None:
        return Discovery((), problem="a damaged gzip file, or one of more than 50 MB, in place of a sitemap")
    if problem := served_in_place(body, "a sitemap"):
        return Discovery((), problem=problem)
    root = root_name(body)
    if root in ("rss", "feed", "rdf"):
        return feed_to_leads(replace(page, body=body), zone=zone)
    if not root:
        return _text_to_leads(body, page.final_url)
    try:
        rows = list(_rows(body))
    except etree.XMLSyntaxError as error:
        return Discovery((), problem=f"not XML: {plain_title(str(error))}")
    if root == "sitemapindex":
        return Discovery((), sitemaps=_newest(rows, page.final_url, zone=zone))
    if root != "urlset":
        return Discovery((), problem=f"not a sitemap: its first element is <{plain_title(root)}>")
    return _rows_to_leads(rows, page.final_url, zone=zone)


def _gunzip(body: bytes) -> bytes | None:
    """Body of a .xml.gz, of which no header tells that it is packed; None when it cannot be opened within the cap."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_BYTES]
    opener = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        text = opener.decompress(body, MAX_BYTES)
    except zlib.error:
        return None
    return text if text and not opener.unconsumed_tail else None  # of a torn file, what it holds


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    """One mapping of local names to texts for each <url> or <sitemap>; elements are freed as they are read.

    Entities and the network are off, and libxml2's limits on depth and text stay on. What can be read of broken XML
    is read.
    """
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for count, (_, element) in enumerate(events, start=1):
        yield _texts(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if count >= MAX_LEADS:
            return


def _texts(element: Any) -> dict[str, str]:
    """Local names → texts of the element's children and of those of <news:news>; pictures and films are passed over."""
    found: dict[str, str] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "news":
            found = {**_texts(child), **found}
        elif child.text and name not in found:
            found[name] = child.text.strip()
    return found


def _rows_to_leads(rows: list[dict[str, str]], base: str, *, zone: tzinfo) -> Discovery:
    dated = []
    for row in rows:
        if url := absolute(base, row.get("loc")):
            published = stated_time(row.get("publication_date"), zone)
            lead = Lead(url, plain_title(row.get("title")), published)
            dated.append((published or _order(row.get("lastmod"), zone), lead))
    dated.sort(key=lambda pair: pair[0], reverse=True)  # stable: undated ones keep the page's order, at the end
    leads = distinct(lead for _, lead in dated)
    return Discovery(leads, problem=without_address(leads, len(rows)))


def _newest(rows: list[dict[str, str]], base: str, *, zone: tzinfo) -> tuple[str, ...]:
    """The few sitemaps to ask: those called news, then by lastmod, then by the numbers in the address (2026 > 2025)."""
    ranked: dict[str, tuple[bool, datetime, tuple[int, ...]]] = {}
    for row in rows:
        if url := absolute(base, row.get("loc")):
            numbers = tuple(int(digits) for digits in re.findall(r"\d{1,9}", url))
            ranked[url] = ("news" in url.rsplit("/", 1)[-1].lower(), _order(row.get("lastmod"), zone), numbers)
    return tuple(sorted(ranked, key=lambda url: ranked[url], reverse=True)[:NESTED])


def _order(text: str | None, zone: tzinfo) -> datetime:
    """A lastmod as something to sort by; here, unlike in what a lead says, a day may stand for its midnight."""
    text = (text or "").strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T00:00:00"
    return stated_time(text, zone) or _NEVER


def _text_to_leads(body: bytes, base: str) -> Discovery:
    """A sitemap in plain text: one address a line."""
    lines = body.decode("utf-8-sig", "replace").split()
    leads = distinct(
        Lead(url) for line in lines[:MAX_LEADS] if line.startswith("http") and (url := absolute(base, line))
    )
    return Discovery(leads, problem=None if leads else "not XML, nor a list of addresses")
