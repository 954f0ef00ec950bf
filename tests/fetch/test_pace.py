"""Spacing of requests within one process."""

from __future__ import annotations

import threading

from wirewatch.fetch.pace import LocalPace


def test_requests_to_one_host_are_spaced_and_others_are_not() -> None:
    """Each request to a host starts a delay after the last one; another host does not wait."""
    slept: list[float] = []
    pace = LocalPace(clock=lambda: 100.0, sleep=slept.append)

    for host, delay in [("a.example", 2), ("a.example", 2), ("b.example", 2), ("a.example", 5), ("a.example", 0)]:
        pace.wait(host, delay)

    assert slept == [2, 7, 7]


def test_a_host_left_alone_for_long_is_asked_at_once() -> None:
    """No waiting when the delay has passed by itself."""
    times = iter([100.0, 103.0])
    slept: list[float] = []
    pace = LocalPace(clock=lambda: next(times), sleep=slept.append)

    pace.wait("a.example", 2)
    pace.wait("a.example", 2)

    assert slept == []


def test_threads_share_the_spacing() -> None:
    """Threads that come at the same moment get one slot each."""
    slept: list[float] = []
    pace = LocalPace(clock=lambda: 0.0, sleep=slept.append)
    threads = [threading.Thread(target=pace.wait, args=("a.example", 1.0)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(slept) == [1, 2, 3, 4, 5, 6, 7]
