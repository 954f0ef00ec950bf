"""HTML listings to leads, by the source's own CSS selector and beautifulsoup4."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from datetime import datetime, tzinfo
from email.message import Message

from bs4 import BeautifulSoup, Tag

from wirewatch.fetch.leads import Discovery, absolute, distinct, plain_title, stated_time
from wirewatch.model import Lead, Page

NEAR = 4
"""Ancestors of a link that may be its teaser: where its <time> is looked for."""

_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Python's codecs of other uses; some take quadratic time, and a hostile page may name them."""

_REALLY = {"ascii": "cp1252", "iso8859-1": "cp1252"}
"""What these labels mean on the web (https://encoding.spec.whatwg.org/#names-and-labels)."""

_META_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)


def listing_to_leads(page: Page, *, links: str, zone: tzinfo, following: str | None = None) -> Discovery:
    """Listing → the addresses of the elements that ``links`` selects, in the page's order.

    A selected element that is no link stands for the first link in it, or the one around it. A teaser's
    ``<time datetime>`` is taken when the teaser holds one time and one address; ``zone`` is of times without an offset.
    ``following`` selects the link to the next page; the last page has none.
    """
    soup = page_to_soup(page)
    base = base_address(soup, page.final_url)
    anchors = [anchor for element in soup.select(links) if (anchor := _anchor(element))]
    if not anchors:
        return Discovery((), problem=f"the selector matched nothing: {links}")
    found = [(anchor, url) for anchor in anchors if (url := absolute(base, str(anchor["href"])))]
    if not found:
        return Discovery((), problem=f"no usable address in the {len(anchors)} links of the selector: {links}")
    times = _teaser_times(soup, found, zone=zone)
    leads = distinct(Lead(url, _title(anchor), times.get(url)) for anchor, url in found)
    return Discovery(leads, next=_next_page(soup, following, base) if following else None)


def _next_page(soup: BeautifulSoup, following: str, base: str) -> str | None:
    """Address of the first element selected that has one; the pager's own link to this page (``#``) is none."""
    links = (link for link in soup.select(following) if not str(link.get("href", "")).startswith("#"))
    return next((url for link in links if (url := absolute(base, _reference(link)))), None)


def _reference(element: Tag) -> str | None:
    """What a link leads to; ``<link rel="next">`` in the head is one too."""
    own = element.get("href")
    anchor = None if own else _anchor(element)
    return str(own or (anchor["href"] if anchor else ""))


def page_to_soup(page: Page) -> BeautifulSoup:
    """Page → document. The charset is that of the byte order mark, the HTTP header or the <meta>, in this order.

    Never guessed from the letters, which is slow: bytes that declare nothing are UTF-8, or else windows-1251, which
    is what publishers of our region leave undeclared.
    """
    return BeautifulSoup(page_text(page), "lxml")


def page_text(page: Page) -> str:
    """Page → its text; see ``page_to_soup`` for the charset."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if page.body.startswith(mark):
            return page.body[len(mark) :].decode(name, "replace")
    header = Message()
    header["Content-Type"] = re.sub(r"[\r\n]", " ", page.header("Content-Type") or "")
    meta = _META_CHARSET.search(page.body[:4096])
    for charset in (header.get_content_charset(), meta and meta.group(1).decode("ascii")):
        if charset and (text := _decode(page.body, charset)) is not None:
            return text
    try:
        return page.body.decode("utf-8")
    except UnicodeDecodeError:
        return page.body.decode("windows-1251", "replace")


def _decode(body: bytes, charset: str) -> str | None:
    """Text, or None for a charset that nobody knows, or that no page is written in (``base64`` is a codec too)."""
    try:
        name = codecs.lookup(charset).name
        return None if name in _NO_CHARSETS else body.decode(_REALLY.get(name, name), "replace")
    except (LookupError, ValueError):
        return None


def base_address(soup: BeautifulSoup, url: str) -> str:
    """What relative addresses of the document count from."""
    base = soup.find("base", href=True)
    return (absolute(url, str(base["href"])) if isinstance(base, Tag) else None) or url


def _anchor(element: Tag) -> Tag | None:
    if element.name == "a" and element.get("href"):
        return element
    inner = element.find("a", href=True) or element.find_parent("a", href=True)
    return inner if isinstance(inner, Tag) else None


def _title(anchor: Tag) -> str | None:
    text = plain_text(anchor)
    if not text:
        image = anchor.find("img", alt=True)
        text = str(anchor.get("title") or (image.get("alt") if isinstance(image, Tag) else "") or "")
    return plain_title(text)


def plain_text(element: Tag) -> str:
    """An element's text on one line; escaped so that ``plain_title`` does not take "a < b" for mark-up."""
    return " ".join(element.get_text(" ").replace("&", "&amp;").replace("<", "&lt;").split())


def _teaser_times(soup: BeautifulSoup, found: list[tuple[Tag, str]], *, zone: tzinfo) -> dict[str, datetime]:
    """Address → time of its teaser: the nearest element around the link that holds a <time>."""
    addresses: dict[int, set[str]] = defaultdict(set)
    times: dict[int, list[str]] = defaultdict(list)
    for anchor, url in found:
        for element in near(anchor):
            addresses[id(element)].add(url)
    for stamp in soup.select("time[datetime]"):
        for element in near(stamp):
            times[id(element)].append(str(stamp["datetime"]))
    result: dict[str, datetime] = {}
    for anchor, url in found:
        teaser = next((id(element) for element in near(anchor) if id(element) in times), None)
        if teaser is not None and len(addresses[teaser]) == 1 and len(set(times[teaser])) == 1:
            moment = stated_time(times[teaser][0], zone)
            if moment:
                result.setdefault(url, moment)
    return result


def near(element: Tag) -> list[Tag]:
    """The element and its nearest ancestors, inside out, up to the page's own frame."""
    found = [element]
    for parent in element.parents:
        if len(found) > NEAR or parent.name in ("body", "html", "main", "[document]"):
            break
        found.append(parent)
    return found
