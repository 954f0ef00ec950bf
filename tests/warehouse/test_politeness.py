"""One budget a host for every worker there is, kept by the database."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from benchmarks.fetching import Plan, ours
from tests.support.fetching import LIMITS
from tests.support.sites import Reply, Site
from wirewatch.fetch.client import Client
from wirewatch.fetch.pace import MARGIN, PATIENCE
from wirewatch.fetch.robots import MemoryRobots
from wirewatch.model import Outcome, Purpose
from wirewatch.warehouse.connection import connect
from wirewatch.warehouse.politeness import WarehousePace

HOST = "press.example"


@pytest.fixture
def paces(warehouse_url: str) -> Iterator[tuple[WarehousePace, WarehousePace]]:
    """Two workers' ways to one budget."""
    with ExitStack() as stack:
        first, second = (connect(warehouse_url) for _ in range(2))
        stack.callback(first.close)
        stack.callback(second.close)
        yield WarehousePace(first), WarehousePace(second)


def _take(pace: WarehousePace, *, delay: float, hold: float = 60) -> float:
    """Seconds that taking the turn took."""
    started = time.monotonic()
    assert pace.take(HOST, delay=delay, hold=hold, patience=30) == 0
    return time.monotonic() - started


def test_workers_wait_for_each_other(paces: tuple[WarehousePace, WarehousePace]) -> None:
    """The second worker gets its turn a delay after the first has sent, and another host's at once."""
    first, second = paces

    _take(first, delay=0.3)
    first.sent(HOST, delay=0.3)

    assert second.take("other.example", delay=60, hold=60, patience=30) == 0
    assert _take(second, delay=0.3) >= 0.29  # the clock of the database began before ours


def test_the_longer_delay_of_two_holds(paces: tuple[WarehousePace, WarehousePace]) -> None:
    """Two sources on one host: whoever comes keeps its own delay and that of the one before."""
    first, second = paces

    _take(first, delay=0.4)
    first.sent(HOST, delay=0.4)
    assert _take(second, delay=0.01) >= 0.39
    second.sent(HOST, delay=0.01)
    assert _take(first, delay=0.4) >= 0.39


def test_nobody_sends_while_another_is_about_to(paces: tuple[WarehousePace, WarehousePace]) -> None:
    """A worker that takes long to connect keeps the turn, and the delay counts from when it has sent."""
    first, second = paces
    _take(first, delay=0.2)
    took: list[float] = []
    waiting = threading.Thread(target=lambda: took.append(_take(second, delay=0.2)))

    waiting.start()
    time.sleep(0.5)
    assert took == []
    first.sent(HOST, delay=0.2)
    waiting.join()

    assert took[0] >= 0.69


def test_a_worker_that_dies_with_its_turn_stops_the_others_for_a_while_only(
    paces: tuple[WarehousePace, WarehousePace],
) -> None:
    """The turn is free again when the hold is over, and what the dead worker says afterwards takes nobody's turn."""
    first, second = paces

    _take(first, delay=0.1, hold=0.5)
    assert _take(second, delay=0.1) >= 0.49
    first.sent(HOST, delay=0.1)

    assert _is_held(first)


def _is_held(pace: WarehousePace) -> bool:
    got = threading.Event()
    asking = threading.Thread(target=lambda: (pace.take(HOST, delay=0.1, hold=60, patience=30), got.set()), daemon=True)
    asking.start()
    held = not got.wait(0.8)
    with pace._connection.cursor() as cursor:
        cursor.execute("update host_pace set held_until = null")  # lets the thread end before its connection does
    asking.join()
    return held


def test_a_rest_holds_for_all_workers(paces: tuple[WarehousePace, WarehousePace]) -> None:
    """A host that one worker found closed is closed for the other; the longest wish counts."""
    first, second = paces

    first.close(HOST, seconds=120)
    first.close(HOST, seconds=40)

    left = second.take(HOST, delay=2, hold=60, patience=30)
    assert 110 < left <= 120


@contextmanager
def _clients(url: str) -> Iterator[tuple[Client, Client]]:
    with ExitStack() as stack:
        made = []
        for _ in range(2):
            connection = connect(url)
            stack.callback(connection.close)
            client = Client(
                LIMITS,
                pace=WarehousePace(connection),
                robots=MemoryRobots(),
                now=lambda: datetime.now(timezone.utc),
            )
            stack.callback(client.close)
            made.append(client)
        yield made[0], made[1]


def _later(seconds: int) -> str:
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("reply", "least", "most"),
    [
        (Reply(429, (("Retry-After", "120"),), b"slow down"), 100, 120),
        (Reply(429, (("Retry-After", "DATE"),), b"slow down"), 500, 600),
        (Reply(503, (("Retry-After", "120"),), b"busy"), 100, 120),
        (Reply(429, (("Retry-After", "999999999"),), b"slow down"), 86_000, 86_400),
        (Reply(429, (), b"slow down"), 40, 60),
        (Reply(429, (("Retry-After", "later"),), b"slow down"), 40, 60),
    ],
)
def test_a_site_that_says_later_is_left_alone_by_all(
    warehouse_url: str, reply: Reply, least: float, most: float
) -> None:
    """After one worker was told, another does not even ask; its outcome says for how long. A day is the most."""
    headers = tuple((name, _later(600) if value == "DATE" else value) for name, value in reply.headers)
    with Site({"/a": Reply(reply.status, headers, reply.body)}) as site, _clients(warehouse_url) as (first, second):
        told = first.fetch(site.url("/a"), purpose=Purpose.ARTICLE, delay=0.01, obey_robots=False)
        kept = second.fetch(site.url("/b"), purpose=Purpose.ARTICLE, delay=0.01, obey_robots=False)

        assert site.paths == ["/a"]
        assert (told.outcome, kept.outcome, kept.status) == (Outcome.LIMITED, Outcome.LIMITED, None)
        assert least < (kept.retry_after or 0) <= most
        assert re.fullmatch(r"127\.0\.0\.1:\d+ asked to be left alone; \d+ seconds of that are left\.", kept.note or "")


def test_a_short_rest_is_waited_out(warehouse_url: str) -> None:
    """A Retry-After within the patience delays the next request, and that one is sent."""
    with (
        Site({"/a": Reply(429, (("Retry-After", "1"),), b"slow down"), "/b": Reply(body=b"text")}) as site,
        _clients(warehouse_url) as (first, second),
    ):
        first.fetch(site.url("/a"), purpose=Purpose.ARTICLE, delay=0, obey_robots=False)
        started = time.monotonic()
        fetched = second.fetch(site.url("/b"), purpose=Purpose.ARTICLE, delay=0, obey_robots=False)

        assert PATIENCE > 1
        assert fetched.outcome is Outcome.NEW
        assert time.monotonic() - started > 0.9


TAKE_AND_HANG = """
import sys, time
from wirewatch.warehouse.connection import connect
from wirewatch.warehouse.politeness import WarehousePace
pace = WarehousePace(connect(sys.argv[1]))
pace.take("press.example", delay=0.1, hold=1.5, patience=30)
print("taken", flush=True)
time.sleep(60)
"""


def test_sigkill_between_turn_and_request_does_not_close_the_host(
    warehouse_url: str, paces: tuple[WarehousePace, WarehousePace]
) -> None:
    """A worker process killed with the turn in its hands: the next one waits no longer than the hold."""
    child = subprocess.Popen([sys.executable, "-c", TAKE_AND_HANG, warehouse_url], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"taken\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()

    assert 0.5 < _take(paces[0], delay=0.1) < 60


@pytest.mark.parametrize("workers", [1, 2])
def test_no_host_sees_two_requests_closer_than_its_delay(postgres: Path, tmp_path: Path, workers: int) -> None:
    """Worker processes that ask the same hosts, redirects and robots.txt counted, by the kernel's times of arrival.

    The gap is kept by construction: a request starts a delay and a margin after the last one was written, both by the
    database's clock. The margin is all the tolerance that is left for the way from write to arrival.
    """
    plan = Plan(hosts=5, pages=12, delay=0.15, latency=0.02, moved=4)

    seen = ours(tmp_path / f"polite{workers}_{time.time_ns()}", plan, postgres=postgres, workers=workers)

    robots_and_feeds = 5 * workers
    assert seen.pages == 60
    assert seen.requests >= 60 + 15 + robots_and_feeds + 5
    assert MARGIN > 0
    assert seen.smallest_gap >= plan.delay
