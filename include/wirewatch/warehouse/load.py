"""Articles and their mentions → rows, a batch in one transaction: COPY into temporary tables, then ON CONFLICT."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from psycopg2 import sql as compose

from wirewatch.model import Article, Mention, Precision, Published
from wirewatch.warehouse.connection import Connection, records, rows, sql

ARTICLE_COLUMNS = (
    "canonical_url", "url", "address_id", "fetch_id", "run_id", "title", "body", "language", "authors", "section",
    "image", "published_at", "published_precision", "published_stated", "published_offset", "content_hash",
    "text_hash", "seen_at", "matched", "modified_at", "canonical_stated", "reread", "furniture",
)  # fmt: skip
MENTION_COLUMNS = ("canonical_url", "concept", "field", "start_at", "end_at", "surface", "name", "attributes")


@dataclass(frozen=True)
class Loadable:
    """An article that is new or changed, with all that its rows need."""

    canonical_url: str
    address_id: int
    fetch_id: int
    run_id: int
    article: Article
    mentions: tuple[Mention, ...]
    content_hash: str
    text_hash: str
    seen_at: datetime  # UTC: when its bytes were fetched
    matched: bool  # True: no rule is tried on it (a backfill)
    reread: bool = False  # True: our code alone makes it differ from the version before; rules are as they were
    furniture: bool = False  # True: it differs from the version before in page furniture only; rules are as they were


def known_articles(
    connection: Connection, source: str, *, canonical_urls: Sequence[str], address_ids: Sequence[int]
) -> list[dict[str, Any]]:
    """What there is under these canonical addresses or came from these addresses, locked until the transaction ends."""
    values = {"source": source, "canonical_urls": list(canonical_urls), "address_ids": list(address_ids)}
    return rows(connection, "known_articles", values)


def load_articles(connection: Connection, source: str, loadables: Sequence[Loadable]) -> dict[str, tuple[int, int]]:
    """Load a batch in the caller's transaction; canonical addresses must be distinct. Loading it again adds nothing.

    Canonical address → (article id, version), of those that became a version.
    """
    if not loadables:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql("create_incoming"))
        _copy(cursor, "incoming", ARTICLE_COLUMNS, (_article_row(item) for item in loadables))
        _copy(cursor, "incoming_mention", MENTION_COLUMNS, (line for item in loadables for line in _mention_rows(item)))
        cursor.execute(sql("load_articles"), {"source": source})
        made = {found["canonical_url"]: (found["article_id"], found["version"]) for found in records(cursor)}
        cursor.execute(sql("load_mentions"), {"source": source})
        cursor.execute("truncate incoming, incoming_mention")
    return made


def _copy(cursor: Any, table: str, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for line in lines:
        writer.writerow(["\\N" if value is None else _escaped(value) for value in line])
    buffer.seek(0)
    statement = compose.SQL("copy {} ({}) from stdin with (format csv, null '\\N', force_null ({}))").format(
        compose.Identifier(table),
        compose.SQL(", ").join(map(compose.Identifier, columns)),
        compose.SQL(", ").join(map(compose.Identifier, columns)),
    )
    cursor.copy_expert(statement, buffer)


def _escaped(value: object) -> str:
    """Text of a CSV field. A text that is the very NULL mark would become NULL: it gets a space."""
    if isinstance(value, list):
        return "{" + ",".join('"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in value) + "}"
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat()
    text = str(value)
    return "\\N " if text == "\\N" else text


def published_values(published: Published | None) -> tuple[datetime | None, str, str | None, int | None]:
    """The four columns of a time of publication: instant, precision, statement, minutes east of UTC."""
    if published is None:
        return None, Precision.NONE.value, None, None
    offset = published.at.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else None
    return published.at, published.precision.value, published.stated, minutes


def _article_row(item: Loadable) -> tuple[object, ...]:
    article = item.article
    return (
        item.canonical_url,
        article.url,
        item.address_id,
        item.fetch_id,
        item.run_id,
        article.title,
        article.body,
        article.language,
        list(article.authors),
        article.section,
        article.image,
        *published_values(article.published),
        item.content_hash,
        item.text_hash,
        item.seen_at,
        item.matched,
        article.modified.at if article.modified else None,
        article.canonical_url,
        item.reread,
        item.furniture,
    )


def mention_values(found: Mention) -> tuple[object, ...]:
    """Its columns from ``concept`` to ``attributes``; these as JSON text, None when there are none."""
    attributes = json.dumps([asdict(each) for each in found.attributes], ensure_ascii=False)
    place = (found.concept, found.field, found.start, found.end)
    return (*place, found.surface, found.name, attributes if found.attributes else None)


def _mention_rows(item: Loadable) -> Iterable[tuple[object, ...]]:
    for found in item.mentions:
        yield (item.canonical_url, *mention_values(found))
