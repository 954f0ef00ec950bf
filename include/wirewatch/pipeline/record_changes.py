"""New versions of known articles → what their publishers changed, stored with the version.

What our own code alone reads otherwise, and what a backfill brings, is no change; what differs in page furniture only
is a version, and no change either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from wirewatch.dedup.changes import Version, compare_versions
from wirewatch.dedup.furniture import fold_paragraph
from wirewatch.model import ArticleChange
from wirewatch.warehouse import changes
from wirewatch.warehouse.changes import ChangeRow
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.load import Loadable

NEIGHBOURS = 30
"""A source's newest articles, whose common paragraphs are no part of any."""

COMMON = 3
"""Other articles in which a paragraph stands that belongs to the page: an agency repeats background in two or three."""

COMMON_SHARE = 0.2
"""… and the share of them."""


@dataclass(frozen=True)
class Edit:
    """A version that a publisher made of an article, and the one before it."""

    article_id: int
    before: Version
    after: Loadable


def find_changes(
    connection: Connection, source: str, edits: Mapping[str, Edit]
) -> dict[str, tuple[ArticleChange, ...]]:
    """Edits by canonical address → the changes of each; none where only furniture differs."""
    if not edits:
        return {}
    ids = {edit.article_id for edit in edits.values()}
    template = common_paragraphs(changes.source_bodies(connection, source, but=ids, limit=NEIGHBOURS))
    return {key: _compare(edit, template) for key, edit in edits.items()}


def common_paragraphs(bodies: Collection[str]) -> frozenset[str]:
    """Folded paragraphs that stand in so many of the bodies that they are the page's."""
    found = Counter(fold for body in bodies for fold in {fold_paragraph(line) for line in body.split("\n")} if fold)
    fewest = max(COMMON, COMMON_SHARE * len(bodies))
    return frozenset(fold for fold, number in found.items() if number >= fewest)


def _compare(edit: Edit, template: frozenset[str]) -> tuple[ArticleChange, ...]:
    new = edit.after
    after = Version(new.article.title, new.article.body, new.mentions)
    return compare_versions(edit.before, after, template=template).changes


def store_edits(
    connection: Connection,
    made: Mapping[str, tuple[int, int]],
    found: Mapping[str, tuple[ArticleChange, ...]],
    loaded: Mapping[str, Loadable],
) -> None:
    """Changes of the versions that were made (canonical address → article, version), without what a listing told."""
    told = _told(connection, {made[key][0] for key in found if key in made})
    changes.store_changes(
        connection, [row for key in found if key in made for row in _rows(key, made, found, loaded, told)]
    )


def _rows(
    key: str,
    made: Mapping[str, tuple[int, int]],
    found: Mapping[str, tuple[ArticleChange, ...]],
    loaded: Mapping[str, Loadable],
    told: Collection[tuple[int, str, str]],
) -> Iterable[ChangeRow]:
    article_id, version = made[key]
    new = loaded[key]
    for change in found[key]:
        if change.paragraph is None and (article_id, change.kind.value, fold_paragraph(change.after or "")) in told:
            continue
        yield ChangeRow(article_id, version, change, new.seen_at, new.fetch_id)


def _told(connection: Connection, article_ids: Collection[int]) -> set[tuple[int, str, str]]:
    """(article, kind, new headline or number) that was told from a listing already."""
    if not article_ids:
        return set()
    found = changes.listed_headlines(connection, article_ids)
    return {(row["article_id"], row["kind"], fold_paragraph(row["after"] or "")) for row in found}
