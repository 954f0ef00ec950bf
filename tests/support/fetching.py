"""A client for tests: no waiting, a clock that stands, loopback permitted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from tests.support.sites import Route, Site
from wirewatch.fetch.client import Client, Limits
from wirewatch.fetch.pace import MARGIN
from wirewatch.fetch.robots import MemoryRobots, RobotsStore
from wirewatch.model import Fetched, Purpose

NOW = datetime(2025, 3, 4, 5, 6, 7, tzinfo=timezone.utc)

LIMITS = Limits(
    connect_timeout=5,
    read_timeout=20,
    deadline=30,
    max_bytes=1024 * 1024,
    user_agent="Wirewatch/test (news monitor; no contact set)",
    allow_hosts=("127.0.0.0/8",),
)


@dataclass
class RecordedPace:
    """Never waits; remembers what it was asked. A host that was closed stays so."""

    waits: list[tuple[str, float]] = field(default_factory=list)  # host, seconds
    closed: dict[str, float] = field(default_factory=dict)  # host → seconds

    def take(self, host: str, *, delay: float, hold: float, patience: float) -> float:
        """Note host and delay, the margin left out."""
        if self.closed.get(host, 0) > patience:
            return self.closed[host]
        self.waits.append((host, round(delay - MARGIN, 6) if delay else 0.0))
        return 0.0

    def sent(self, host: str, *, delay: float) -> None:
        """Nothing waits for it here."""

    def close(self, host: str, *, seconds: float) -> None:
        """Note the rest the host wants."""
        self.closed[host] = seconds


@dataclass
class Desk:
    """A client and what it reported."""

    client: Client
    pace: RecordedPace
    robots: list[Fetched]  # each robots.txt fetch


def open_desk(*, store: RobotsStore | None = None, now: datetime = NOW, resolve: Any = None, **limits: Any) -> Desk:
    """A desk whose limits are ``LIMITS`` but for those given."""
    pace, heard = RecordedPace(), list[Fetched]()
    others = {"resolve": resolve} if resolve else {}
    client = Client(
        replace(LIMITS, **limits),
        pace=pace,
        robots=store if store is not None else MemoryRobots(),
        now=lambda: now,
        on_robots=heard.append,
        **others,
    )
    return Desk(client, pace, heard)


def fetch_page(route: Route, *, path: str = "/a", limits: dict[str, Any] | None = None, **request: Any) -> Fetched:
    """The end of a fetch of a page with that route, on a site without robots.txt."""
    with Site({path: route}) as site:
        return open_desk(**(limits or {})).client.fetch(
            site.url(path), purpose=Purpose.ARTICLE, obey_robots=False, **request
        )
