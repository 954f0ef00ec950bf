"""One budget a host for all workers, and robots.txt kept for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from wirewatch.warehouse.connection import Connection, Row, rows

SHORTEST_WAIT = 0.005
"""Seconds before trying again when another worker was faster at this very moment."""


class WarehousePace:
    """Turns at a host, across processes and machines: the database gives them out, by its own clock.

    A turn is a lease: taken, used by ``sent``, and free again after ``hold`` seconds should its worker die between.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """The connection, which must not be inside a transaction, becomes one without: each statement stands alone.

        ``clock`` only saves asking the database too early.
        """
        connection.autocommit = True
        self._connection = connection
        self._clock = clock
        self._sleep = sleep
        self._turns: dict[str, datetime] = {}  # host → end of the turn we have
        self._sent: dict[str, float] = {}  # host → our clock at our last request

    def take(self, host: str, *, delay: float, hold: float, patience: float) -> float:
        """Block until the turn is ours and return 0, or return the seconds (over ``patience``) the host is closed for.

        ``delay``: seconds after the last request of any worker was sent; ``hold``: seconds until ``sent`` at the most.
        """
        early = self._sent.get(host, float("-inf")) + delay - self._clock()
        if early > 0:
            self._sleep(early)
        while True:
            found = rows(self._connection, "take_pace", {"host": host, "delay": delay, "hold": hold})
            state: Row = found[0] if found else {"held_until": None, "wait": 0.0, "closed": 0.0}
            if state["held_until"] is not None:
                self._turns[host] = state["held_until"]
                return 0.0
            if state["closed"] > patience:
                return float(state["closed"])
            self._sleep(max(state["wait"], SHORTEST_WAIT))

    def sent(self, host: str, *, delay: float) -> None:
        """Our request is on its way, or was given up: the next may follow ``delay`` seconds after now."""
        values: dict[str, Any] = {"host": host, "delay": delay, "held_until": self._turns.get(host)}
        rows(self._connection, "sent_pace", values)
        self._sent[host] = self._clock()

    def close(self, host: str, *, seconds: float) -> None:
        """No worker asks this host for so long; an earlier, longer wish stays."""
        rows(self._connection, "close_pace", {"host": host, "seconds": seconds})


def find_robots(connection: Connection, origin: str) -> Row | None:
    """What is kept of an origin's robots.txt: status, body, fetched_at."""
    found = rows(connection, "find_robots", {"origin": origin})
    return found[0] if found else None


def store_robots(connection: Connection, origin: str, *, status: int, body: str, fetched_at: datetime) -> None:
    """Keep what an origin answered."""
    values = {"origin": origin, "status": status, "body": body, "fetched_at": fetched_at}
    rows(connection, "store_robots", values)
