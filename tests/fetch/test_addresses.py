"""Which addresses a client connects to, whatever the name, the redirect and the environment say."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.fetching import fetch_page, open_desk
from tests.support.sites import (
    Raw,
    Reply,
    Site,
    redirect,
)
from wirewatch.model import Outcome, Purpose

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites" / "ssrf-vectors" / "ssrf_vectors.json"
BODY = "<p>Вучэнні пачаліся ў аўторак.</p>".encode()


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//user@127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://press.example\\@127.0.0.1/",
        "http://[::1",
        "/a b",
    ],
)
def test_a_redirect_is_guarded_like_the_first_address(location: str) -> None:
    """Where a redirect leads is checked anew."""
    assert fetch_page(redirect(location)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127。0。0。1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://*.example/",
        "http://.example/",
        f"http://{'a' * 64}.example/",
        "gopher://press.example/",
        "",
    ],
)
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    """Every spelling of a loopback address ends at the guard, unless the operator permits it."""
    fetched = open_desk(allow_hosts=()).client.fetch(url, purpose=Purpose.ENTRY, obey_robots=False)
    assert (fetched.outcome, fetched.page, fetched.status) == (Outcome.REFUSED, None, None)


def test_no_collected_ssrf_address_gets_through() -> None:
    """Of the collected hostile addresses none leads to a connection: refused, or a name that does not exist."""
    if not VECTORS.exists():
        pytest.skip("the SSRF vectors are not beside this repository")
    urls = [entry["url"] for entry in json.loads(VECTORS.read_text(encoding="utf-8"))["url_block"]]
    client = open_desk(allow_hosts=(), resolve=_literals_only).client

    ends = {url: client.fetch(url, purpose=Purpose.ENTRY, obey_robots=False).outcome for url in urls}

    assert len(ends) > 60
    # Whether a final dot after localhost or 127.0.0.1 resolves depends on the system; llocalhost is a plain name.
    nameless = {"http://ⓛocalhost/", "http://LOCALHOST./", "http://127.0.0.1./"}
    assert {ends.pop(url) for url in nameless} <= {Outcome.REFUSED, Outcome.UNREACHABLE}
    assert set(ends.values()) == {Outcome.REFUSED}


def _literals_only(host: str, port: int) -> Any:
    """The system's resolver without DNS: literal addresses in all their spellings, and localhost."""
    flags = 0 if host.rstrip(".") == "localhost" else socket.AI_NUMERICHOST
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)


def _names(table: dict[str, list[str]]) -> Any:
    def resolve(host: str, port: int) -> Any:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in table[host]
        ]

    return resolve


def test_only_the_permitted_addresses_of_a_name_are_connected_to() -> None:
    """A name with a private address first is asked at its permitted one; with private ones only it is refused."""
    names = _names({"mixed.example": ["10.0.0.1", "127.0.0.1"], "inside.example": ["10.0.0.1", "fec0::1"]})
    with Site({"/a": Reply(body=BODY)}) as site:
        client = open_desk(resolve=names).client
        outcomes = [
            client.fetch(site.url("/a", host=host), purpose=Purpose.ARTICLE, obey_robots=False).outcome
            for host in ("mixed.example", "inside.example", "absent.example")
        ]

    assert outcomes == [Outcome.NEW, Outcome.REFUSED, Outcome.UNREACHABLE]


def test_the_checked_address_is_the_one_connected_to() -> None:
    """A name that turns private at the second asking gains nothing: each connection asks once and checks that."""
    answers: Iterator[list[str]] = iter([["127.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> Any:
        asked.append(host)
        return _names({host: next(answers)})(host, port)

    with Site({"/a": Raw(lambda connection, _: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\ntext"))}) as site:
        client = open_desk(resolve=resolve).client
        url = site.url("/a", host="rebind.example")
        outcomes = [client.fetch(url, purpose=Purpose.ARTICLE, obey_robots=False).outcome for _ in range(2)]

    assert (outcomes, asked) == ([Outcome.NEW, Outcome.REFUSED], ["rebind.example"] * 2)


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    """All permitted addresses of a name are tried before it is unreachable."""
    with Site({"/a": Reply(body=BODY)}) as site, socket.socket() as closed:
        closed.bind(("127.0.0.3", site.port))  # bound but not listening: refuses
        client = open_desk(resolve=_names({"two.example": ["127.0.0.3", "127.0.0.1"]})).client
        fetched = client.fetch(site.url("/a", host="two.example"), purpose=Purpose.ARTICLE, obey_robots=False)

    assert fetched.outcome is Outcome.NEW


def test_proxies_and_passwords_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither HTTP_PROXY nor .netrc changes a request."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    with Site() as proxy, Site({"/a": Reply(body=BODY)}) as site:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        monkeypatch.setenv("NETRC", str(netrc))
        fetched = open_desk().client.fetch(site.url("/a"), purpose=Purpose.ARTICLE)

        assert (fetched.outcome, proxy.asked, site.paths) == (Outcome.NEW, [], ["/robots.txt", "/a"])
        assert "authorization" not in site.asked[1].headers


def test_a_closed_port_is_unreachable() -> None:
    """Nobody listens: unreachable, and the note names the host."""
    with Site() as site:
        url = site.url("/a")
    fetched = open_desk().client.fetch(url, purpose=Purpose.ARTICLE, obey_robots=False)

    assert fetched.outcome is Outcome.UNREACHABLE
    assert fetched.note == "127.0.0.1 cannot be reached: Connection refused."
