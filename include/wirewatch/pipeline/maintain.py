"""Housekeeping: bulk goes in time, evidence never, planner statistics are renewed.

Dropped are rows of fetches that nothing leads back to, rechecks that are done, what only comparing needs of texts too
old to be compared, and figures of old runs. Each batch is a transaction, and the walk remembers its place in it:
housekeeping may be ended anywhere, and goes on there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from wirewatch.health.judge import HISTORY
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.signed_again import COMPARED
from wirewatch.warehouse import retention, stories
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.retention import Batch, Prune

AT_ONCE = 2000
"""Rows looked at in one transaction."""

AGAIN = timedelta(days=30)
"""Between the beginnings of two passes over everything old: what was evidence then, and is not now, goes then."""

LEAST_FETCHES = timedelta(days=30)
"""Whatever is set. Health and rechecks read the fetches of the last days."""

LEAST_TEXTS = 2 * COMPARED
"""Whatever is set: what comes in today, and is no older than texts are compared, never meets a dropped signature.
Older things (a backfill, an archive that is read again) have signatures made anew: ``signed_again``."""

LONGEST = 36_500
"""Days; more is for ever."""


@dataclass(frozen=True)
class Horizons:
    """Moments (UTC) before which rows are dropped."""

    fetches: datetime
    texts: datetime
    signals: datetime


def horizons(now: datetime, retention_days: int) -> Horizons:
    """The setting → the moments; nothing that is still needed is older than any of them."""
    wanted = timedelta(days=min(retention_days, LONGEST))
    return Horizons(
        fetches=now - max(wanted, LEAST_FETCHES),
        texts=now - max(wanted, LEAST_TEXTS),
        signals=now - max(wanted, HISTORY),
    )


def maintain(desk: Desk) -> dict[str, int]:
    """Drop what is older than the retention; return how many rows were dropped of each kind.

    {"fetches", "rechecks", "signatures", "evidence", "signals"}
    """
    now = desk.now()
    before = horizons(now, desk.settings.retention_days)
    with desk.warehouse() as connection:

        def walk(what: str, prune: Prune, until: datetime) -> int:
            return _walk(connection, what, prune, before=until, now=now)

        dropped = {
            "fetches": walk("fetches", retention.prune_fetches, before.fetches),
            "rechecks": walk("rechecks", retention.prune_rechecks, before.fetches),
            "signatures": walk("signatures", _signatures, before.texts),
            "evidence": _empty(connection, partial(retention.prune_evidence, before=before.texts.date())),
            "signals": _empty(connection, partial(retention.prune_signals, before=before.signals)),
        }
        connection.autocommit = True
        retention.analyse(connection)
    return dropped


def _signatures(connection: Connection, *, before: datetime, after: int, limit: int) -> Batch:
    """Under the lock, so that nobody makes signatures anew between the look at what is due and the drop."""
    stories.lock(connection)
    return retention.prune_signatures(connection, before=before, after=after, limit=limit)


def _walk(connection: Connection, what: str, prune: Prune, *, before: datetime, now: datetime) -> int:
    with connection:
        after = retention.place(connection, what, now=now, again=AGAIN)
    dropped = 0
    while True:
        with connection:
            batch = prune(connection, before=before, after=after, limit=AT_ONCE)
            if batch.upto is None:
                return dropped
            retention.mark(connection, what, batch.upto)
        dropped, after = dropped + batch.dropped, batch.upto


def _empty(connection: Connection, prune: Callable[..., int]) -> int:
    dropped = 0
    while True:
        with connection:
            gone = prune(connection, limit=AT_ONCE)
        if not gone:
            return dropped
        dropped += gone
