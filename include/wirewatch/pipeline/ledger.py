"""The order that loses nothing: a response is appended to the archive, made durable there, and only then recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from wirewatch.fetch.archive import ArchiveWriter
from wirewatch.model import Fetched, Outcome, Purpose
from wirewatch.pipeline.listed_titles import note_titles
from wirewatch.warehouse import addresses, fetches, health, runs
from wirewatch.warehouse.addresses import Address, KeyedLead
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.fetches import Kept
from wirewatch.warehouse.runs import Counts, Run

MOST_WAITING = 25
"""Fetches that wait for their rows at the most."""

LONGEST_WAIT = 1.0
"""Seconds after which what waits is recorded at the next fetch. A site that is asked every two seconds has each of its
pages recorded at once; of one that is asked faster, a worker that dies takes no more than this with it, to be fetched
again. The bytes are in the archive either way."""


class Ledger:
    """Keeps the fetches of one source in one run."""

    def __init__(
        self,
        run: Run,
        source: str,
        *,
        connection: Connection,
        writer: ArchiveWriter,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run = run
        self.connection = connection
        self._source = source
        self._writer = writer
        self._clock = clock
        self._flushed = clock()
        self._waiting: list[Kept] = []

    def keep(self, fetched: Fetched, *, address: Address | None = None) -> None:
        """Archive a response; its row is written by the next flush. The same bytes as before are not archived twice."""
        ref = None
        if fetched.page is not None:
            if fetched.outcome is not Outcome.UNCHANGED:
                ref = self._writer.append(fetched.page)
            fetched = replace(fetched, page=replace(fetched.page, body=b""))  # not held in memory until the flush
        self._waiting.append(Kept(fetched, address.address_id if address else None, ref))

    def flush_when_due(self) -> None:
        """Flush when enough waits, or for long enough; on an object store, where it is an upload, by number only."""
        most = max(self._writer.batch, MOST_WAITING)
        is_late = self._writer.batch == 1 and self._clock() - self._flushed >= LONGEST_WAIT
        if len(self._waiting) >= most or is_late:
            self.flush()

    def flush(
        self,
        leads: Sequence[KeyedLead] = (),
        *,
        entry: str | None = None,
        forget: Address | None = None,
        problem: str | None = None,
    ) -> None:
        """Make the archive durable; then, in one transaction, the rows of what waits and the leads it named.

        Validators and leads are stored together: were they not, a run that dies between the two would get a 304
        the next time and never learn of those leads. ``entry`` is the key under which the
        entry point's titles are kept; ``forget`` drops its validators; ``problem`` says why its page is not what it
        promises.
        """
        self._writer.flush()
        with self.connection as connection:
            fetches.store_fetches(connection, self.run, self._source, self._waiting)
            if entry:
                note_titles(connection, self.run, self._source, leads, entry=entry)
            addresses.store_leads(connection, self.run, self._source, leads, entry=entry)
            if any(kept.fetched.purpose is Purpose.ENTRY for kept in self._waiting):
                keys = [item.key for item in leads]
                health.note_entry(connection, self.run, self._source, keys=keys, problem=problem)
            if forget:
                addresses.forget_entry(connection, forget.address_id)
            articles = sum(kept.fetched.purpose is Purpose.ARTICLE for kept in self._waiting)
            counts = Counts(leads=len(leads), fetched=articles)
            runs.count_source(connection, self.run, self._source, counts)
        self._waiting.clear()
        self._flushed = self._clock()
