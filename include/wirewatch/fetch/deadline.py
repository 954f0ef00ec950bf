"""How long one fetch may work, whatever the server does.

A read timeout starts anew with each byte, so a server that drips one byte a second holds a client for ever. Here a
watchdog shuts the sockets down when the time is over; a read that hangs on them returns at once.
"""

from __future__ import annotations

import os
import socket
import threading
from time import monotonic
from types import TracebackType

from wirewatch.fetch.trouble import FetchError
from wirewatch.model import Outcome


class Budget:
    """Seconds of work for one fetch; the clock runs only inside ``with budget:``, so politeness is not counted."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.spent = 0.0  # seconds, of the spans that are over
        self._started: float | None = None
        self._expired = False
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []

    def __enter__(self) -> Budget:
        self._started = monotonic()
        self._timer = threading.Timer(max(self.left, 0), self._expire)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.spent = self.seconds - self.left
        self._started = None
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    @property
    def left(self) -> float:
        """Seconds until the end; zero or less when it has come."""
        running = monotonic() - self._started if self._started is not None else 0.0
        return self.seconds - self.spent - running

    def check(self) -> None:
        """Raise FetchError (too-slow) when time is over. Call it after each read: a shut socket looks like an end."""
        if self._expired or self.left <= 0:
            raise FetchError(Outcome.TOO_SLOW, f"The fetch took longer than its deadline of {self.seconds:g} seconds.")

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        # A duplicate, because TLS takes the descriptor away from the socket that connected (``wrap_socket``).
        twin = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            self._watched.append(twin)
            if self._expired:
                _shut(twin)

    def _expire(self) -> None:
        with self._lock:
            self._expired = True
            for sock in self._watched:
                _shut(sock)


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the peer was faster
