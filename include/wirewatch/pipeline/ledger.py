"""The order that loses nothing: a response is appended to the archive, made durable there, and only then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wirewatch.fetch.archive import ArchiveWriter
from wirewatch.model import ArchiveRef, Fetched, Outcome, Purpose
from wirewatch.warehouse import addresses, fetches, runs
from wirewatch.warehouse.addresses import Address, KeyedLead
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.runs import Counts, Run


@dataclass(frozen=True)
class _Entry:
    """A fetch that waits for its row."""

    fetched: Fetched
    address: Address | None  # None: robots.txt, asked on the way
    ref: ArchiveRef | None


class Ledger:
    """Keeps the fetches of one source in one run."""

    def __init__(self, run: Run, source: str, *, connection: Connection, writer: ArchiveWriter) -> None:
        self.run = run
        self.connection = connection
        self._source = source
        self._writer = writer
        self._waiting: list[_Entry] = []

    def keep(self, fetched: Fetched, *, address: Address | None = None) -> None:
        """Archive a response; its row is written by the next flush. The same bytes as before are not archived twice."""
        ref = None
        if fetched.page is not None and fetched.outcome is not Outcome.UNCHANGED:
            ref = self._writer.append(fetched.page)
        self._waiting.append(_Entry(fetched, address, ref))

    def flush_when_due(self) -> None:
        """Flush when the archive's batch is full: on a folder after each record, on an object store after some."""
        if len(self._waiting) >= self._writer.batch:
            self.flush()

    def flush(self, leads: Sequence[KeyedLead] = (), *, forget: Address | None = None) -> None:
        """Make the archive durable; then, in one transaction, the rows of what waits and the leads it named.

        Validators and leads are stored together: were they not, a run that dies between the two would get a 304
        the next time and never learn of those leads. ``forget`` drops an entry point's validators.
        """
        self._writer.flush()
        with self.connection as connection:
            for entry in self._waiting:
                address_id = entry.address.address_id if entry.address else None
                fetches.store_fetch(
                    connection, self.run, self._source, entry.fetched, address_id=address_id, ref=entry.ref
                )
            addresses.store_leads(connection, self.run, self._source, leads)
            if forget:
                addresses.forget_entry(connection, forget.address_id)
            articles = sum(entry.fetched.purpose is Purpose.ARTICLE for entry in self._waiting)
            counts = Counts(leads=len(leads), fetched=articles)
            runs.count_source(connection, self.run, self._source, counts)
        self._waiting.clear()
