"""The one thread that ends fetches whose time is over."""

from __future__ import annotations

import multiprocessing
import os
import socket

import pytest

from wirewatch.fetch.deadline import Budget
from wirewatch.fetch.trouble import FetchError


def _ended(seconds: float) -> bool:
    """Whether a read that gets nothing ends with its budget, and not with the other end's patience of 20 seconds."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(20)
        with Budget(seconds) as budget:
            budget.watch(ours)
            data = ours.recv(1)
            with pytest.raises(FetchError):
                budget.check()
    return data == b""


def test_budgets_end_in_their_own_order() -> None:
    """A long budget that began first does not keep the watchdog from ending a short one."""
    with Budget(3600) as long:
        assert _ended(0.05)
        assert _ended(0.05)
        long.check()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_has_a_watchdog_of_its_own() -> None:
    """Airflow forks its tasks: the parent's thread is not there in the child."""
    assert _ended(0.05)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(_ended, (0.05,)).get(timeout=60)
