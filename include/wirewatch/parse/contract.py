"""One line of ``wirewatch extract``: a saved page → a row of plain values (docs: the command line's contract).

The one module of this stage that reads a file and, for want of a stated time of fetching, the clock.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from wirewatch.errors import PageError
from wirewatch.model import Kind, Page, Precision, Published
from wirewatch.parse.read import read_findings
from wirewatch.written_dates.dates import states_offset


def extract_row(item: dict[str, Any]) -> dict[str, Any]:
    """``{"id", "url", "path"[, "fetched_at"]}`` → the answer with the same id.

    ``path`` names the page's raw bytes; ``fetched_at`` (ISO 8601 with an offset) is when they were fetched, without it
    relative dates are left unread. A page that cannot be read gives kind ``other`` and its reason in ``error``.
    """
    return {"id": item["id"], **_read(item)}


def _read(item: dict[str, Any]) -> dict[str, Any]:
    fetched_at = datetime.fromisoformat(item["fetched_at"]) if item.get("fetched_at") else None
    url = item.get("url") or "http://localhost/"
    try:
        page = Page(
            url=url,
            final_url=url,
            status=200,
            headers=(),
            body=Path(item["path"]).read_bytes(),
            fetched_at=fetched_at or datetime.now(timezone.utc),
        )
        findings = read_findings(page, relative_dates=fetched_at is not None)
    except PageError as error:
        return _row(error=error.reason)
    except OSError as error:
        return _row(error=f"{item['path']}: {error.strerror}")
    article = findings.article
    return _row(
        kind=findings.kind,
        title=article.title or None,
        authors=list(article.authors),
        published=article.published,
        language=article.language,
        body=article.body,
    )


def _row(
    *,
    kind: Kind = Kind.OTHER,
    title: str | None = None,
    authors: list[str] | None = None,
    published: Published | None = None,
    language: str | None = None,
    body: str = "",
    error: str | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "title": title,
        "authors": authors or [],
        "published_at": written_moment(published) if published else None,
        "published_precision": (published.precision if published else Precision.NONE).value,
        "language": language,
        "body": body,
        "error": error,
    }


def written_moment(published: Published) -> str:
    """ISO 8601 as far as the page states it: a bare day for precision ``day``, no offset where none is written."""
    if published.precision is Precision.DAY:
        return published.at.date().isoformat()
    at = published.at if states_offset(published.stated) else published.at.replace(tzinfo=None)
    return at.isoformat()
