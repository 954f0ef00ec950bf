"""robots.txt against what others wrote: Google's cases, crawler-commons' files, 4,231 files of real sites.

The suites lie beside the checkout, in ../shared; without them there is nothing to compare. Every difference is in a
table here with its reason, and one that vanishes fails the test like one that is new.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from protego import Protego

from wirewatch.fetch.robots import MAX_BYTES
from wirewatch.fetch.robots_rules import Rules, text_to_rules

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
GOOGLE = SHARED / "suites" / "robots-google" / "cases.json"
REAL = SHARED / "suites" / "robots-protego" / "robots.jsonl.gz"
COMMONS = SHARED / "data" / "sitemaps_robots" / "crawler-commons" / "robots"

pytestmark = pytest.mark.skipif(not GOOGLE.exists(), reason="the evaluation kit is not beside the checkout (../shared)")

ENCODING = "Google leaves escaping to its caller; we compare addresses as RFC 9309 2.2.2 does"
GOOGLE_DIFFERENCES = {
    ("ID_Encoding", "Allow: /foo/bar/ツ", "/foo/bar/ツ"): ENCODING,
    ("ID_Encoding", "Allow: /foo/bar/%E3%83%84", "/foo/bar/ツ"): ENCODING,
    ("ID_Encoding", "Allow: /foo/bar/%62%61%7A", "/foo/bar/baz"): "the standard's own table has these two as equal",
    ("GoogleOnly_IndexHTMLisDirectory", "Allow: /allowed-slash/index.html", "/allowed-slash/"): (
        "Google's own habit; the standard knows no index.html"
    ),
}
"""(test, last rule but the general one, path) → why we say otherwise."""

GROUP_GOES_ON = "crawl-delay ends no group (RFC 9309 2.2.4), so the rules that follow are for those named before it too"
INDEX_HTML = "protego has Google's habit of letting index.html stand for its folder"
REAL_DIFFERENCES = {
    "bitbucket.org": GROUP_GOES_ON,
    "www.congress.gov": GROUP_GOES_ON,
    "www.khaleejtimes.com": GROUP_GOES_ON,
    "www.monstersandcritics.com": GROUP_GOES_ON,
    "www.epa.gov": "Disallow: news, without its slash, is taken for what it means",
    "www.telstra.com.au": INDEX_HTML,
    "www.toyoko-inn.com": INDEX_HTML,
}
"""Host → why protego says otherwise; it allows something there that we do not ask."""


@cache
def _google() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(GOOGLE.read_text(encoding="utf-8")))


def _key(case: dict[str, Any]) -> tuple[str, str, str]:
    lines = [line for line in case["robots_txt"].splitlines() if ":" in line]
    rule = next((line for line in reversed(lines) if line.lower().strip() != "disallow: /"), "")
    return case["test"], rule, re.sub(r"^https?://[^/]*", "", case["url"])


@pytest.mark.parametrize("only", [False, True], ids=["the standard's", "google's own"])
def test_googles_cases(only: bool) -> None:
    """Each of the 72 cases of the standard and of Google's 68 more has the answer that is expected, or a reason."""
    cases = [case for case in _google() if case["google_only"] is only]
    differing = {
        _key(case)
        for case in cases
        if text_to_rules(case["robots_txt"], case["user_agent"]).allows(case["url"]) is not case["allowed"]
    }

    assert len(cases) == (68 if only else 72)
    assert differing == {key for key in GOOGLE_DIFFERENCES if key[0].startswith("GoogleOnly") is only}


def _real() -> Iterator[tuple[str, str]]:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            body = base64.b64decode(entry["body_b64"])[:MAX_BYTES]
            yield entry["name"].removeprefix("test_data/"), body.decode("utf-8-sig", errors="replace")


def _addresses(text: str) -> list[str]:
    """Addresses that some rules of the file should match, and a few that are on any site."""
    patterns = re.findall(r"(?im)^\s*(?:dis)?allow\s*:\s*(/[^\s#]*)", text)
    drawn = patterns[:: max(1, len(patterns) // 12)]
    paths = [
        "/",
        "/index.html",
        "/news/2026/11/24/a.html?b=1",
        *(path.replace("*", "zz").rstrip("$") for path in drawn),
    ]
    return [f"https://press.example{path}" for path in paths]


def test_real_files_are_read_as_protego_reads_them() -> None:
    """All 4,231 files are read; decisions and delays are protego's, but for the hosts in the table."""
    differing, files = set(), 0
    for name, text in _real():
        files += 1
        ours, theirs = text_to_rules(text, "wirewatch"), Protego.parse(text)
        same = all(ours.allows(url) is theirs.can_fetch(url, "wirewatch") for url in _addresses(text))
        if not same or (ours.crawl_delay or None) != (theirs.crawl_delay("wirewatch") or None):
            differing.add(name)

    assert files == 4231
    assert differing == set(REAL_DIFFERENCES)


def _commons(name: str, agent: str) -> Rules:
    return text_to_rules((COMMONS / name).read_bytes().decode("utf-8-sig", errors="replace"), agent)


@pytest.mark.parametrize(
    ("name", "agent", "expected"),
    [
        ("rfc9309-example-simple-robots.txt", "foobot", {"/example/page.html": True, "/example/disallowed.gif": False}),
        ("rfc9309-example-simple-robots.txt", "quxbot", {"/example/page.html": True, "/example/disallowed.gif": True}),
        ("rfc9309-example-simple-robots.txt", "bazbot", {"/example/page.html": False}),
        (
            "rfc9309-example-longest-match-robots.txt",
            "foobot",
            {"/example/page/": True, "/example/page/disallowed.gif": False},
        ),
        ("crawl-delay-group-merging.txt", "mybot", {"/private/": False, "/index.html": True}),
        ("crawl-delay-group-merging.txt", "yourbot", {"/private/": False, "/login/": False}),
        ("crawl-delay-group-merging.txt", "anybot", {"/private/": True}),
    ],
)
def test_crawler_commons_files(name: str, agent: str, expected: dict[str, bool]) -> None:
    """The standard's examples and the merging of groups, as crawler-commons' files state them."""
    rules = _commons(name, agent)

    assert {path: rules.allows(f"https://press.example{path}") for path in expected} == expected


def test_crawler_commons_delays_are_those_of_each_agent() -> None:
    """A crawl-delay goes to the agents named before it and to no other."""
    delays = {
        agent: _commons("crawl-delay-group-merging.txt", agent).crawl_delay for agent in ("mybot", "yourbot", "x")
    }

    assert delays == {"mybot": 10, "yourbot": None, "x": 30}


def test_every_file_of_crawler_commons_is_read() -> None:
    """Typing errors, other line ends and other encodings: all are read without an error."""
    names = sorted(path.name for path in COMMONS.glob("*.txt"))

    assert len(names) == 24
    assert all(isinstance(_commons(name, "wirewatch"), Rules) for name in names)
