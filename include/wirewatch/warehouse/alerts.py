"""Alerts and their mails: what rules look at, the alert and its outbox rows in one transaction, and delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from wirewatch.model import AlertDraft, Mention, Precision, StoredArticle
from wirewatch.warehouse.connection import Connection, row, rows, run_many


@dataclass(frozen=True)
class Unmatched:
    """Articles of all stories that have a due one, and which of them are due."""

    articles: tuple[StoredArticle, ...]
    story_keys: dict[int, str]  # story id → key
    due: tuple[int, ...]  # article ids


@dataclass(frozen=True)
class Waiting:
    """A mail that this transaction holds."""

    outbox_id: int
    recipient: str
    message_id: str
    attempts: int  # failed so far
    rule: str
    facts: dict[str, Any]
    alerted_at: datetime  # UTC


def unmatched(connection: Connection) -> Unmatched:
    """What rules must look at."""
    found = rows(connection, "unmatched_articles")
    return Unmatched(
        articles=tuple(_stored(item) for item in found),
        story_keys={item["story_id"]: item["story_key"] for item in found},
        due=tuple(item["article_id"] for item in found if item["due"]),
    )


def _stored(item: dict[str, Any]) -> StoredArticle:
    return StoredArticle(
        article_id=item["article_id"],
        version=item["version"],
        source=item["source"],
        source_name=item["source_name"],
        country=item["country"],
        url=item["url"],
        title=item["title"],
        body=item["body"],
        language=item["language"],
        published_at=item["published_at"],
        published_precision=Precision(item["published_precision"]),
        first_seen_at=item["first_seen_at"],
        story_id=item["story_id"],
        mentions=tuple(Mention(*mention) for mention in item["mentions"]),
    )


def store_alerts(
    connection: Connection,
    drafts: Iterable[AlertDraft],
    *,
    run_id: int | None,
    now: datetime,
    message_id: Callable[[AlertDraft, str], str],
) -> int:
    """Drafts → alerts with their outbox rows; return how many are new. One that exists for its rule and story stays."""
    created = 0
    for draft in drafts:
        values = {
            "rule": draft.rule,
            "story_id": draft.story_id,
            "article_id": draft.article_id,
            "version": draft.version,
            "run_id": run_id,
            "facts": Json(draft.facts),
        }
        for found in rows(connection, "store_alert", values):
            mails = [(found["alert_id"], address, message_id(draft, address), now) for address in draft.recipients]
            run_many(connection, "store_outbox", mails)
            created += 1
    return created


def mark_matched(connection: Connection, article_ids: Iterable[int]) -> None:
    """Rules were tried on these articles."""
    rows(connection, "mark_matched", {"article_ids": list(article_ids)})


def claim_mail(connection: Connection, *, now: datetime, after: int) -> Waiting | None:
    """The next due mail with an id above ``after``, held until the transaction ends; None when there is none."""
    found = rows(connection, "claim_outbox", {"now": now, "after": after})
    if not found:
        return None
    item = found[0]
    return Waiting(**{name: item[name] for name in Waiting.__dataclass_fields__})


def settle_mail(
    connection: Connection,
    outbox_id: int,
    *,
    state: str,
    now: datetime,
    next_attempt_at: datetime | None = None,
    error: str | None = None,
) -> None:
    """A try has ended: sent, quarantined, or pending until ``next_attempt_at``."""
    values = {"outbox_id": outbox_id, "state": state, "error": error, "now": now}
    rows(connection, "settle_outbox", {**values, "next_attempt_at": next_attempt_at or now})


def mail_state(connection: Connection) -> dict[str, dict[str, Any]]:
    """Mails by state: their number, the next try and the last error."""
    return {found.pop("state"): found for found in rows(connection, "mail_state")}


def checksum(connection: Connection) -> dict[str, Any]:
    """Counts and SHA-256 of article, mention and alert rows, of what must not depend on how often a day was run."""
    return row(connection, "checksum")
