"""Known articles asked again, about an hour, a day and a week after publication and whenever something is suspicious.

Asking is as polite as in the daily job (pace, robots.txt, hours, patience), and what comes is archived, recorded and
read in the same way: so versions, changes, withdrawals, stories and alerts follow as they always do. Sources are not
judged by it: their entry points are not asked.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

from wirewatch.pipeline.collect import Collector, collecting
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.finish import finish
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.presence import judge_answers, settle_source
from wirewatch.pipeline.read import read_batch
from wirewatch.pipeline.withdrawal import SILENT, THERE, Settled
from wirewatch.sources import SourceSpec
from wirewatch.tag.fingerprint import fingerprints
from wirewatch.warehouse import recheck as store
from wirewatch.warehouse import runs
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.presence import Sighting
from wirewatch.warehouse.runs import Run

MOST = 60
"""Articles of a source asked in one run at the most; those left over come first in the next."""

NEIGHBOURS = 12
"""Other articles asked beside those that are not there, at the most."""

SITES_AT_ONCE = 32
"""Sources asked at once without Airflow."""


@dataclass(frozen=True)
class Asked:
    """What one source's recheck came to; counts of articles."""

    asked: int = 0
    changed: int = 0
    suspected: int = 0  # not there, and not confirmed
    withdrawn: int = 0
    restored: int = 0
    silent: int = 0  # a block or an outage: neither there nor gone


def plan(desk: Desk, *, only: Sequence[str] = ()) -> dict[str, int]:
    """Give new articles their stages; sources that have articles to ask and may be asked now, with how many."""
    now = desk.now()
    wanted = [desk.source(slug) for slug in only] or [
        spec for spec in desk.sources.values() if spec.status.state != "dead"
    ]
    open_now = {spec.slug: spec.group for spec in wanted if spec.closed_at(now) is None}
    with desk.warehouse() as connection, connection:
        store.plan(connection)
        due = store.due_sources(connection, open_now, now=now)
    # Grouped, because Airflow lists mapped tasks in this order.
    return {slug: due[slug] for slug in sorted(due, key=lambda slug: (open_now[slug], slug))}


def open_recheck(desk: Desk, run_key: str, *, only: Sequence[str] = ()) -> tuple[Run | None, tuple[str, ...]]:
    """Open (or take up again) a run for the sources that have articles to ask; no run when there are none."""
    desk.check_files()
    slugs = tuple(plan(desk, only=only))
    with desk.warehouse() as connection, connection:
        if not slugs:
            return None, ()
        runs.sync_sources(connection, desk.sources)
        runs.sync_concepts(connection, desk.labels, hashes=fingerprints(desk.concepts))
        return runs.open_run(
            connection, run_key, desk.now().date(), backfill=False, sources=slugs, job="recheck"
        ), slugs


def recheck(desk: Desk, run: Run, slug: str) -> dict[str, int]:
    """Ask a source's due articles, read what came and settle it; the counts of ``Asked``.

    Where some are not there, others are asked that were: they tell a withdrawal from a site that fails or has moved.
    """
    source = desk.source(slug)
    if closed := source.closed_at(desk.now()):
        with desk.warehouse() as rows, rows:
            runs.finish_source(rows, run, slug, health=None, note=closed)
        return vars(Asked())
    with collecting(desk, run, source) as (collector, rows):
        with rows:
            runs.begin_source(rows, run, slug, state="fetching")
        with rows:
            limit = min(MOST, source.crawl.pages)
            due = store.due_articles(rows, run, slug, now=desk.now(), limit=limit)
        _, stopped = collector.ask_articles(due)
        seen = _read(desk, run, source, rows)
        if stopped is None and _ask_neighbours(collector, run, source, seen, rows):
            _read(desk, run, source, rows)
        settled = settle_source(desk, run, source, connection=rows)
        with rows:
            runs.finish_source(rows, run, slug, health=None, note=stopped)
            figures = next(found for found in runs.run_sources(rows, run.run_id) if found["source"] == slug)
    return vars(_asked(settled, figures))


def _read(desk: Desk, run: Run, source: SourceSpec, connection: Connection) -> list[Sighting]:
    """Read what came (also to an earlier try of this run); how the articles asked in this run answered."""
    while read_batch(desk, run, source.slug, connection=connection):
        pass
    return judge_answers(desk, run, source, connection=connection)


def _ask_neighbours(
    collector: Collector, run: Run, source: SourceSpec, seen: Sequence[Sighting], connection: Connection
) -> int:
    """Ask as many other articles as make those that are not there, or refused, the fewer; how many were asked."""
    there = sum(each.presence == THERE for each in seen)
    absent = sum(each.presence not in (THERE, SILENT) for each in seen)
    wanted = min(NEIGHBOURS, absent + 1 - there) if absent else 0
    if wanted <= 0:
        return 0
    with connection:
        others = store.neighbours(connection, run, source.slug, limit=wanted)
    return collector.ask_articles(others)[0]


def _asked(settled: Settled, figures: Mapping[str, Any]) -> Asked:
    presences = Counter(each.presence for each in settled.seen)
    return Asked(
        asked=figures["fetched"],
        changed=figures["changed"],
        suspected=len(settled.suspected),
        withdrawn=len(settled.confirmed),
        restored=len(settled.back),
        silent=presences[SILENT],
    )


def run_recheck(desk: Desk, *, only: Sequence[str] = (), progress: Callable[[str], object] = str) -> dict[str, Any]:
    """The whole job without Airflow, sources side by side; its summary. Of sources that break the first is raised."""
    run, slugs = open_recheck(desk, f"recheck:{uuid.uuid4()}", only=only)
    totals: Counter[str] = Counter(vars(Asked()))
    if run is None:
        return {"run_id": None, "sources": 0, **totals, "alerts": 0}
    broken: list[Exception] = []
    with ThreadPoolExecutor(max_workers=SITES_AT_ONCE, thread_name_prefix="source") as pool:
        waiting = {pool.submit(recheck, desk, run, slug): slug for slug in slugs}
        for done in as_completed(waiting):
            error = done.exception()
            if isinstance(error, Exception):
                broken.append(error)
                continue
            counts = done.result()
            totals.update(counts)
            progress(f"{waiting[done]}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    link(desk)
    matched = match(desk, run)
    deliver(desk)
    finish(desk, run)
    if broken:
        raise broken[0]
    return {"run_id": run.run_id, "sources": len(slugs), **totals, "alerts": matched["alerts"]}
