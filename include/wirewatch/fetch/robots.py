"""robots.txt (RFC 9309): may this address be asked, and how slowly.

What the rules say is for ``robots_rules.py``, fetching the file for the client. Here is what its absence means, and
how long a copy is used. Decisions where the standard leaves room:

- 4xx allows everything, 401 and 403 too (2.3.1.3). So does 429, but that answer is used for an hour only, and the
  client leaves the host alone as it asked.
- 5xx and no answer at all forbid everything (2.3.1.4); an older copy is used in their place if it is there, for 30
  days at the most. Such trouble is remembered: a dead host is not asked again for each of its pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol
from urllib.parse import SplitResult

from wirewatch.fetch.robots_rules import Rules, text_to_rules
from wirewatch.fetch.trouble import FetchError
from wirewatch.model import Fetched, Outcome

AGENT = "wirewatch"
"""The product token that groups of robots.txt are matched with."""

MAX_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read; the rest is ignored (RFC 9309 2.5)."""

MAX_REDIRECTS = 5
"""Redirects followed to a robots.txt; one behind more of them counts as not there (RFC 9309 2.3.1.2)."""

MAX_DELAY = 60.0
"""Seconds of crawl-delay that are respected at the most; beyond that a day would not suffice for a site."""

KEPT = timedelta(days=1)  # RFC 9309 2.4
KEPT_AFTER_ERROR = timedelta(hours=1)
KEPT_WITHOUT_ANSWER = timedelta(minutes=10)
KEPT_IN_NEED = timedelta(days=30)


@dataclass(frozen=True)
class StoredRobots:
    """What an origin answered when it was asked for its robots.txt."""

    status: int  # HTTP status
    text: str  # empty unless the status is 2xx
    fetched_at: datetime  # UTC

    @property
    def is_trouble(self) -> bool:
        """True when the answer is of the moment only: a server error, or "not so fast"."""
        return self.status >= 500 or self.status == 429


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


@dataclass(frozen=True)
class _Known:
    """What is used for an origin, or why there is nothing, until a moment (UTC)."""

    until: datetime
    robots: StoredRobots | None = None
    trouble: FetchError | None = None


class Robots:
    """Answers for addresses, fetching each origin's robots.txt when it is missing or old."""

    def __init__(self, store: RobotsStore, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}
        self._known: dict[str, _Known] = {}

    def permission(self, url: str, parts: SplitResult, *, ask: Callable[[str], Fetched]) -> Permission:
        """Permission for ``url``; ``ask`` fetches a robots.txt. FetchError with its outcome when it has no answer."""
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._lock_of(origin):  # threads that come together ask once
            known = self._known.get(origin)
            if known is None or known.until <= self._now():
                known = self._known[origin] = self._found(origin, ask)
        if known.robots is None:
            trouble = known.trouble or FetchError(Outcome.UNREACHABLE, "robots.txt could not be read.")
            raise FetchError(trouble.outcome, trouble.note, status=trouble.status, retry_after=trouble.retry_after)
        return robots_to_permission(known.robots, url)

    def _found(self, origin: str, ask: Callable[[str], Fetched]) -> _Known:
        stored = self._store.get(origin)
        if stored is not None and is_fresh(stored, self._now()):
            return _Known(_end(stored), stored)
        try:
            answered = fetched_to_robots(ask(f"{origin}/robots.txt"))
        except FetchError as trouble:
            if usable_in_need(stored, self._now()):
                return _Known(self._now() + KEPT_WITHOUT_ANSWER, stored)
            # A host that is to be left alone was not asked at all: there is nothing to remember.
            kept = timedelta() if trouble.retry_after else KEPT_WITHOUT_ANSWER
            return _Known(self._now() + kept, trouble=trouble)
        if answered.is_trouble and usable_in_need(stored, self._now()):
            return _Known(_end(answered), stored)
        self._store.put(origin, answered)
        return _Known(_end(answered), answered)

    def _lock_of(self, origin: str) -> threading.Lock:
        with self._lock:
            return self._asking.setdefault(origin, threading.Lock())


def is_fresh(robots: StoredRobots, now: datetime) -> bool:
    """True while a stored answer may still be used."""
    return now < _end(robots)


def usable_in_need(robots: StoredRobots | None, now: datetime) -> bool:
    """True for an older copy that may stand in while the site has no answer (RFC 9309 2.4)."""
    return robots is not None and not robots.is_trouble and now - robots.fetched_at < KEPT_IN_NEED


def _end(robots: StoredRobots) -> datetime:
    return robots.fetched_at + (KEPT_AFTER_ERROR if robots.is_trouble else KEPT)


def fetched_to_robots(fetched: Fetched) -> StoredRobots:
    """What the answer means for the origin. FetchError when there was none: the page must then not be asked either."""
    status = fetched.status
    if fetched.outcome is Outcome.NEW and fetched.page is not None and status is not None:
        text = fetched.page.body.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
        return StoredRobots(status, text, fetched.fetched_at)
    if status is not None and status >= 300:
        return StoredRobots(status, "", fetched.fetched_at)
    note = f"robots.txt could not be read. {fetched.note or ''}".strip()
    raise FetchError(fetched.outcome, note, retry_after=fetched.retry_after)


def robots_to_permission(robots: StoredRobots, url: str) -> Permission:
    """Status and rules → permission."""
    if robots.status >= 500:
        return Permission(False, note=f"robots.txt answered {robots.status}, which forbids everything for now.")
    if robots.status >= 300:
        return Permission(True)
    rules = _parsed(robots.text)
    delay = min(rules.crawl_delay or 0.0, MAX_DELAY)
    if not rules.allows(url):
        return Permission(False, delay, "robots.txt forbids this address to us.")
    return Permission(True, delay)


@lru_cache(maxsize=32)
def _parsed(text: str) -> Rules:
    return text_to_rules(text, AGENT)
