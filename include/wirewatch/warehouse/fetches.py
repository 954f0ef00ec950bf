"""Fetches: one row and one outcome each, and the pages among them that wait to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirewatch.model import ArchiveRef, Fetched
from wirewatch.warehouse.connection import Connection, row, rows, run_many, sql, storable
from wirewatch.warehouse.runs import Run


@dataclass(frozen=True)
class Unread:
    """An archived page that is not yet in the warehouse."""

    fetch_id: int
    run_id: int
    address_id: int
    url: str
    url_key: str
    fetched_at: datetime
    ref: ArchiveRef
    status: int | None = None
    final_url: str | None = None  # where the redirects ended


@dataclass(frozen=True)
class ReadMark:
    """What a page turned out to be."""

    fetch_id: int
    read_as: str  # article, listing, blocked, other, quarantined
    note: str | None = None
    presence: str | None = None  # of a known article: there, silent or a form of absence; None: not judged


@dataclass(frozen=True)
class Kept:
    """A fetch that waits for its row."""

    fetched: Fetched
    address_id: int | None  # None: robots.txt, asked on the way
    ref: ArchiveRef | None  # where its page lies; None: it has none, or the bytes of before


def store_fetches(connection: Connection, run: Run, source: str, fetches: Iterable[Kept]) -> None:
    """Fetches → their rows, and what their addresses must remember of them; one round trip for all."""
    with connection.cursor() as cursor:
        statements = [cursor.mogrify(sql("store_fetch"), _values(run, source, kept)) for kept in fetches]
        if statements:
            cursor.execute(b";\n".join(statements))


def store_fetch(
    connection: Connection, run: Run, source: str, fetched: Fetched, *, address_id: int | None, ref: ArchiveRef | None
) -> int:
    """One fetch → its row, and what the address must remember of it; return the row's id."""
    return int(row(connection, "store_fetch", _values(run, source, Kept(fetched, address_id, ref)))["fetch_id"])


def _values(run: Run, source: str, kept: Kept) -> dict[str, Any]:
    fetched, ref = kept.fetched, kept.ref
    return {
        "run_id": run.run_id,
        "day": run.day,
        "source": source,
        "address_id": kept.address_id,
        "purpose": fetched.purpose.value,
        "url": storable(fetched.url),
        "final_url": storable(fetched.page.final_url) if fetched.page else None,
        "redirects": [storable(url) for url in fetched.page.redirects] if fetched.page else [],
        "fetched_at": fetched.fetched_at,
        "elapsed_ms": round(fetched.elapsed * 1000),
        "outcome": fetched.outcome.value,
        "status": fetched.status,
        "note": storable(fetched.note),
        "etag": storable(fetched.etag),
        "last_modified": storable(fetched.last_modified),
        "sha256": ref.sha256 if ref else None,
        "archive_path": ref.path if ref else None,
        "archive_offset": ref.offset if ref else None,
        "archive_length": ref.length if ref else None,
    }


def unread_sources(connection: Connection, sources: Sequence[str]) -> list[str]:
    """Those of the sources that have pages waiting to be read."""
    return [found["source"] for found in rows(connection, "unread_sources", {"sources": list(sources)})]


def unread_fetches(connection: Connection, source: str, *, limit: int) -> list[Unread]:
    """Pages of a source that wait to be read, in the order they were fetched, whichever run fetched them."""
    return [
        Unread(
            fetch_id=found["fetch_id"],
            run_id=found["run_id"],
            address_id=found["address_id"],
            url=found["url"],
            url_key=found["url_key"],
            fetched_at=found["fetched_at"],
            ref=ArchiveRef(found["archive_path"], found["archive_offset"], found["archive_length"], found["sha256"]),
            status=found["status"],
            final_url=found["final_url"],
        )
        for found in rows(connection, "unread_fetches", {"source": source, "limit": limit})
    ]


def mark_read(connection: Connection, marks: Iterable[ReadMark]) -> None:
    """Pages are read; they will not be read again."""
    values = [(mark.fetch_id, mark.read_as, storable(mark.note), mark.presence) for mark in marks]
    run_many(connection, "mark_read", values, template="(%s, %s, %s, %s::text)")


def lock_reading(connection: Connection, source: str, fetch_ids: Sequence[int]) -> set[int]:
    """Be the only one who loads pages of a source until the transaction ends; those of the pages not yet read."""
    rows(connection, "lock_reading", {"source": source})
    return {found["fetch_id"] for found in rows(connection, "still_unread", {"fetch_ids": list(fetch_ids)})}


def quarantine(connection: Connection, source: str, reasons: Iterable[tuple[Unread, str]]) -> None:
    """Pages that cannot become rows, with their reasons."""
    values = [(source, page.url, page.fetch_id, storable(reason)) for page, reason in reasons]
    run_many(connection, "quarantine", values)
