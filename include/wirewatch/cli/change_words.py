"""A change → one line for a terminal: the words of a mail, and the sentence around."""

from __future__ import annotations

from typing import Any

from wirewatch.plaintext import one_line

WORDS = 160
"""Code points of a text's own words that are shown."""


def in_words(row: dict[str, Any]) -> str:
    """A row of ``article_change`` → "csto removed from paragraph 3: …", "number changed from 12 to 2 in …"."""
    from wirewatch.alert.change_words import in_words as told
    from wirewatch.model import ArticleChange, ChangeKind
    from wirewatch.warehouse.alerts import article_change

    change: ArticleChange = article_change(row)
    if change.kind is ChangeKind.EDITED:
        return _edited(_short(change.before), _short(change.after), change)
    words = one_line(told(change, listing=row.get("where_seen") == "listing"), limit=3 * WORDS)
    if change.kind is ChangeKind.WITHDRAWN:
        return f"{words}, confirmed {row['seen_at']:%Y-%m-%d %H:%M} UTC"
    return f"{words}{_around(change)}" if change.kind is not ChangeKind.HEADLINE else words


def _edited(before: str | None, after: str | None, change: Any) -> str:
    where = f" in paragraph {change.paragraph}" if change.paragraph else ""
    if before is None or after is None:
        verb, words = ("added", after) if before is None else ("removed", before)
        around = _around(change)
        told = around if around != f": {words}" else ""
        return f"{verb}{where}: “{words}”{told and f' in “{told[2:]}”'}"
    return f"edited{where}: “{before}” → “{after}”"


def _around(change: Any) -> str:
    return f": {_short(change.passage)}" if change.passage else ""


def _short(text: str | None) -> str | None:
    return None if text is None else one_line(text, limit=WORDS)
