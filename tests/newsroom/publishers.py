"""The three invented publishers: how each builds its addresses, and the source file by which Wirewatch finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from tests.newsroom.pieces import Piece

PER_PAGE = 8
"""Articles on one page of a listing."""


@dataclass(frozen=True)
class Publisher:
    """One site."""

    slug: str
    name: str
    motto: str
    country: str  # ISO 3166-1 alpha-2
    kind: str  # as in source files
    zone: str  # IANA; the site's times are in it
    languages: tuple[str, ...]
    encoding: str  # of its pages and feeds
    entry: Literal["feed", "sitemap", "listing"]
    entry_path: str
    disallowed: str  # the section that robots.txt closes
    layout: Mapping[str, Any]  # selectors of the source file; empty: left to the general reader
    sections: Mapping[str, str]  # "language/section" → what the menu calls it

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone of the site's times."""
        return ZoneInfo(self.zone)

    @property
    def content_type(self) -> str:
        """Header of HTML pages. The old site says its charset in the page only, as such sites do."""
        return "text/html" if self.encoding == "windows-1251" else f"text/html; charset={self.encoding}"


def section_path(publisher: Publisher, language: str, section: str) -> str:
    """Address of a section's front page, with a slash at the end."""
    if publisher.slug == "zastava":
        return f"/{'by' if language == 'be' else language}/{section}/"
    if publisher.slug == "nadbuzhzhia":
        return f"/{language}/{section}/"
    return "/partners/" if section == "partners" else f"/news/{section}/"


def article_path(publisher: Publisher, piece: Piece, day: date, section: str) -> str:
    """Address of an article that first appeared on that day."""
    folder = section_path(publisher, piece.language, section)
    if publisher.slug == "zastava":
        return f"{folder}{4100 + piece.number}.html"
    if publisher.slug == "nadbuzhzhia":
        return f"{folder}{day:%Y/%m/%d}/{piece.slug}"
    return f"{folder}{piece.slug}-{7300 + piece.number}"


def source_file(publisher: Publisher, base: str, day: date) -> dict[str, Any]:
    """What the source file says while the site runs at that address; a listing's second page is an entry of its own."""
    entries: list[dict[str, str]] = [{publisher.entry: base + publisher.entry_path}]
    if publisher.entry == "listing":
        entries.append({"listing": f"{base}{publisher.entry_path}page/2/"})
        entries = [{**entry, "links": "article.card h2 a"} for entry in entries]
    article = {"article": dict(publisher.layout)} if publisher.layout else {}
    return {
        "slug": publisher.slug,
        "name": publisher.name,
        "country": publisher.country,
        "kind": publisher.kind,
        "home": f"{base}/",
        "languages": list(publisher.languages),
        "timezone": publisher.zone,
        "entries": entries,
        **article,
        "crawl": {"delay": 0},
        "status": {"state": "works", "seen": day.isoformat(), "how": "served by the newsroom of the tests"},
    }


ZASTAVA = Publisher(
    slug="zastava",
    name="Пресс-центр «Застава»",
    motto="Официально об армии и обществе",
    country="BY",
    kind="ministry",
    zone="Europe/Minsk",
    languages=("ru", "be"),
    encoding="windows-1251",
    entry="feed",
    entry_path="/rss.xml",
    disallowed="/print/",
    layout={
        "title": "h1.news__title",
        "body": ".news__text p",
        "published": 'meta[property="article:published_time"]@content',
        "authors": 'meta[name="author"]@content',
        "drop": [".news__also"],
    },
    sections={
        "ru/armiya": "Армия",
        "ru/ucheniya": "Учения",
        "ru/mezhdunarodnoe": "Международное",
        "ru/obshchestvo": "Общество",
        "be/armiya": "Армія",
        "be/mizhnarodnae": "Міжнароднае",
        "be/gramadstva": "Грамадства",
        "be/kultura": "Культура",
    },
)

NADBUZHZHIA = Publisher(
    slug="nadbuzhzhia",
    name="Інформагентство «Надбужжя»",
    motto="Новини обох берегів",
    country="UA",
    kind="wire",
    zone="Europe/Kyiv",
    languages=("uk", "pl"),
    encoding="utf-8",
    entry="sitemap",
    entry_path="/sitemap-news.xml",
    disallowed="/search/",
    layout={},
    sections={
        "uk/kordon": "Кордон",
        "uk/bezpeka": "Безпека",
        "uk/svit": "Світ",
        "uk/ekonomika": "Економіка",
        "uk/suspilstvo": "Суспільство",
        "pl/granica": "Granica",
        "pl/bezpieczenstwo": "Bezpieczeństwo",
        "pl/swiat": "Świat",
        "pl/spoleczenstwo": "Społeczeństwo",
    },
)

AMBER_COURIER = Publisher(
    slug="amber-courier",
    name="Amber Courier",
    motto="News from the coast, since the ferry",
    country="LT",
    kind="press",
    zone="Europe/Vilnius",
    languages=("en", "ru"),
    encoding="utf-8",
    entry="listing",
    entry_path="/news/",
    disallowed="/partners/",
    layout={
        "title": "h1.headline",
        "body": ".story p",
        "published": ".byline .date",
        "authors": ".byline .author",
        "drop": [".read-also"],
    },
    sections={
        "en/region": "Region",
        "en/defence": "Defence",
        "en/economy": "Economy",
        "en/culture": "Culture",
        "en/sport": "Sport",
        "ru/russian": "По-русски",
        "en/partners": "Partners",
    },
)

PUBLISHERS = {publisher.slug: publisher for publisher in (ZASTAVA, NADBUZHZHIA, AMBER_COURIER)}
