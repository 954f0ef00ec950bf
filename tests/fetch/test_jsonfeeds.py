"""JSON Feed to leads, and what hostile JSON costs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.entry_pages import HOME, found
from wirewatch.fetch.json_page import MAX_BYTES
from wirewatch.fetch.leads import Discovery
from wirewatch.model import Lead
from wirewatch.sources import Entry

ENTRY = Entry(feed=f"{HOME}/ru/feed.json")
FEEDS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds"
RECORDED = {
    "feedparser/json/example.json": 2,
    "feed-rs/jsonfeed/jsonfeed_spec_1.json": 1,
    "feed-rs/jsonfeed/jsonfeed_example_1.json": 2,
    "feed-rs/jsonfeed/jsonfeed_elastic_1.1.json": 3,
    "feedjira/json_feed.json": 20,
    "feedjira/json_feed_with_escaped_uris.json": 30,
}


def feed(*items: Any, version: str = "https://jsonfeed.org/version/1.1", **more: Any) -> str:
    return json.dumps({"version": version, "title": "Ministry", "items": list(items), **more}, ensure_ascii=False)


def test_items_become_leads() -> None:
    """Addresses are absolute, titles plain, the own page goes before the one pointed to, times keep their offset."""
    body = feed(
        {
            "id": "1",
            "url": "/ru/1",
            "title": "Учения &amp; <b>сборы</b>",
            "date_published": "2026-11-24T10:00:00+03:00",
        },
        {"id": "2", "url": "2", "external_url": "https://wire.example/x", "date_modified": "2026-11-23T09:00:00Z"},
        {"id": "3", "external_url": "https://wire.example/y", "date_published": "2026-11-24T08:00:00"},
        {"id": "https://mod.example/4"},
        {"id": 5, "url": None},
        "no item",
    )
    assert found(ENTRY, body) == Discovery(
        (
            Lead(f"{HOME}/ru/1", "Учения & сборы", datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=3)))),
            Lead(f"{HOME}/ru/2", None, datetime(2026, 11, 23, 9, tzinfo=timezone.utc)),
            Lead("https://wire.example/y", None, datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Europe/Minsk"))),
            Lead(f"{HOME}/4"),
        )
    )


def test_a_feed_says_where_it_goes_on() -> None:
    """next_url is the next page; version 1.0 is read like 1.1."""
    body = feed({"id": "1", "url": "/1"}, version="https://jsonfeed.org/version/1", next_url="/feed.json?p=2")
    assert found(ENTRY, body) == Discovery((Lead(f"{HOME}/1"),), next=f"{HOME}/feed.json?p=2")


def test_an_ended_feed_is_a_problem_and_still_read() -> None:
    """A feed that says it is expired will stay silent for ever, which must not look like quiet days."""
    result = found(ENTRY, feed({"id": "1", "url": "/1"}, expired=True))
    assert result == Discovery((Lead(f"{HOME}/1"),), problem="the feed says of itself that it has ended (expired)")


def test_an_empty_feed_is_a_quiet_day() -> None:
    """No items: neither leads nor a problem."""
    assert found(ENTRY, feed()) == Discovery(())


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('{"items": []}', "JSON in place of a feed"),
        ("[]", "JSON in place of a feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "a JSON Feed without items"),
        ('{"version": "https://jsonfeed.org/version/1"', "not JSON in place of a feed: Expecting ',' delimiter"),
        (feed({"id": "4711"}), "none of the 1 entries has an address"),
    ],
)
def test_other_json_is_a_problem(body: str, problem: str) -> None:
    """What is no JSON Feed is named."""
    result = found(ENTRY, body)
    assert (result.leads, str(result.problem)[: len(problem)]) == ((), problem)


HOSTILE = {
    "deep": "[" * 100_000,
    "deep object": '{"a":' * 100_000,
    "NaN": '{"version": NaN}',
    "infinite": '{"version": -Infinity}',
    "digits": '{"version": ' + "9" * 1_000_000 + "}",
    "large": '{"version": "' + "x" * MAX_BYTES + '"}',
    "cut": b'{"version": "\xd0',
    "charset": b'{"version": "\xff\xfe"}',
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_json_is_a_problem(name: str) -> None:
    """Depth, size, NaN, endless numbers and broken bytes end in one sentence of bounded length."""
    result = found(ENTRY, HOSTILE[name])
    assert result.leads == ()
    assert 10 < len(result.problem or "") < 300


def test_the_last_of_repeated_keys_holds_and_surrogates_reach_no_lead() -> None:
    """RFC 8259 leaves both open; here neither breaks what comes after."""
    body = feed({"id": "1"}).replace('"id": "1"', '"url": "/a", "url": "/b", "title": "x\\ud83d y"')
    assert found(ENTRY, body) == Discovery((Lead(f"{HOME}/b", "x y"),))
    assert found(ENTRY, feed({"url": "/x"}).replace("/x", "/\\ud83d")).leads == ()


def test_other_charsets_are_read() -> None:
    """UTF-16 and a byte order mark are recognised, windows-1251 is read as the server states it."""
    body, expected = feed({"url": "/1", "title": "Сборы"}), Discovery((Lead(f"{HOME}/1", "Сборы"),))
    assert found(ENTRY, body.encode("utf-8-sig")) == expected
    assert (
        found(ENTRY, body.encode("windows-1251"), headers=(("Content-Type", "application/json; charset=windows-1251"),))
        == expected
    )


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the collection of recorded feeds is not beside the repository")
@pytest.mark.parametrize(("name", "leads"), RECORDED.items())
def test_recorded_feeds_give_their_items(name: str, leads: int) -> None:
    """Feeds of other projects' tests give as many leads as they have items with an address."""
    result = found(ENTRY, (FEEDS / name).read_bytes())
    assert (len(result.leads), result.problem) == (leads, None)
