"""How closely requests to one host may follow each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol


class Pace(Protocol):
    """Spacing of requests. Implementations are shared between threads, some between machines."""

    def wait(self, host: str, delay: float) -> None:
        """Block until a request to ``host`` may start: ``delay`` seconds after the start of the last one."""
        ...


class LocalPace:
    """Spacing within one process, across its threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}  # host → start of its last request, seconds of the clock

    def wait(self, host: str, delay: float) -> None:
        """See ``Pace``. Slots are given out in the order of asking; only the sleeping is done outside the lock."""
        with self._lock:
            now = self._clock()
            start = max(now, self._last.get(host, float("-inf")) + delay)
            self._last[host] = start
        if start > now:
            self._sleep(start - now)
