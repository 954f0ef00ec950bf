"""Fetch a source: its entry points, then the articles they name. Every response is archived before it is recorded.

Decisions that touch nothing are in fetch/ and health/; here they meet the network, the archive and the warehouse.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from wirewatch.dedup.canonical import url_key
from wirewatch.fetch.client import Client, Limits
from wirewatch.fetch.discover import Discovery, discover, trouble_of
from wirewatch.fetch.robots import StoredRobots
from wirewatch.fetch.walk import Walk, days_asked, names_its_day, of_the_day
from wirewatch.model import Fetched, Lead, Outcome, Purpose
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.ledger import Ledger
from wirewatch.pipeline.listed_titles import entry_key
from wirewatch.sources import Entry, SourceSpec
from wirewatch.warehouse import addresses, politeness, runs
from wirewatch.warehouse.addresses import Address, KeyedLead
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.runs import Run

RECENT = timedelta(days=3)
"""Articles seen first within this time are asked again once a day, for edits and withdrawals."""

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
        self._of_day: set[str] = set()  # keys of what the archive lists for a backfill's day

    # Entry points

    def read_entries(self) -> tuple[int, str | None]:
        """Ask every entry point and store what it names; (leads, the last problem in one sentence).

        A backfill asks the archive of its day too.
        """
        archive = self._source.archive if self._run.backfill else ()
        seen = [self._read_entry(entry) for entry in (*archive, *self._source.entries)]
        return sum(leads for leads, _ in seen), next((problem for _, problem in reversed(seen) if problem), None)

    def _read_entry(self, entry: Entry) -> tuple[int, str | None]:
        days = days_asked(
            entry, day=self._run.day, backfill=self._run.backfill, now=self._desk.now(), zone=self._source.zone
        )
        walks = [self._walk(entry, day) for day in days]
        leads, problem = sum(leads for leads, _ in walks), walks[0][1]
        if len(walks) > 1:
            # Today's page may not be there yet, or hold nothing: it is wrong only if yesterday's is wrong too.
            problem = walks[1][1] and problem
        return leads, problem

    def _walk(self, entry: Entry, day: date) -> tuple[int, str | None]:
        """One entry point on one day, with its further pages and nested sitemaps."""
        walk = Walk(entry, day=day, backfill=self._run.backfill)
        leads, problem = 0, None
        while url := walk.next_address():
            named, trouble = self._ask_entry(entry, url, day)
            leads += len(named.leads)
            wrong_way = walk.took(named, go_on=self._may_go_on(named.leads, walk.following(named)))
            problem = trouble or (f"{url}: {wrong_way}" if wrong_way else None) or problem
        return leads, problem

    def _may_go_on(self, leads: tuple[Lead, ...], following: str | None) -> bool:
        """Whether a page named what was never asked yet, so that the page after it may too.

        Also when that page answered badly the last time: what it named then is still missing.
        """
        if following is None or self._run.backfill:
            return following is not None
        keys = {item.key for item in _with_keys(leads)}
        with self._ledger.connection as connection:
            if keys - addresses.asked_articles(connection, self._source.slug, keys):
                return True
            return addresses.entry_failed(connection, self._source.slug, key=url_key(following))

    def _ask_entry(self, entry: Entry, url: str, day: date) -> tuple[Discovery, str | None]:
        with self._ledger.connection as connection:
            address = addresses.entry_address(connection, self._run, self._source.slug, url=url, key=url_key(url))
        if self._run.backfill:
            # It takes one day's leads only: the validators of a daily run must neither hide the others nor be set.
            address = replace(address, etag=None, last_modified=None, sha256=None)
        if entry.pages > 1:
            # Asked whole, since an unchanged page still says where it goes on; its bytes are not archived twice.
            address = replace(address, etag=None, last_modified=None)
        fetched = self._fetch(address, Purpose.ENTRY)
        is_known = fetched.outcome is Outcome.UNCHANGED
        if fetched.page is None or not (fetched.outcome is Outcome.NEW or (is_known and entry.pages > 1)):
            self._ledger.flush()
            return Discovery(()), None if is_known else trouble_of(fetched)
        named = self._of_the_day(entry, discover(entry, fetched.page, source=self._source), day)
        # A page that named nothing rightly, or only further sitemaps, must be read again in the next run.
        forget = bool(named.problem or named.sitemaps or self._run.backfill)
        self._ledger.flush(
            self._keyed(entry, named.leads, day),
            entry=entry_key(entry),
            forget=address if forget else None,
            problem=named.problem,
        )
        return named, f"{url}: {named.problem}" if named.problem else None

    def _of_the_day(self, entry: Entry, named: Discovery, day: date) -> Discovery:
        """In a backfill, what a day's own page names without those that state another day; else all of it."""
        if not (self._run.backfill and entry.reaches_back and names_its_day(entry, day)):
            return named
        kept = tuple(lead for lead in named.leads if of_the_day(lead, day, zone=self._source.zone))
        if named.leads and not kept:
            return replace(named, leads=(), problem=f"none of the {len(named.leads)} addresses is of {day}")
        return replace(named, leads=kept)

    def _keyed(self, entry: Entry, leads: tuple[Lead, ...], day: date) -> list[KeyedLead]:
        """Leads with their keys; in a backfill those of its day: by their own time, or because the day's page has them.

        The latter are remembered: of those that state no time, nothing else tells that they are due in this run.
        """
        if not self._run.backfill:
            return _with_keys(leads)
        if entry.reaches_back and names_its_day(entry, day):
            keyed = _with_keys(leads)
            self._of_day.update(item.key for item in keyed)
            return keyed
        return _with_keys(lead for lead in leads if _listed_on(lead, self._run))

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
                of_day=self._of_day,
            )
        return self.ask_articles(due)

    def ask_articles(self, due: Sequence[Address]) -> tuple[int, str | None]:
        """Ask these addresses in order, while the source answers and within its hours; as ``read_articles``."""
        asked, unanswered = 0, 0
        for address in due:
            if closed := self._source.closed_at(self._desk.now()):
                self._ledger.flush()
                return asked, f"stopped after {asked} of {len(due)} articles: {closed}"
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


def _with_keys(leads: Iterable[Lead]) -> list[KeyedLead]:
    keyed: list[KeyedLead] = []
    for lead in leads:
        with suppress(ValueError):  # a port that is no number: there is nothing to ask
            keyed.append(KeyedLead(url_key(lead.url), lead))
    return keyed


def _listed_on(lead: Lead, run: Run) -> bool:
    return lead.published_at is not None and _utc_date(lead.published_at) == run.day.isoformat()


def _utc_date(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - offset).date().isoformat()


@contextmanager
def collecting(desk: Desk, run: Run, source: SourceSpec) -> Iterator[tuple[Collector, Connection]]:
    """What asks a source in a run, and its connection to the warehouse."""
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
    """Fetch one source; return {"leads", "fetched"}. A failing site is rows of outcomes, and no error.

    Outside its hours a source is not asked at all: the run notes that, and ``read`` does not judge it.
    """
    source = desk.source(slug)
    if closed := source.closed_at(desk.now()):
        with desk.warehouse() as rows, rows:
            runs.begin_source(rows, run, slug, state="fetching")
            runs.note_source(rows, run, slug, closed)
        return {"leads": 0, "fetched": 0}
    with collecting(desk, run, source) as (collector, rows):
        with rows:
            runs.begin_source(rows, run, slug, state="fetching")
        leads, problem = collector.read_entries()
        fetched, stopped = collector.read_articles()
        with rows:
            note = "; ".join(part for part in (problem, stopped) if part) or None
            runs.note_source(rows, run, slug, note)
    return {"leads": leads, "fetched": fetched}
