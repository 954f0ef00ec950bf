"""Whether known articles are still there: what each answer said, and what is remembered of those that are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirewatch.model import Absence
from wirewatch.warehouse.connection import Connection, row, rows, run_many
from wirewatch.warehouse.runs import Run


@dataclass(frozen=True)
class Known:
    """The current text of the article that an address owns."""

    address_id: int
    article_id: int
    title: str
    body: str


@dataclass(frozen=True)
class Sighting:
    """How a known article answered last in a run."""

    article_id: int
    version: int  # the current one
    gone_at: datetime | None  # set: it was withdrawn
    fetch_id: int
    fetched_at: datetime  # UTC
    presence: str  # there, silent or a form of absence
    first_seen_at: datetime | None  # when an absence that is not over was first seen; None: there is none
    first_run: int | None  # the run that saw it
    confirmed_at: datetime | None
    elsewhere: bool  # its text stands at another address of its source


@dataclass(frozen=True)
class Absent:
    """An article that was not there."""

    article_id: int
    absence: Absence
    seen_at: datetime  # UTC
    fetch_id: int


def known_texts(connection: Connection, source: str, address_ids: Collection[int]) -> dict[int, Known]:
    """The articles that addresses own, by address."""
    values = {"source": source, "address_ids": list(address_ids)}
    return {found["address_id"]: Known(**found) for found in rows(connection, "address_articles", values)}


def unjudged(connection: Connection, run: Run, source: str) -> list[dict[str, Any]]:
    """Answers of known articles in a run that brought no page to read, and are not judged yet."""
    return rows(connection, "unjudged_fetches", {"run_id": run.run_id, "source": source})


def mark_presence(connection: Connection, marks: Iterable[tuple[int, str]]) -> None:
    """(fetch id, there, silent or a form of absence)."""
    run_many(connection, "mark_presence", list(marks))


def sightings(connection: Connection, run: Run, source: str) -> list[Sighting]:
    """How each known article answered last in a run; without those that a later run has asked."""
    return [Sighting(**found) for found in rows(connection, "sightings", {"run_id": run.run_id, "source": source})]


def new_articles(connection: Connection, run: Run, source: str) -> int:
    """Articles that were read in a run for the first time: they show that the site answers."""
    return int(row(connection, "new_articles_there", {"run_id": run.run_id, "source": source})["there"])


def suspect(connection: Connection, run: Run, suspected: Iterable[Absent]) -> None:
    """Absences seen for the first time, or seen again without being confirmed: of these the first stays."""
    values = [(each.article_id, each.absence.value, each.seen_at, each.fetch_id, run.run_id) for each in suspected]
    run_many(connection, "suspect_absence", values)


def confirm(connection: Connection, withdrawn: Iterable[Absent]) -> None:
    """Absences that a second run has found: the articles are withdrawn."""
    values = [(each.article_id, each.absence.value, each.seen_at, each.fetch_id) for each in withdrawn]
    run_many(connection, "confirm_absence", values, template="(%s, %s, %s::timestamptz, %s)")


def end_absences(connection: Connection, article_ids: Collection[int]) -> None:
    """Articles that are there, suspected or withdrawn before."""
    rows(connection, "end_absence", {"article_ids": sorted(article_ids)})


def lock(connection: Connection, source: str) -> None:
    """Be the only one who judges a source's articles until the transaction ends."""
    rows(connection, "lock_reading", {"source": source})
