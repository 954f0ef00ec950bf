"""What all kinds of entry pages have in common: addresses, titles, stated times and what a reading yields."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from wirewatch.model import Lead, Precision
from wirewatch.written_dates.dates import moments_in

TITLE_LENGTH = 1000
"""Characters of a title that are kept; a listing's title is for display, the article has its own."""

_ELEMENT = re.compile(rb"</?(?:[\w.-]+:)?([\w.-]+)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_W3CDTF = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]\s*|\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)
"""Date and time of https://www.w3.org/TR/NOTE-datetime, with the liberties that feeds take."""

_ZONE_NAMES = {"MSK": "+0300", "MSD": "+0400", "EET": "+0200", "EEST": "+0300", "CET": "+0100", "CEST": "+0200"}
"""Zone names of our publishers; RFC 822 knows those of North America only."""

_ZONE_END = re.compile(r"([A-Za-z]{1,5})(?:\s*\([^()]*\))?$")
_RFC_ZONES = frozenset({"UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"})


_ENGLISH_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
_LONGEST_DATE = 100  # characters of a text that is a date and nothing else
_WEEKDAY = re.compile(r"(?:[^\W\d_]{1,14}[.,]{0,2}\s?){0,2}")
_REMARK = re.compile(r"\s?(?:г\.?|р\.?|r\.?|Uhr|год\.?)?\s?(?:\([^()]*\))?\)?\s?")
_UNKNOWN_ZONE = re.compile(r"(?<=:\d\d)\s?(?:[+\-−]\s?\d[\d:]*|\(?(?![apAP]\.?[mM]\b|Uhr)[^\W\d_]{1,5})$")

_HTML_ROOTS = (
    *("html", "head", "body", "title", "meta", "link", "script", "style", "noscript"),
    *("div", "p", "h1", "h2", "center", "br", "b", "a", "img", "span", "table", "ul", "form"),
)
"""First elements of pages and of fragments of them, which is what error pages often are."""


@dataclass(frozen=True)
class Discovery:
    """What an entry page names."""

    leads: tuple[Lead, ...]  # in the page's order; in a sitemap newest first
    sitemaps: tuple[str, ...] = ()  # nested sitemaps to ask next, newest first, few
    problem: str | None = None  # one sentence for people; set when the page is not what the entry promises
    next: str | None = None  # the further page that this one names, absolute; on whatever site


def absolute(base: str, reference: str | None) -> str | None:
    """Reference of a page → absolute http(s) address without fragment, or None when there is none to make.

    Line breaks and tabs inside are dropped, as browsers do (WHATWG URL, basic parser); a backslash is refused because
    clients disagree on what host it leads to.
    """
    reference = re.sub(r"[\t\r\n]", "", reference or "").strip()
    if not reference or "\\" in reference:
        return None
    try:
        url = urldefrag(urljoin(base, reference)).url
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        url.encode()
    except ValueError:  # unbalanced brackets, a port that is no number, lone surrogates
        return None
    return re.sub(r"\s", "%20", url) if usable else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, ``www.`` and ``m.`` left out."""
    return site_name(urlsplit(one).hostname) == site_name(urlsplit(other).hostname)


def site_name(host: str | None) -> str:
    """Host without the prefix that variants of one site have."""
    return (host or "").removeprefix("www.").removeprefix("m.")


def plain_title(text: str | None) -> str | None:
    """HTML or text of a title → NFC on one line without mark-up, or None when nothing is left."""
    text = html.unescape(_TAG.sub("", text or ""))
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))[:TITLE_LENGTH] or None


def stated_time(text: str | None, zone: tzinfo) -> datetime | None:
    """A feed's date → aware time with its own offset, else in ``zone``.

    Reads W3CDTF and RFC 822/5322, and what publishers write in their place: "24 ноября 2026 10:00", "24.11.2026 10:00".
    None when it does not state a time of day, a zone's name is not known, or it cannot be a publication
    (before 1970, after 2100: .NET's year 1 and other placeholders). Never a guess.
    """
    text = " ".join((text or "").split())
    try:
        moment = _w3cdtf(text) if re.match(r"\d{4}-", text) else _rfc822(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # what the parsers raise for nonsense
        moment = None
    moment = moment or _other_date(text)
    if moment is None or not 1970 <= moment.year <= 2100:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _other_date(text: str) -> datetime | None:
    """A date in another language or order, when the text holds nothing but it, a weekday and a note in brackets."""
    written = list(moments_in(text)) if len(text) <= _LONGEST_DATE else []
    if len(written) != 1 or written[0].moment.precision is Precision.DAY:
        return None
    moment, before, after = written[0].moment, text[: written[0].start], text[written[0].end :]
    if not _WEEKDAY.fullmatch(before) or not _REMARK.fullmatch(after):
        return None
    return moment.at if moment.at.tzinfo or not _UNKNOWN_ZONE.search(moment.stated) else None


def _w3cdtf(text: str) -> datetime | None:
    match = _W3CDTF.fullmatch(text)
    if match is None:
        return None
    moment = datetime(*(int(part or 0) for part in match.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
    offset = match.group(7)
    if offset is None:
        return moment
    digits = "0000" if offset.isalpha() else offset[1:].replace(":", "").ljust(4, "0")
    sign = "-" if offset.startswith("-") else "+"
    return moment.replace(tzinfo=datetime.strptime(f"{sign}{digits}", "%z").tzinfo)


def _rfc822(text: str) -> datetime | None:
    if not re.search(r"\d:\d\d", text) or not _ENGLISH_MONTH.search(text):
        return None
    name = _ZONE_END.search(text)
    if name and (known := _ZONE_NAMES.get(name.group(1).upper())):
        text = text[: name.start()] + known
    elif name and name.group(1).upper() not in _RFC_ZONES:
        return None
    text = re.sub(r"\s*\b(?:GMT|UTC)\s*(?=[+-]\d)", " ", text)  # "GMT+3"
    text = re.sub(r"(?<=\s)([+-])(\d)$", r"\g<1>0\2", text)
    text = re.sub(r"(?<=\s)([+-]\d\d)(?::?(\d\d))?$", lambda match: match[1] + (match[2] or "00"), text)
    moment = parsedate_to_datetime(text)
    # RFC 5322, 3.3: "-0000" is a time in UTC of which the local zone is not known.
    return moment.replace(tzinfo=timezone.utc) if text.endswith("-0000") else moment


def distinct(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """The first lead of each address, filled up with what later ones say of it."""
    kept: dict[str, Lead] = {}
    for lead in leads:
        first = kept.get(lead.url, lead)
        kept[lead.url] = Lead(lead.url, first.title or lead.title, first.published_at or lead.published_at)
    return tuple(kept.values())


def without_address(leads: tuple[Lead, ...], entries: int) -> str | None:
    """Sentence about entries of which none has an address, or None when there is a lead or nothing to lead."""
    return f"none of the {entries} entries has an address" if entries and not leads else None


def root_name(body: bytes) -> str:
    """Name of a document's first element, lower case, without prefix; "" when there is none."""
    head = body.replace(b"\x00", b"") if b"\x00" in body[:4] else body  # UTF-16 without its NULs reads as ASCII
    match = first_element(head)
    return match.group(1).decode("ascii", "replace").lower() if match else ""


def first_element(body: bytes) -> re.Match[bytes] | None:
    """Where the first element starts, its local name as group 1. Linear in the body, unlike a pattern would be.

    Skips what may stand before it: byte order mark, blanks, XML declaration, comments, doctype.
    """
    place = 0
    while (place := body.find(b"<", place)) >= 0:
        if body.startswith(b"<!--", place):
            place = body.find(b"-->", place)
            if place < 0:
                return None
        elif match := _ELEMENT.match(body, place):
            return match
        place += 1
    return None


def served_in_place(body: bytes, wanted: str) -> str | None:
    """Sentence about a body that is plainly something else than the XML wanted, or None."""
    if not body.strip():
        return f"an empty body in place of {wanted}"
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return f"JSON in place of {wanted}"
    if root_name(body) in _HTML_ROOTS and not re.search(
        rb"<(rss|feed|(rdf:)?rdf|urlset|sitemapindex)[\s>]", body[:200_000], re.I
    ):
        return f"HTML in place of {wanted}"
    return None
