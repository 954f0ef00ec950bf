"""Read what was fetched: archived bytes → articles with their mentions → rows, a batch in one transaction.

The changes of articles that were known are stored with their versions; what became of those that are not there any
more is settled when all pages of the source are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirewatch.model import Verdict
from wirewatch.pipeline.assess import assess
from wirewatch.pipeline.batches import store_all
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.judging import Item, judge_batch
from wirewatch.pipeline.presence import judge_pages, settle_source
from wirewatch.pipeline.reading import Read, read_archived
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import fetches, presence, runs
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.fetches import ReadMark, Unread
from wirewatch.warehouse.runs import Counts, Run

BATCH = 50
"""Pages read and loaded in one transaction."""


def read(desk: Desk, run: Run, slug: str) -> dict[str, int]:
    """Read all waiting pages of a source, and judge how it did; return the counts of its whole run."""
    with desk.warehouse() as connection:
        return read_source(desk, run, slug, connection=connection)


def read_source(desk: Desk, run: Run, slug: str, *, connection: Connection) -> dict[str, int]:
    """``read`` on a connection that is there."""
    with connection:
        runs.begin_source(connection, run, slug, state="reading")
    while read_batch(desk, run, slug, connection=connection):
        pass
    settle_source(desk, run, desk.source(slug), connection=connection)
    figures = assess(desk, run, desk.source(slug), connection=connection)
    return {name: figures[name] for name in ("new", "changed", "same", "quarantined")}


def read_batch(desk: Desk, run: Run, slug: str, *, connection: Connection) -> int:
    """Read the next waiting pages of a source; return how many. A bad page is quarantined, the rest loads."""
    source = desk.source(slug)
    with connection:
        pages = fetches.unread_fetches(connection, slug, limit=BATCH)
    if pages:
        items = [_item(desk, run, source, page) for page in pages]
        _store(desk, run, source, connection=connection, items=items)
    return len(pages)


def _item(desk: Desk, run: Run, source: SourceSpec, page: Unread) -> Item:
    return Item(page, read_archived(desk, source, ref=page.ref, url=page.url), matched=run.backfill)


def _store(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection, items: Sequence[Item]) -> Counts:
    """Store a batch; when PostgreSQL refuses a value, each page alone, so that one bad page is quarantined."""

    def store(batch: Sequence[Item]) -> Counts:
        return _store_batch(desk, run, source, connection=connection, items=batch)

    def refused(item: Item, reason: str) -> Item:
        return replace(item, read=Read(reason=reason))

    total = Counts()
    for counts in store_all(connection, items, store, refused=refused):
        total += counts
    return total


def _store_batch(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection, items: Sequence[Item]) -> Counts:
    unread = fetches.lock_reading(connection, source.slug, [item.page.fetch_id for item in items])
    known = presence.known_texts(connection, source.slug, {item.page.address_id for item in items})
    items = judge_pages(source, [item for item in items if item.page.fetch_id in unread], known=known)
    judged = judge_batch(desk, source, connection=connection, items=items)
    judged.store(connection, source.slug)
    bad = [(item.page, item.read.reason) for item in items if item.read.reason]
    fetches.quarantine(connection, source.slug, bad)
    fetches.mark_read(connection, [read_mark(item) for item in items])
    counts = Counts(
        new=judged.verdicts.count(Verdict.NEW),
        changed=judged.verdicts.count(Verdict.CHANGED),
        same=judged.verdicts.count(Verdict.SAME),
        not_article=sum(1 for item in items if item.read.reading and not item.read.article),
        quarantined=len(bad),
    )
    runs.count_source(connection, run, source.slug, counts)
    return counts


def read_mark(item: Item) -> ReadMark:
    """What a page turned out to be."""
    if item.read.reading is None:
        return ReadMark(item.page.fetch_id, "quarantined", item.read.reason, item.presence)
    note = "; ".join(part for part in (item.read.reading.note, item.withheld) if part) or None
    return ReadMark(item.page.fetch_id, item.read.reading.kind.value, note, item.presence)
