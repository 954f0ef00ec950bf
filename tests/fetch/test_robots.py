"""robots.txt: what its answer means, how long it is used, and that it is asked for politely."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.fetching import LIMITS, NOW, RecordedPace, open_desk
from tests.support.sites import Reply, Site, drip, raw, redirect, reset
from wirewatch.fetch.client import Client
from wirewatch.fetch.robots import (
    MAX_BYTES,
    MemoryRobots,
    Permission,
    StoredRobots,
    is_fresh,
    robots_to_permission,
)
from wirewatch.model import Outcome, Purpose

ALLOWED = Permission(True)
FORBIDDEN = Permission(False, 0, "robots.txt forbids this address to us.")
PAGE = Reply(body=b"<p>text</p>")


def _forbid(path: str) -> Reply:
    return Reply(body=f"User-agent: *\nDisallow: {path}\n".encode())


@pytest.mark.parametrize(
    ("status", "text", "path", "expected"),
    [
        (200, "", "/a", ALLOWED),
        (200, "User-agent: *\nDisallow: /", "/a", FORBIDDEN),
        (200, "User-agent: *\nDisallow: /b\nAllow: /b/news", "/b/news/1", ALLOWED),
        (200, "User-agent: wirewatch\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", ALLOWED),
        (200, "User-agent: WireWatch\nDisallow: /*?print=", "/a?print=1", FORBIDDEN),
        (200, "User-agent: watch\nDisallow: /", "/a", ALLOWED),
        (200, "<html>not found</html>", "/a", ALLOWED),
        (200, "User-agent: *\nCrawl-delay: 7", "/a", Permission(True, 7)),
        (200, "User-agent: *\nCrawl-delay: 86400", "/a", Permission(True, 60)),
        (200, "User-agent: *\nCrawl-delay: -5", "/a", ALLOWED),
        (200, "User-agent: *\nCrawl-delay: nan", "/a", ALLOWED),
        (200, "User-agent: *\nCrawl-delay: soon", "/a", ALLOWED),
        (302, "", "/a", ALLOWED),
        (404, "", "/a", ALLOWED),
        (403, "", "/a", ALLOWED),
        (429, "", "/a", ALLOWED),
        (500, "", "/a", Permission(False, 0, "robots.txt answered 500, which forbids everything for now.")),
    ],
)  # fmt: skip
def test_status_and_rules_give_the_permission(status: int, text: str, path: str, expected: Permission) -> None:
    """RFC 9309: rules of our own group or of all, 4xx allows everything, 5xx nothing; crawl-delay within reason."""
    assert robots_to_permission(StoredRobots(status, text, NOW), f"https://press.example{path}") == expected


def test_an_answer_is_used_for_a_day_and_a_server_error_for_an_hour() -> None:
    """RFC 9309 2.4, and a server's bad hour does not close a site for the day."""
    robots = StoredRobots(200, "", NOW)
    error, limit = StoredRobots(503, "", NOW), StoredRobots(429, "", NOW)
    ages = [timedelta(minutes=59), timedelta(hours=2), timedelta(hours=23), timedelta(hours=25)]

    assert [is_fresh(robots, NOW + age) for age in ages] == [True, True, True, False]
    assert [is_fresh(error, NOW + age) for age in ages] == [True, False, False, False]
    assert [is_fresh(limit, NOW + age) for age in ages] == [True, False, False, False]


def test_a_forbidden_address_is_not_asked() -> None:
    """Only robots.txt is requested; the outcome says why, and other addresses of the site are asked."""
    with Site({"/robots.txt": _forbid("/closed"), "/open": PAGE, "/closed/1": PAGE}) as site:
        desk = open_desk()
        outcomes = [
            desk.client.fetch(site.url(path), purpose=Purpose.ARTICLE).outcome for path in ("/closed/1", "/open")
        ]

        assert outcomes == [Outcome.ROBOTS, Outcome.NEW]
        assert site.paths == ["/robots.txt", "/open"]


def test_robots_can_be_left_aside_for_one_fetch() -> None:
    """With obey_robots=False neither the file nor its rules are looked at."""
    with Site({"/robots.txt": _forbid("/"), "/a": PAGE}) as site:
        fetched = open_desk().client.fetch(site.url("/a"), purpose=Purpose.ENTRY, obey_robots=False)

        assert (fetched.outcome, site.paths) == (Outcome.NEW, ["/a"])


def test_the_robots_fetch_is_reported_like_any_other() -> None:
    """on_robots gets the whole fetch, with its page, once for many addresses of an origin."""
    with Site({"/robots.txt": _forbid("/x"), "/a": PAGE, "/b": PAGE}) as site:
        desk = open_desk()
        for path in ("/a", "/b"):
            desk.client.fetch(site.url(path), purpose=Purpose.ARTICLE)

        (robots,) = desk.robots
        assert robots.page is not None
        assert (robots.url, robots.purpose, robots.outcome) == (
            site.url("/robots.txt"),
            Purpose.ROBOTS,
            Outcome.NEW,
        )
        assert robots.page.body == b"User-agent: *\nDisallow: /x\n"


def test_a_stored_answer_is_used_until_it_is_a_day_old() -> None:
    """A fresh copy is trusted without asking, an old one is asked for again and replaced."""
    with Site({"/robots.txt": Reply(body=b""), "/a": PAGE}) as site:
        origin, store = site.url(""), MemoryRobots()
        closed = StoredRobots(200, "User-agent: *\nDisallow: /", NOW - timedelta(hours=23))
        store.put(origin, closed)

        first = open_desk(store=store).client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)
        asked_first = list(site.paths)
        second = open_desk(store=store, now=NOW + timedelta(hours=2)).client.fetch(
            site.url("/a"), purpose=Purpose.ARTICLE
        )

        assert (first.outcome, asked_first) == (Outcome.ROBOTS, [])
        assert (second.outcome, site.paths) == (Outcome.NEW, ["/robots.txt", "/a"])
        assert store.get(origin) == StoredRobots(200, "", NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        (Reply(404, body=b"none"), Outcome.NEW),
        (Reply(403), Outcome.NEW),
        (Reply(200), Outcome.NEW),
        (redirect("/robots.txt"), Outcome.NEW),  # without end: "unavailable"
        (Reply(500), Outcome.ROBOTS),
        (Reply(503, (("Retry-After", "5"),)), Outcome.ROBOTS),
        (reset(), Outcome.UNREACHABLE),
        (raw(b"nonsense\r\n\r\n"), Outcome.BROKEN),
        (redirect("http://10.0.0.1/robots.txt"), Outcome.REFUSED),
    ],
)
def test_what_the_robots_answer_means_for_the_page(robots: Any, outcome: Outcome) -> None:
    """A missing file allows, a failing server forbids, and trouble on the way is the page's own trouble."""
    with Site({"/robots.txt": robots, "/a": PAGE}) as site:
        fetched = open_desk().client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert fetched.outcome is outcome
        assert ("/a" in site.paths) is (outcome is Outcome.NEW)
        assert outcome is Outcome.NEW or "robots.txt" in (fetched.note or "")


@pytest.mark.parametrize("trouble", [reset(), Reply(500), Reply(503), Reply(429, (("Retry-After", "0"),))])
def test_an_old_copy_is_used_while_the_site_has_no_answer(trouble: Any) -> None:
    """RFC 9309 2.4: its rules hold for 30 days, it is not overwritten, and the site is not asked again at once."""
    with Site({"/robots.txt": trouble, "/a": PAGE, "/closed": PAGE}) as site:
        origin, store = site.url(""), MemoryRobots()
        old = StoredRobots(200, "User-agent: *\nDisallow: /closed", NOW - timedelta(days=29))
        store.put(origin, old)
        client = open_desk(store=store).client
        outcomes = [client.fetch(site.url(path), purpose=Purpose.ARTICLE).outcome for path in ("/a", "/closed", "/a")]

        assert outcomes == [Outcome.NEW, Outcome.ROBOTS, Outcome.NEW]
        assert site.paths == ["/robots.txt", "/a", "/a"]
        assert store.get(origin) == old


def test_a_copy_older_than_a_month_is_not_used() -> None:
    """Without an answer everything is then forbidden."""
    with Site({"/robots.txt": Reply(500), "/a": PAGE}) as site:
        store = MemoryRobots()
        store.put(site.url(""), StoredRobots(200, "", NOW - timedelta(days=30)))
        fetched = open_desk(store=store).client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert fetched.outcome is Outcome.ROBOTS
        assert store.get(site.url("")) == StoredRobots(500, "", NOW)


def test_a_dead_host_is_asked_for_robots_once_and_not_for_each_page() -> None:
    """The trouble is remembered for ten minutes, with its outcome; then it is tried again."""
    with Site({"/robots.txt": reset(), "/a": PAGE}) as site:
        store, times = MemoryRobots(), [NOW]
        client = Client(LIMITS, pace=RecordedPace(), robots=store, now=lambda: times[-1])
        early = [client.fetch(site.url("/a"), purpose=Purpose.ARTICLE).outcome for _ in range(4)]
        asked_early = list(site.paths)
        site.routes["/robots.txt"] = Reply(404)
        times.append(NOW + timedelta(minutes=10))
        late = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE).outcome

        assert (early, asked_early) == ([Outcome.UNREACHABLE] * 4, ["/robots.txt"])
        assert (late, site.paths[1:]) == (Outcome.NEW, ["/robots.txt", "/a"])


@pytest.mark.parametrize(("redirects", "outcome"), [(5, Outcome.ROBOTS), (6, Outcome.NEW)])
def test_five_redirects_are_followed_to_robots_txt(redirects: int, outcome: Outcome) -> None:
    """RFC 9309 2.3.1.2: the rules behind five redirects count, a file behind six is not there."""
    routes: dict[str, Any] = {f"/{step}": redirect(f"/{step + 1}") for step in range(1, redirects)}
    routes |= {"/robots.txt": redirect("/1"), f"/{redirects}": _forbid("/a"), "/a": PAGE}
    with Site(routes) as site:
        fetched = open_desk().client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert fetched.outcome is outcome
        assert site.paths[-1] == ("/5" if redirects == 5 else "/a")


def test_a_copy_is_looked_up_once() -> None:
    """The store, which may be a database, is asked once for many pages of an origin."""

    class Counting(MemoryRobots):
        asked = 0

        def get(self, origin: str) -> StoredRobots | None:
            self.asked += 1
            return super().get(origin)

    with Site({"/robots.txt": Reply(404), "/a": PAGE}) as site:
        store = Counting()
        client = open_desk(store=store).client
        for _ in range(3):
            client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert store.asked == 1


def test_a_robots_file_that_never_ends_makes_the_page_too_slow() -> None:
    """The deadline holds for robots.txt too."""
    with Site({"/robots.txt": drip(b"User-agent: *\n"), "/a": PAGE}) as site:
        fetched = open_desk(deadline=0.4).client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert (fetched.outcome, site.paths) == (Outcome.TOO_SLOW, ["/robots.txt"])


def test_only_the_first_500_kib_are_read() -> None:
    """A rule beyond 500 KiB is not seen; those before it count."""
    body = b"User-agent: *\nDisallow: /early\n" + b"# filler line\n" * (MAX_BYTES // 10) + b"Disallow: /late\n"
    with Site({"/robots.txt": Reply(body=body), "/late": PAGE, "/early": PAGE}) as site:
        desk = open_desk()
        outcomes = [desk.client.fetch(site.url(path), purpose=Purpose.ARTICLE).outcome for path in ("/early", "/late")]

        assert outcomes == [Outcome.ROBOTS, Outcome.NEW]
        assert [len(robots.page.body) for robots in desk.robots if robots.page] == [MAX_BYTES]


def test_a_redirect_is_judged_by_the_rules_of_where_it_leads() -> None:
    """The second site's robots.txt forbids the page, although the first site's allows it."""
    with Site({"/robots.txt": _forbid("/")}) as second, Site({"/a": redirect(second.url("/b"))}) as first:
        fetched = open_desk().client.fetch(first.url("/a"), purpose=Purpose.ARTICLE)

        assert (fetched.outcome, first.paths, second.paths) == (
            Outcome.ROBOTS,
            ["/robots.txt", "/a"],
            ["/robots.txt"],
        )


def test_crawl_delay_counts_when_it_is_longer_than_the_sources_own() -> None:
    """Pages are spaced by the longer of the two, robots.txt itself by the source's own."""
    with Site({"/robots.txt": Reply(body=b"User-agent: *\nCrawl-delay: 9"), "/a": PAGE}) as site:
        desk = open_desk()
        for delay in (2.0, 30.0):
            desk.client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, delay=delay)

        host = f"127.0.0.1:{site.port}"
        assert desk.pace.waits == [(host, 2.0), (host, 9.0), (host, 30.0)]


def test_text_that_a_database_refuses_is_made_fit() -> None:
    """NUL and broken UTF-8 become replacement characters; a byte order mark goes."""
    with Site({"/robots.txt": Reply(body=b"\xef\xbb\xbfUser-agent: *\n#\x00\xff\nDisallow: /a\n"), "/a": PAGE}) as site:
        store = MemoryRobots()
        fetched = open_desk(store=store).client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert fetched.outcome is Outcome.ROBOTS
        assert store.get(site.url("")) == StoredRobots(200, "User-agent: *\n#\ufffd\ufffd\nDisallow: /a\n", NOW)
