"""Faults and bad manners of servers: each ends in one outcome, in time and within little memory."""

from __future__ import annotations

import socket
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fetching import LIMITS, fetch_page, open_desk
from tests.support.sites import (
    Asked,
    Raw,
    Reply,
    Route,
    Site,
    bomb,
    drip,
    drip_headers,
    gzipped,
    hang,
    raw,
    redirect,
    reset,
)
from wirewatch.fetch.client import Client
from wirewatch.model import Outcome, Purpose

BODY = "<p>Вучэнні пачаліся ў аўторак.</p>".encode()


@pytest.mark.parametrize(
    ("route", "outcome"),
    [
        (reset(), Outcome.UNREACHABLE),
        (raw(b""), Outcome.UNREACHABLE),
        (reset(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nhalf"), Outcome.BROKEN),
        (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 abc\r\n\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), Outcome.NEW),
        (raw(b"HTTP/1.0 200 OK\r\n\r\nold but whole"), Outcome.NEW),
        (raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"), Outcome.NEW),
        (Reply(headers=(("Content-Encoding", "gzip"),), body=BODY), Outcome.BROKEN),
        (Reply(headers=(("Content-Encoding", "gzip"),), body=gzipped(BODY * 100).body[:-9]), Outcome.BROKEN),
        (Reply(headers=(("Content-Encoding", "zstd"),), body=BODY), Outcome.BROKEN),
        (Reply(body=b"x" * (LIMITS.max_bytes + 1)), Outcome.TOO_LARGE),
        (Reply(body=b"x" * LIMITS.max_bytes), Outcome.NEW),
    ],
)
def test_faults_on_the_way_are_outcomes(route: Route, outcome: Outcome) -> None:
    """Resets, nonsense, broken framing and wrong codings each end in their outcome, with a note for people."""
    fetched = fetch_page(route)
    assert (fetched.outcome, fetched.page is None) == (outcome, outcome is not Outcome.NEW)
    assert (fetched.note is None) is (outcome is Outcome.NEW)


FRAGMENTS = [
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"\r\n", b"-5\r\n",
    b"Content-Length: -1\r\n", b"Set-Cookie: \xff=\x00;\r\n", b"5;\r\n", b"\x00", b"HTTP/1.1 ",
    b"Retry-After: \xe9\r\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: ", b"HTTP/1.1 200 OK\r\n\r\n"]
    ),
    middle=st.lists(st.sampled_from(FRAGMENTS), max_size=6),
    tail=st.binary(max_size=60),
)
def test_no_answer_raises(head: bytes, middle: list[bytes], tail: bytes, fuzzed: Any) -> None:
    """Whatever bytes a server sends, fetch returns with one outcome and a note unless there is news."""
    site, client = fuzzed
    site.routes["/a"] = raw(head + b"".join(middle) + tail)
    fetched = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False)
    assert (fetched.note is None) is (fetched.outcome is Outcome.NEW)


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[tuple[Site, Client]]:
    """A site and a client for many answers."""
    with Site() as site:
        yield site, open_desk().client


@pytest.mark.parametrize(
    ("route", "limits"),
    [
        (hang(), {"read_timeout": 0.3}),
        (hang(), {"deadline": 0.3}),
        (drip(b"text"), {"deadline": 0.4}),
        (drip_headers(), {"deadline": 0.4}),
        (drip(b"HTTP/1.1 100 Continue\r\n\r\n", head=b"", pause=0.001), {"deadline": 0.4}),
        (drip(b"5\r\nhello\r\n", head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), {"deadline": 0.4}),
    ],
)
def test_a_server_that_takes_its_time_is_too_slow(route: Route, limits: dict[str, Any]) -> None:
    """Silence, dripped headers and dripped bodies that would never end are given up."""
    assert fetch_page(route, limits=limits).outcome is Outcome.TOO_SLOW


def test_the_deadline_counts_all_redirects_together() -> None:
    """A chain of slow answers is given up although each alone would be in time."""

    def slow(connection: socket.socket, stopping: threading.Event) -> None:
        stopping.wait(0.2)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")

    assert fetch_page(Raw(slow), limits={"deadline": 0.5}).outcome is Outcome.TOO_SLOW


def test_a_handshake_that_is_dripped_is_too_slow() -> None:
    """The deadline holds before TLS stands."""
    ready = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            try:
                connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 KiB that arrives byte by byte
                while not ready.wait(0.05):
                    connection.sendall(b"\0")
            except OSError:
                return  # the client hung up, as it should

        threading.Thread(target=serve, daemon=True).start()
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        fetched = open_desk(deadline=0.4).client.fetch(url, purpose=Purpose.ARTICLE, obey_robots=False)
        ready.set()

    assert fetched.outcome is Outcome.TOO_SLOW


def test_a_resolver_that_hangs_is_too_slow() -> None:
    """getaddrinfo cannot be stopped, but it is not waited for."""
    ready = threading.Event()

    def resolve(host: str, port: int) -> Any:
        ready.wait()
        return []

    fetched = open_desk(connect_timeout=0.2, resolve=resolve).client.fetch(
        "http://slow.example/", purpose=Purpose.ARTICLE, obey_robots=False
    )
    ready.set()
    assert fetched.outcome is Outcome.TOO_SLOW


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_is_too_large_and_stays_small_in_memory(coding: str) -> None:
    """300 MiB of zeros in a small answer are given up at the cap of 1 MiB, within a few MiB of memory."""
    with Site({"/a": bomb(coding, mebibytes=300)}) as site:
        client = open_desk().client
        tracemalloc.start()
        try:
            fetched = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (fetched.outcome, fetched.status, fetched.page) == (Outcome.TOO_LARGE, 200, None)
    assert peak < 6 * 1024 * 1024


def test_a_negative_chunk_size_does_not_pass_the_cap() -> None:
    """A chunk of minus five bytes followed by endless text is cut at the cap, not read to the end."""

    def endless(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n")
        block = b"x" * 65536
        try:
            while not stopping.is_set():
                connection.sendall(block)
        except OSError:
            return  # the client hung up, as it should

    assert fetch_page(Raw(endless)).outcome in (Outcome.TOO_LARGE, Outcome.BROKEN)


def test_a_large_redirect_page_is_not_read() -> None:
    """The body of a redirect is left where it is, however large."""
    with Site({"/b": Reply(body=BODY)}) as site:
        site.routes["/a"] = replace(redirect("/b"), body=b"x" * (4 * LIMITS.max_bytes))
        fetched = open_desk().client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False)

    assert fetched.outcome is Outcome.NEW


def test_a_connection_closed_while_idle_is_opened_again() -> None:
    """A server that ends a kept-alive connection at the moment of the next request costs nothing."""
    seen: list[int] = []

    def once_per_connection(asked: Asked) -> Reply | Raw:
        seen.append(1)
        return reset() if len(seen) == 2 else Reply(body=BODY)

    with Site({"/a": once_per_connection}) as site:
        client = open_desk().client
        outcomes = [client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False).outcome for _ in range(2)]

    assert (outcomes, len(seen)) == ([Outcome.NEW, Outcome.NEW], 3)
