"""Runs and how each source did in them: rows run, run_source, source and concept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wirewatch.model import Health
from wirewatch.sources import SourceSpec
from wirewatch.warehouse.connection import Connection, Row, row, rows, run_many, storable


@dataclass(frozen=True)
class Run:
    """One run of the daily job."""

    run_id: int
    run_key: str
    day: date  # UTC
    backfill: bool


@dataclass(frozen=True)
class Counts:
    """What a step adds to a source's figures in a run."""

    leads: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    not_article: int = 0
    quarantined: int = 0

    def __add__(self, other: Counts) -> Counts:
        mine, theirs = asdict(self), asdict(other)
        return Counts(**{name: mine[name] + theirs[name] for name in mine})


def sync_sources(connection: Connection, sources: Mapping[str, SourceSpec]) -> None:
    """Source files → rows of ``source``; a source whose file is gone becomes inactive."""
    values = [
        (spec.slug, spec.name, spec.country, spec.kind.value, spec.home, list(spec.languages), True)
        for spec in sources.values()
    ]
    run_many(connection, "sync_source", values)
    rows(connection, "retire_sources", {"slugs": sorted(sources)})


def sync_concepts(connection: Connection, labels: Mapping[str, str], *, hashes: Mapping[str, str]) -> None:
    """Concept ids with their labels and fingerprints → rows of ``concept``."""
    run_many(connection, "sync_concept", [(name, labels[name], hashes[name]) for name in sorted(labels)])
    rows(connection, "retire_concepts", {"ids": sorted(labels)})


def open_run(
    connection: Connection, run_key: str, day: date, *, backfill: bool, sources: Iterable[str], job: str = "daily"
) -> Run:
    """Start a run of a job (daily, or recheck), or take up again the one with this key."""
    found = row(connection, "open_run", {"run_key": run_key, "day": day, "backfill": backfill, "job": job})
    run_many(connection, "open_run_source", [(found["run_id"], slug) for slug in sorted(sources)])
    return Run(**found)


def find_run(connection: Connection, run_id: int) -> Run:
    """The run of an id; LookupError when there is none."""
    return Run(**row(connection, "find_run", {"run_id": run_id}))


def begin_source(connection: Connection, run: Run, source: str, *, state: str) -> None:
    """A source enters a state: fetching or reading."""
    rows(connection, "begin_source", {"run_id": run.run_id, "source": source, "state": state})


def count_source(connection: Connection, run: Run, source: str, counts: Counts) -> None:
    """Add to a source's figures."""
    rows(connection, "count_source", {"run_id": run.run_id, "source": source, **asdict(counts)})


def note_source(connection: Connection, run: Run, source: str, note: str | None) -> None:
    """Keep a sentence about a source in this run."""
    rows(connection, "note_source", {"run_id": run.run_id, "source": source, "note": storable(note)})


def finish_source(connection: Connection, run: Run, source: str, *, health: Health | None, note: str | None) -> None:
    """A source is done; without a state when it was not asked."""
    state = health.value if health else None
    values = {"run_id": run.run_id, "source": source, "health": state, "note": storable(note)}
    rows(connection, "finish_source", values)


def close_run(connection: Connection, run: Run) -> None:
    """End a run; sources whose task never finished are marked failed."""
    rows(connection, "close_run", {"run_id": run.run_id})


def run_sources(connection: Connection, run_id: int) -> list[Row]:
    """How each source stands in a run, by slug."""
    return rows(connection, "run_sources", {"run_id": run_id})


def run_outcomes(connection: Connection, run: Run, source: str) -> dict[tuple[str, str], int]:
    """(purpose, outcome) → number of fetches of a source in a run."""
    found = rows(connection, "run_outcomes", {"run_id": run.run_id, "source": source})
    return {(item["purpose"], item["outcome"]): item["fetches"] for item in found}


def run_summary(connection: Connection, run_id: int) -> dict[str, Any]:
    """The figures of a run, JSON values only."""
    found = row(connection, "run_summary", {"run_id": run_id})
    return {**found, "day": found["day"].isoformat(), "seconds": round(found["seconds"], 1)}
