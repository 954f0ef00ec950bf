"""A small web site on loopback that does what a test tells it to, bad manners included.

with Site({"/a": Reply(body=b"text"), "/slow": drip(b"text")}) as site:
    client.fetch(site.url("/a"), ...)
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a"]
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli


@dataclass(frozen=True)
class Asked:
    """One request that the site got."""

    path: str  # with the query
    headers: Mapping[str, str]  # names in lower case


@dataclass(frozen=True)
class Reply:
    """A well-behaved answer; Content-Length is added."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class Raw:
    """An answer written by hand: gets the socket, and an event that is set when the site stops."""

    act: Callable[[socket.socket, threading.Event], None]


Route = Reply | Raw | Callable[[Asked], "Reply | Raw"]


@dataclass
class Site:
    """Routes by path; what has no route is answered 404. Routes may be changed while it runs."""

    routes: dict[str, Route] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    at: int = 0  # port; 0: any that is free
    asked: list[Asked] = field(default_factory=list, init=False)

    def __enter__(self) -> Site:
        self._stopping = threading.Event()
        self._server = _Server((self.host, self.at), _Handler)
        self._server.site = self
        self._server.stopping = self._stopping
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """Absolute address of a path, under another name for the host if one is given."""
        return f"{'https' if self.tls else 'http'}://{host or self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """Paths asked so far."""
        return [asked.path for asked in self.asked]


class _Server(ThreadingHTTPServer):
    site: Site
    stopping: threading.Event
    daemon_threads = True

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        if self.site.tls:
            # The handshake is left to the thread of the connection.
            connection = self.site.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site = self.server.site
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        site.asked.append(asked)
        route = site.routes.get(self.path.partition("?")[0], Reply(404, body=b"nothing here"))
        answer = route if isinstance(route, (Reply, Raw)) else route(asked)
        if isinstance(answer, Raw):
            self.close_connection = True
            answer.act(self.connection, self.server.stopping)
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def redirect(location: str, *, status: int = 302, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A redirect."""
    return Reply(status, (("Location", location), *headers))


def raw(data: bytes) -> Raw:
    """Exactly these bytes, then the end of the connection."""
    return Raw(lambda connection, _: connection.sendall(data))


def drip(
    body: bytes, *, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", pause: float = 0.05
) -> Raw:
    """The head at once, then the body byte by byte, over and over until somebody hangs up."""

    def act(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(head)
        while True:
            for byte in body:
                if stopping.wait(pause):
                    return
                connection.sendall(bytes([byte]))

    return Raw(act)


def drip_headers() -> Raw:
    """A header line that never ends, one byte at a time."""
    return drip(b"x", head=b"HTTP/1.1 200 OK\r\nX-Long: ")


def hang() -> Raw:
    """No answer until the site stops."""
    return Raw(lambda _, stopping: (stopping.wait(), None)[1])


def reset(after: bytes = b"") -> Raw:
    """Some bytes, then a TCP reset."""

    def act(connection: socket.socket, _: threading.Event) -> None:
        if after:
            connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return Raw(act)


def bomb(coding: str, *, mebibytes: int) -> Reply:
    """A small body that decodes to that many MiB of zeros. ``coding``: gzip, deflate or br."""
    block = bytes(1024 * 1024)
    return Reply(headers=(("Content-Encoding", coding),), body=b"".join(_compressed(coding, block, mebibytes)))


def _compressed(coding: str, block: bytes, times: int) -> Iterator[bytes]:
    if coding == "br":
        packer = brotli.Compressor(quality=1)
        for _ in range(times):
            yield packer.process(block)
        yield packer.finish()
        return
    stream = zlib.compressobj(9, wbits=zlib.MAX_WBITS | (16 if coding == "gzip" else 0))
    for _ in range(times):
        yield stream.compress(block)
    yield stream.flush()


def gzipped(body: bytes) -> Reply:
    """A page sent as gzip."""
    return Reply(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(body))
