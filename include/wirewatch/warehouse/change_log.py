"""What changed in articles, read for people: the log of changes, and an article's versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from wirewatch.model import Mention
from wirewatch.warehouse.connection import Connection, Row, rows


def recent_changes(
    connection: Connection,
    *,
    since: datetime,
    source: str | None = None,
    concept: str | None = None,
    kind: str | None = None,
) -> list[Row]:
    """Changes seen since then, newest first, each with its article's source, title and address."""
    return rows(connection, "recent_changes", {"since": since, "source": source, "concept": concept, "kind": kind})


def find_articles(connection: Connection, *, article_id: int | None = None, key: str | None = None) -> list[Row]:
    """Articles by id, or by the key of an address (``canonical.url_key``): two sources may have the same page."""
    return rows(connection, "find_articles", {"article_id": article_id, "key": key})


def article_versions(connection: Connection, article_id: int) -> list[Row]:
    """Every text that an article has had, the first one first."""
    return rows(connection, "article_versions", {"article_id": article_id})


def version_mentions(
    connection: Connection, article_id: int, versions: Sequence[int]
) -> dict[int, tuple[Mention, ...]]:
    """Version → the concepts found in it."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for item in rows(connection, "version_mentions", {"article_id": article_id, "versions": list(versions)}):
        mention = Mention(item["concept"], item["field"], item["start_at"], item["end_at"], item["surface"])
        found[item["version"]].append(mention)
    return {version: tuple(found[version]) for version in versions}
