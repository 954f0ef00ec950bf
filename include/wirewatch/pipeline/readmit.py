"""Quarantine tried again: pages that today's code can read are loaded as if they had been read when they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from wirewatch.pipeline.batches import store_all
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.judging import Item, judge_batch
from wirewatch.pipeline.read import read_mark
from wirewatch.pipeline.reading import Read, read_archived
from wirewatch.pipeline.replay import no_network
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import fetches
from wirewatch.warehouse import replay as store
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.replay import Quarantined, Span

BATCH = 50
"""Pages read and loaded in one transaction."""

SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Retry:
    """A page tried again."""

    quarantined: Quarantined
    read: Read
    state: str  # article, listing, blocked, other: out of quarantine; superseded: too; quarantined: not yet; busy


def readmit(desk: Desk, span: Span, *, report: Callable[[Retry], object] = id) -> dict[str, int]:
    """Try the open quarantine of a span's sources; return how many pages ended in each state, and "pages".

    An article that comes out is new: it is due for the rules, which pass over what is too old for them, unless a
    backfill fetched it. A page whose address has since given an article is settled without being loaded.
    """
    counts = {"pages": 0}
    slugs = [desk.source(slug).slug for slug in span.sources] or list(desk.sources)
    with desk.warehouse() as connection, no_network(desk):
        for slug in slugs:
            for retry in _source(desk, desk.source(slug), span, connection=connection):
                counts["pages"] += 1
                counts[retry.state] = counts.get(retry.state, 0) + 1
                report(retry)
    return counts


def _source(desk: Desk, source: SourceSpec, span: Span, *, connection: Connection) -> Iterator[Retry]:
    def store_batch(batch: Sequence[Retry]) -> list[Retry]:
        return _store(desk, source, connection, batch)

    def refused(retry: Retry, reason: str) -> Retry:
        return replace(retry, read=Read(reason=reason), state="quarantined")

    last = 0
    while True:
        with connection:
            pages = store.quarantined_pages(connection, source.slug, span, after_id=last, limit=BATCH)
        if not pages:
            return
        last = pages[-1].quarantine_id
        batch = [_try(desk, source, page) for page in pages]
        for done in store_all(connection, batch, store_batch, refused=refused):
            yield from done


def _try(desk: Desk, source: SourceSpec, quarantined: Quarantined) -> Retry:
    page = quarantined.page
    read = read_archived(desk, source, ref=page.ref, url=page.url)
    if quarantined.superseded:
        return Retry(quarantined, read, SUPERSEDED)
    return Retry(quarantined, read, read.reading.kind.value if read.reading else "quarantined")


def _store(desk: Desk, source: SourceSpec, connection: Connection, batch: Sequence[Retry]) -> list[Retry]:
    """One transaction's work: articles, marks and the rows of quarantine together."""
    held = store.lock_quarantined(connection, [retry.quarantined.quarantine_id for retry in batch])
    mine = [retry for retry in batch if retry.quarantined.quarantine_id in held]
    items = [
        Item(retry.quarantined.page, retry.read, matched=retry.quarantined.backfill)
        for retry in mine
        if retry.state != SUPERSEDED
    ]
    judge_batch(desk, source, connection=connection, items=items).store(connection, source.slug)
    fetches.mark_read(connection, [read_mark(item) for item in items])
    still = [(item.page, item.read.reason) for item in items if item.read.reason]
    fetches.quarantine(connection, source.slug, still)
    free = [retry.quarantined.quarantine_id for retry in mine if retry.state != "quarantined"]
    store.resolve(connection, free)
    return [retry if retry.quarantined.quarantine_id in held else replace(retry, state="busy") for retry in batch]
