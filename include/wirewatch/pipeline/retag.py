"""History tagged again, after a concept's file has changed: mentions put and dropped in the current versions.

The whole warehouse is walked in order of article ids, a batch in one transaction together with the place reached, so
that a walk broken off anywhere goes on from there and ends in the same rows. Older versions are history and left as
they are; so is ``article.matched_at``: what is found now in an old article is no news, and no rule is tried on it. It
is there for the views, and for the rules that look at a story when a new article joins it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wirewatch.errors import InputError, WirewatchError
from wirewatch.model import Mention
from wirewatch.pipeline.concepts import no_concept
from wirewatch.pipeline.desk import Desk
from wirewatch.tag.fingerprint import fingerprints, implied
from wirewatch.warehouse import retag as store
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.retag import Edit, Progress, Tagged

BATCH = 200
"""Articles tagged and stored in one transaction."""


@dataclass(frozen=True)
class Scope:
    """Which concepts, of which articles."""

    concepts: tuple[str, ...] = ()  # empty: all that have a file
    since: datetime | None = None  # articles from then on (UTC, of publication where stated)


@dataclass
class Tally:
    """The figures of a walk, over all its starts but for ``by_concept``."""

    concepts: tuple[str, ...]  # with those that they imply
    total: int = 0  # articles in the scope
    articles: int = 0
    resumed_at: int = 0  # articles that earlier starts had done
    added: int = 0
    removed: int = 0
    altered: int = 0  # same place, other end, surface, name or attributes
    by_concept: dict[str, Counter[str]] = field(default_factory=dict)  # of this start: added, removed, altered
    unsettled: tuple[str, ...] = ()  # a run under way may still store articles tagged by another file

    def add(self, edits: Iterable[Edit]) -> Progress:
        """Count one batch; return what it adds. The place reached is the caller's to set."""
        counts: Counter[str] = Counter()
        number = 0
        for edit in edits:
            number += 1
            for concept, kind in _kinds(edit):
                counts[kind] += 1
                self.by_concept.setdefault(concept, Counter())[kind] += 1
        self.articles += number
        self.added += counts["added"]
        self.removed += counts["removed"]
        self.altered += counts["altered"]
        return Progress(0, number, counts["added"], counts["removed"], counts["altered"])


def retag(
    desk: Desk,
    scope: Scope,
    *,
    batch: int = BATCH,
    dry_run: bool = False,
    progress: Callable[[Tally], object] = id,
) -> Tally:
    """Tag a scope again; ``dry_run`` counts and stores nothing.

    Raises InputError for a concept that neither has a file nor is known to the warehouse, and for one whose pack is
    off: its mentions stay. Raises WirewatchError when another retag is at work.
    """
    with desk.warehouse() as connection:
        concepts = _concerned(desk, connection, scope.concepts)
        if dry_run:
            return _look(desk, connection, scope, concepts=concepts, batch=batch, progress=progress)
        with connection:
            if not store.lock(connection):
                raise WirewatchError("another retag is at work on this warehouse; wait for its end")
        return _walk(desk, connection, scope, concepts=concepts, batch=batch, progress=progress)


def _concerned(desk: Desk, connection: Connection, wanted: Sequence[str]) -> tuple[str, ...]:
    """Ids whose mentions are made again: those wanted, and what they imply."""
    with connection:
        known = store.histories(connection)
    for name in wanted:
        if name not in desk.concepts and name in desk.every_concept:
            pack = desk.every_concept[name].group
            raise InputError(f"{name!r} is of the pack {pack!r}, which is off; add it to WIREWATCH_PACKS to tag it")
        if name not in desk.concepts and name not in known:
            raise no_concept(name, desk.settings.concepts)
    named = [name for name in wanted or desk.concepts if name in desk.concepts]
    return tuple(sorted({*wanted, *named}.union(*(implied(name, desk.concepts) for name in named))))


def _look(
    desk: Desk,
    connection: Connection,
    scope: Scope,
    *,
    concepts: tuple[str, ...],
    batch: int,
    progress: Callable[[Tally], object],
) -> Tally:
    tally = Tally(concepts)
    with connection:
        tally.total = store.count_articles(connection, since=scope.since, after=0)
    for found in _batches(connection, scope, concepts=concepts, after=0, limit=batch):
        tally.add(_edit(desk, article, concepts) for article in found)
        progress(tally)
    return tally


def _walk(
    desk: Desk,
    connection: Connection,
    scope: Scope,
    *,
    concepts: tuple[str, ...],
    batch: int,
    progress: Callable[[Tally], object],
) -> Tally:
    hashes = fingerprints(desk.concepts)
    key = _key({name: hashes.get(name, "") for name in concepts}, scope.since)
    with connection:
        begun = store.open_retag(connection, key, concepts=concepts, since=scope.since)
        left = store.count_articles(connection, since=scope.since, after=begun.last_article_id)
    tally = Tally(
        concepts,
        total=begun.articles + left,
        articles=begun.articles,
        resumed_at=begun.articles,
        added=begun.added,
        removed=begun.removed,
        altered=begun.altered,
    )
    for found in _batches(connection, scope, concepts=concepts, after=begun.last_article_id, limit=batch):
        edits = [_edit(desk, article, concepts) for article in found]
        done = tally.add(edits)
        with connection:
            store.store(connection, edits)
            place = found[-1].article_id
            store.advance(connection, key, Progress(place, done.articles, done.added, done.removed, done.altered))
        progress(tally)
    with connection:
        store.close_retag(connection, key)
        if scope.since is None:
            files = {name: (desk.labels[name], hashes[name]) for name in concepts if name in hashes}
            tally.unsettled = tuple(sorted(store.settle_history(connection, files)))
    return tally


def _batches(
    connection: Connection, scope: Scope, *, concepts: tuple[str, ...], after: int, limit: int
) -> Iterator[list[Tagged]]:
    while True:
        with connection:
            found = store.articles(connection, concepts=concepts, since=scope.since, after=after, limit=limit)
        if not found:
            return
        yield found
        after = found[-1].article_id


def _edit(desk: Desk, article: Tagged, concepts: Iterable[str]) -> Edit:
    """What today's files find in an article, beside what the warehouse has of it."""
    wanted = set(concepts)
    found = desk.tag(title=article.title, body=article.body, language=article.language, country=article.country)
    # Sorted, so that of two names that begin at one place the longer one is kept, as it is when an article is loaded.
    now = {_place(each): each for each in sorted(found) if each.concept in wanted}
    kept = {_place(each): each for each in article.mentions}
    put = tuple(each for place, each in now.items() if place not in kept or _row(kept[place]) != _row(each))
    return Edit(article, put, tuple(each for place, each in kept.items() if place not in now))


def _place(mention: Mention) -> tuple[str, str, int]:
    """The mention's key among those of one version."""
    return mention.concept, mention.field, mention.start


def _row(mention: Mention) -> tuple[object, ...]:
    # Not the mentions themselves: name and attributes do not take part in their equality.
    return mention.end, mention.surface, mention.name, mention.attributes


def _kinds(edit: Edit) -> Iterator[tuple[str, str]]:
    had = {_place(each) for each in edit.article.mentions}
    yield from ((each.concept, "altered" if _place(each) in had else "added") for each in edit.put)
    yield from ((each.concept, "removed") for each in edit.drop)


def _key(hashes: dict[str, str], since: datetime | None) -> str:
    text = json.dumps([sorted(hashes.items()), since.isoformat() if since else None])
    return hashlib.sha256(text.encode()).hexdigest()
