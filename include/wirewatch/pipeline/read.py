"""Read what was fetched: archived bytes → articles with their mentions → rows, a batch in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg2

from wirewatch.dedup.canonical import trusted_canonical
from wirewatch.dedup.identity import KnownArticle, choose_key, content_hash, judge, text_hash
from wirewatch.errors import ArchiveError, PageError
from wirewatch.health import judge_source
from wirewatch.model import Kind, Reading, Verdict
from wirewatch.parse.read import read_page
from wirewatch.pipeline.desk import Desk
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import addresses, fetches, load, runs
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.fetches import ReadMark, Unread
from wirewatch.warehouse.load import Loadable
from wirewatch.warehouse.runs import Counts, Run

log = logging.getLogger(__name__)

BATCH = 50
"""Pages read and loaded in one transaction."""


@dataclass(frozen=True)
class _Item:
    """A page with what was read from it: a reading, or the reason why it cannot be loaded."""

    page: Unread
    reading: Reading | None = None
    reason: str | None = None


def read(desk: Desk, run: Run, slug: str) -> dict[str, int]:
    """Read all waiting pages of a source; return its counts. A bad page is quarantined, the rest loads."""
    source = desk.source(slug)
    total = Counts()
    with desk.warehouse() as connection:
        with connection:
            runs.begin_source(connection, run, slug, state="reading")
        while True:
            with connection:
                pages = fetches.unread_fetches(connection, slug, limit=BATCH)
            if not pages:
                break
            total += _store(
                desk, run, source, connection=connection, items=[_read(desk, source, page) for page in pages]
            )
        _finish(desk, run, source, connection=connection)
    return {"new": total.new, "changed": total.changed, "same": total.same, "quarantined": total.quarantined}


def _read(desk: Desk, source: SourceSpec, page: Unread) -> _Item:
    try:
        return _Item(page, reading=read_page(desk.archive.read(page.ref), source=source))
    except PageError as error:
        return _Item(page, reason=error.reason)
    except ArchiveError as error:
        return _Item(page, reason=str(error))
    except Exception as error:
        # A page is hostile input, and readers have faults. Let through, one page would keep its whole source from
        # ever being read again; so it is quarantined, its bytes kept, and the trace goes to the task's log.
        log.exception("reading %s failed", page.url)
        return _Item(page, reason=f"reading it failed: {type(error).__name__}: {str(error)[:200]}")


def _store(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection, items: Sequence[_Item]) -> Counts:
    """Store a batch; when PostgreSQL refuses a value, each page alone, so that one bad page is quarantined."""
    try:
        with connection:
            return _store_batch(desk, run, source, connection=connection, items=items)
    except psycopg2.DataError as error:
        if len(items) == 1:
            refused = _Item(items[0].page, reason=f"PostgreSQL refuses a value: {str(error).splitlines()[0]}")
            with connection:
                return _store_batch(desk, run, source, connection=connection, items=[refused])
    total = Counts()
    for item in items:
        total += _store(desk, run, source, connection=connection, items=[item])
    return total


def _store_batch(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection, items: Sequence[_Item]) -> Counts:
    loadables, verdicts = _judge(desk, run, source, connection=connection, items=items)
    load.load_articles(connection, source.slug, loadables)
    bad = [(item.page, item.reason) for item in items if item.reason]
    fetches.quarantine(connection, source.slug, bad)
    fetches.mark_read(connection, [_mark(item) for item in items])
    counts = Counts(
        new=verdicts.count(Verdict.NEW),
        changed=verdicts.count(Verdict.CHANGED),
        same=verdicts.count(Verdict.SAME),
        not_article=sum(1 for item in items if item.reading and item.reading.kind is not Kind.ARTICLE),
        quarantined=len(bad),
    )
    runs.count_source(connection, run, source.slug, counts)
    return counts


def _mark(item: _Item) -> ReadMark:
    if item.reading is None:
        return ReadMark(item.page.fetch_id, "quarantined", item.reason)
    return ReadMark(item.page.fetch_id, item.reading.kind.value, item.reading.note)


def _judge(
    desk: Desk, run: Run, source: SourceSpec, *, connection: Connection, items: Sequence[_Item]
) -> tuple[list[Loadable], list[Verdict]]:
    """What of a batch is new or changed. Later pages of the batch are judged beside earlier ones."""
    wanted = [item for item in items if item.reading and item.reading.article]
    known = _known(connection, source.slug, wanted)
    loadables: dict[str, Loadable] = {}
    verdicts: list[Verdict] = []
    for item in wanted:
        loadable = _loadable(desk, run, item, known=known)
        key = loadable.canonical_url
        verdict = judge(loadable.content_hash, address_id=item.page.address_id, known=known.get(key))
        verdicts.append(verdict)
        if verdict is not Verdict.SAME:
            loadables[key] = loadable
            known[key] = KnownArticle(0, item.page.address_id, 0, loadable.content_hash, loadable.article.body)
    return list(loadables.values()), verdicts


def _known(connection: Connection, slug: str, items: Sequence[_Item]) -> dict[str, KnownArticle]:
    keys: set[str] = set()
    for item in items:
        if item.reading and item.reading.article:
            article = item.reading.article
            keys |= {item.page.url_key, trusted_canonical(item.page.url, article.canonical_url)}
    return {
        found.pop("canonical_url"): KnownArticle(**found)
        for found in load.known_articles(
            connection,
            slug,
            canonical_urls=sorted(keys),
            address_ids=sorted({item.page.address_id for item in items}),
        )
    }


def _loadable(desk: Desk, run: Run, item: _Item, *, known: dict[str, KnownArticle]) -> Loadable:
    article, page = item.reading.article if item.reading else None, item.page
    if article is None:
        raise ValueError(f"{page.url} is not an article")
    canonical = trusted_canonical(page.url, article.canonical_url)
    key = choose_key(canonical, page.url_key, address_id=page.address_id, body=article.body, known=known)
    return Loadable(
        canonical_url=key,
        address_id=page.address_id,
        fetch_id=page.fetch_id,
        run_id=page.run_id,
        article=article,
        mentions=desk.matcher.find(title=article.title, body=article.body, language=article.language),
        content_hash=content_hash(article.title, article.body),
        text_hash=text_hash(article.body, otherwise=f"{article.source}\n{key}"),
        seen_at=page.fetched_at,
        matched=run.backfill,
    )


def _finish(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection) -> None:
    with connection:
        figures = next(found for found in runs.run_sources(connection, run.run_id) if found["source"] == source.slug)
        health, note = judge_source(
            runs.run_outcomes(connection, run, source.slug),
            read={name: figures[name] for name in ("new", "changed", "same", "not_article", "quarantined")},
            newest=addresses.newest_article(connection, source.slug),
            now=desk.now(),
            note=figures["note"],
        )
        waiting = addresses.waiting_addresses(connection, source.slug)
        if waiting:
            note = "; ".join(part for part in (note, f"{waiting} addresses wait for the next run") if part)
        runs.finish_source(connection, run, source.slug, health=health, note=note)
