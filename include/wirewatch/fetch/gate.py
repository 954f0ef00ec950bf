"""The connections of requests and urllib3, opened only to addresses that were checked, and under a budget.

A name is resolved once for each connection, and the very address that was checked is the one connected to.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from wirewatch.fetch.deadline import Budget
from wirewatch.fetch.guard import AddressPolicy, check_port
from wirewatch.fetch.trouble import FetchError, GuardError
from wirewatch.model import Outcome

MAX_CANDIDATES = 8  # addresses of one name that are tried

Resolver = Callable[[str, int], Sequence[tuple[Any, ...]]]
"""(host, port) → what ``socket.getaddrinfo`` returns; raises OSError or UnicodeError."""


def resolve(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    """All stream addresses of a name, by the system's resolver."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Gate:
    """Opens the connections of one thread: only to addresses the policy permits, under the budget of the moment."""

    def __init__(self, policy: AddressPolicy, *, resolve: Resolver = resolve) -> None:
        self._policy = policy
        self._resolve = resolve
        self.budget: Budget | None = None
        self.on_sent: Callable[[], None] | None = None  # told when a request has been written
        self.opened = 0  # connections so far

    def connect(self, host: str, port: int, *, timeout: float, options: Sequence[Any]) -> socket.socket:
        """A connected socket. FetchError when the name, the policy or the network says no.

        Addresses that may not be asked are passed over, so a name may have public ones beside them; with none left the
        answer is GuardError. ``timeout`` (seconds) is for all addresses together, shared out among them.
        """
        check_port(port)
        until = monotonic() + timeout
        addresses = self._addresses(host, port, timeout)
        trouble: FetchError | None = None
        for number, (family, kind, protocol, _, target) in enumerate(addresses):
            share = (until - monotonic()) / (len(addresses) - number)
            try:
                sock = _connected(family, kind, protocol, target=target, timeout=max(share, 0.05), options=options)
            except TimeoutError:
                trouble = FetchError(Outcome.TOO_SLOW, f"{host} did not take the connection in {timeout:g} seconds.")
            except OSError as error:
                trouble = FetchError(Outcome.UNREACHABLE, f"{host} cannot be reached: {error.strerror or error}.")
            else:
                sock.settimeout(timeout)
                self.opened += 1
                self.watch(sock)
                return sock
        raise trouble or FetchError(Outcome.UNREACHABLE, f"{host} has no address.")

    def watch(self, sock: socket.socket) -> None:
        """Put an open connection under the budget of the fetch that uses it now."""
        if self.budget:
            self.budget.watch(sock)

    def _addresses(self, host: str, port: int, timeout: float) -> list[tuple[Any, ...]]:
        found = _resolved(self._resolve, host.strip("[]"), port, timeout=timeout)
        permitted = [entry for entry in found if self._policy.permits(host, ipaddress.ip_address(entry[4][0]))]
        if found and not permitted:
            raise GuardError(f"{host} has no public address ({found[0][4][0]}); WIREWATCH_ALLOW_HOSTS can permit it.")
        return permitted[:MAX_CANDIDATES]


def _resolved(resolver: Resolver, host: str, port: int, *, timeout: float) -> list[tuple[Any, ...]]:
    """The resolver's answer, waited for no longer than ``timeout`` seconds: getaddrinfo itself cannot be stopped."""
    answers: queue.SimpleQueue[list[tuple[Any, ...]] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put([entry for entry in resolver(host, port) if entry[0] in (socket.AF_INET, socket.AF_INET6)])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise FetchError(Outcome.TOO_SLOW, f"The name {host} was not resolved in {timeout:g} seconds.") from None
    if isinstance(answer, UnicodeError):  # a label that is empty or too long
        raise GuardError(f"{host[:80]} is not a host name.") from answer
    if isinstance(answer, OSError):
        reason = answer.strerror or type(answer).__name__
        raise FetchError(Outcome.UNREACHABLE, f"The name {host} has no address: {reason}.") from answer
    return answer


def _connected(
    family: int, kind: int, protocol: int, *, target: Any, timeout: float, options: Sequence[Any]
) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        for option in options:
            sock.setsockopt(*option)
        sock.settimeout(timeout)
        sock.connect(target)
    except OSError:
        sock.close()
        raise
    return sock


class _GatedConnection(HTTPConnection):
    """urllib3's connection, opened by a Gate."""

    def __init__(self, *args: Any, gate: Gate, **options: Any) -> None:
        self._gate = gate
        super().__init__(*args, **options)

    def _new_conn(self) -> socket.socket:
        # urllib3 opens connections here and nowhere else; _dns_host keeps the final dot of a full name.
        timeout = float(self.timeout) if self.timeout is not None else 60.0
        return self._gate.connect(
            self._dns_host, int(self.port or self.default_port), timeout=timeout, options=self.socket_options or ()
        )

    def request(self, *args: Any, **options: Any) -> None:
        if self.sock is not None:  # kept alive from an earlier fetch
            self._gate.watch(self.sock)
        super().request(*args, **options)
        if self._gate.on_sent:
            self._gate.on_sent()


class _GatedTlsConnection(_GatedConnection, HTTPSConnection):
    """The same over TLS: certificate and name are checked by urllib3 as always."""


class GatedAdapter(HTTPAdapter):
    """requests' adapter whose pools open gated connections only."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools = {
            "http": partial(_pool, HTTPConnectionPool, partial(_GatedConnection, gate=self._gate)),
            "https": partial(_pool, HTTPSConnectionPool, partial(_GatedTlsConnection, gate=self._gate)),
        }
        self.poolmanager.pool_classes_by_scheme = pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ARG002 - the signature is the base's
        raise GuardError(f"Proxies are not used ({proxy}).")


def _pool(kind: type[HTTPConnectionPool], connection: Any, *args: Any, **options: Any) -> HTTPConnectionPool:
    pool = kind(*args, **options)
    pool.ConnectionCls = connection
    return pool
