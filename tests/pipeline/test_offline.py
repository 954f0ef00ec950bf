"""The network switched off for a block."""

from __future__ import annotations

import socket
import threading

import pytest

from tests.support.sites import Reply, Site
from wirewatch.pipeline.offline import OfflineError, offline


def ask(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5):
        pass


def test_no_connection_is_opened_and_no_name_is_asked_for() -> None:
    """Inside the block loopback, names and datagrams are refused; outside it they are not."""
    with Site({"/": Reply()}) as site:
        ask(site)
        with offline():
            with pytest.raises(OfflineError, match=r"network is off"):
                ask(site)
            with pytest.raises(OfflineError):
                socket.getaddrinfo("localhost", 80)
            with pytest.raises(OfflineError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
                datagrams.sendto(b"x", ("127.0.0.1", site.port))
        ask(site)


def test_it_holds_in_every_thread_and_ends_with_the_last_block() -> None:
    """A thread started inside is refused too, and an inner block's end does not switch the network on."""
    met: list[type[BaseException]] = []

    def other(site: Site) -> None:
        try:
            ask(site)
        except OfflineError as error:
            met.append(type(error))

    with Site({"/": Reply()}) as site, offline():
        with offline():
            pass
        thread = threading.Thread(target=other, args=(site,))
        thread.start()
        thread.join()
    assert met == [OfflineError]
