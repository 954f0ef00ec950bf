"""Articles put into a warehouse without a network: what the read step would have stored of pages that were fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from wirewatch.dedup.identity import content_hash, text_hash
from wirewatch.model import Article, Fetched, Lead, Mention, Outcome, Page, Precision, Published, Purpose
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import addresses, fetches, load, runs
from wirewatch.warehouse.addresses import KeyedLead
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.load import Loadable
from wirewatch.warehouse.runs import Run


@dataclass(frozen=True)
class Put:
    """One article as its page states it."""

    source: str
    name: str  # last part of its address
    body: str
    published: datetime | None = None
    precision: Precision = Precision.MINUTE
    title: str = "Title"
    mentions: tuple[Mention, ...] = ()
    language: str = "ru"

    @property
    def url(self) -> str:
        """Its canonical address."""
        return f"https://{self.source}.example/{self.name}"


@dataclass
class Shelf:
    """A desk's warehouse, filled by hand."""

    desk: Desk
    run: Run | None = None
    sources: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # slug → name, kind, home

    def source(self, slug: str, *, name: str = "", kind: str = "press", home: str = "") -> None:
        """A source there is from now on."""
        with self.desk.warehouse() as connection, connection, connection.cursor() as cursor:
            values = (slug, name or slug, "PL", kind, home or f"https://{slug}.example/")
            cursor.execute("insert into source values (%s, %s, %s, %s, %s, '{pl}')", values)
        self.sources[slug] = values[1], kind, values[4]

    def open_day(self, day: date) -> None:
        """What is put from now on is read by that day's run."""
        with self.desk.warehouse() as connection, connection:
            self.run = runs.open_run(connection, day.isoformat(), day, backfill=False, sources=sorted(self.sources))

    def put(self, *articles: Put, seen: datetime, reread: bool = False) -> None:
        """Store articles, source by source; one that is there already gets another version."""
        with self.desk.warehouse() as connection, connection:
            for source in dict.fromkeys(article.source for article in articles):
                puts = [article for article in articles if article.source == source]
                loadables = [self._loadable(connection, put, seen, reread=reread) for put in puts]
                load.load_articles(connection, source, loadables)

    def _loadable(self, connection: Connection, put: Put, seen: datetime, *, reread: bool) -> Loadable:
        if self.run is None:
            raise ValueError("open a day first")
        addresses.store_leads(connection, self.run, put.source, [KeyedLead(put.url, Lead(put.url))])
        with connection.cursor() as cursor:
            cursor.execute("select address_id from address where url = %s and purpose = 'article'", (put.url,))
            address_id = dict(cursor.fetchall()[0])["address_id"]
        page = Page(put.url, put.url, 200, (), b"x", seen)
        fetched = Fetched(put.url, Purpose.ARTICLE, Outcome.NEW, seen, 0.1, status=200, page=page)
        fetch_id = fetches.store_fetch(connection, self.run, put.source, fetched, address_id=address_id, ref=None)
        published = Published(put.published, put.precision, "stated") if put.published else None
        return Loadable(
            canonical_url=put.url,
            address_id=address_id,
            fetch_id=fetch_id,
            run_id=self.run.run_id,
            article=Article(put.source, put.url, put.title, put.body, language=put.language, published=published),
            mentions=put.mentions,
            content_hash=content_hash(put.title, put.body),
            text_hash=text_hash(put.body, otherwise=put.url),
            seen_at=seen,
            matched=False,
            reread=reread,
        )

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> None:
        """A statement in a transaction of its own."""
        with self.desk.warehouse() as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """What a statement finds."""
        with self.desk.warehouse() as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [dict(row) for row in cursor.fetchall()]

    def stories(self) -> set[tuple[frozenset[str], str, int, int]]:
        """Every story: names of its articles ("source/name"), its origin's name, sources, independent sources."""
        found = self.rows(
            "select array_agg(a.source || '/' || a.url) as members, o.source || '/' || o.url as origin,"
            " y.sources, y.independent_sources from story_current y join article a using (story_id)"
            " join article o on o.article_id = y.origin_id group by y.story_id, o.article_id, 3, 4"
        )
        return {
            (frozenset(map(_short, row["members"])), _short(row["origin"]), row["sources"], row["independent_sources"])
            for row in found
        }

    def copies(self) -> dict[str, tuple[str, str]]:
        """Name of each copy → name of what it copies, and how."""
        found = self.rows(
            "select a.source || '/' || a.url as copy, o.source || '/' || o.url as original, a.copy_kind"
            " from article a join article o on o.article_id = a.copy_of"
        )
        return {_short(row["copy"]): (_short(row["original"]), row["copy_kind"]) for row in found}

    def story_of(self, name: str) -> int:
        """Id of the story of "source/name"."""
        source, _, last = name.partition("/")
        ids = self.rows("select source, url, story_id from article")
        return next(int(row["story_id"]) for row in ids if row["source"] == source and row["url"].endswith(f"/{last}"))


def _short(named: str) -> str:
    return f"{named.partition('/')[0]}/{named.rpartition('/')[2]}"


def at(day: int, clock: str = "12:00") -> datetime:
    """A moment (UTC) of a day of the invented month."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone.utc)
