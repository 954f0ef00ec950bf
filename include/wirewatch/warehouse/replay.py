"""What replay walks over: articles with the bytes they were read from, and pages that wait in quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirewatch.model import ArchiveRef, Article
from wirewatch.warehouse.connection import Connection, rows, run_many
from wirewatch.warehouse.fetches import Unread
from wirewatch.warehouse.load import published_values


@dataclass(frozen=True)
class Archived:
    """An article as it is kept, and the archived bytes that its current version was read from."""

    article_id: int
    version: int
    source: str
    canonical_url: str
    address_id: int
    fetch_id: int
    run_id: int  # of the fetch
    url: str  # the address that was asked
    seen_at: datetime  # UTC: when the bytes were fetched
    ref: ArchiveRef
    title: str
    body: str
    content_hash: str
    language: str | None
    authors: list[str]
    section: str | None
    image: str | None
    published_at: datetime | None  # UTC
    published_precision: str
    published_stated: str | None
    published_offset: int | None  # minutes east of UTC
    modified_at: datetime | None  # UTC
    canonical_stated: str | None
    reread_as: str | None


@dataclass(frozen=True)
class Span:
    """Which pages: of these sources (empty: all), fetched from ``since`` until before ``until`` (UTC; None: no end)."""

    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def values(self) -> dict[str, Any]:
        """For queries."""
        return {
            "sources": list(self.sources) or None,
            "since": self.since or "-infinity",
            "until": self.until or "infinity",
        }


@dataclass(frozen=True)
class Quarantined:
    """A page in quarantine."""

    quarantine_id: int
    page: Unread
    reason: str
    backfill: bool  # fetched by a backfill
    superseded: bool  # a later answer of its address was read as an article


def archived_articles(connection: Connection, span: Span, *, after: Archived | None, limit: int) -> list[Archived]:
    """The next articles of a span after one of them, in order of fetching."""
    values = span.values
    place = {
        "after_time": after.seen_at if after else values["since"],
        "after_id": after.article_id if after else 0,
    }
    return [_archived(found) for found in rows(connection, "archived_articles", {**values, **place, "limit": limit})]


def archived_article(connection: Connection, article_id: int) -> Archived | None:
    """One article; None when there is none of that id."""
    found = rows(connection, "archived_article", {"article_id": article_id})
    return _archived(found[0]) if found else None


def lock_articles(connection: Connection, article_ids: Iterable[int]) -> dict[int, int]:
    """Hold articles until the transaction ends: id → current version. Those that another process holds are left out."""
    found = rows(connection, "lock_articles", {"article_ids": list(article_ids)})
    return {item["article_id"]: item["version"] for item in found}


def store_fields(connection: Connection, articles: Iterable[tuple[int, Article]]) -> None:
    """(article id, what was read again): all that is no text, in place; the row is marked as re-read."""
    template = (
        "(%s, %s::text, %s::text[], %s::text, %s::text, %s::timestamptz, %s::text, %s::text, %s::integer,"
        " %s::timestamptz, %s::text)"
    )
    run_many(connection, "reread_fields", [_field_row(*item) for item in articles], template=template)


def flag_articles(connection: Connection, kinds: Iterable[tuple[int, str]]) -> None:
    """(article id, what its bytes are now): flagged, and otherwise left as they are."""
    run_many(connection, "flag_reread", list(kinds))


def quarantined_pages(
    connection: Connection, source: str, span: Span, *, after_id: int, limit: int
) -> list[Quarantined]:
    """The next open quarantine rows of a source, in order of their ids."""
    values = {**span.values, "source": source, "after_id": after_id, "limit": limit}
    return [_quarantined(found) for found in rows(connection, "quarantined_pages", values)]


def lock_quarantined(connection: Connection, quarantine_ids: Iterable[int]) -> set[int]:
    """Hold quarantine rows until the transaction ends; those that are resolved or held elsewhere are left out."""
    found = rows(connection, "lock_quarantined", {"quarantine_ids": list(quarantine_ids)})
    return {item["quarantine_id"] for item in found}


def resolve(connection: Connection, quarantine_ids: Sequence[int]) -> None:
    """Pages that are no longer in quarantine."""
    rows(connection, "resolve_quarantine", {"quarantine_ids": list(quarantine_ids)})


def _archived(found: dict[str, Any]) -> Archived:
    return Archived(ref=_ref(found), **found)


def _quarantined(found: dict[str, Any]) -> Quarantined:
    whole = {name: found.pop(name) for name in ("quarantine_id", "reason", "backfill", "superseded")}
    return Quarantined(page=Unread(ref=_ref(found), **found), **whole)


def _ref(found: dict[str, Any]) -> ArchiveRef:
    """Takes the place in the archive out of a row."""
    return ArchiveRef(
        path=found.pop("archive_path"),
        offset=found.pop("archive_offset"),
        length=found.pop("archive_length"),
        sha256=found.pop("sha256"),
    )


def _field_row(article_id: int, article: Article) -> tuple[object, ...]:
    return (
        article_id,
        article.language,
        list(article.authors),
        article.section,
        article.image,
        *published_values(article.published),
        article.modified.at if article.modified else None,
        article.canonical_url,
    )
