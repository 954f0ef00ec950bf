"""Addresses, titles and stated times, as all entry pages give them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from wirewatch.fetch.leads import absolute, plain_title, root_name, served_in_place, stated_time

MINSK = ZoneInfo("Europe/Minsk")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 +0200", "2026-11-24T10:00:00+02:00"),
        ("Tue, 24 Nov 2026 10:00:00 GMT", "2026-11-24T10:00:00+00:00"),
        ("24 Nov 2026 10:00 EST", "2026-11-24T10:00:00-05:00"),
        ("Tue, 24 Nov 2026 10:00:00 MSK", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 eest", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 +03:00", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 +03", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 +3", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 GMT+3", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 +0300 (MSK)", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 -0000", "2026-11-24T10:00:00+00:00"),
        ("Tue, 24 Nov 2026 10:00:00", "2026-11-24T10:00:00+03:00"),
        ("  Tue, 24 Nov\n 2026 10:00:00 +0200 ", "2026-11-24T10:00:00+02:00"),
        ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00+00:00"),
        ("2026-11-24T10:00:00.123+02:00", "2026-11-24T10:00:00+02:00"),
        ("2026-11-24T10:00-0530", "2026-11-24T10:00:00-05:30"),
        ("2026-11-24 10:00:00 +02", "2026-11-24T10:00:00+02:00"),
        ("2026-11-24T10:00", "2026-11-24T10:00:00+03:00"),
        ("2026-11-24 10:00:00", "2026-11-24T10:00:00+03:00"),
        ("24 Nov 2026 10:00 PM", "2026-11-24T22:00:00+03:00"),
        ("24 ноября 2026 10:00", "2026-11-24T10:00:00+03:00"),
        ("Вт, 24 ноя 2026 10:00:00 +0200", "2026-11-24T10:00:00+02:00"),
        ("24 листопада 2026 р. 10:00 EET", "2026-11-24T10:00:00+02:00"),
        ("24 лістапада 2026, 10:00", "2026-11-24T10:00:00+03:00"),
        ("24 listopada 2026 10:00 CET", "2026-11-24T10:00:00+01:00"),
        ("2026 m. lapkričio 24 d. 10:15", "2026-11-24T10:15:00+03:00"),
        ("вт., 24.11.2026 10:00 (МСК)", "2026-11-24T10:00:00+03:00"),
        ("24.11.2026 10:00", "2026-11-24T10:00:00+03:00"),
        ("2026/11/24 10:00:00", "2026-11-24T10:00:00+03:00"),
    ],
)
def test_a_stated_time_keeps_its_offset_and_else_takes_the_sources(text: str, expected: str) -> None:
    """An offset that is stated is kept; a time without one counts in the source's zone, never in UTC."""
    moment = stated_time(text, MINSK)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "yesterday",
        "2026-11-24",
        "Tue, 24 Nov 2026",
        "24 ноября 2026",
        "сегодня, 10:00",
        "24.11.2026 10:00 XYZT",
        "24.11.2026 10:00, 25.11.2026 11:00",
        "Совещание 24.11.2026 в 10:00 пройдёт в Минске",
        "Tue, 24 Nov 2026 10:00:00 XYZT",
        "Tue, 24 Nov 2026 25:00:00 GMT",
        "2026-13-45T10:00:00Z",
        "2026-11-24T10:00:00+99:99",
        "Tue, 24 Nov 2026 10:00:00 +9999",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "Tue, 24 Nov 99999999999 10:00:00 GMT",
        "1" * 100_000,
        "2026-11-24T10:00:00Z" * 10_000,
    ],
)
def test_what_states_no_time_is_unknown(text: str | None) -> None:
    """A day without a time, an unknown zone, nonsense and placeholders give no time rather than a guess."""
    assert stated_time(text, MINSK) is None


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("/news/1#top", "https://mod.example/news/1"),
        ("2?a=1&b=2", "https://mod.example/ru/2?a=1&b=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        (" ht\ntps://a.example/новость 1 ", "https://a.example/новость%201"),
        ("javascript:void(0)", None),
        ("mailto:press@mod.example", None),
        ("ftp://mod.example/x", None),
        ("http://[mod/x", None),
        ("http://mod.example:99999/x", None),
        ("http://inner\\@mod.example/", None),
        ("http:///nohost", None),
        ("/lone\udc80", None),
        ("", None),
        (None, None),
    ],
)
def test_only_usable_addresses_are_made(reference: str | None, expected: str | None) -> None:
    """A reference becomes an absolute http(s) address without fragment, or nothing."""
    assert absolute("https://mod.example/ru/", reference) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Учения «Щит»\n  начались", "Учения «Щит» начались"),
        ("<b>Minister</b> &amp; staff &#8212; talks", "Minister & staff — talks"),
        ("и\u0306од", "йод"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("a\x00b\u2028c\x85d\x1b[31m", "a b c d [31m"),
        ("<br/>", None),
        ("x" * 5_000, "x" * 1_000),
        (None, None),
    ],
)
def test_a_title_is_one_plain_line(text: str | None, expected: str | None) -> None:
    """Mark-up, entities, control characters and decomposed letters are gone, and what only looks like mark-up stays."""
    assert plain_title(text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- <html> --><!DOCTYPE rss><rss>", "rss"),
        (b"<rdf:RDF xmlns='x'>", "rdf"),
        ("<?xml version='1.0'?><feed>".encode("utf-16"), "feed"),
        (b"<!doctype html><HTML lang=be>", "html"),
        (b"<!-- never closed <rss>", ""),
        (b"plain words", ""),
        (b"<" * 300_000, ""),
    ],
)
def test_the_first_element_is_found(body: bytes, expected: str) -> None:
    """Declarations and comments before the first element do not hide it."""
    assert root_name(body) == expected


def test_a_warning_before_a_feed_does_not_make_it_html() -> None:
    """What a server prints before its XML leaves it XML; a page stays a page."""
    assert served_in_place(b"<br><b>Warning</b>: late<rss version='2.0'>", "a feed") is None
    assert served_in_place(b"<html><body>Sign in</body></html>", "a feed") == "HTML in place of a feed"
