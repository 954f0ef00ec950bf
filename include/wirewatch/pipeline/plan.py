"""The first step of a run: files checked, rows of sources and concepts brought up to date, the run opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wirewatch.errors import InputError
from wirewatch.pipeline.desk import Desk
from wirewatch.tag.fingerprint import fingerprints
from wirewatch.warehouse import runs
from wirewatch.warehouse.runs import Run


def open_run(
    desk: Desk, run_key: str, day: date, *, backfill: bool = False, only: Sequence[str] = ()
) -> tuple[Run, tuple[str, ...]]:
    """Open (or take up again) a run; return it with the slugs of its sources."""
    desk.check_files()
    wanted = [desk.source(slug) for slug in only] or [
        spec for spec in desk.sources.values() if spec.status.state != "dead"
    ]
    # Grouped, because Airflow lists mapped tasks in this order.
    slugs = tuple(spec.slug for spec in sorted(wanted, key=lambda spec: (spec.group, spec.slug)))
    if not slugs:
        raise InputError(f"there is no source file in {desk.settings.sources}; `wirewatch add-source URL` makes one")
    with desk.warehouse() as connection, connection:
        runs.sync_sources(connection, desk.sources)
        runs.sync_concepts(connection, desk.labels, hashes=fingerprints(desk.concepts))
        run = runs.open_run(connection, run_key, day, backfill=backfill, sources=slugs)
    return run, slugs


def find_run(desk: Desk, run_id: int) -> Run:
    """The run that a step was told to work for."""
    with desk.warehouse() as connection, connection:
        return runs.find_run(connection, run_id)
