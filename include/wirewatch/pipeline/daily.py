"""A whole run without Airflow: the same steps, sources side by side in threads."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from wirewatch.pipeline.collect import collect
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.finish import finish
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.plan import open_run
from wirewatch.pipeline.read import read
from wirewatch.warehouse.runs import Run


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
    with ThreadPoolExecutor(max_workers=desk.settings.tasks_at_once, thread_name_prefix="source") as pool:
        for line in pool.map(lambda slug: _one_source(desk, run, slug), slugs):
            progress(line)
    link(desk)
    match(desk, run)
    deliver(desk)
    return finish(desk, run)


def _one_source(desk: Desk, run: Run, slug: str) -> str:
    asked = collect(desk, run, slug)
    done = read(desk, run, slug)
    return f"{slug}: {asked['leads']} leads, {asked['fetched']} fetched, {done['new']} new, {done['changed']} changed"
