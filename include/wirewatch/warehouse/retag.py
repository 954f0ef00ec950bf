"""Tagging history again: which articles, how far it has come, and the mentions to put and to drop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirewatch.model import Attribute, Mention
from wirewatch.warehouse.connection import Connection, row, rows, run_many
from wirewatch.warehouse.load import mention_values

_PUT = "(%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"


@dataclass(frozen=True)
class Tagged:
    """The current version of an article, and the mentions that the warehouse has of the concepts concerned."""

    article_id: int
    version: int
    title: str
    body: str
    language: str | None
    country: str  # of the source
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Progress:
    """How far a retag has come, over all its starts."""

    last_article_id: int  # all up to it are done
    articles: int
    added: int
    removed: int
    altered: int  # same place, other end, surface, name or attributes


@dataclass(frozen=True)
class Edit:
    """What differs in one article."""

    article: Tagged
    put: tuple[Mention, ...] = ()
    drop: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class History:
    """What the warehouse knows of a concept's file."""

    active: bool
    history_hash: str | None  # fingerprint by which every current version is tagged; None: several, or unknown
    retagged_at: datetime | None  # UTC


def lock(connection: Connection) -> bool:
    """Whether this connection may tag history again: one at a time may, until it closes."""
    return bool(row(connection, "lock_retag")["held"])


def open_retag(connection: Connection, retag_key: str, *, concepts: Iterable[str], since: datetime | None) -> Progress:
    """Begin, or go on with what was broken off."""
    values = {"retag_key": retag_key, "concepts": sorted(concepts), "since": since}
    return Progress(**row(connection, "open_retag", values))


def count_articles(connection: Connection, *, since: datetime | None, after: int) -> int:
    """Articles to come after an id."""
    return int(row(connection, "count_retag", {"since": since, "after": after})["articles"])


def articles(
    connection: Connection, *, concepts: Iterable[str], since: datetime | None, after: int, limit: int
) -> list[Tagged]:
    """The next articles in order of their ids."""
    values = {"concepts": sorted(concepts), "since": since, "after": after, "limit": limit}
    return [
        Tagged(**{**found, "mentions": tuple(_mention(*each) for each in found["mentions"])})
        for found in rows(connection, "retag_articles", values)
    ]


def store(connection: Connection, edits: Iterable[Edit]) -> None:
    """Put and drop mentions in the caller's transaction."""
    edits = list(edits)
    gone = [
        (edit.article.article_id, edit.article.version, each.concept, each.field, each.start)
        for edit in edits
        for each in edit.drop
    ]
    new = [
        (edit.article.article_id, edit.article.version, *mention_values(each)) for edit in edits for each in edit.put
    ]
    run_many(connection, "drop_mentions", gone)
    run_many(connection, "put_mentions", new, template=_PUT)


def advance(connection: Connection, retag_key: str, progress: Progress) -> None:
    """Add a batch's figures, and remember its last article."""
    rows(connection, "advance_retag", {"retag_key": retag_key, **progress.__dict__})


def close_retag(connection: Connection, retag_key: str) -> None:
    """It has come to the end."""
    rows(connection, "close_retag", {"retag_key": retag_key})


def settle_history(connection: Connection, concepts: Mapping[str, tuple[str, str]]) -> set[str]:
    """id → (label, fingerprint) of concepts whose history is tagged now; return those that this can't be said of.

    A run that is under way and began with another file may still store articles tagged by that one.
    """
    values = [(name, label, fingerprint) for name, (label, fingerprint) in sorted(concepts.items())]
    found = run_many(connection, "settle_history", values)
    return {item["id"] for item in found if item["history_hash"] != concepts[item["id"]][1]}


def histories(connection: Connection) -> dict[str, History]:
    """By concept id."""
    return {
        found["id"]: History(found["active"], found["history_hash"], found["retagged_at"])
        for found in rows(connection, "concept_history")
    }


def name_counts(connection: Connection) -> dict[tuple[str, str], int]:
    """(concept, name in its file) → mentions in all versions of all articles, where they are stated or implied."""
    return {(found["concept"], found["name"]): found["mentions"] for found in rows(connection, "name_counts")}


def _mention(
    concept: str, field: str, start: int, end: int, surface: str, name: str, attributes: list[dict[str, Any]] | None
) -> Mention:
    return Mention(concept, field, start, end, surface, name, tuple(Attribute(**each) for each in attributes or ()))
