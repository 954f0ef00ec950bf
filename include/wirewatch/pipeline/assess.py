"""The end of reading a source: the figures of its day, judged against its own history and its file.

The judgement itself is in health/ and touches nothing; here it meets the rows of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wirewatch.health.figures import EntryFetch, Figures, PageFetch, Text, gather
from wirewatch.health.judge import HISTORY, Judgement, Standing, judge_source
from wirewatch.health.signs import Sign
from wirewatch.health.usual import Past
from wirewatch.model import ArchiveRef, Health, Kind, Outcome
from wirewatch.parse.truncated import looks_truncated
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.reading import read_archived
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import addresses, health, runs
from wirewatch.warehouse.connection import Connection, Row
from wirewatch.warehouse.runs import Run

SHORT = 600
"""Characters of a body that may be a teaser; longer ones are not looked at."""


def assess(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection) -> Row:
    """Judge a source, keep the judgement and its figures, and mark the source as done in this run.

    Returns how the run stood with it before: its counts (``new``, ``changed``, ``same`` …), which are not changed here.
    """
    with connection:
        now = desk.now()
        state: Health | None
        done = next(found for found in runs.run_sources(connection, run.run_id) if found["source"] == source.slug)
        figures = _figures(desk, run, source, done, connection=connection)
        past, before = _history(connection, run, source, now=now)
        if figures.entries:
            judged = _judge(connection, source, figures, past, before, now=now)
            if not run.backfill:
                _store(connection, run, source, judged, figures=figures, now=now)
            state, reason = judged.state, judged.reason
        else:
            # Outside its hours a source is not asked: what it was it still is, and no incident begins or ends.
            state, reason = None, None
        note = _note(reason, done["note"], waiting=addresses.waiting_addresses(connection, source.slug))
        runs.finish_source(connection, run, source.slug, health=state, note=note)
    return done


def _judge(
    connection: Connection,
    source: SourceSpec,
    figures: Figures,
    past: Sequence[Past],
    before: Standing | None,
    *,
    now: datetime,
) -> Judgement:
    leads = health.newest_leads(connection, source.slug)
    return judge_source(figures, past=past, before=before, source=source, now=now, leads=leads)


def _figures(desk: Desk, run: Run, source: SourceSpec, done: dict[str, Any], *, connection: Connection) -> Figures:
    return gather(
        source,
        day=run.day,
        entries=[_entry(desk, source, found) for found in health.entries(connection, run, source.slug)],
        pages=[
            PageFetch(**{**found, "outcome": Outcome(found["outcome"])})
            for found in health.pages(connection, run, source.slug)
        ],
        texts=[_text(**found) for found in health.texts(connection, run, source.slug, short=SHORT)],
        new=done["new"],
        changed=done["changed"],
    )


def _text(*, title: str, length: int, short: str | None, language: str | None, fields: list[str]) -> Text:
    return Text(title, length, looks_truncated(short or ""), language, frozenset(fields))


def _entry(desk: Desk, source: SourceSpec, found: dict[str, Any]) -> EntryFetch:
    """An entry point's page; when it named nothing it is read as a page, for it may be a wall."""
    place = (found.pop("archive_path"), found.pop("archive_offset"), found.pop("archive_length"), found.pop("sha256"))
    fetch = EntryFetch(**{**found, "outcome": Outcome(found["outcome"])})
    if fetch.outcome is not Outcome.NEW or fetch.leads or place[0] is None:
        return fetch
    reading = read_archived(desk, source, ref=ArchiveRef(*place), url=fetch.url).reading
    wall = reading.note if reading and reading.kind is Kind.BLOCKED else None
    return EntryFetch(**{**found, "outcome": fetch.outcome, "wall": wall})


def _history(
    connection: Connection, run: Run, source: SourceSpec, *, now: datetime
) -> tuple[list[Past], Standing | None]:
    """Earlier runs, and how the source stood after the last of them. A backfill is judged by itself."""
    if run.backfill:
        return [], None
    found = health.past_signals(connection, run, source.slug, after=now - HISTORY, now=now)
    past = [Past(item["judged_at"], Health(item["state"]), Figures.from_json(item["figures"])) for item in found]
    if not found:
        return past, None
    last = found[-1]
    sign = Sign(last["sign"]) if last["sign"] else None
    return past, Standing(Health(last["state"]), sign, last["reason"], last["since"])


def _store(
    connection: Connection, run: Run, source: SourceSpec, judged: Judgement, *, figures: Figures, now: datetime
) -> None:
    values = {
        "judged_at": now,
        "state": judged.state.value,
        "sign": judged.sign.value if judged.sign else None,
        "reason": judged.reason,
        "since": judged.since,
    }
    health.store_signal(connection, run, source.slug, values=values, figures=figures.to_json(), usual=judged.usual)


def _note(reason: str | None, noted: str | None, *, waiting: int) -> str | None:
    """What the run says of a source: why it is judged so, what else its fetching noted, what is left."""
    parts = [reason] if reason else []
    parts += [part for part in (noted or "").split("; ") if part and part not in (reason or "")]
    parts += [f"{waiting} addresses wait for the next run"] if waiting else []
    return "; ".join(dict.fromkeys(parts)) or None
