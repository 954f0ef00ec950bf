"""JSON listings to leads, by the paths of the source file."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.entry_pages import HOME, found
from wirewatch.fetch.leads import Discovery
from wirewatch.model import Lead
from wirewatch.sources import ApiFields, Entry

ADDRESS = f"{HOME}/api/news"
MINSK = ZoneInfo("Europe/Minsk")


def named(document: Any, **fields: str) -> Discovery:
    """What an entry with these fields finds in a document (or in a text that is none)."""
    entry = Entry(api=ADDRESS, fields=ApiFields(**{"items": "data.items", "link": "url", **fields}))
    return found(entry, document if isinstance(document, (str, bytes)) else json.dumps(document, ensure_ascii=False))


def urls(document: Any, **fields: str) -> list[str]:
    return [lead.url.removeprefix(HOME) for lead in named(document, **fields).leads]


def test_paths_lead_to_what_a_lead_needs() -> None:
    """Nested keys, an element by its number, a relative address, a title with mark-up."""
    item = {"url": "/news/1", "head": {"text": "Сборы &amp; <i>учения</i>"}, "dates": ["2026-11-24T10:00:00+03:00"]}
    assert named({"data": {"items": [item]}}, title="head.text", published="dates.0") == Discovery(
        (Lead(f"{HOME}/news/1", "Сборы & учения", datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=3)))),)
    )


@pytest.mark.parametrize(
    ("document", "items"),
    [
        ([{"url": "/1"}, {"url": "/2"}], "."),
        ({"a": {"b": [{"url": "/1"}, {"url": "/2"}]}}, "a.b"),
        ({"a": {"b": [{"url": "/1"}, {"url": "/2"}]}}, "a.b.*"),
        ({"days": [{"items": [{"url": "/1"}]}, {"items": []}, {"items": [{"url": "/2"}]}]}, "days.*.items"),
        ({"by_id": {"7": {"url": "/1"}, "8": {"url": "/2"}}}, "by_id.*"),
        ([["x"], [{"url": "/1"}, {"url": "/2"}]], "1"),
    ],
)
def test_lists_are_found_wherever_they_are(document: Any, items: str) -> None:
    """The root, a key, every element, every value, one by its number."""
    assert urls(document, items=items) == ["/1", "/2"]


def test_an_address_is_made_of_an_items_parts() -> None:
    """Each placeholder is a path; an item that lacks one is passed over; what a part holds is escaped."""
    items = [{"id": 5, "slug": {"ru": "сборы и учения"}}, {"id": 6}, {"id": True, "slug": {"ru": "x"}}]
    assert urls({"data": {"items": items}}, link=f"{HOME}/news/{{slug.ru}}-{{id}}") == [
        "/news/%D1%81%D0%B1%D0%BE%D1%80%D1%8B%20%D0%B8%20%D1%83%D1%87%D0%B5%D0%BD%D0%B8%D1%8F-5"
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (1795507200, datetime(2026, 11, 24, 8, tzinfo=timezone.utc)),
        (1795507200.5, datetime(2026, 11, 24, 8, tzinfo=timezone.utc)),
        (1795507200000, datetime(2026, 11, 24, 8, tzinfo=timezone.utc)),
        ("1795507200", datetime(2026, 11, 24, 8, tzinfo=timezone.utc)),
        ("2026-11-24T11:00:00", datetime(2026, 11, 24, 11, tzinfo=MINSK)),
        ("Tue, 24 Nov 2026 08:00:00 GMT", datetime(2026, 11, 24, 8, tzinfo=timezone.utc)),
        ("24.11.2026 11:00", datetime(2026, 11, 24, 11, tzinfo=MINSK)),
        ("24 ноября 2026, 11:00", datetime(2026, 11, 24, 11, tzinfo=MINSK)),
        ("2026-11-24", None),
        ("soon", None),
        (5, None),
        (1e308, None),
        ({"at": 1795507200}, None),
        (True, None),
        (None, None),
    ],
)
def test_times_are_read_as_they_are_written(stated: Any, expected: datetime | None) -> None:
    """Unix seconds and milliseconds, feeds' forms and written dates; a day alone or nonsense is no time."""
    assert named({"data": {"items": [{"url": "/1", "at": stated}]}}, published="at") == Discovery(
        (Lead(f"{HOME}/1", None, expected),)
    )


@pytest.mark.parametrize("document", [{"data": {"items": []}}, {"data": {"items": {}, "days": []}}])
def test_an_empty_list_is_a_quiet_day(document: Any) -> None:
    """No item: neither leads nor a problem."""
    assert named(document, items="data.days.*.items" if "days" in document["data"] else "data.items") == Discovery(())


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"data": {"rows": []}}, "nothing at data.items: there is an object with data"),
        ({"data": {"items": "x"}}, "nothing at data.items: there is an object with data"),
        ({"data": {"items": None}}, "nothing at data.items: there is an object with data"),
        ([1, 2], "nothing at data.items: there is a list of 2"),
        ("7", "nothing at data.items: there is a single value"),
        ({"error": "quota", "message": "Slow down."}, "nothing at data.items: the site says quota: Slow down."),
        ({"data": {"items": [{"link": "/1"}, 3]}}, "none of the 2 entries has an address at url"),
        ("<html><body>Sign in</body></html>", "HTML in place of a JSON listing"),
        ("{", "not JSON in place of a JSON listing: Expecting property name enclosed in double quotes"),
        ("[" * 100_000, "JSON nested too deep in place of a JSON listing"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_problem(document: Any, problem: str) -> None:
    """A redesigned, refusing or absent API is named on the day it comes."""
    result = named(document)
    assert (result.leads, str(result.problem)[: len(problem)]) == ((), problem)


def test_what_a_path_passes_through_is_bounded() -> None:
    """A document made to multiply under ``*`` costs no more than a large listing, and gives no more leads."""
    wide = [[[{"url": f"/{number}"} for number in range(100)]] * 100] * 100
    assert len(named(wide, items="*.*.*").leads) == 100
    assert len(named([{"url": f"/{number}"} for number in range(20_000)], items=".").leads) == 5_000
