"""Source files: what ``include/sources/<slug>.yml`` may say, checked before anything is fetched."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from wirewatch.specfile import Css, Pattern, Spec, ValueSelector, load_spec, load_specs


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


Address = Annotated[str, AfterValidator(_check_address)]
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


class Entry(Spec):
    """Where leads come from: exactly one of feed, sitemap and listing."""

    feed: Address | None = None  # RSS or Atom
    sitemap: Address | None = None  # news sitemap, or a sitemap index that leads to some
    listing: Address | None = None  # an HTML page with links
    links: Css | None = None  # for a listing: selects the <a> elements of articles

    @model_validator(mode="after")
    def _one_address(self) -> Entry:
        given = [name for name in ("feed", "sitemap", "listing") if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("needs exactly one of feed, sitemap and listing")
        if self.listing and not self.links:
            raise ValueError("a listing needs links: a CSS selector of the articles' <a> elements")
        if self.links and not self.listing:
            raise ValueError("links goes with a listing only")
        return self

    @property
    def kind(self) -> Literal["feed", "sitemap", "listing"]:
        """Which of the three this entry is."""
        return "feed" if self.feed else "sitemap" if self.sitemap else "listing"

    @property
    def url(self) -> str:
        """The entry's address."""
        return self.feed or self.sitemap or self.listing or ""


class Layout(Spec):
    """Selectors of an article page. What is left out is read by the general reader."""

    title: ValueSelector | None = None
    body: Css | None = None  # all elements it matches, in order of the document
    published: ValueSelector | None = None
    authors: ValueSelector | None = None
    drop: tuple[Css, ...] = ()  # removed before anything is read


class Crawl(Spec):
    """Politeness towards the site."""

    delay: float = Field(default=2.0, ge=0, le=300)  # seconds between two requests to a host
    pages: int = Field(default=200, ge=1, le=10_000)  # articles fetched in one run at the most
    user_agent: str | None = None  # only where a site demands its own


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
    entries: tuple[Entry, ...] = Field(min_length=1)
    article: Layout = Layout()
    allow: Pattern | None = None  # leads whose address does not match (search) are passed over
    deny: Pattern | None = None  # leads whose address matches (search) are passed over
    crawl: Crawl = Crawl()
    status: Status


def load_source(path: Path) -> SourceSpec:
    """One source file; SpecError names file, line and key."""
    return load_spec(path, SourceSpec)


def load_sources(folder: Path) -> dict[str, SourceSpec]:
    """All sources of a folder by slug, in the order of the slugs."""
    return load_specs(folder, SourceSpec, identity="slug")
