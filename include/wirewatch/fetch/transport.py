"""One HTTP exchange: send a GET, read a bounded answer. No redirect, no robots.txt.

requests does the talking; three things are ours: each connection is made by ``gate`` (which addresses, how long), the
body is read in bounded pieces under the budget, and nothing is taken from the environment (proxies, .netrc).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import requests
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from wirewatch.fetch import decode
from wirewatch.fetch.deadline import Budget
from wirewatch.fetch.gate import Gate, GatedAdapter, Resolver, resolve
from wirewatch.fetch.guard import AddressPolicy
from wirewatch.fetch.trouble import FetchError, GuardError, HungUpError, hung_up, to_fetch_error
from wirewatch.model import Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """One complete response."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # content coding undone
    location: str | None = None  # of a redirect, as sent


class _Session(requests.Session):
    """A session that leaves redirects alone: requests would read their bodies whole, whatever their size."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - as the base has it
        return None


class Transport:
    """HTTP for one thread; connections are kept alive between exchanges."""

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        connect_timeout: float,
        read_timeout: float,
        ca_bundle: Path | None = None,
        resolve: Resolver = resolve,
    ) -> None:
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._gate = Gate(policy, resolve=resolve)
        self._session = _Session()
        self._session.trust_env = False
        self._session.verify = str(ca_bundle) if ca_bundle else True
        self._session.headers.clear()
        self._session.mount("http://", GatedAdapter(self._gate))
        self._session.mount("https://", GatedAdapter(self._gate))

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def forget_cookies(self) -> None:
        """Cookies live within one chain of redirects (consent walls need that) and no longer."""
        self._session.cookies.clear()

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        budget: Budget,
        max_bytes: int,
        truncate: bool = False,
        on_sent: Callable[[], None] | None = None,
    ) -> Answer:
        """One GET, inside ``with budget:``. FetchError for all that a site can do.

        ``max_bytes``: decoded bytes; beyond them FetchError (too-large), or with ``truncate`` the body ends there.
        ``on_sent`` is called when the request has been written. HungUpError: ask again, on a new connection.
        """
        request = self._prepared(url, headers)
        self._gate.budget, self._gate.on_sent = budget, on_sent
        try:
            with closing(self._sent(request, budget)) as response:
                budget.check()
                return _read(response, budget, max_bytes=max_bytes, truncate=truncate)
        finally:
            self._gate.budget = self._gate.on_sent = None

    def _prepared(self, url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
        try:
            return self._session.prepare_request(requests.Request("GET", url, headers=dict(headers)))
        except requests.exceptions.InvalidHeader:
            raise
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise GuardError("The address cannot be asked over HTTP.") from error

    def _sent(self, request: requests.PreparedRequest, budget: Budget) -> requests.Response:
        opened = self._gate.opened
        try:
            return self._send(request, budget)
        except (requests.RequestException, HTTPError, OSError) as error:
            budget.check()
            if self._gate.opened == opened and hung_up(error):
                raise HungUpError from error
            raise to_fetch_error(error, answered=False) from error

    def _send(self, request: requests.PreparedRequest, budget: Budget) -> requests.Response:
        budget.check()
        timeouts = (min(self._connect_timeout, budget.left), self._read_timeout)
        return self._session.send(request, stream=True, timeout=timeouts, allow_redirects=False)


def _read(response: requests.Response, budget: Budget, *, max_bytes: int, truncate: bool) -> Answer:
    raw: HTTPResponse = response.raw
    headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
    if response.status_code in REDIRECTS and "location" in raw.headers:
        return Answer(response.status_code, headers, b"", _readable(raw.headers["location"]))
    try:
        body = _body(raw, budget, max_bytes=max_bytes, truncate=truncate)
    except FetchError as trouble:
        trouble.status = response.status_code
        raise
    return Answer(response.status_code, headers, body)


def _body(raw: HTTPResponse, budget: Budget, *, max_bytes: int, truncate: bool) -> bytes:
    body = bytearray()
    try:
        for piece in decode.decoded(_chunks(raw, budget), raw.headers.get("content-encoding", "")):
            body += piece
            if len(body) > max_bytes:
                break
    except decode.UndecodableError as error:
        raise FetchError(Outcome.BROKEN, f"The answer cannot be decoded: {error}.") from error
    if len(body) > max_bytes and not truncate:
        raise FetchError(Outcome.TOO_LARGE, f"The answer is larger than {max_bytes} bytes.")
    return bytes(body[:max_bytes])


def _chunks(raw: HTTPResponse, budget: Budget) -> Iterator[bytes]:
    """The body as sent, in pieces of at most ``decode.PIECE`` bytes."""
    # read1, not stream(): urllib3 2.8 hands a negative chunk size on to read(), which then reads to the end of the
    # connection at once, past every cap.
    while True:
        try:
            chunk = raw.read1(decode.PIECE, decode_content=False)
        except (HTTPError, OSError) as error:
            budget.check()
            raise to_fetch_error(error, answered=True) from error
        budget.check()
        if not chunk:
            return
        yield chunk


def _readable(location: str) -> str:
    """A Location header as sent, whose bytes http.client read as Latin-1 although sites write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
