"""Network off: while replay reads, no Python code of this process can open a connection or ask for a name.

PostgreSQL is reached by libpq, which is no Python code, and so is not affected.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from wirewatch.errors import WirewatchError

_REFUSED = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)
"""Audit events (PEP 578) that begin a conversation."""

_blocks = 0  # how many ``offline`` blocks are open
_counting = threading.Lock()


class OfflineError(WirewatchError):
    """Something tried to reach the network where none is to be used."""


@contextmanager
def offline() -> Iterator[None]:
    """A block in which reaching the network raises OfflineError, in every thread of this process."""
    global _blocks  # noqa: PLW0603 - an audit hook is process-wide and cannot be taken away
    _hook()
    with _counting:
        _blocks += 1
    try:
        yield
    finally:
        with _counting:
            _blocks -= 1


@cache
def _hook() -> None:
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if _blocks and event in _REFUSED:
        raise OfflineError(f"the network is off here, and something called {event}{arguments[-1:]}")
