"""A news site server for tests and the demo: three invented publishers on loopback, through two days.

    with Newsroom(date=date(2026, 11, 24)) as newsroom:
        newsroom.write_sources(folder)      # the source files, with the running addresses in them
        ...                                 # run day one
        newsroom.set_day(2)
        ...                                 # run day two
        newsroom.requests                   # who asked for what, and what we answered

It serves real HTTP/1.1 with validators and answers conditional requests (RFC 9110, section 13). Another process turns
the day by ``POST /-/day/2`` and reads the log at ``/-/requests``; neither address is logged itself.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timezone
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Thread
from types import TracebackType

import yaml

from tests.newsroom.pieces import load_pieces
from tests.newsroom.publishers import PUBLISHERS, source_file
from tests.newsroom.site import Answer, Site, build_site
from tests.newsroom.world import Truth, truths

LOOPBACK = "127.77.0."
"""Each publisher has an address of its own under this, so that budgets per host are tried as in life."""


@dataclass(frozen=True)
class Request:
    """One request that was answered."""

    publisher: str
    path: str  # with its query
    status: int  # HTTP status
    user_agent: str | None


class Newsroom:
    """The three sites, listening while the context is open.

    ``date`` is day two's; day one is the day before it. ``port`` 0 takes a free one. With ``addresses`` the publishers
    share a port on 127.77.0.1, .2 and .3; without (for systems where only 127.0.0.1 answers) they take ports of their
    own: port, port + 1 and port + 2, or free ones.
    """

    def __init__(self, *, date: date, day: int = 1, port: int = 0, addresses: bool = True) -> None:
        self._date = date
        self._pieces = load_pieces()
        self._seen: list[Request] = []
        self._servers = _listen(self, port=port, addresses=addresses)
        self.set_day(day)
        self._threads = [Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in self._servers]

    def __enter__(self) -> Newsroom:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def bases(self) -> dict[str, str]:
        """Slug of each publisher → "http://address:port", without a slash at the end."""
        return {server.publisher: server.base for server in self._servers}

    @property
    def addresses(self) -> list[str]:
        """The loopback addresses in use; those that a fetcher's guard must be told to allow."""
        return sorted({str(server.server_address[0]) for server in self._servers})

    @property
    def day(self) -> int:
        """1 or 2."""
        return self._day

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests answered so far, in order of the answers."""
        return tuple(self._seen)

    def set_day(self, day: int) -> None:
        """Switch all sites to that day (1 or 2) at once; requests that are being answered still see the other."""
        everything = self.articles(day)
        sites = {slug: build_site(PUBLISHERS[slug], everything, base) for slug, base in self.bases.items()}
        self._day, self._sites = day, sites

    def articles(self, day: int) -> list[Truth]:
        """What is true of every article that has appeared by that day."""
        if day not in (1, 2):
            raise ValueError(f"the newsroom knows days 1 and 2, not {day}")
        return truths(self._pieces, day=day, date=self._date)

    def write_sources(self, folder: Path) -> list[Path]:
        """Write the publishers' source files, with the running addresses, into a folder that may have to be made."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for slug, base in self.bases.items():
            path = folder / f"{slug}.yml"
            text = yaml.safe_dump(source_file(PUBLISHERS[slug], base, self._date), allow_unicode=True, sort_keys=False)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return paths

    def site(self, publisher: str) -> Site:
        """The site as it is today."""
        return self._sites[publisher]

    def log(self, request: Request) -> None:
        """Note an answered request; list.append is atomic, so the threads need no lock."""
        self._seen.append(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # kept-alive connections would hold the end of a test until they time out
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, newsroom: Newsroom, publisher: str, address: tuple[str, int]) -> None:
        self.newsroom = newsroom
        self.publisher = publisher
        super().__init__(address, _Handler)

    @property
    def base(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def server_bind(self) -> None:
        # HTTPServer's own asks the resolver for the address's name, which takes seconds on machines without network.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = 30  # seconds a kept-alive connection may be silent

    def do_GET(self) -> None:
        if self.path == "/-/requests":
            log = [asdict(request) for request in self.server.newsroom.requests]
            self._send(200, (("Content-Type", "application/json"),), json.dumps(log).encode())
            return
        answer = self.server.newsroom.site(self.server.publisher).answer(self.path)
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        status = 304 if self._not_modified(answer, etag) else answer.status
        request = Request(self.server.publisher, self.path, status, self.headers.get("User-Agent"))
        self.server.newsroom.log(request)
        self._send(status, _headers(answer, etag), b"" if status == 304 else answer.body)

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def do_POST(self) -> None:
        day = {"/-/day/1": 1, "/-/day/2": 2}.get(self.path)
        if day:
            self.server.newsroom.set_day(day)
        self._send(204 if day else 404, (), b"")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet: ``Newsroom.requests`` is the log."""

    def _not_modified(self, answer: Answer, etag: str) -> bool:
        """RFC 9110, section 13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
        if answer.modified is None:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = _instant(self.headers.get("If-Modified-Since"))
        return since is not None and answer.modified.timestamp() <= since

    def _send(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        self.send_response(status, HTTPStatus(status).phrase)
        for name, value in headers:
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _headers(answer: Answer, etag: str) -> tuple[tuple[str, str], ...]:
    headers = [("Content-Type", answer.content_type)]
    if answer.location:
        headers.append(("Location", answer.location))
    if answer.modified:
        stamp = format_datetime(answer.modified.astimezone(timezone.utc), usegmt=True)
        headers += [("ETag", etag), ("Last-Modified", stamp), ("Cache-Control", "max-age=60")]
    return tuple(headers)


def _instant(header: str | None) -> float | None:
    """HTTP date → seconds since the epoch; RFC 9110 has a date that can't be read ignored."""
    try:
        return parsedate_to_datetime(header).timestamp() if header else None
    except ValueError:
        return None


def _listen(newsroom: Newsroom, *, port: int, addresses: bool) -> list[_Server]:
    """Bind a listener for each publisher. A port that is free on one address may be taken on the next: try a few."""
    attempts = 5 if addresses and port == 0 else 1
    for attempt in range(1, attempts + 1):
        servers: list[_Server] = []
        try:
            for number, slug in enumerate(PUBLISHERS):
                shared = servers[0].server_address[1] if servers else port
                own = port + number if port else 0
                address = (f"{LOOPBACK}{number + 1}", shared) if addresses else ("127.0.0.1", own)
                servers.append(_Server(newsroom, slug, address))
        except OSError:
            for server in servers:
                server.server_close()
            if attempt == attempts:
                raise
        else:
            return servers
    raise AssertionError("the last attempt returns or raises")
