"""Fetching one address: guard, robots.txt, politeness, redirects, one outcome.

Leaves the exchange to ``transport``, the meaning of an answer to ``answer`` and keeping it to ``archive``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urljoin

from wirewatch import __version__
from wirewatch.errors import SettingError
from wirewatch.fetch import decode, robots
from wirewatch.fetch.answer import is_validator, judge, rest_wanted, validators
from wirewatch.fetch.deadline import Budget
from wirewatch.fetch.gate import Resolver, resolve
from wirewatch.fetch.guard import AddressPolicy, check_url
from wirewatch.fetch.pace import MARGIN, PATIENCE, Pace, Turn
from wirewatch.fetch.robots import Robots, RobotsStore
from wirewatch.fetch.transport import Answer, Transport
from wirewatch.fetch.trouble import FetchError, GuardError, HungUpError
from wirewatch.model import Fetched, Outcome, Page, Purpose
from wirewatch.settings import Settings

MAX_REDIRECTS = 10

HOLD = 5.0
"""Seconds beyond the deadline of a fetch for which its turn at the host is held, should the worker die."""

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True)
class Limits:
    """What a fetch may cost and whom it may ask."""

    connect_timeout: float  # seconds until a connection stands
    read_timeout: float  # seconds without a byte
    deadline: float  # seconds a whole fetch may take, redirects included, politeness left out
    max_bytes: int  # decoded bytes of one response
    user_agent: str
    allow_hosts: tuple[str, ...] = ()  # host names, addresses, CIDR networks that may be asked although not public

    @classmethod
    def from_settings(cls, settings: Settings) -> Limits:
        """Settings → limits, with a User-Agent that says who asks. SettingError when the contact is not ASCII."""
        contact = settings.contact
        if not (contact.isascii() and contact.isprintable()):
            raise SettingError("WIREWATCH_CONTACT", "must be ASCII: it stands in an HTTP header")
        reach = f"+{contact}" if contact else "no contact set"
        return cls(
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            deadline=settings.deadline,
            max_bytes=settings.max_bytes,
            user_agent=f"Wirewatch/{__version__} (news monitor; {reach})",
            allow_hosts=settings.allow_hosts,
        )


@dataclass(frozen=True)
class _Ask:
    """What ``Client.fetch`` was called with."""

    url: str
    purpose: Purpose
    delay: float
    user_agent: str
    etag: str | None
    last_modified: str | None
    known_sha256: str | None
    obey_robots: bool

    @property
    def conditions(self) -> dict[str, str]:
        """Both validators when both are known: the server prefers the ETag (RFC 9110 13.2.2)."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value is not None and is_validator(value)}

    @property
    def headers(self) -> dict[str, str]:
        base = {"User-Agent": self.user_agent, "Accept": _ACCEPT, "Accept-Encoding": decode.ACCEPTED}
        return {**base, **self.conditions}


@dataclass
class _Trail:
    """Where a fetch has come to; kept outside the walk so that its cost is known whatever ends it."""

    budget: Budget
    asked: list[str] = field(default_factory=list)  # addresses that redirected


def ignore(fetched: Fetched) -> None:
    """Listener that does nothing."""


class Client:
    """Fetches over HTTP. May be used by many threads: each has connections of its own."""

    def __init__(
        self,
        limits: Limits,
        *,
        pace: Pace,
        robots: RobotsStore,
        now: Callable[[], datetime],
        on_robots: Callable[[Fetched], None] = ignore,
        ca_bundle: Path | None = None,
        resolve: Resolver = resolve,
    ) -> None:
        """``now`` gives aware UTC times. ``on_robots`` gets each robots.txt fetch, in the thread that made it.

        ``ca_bundle`` (PEM) replaces the certificate authorities of certifi; ``resolve`` the system's resolver.
        """
        self._limits = limits
        self._policy = AddressPolicy.from_entries(limits.allow_hosts)
        self._pace = pace
        self._robots = Robots(robots, now=now)
        self._now = now
        self._on_robots = on_robots
        self._ca_bundle = ca_bundle
        self._resolve = resolve
        self._own = threading.local()  # sessions of requests are not safe to share between threads
        self._lock = threading.Lock()
        self._transports: list[Transport] = []

    def fetch(
        self,
        url: str,
        *,
        purpose: Purpose,
        delay: float = 2.0,
        user_agent: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        known_sha256: str | None = None,
        obey_robots: bool = True,
    ) -> Fetched:
        """Ask for an address and say how it ended; nothing a site can do raises.

        ``delay``: seconds between requests to a host. ``user_agent``: only where a site demands its own. ``etag``,
        ``last_modified`` and ``known_sha256`` (lower-case hex of the decoded body) are those of the last fetch.
        ``page`` is there for every complete answer but 304, refusals included: it is evidence.
        """
        agent = user_agent or self._limits.user_agent
        ask = _Ask(url, purpose, delay, agent, etag, last_modified, known_sha256, obey_robots)
        trail = _Trail(Budget(self._limits.deadline))
        try:
            answer, final_url = self._walk(ask, trail)
        except FetchError as trouble:
            return Fetched(
                url,
                purpose,
                trouble.outcome,
                self._now(),
                trail.budget.spent,
                status=trouble.status,
                note=trouble.note,
                retry_after=trouble.retry_after,
            )
        return _fetched(ask, answer, final_url=final_url, trail=trail, at=self._now())

    def close(self) -> None:
        """Close the connections of all threads; no fetch may be running."""
        with self._lock:
            for transport in self._transports:
                transport.close()
            self._transports.clear()
            self._own = threading.local()

    def _walk(self, ask: _Ask, trail: _Trail) -> tuple[Answer, str]:
        """Follow redirects by hand, so that each address goes through guard, robots.txt and pace anew."""
        url, transport = ask.url, self._transport()
        if ask.purpose is not Purpose.ROBOTS:  # that one is asked for in the middle of another fetch
            transport.forget_cookies()
        while True:
            parts = check_url(url)
            turn = partial(self._in_turn, pace_key(parts), self._permitted_delay(url, parts, ask))
            exchange = partial(self._exchange, transport, url, ask, trail)
            try:
                answer = turn(exchange)
            except HungUpError:  # the second time on a connection of its own
                answer = turn(exchange)
            if answer.location is None:
                return answer, url
            trail.asked.append(url)
            most = robots.MAX_REDIRECTS if ask.purpose is Purpose.ROBOTS else MAX_REDIRECTS
            if len(trail.asked) > most:
                note = f"More than {most} redirects, the last of them to {answer.location[:200]}."
                raise FetchError(Outcome.BROKEN, note, status=answer.status)
            url = _joined(url, answer.location)

    def _in_turn(self, host: str, delay: float, exchange: Callable[[Callable[[], None]], Answer]) -> Answer:
        """Exchange when it is this host's turn; when the site asks for a rest, no worker asks it until that is over."""
        spaced = delay + MARGIN if delay > 0 else 0.0
        hold = self._limits.deadline + HOLD if delay > 0 else 0.0
        closed = self._pace.take(host, delay=spaced, hold=hold, patience=PATIENCE)
        if closed:
            note = f"{host} asked to be left alone; {closed:.0f} seconds of that are left."
            raise FetchError(Outcome.LIMITED, note, retry_after=closed)
        with Turn(self._pace, host, delay=spaced) as turn:
            answer = exchange(turn.sent)
        rest = rest_wanted(answer, self._now())
        if rest:
            self._pace.close(host, seconds=rest)
        return answer

    def _exchange(
        self, transport: Transport, url: str, ask: _Ask, trail: _Trail, on_sent: Callable[[], None]
    ) -> Answer:
        is_robots = ask.purpose is Purpose.ROBOTS
        max_bytes = min(robots.MAX_BYTES, self._limits.max_bytes) if is_robots else self._limits.max_bytes
        with trail.budget as budget:
            return transport.get(
                url, ask.headers, budget=budget, max_bytes=max_bytes, truncate=is_robots, on_sent=on_sent
            )

    def _permitted_delay(self, url: str, parts: SplitResult, ask: _Ask) -> float:
        """Seconds to keep between requests to this host. FetchError when robots.txt says no."""
        if not ask.obey_robots or ask.purpose is Purpose.ROBOTS:
            return ask.delay

        def fetch_robots(robots_url: str) -> Fetched:
            fetched = self.fetch(robots_url, purpose=Purpose.ROBOTS, delay=ask.delay, user_agent=ask.user_agent)
            self._on_robots(fetched)
            return fetched

        permission = self._robots.permission(url, parts, ask=fetch_robots)
        if not permission.allowed:
            raise FetchError(Outcome.ROBOTS, permission.note or "robots.txt forbids this address.")
        return max(ask.delay, permission.delay)

    def _transport(self) -> Transport:
        transport: Transport | None = getattr(self._own, "transport", None)
        if transport is None:
            transport = Transport(
                self._policy,
                connect_timeout=self._limits.connect_timeout,
                read_timeout=self._limits.read_timeout,
                ca_bundle=self._ca_bundle,
                resolve=self._resolve,
            )
            self._own.transport = transport
            with self._lock:
                self._transports.append(transport)
        return transport


def pace_key(parts: SplitResult) -> str:
    """The host requests are spaced by: http and https together, other ports on their own."""
    host = (parts.hostname or "").rstrip(".")
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise GuardError(f"The redirect's address cannot be read: {error}.") from error


def _fetched(ask: _Ask, answer: Answer, *, final_url: str, trail: _Trail, at: datetime) -> Fetched:
    judgement = judge(
        answer,
        conditional=bool(ask.conditions),
        known_sha256=ask.known_sha256,
        empty_is_fine=ask.purpose is Purpose.ROBOTS,
        now=at,
    )
    etag, last_modified = validators(answer)
    page = Page(ask.url, final_url, answer.status, answer.headers, answer.body, at, tuple(trail.asked))
    unmodified = answer.status == 304
    return Fetched(
        ask.url,
        ask.purpose,
        judgement.outcome,
        at,
        trail.budget.spent,
        status=answer.status,
        page=None if unmodified else page,
        note=judgement.note,
        etag=etag or (ask.etag if unmodified else None),
        last_modified=last_modified or (ask.last_modified if unmodified else None),
        retry_after=judgement.retry_after,
    )
