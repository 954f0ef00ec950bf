"""Source files: what ``include/sources/<slug>.yml`` may say, checked before anything is fetched."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from wirewatch.specfile import Css, Pattern, Spec, ValueSelector, load_spec, load_specs

EntryKind = Literal["feed", "sitemap", "listing", "wordpress", "api"]


def _check_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "\\" in url or any(map(str.isspace, url)):
        raise ValueError(f"{url!r} is not an http(s) address")
    return url


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone such as Europe/Minsk") from error
    return name


def fill_address(address: str, *, day: date, page: int = 1) -> str:
    """Address with ``{date:FORMAT}`` (strftime) and ``{page}`` filled in."""
    return _DATE.sub(lambda found: day.strftime(found[1]), address).replace("{page}", str(page))


def _check_template(address: str) -> str:
    filled = fill_address(address, day=date(2026, 11, 24))
    _check_address(filled)
    if "{" in filled or "}" in filled:
        raise ValueError(f"{address!r} has a placeholder that is neither {{date:%Y/%m/%d}} nor {{page}}")
    return address


def _check_hours(hours: str) -> str:
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d", hours):
        raise ValueError(f"{hours!r} is not a span of hours such as 06:00-23:00")
    return hours


OUTSIDE_HOURS = "outside its hours"
"""How the note of a run begins that left a source alone because of ``crawl.hours``: no failure, and not judged."""

ENTRY_KINDS: tuple[EntryKind, ...] = ("feed", "sitemap", "listing", "wordpress", "api")
_DATE = re.compile(r"\{date:([^{}]+)\}")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Address = Annotated[str, AfterValidator(_check_address)]
Template = Annotated[str, AfterValidator(_check_template)]
Hours = Annotated[str, AfterValidator(_check_hours)]
ExpectedField = Literal["title", "body", "published", "authors", "section", "image"]
Zone = Annotated[str, AfterValidator(_check_zone)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class SourceKind(str, Enum):
    """Who speaks; rules and the UI group by it."""

    MINISTRY = "ministry"
    GENERAL_STAFF = "general-staff"
    PRESIDENT = "president"
    GOVERNMENT = "government"
    BORDER_GUARD = "border-guard"
    ALLIANCE = "alliance"
    WIRE = "wire"
    PRESS = "press"


class Weekday(str, Enum):
    """Days of the week as ``expect`` names them."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class ApiFields(Spec):
    """Where a JSON listing keeps what a lead needs: dotted paths, ``*`` for every element (``data.items.*``)."""

    items: str = Field(min_length=1)  # path to the list of articles, from the document's root; "." for the root itself
    link: str = Field(min_length=1)  # path in an item to its address, or a template: https://example.org/news/{id}
    title: str | None = None  # path in an item
    published: str | None = None  # path in an item: ISO 8601, RFC 2822, Unix seconds or a written date


class Entry(Spec):
    """Where leads come from: exactly one of feed, sitemap, listing, wordpress and api.

    An address may contain ``{date:%Y/%m/%d}`` (strftime, the day of the run in the source's zone). An address that
    contains ``{page}`` is asked for pages 1, 2, … up to ``pages``; a feed without it says itself where it goes on.
    """

    feed: Template | None = None  # RSS, Atom or JSON Feed
    sitemap: Template | None = None  # news sitemap, or a sitemap index that leads to some
    listing: Template | None = None  # an HTML page with links
    wordpress: Template | None = None  # WordPress REST: https://example.org/wp-json/wp/v2/posts
    api: Template | None = None  # a JSON document that lists articles
    links: Css | None = None  # for a listing: selects the <a> elements of articles
    next: Css | None = None  # for a listing: selects the <a> element of its next page
    fields: ApiFields | None = None  # for an api
    pages: int = Field(default=1, ge=1, le=50)  # pages asked in one run at the most
    language: Language | None = None  # of the edition that this entry lists

    @model_validator(mode="after")
    def _one_address(self) -> Entry:
        given = [name for name in ENTRY_KINDS if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("needs exactly one of feed, sitemap, listing, wordpress and api")
        if self.listing and not self.links:
            raise ValueError("a listing needs links: a CSS selector of the articles' <a> elements")
        if self.links and not self.listing:
            raise ValueError("links goes with a listing only")
        if self.api and not self.fields:
            raise ValueError("an api needs fields: where its JSON keeps items and link")
        if self.fields and not self.api:
            raise ValueError("fields goes with an api only")
        self._check_paging()
        return self

    def _check_paging(self) -> None:
        paged = "{page}" in self.url
        if self.next and not self.listing:
            raise ValueError("next goes with a listing only")
        if paged and (self.next or not (self.feed or self.listing or self.api)):
            raise ValueError("{page} goes with a feed, or with a listing or an api without next")
        if self.pages > 1 and not (paged or self.next or self.wordpress or self.feed):
            raise ValueError("pages needs {page} in the address, or next: a CSS selector of the link to the next page")

    @property
    def kind(self) -> EntryKind:
        """Which of the five this entry is."""
        return next(name for name in ENTRY_KINDS if getattr(self, name))

    @property
    def url(self) -> str:
        """The address as written, with its placeholders."""
        return str(getattr(self, self.kind))

    @property
    def dated(self) -> bool:
        """Whether the address names a day."""
        return bool(_DATE.search(self.url))

    @property
    def reaches_back(self) -> bool:
        """Whether it can be asked for a past day: a dated address, or WordPress, which selects by date."""
        return self.dated or self.kind == "wordpress"

    def url_on(self, day: date, *, page: int = 1) -> str:
        """The address to ask for a day in the source's zone; ``page`` counts from 1."""
        return fill_address(self.url, day=day, page=page)


class Layout(Spec):
    """Selectors of an article page. What is left out is read by the general reader."""

    title: ValueSelector | None = None
    body: Css | None = None  # all elements it matches, in order of the document
    published: ValueSelector | None = None
    authors: ValueSelector | None = None
    section: ValueSelector | None = None
    image: ValueSelector | None = None  # address of the lead image
    modified: ValueSelector | None = None  # the page's own "updated" time
    drop: tuple[Css, ...] = ()  # removed before anything is read


class EarlierLayout(Layout):
    """Selectors of pages as they were before a redesign."""

    until: date  # last day on which pages were fetched in this layout


class Crawl(Spec):
    """Politeness towards the site."""

    delay: float = Field(default=2.0, ge=0, le=300)  # seconds between two requests to a host
    pages: int = Field(default=200, ge=1, le=10_000)  # articles fetched in one run at the most
    user_agent: str | None = None  # only where a site demands its own
    hours: Hours | None = None  # "22:00-06:00" in the source's zone: when it may be asked; None: always

    def open_at(self, moment: datetime) -> bool:
        """Whether the source may be asked at an aware time that is given in its own zone."""
        if self.hours is None:
            return True
        first, last = (time.fromisoformat(part) for part in self.hours.split("-"))
        now = moment.time().replace(second=0, microsecond=0)
        return first <= now < last if first < last else now >= first or now < last


class Expect(Spec):
    """What the source should yield; health compares each run with it.

    ``articles`` is the fewest a day that are usual: one number for every day, or one for each weekday (a weekday left
    out expects none).
    """

    articles: int | dict[Weekday, int] = 0
    body: int = Field(default=0, ge=0)  # characters that the middle body (median) of a day has at least
    languages: tuple[Language, ...] = ()  # of articles; empty: the source's languages
    fields: tuple[ExpectedField, ...] = ()  # that at least half of a day's articles must have

    def fewest(self, day: date) -> int:
        """Articles that are usual on a day."""
        if isinstance(self.articles, int):
            return self.articles
        return self.articles.get(Weekday(_WEEKDAYS[day.weekday()]), 0)


class Status(Spec):
    """When and how the address was last known to work, said honestly."""

    state: Literal["works", "unverified", "bot-wall", "dead"]
    seen: date | None = None  # day of the last observation; None: never observed
    how: str  # who saw what


class SourceSpec(Spec):
    """One source."""

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    name: str = Field(min_length=1, max_length=120)
    country: str = Field(pattern=r"^([A-Z]{2}|NATO|CSTO|EU|INT)$")  # ISO 3166-1 alpha-2, or an organisation
    kind: SourceKind
    home: Address
    languages: tuple[Language, ...] = Field(min_length=1)
    timezone: Zone  # of times that a page states without an offset
    since: date | None = None  # when the site began; an article dated before is refused
    entries: tuple[Entry, ...] = Field(min_length=1)
    archive: tuple[Entry, ...] = ()  # entry points of one past day ({date:…} in each address), asked by a backfill
    article: Layout = Layout()
    earlier: tuple[EarlierLayout, ...] = ()  # layouts of pages fetched before a redesign
    allow: Pattern | None = None  # leads whose address does not match (search) are passed over
    deny: Pattern | None = None  # leads whose address matches (search) are passed over
    crawl: Crawl = Crawl()
    expect: Expect = Expect()
    status: Status

    @model_validator(mode="after")
    def _dated_archive(self) -> SourceSpec:
        undated = next((entry.url for entry in self.archive if not entry.reaches_back), None)
        if undated:
            raise ValueError(f"archive: {undated} needs {{date:%Y/%m/%d}} in it, or it is no archive of a day")
        return self

    @property
    def group(self) -> str:
        """Country and kind, by which people look for a source: ``BY ministry``."""
        return f"{self.country} {self.kind.value}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone of times that are stated without an offset."""
        return ZoneInfo(self.timezone)

    def closed_at(self, moment: datetime) -> str | None:
        """Why the source may not be asked at an aware time, in a sentence that begins with ``OUTSIDE_HOURS``."""
        if self.crawl.open_at(moment.astimezone(self.zone)):
            return None
        return f"{OUTSIDE_HOURS} ({self.crawl.hours} {self.timezone})"

    def layout_on(self, day: date) -> Layout:
        """The layout of a page that was fetched on a day: the earliest whose ``until`` is not before it."""
        valid = [layout for layout in self.earlier if layout.until >= day]
        return min(valid, key=lambda layout: layout.until) if valid else self.article


def load_source(path: Path) -> SourceSpec:
    """One source file; SpecError names file, line and key."""
    return load_spec(path, SourceSpec)


def load_sources(folder: Path) -> dict[str, SourceSpec]:
    """All sources of a folder by slug, in the order of the slugs."""
    return load_specs(folder, SourceSpec, identity="slug")
