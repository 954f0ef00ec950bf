"""Signatures that housekeeping has dropped are made again where an old text comes to be compared.

A backfill, an archive that is read again, a page that a site lists years late: such a text is compared with those of
its own time, and for that they need their signatures. What comes in on time never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wirewatch.dedup.lineage import WINDOW
from wirewatch.dedup.signatures import METHOD, signatures
from wirewatch.warehouse import retention, stories
from wirewatch.warehouse.connection import Connection

COMPARED = WINDOW + timedelta(days=2)
"""Between two texts that may be compared; of what pages state in days, either end may lie a day off."""

AT_ONCE = 500
"""Texts signed in one transaction."""


def sign_again(connection: Connection, *, now: datetime) -> int:
    """Sign every text that a due one older than ``COMPARED`` may be a copy of; return how many had no signature.

    To be called once what is due is known to the warehouse: from then on until it has its place, nothing is dropped.
    """
    with connection:
        due = retention.old_due_days(connection, before=now - COMPARED)
    return sum(_sign_day(connection, day) for day in _days_around(due))


def _days_around(due: Iterable[date]) -> list[date]:
    apart = range(-COMPARED.days, COMPARED.days + 1)
    return sorted({day + timedelta(days=days) for day in due for days in apart})


def _sign_day(connection: Connection, day: date) -> int:
    with connection:
        stories.lock(connection)  # what is just being dropped must count as missing
        missing = retention.unsigned_texts(connection, day)
    for start in range(0, len(missing), AT_ONCE):
        with connection:
            bodies = stories.text_bodies(connection, missing[start : start + AT_ONCE])
            made = signatures(list(bodies.values()))
            stories.store_signatures(connection, METHOD, dict(zip(bodies, made, strict=True)))
    return len(missing)
