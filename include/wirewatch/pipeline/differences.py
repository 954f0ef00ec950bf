"""What is kept of an article beside what was read from its bytes again: the fields that differ. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any

from wirewatch.dedup.identity import content_hash
from wirewatch.model import Article, Precision, Reading
from wirewatch.pipeline.reading import Read
from wirewatch.warehouse.load import published_values
from wirewatch.warehouse.replay import Archived

Change = tuple[Any, Any]
"""Old and new value; JSON values only."""

TEXT = ("title", "body")
"""Fields whose change makes a version."""

UNREADABLE = "unreadable"
ARTICLE = "article"


def kind_of(read: Read) -> str:
    """article, listing, blocked, other, or unreadable: an article that cannot become a row."""
    return read.reading.kind.value if read.reading else UNREADABLE


def changes(kept: Archived, read: Read) -> dict[str, Change]:
    """Field → (kept, read now), for what differs. A page that is no article differs in its kind alone.

    White space within a line is no difference, as it makes no version (see ``content_hash``).
    """
    found: dict[str, Change] = {}
    was, now = kept.reread_as or ARTICLE, kind_of(read)
    if was != now:
        found["kind"] = (was, now)
    if read.article is not None:
        found |= _texts(kept, read.article)
        old, new = kept_fields(kept), read_fields(read.article)
        found |= {name: (old[name], new[name]) for name in new if old[name] != new[name]}
    return found


def _texts(kept: Archived, article: Article) -> dict[str, Change]:
    found: dict[str, Change] = {}
    if content_hash(kept.title, "") != content_hash(article.title, ""):
        found["title"] = (kept.title, article.title)
    if content_hash("", kept.body) != content_hash("", article.body):
        found["body"] = (kept.body, article.body)
    return found


def kept_fields(kept: Archived) -> dict[str, Any]:
    """All but the texts, as the warehouse has them; times with the page's own offset."""
    precision, offset = kept.published_precision, kept.published_offset
    return {
        "authors": kept.authors,
        "published": _time(kept.published_at, precision, offset),
        "published_stated": kept.published_stated,
        "language": kept.language,
        "section": kept.section,
        "image": kept.image,
        "modified": _instant(kept.modified_at),
        "canonical": kept.canonical_stated,
    }


def read_fields(article: Article) -> dict[str, Any]:
    """The same of what was read."""
    at, precision, stated, offset = published_values(article.published)
    return {
        "authors": list(article.authors),
        "published": _time(at, precision, offset),
        "published_stated": stated,
        "language": article.language,
        "section": article.section,
        "image": article.image,
        "modified": _instant(article.modified.at if article.modified else None),
        "canonical": article.canonical_url,
    }


def _time(at: datetime | None, precision: str, offset: int | None) -> str | None:
    """2026-11-24T09:30:00+01:00 (minute)."""
    if at is None or precision == Precision.NONE.value:
        return None
    zone = timezone(timedelta(minutes=offset)) if offset is not None else timezone.utc
    return f"{at.astimezone(zone).isoformat()} ({precision})"


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(timezone.utc).isoformat() if at else None


def output_hash(kept: Archived, read: Read) -> int:
    """SHA-256, as a number, of where a page's bytes belong, the bytes' own hash, and all that was read from them."""
    seen: Mapping[str, Any] = {
        "article": (kept.source, kept.canonical_url),
        "sha256": kept.ref.sha256,
        "reading": _plain(asdict(read.reading)) if isinstance(read.reading, Reading) else None,
        "reason": read.reason,
    }
    line = json.dumps(seen, ensure_ascii=True, sort_keys=True)
    return int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
