"""robots.txt (RFC 9309): may this address be asked, and how slowly.

Rules are matched by protego under the product token ``wirewatch``. Fetching the file is the client's part; a copy is
used for one day (RFC 9309 2.4), the refusal that follows from a server error for an hour.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol
from urllib.parse import SplitResult

from protego import Protego

from wirewatch.fetch.trouble import FetchError
from wirewatch.model import Fetched, Outcome

AGENT = "wirewatch"
"""The product token that groups of robots.txt are matched with."""

MAX_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read; the rest is ignored (RFC 9309 2.5)."""

MAX_DELAY = 60.0
"""Seconds of crawl-delay that are respected at the most; beyond that a day would not suffice for a site."""

KEPT = timedelta(days=1)
KEPT_AFTER_ERROR = timedelta(hours=1)


@dataclass(frozen=True)
class StoredRobots:
    """What an origin answered when it was asked for its robots.txt."""

    status: int  # HTTP status
    text: str  # empty unless the status is 2xx
    fetched_at: datetime  # UTC


class RobotsStore(Protocol):
    """Where answers are kept, by origin (``https://host:port``). Shared between threads."""

    def get(self, origin: str) -> StoredRobots | None:
        """The answer kept for an origin, however old, or None."""
        ...

    def put(self, origin: str, robots: StoredRobots) -> None:
        """Keep an answer in place of the older one."""
        ...


class MemoryRobots:
    """A store that ends with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, StoredRobots] = {}

    def get(self, origin: str) -> StoredRobots | None:
        """See ``RobotsStore``."""
        return self._kept.get(origin)

    def put(self, origin: str, robots: StoredRobots) -> None:
        """See ``RobotsStore``."""
        self._kept[origin] = robots


@dataclass(frozen=True)
class Permission:
    """What robots.txt says of one address."""

    allowed: bool
    delay: float = 0.0  # seconds between requests; 0 when it asks for none
    note: str | None = None  # why not


class Robots:
    """Answers for addresses, fetching each origin's robots.txt when it is missing or old."""

    def __init__(self, store: RobotsStore, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}

    def permission(self, url: str, parts: SplitResult, *, ask: Callable[[str], Fetched]) -> Permission:
        """Permission for ``url``; ``ask`` fetches a robots.txt. FetchError with its outcome when it has no answer."""
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._lock_of(origin):  # threads that come together ask once
            stored = self._store.get(origin)
            if stored is None or not is_fresh(stored, self._now()):
                stored = fetched_to_robots(ask(f"{origin}/robots.txt"))
                self._store.put(origin, stored)
        return robots_to_permission(stored, url)

    def _lock_of(self, origin: str) -> threading.Lock:
        with self._lock:
            return self._asking.setdefault(origin, threading.Lock())


def is_fresh(robots: StoredRobots, now: datetime) -> bool:
    """True while a stored answer may still be used."""
    return now - robots.fetched_at < (KEPT_AFTER_ERROR if robots.status >= 500 else KEPT)


def fetched_to_robots(fetched: Fetched) -> StoredRobots:
    """What the answer means for the origin. FetchError when there was none: the page must then not be asked either.

    A redirect chain too long to follow counts as "unavailable", like 4xx (RFC 9309 2.3.1.2).
    """
    status = fetched.status
    if fetched.outcome is Outcome.NEW and fetched.page is not None and status is not None:
        text = fetched.page.body.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
        return StoredRobots(status, text, fetched.fetched_at)
    if status is not None and status >= 300:
        return StoredRobots(status, "", fetched.fetched_at)
    raise FetchError(fetched.outcome, f"robots.txt could not be read. {fetched.note or ''}".strip())


def robots_to_permission(robots: StoredRobots, url: str) -> Permission:
    """Status and rules → permission: 4xx allows everything, 5xx nothing (RFC 9309 2.3.1.3 and 2.3.1.4)."""
    if robots.status >= 500:
        return Permission(False, note=f"robots.txt answered {robots.status}, which forbids everything for now.")
    if robots.status >= 300:
        return Permission(True)
    rules = _parsed(robots.text)
    delay = rules.crawl_delay(AGENT) or 0.0
    delay = min(delay, MAX_DELAY) if delay > 0 else 0.0
    if not rules.can_fetch(url, AGENT):
        return Permission(False, delay, "robots.txt forbids this address to us.")
    return Permission(True, delay)


@lru_cache(maxsize=32)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
