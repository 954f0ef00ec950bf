"""How long one fetch may work, whatever the server does.

A read timeout starts anew with each byte, so a server that drips one byte a second holds a client for ever. Here a
watchdog shuts the sockets down when the time is over; a read that hangs on them returns at once. One thread watches all
fetches of a process: a timer for each would cost more than sending the request.
"""

from __future__ import annotations

import math
import os
import socket
import threading
from time import monotonic
from types import TracebackType

from wirewatch.fetch.trouble import FetchError
from wirewatch.model import Outcome


class _Watchdog:
    """A thread that ends budgets whose time is over; it sleeps until the first of them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._ends: dict[Budget, float] = {}  # monotonic seconds
        self._wakes = math.inf
        self._running = False

    def watch(self, budget: Budget, end: float) -> None:
        """End the budget at a moment, unless it is forgotten before."""
        with self._changed:
            self._ends[budget] = end
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="deadlines", daemon=True).start()
            elif end < self._wakes:
                self._changed.notify()

    def forget(self, budget: Budget) -> None:
        """Its work was done in time."""
        with self._changed:
            self._ends.pop(budget, None)

    def _run(self) -> None:
        while True:
            for budget in self._next_over():
                budget.expire()

    def _next_over(self) -> list[Budget]:
        with self._changed:
            now = monotonic()
            over = [budget for budget, end in self._ends.items() if end <= now]
            for budget in over:
                del self._ends[budget]
            if not over:
                self._wakes = min(self._ends.values(), default=math.inf)
                self._changed.wait(None if self._wakes == math.inf else self._wakes - now)
            return over


_watchdog = _Watchdog()


def _new_watchdog() -> None:
    """A forked child has no threads but its own: Airflow's tasks are such children."""
    global _watchdog  # noqa: PLW0603 - one for each process, and this is where processes begin
    _watchdog = _Watchdog()


os.register_at_fork(after_in_child=_new_watchdog)


class Budget:
    """Seconds of work for one fetch; the clock runs only inside ``with budget:``, so politeness is not counted."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.spent = 0.0  # seconds, of the spans that are over
        self._started: float | None = None
        self._expired = False
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []

    def __enter__(self) -> Budget:
        self._started = monotonic()
        _watchdog.watch(self, self._started + self.left)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _watchdog.forget(self)
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

    def expire(self) -> None:
        """The time is over: end what is under way."""
        with self._lock:
            self._expired = True
            for sock in self._watched:
                _shut(sock)


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the peer was faster
