"""When articles are asked again after publication: rows of ``recheck``, and which of them are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wirewatch.warehouse.addresses import Address
from wirewatch.warehouse.connection import Connection, row, rows, run_many
from wirewatch.warehouse.presence import Sighting
from wirewatch.warehouse.runs import Run

MOST_TRIES = 12
"""Answers that say nothing (a block, an outage) after which a stage is given up: half a day of hourly runs."""


def plan(connection: Connection) -> int:
    """Articles that are new since the last plan → their stages; how many stages were added."""
    return int(row(connection, "plan_rechecks")["rechecks"])


def due_sources(connection: Connection, sources: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Those of the sources that have articles to ask, with how many."""
    found = rows(connection, "due_recheck_sources", {"sources": sorted(sources), "now": now})
    return {item["source"]: item["articles"] for item in found}


def due_articles(connection: Connection, run: Run, source: str, *, now: datetime, limit: int) -> list[Address]:
    """Addresses of due articles that this run has not asked yet: suspected ones, watched ones, the rest."""
    values = {"run_id": run.run_id, "source": source, "now": now, "limit": limit}
    return [Address(**found) for found in rows(connection, "due_rechecks", values)]


def neighbours(connection: Connection, run: Run, source: str, *, limit: int) -> list[Address]:
    """Addresses of articles that were there when last asked and that this run has not asked, the newest first."""
    values = {"run_id": run.run_id, "source": source, "limit": limit}
    return [Address(**found) for found in rows(connection, "recheck_neighbours", values)]


def mark_asked(connection: Connection, sightings: Iterable[Sighting]) -> None:
    """Stages that were due when an article was asked are done, or tried once more. Marking again changes nothing."""
    values = [(each.article_id, each.fetch_id, each.fetched_at, each.presence, MOST_TRIES) for each in sightings]
    run_many(connection, "mark_rechecks", values, template="(%s, %s, %s::timestamptz, %s, %s)")


def end(connection: Connection, article_ids: Iterable[int]) -> None:
    """Drop the rows of those articles for which nothing is left to be done, so that the table does not grow."""
    rows(connection, "end_rechecks", {"article_ids": sorted(article_ids)})


def ask_again(connection: Connection, due: Sequence[tuple[int, datetime]]) -> None:
    """(article id, when): articles to ask once more beside their stages."""
    run_many(connection, "ask_now", due, template="(%s, %s::timestamptz)")
