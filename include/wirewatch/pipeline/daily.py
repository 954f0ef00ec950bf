"""A whole run without Airflow: the same steps, sources side by side in threads.

Fetching waits on the network and is done by many threads; reading is work, which one process does no faster in two
threads, so it is done here: what the threads have brought in is read while they bring in more.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, TypeVar

from wirewatch.pipeline.collect import collect
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.finish import finish
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.plan import open_run
from wirewatch.pipeline.read import read_batch, read_source
from wirewatch.pipeline.tell import tell
from wirewatch.warehouse import fetches
from wirewatch.warehouse.runs import Run

SITES_AT_ONCE = 64
"""Sources fetched at once; each takes a thread and two connections to the warehouse."""

LOOK_EVERY = 0.1
"""Seconds between two looks for pages to read, when there were none."""

T = TypeVar("T")


def run_day(
    desk: Desk,
    *,
    day: date | None = None,
    only: Sequence[str] = (),
    backfill: bool = False,
    progress: Callable[[str], object] = str,
) -> dict[str, Any]:
    """Run the daily job for a day (default: today, UTC) and return its summary (see ``finish``)."""
    run, slugs = open_run(desk, f"cli:{uuid.uuid4()}", day or desk.now().date(), backfill=backfill, only=only)
    fetch_and_read(desk, run, slugs, progress=progress)
    tell(desk, run)
    link(desk)
    match(desk, run)
    deliver(desk)
    return finish(desk, run)


def fetch_and_read(desk: Desk, run: Run, slugs: Sequence[str], *, progress: Callable[[str], object] = str) -> None:
    """Fetch sources side by side and read them on the way. One that breaks unexpectedly stops no other.

    Its error is raised at the end; of several the first.
    """
    broken: dict[str, Exception] = {}
    with desk.warehouse() as connection, _quick_turns():

        def read_on(waiting: Sequence[str]) -> bool:
            with connection:
                unread = fetches.unread_sources(connection, [slug for slug in waiting if slug not in broken])
            for slug in unread:
                _guarded(broken, slug, partial(read_batch, desk, run, slug, connection=connection))
            return bool(unread)

        for slug, asked in fetch_all(desk, run, slugs, meanwhile=read_on):
            if isinstance(asked, Exception):
                broken.setdefault(slug, asked)
            if slug in broken:
                continue
            done = _guarded(broken, slug, partial(read_source, desk, run, slug, connection=connection))
            if done is not None and not isinstance(asked, Exception):
                counts = (
                    f"{asked['leads']} leads, {asked['fetched']} fetched, {done['new']} new, {done['changed']} changed"
                )
                progress(f"{slug}: {counts}")
    for error in broken.values():
        raise error


def fetch_all(
    desk: Desk, run: Run, slugs: Sequence[str], *, meanwhile: Callable[[Sequence[str]], bool] = lambda _: False
) -> Iterator[tuple[str, dict[str, int] | Exception]]:
    """Fetch sources side by side; each with its counts (see ``collect``) or its error, in the order they are done.

    ``meanwhile`` is called, in this thread, with those that are not yet done; it says whether there was work to do.
    """
    with ThreadPoolExecutor(max_workers=SITES_AT_ONCE, thread_name_prefix="source") as pool:
        waiting = {pool.submit(collect, desk, run, slug): slug for slug in slugs}
        had_work = False
        while waiting:
            done, _ = wait(waiting, timeout=0 if had_work else LOOK_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                slug, error = waiting.pop(future), future.exception()
                yield slug, error if isinstance(error, Exception) else future.result()
            had_work = meanwhile(list(waiting.values()))


def _guarded(broken: dict[str, Exception], slug: str, step: Callable[[], T]) -> T | None:
    """What the step gives; None when it broke, and its error is noted for the source."""
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - it is raised when the other sources are done
        broken.setdefault(slug, error)
        return None


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Threads that fetch get at Python's lock sooner: at its usual 5 ms, reading leaves them a dozen pages a second."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
