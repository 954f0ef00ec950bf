"""Turns at a host within one process."""

from __future__ import annotations

import itertools
import threading

from wirewatch.fetch.pace import LocalPace, Turn


class Clock:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def _paced() -> tuple[Clock, LocalPace]:
    clock = Clock()
    return clock, LocalPace(clock=lambda: clock.now, sleep=clock.sleep)


def _ask(pace: LocalPace, host: str, delay: float) -> None:
    assert pace.take(host, delay=delay, hold=60, patience=30) == 0
    pace.sent(host, delay=delay)


def test_requests_to_one_host_are_spaced_and_others_are_not() -> None:
    """Each request to a host waits for the longer of its own delay and the last one's; another host does not."""
    clock, pace = _paced()

    for host, delay in [("a.example", 2), ("a.example", 2), ("b.example", 2), ("a.example", 5), ("a.example", 0)]:
        _ask(pace, host, delay)

    assert clock.slept == [2, 5, 5]


def test_a_host_left_alone_for_long_is_asked_at_once() -> None:
    """No waiting when the delay has passed by itself."""
    clock, pace = _paced()

    _ask(pace, "a.example", 2)
    clock.now += 3
    _ask(pace, "a.example", 2)

    assert clock.slept == []


def test_the_delay_counts_from_when_the_request_was_sent() -> None:
    """A request that took a second and a half to get off keeps the next one waiting for the whole delay."""
    clock, pace = _paced()

    pace.take("a.example", delay=2, hold=60, patience=30)
    clock.now += 1.5
    pace.sent("a.example", delay=2)
    _ask(pace, "a.example", 2)

    assert clock.slept == [2]


def test_a_turn_that_is_never_used_ends_by_itself() -> None:
    """While another holds the host it is tried again a delay later, until the hold is over."""
    clock, pace = _paced()

    pace.take("a.example", delay=2, hold=5, patience=30)
    _ask(pace, "a.example", 2)

    assert clock.slept == [2, 2, 2]


def test_a_turn_ends_with_its_block() -> None:
    """Leaving the block without having sent counts as a request: a connection may have been tried."""
    clock, pace = _paced()

    for told in (False, True):
        pace.take("a.example", delay=2, hold=60, patience=30)
        with Turn(pace, "a.example", delay=2) as turn:
            if told:
                turn.sent()
                clock.now += 1.5  # the answer takes its time
    _ask(pace, "a.example", 2)

    assert clock.slept == [2, 0.5]


def test_a_closed_host_is_waited_for_only_so_long() -> None:
    """A short rest is waited out, a longer one is returned in seconds; a shorter wish does not undo a longer one."""
    clock, pace = _paced()

    pace.close("a.example", seconds=20)
    pace.close("a.example", seconds=3)
    _ask(pace, "a.example", 2)
    pace.close("a.example", seconds=31)

    assert clock.slept == [20]
    assert pace.take("a.example", delay=2, hold=60, patience=30) == 31


def test_threads_share_the_spacing() -> None:
    """Threads that come at the same moment get one turn each."""
    moments: list[float] = []
    lock = threading.Lock()
    clock, pace = _paced()

    def sleep(seconds: float) -> None:
        with lock:
            clock.now += seconds

    pace = LocalPace(clock=lambda: clock.now, sleep=sleep)

    def ask() -> None:
        pace.take("a.example", delay=1, hold=60, patience=30)
        moments.append(clock.now)
        pace.sent("a.example", delay=1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    moments.sort()
    assert len(moments) == 8
    assert all(later - first >= 1 for first, later in itertools.pairwise(moments))
