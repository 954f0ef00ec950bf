"""Fetch a source: its entry points, then the articles they name. Every response is archived before it is recorded.

Decisions that touch nothing are in fetch/ and health.py; here they meet the network, the archive and the warehouse.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from wirewatch.dedup.canonical import url_key
from wirewatch.fetch.client import Client, Limits
from wirewatch.fetch.discover import Discovery, discover
from wirewatch.fetch.robots import StoredRobots
from wirewatch.model import Fetched, Lead, Outcome, Purpose
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.ledger import Ledger
from wirewatch.sources import Entry, SourceSpec
from wirewatch.warehouse import addresses, politeness, runs
from wirewatch.warehouse.addresses import Address, KeyedLead
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.runs import Run

RECENT = timedelta(days=3)
"""Articles seen first within this time are asked again once a day, for edits and withdrawals."""

MOST_SITEMAPS = 5
"""Nested sitemaps asked in one run: the newest ones."""

PATIENCE = 5
"""Articles in a row that a source refuses or does not answer, after which it is left alone until the next run."""

NO_ANSWER = frozenset({Outcome.BLOCKED, Outcome.LIMITED, Outcome.UNREACHABLE, Outcome.BROKEN, Outcome.TOO_SLOW})


class WarehouseRobots:
    """robots.txt as all workers share it."""

    def __init__(self, connection: Connection) -> None:
        """Each call is a transaction of its own."""
        self._connection = connection

    def get(self, origin: str) -> StoredRobots | None:
        """What is kept of an origin, however old."""
        with self._connection as connection:
            found = politeness.find_robots(connection, origin)
        return StoredRobots(found["status"], found["body"], found["fetched_at"]) if found else None

    def put(self, origin: str, robots: StoredRobots) -> None:
        """Keep what an origin said."""
        with self._connection as connection:
            politeness.store_robots(
                connection, origin, status=robots.status, body=robots.text, fetched_at=robots.fetched_at
            )


class Collector:
    """Asks one source in one run."""

    def __init__(self, desk: Desk, source: SourceSpec, *, ledger: Ledger, client: Client) -> None:
        self._desk = desk
        self._source = source
        self._ledger = ledger
        self._client = client
        self._run = ledger.run

    # Entry points

    def read_entries(self) -> tuple[int, str | None]:
        """Ask every entry point and store what it names; (leads, the last problem in one sentence)."""
        leads, problem = 0, None
        for entry in self._source.entries:
            found, trouble = self._read_entry(entry)
            leads += found
            problem = trouble or problem
        return leads, problem

    def _read_entry(self, entry: Entry) -> tuple[int, str | None]:
        leads, problem = 0, None
        queue, asked = [entry.url], 0
        while queue and asked <= MOST_SITEMAPS:
            url = queue.pop(0)
            asked += 1
            named, trouble = self._ask_entry(entry, url)
            problem = trouble or problem
            leads += len(named.leads)
            queue += [nested for nested in named.sitemaps if nested not in queue]
        return leads, problem

    def _ask_entry(self, entry: Entry, url: str) -> tuple[Discovery, str | None]:
        with self._ledger.connection as connection:
            address = addresses.entry_address(connection, self._run, self._source.slug, url=url, key=url_key(url))
        if self._run.backfill:
            # It takes one day's leads only: the validators of a daily run must neither hide the others nor be set.
            address = replace(address, etag=None, last_modified=None, sha256=None)
        fetched = self._fetch(address, Purpose.ENTRY)
        if fetched.outcome is not Outcome.NEW or fetched.page is None:
            self._ledger.flush()
            trouble = None if fetched.outcome is Outcome.UNCHANGED else (fetched.note or fetched.outcome.value)
            return Discovery(()), trouble
        named = discover(entry, fetched.page, source=self._source)
        # A page that named nothing rightly, or only further sitemaps, must be read again in the next run.
        forget = bool(named.problem or named.sitemaps or self._run.backfill)
        self._ledger.flush(self._keyed(named.leads), forget=address if forget else None)
        return named, f"{url}: {named.problem}" if named.problem else None

    def _keyed(self, leads: tuple[Lead, ...]) -> list[KeyedLead]:
        """Leads with their keys; in a backfill those that the entry point dates to its day."""
        wanted = [lead for lead in leads if not self._run.backfill or _listed_on(lead, self._run)]
        keyed: list[KeyedLead] = []
        for lead in wanted:
            with suppress(ValueError):  # a port that is no number: there is nothing to ask
                keyed.append(KeyedLead(url_key(lead.url), lead))
        return keyed

    # Articles

    def read_articles(self) -> tuple[int, str | None]:
        """Ask the addresses that are due; (how many were asked, why it stopped early or None)."""
        with self._ledger.connection as connection:
            due = addresses.due_addresses(
                connection,
                self._run,
                self._source.slug,
                limit=self._source.crawl.pages,
                recent=self._desk.now() - RECENT,
            )
        asked, unanswered = 0, 0
        for address in due:
            fetched = self._fetch(address, Purpose.ARTICLE)
            asked += 1
            self._ledger.flush_when_due()
            unanswered = unanswered + 1 if fetched.outcome in NO_ANSWER else 0
            if unanswered >= PATIENCE or (fetched.outcome is Outcome.LIMITED and fetched.retry_after):
                self._ledger.flush()
                return asked, f"stopped after {asked} of {len(due)} articles: {fetched.note or fetched.outcome.value}"
        self._ledger.flush()
        return asked, None

    def _fetch(self, address: Address, purpose: Purpose) -> Fetched:
        fetched = self._client.fetch(
            address.url,
            purpose=purpose,
            delay=self._source.crawl.delay,
            user_agent=self._source.crawl.user_agent,
            etag=address.etag,
            last_modified=address.last_modified,
            known_sha256=address.sha256,
        )
        self._ledger.keep(fetched, address=address)
        return fetched


def _listed_on(lead: Lead, run: Run) -> bool:
    return lead.published_at is not None and _utc_date(lead.published_at) == run.day.isoformat()


def _utc_date(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - offset).date().isoformat()


@contextmanager
def _collector(desk: Desk, run: Run, source: SourceSpec) -> Iterator[tuple[Collector, Connection]]:
    name = f"{run.day.isoformat()}/{source.slug}-{uuid.uuid4().hex}"
    with desk.warehouse() as rows, desk.warehouse() as pace, desk.archive.writer(name) as writer:
        ledger = Ledger(run, source.slug, connection=rows, writer=writer)
        client = Client(
            Limits.from_settings(desk.settings),
            pace=politeness.WarehousePace(pace),
            robots=WarehouseRobots(pace),
            now=desk.now,
            on_robots=ledger.keep,
        )
        try:
            yield Collector(desk, source, ledger=ledger, client=client), rows
        finally:
            client.close()


def collect(desk: Desk, run: Run, slug: str) -> dict[str, int]:
    """Fetch one source; return {"leads", "fetched"}. A failing site is rows of outcomes, and no error."""
    source = desk.source(slug)
    with _collector(desk, run, source) as (collector, rows):
        with rows:
            runs.begin_source(rows, run, slug, state="fetching")
        leads, problem = collector.read_entries()
        fetched, stopped = collector.read_articles()
        with rows:
            note = "; ".join(part for part in (problem, stopped) if part) or None
            runs.note_source(rows, run, slug, note)
    return {"leads": leads, "fetched": fetched}
