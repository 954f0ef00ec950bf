"""How closely requests to one host may follow each other.

A request is spaced from the moment the last one was on its way, not from when that one was planned: else one that took
long to connect would be followed too soon. So a worker takes a host's turn, sends, and says when it has sent; until
then nobody else sends. The site then sees no two requests closer than the delay, whatever connecting cost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

MARGIN = 0.005
"""Seconds that clients ask for beyond each delay: packets need not take equally long to the server."""

PATIENCE = 30.0
"""Seconds that a fetch waits for a host which asked to be left alone; for a longer rest it ends as ``limited``."""


class Pace(Protocol):
    """Spacing of requests. Implementations are shared between threads, some between machines."""

    def take(self, host: str, *, delay: float, hold: float, patience: float) -> float:
        """Block until a request to ``host`` may start, ``delay`` seconds after the last one was sent; take the turn.

        Returns 0, or, without the turn, the seconds the host stays closed when those are more than ``patience``.
        Nobody else gets a turn until ``sent``, or for ``hold`` seconds should this worker die.
        """
        ...

    def sent(self, host: str, *, delay: float) -> None:
        """The request is on its way, or was given up: the next may follow ``delay`` seconds after now."""
        ...

    def close(self, host: str, *, seconds: float) -> None:
        """The site wants no request for so long; an earlier, longer wish stays."""
        ...


class Turn:
    """A host's turn that was taken. It ends with ``sent``, or with the ``with`` block if that was never called."""

    def __init__(self, pace: Pace, host: str, *, delay: float) -> None:
        self._pace = pace
        self._host = host
        self._delay = delay
        self._told = False

    def sent(self) -> None:
        """The request is on its way."""
        self._told = True
        self._pace.sent(self._host, delay=self._delay)

    def __enter__(self) -> Turn:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._told:
            self.sent()


class LocalPace:
    """Spacing within one process, across its threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}  # host → the last request and the delay it was sent with
        self._sent: dict[str, float] = {}  # host → the last request
        self._held: dict[str, float] = {}  # host → end of a turn that was taken and not yet used
        self._closed: dict[str, float] = {}  # host → until when it wants no request

    def take(self, host: str, *, delay: float, hold: float, patience: float) -> float:
        """See ``Pace``."""
        while True:
            wait, closed = self._try(host, delay, hold)
            if closed > patience:
                return closed
            if wait <= 0:
                return 0.0
            self._sleep(wait)

    def sent(self, host: str, *, delay: float) -> None:
        """See ``Pace``."""
        with self._lock:
            self._sent[host] = self._clock()
            self._next[host] = self._sent[host] + delay
            self._held.pop(host, None)

    def close(self, host: str, *, seconds: float) -> None:
        """See ``Pace``."""
        with self._lock:
            self._closed[host] = max(self._clock() + seconds, self._closed.get(host, float("-inf")))

    def _try(self, host: str, delay: float, hold: float) -> tuple[float, float]:
        """(seconds after which to try again, or 0 and the turn is taken; seconds the host is closed)."""
        with self._lock:
            now = self._clock()
            closed = max(self._closed.get(host, now) - now, 0.0)
            free = max(self._next.get(host, now), self._sent.get(host, float("-inf")) + delay)
            wait = max(free - now, closed)
            if self._held.get(host, now) > now:  # whoever holds it has not sent yet
                wait = max(wait, delay, 0.001)
            if wait <= 0:
                self._held[host] = now + hold
            return wait, closed
