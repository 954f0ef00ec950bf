"""Alerts and their mails: what rules look at, the alert and its outbox rows in one transaction, and delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from wirewatch.model import (
    Absence,
    AlertDraft,
    ArticleChange,
    ChangeKind,
    Due,
    Mention,
    Precision,
    StoredArticle,
    StoredChange,
)
from wirewatch.warehouse.connection import Connection, row, rows, run_many


@dataclass(frozen=True)
class ToldRow:
    """What a rule has told of a story so far."""

    rule: str
    story_id: int
    concepts: tuple[str, ...]
    independent: int  # independent sources
    first: bool  # the story itself; False: only changes in it


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


def unmatched(connection: Connection) -> Due:
    """What rules must look at."""
    return _due(rows(connection, "unmatched_articles"), rows(connection, "unmatched_changes"))


def _due(found: list[dict[str, Any]], changes: list[dict[str, Any]]) -> Due:
    articles = {item["article_id"]: _stored(item) for item in found}
    return Due(
        articles=tuple(articles.values()),
        story_keys={item["story_id"]: item["story_key"] for item in found},
        due=frozenset(item["article_id"] for item in found if item["due"]),
        changes=tuple(_change(item, articles) for item in changes),
    )


def told(connection: Connection, story_ids: Iterable[int]) -> list[ToldRow]:
    """What the alerts of each rule have told of these stories."""
    found = rows(connection, "told_alerts", {"story_ids": sorted(set(story_ids))})
    return [ToldRow(**item | {"concepts": tuple(item["concepts"])}) for item in found]


def log_match(connection: Connection, due: Due, *, run_id: int, now: datetime) -> None:
    """Remember what rules were tried on, so that a rule that is written later can be tried on the same."""
    if not due.articles:
        return
    match_id = row(connection, "log_match", {"run_id": run_id, "now": now})["match_id"]
    run_many(connection, "log_match_articles", [_logged(match_id, it, due) for it in due.articles])
    run_many(connection, "log_match_changes", [(match_id, found.change_id) for found in due.changes])


def _logged(match_id: int, it: StoredArticle, due: Due) -> tuple[object, ...]:
    figures = (it.article_id in due.due, it.origin_id, it.independent_sources)
    published = (it.published_at, it.published_precision.value)
    return (match_id, it.article_id, it.version, it.story_id, *figures, it.url, it.language, *published)


def match_calls(connection: Connection, *, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """(match id, moment) of every time that rules were tried on something, in that order."""
    found = rows(connection, "match_calls", {"since": since, "until": until})
    return [(item["match_id"], item["matched_at"]) for item in found]


def logged(connection: Connection, match_id: int) -> Due:
    """What rules were tried on in one call."""
    return _due(
        rows(connection, "logged_articles", {"match_id": match_id}),
        rows(connection, "logged_changes", {"match_id": match_id}),
    )


def _change(item: dict[str, Any], articles: Mapping[int, StoredArticle]) -> StoredChange:
    return StoredChange(
        change_id=item["change_id"],
        article=articles[item["article_id"]],
        concepts_before=frozenset(item["concepts_before"]),
        change=article_change(item),
        seen_at=item["seen_at"],
        listing=item["listing"],
    )


def article_change(item: Mapping[str, Any]) -> ArticleChange:
    """A row of ``article_change`` → what changed."""
    return ArticleChange(
        kind=ChangeKind(item["kind"]),
        before=item["before"],
        after=item["after"],
        concept=item["concept"],
        paragraph=item["paragraph"],
        passage=item["passage"],
        absence=Absence(item["absence"]) if item["absence"] else None,
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
        origin_id=item["origin_id"],
        independent_sources=max(1, item["independent_sources"]),
    )


@dataclass(frozen=True)
class Posting:
    """How an alert goes to one reader."""

    message_id: str
    at: datetime  # UTC: not before
    digest: str | None = None  # the mail of several in which it goes out; None: as a mail of its own
    muted: str | None = None  # why it is not sent at all; None: it is


def store_alerts(
    connection: Connection,
    drafts: Iterable[AlertDraft],
    *,
    run_id: int | None,
    now: datetime,
    post: Callable[[AlertDraft, str], Posting],
) -> tuple[AlertDraft, ...]:
    """Drafts → alerts with their outbox rows; return those that are new.

    One that exists for its rule, story and fact stays as it is. ``post`` is asked for new ones only, in their order.
    """
    created: list[AlertDraft] = []
    for draft in drafts:
        values = {
            "rule": draft.rule,
            "story_id": draft.story_id,
            "article_id": draft.article_id,
            "version": draft.version,
            "run_id": run_id,
            "facts": Json(draft.facts),
            "fact_key": draft.fact_key,
            "rule_hash": draft.rule_hash,
            "now": now,
        }
        for found in rows(connection, "store_alert", values):
            mails = [
                _outbox_row(found["alert_id"], address, post(draft, address), now=now) for address in draft.recipients
            ]
            run_many(connection, "store_outbox", mails)
            created.append(draft)
    return tuple(created)


def _outbox_row(alert_id: int, recipient: str, posting: Posting, *, now: datetime) -> tuple[object, ...]:
    state = "muted" if posting.muted else "pending"
    return (alert_id, recipient, posting.message_id, posting.at, now, posting.digest, state, posting.muted)


def mark_matched(connection: Connection, article_ids: Iterable[int]) -> None:
    """Rules were tried on these articles."""
    rows(connection, "mark_matched", {"article_ids": list(article_ids)})


def mark_changes_matched(connection: Connection, change_ids: Iterable[int]) -> None:
    """Rules were tried on these changes."""
    rows(connection, "mark_changes_matched", {"change_ids": list(change_ids)})


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
