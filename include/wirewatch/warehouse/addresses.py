"""What is remembered of addresses: entry points with their validators, and leads that wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import Json

from wirewatch.model import Lead
from wirewatch.warehouse.connection import Connection, row, rows, run_many, storable
from wirewatch.warehouse.runs import Run

MOST_ATTEMPTS = 20
"""Failed tries after which a lead is given up; its last outcome stays for all to see."""


@dataclass(frozen=True)
class Address:
    """An address and the validators of what was last fetched from it (all None: never)."""

    address_id: int
    url: str
    etag: str | None
    last_modified: str | None
    sha256: str | None


@dataclass(frozen=True)
class KeyedLead:
    """A lead with the key under which its address is remembered."""

    key: str
    lead: Lead


def entry_address(connection: Connection, run: Run, source: str, *, url: str, key: str) -> Address:
    """The remembered entry point; made when it is new."""
    found = row(connection, "entry_address", {"source": source, "url": url, "url_key": key, "run_id": run.run_id})
    return Address(url=url, **found)


def store_leads(
    connection: Connection, run: Run, source: str, leads: Iterable[KeyedLead], *, entry: str | None = None
) -> None:
    """Leads → addresses that wait to be fetched. Known ones keep their state; the last title stated is kept.

    ``entry``: the key of the entry point that named them, under which its own titles are kept.
    """
    by_key = {item.key: item.lead for item in leads}
    values = [
        (
            source,
            "article",
            storable(key),
            storable(lead.url),
            storable(lead.title),
            lead.published_at,
            run.run_id,
            Json({entry: storable(lead.title)} if entry and lead.title else {}),
        )
        for key, lead in by_key.items()
    ]
    run_many(connection, "store_leads", values)


def due_addresses(
    connection: Connection, run: Run, source: str, *, limit: int, recent: datetime, of_day: Collection[str] = ()
) -> list[Address]:
    """Article addresses to ask in this run, new ones first in the order they were listed.

    Those never fetched, and, once a day, those first seen after ``recent``, to notice edits and withdrawals. In a
    backfill those never fetched that state its day, or whose key is in ``of_day`` since the day's archive lists them.
    What only a backfill has listed is left to backfills: in a daily run it would be told as news.
    """
    values = {
        "source": source,
        "day": run.day,
        "backfill": run.backfill,
        "recent": recent,
        "limit": limit,
        "most_attempts": MOST_ATTEMPTS,
        "of_day": sorted(map(str, map(storable, of_day))),
    }
    return [Address(**found) for found in rows(connection, "due_addresses", values)]


def waiting_addresses(connection: Connection, source: str) -> int:
    """Leads of a source that were never fetched and will be tried again."""
    return int(row(connection, "waiting_addresses", {"source": source, "most_attempts": MOST_ATTEMPTS})["waiting"])


def asked_articles(connection: Connection, source: str, keys: Collection[str]) -> set[str]:
    """Those of the keys whose article was asked already, however that ended."""
    found = rows(connection, "asked_articles", {"source": source, "keys": sorted(map(str, map(storable, keys)))})
    return {item["url_key"] for item in found}


def entry_failed(connection: Connection, source: str, *, key: str) -> bool:
    """Whether an entry point was asked before, and did not answer with what it promises."""
    return bool(row(connection, "entry_failed", {"source": source, "url_key": key})["failed"])


def forget_entry(connection: Connection, address_id: int) -> None:
    """Drop an entry point's validators, so that the next run reads it anew."""
    rows(connection, "forget_entry", {"address_id": address_id})


def newest_article(connection: Connection, source: str) -> datetime | None:
    """Time of the newest article a source has listed, by its own statement where there is one."""
    newest: datetime | None = row(connection, "newest_article", {"source": source})["newest"]
    return newest
