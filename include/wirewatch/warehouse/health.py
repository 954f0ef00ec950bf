"""What judging a source needs of the day, what it leaves for the next time, and the incidents made of it.

Reads the rows of one run and the signals of earlier ones; never the archive, never all articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from wirewatch.warehouse.connection import Connection, Row, row, rows, storable
from wirewatch.warehouse.runs import Run


def note_entry(
    connection: Connection, run: Run, source: str, *, keys: Sequence[str], problem: str | None = None
) -> None:
    """The entry point that was fetched last named these addresses (by key), or is not what it should be.

    Called after its fetch and its leads are stored, in the same transaction.
    """
    distinct = sorted({storable(key) or "" for key in keys})
    values = {"run_id": run.run_id, "source": source, "keys": distinct, "leads": len(distinct)}
    rows(connection, "note_entry", {**values, "problem": storable(problem)})


def entries(connection: Connection, run: Run, source: str) -> list[Row]:
    """Pages of entry points asked in a run, in order."""
    return rows(connection, "health_entries", {"run_id": run.run_id, "source": source})


def pages(connection: Connection, run: Run, source: str) -> list[Row]:
    """Article pages asked in a run, in order, with what they turned out to be."""
    return rows(connection, "health_pages", {"run_id": run.run_id, "source": source})


def texts(connection: Connection, run: Run, source: str, *, short: int) -> list[Row]:
    """Texts loaded from the pages of a run, new articles and new versions; with bodies up to ``short`` characters."""
    return rows(connection, "health_texts", {"run_id": run.run_id, "source": source, "short": short})


def newest_leads(connection: Connection, source: str) -> list[datetime]:
    """Times of the fifty newest articles a source has listed, newest first, by its own statement where there is one."""
    return [found["at"] for found in rows(connection, "newest_leads", {"source": source})]


def past_signals(connection: Connection, run: Run, source: str, *, after: datetime, now: datetime) -> list[Row]:
    """Signals of other runs between two times, oldest first."""
    return rows(connection, "past_signals", {"run_id": run.run_id, "source": source, "after": after, "now": now})


def store_signal(
    connection: Connection, run: Run, source: str, *, values: Mapping[str, Any], figures: object, usual: object
) -> None:
    """Keep how a source was judged. ``values``: judged_at, state, sign, reason, since."""
    plain = {**values, "reason": storable(values["reason"])}
    stored = {"run_id": run.run_id, "source": source, "figures": Json(figures), "usual": Json(usual)}
    rows(connection, "store_signal", {**plain, **stored})


def source_health(connection: Connection, *, country: str | None = None, kind: str | None = None) -> list[Row]:
    """How each source stands, by slug."""
    return rows(connection, "source_health", {"country": country, "kind": kind})


def lock(connection: Connection) -> None:
    """Until the transaction ends no other worker changes incidents."""
    rows(connection, "lock_incidents")


def run_signals(connection: Connection, run: Run) -> list[Row]:
    """How the sources of a run were judged, by slug."""
    return rows(connection, "run_signals", {"run_id": run.run_id})


def latest_incidents(connection: Connection, sources: Iterable[str]) -> list[Row]:
    """The latest incident of each source that had one."""
    return rows(connection, "latest_incidents", {"sources": list(sources)})


def open_incident(connection: Connection, signal: Mapping[str, Any], *, now: datetime) -> int:
    """A source begins to fail; the incident's id."""
    values = {name: signal[name] for name in ("source", "state", "sign", "reason")}
    return int(row(connection, "open_incident", {**values, "opened_at": signal["since"], "now": now})["incident_id"])


def see_incident(connection: Connection, incident_id: int, signal: Mapping[str, Any], *, now: datetime) -> None:
    """A source still fails, or again."""
    values = {name: signal[name] for name in ("state", "sign", "reason")}
    rows(connection, "see_incident", {**values, "incident_id": incident_id, "now": now})


def close_incident(connection: Connection, incident_id: int, *, now: datetime) -> None:
    """A source is fine again."""
    rows(connection, "close_incident", {"incident_id": incident_id, "now": now})


def retire_incidents(connection: Connection, sources: Iterable[str], *, now: datetime) -> None:
    """Close incidents of all sources but these."""
    rows(connection, "retire_incidents", {"sources": list(sources), "now": now})


def open_incidents(connection: Connection) -> int:
    """How many sources fail."""
    return int(row(connection, "open_incidents")["incidents"])


def store_notice(
    connection: Connection, *, message_id: str, recipient: str, subject: str, lines: Sequence[str], now: datetime
) -> int:
    """A mail to the operator, to be sent; its id."""
    texts = [storable(line) for line in lines]
    values = {"message_id": message_id, "recipient": recipient, "subject": storable(subject), "lines": texts}
    return int(row(connection, "store_notice", {**values, "now": now})["notice_id"])


def tell_incidents(connection: Connection, notice_id: int, *, failing: Sequence[int], recovered: Sequence[int]) -> None:
    """These incidents are told by that mail: that they began, or that they are over."""
    rows(
        connection,
        "tell_incidents",
        {"notice_id": notice_id, "failing": list(failing), "recovered": list(recovered)},
    )


def waiting_notices(connection: Connection) -> int:
    """How many mails to the operator are not sent yet."""
    return int(row(connection, "waiting_notices")["notices"])


def notice_state(connection: Connection) -> dict[str, Row]:
    """Mails to the operator by state: their number, the next try and the last error."""
    return {found.pop("state"): found for found in rows(connection, "notice_state")}


def claim_notice(connection: Connection, *, now: datetime, after: int) -> Row | None:
    """The next due mail to the operator with an id above ``after``, held until the transaction ends."""
    found = rows(connection, "claim_notice", {"now": now, "after": after})
    return found[0] if found else None


def settle_notice(
    connection: Connection,
    notice_id: int,
    *,
    state: str,
    now: datetime,
    next_attempt_at: datetime | None = None,
    error: str | None = None,
) -> None:
    """A try has ended: sent, quarantined, or pending until ``next_attempt_at``."""
    values = {"notice_id": notice_id, "state": state, "error": error, "now": now}
    rows(connection, "settle_notice", {**values, "next_attempt_at": next_attempt_at or now})
