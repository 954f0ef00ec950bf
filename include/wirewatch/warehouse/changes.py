"""What publishers changed after publication: rows of ``article_change``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirewatch.model import ArticleChange
from wirewatch.warehouse.connection import Connection, Row, row, rows, run_many, storable
from wirewatch.warehouse.runs import Run


@dataclass(frozen=True)
class ChangeRow:
    """A change and where it belongs."""

    article_id: int
    version: int  # after the change; of a withdrawal, a return and a title on a listing the version there is
    change: ArticleChange
    seen_at: datetime  # UTC: when the bytes that show it were fetched
    fetch_id: int
    listing: bool = False
    episode: str = ""  # of a withdrawal and a return: when it began, since an article may be withdrawn twice

    @property
    def key(self) -> str:
        """The same whenever the same change is found again: SHA-256, lower-case hex."""
        change = self.change
        parts = (change.kind, change.before, change.after, change.concept, change.paragraph, change.absence)
        return hashlib.sha256(json.dumps((*parts, self.episode), ensure_ascii=False).encode()).hexdigest()


def store_changes(connection: Connection, changes: Iterable[ChangeRow]) -> list[Row]:
    """Changes → rows, due for the rules; those that are new, with id, article and kind. Storing again adds nothing."""
    values = [_values(each) for each in {(each.article_id, each.version, each.key): each for each in changes}.values()]
    return run_many(connection, "store_changes", values)


def _values(row: ChangeRow) -> tuple[object, ...]:
    change = row.change
    return (
        row.article_id,
        row.version,
        change.kind.value,
        storable(change.before),
        storable(change.after),
        change.concept,
        change.paragraph,
        storable(change.passage),
        change.absence.value if change.absence else None,
        "listing" if row.listing else "page",
        row.seen_at,
        row.fetch_id,
        row.key,
    )


def listed_headlines(connection: Connection, article_ids: Collection[int]) -> list[Row]:
    """Changes told from listings (article, kind, after) since the pages themselves last told of another headline."""
    return rows(connection, "listed_headlines", {"article_ids": sorted(article_ids)})


def source_bodies(connection: Connection, source: str, *, but: Collection[int], limit: int) -> list[str]:
    """Bodies of a source's newest articles but these."""
    found = rows(connection, "source_bodies", {"source": source, "but": sorted(but), "limit": limit})
    return [item["body"] for item in found]


def retitled_leads(
    connection: Connection, source: str, *, entry: str, keys: Sequence[str], titles: Sequence[str]
) -> list[Row]:
    """Known articles that an entry point lists under another title than before; ``listed``: all it listed before."""
    values = {
        "source": source,
        "entry": entry,
        "keys": [storable(key) for key in keys],
        "titles": [storable(title) for title in titles],
    }
    return rows(connection, "retitled_leads", values)


def entry_fetch(connection: Connection, run: Run, source: str) -> dict[str, Any]:
    """``fetch_id`` and ``fetched_at`` of the entry point that was asked last."""
    return row(connection, "entry_fetch", {"run_id": run.run_id, "source": source})
