"""What is dropped in time, and what never is. Each call is a batch, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from wirewatch.warehouse.connection import Connection, row, rows


@dataclass(frozen=True)
class Batch:
    """Rows looked at in order of their ids."""

    dropped: int
    upto: int | None  # the last id looked at; None: there is nothing more that is old enough


Prune = Callable[..., Batch]


def prune_fetches(connection: Connection, *, before: datetime, after: int, limit: int) -> Batch:
    """Drop fetches from before then which no article version, change, absence, quarantine or address leads back to."""
    return Batch(**row(connection, "prune_fetches", {"before": before, "after": after, "limit": limit}))


def prune_rechecks(connection: Connection, *, before: datetime, after: int, limit: int) -> Batch:
    """Drop rechecks that were done before then, of articles first seen before then."""
    return Batch(**row(connection, "prune_rechecks", {"before": before, "after": after, "limit": limit}))


def prune_signatures(connection: Connection, *, before: datetime, after: int, limit: int) -> Batch:
    """Drop signatures of texts that articles had before then only. The caller holds ``stories.lock``.

    A signature can be made again from its text; ``unsigned_texts`` says which are missing.
    """
    return Batch(**row(connection, "prune_signatures", {"before": before, "after": after, "limit": limit}))


def prune_evidence(connection: Connection, *, before: date, limit: int) -> int:
    """Drop what articles of days (UTC) before that were compared by for their stories; how many rows, 0 when done."""
    return int(row(connection, "prune_evidence", {"before": before, "limit": limit})["dropped"])


def prune_signals(connection: Connection, *, before: datetime, limit: int) -> int:
    """Drop sources' figures of runs before then, but each source's latest; how many rows, 0 when done."""
    return int(row(connection, "prune_signals", {"before": before, "limit": limit})["dropped"])


def place(connection: Connection, what: str, *, now: datetime, again: timedelta) -> int:
    """The id after which a walk goes on. A pass that began longer ago than ``again`` is begun anew, at 0."""
    values = {"what": what, "now": now, "again": now - again}
    return int(row(connection, "prune_place", values)["after_id"])


def mark(connection: Connection, what: str, after: int) -> None:
    """All ids up to that were looked at; in the transaction that dropped what was to go."""
    rows(connection, "prune_mark", {"what": what, "after": after})


def old_due_days(connection: Connection, *, before: datetime) -> list[date]:
    """Days (UTC) of texts that wait to be compared and are older than that."""
    return [found["day"] for found in rows(connection, "old_due_days", {"before": before})]


def unsigned_texts(connection: Connection, day: date) -> list[str]:
    """Hashes of texts of a day (UTC) that have no signature."""
    since = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    values = {"since": since, "until": since + timedelta(days=1)}
    return [found["text_hash"] for found in rows(connection, "unsigned_texts", values)]


def analyse(connection: Connection) -> None:
    """Renew the planner's statistics; the connection must be outside a transaction."""
    rows(connection, "prune_without_limit")
    rows(connection, "analyse")
