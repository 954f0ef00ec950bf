"""Many small sites on loopback, an address each, that take their time to answer and log when they were asked.

    python -m benchmarks.slow_site --hosts 64 --pages 40 --latency 0.2 --log FILE --ready FILE

Each host serves robots.txt (not there), feed-1.xml … with a share of the pages each, and the pages: invented ones, or
the recorded ones of index files (JSON Lines with html and charset), dealt out to the hosts in turn. The log, written at
SIGTERM, has one JSON line a request: host, time of arrival (seconds since 1970) and path. The time is the kernel's, of
the packet (SO_TIMESTAMPNS): when this process gets to run on a busy machine says nothing about the client.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import signal
import socket
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path

ARRIVAL = 35
"""SO_TIMESTAMPNS of Linux, which the socket module does not name."""

FILLER = "<p>The ferry to the island ran twice this morning, and the harbour master counted the passengers.</p>\n" * 100


def addresses(hosts: int) -> list[str]:
    """One loopback address a host."""
    return [f"127.78.{number // 200}.{number % 200 + 1}" for number in range(hosts)]


@dataclass
class Sites:
    """What all hosts share."""

    hosts: list[str]  # addresses
    pages: int  # a host at the most
    feeds: int
    latency: float  # seconds until a request is answered
    moved: int  # every so manieth page is a redirect; 0: none
    recorded: list[tuple[str, bytes]] = field(default_factory=list)  # content type and bytes
    log: list[tuple[str, float, str]] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def accept(self, listener: socket.socket) -> None:
        """Take connections for ever."""
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(listener)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            task = asyncio.create_task(self.serve(connection))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def serve(self, connection: socket.socket) -> None:
        """Answer one connection until it is closed. Requests are small: each comes in one packet."""
        host, port = connection.getsockname()
        loop = asyncio.get_running_loop()
        with connection:
            while True:
                head, at = await receive(connection)
                if not head:
                    return
                path = head.split(b" ", 2)[1].decode("latin-1")
                self.log.append((host, at, path))
                await asyncio.sleep(self.latency)
                await loop.sock_sendall(connection, self.answer(host, port, path))

    def answer(self, host: str, port: int, path: str) -> bytes:
        """Head and body for a path."""
        kind = "text/html; charset=utf-8"
        if path.startswith("/feed-"):
            body = self.feed(f"http://{host}:{port}", host, int(path[6:].partition(".")[0])).encode()
        elif path.startswith("/page-"):
            number = int(path[6:].partition("?")[0])
            if self.moved and "?" not in path and number % self.moved == 0:
                return f"HTTP/1.1 302 Found\r\nLocation: {path}?moved\r\nContent-Length: 0\r\n\r\n".encode()
            kind, body = self.page(host, number, kind)
        else:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def page(self, host: str, number: int, kind: str) -> tuple[str, bytes]:
        """Content type and bytes of a page that counts from 1."""
        if self.recorded:
            return self.recorded[self.hosts.index(host) + (number - 1) * len(self.hosts)]
        title = f"Ferry {host} {number}"
        return kind, f"<html><head><title>{title}</title></head><body>{FILLER}</body></html>".encode()

    def pages_of(self, host: str) -> int:
        """How many pages a host has."""
        if not self.recorded:
            return self.pages
        return len(range(self.hosts.index(host), len(self.recorded), len(self.hosts)))

    def feed(self, base: str, host: str, number: int) -> str:
        """RSS with every ``feeds``-th page."""
        wanted = range(number, self.pages_of(host) + 1, self.feeds)
        items = "".join(f"<item><title>Page {page}</title><link>{base}/page-{page}</link></item>" for page in wanted)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Pages</title>{items}</channel></rss>'


def load(index: Path) -> list[tuple[str, bytes]]:
    """Recorded pages of an index file: content type and bytes."""
    pages = []
    for line in index.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        charset = f"; charset={entry['charset']}" if entry.get("charset") else ""
        pages.append((f"text/html{charset}", gzip.decompress((index.parent / entry["html"]).read_bytes())))
    return pages


async def receive(connection: socket.socket) -> tuple[bytes, float]:
    """What came, and when the kernel got it; nothing when the client is done."""
    readable = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(connection, readable.set)
    try:
        await readable.wait()
        data, notes, _, _ = connection.recvmsg(65536, 128)
    except ConnectionError:
        return b"", 0.0
    finally:
        loop.remove_reader(connection)
    for level, kind, value in notes:
        if (level, kind) == (socket.SOL_SOCKET, ARRIVAL):
            seconds, nanoseconds = struct.unpack("ll", value[:16])
            return data, seconds + nanoseconds / 1e9
    return data, time.time()


async def run(options: argparse.Namespace) -> None:
    """Serve until SIGTERM, then write the log."""
    hosts = addresses(options.hosts)
    recorded = [page for index in options.recorded for page in load(index)]
    sites = Sites(hosts, options.pages, options.feeds, options.latency, options.moved, recorded)
    listeners = [socket.create_server((host, options.port), backlog=128) for host in hosts]
    for listener in listeners:
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, ARRIVAL, 1)  # its connections have it from their first packet on
        sites.tasks.add(asyncio.create_task(sites.accept(listener)))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    options.ready.write_text("ready")
    await stop.wait()
    lines = [json.dumps({"host": host, "at": at, "path": path}) for host, at, path in sites.log]
    options.log.write_text("".join(f"{line}\n" for line in lines))


def main() -> None:
    """Read the options, serve."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=64)
    options.add_argument("--pages", type=int, default=40)
    options.add_argument("--feeds", type=int, default=2)
    options.add_argument("--latency", type=float, default=0.2)
    options.add_argument("--recorded", type=Path, nargs="*", default=[])
    options.add_argument("--moved", type=int, default=0)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--log", type=Path, required=True)
    options.add_argument("--ready", type=Path, required=True)
    asyncio.run(run(options.parse_args()))


if __name__ == "__main__":
    main()
