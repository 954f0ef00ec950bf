"""Which addresses of an entry point are asked, and when to stop."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.entry_pages import HOME, found
from wirewatch.fetch.leads import Discovery
from wirewatch.fetch.walk import MOST_SITEMAPS, Walk, days_asked, names_its_day, of_the_day
from wirewatch.model import Lead
from wirewatch.sources import Entry

DAY = date(2026, 11, 24)
MINSK = ZoneInfo("Europe/Minsk")
LINKS = "li a"
NUMBERED = Entry(listing=f"{HOME}/news?p={{page}}", links=LINKS, pages=4)
LINKED = Entry(listing=f"{HOME}/news", links=LINKS, next="a.next", pages=4)


def page(*paths: str, following: str | None = None, **more: Any) -> Discovery:
    return Discovery(tuple(Lead(HOME + path) for path in paths), next=following, **more)


def walked(entry: Entry, *pages: Discovery, fresh: int = 99) -> tuple[list[str], list[str]]:
    """Addresses asked when the site answers with these pages in turn, and what was wrong on the way.

    ``fresh`` pages name something that is not known yet.
    """
    walk, asked, wrong = Walk(entry, day=DAY), [], []
    for number, answer in enumerate(pages, start=1):
        url = walk.next_address()
        if url is None:
            break
        asked.append(url.removeprefix(HOME))
        wrong += filter(None, [walk.took(answer, go_on=number <= fresh)])
    if len(asked) == len(pages):
        assert walk.next_address() is None, "there were more addresses than pages"
    return asked, wrong


def test_numbered_pages_are_asked_up_to_the_limit() -> None:
    """{page} counts from 1; the limit ends it however much there is."""
    pages = [page(f"/{number}") for number in range(9)]
    assert walked(NUMBERED, *pages) == (["/news?p=1", "/news?p=2", "/news?p=3", "/news?p=4"], [])


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (page("/1"), "the page before once more"),
        (page(), "an empty page"),
        (page("/2", problem="it is no listing"), "something else"),
    ],
)
def test_a_page_that_adds_nothing_ends_the_walk(second: Discovery, problem: str) -> None:
    """A site that shows its last page under every further number is not asked up to the limit."""
    assert walked(NUMBERED, page("/1"), second, page("/3"))[0] == ["/news?p=1", "/news?p=2"], problem


def test_what_is_known_ends_the_walk() -> None:
    """A page that names nothing new has nothing new behind it."""
    assert walked(NUMBERED, page("/1"), page("/2"), page("/3"), fresh=1)[0] == ["/news?p=1", "/news?p=2"]


def test_the_sites_own_link_is_followed() -> None:
    """`next` leads on; the last page has none."""
    pages = page("/1", following=f"{HOME}/news/2"), page("/2", following=f"{HOME}/news/3"), page("/3")
    assert walked(LINKED, *pages) == (["/news", "/news/2", "/news/3"], [])


def test_a_circle_is_left() -> None:
    """A page that names an earlier one as its next ends the walk."""
    pages = page("/1", following=f"{HOME}/news/2"), page("/2", following=f"{HOME}/news")
    assert walked(LINKED, *pages) == (["/news", "/news/2"], [])


def test_another_site_is_not_asked() -> None:
    """A next page elsewhere is told, and not asked; www and m are the same site."""
    elsewhere = "https://other.example/news"
    assert walked(LINKED, page("/1", following=elsewhere)) == (
        ["/news"],
        [f"its next page is on another site and was not asked: {elsewhere}"],
    )
    assert len(walked(LINKED, page("/1", following="https://www.mod.example/2"), page("/2"))[0]) == 2


def test_a_pager_that_is_gone_is_told() -> None:
    """A selector of the next page that matches nothing on the first one means a redesign."""
    assert walked(LINKED, page("/1")) == (["/news"], ["the selector of the next page matched nothing: a.next"])


def test_one_page_is_one_page() -> None:
    """Without pages nothing further is asked, whatever a feed or WordPress names."""
    for entry in (Entry(feed=f"{HOME}/feed"), Entry(wordpress=f"{HOME}/wp-json/wp/v2/posts")):
        assert len(walked(entry, page("/1", following=f"{HOME}/feed?p=2"), page("/2"))[0]) == 1
    several = Entry(feed=f"{HOME}/feed", pages=2)
    assert walked(several, page("/1", following=f"{HOME}/feed?p=2"), page("/2"))[0] == ["/feed", "/feed?p=2"]


def test_an_index_leads_to_few_sitemaps() -> None:
    """Nested sitemaps are asked once each, and no more than a handful, whatever an index of indexes holds."""
    entry = Entry(sitemap=f"{HOME}/index.xml")
    names = [f"{HOME}/{number}.xml" for number in range(20)]
    index = Discovery((), sitemaps=(*names[:4], f"{HOME}/index.xml"))
    asked = walked(entry, index, *[Discovery((), sitemaps=tuple(names[:9]))] * MOST_SITEMAPS)[0]
    assert asked == ["/index.xml", *(f"/{number}.xml" for number in range(MOST_SITEMAPS))]


LISTING = "<ul><li><a href=/1>One</a></ul><div class=pages>{pager}</div>"


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ('<a class=next href="?page=2">on</a>', f"{HOME}/news?page=2"),
        ('<a class=next href="#">on</a>', None),
        ('<a class=next href="#">on</a><a class=next href="/news/2">on</a>', f"{HOME}/news/2"),
        ("<a class=next href='/news/2'><span class=next>on</span></a>", f"{HOME}/news/2"),
        ("<a class=next href='javascript:more()'>on</a>", None),
        ("", None),
    ],
)
def test_a_listing_names_its_next_page(pager: str, following: str | None) -> None:
    """The first selected link with an address; links that lead nowhere are none."""
    expected = Discovery((Lead(f"{HOME}/1", "One"),), next=following)
    assert found(LINKED, LISTING.replace("{pager}", pager)) == expected


# Days


def dated(pattern: str) -> Entry:
    return Entry(listing=f"{HOME}/{pattern}", links=LINKS)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(5, (DAY, date(2026, 11, 23))), (21, (date(2026, 11, 25), DAY))],
    ids=["morning", "past midnight in Minsk"],
)
def test_a_daily_run_asks_for_two_days_of_the_sources_zone(hour: int, expected: tuple[date, ...]) -> None:
    """The day that it is at the source, and the one before, whose last articles came after yesterday's run."""
    now = datetime(2026, 11, 24, hour, 30, tzinfo=timezone.utc)
    assert days_asked(dated("{date:%Y/%m/%d}/"), day=DAY, backfill=False, now=now, zone=MINSK) == expected
    assert days_asked(dated("{date:%Y}/"), day=DAY, backfill=False, now=now, zone=MINSK) == expected[:1]
    assert days_asked(dated("news"), day=DAY, backfill=False, now=now, zone=MINSK) == (DAY,)


def test_other_days_are_asked_as_they_are() -> None:
    """A backfill asks for its day alone, and so does a run for a past day, with the day before it."""
    now = datetime(2026, 12, 24, 5, tzinfo=timezone.utc)
    entry = dated("{date:%Y/%m/%d}/")
    assert days_asked(entry, day=DAY, backfill=True, now=now, zone=MINSK) == (DAY,)
    assert days_asked(entry, day=DAY, backfill=False, now=now, zone=MINSK) == (DAY, date(2026, 11, 23))


def test_a_backfill_asks_wordpress_for_its_day() -> None:
    """WordPress's own selection serves as an archive."""
    entry = Entry(wordpress=f"{HOME}/wp-json/wp/v2/posts")
    past, now = (Walk(entry, day=DAY, backfill=backfill).next_address() or "" for backfill in (True, False))
    assert ("after=2026-11-23T23:59:59" in past, "after=" in now) == (True, False)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("{date:%Y/%m/%d}/", True), ("?d={date:%d.%m.%y}", True), ("{date:%Y/%m}/", False), ("{date:%G/%V}/", False)],
)
def test_a_months_page_is_not_a_days(pattern: str, expected: bool) -> None:
    """Only an address that changes every day makes its undated articles that day's."""
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), DAY]
    assert {names_its_day(dated(pattern), day) for day in days} == {expected}


def test_a_stated_time_says_more_than_the_page_it_stands_on() -> None:
    """On a day's page a lead without a time is of that day; one that states another day in the source's zone is not."""
    late = datetime(2026, 11, 23, 22, tzinfo=timezone.utc)  # one in the morning of the 24th in Minsk
    times = (None, late, datetime(2026, 11, 24, 22, tzinfo=timezone.utc))
    assert [of_the_day(Lead(HOME, None, moment), DAY, zone=MINSK) for moment in times] == [True, True, False]
