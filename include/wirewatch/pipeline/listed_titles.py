"""Titles on listings: of a known article, other words than the same listing had before are a changed headline.

A listing is compared with itself alone: each shortens in its own way, and none need say what the page says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from wirewatch.dedup.changes import Version, compare_versions
from wirewatch.dedup.furniture import fold_paragraph
from wirewatch.model import ArticleChange, ChangeKind
from wirewatch.sources import Entry
from wirewatch.warehouse import changes, recheck
from wirewatch.warehouse.addresses import KeyedLead
from wirewatch.warehouse.changes import ChangeRow
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.runs import Run

MANY = 4
"""Titles known from a listing from which most being others says that it is the listing that changed."""

_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")


def entry_key(entry: Entry) -> str:
    """Under which the titles of an entry point are kept: 8 hex digits of the hash of its address in the source file."""
    return hashlib.sha256(entry.url.encode()).hexdigest()[:8]


def note_titles(connection: Connection, run: Run, source: str, leads: Iterable[KeyedLead], *, entry: str) -> None:
    """Record headlines that changed on a listing, and have those articles asked at once.

    Called after the listing's fetch is stored and before its leads are, in one transaction; a backfill records none.
    """
    titles = {item.key: item.lead.title for item in leads if item.lead.title}
    if run.backfill or not titles:
        return
    keys = sorted(titles)
    found = changes.retitled_leads(
        connection, source, entry=entry, keys=keys, titles=[titles[key] or "" for key in keys]
    )
    told = {row["article_id"]: differing(row["before"], row["after"], page=row["title"]) for row in found}
    retitled = [row for row in found if told[row["article_id"]]]
    if not retitled or is_new_layout(retitled=len(retitled), listed=retitled[0]["listed"]):
        return
    fetch = changes.entry_fetch(connection, run, source)
    changes.store_changes(
        connection, [row for item in retitled for row in _rows(item, told[item["article_id"]], fetch)]
    )
    recheck.ask_again(connection, [(item["article_id"], fetch["fetched_at"]) for item in retitled])


def differing(before: str, after: str, *, page: str) -> tuple[ArticleChange, ...]:
    """What changed from one title of a listing to the next; ``page``: the headline that the article's page has.

    Nothing where the listing has only caught up with the page, or cuts the same headline elsewhere.
    """
    if fold_paragraph(after) == fold_paragraph(page) or _is_cut_elsewhere(before, after):
        return ()
    found = compare_versions(Version(_CUT.sub("", before), ""), Version(_CUT.sub("", after), ""))
    kinds = {change.kind for change in found.changes}
    return tuple(found.changes) if ChangeKind.HEADLINE in kinds else ()


def is_new_layout(*, retitled: int, listed: int) -> bool:
    """Whether so many titles are others at once that the listing shows them in another way."""
    return listed >= MANY and 2 * retitled > listed


def _is_cut_elsewhere(before: str, after: str) -> bool:
    """Whether one ends in an ellipsis, and the other begins with its words (the last of them may be cut)."""
    for cut, whole in ((before, after), (after, before)):
        if _CUT.search(cut):
            begun = fold_paragraph(_CUT.sub("", cut))
            if fold_paragraph(_CUT.sub("", whole)).startswith(begun):
                return True
    return False


def _rows(item: dict[str, Any], found: tuple[ArticleChange, ...], fetch: dict[str, Any]) -> Iterable[ChangeRow]:
    for change in found:
        yield ChangeRow(
            item["article_id"], item["version"], change, fetch["fetched_at"], fetch["fetch_id"], listing=True
        )
