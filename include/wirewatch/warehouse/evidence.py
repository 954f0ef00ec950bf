"""What articles are compared by for their stories, day by day. A day is a number: days since 1970-01-01, UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from psycopg2.extras import Json

from wirewatch.warehouse.connection import Connection, Row, rows, run_many


@dataclass(frozen=True)
class EvidenceRow:
    """Columns of story_evidence."""

    article_id: int
    version: int
    method: int
    day: int
    text_hash: str
    language: str | None
    keys: tuple[str, ...]
    lead: bytes | None
    headline: bytes | None
    evidence: dict[str, Any]  # JSON, without the vectors


def article_days(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    """Article → its day, in the order of days."""
    found = rows(connection, "article_days", {"article_ids": list(article_ids)})
    return {item["article_id"]: item["day"] for item in found}


def evidence_due(connection: Connection, day: int, *, method: int) -> list[int]:
    """Articles of a day whose current version has no evidence by this method or a higher one."""
    return [item["article_id"] for item in rows(connection, "evidence_due", {"day": day, "method": method})]


def current_texts(connection: Connection, article_ids: Sequence[int]) -> list[Row]:
    """Articles' current versions: article_id, version, day, language, title, body, text_hash."""
    return rows(connection, "current_texts", {"article_ids": list(article_ids)})


def store_evidence(connection: Connection, found: Iterable[EvidenceRow]) -> None:
    """Keep it in the place of what there was."""
    values = [[_sent(getattr(item, field.name)) for field in fields(item)] for item in found]
    template = "(%s, %s, %s, date '1970-01-01' + %s, %s, %s::text, %s::text[], %s::bytea, %s::bytea, %s::jsonb)"
    run_many(connection, "store_evidence", values, template=template)


def _sent(value: Any) -> Any:
    """A field as the driver takes it."""
    if isinstance(value, dict):
        return Json(value)
    return list(value) if isinstance(value, tuple) else value


def evidence_of_day(connection: Connection, day: int) -> list[Row]:
    """What articles of a day are looked up by: article_id, text_hash, language, keys, lead, headline."""
    return rows(connection, "evidence_of_day", {"day": day})


def evidence_of(connection: Connection, article_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Article → its evidence as JSON, without the vectors."""
    found = rows(connection, "evidence_of", {"article_ids": list(article_ids)})
    return {item["article_id"]: item["evidence"] for item in found}
