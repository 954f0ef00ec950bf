"""One budget a host for all workers, and robots.txt kept for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from wirewatch.warehouse.connection import Connection, Row, row, rows


class WarehousePace:
    """Spacing of requests to a host across processes and machines: the database hands out the moments."""

    def __init__(self, connection: Connection, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """The connection must not be inside a transaction: each reservation is one of its own."""
        self._connection = connection
        self._sleep = sleep

    def wait(self, host: str, delay: float) -> None:
        """Block until a request to the host may start; ``delay`` is seconds between two of them."""
        with self._connection:
            wait = float(row(self._connection, "take_pace", {"host": host, "delay": delay})["wait"])
        if wait > 0:
            self._sleep(wait)


def find_robots(connection: Connection, origin: str) -> Row | None:
    """What is kept of an origin's robots.txt: status, body, fetched_at."""
    found = rows(connection, "find_robots", {"origin": origin})
    return found[0] if found else None


def store_robots(connection: Connection, origin: str, *, status: int, body: str, fetched_at: datetime) -> None:
    """Keep what an origin answered."""
    values = {"origin": origin, "status": status, "body": body, "fetched_at": fetched_at}
    rows(connection, "store_robots", values)
