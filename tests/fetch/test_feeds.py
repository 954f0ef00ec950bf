"""Recorded feeds of other projects' tests: none breaks the reader, and what they are known to hold is found."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest

from tests.support.entry_pages import HOME, found, page_of
from wirewatch.fetch.feeds import entry_address, entry_time, read_feed
from wirewatch.fetch.leads import Discovery, absolute
from wirewatch.sources import ApiFields, Entry

FEEDS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds"
pytestmark = pytest.mark.skipif(
    not FEEDS.is_dir(), reason="the collection of recorded feeds is not beside the checkout"
)

XML = (("Content-Type", "text/xml"),)
ENTRIES = (
    Entry(feed=f"{HOME}/feed"),
    Entry(sitemap=f"{HOME}/sitemap.xml"),
    Entry(wordpress=f"{HOME}/wp-json/wp/v2/posts"),
    Entry(api=f"{HOME}/api", fields=ApiFields(items="items", link="url")),
)
SNAPSHOTS = {
    "ua_news_rss_2020/stub_liga_rss.xml": 20,
    "ua_news_rss_2020/stub_pravda_rss.xml": 20,
    "ua_news_rss_2020/stub_ukranews_rss.xml": 2,
    "ua_news_rss_2020/stub_unian_rss.xml": 50,
    "by_onliner_rss_2021/RSS.xml": 30,
}
EXPECTED = re.compile(
    r"entries\[(?P<entry>\d)\]\['(?P<key>link|links|published_parsed|updated_parsed|created_parsed)'\]"
    r"(?P<href>\[\d\]\['href'\])? == (?P<value>u?'[^']*'|\([\d, ]+\))"
)
SERVER = "http://127.0.0.1:8097/"
"""Where feedparser's suite serves its files, so that relative links lead there."""

NO_ARTICLES = {"entry_link_rel_license.xml", "atomsimplechapterexternal.xml"}
"""Their expectation is the address of a licence and of a table of chapters, which we pass over."""


@pytest.mark.timeout(60)
def test_every_recorded_feed_is_read() -> None:
    """Over two thousand feeds, broken on purpose or not, end as leads or as a named problem, taken for whatever."""
    files = [path for path in FEEDS.rglob("*") if path.is_file() and path.name != "UPSTREAM_LICENSE"]
    read = [[found(entry, path.read_bytes(), headers=XML) for entry in ENTRIES] for path in files]
    assert len(files) > 2300
    assert sum(bool(as_feed.leads) for as_feed, *_ in read) > 230
    assert all(
        result.leads or result.sitemaps or result.problem or result == Discovery((), next=result.next)
        for results in read
        for result in results
    )


@pytest.mark.parametrize(("name", "items"), SNAPSHOTS.items())
def test_snapshots_of_news_sites_give_every_item(name: str, items: int) -> None:
    """Each item of five recorded news feeds is a lead with address, title and an aware time."""
    result = found(ENTRIES[0], (FEEDS / name).read_bytes(), headers=XML)
    assert (len(result.leads), result.problem) == (items, None)
    assert all(lead.url.startswith("http") and lead.title for lead in result.leads)
    assert all(lead.published_at and lead.published_at.tzinfo for lead in result.leads)


def expectations() -> Iterator[tuple[str, Any, Any]]:
    """feedparser's own expectations on links and times: the file's name, what we read, what is expected."""
    for path in sorted((FEEDS / "feedparser").rglob("*.xml")):
        text = path.read_bytes().decode("utf-8", "replace")
        stated = re.search(r"Expect:\s*(.*)", text)
        headers = tuple((name, value.strip()) for name, value in re.findall(r"Header:\s*([\w-]+):(.*)", text))
        url = next((value for name, value in headers if name.lower() == "content-location"), SERVER)
        for wanted in EXPECTED.finditer(stated[1]) if stated else ():
            if wanted["key"] == "links" and not wanted["href"]:
                continue  # the whole list of an entry's links
            entry = read_feed(page_of(path.read_bytes(), url=url, headers=headers)).entries[int(wanted["entry"])]
            value = ast.literal_eval(wanted["value"].strip())
            if wanted["key"].startswith("link"):
                yield path.name, entry_address(entry, url), absolute(url, value)
            else:
                moment = entry_time(entry, timezone.utc)
                yield path.name, moment and moment.astimezone(timezone.utc).timetuple()[:6], tuple(value)[:6]


def test_links_and_times_are_those_that_feedparser_expects() -> None:
    """Where feedparser's suite says what an entry's link or time is, ours is the same."""
    compared = list(expectations())
    assert len(compared) > 35
    assert {name for name, ours, theirs in compared if ours != theirs} == NO_ARTICLES
