"""What a source file may say, and what of it is refused before anything is asked."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from wirewatch.sources import (
    OUTSIDE_HOURS,
    ApiFields,
    Crawl,
    EarlierLayout,
    Entry,
    Expect,
    Layout,
    SourceKind,
    SourceSpec,
    Status,
)

DAY = date(2026, 11, 24)  # a Tuesday
SITE = "https://mod.example"


def source(**more: Any) -> SourceSpec:
    given = {
        "slug": "mod",
        "name": "Ministry",
        "country": "BY",
        "kind": SourceKind.MINISTRY,
        "home": SITE,
        "languages": ("be",),
        "timezone": "Europe/Minsk",
        "entries": (Entry(feed=f"{SITE}/feed"),),
        "status": Status(state="works", how="invented"),
    }
    return SourceSpec(**{**given, **more})


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/feed", "/feed"),
        ("/{date:%Y/%m/%d}/", "/2026/11/24/"),
        ("/a?d={date:%d.%m.%Y}&p={page}", "/a?d=24.11.2026&p=3"),
        ("/a?from={date:%Y-%m-%d}&to={date:%Y-%m-%d}", "/a?from=2026-11-24&to=2026-11-24"),
    ],
)
def test_placeholders_are_filled(written: str, asked: str) -> None:
    """{date:…} is the day by strftime, {page} the number of the page."""
    assert Entry(listing=SITE + written, links="a").url_on(DAY, page=3) == SITE + asked


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({}, "needs exactly one of feed, sitemap, listing, wordpress and api"),
        ({"feed": SITE, "sitemap": SITE}, "needs exactly one of"),
        ({"listing": SITE}, "a listing needs links"),
        ({"feed": SITE, "links": "a"}, "links goes with a listing only"),
        ({"feed": SITE, "next": "a"}, "next goes with a listing only"),
        ({"api": SITE}, "an api needs fields"),
        ({"feed": SITE, "fields": ApiFields(items="a", link="b")}, "fields goes with an api only"),
        ({"sitemap": SITE + "/{page}"}, "goes with a feed, or with a listing or an api without next"),
        ({"listing": SITE + "/{page}", "links": "a", "next": "a"}, "goes with a feed, or"),
        ({"listing": SITE, "links": "a", "pages": 2}, "pages needs"),
        ({"sitemap": SITE, "pages": 2}, "pages needs"),
        ({"feed": SITE + "/{day}"}, "has a placeholder that is neither"),
        ({"feed": SITE + "/{date}"}, "has a placeholder that is neither"),
        ({"feed": "ftp://mod.example/"}, "is not an http(s) address"),
        ({"feed": "https://{date:%Y}\\@mod.example/"}, "is not an http(s) address"),
        ({"listing": SITE, "links": "a["}, "is not a CSS selector"),
        ({"feed": SITE, "pages": 51}, "less than or equal to 50"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused(entry: dict[str, Any], message: str) -> None:
    """Each sentence says what belongs together."""
    with pytest.raises(ValidationError) as error:
        Entry(**entry)
    assert message in str(error.value)


def test_pages_go_with_what_names_further_pages() -> None:
    """A numbered address, a pager's selector, WordPress, and feeds, which say themselves where they go on."""
    for entry in (
        {"feed": SITE},
        {"feed": SITE + "/{page}"},
        {"wordpress": SITE},
        {"listing": SITE + "/{page}", "links": "a"},
        {"listing": SITE, "links": "a", "next": "a.next"},
        {"api": SITE + "/{page}", "fields": ApiFields(items="a", link="b")},
    ):
        assert Entry(**entry, pages=5).pages == 5


@pytest.mark.parametrize(
    ("entry", "reaches"),
    [
        (Entry(listing=SITE + "/{date:%Y/%m/%d}/", links="a"), True),
        (Entry(wordpress=SITE), True),
        (Entry(listing=SITE, links="a"), False),
        (Entry(feed=SITE + "/{page}"), False),
    ],
)
def test_an_archive_is_of_a_day(entry: Entry, reaches: bool) -> None:
    """Only what can be asked for a past day stands under archive."""
    assert entry.reaches_back is reaches
    if reaches:
        assert source(archive=(entry,)).archive == (entry,)
    else:
        with pytest.raises(ValidationError, match=r"needs \{date"):
            source(archive=(entry,))


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        ("06:00-23:00", ["06:00", "12:00", "22:59"], ["05:59", "23:00", "00:00"]),
        ("22:00-06:00", ["22:00", "23:59", "00:00", "05:59"], ["06:00", "21:59"]),
        ("06:00-00:00", ["06:00", "23:59"], ["00:00", "05:59"]),
        ("08:00-08:00", ["07:59", "08:00"], []),
    ],
)
def test_hours_count_at_the_source(hours: str, open_at: list[str], closed_at: list[str]) -> None:
    """The end is not included, midnight may lie between, and the clock is the source's."""
    spec = source(crawl=Crawl(hours=hours))

    def closed(local: str) -> str | None:
        return spec.closed_at(datetime.fromisoformat(f"2026-11-24T{local}:59+03:00").astimezone(timezone.utc))

    assert [closed(local) for local in open_at] == [None] * len(open_at)
    assert [closed(local) for local in closed_at] == [f"{OUTSIDE_HOURS} ({hours} Europe/Minsk)"] * len(closed_at)
    assert source().closed_at(datetime(2026, 11, 24, tzinfo=timezone.utc)) is None


@pytest.mark.parametrize("hours", ["6:00-23:00", "06:00", "06:00-24:00", "06:00-23:60", "06:00 - 23:00"])
def test_hours_are_two_times(hours: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValidationError, match="is not a span of hours"):
        Crawl(hours=hours)


def test_a_quiet_weekend_is_expected() -> None:
    """One number is for every day; of weekdays, one that is left out expects nothing."""
    by_day = Expect(articles={"mon": 9, "tue": 8, "sat": 1})
    week = [date(2026, 11, 23 + number) for number in range(7)]
    assert [by_day.fewest(day) for day in week] == [9, 8, 0, 0, 0, 1, 0]
    assert {Expect(articles=4).fewest(day) for day in week} == {4}
    assert Expect().fewest(DAY) == 0


def test_an_old_page_is_read_with_its_old_layout() -> None:
    """The earliest layout whose last day is not before the day of fetching; after all of them the present one."""
    first = EarlierLayout(title="h2", until=date(2024, 5, 1))
    second = EarlierLayout(title="h3", until=date(2025, 5, 1))
    spec = source(article=Layout(title="h1"), earlier=(second, first))
    days = [date(2020, 1, 1), date(2024, 5, 1), date(2024, 5, 2), date(2025, 5, 1), date(2025, 5, 2)]
    assert [spec.layout_on(day).title for day in days] == ["h2", "h2", "h3", "h3", "h1"]
