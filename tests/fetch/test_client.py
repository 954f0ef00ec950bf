"""One outcome for each fetch: statuses, validators, redirects, threads, limits."""

from __future__ import annotations

import hashlib
import socket
import threading
from dataclasses import replace
from typing import Any

import pytest

from tests.support.fetching import LIMITS, NOW, fetch_page, open_desk
from tests.support.sites import (
    Asked,
    Raw,
    Reply,
    Route,
    Site,
    gzipped,
    redirect,
)
from wirewatch import __version__
from wirewatch.errors import SettingError
from wirewatch.fetch.client import Limits
from wirewatch.model import Fetched, Outcome, Page, Purpose
from wirewatch.settings import Settings

BODY = "<p>Вучэнні пачаліся ў аўторак.</p>".encode()
SHA256 = hashlib.sha256(BODY).hexdigest()
VALIDATORS = (("ETag", '"v1"'), ("Last-Modified", "Mon, 03 Mar 2025 10:00:00 GMT"))


def test_a_page_is_new_with_all_that_is_known_of_it() -> None:
    """A plain answer comes back with its bytes, headers, validators and times."""
    with Site({"/a": Reply(headers=(("Content-Type", "text/html"), *VALIDATORS), body=BODY)}) as site:
        url = site.url("/a?b=c")
        fetched = open_desk().client.fetch(url, purpose=Purpose.ARTICLE)

    headers = (("Content-Type", "text/html"), *VALIDATORS, ("Content-Length", str(len(BODY))))
    assert replace(fetched, elapsed=0) == Fetched(
        url=url,
        purpose=Purpose.ARTICLE,
        outcome=Outcome.NEW,
        fetched_at=NOW,
        elapsed=0,
        status=200,
        page=Page(url, url, 200, headers, BODY, NOW),
        etag='"v1"',
        last_modified="Mon, 03 Mar 2025 10:00:00 GMT",
    )
    assert 0 < fetched.elapsed < LIMITS.deadline


def test_the_request_says_who_asks() -> None:
    """The User-Agent is the limits' own or the source's, and nothing else tells of us or of other fetches."""
    with Site({"/a": Reply(headers=(("Set-Cookie", "id=1"),), body=BODY)}) as site:
        client = open_desk().client
        for agent in (None, "Mozilla/5.0 (asked for by the site)"):
            client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, user_agent=agent, obey_robots=False)

        names = {"host", "user-agent", "accept", "accept-encoding"}
        assert [set(asked.headers) for asked in site.asked] == [names, names]
        assert [asked.headers["user-agent"] for asked in site.asked] == [
            "Wirewatch/test (news monitor; no contact set)",
            "Mozilla/5.0 (asked for by the site)",
        ]


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "retry_after"),
    [
        (201, (), Outcome.NEW, None),
        (206, (), Outcome.BROKEN, None),
        (300, (), Outcome.BROKEN, None),
        (302, (), Outcome.BROKEN, None),
        (400, (), Outcome.BROKEN, None),
        (401, (), Outcome.BLOCKED, None),
        (403, (("Retry-After", "10"),), Outcome.BLOCKED, None),
        (404, VALIDATORS, Outcome.GONE, None),
        (410, (), Outcome.GONE, None),
        (429, (), Outcome.LIMITED, None),
        (429, (("Retry-After", "120"),), Outcome.LIMITED, 120),
        (429, (("Retry-After", "Tue, 04 Mar 2025 05:16:07 GMT"),), Outcome.LIMITED, 600),
        (429, (("Retry-After", "Mon, 03 Mar 2025 05:16:07 GMT"),), Outcome.LIMITED, 0),
        (429, (("Retry-After", "Tue, 04 Mar 2031 05:16:07 GMT"),), Outcome.LIMITED, 86400),
        (429, (("Retry-After", "999999999999999999999999"),), Outcome.LIMITED, 86400),
        (429, (("Retry-After", "later, please"),), Outcome.LIMITED, None),
        (429, (("Retry-After", "-5"),), Outcome.LIMITED, None),
        (451, (), Outcome.BLOCKED, None),
        (500, (), Outcome.BROKEN, None),
        (503, (), Outcome.BROKEN, None),
        (503, (("Retry-After", "30"),), Outcome.LIMITED, 30),
        (999, (), Outcome.BROKEN, None),
    ],
)
def test_each_status_has_its_outcome(status: int, headers: Any, outcome: Outcome, retry_after: float | None) -> None:
    """The status decides; the page is kept as evidence whatever it is, validators only of pages we would ask again."""
    fetched = fetch_page(Reply(status, headers, BODY))

    assert (fetched.outcome, fetched.status, fetched.retry_after, fetched.etag) == (outcome, status, retry_after, None)
    assert fetched.page is not None
    assert fetched.page.body == BODY
    assert (fetched.note is None) is (outcome is Outcome.NEW)


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_success_is_not_news(status: int) -> None:
    """A 2xx without a body is named as broken: silence must not look like a page."""
    fetched = fetch_page(Reply(status))

    assert (fetched.outcome, fetched.status, fetched.note) == (
        Outcome.BROKEN,
        status,
        f"The site answered {status} with an empty body.",
    )


def test_both_validators_are_sent_and_304_is_unchanged() -> None:
    """A conditional request that is answered 304 has no page and keeps the validators it had."""

    def answer(asked: Asked) -> Reply:
        sent = (asked.headers.get("if-none-match"), asked.headers.get("if-modified-since"))
        return Reply(304) if sent == ('"v1"', VALIDATORS[1][1]) else Reply(body=BODY)

    fetched = fetch_page(answer, etag='"v1"', last_modified=VALIDATORS[1][1])

    assert (fetched.outcome, fetched.status, fetched.page, fetched.etag, fetched.last_modified) == (
        Outcome.UNCHANGED,
        304,
        None,
        '"v1"',
        VALIDATORS[1][1],
    )


def test_the_second_fetch_of_a_page_saves_its_body() -> None:
    """What the first fetch learned is sent with the second, and the server answers without a byte of body."""
    sent: list[tuple[int, int]] = []  # status and bytes of body

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == '"v1"'
        reply = Reply(304, VALIDATORS) if known else Reply(200, VALIDATORS, BODY)
        sent.append((reply.status, len(reply.body)))
        return reply

    with Site({"/a": answer}) as site:
        client = open_desk().client
        first = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False)
        second = client.fetch(
            site.url("/a"),
            purpose=Purpose.ARTICLE,
            obey_robots=False,
            etag=first.etag,
            last_modified=first.last_modified,
            known_sha256=SHA256,
        )

    assert sent == [(200, len(BODY)), (304, 0)]
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)


def test_a_connection_that_the_server_closed_costs_a_turn() -> None:
    """The request is sent again on a new connection, spaced like any other."""

    def once(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext")
        connection.recv(65536)  # the next request is read and gets no answer

    with Site({"/a": Raw(once), "/b": Reply(body=BODY)}) as site:
        desk = open_desk()
        outcomes = [
            desk.client.fetch(site.url(path), purpose=Purpose.ARTICLE, obey_robots=False).outcome
            for path in ("/a", "/b")
        ]

        assert outcomes == [Outcome.NEW, Outcome.NEW]
        assert site.paths == ["/a", "/b"]
        assert len(desk.pace.waits) == 3


def test_304_that_nobody_asked_for_is_broken() -> None:
    """Without validators a 304 says nothing about what we have."""
    assert fetch_page(Reply(304)).outcome is Outcome.BROKEN


def test_validators_that_cannot_stand_in_a_header_are_not_sent() -> None:
    """A validator from a hostile answer neither breaks the next request nor adds a line to it."""
    with Site({"/a": Reply(body=BODY)}) as site:
        fetched = open_desk().client.fetch(
            site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False, etag='"1"\r\nX: y', last_modified="вчера"
        )

        assert fetched.outcome is Outcome.NEW
        assert {"if-none-match", "if-modified-since", "x"} & set(site.asked[0].headers) == set()


@pytest.mark.parametrize(
    ("known", "outcome"), [(SHA256, Outcome.UNCHANGED), (SHA256.upper(), Outcome.UNCHANGED), ("0" * 64, Outcome.NEW)]
)
def test_the_same_bytes_are_unchanged(known: str, outcome: Outcome) -> None:
    """Servers without validators are compared by the hash of the decoded body."""
    fetched = fetch_page(gzipped(BODY), known_sha256=known)

    assert fetched.page is not None
    assert (fetched.outcome, fetched.page.body) == (outcome, BODY)


def test_redirects_keep_their_chain() -> None:
    """Relative, absolute and UTF-8 redirects are followed; the chain is the addresses asked before the last."""
    with Site({"/end/навіны": Reply(body=BODY)}) as second:
        second.routes["/end/%D0%BD%D0%B0%D0%B2%D1%96%D0%BD%D1%8B"] = Reply(body=BODY)
        routes: dict[str, Route] = {
            "/a": redirect("b?x=1", status=301),
            "/b": redirect(second.url("/c"), status=307),
        }
        second.routes["/c"] = redirect("/end/навіны".encode().decode("latin-1"), status=308)
        with Site(routes) as first:
            desk = open_desk()
            fetched = desk.client.fetch(first.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False)

            assert (fetched.outcome, fetched.page) == (
                Outcome.NEW,
                Page(
                    first.url("/a"),
                    second.url("/end/навіны"),
                    200,
                    (("Content-Length", str(len(BODY))),),
                    BODY,
                    NOW,
                    (first.url("/a"), first.url("/b?x=1"), second.url("/c")),
                ),
            )
            hosts = [f"127.0.0.1:{first.port}"] * 2 + [f"127.0.0.1:{second.port}"] * 2
            assert desk.pace.waits == [(host, 2.0) for host in hosts]


def test_redirects_end_after_ten() -> None:
    """Ten redirects are followed, the eleventh is broken."""

    def count(asked: Asked) -> Reply:
        number = int(asked.path.partition("?")[2])
        return redirect(f"/a?{number - 1}") if number else Reply(body=BODY)

    with Site({"/a": count}) as site:
        client = open_desk().client
        ten, eleven = (
            client.fetch(site.url(f"/a?{number}"), purpose=Purpose.ARTICLE, obey_robots=False) for number in (10, 11)
        )

        assert (ten.outcome, eleven.outcome, eleven.status) == (Outcome.NEW, Outcome.BROKEN, 302)
        assert len(site.asked) == 22


def test_a_redirect_that_sets_a_cookie_is_followed_with_it() -> None:
    """A wall that only wants its cookie back lets us through, and the cookie is gone with the fetch."""

    def wall(asked: Asked) -> Reply:
        if asked.headers.get("cookie") == "seen=1":
            return Reply(body=BODY)
        return redirect("/a", headers=(("Set-Cookie", "seen=1; Path=/"),))

    with Site({"/a": wall}) as site:
        client = open_desk().client
        outcomes = [client.fetch(site.url("/a"), purpose=Purpose.ARTICLE).outcome for _ in range(2)]

        assert outcomes == [Outcome.NEW, Outcome.NEW]
        assert site.paths == ["/robots.txt", "/a", "/a", "/a", "/a"]


def test_one_client_serves_many_threads() -> None:
    """Threads that share a client each get their own page, and robots.txt is asked for once."""
    routes: dict[str, Route] = {f"/{number}": Reply(body=b"page %d" % number) for number in range(12)}
    with Site(routes) as site:
        desk = open_desk()
        bodies: dict[int, bytes] = {}

        def fetch(number: int) -> None:
            page = desk.client.fetch(site.url(f"/{number}"), purpose=Purpose.ARTICLE).page
            bodies[number] = page.body if page else b""

        threads = [threading.Thread(target=fetch, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        desk.client.close()

        assert bodies == {number: b"page %d" % number for number in range(12)}
        assert site.paths.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", f"Wirewatch/{__version__} (news monitor; no contact set)"),
        ("desk@press.example", f"Wirewatch/{__version__} (news monitor; +desk@press.example)"),
    ],
)
def test_limits_come_from_the_settings(contact: str, agent: str) -> None:
    """The settings' limits as they are, and an honest User-Agent."""
    settings = Settings.from_environment({"WIREWATCH_CONTACT": contact, "WIREWATCH_ALLOW_HOSTS": "127.0.0.1"})
    assert Limits.from_settings(settings) == Limits(10, 20, 60, 10_485_760, agent, ("127.0.0.1",))


def test_a_contact_that_cannot_stand_in_a_header_is_refused() -> None:
    """Said when the settings are read, not at the first fetch."""
    with pytest.raises(SettingError, match="WIREWATCH_CONTACT"):
        Limits.from_settings(Settings.from_environment({"WIREWATCH_CONTACT": "рэдакцыя"}))
