"""Replay: what today's code and source files read from archived bytes, beside what the warehouse has of them.

``replay`` walks the articles of a span in the order in which their bytes were fetched, a batch at a time, with the
network off. It reports what differs; told to apply, it also stores it: another text becomes a version marked
``reread``, other fields are put right in place, and a page that is no article any more is flagged. None of it is news:
rules are not tried again, ``changed_at`` stays. The older versions of an article are history, and left as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from wirewatch.model import Article
from wirewatch.pipeline.batches import store_all
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.differences import TEXT, UNREADABLE, Change, changes, kind_of, output_hash
from wirewatch.pipeline.judging import reread_origin
from wirewatch.pipeline.offline import offline
from wirewatch.pipeline.reading import Read, loadable, read_archived
from wirewatch.warehouse import load
from wirewatch.warehouse import replay as store
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.replay import Archived, Span

BATCH = 50
"""Articles read and stored in one transaction."""


@dataclass(frozen=True)
class Finding:
    """One article, read again."""

    kept: Archived
    read: Read
    changes: dict[str, Change] = field(default_factory=dict)  # field → (kept, read now)
    problem: str | None = None  # why it could not be read, or not be stored
    applied: bool = False

    @property
    def worth_telling(self) -> bool:
        """Something differs, or went wrong."""
        return bool(self.changes or self.problem)


@dataclass
class Tally:
    """The figures of a replay, added up as it goes."""

    pages: int = 0
    fields: Counter[str] = field(default_factory=Counter)  # field → articles in which it differs
    counts: Counter[str] = field(default_factory=Counter)
    sum: int = 0

    def add(self, finding: Finding) -> None:
        """Count one article."""
        self.pages += 1
        self.fields.update(finding.changes.keys())
        self.counts["changed"] += bool(finding.changes)
        self.counts["unchanged"] += not finding.worth_telling
        self.counts["applied"] += finding.applied
        self.counts["failed"] += finding.problem is not None
        kind = kind_of(finding.read)
        self.counts["not_article"] += finding.read.reading is not None and finding.read.article is None
        self.counts["unreadable"] += kind == UNREADABLE and not finding.read.damaged
        # A sum does not depend on the order, which two warehouses of the same pages need not share.
        self.sum = (self.sum + output_hash(finding.kept, finding.read)) % 2**256

    def summary(self) -> dict[str, Any]:
        """JSON values. ``failed``: pages whose archived record, source file or row gave trouble."""
        names = ("unchanged", "changed", "not_article", "unreadable", "failed", "applied")
        return {
            "pages": self.pages,
            **{name: self.counts[name] for name in names},
            "fields": dict(sorted(self.fields.items(), key=lambda item: (-item[1], item[0]))),
            "checksum": f"{self.sum:064x}",
        }


def replay(
    desk: Desk,
    span: Span,
    *,
    apply: bool = False,
    report: Callable[[Finding], object] = id,
    progress: Callable[[Tally], object] = id,
) -> Tally:
    """Read a span's articles again; ``report`` gets each that differs, when its batch is stored.

    With ``apply`` each batch is one transaction: killed anywhere and run again, the rows are the same, and so they are
    after a second run and after two at once. Raises InputError for a source without a file.
    """
    for slug in span.sources:
        desk.source(slug)
    tally = Tally()
    with desk.warehouse() as connection, no_network(desk):
        for batch in _batches(connection, span):
            findings = [_find(desk, kept) for kept in batch]
            if apply:
                findings = _apply(desk, connection, findings)
            for finding in findings:
                tally.add(finding)
                if finding.worth_telling:
                    report(finding)
            progress(tally)
    return tally


def no_network(desk: Desk) -> AbstractContextManager[None]:
    """The network off; with an archive on an object store, which is across the network, nothing can be refused."""
    return nullcontext() if "://" in desk.settings.archive_root else offline()


def _batches(connection: Connection, span: Span) -> Iterator[list[Archived]]:
    last: Archived | None = None
    while True:
        with connection:
            batch = store.archived_articles(connection, span, after=last, limit=BATCH)
        if not batch:
            return
        yield batch
        last = batch[-1]


def _find(desk: Desk, kept: Archived) -> Finding:
    source = desk.sources.get(kept.source)
    if source is None:
        problem = f"there is no source file {kept.source}.yml any more, so it is left as it is"
        return Finding(kept, Read(reason=problem, damaged=True), problem=problem)
    read = read_archived(desk, source, ref=kept.ref, url=kept.url)
    if read.damaged:
        return Finding(kept, read, problem=read.reason)
    return Finding(kept, read, changes=changes(kept, read))


def _apply(desk: Desk, connection: Connection, findings: Sequence[Finding]) -> list[Finding]:
    """Store what differs, and say of each finding what became of it."""
    waiting = [finding for finding in findings if finding.changes]
    if not waiting:
        return list(findings)

    def store_batch(batch: Sequence[Finding]) -> list[Finding]:
        return _store(desk, connection, batch)

    def refused(finding: Finding, reason: str) -> Finding:
        return replace(finding, problem=reason)

    stored = [done for batch in store_all(connection, waiting, store_batch, refused=refused) for done in batch]
    by_id = {finding.kept.article_id: finding for finding in stored}
    return [by_id.get(finding.kept.article_id, finding) for finding in findings]


def _store(desk: Desk, connection: Connection, batch: Sequence[Finding]) -> list[Finding]:
    """One transaction's work. An article that another process holds, or has changed since, is left alone."""
    held = store.lock_articles(connection, [finding.kept.article_id for finding in batch if not finding.problem])
    mine = [finding for finding in batch if held.get(finding.kept.article_id) == finding.kept.version]
    articles = [(finding, finding.read.article) for finding in mine if finding.read.article]
    for slug in sorted({finding.kept.source for finding, _ in articles}):
        texts = [
            loadable(desk, article, reread_origin(finding.kept))
            for finding, article in articles
            if finding.kept.source == slug and _new_text(finding)
        ]
        load.load_articles(connection, slug, texts)
    store.store_fields(
        connection, [_fields(finding, article) for finding, article in articles if not _new_text(finding)]
    )
    flags = [(finding.kept.article_id, kind_of(finding.read)) for finding in mine if not finding.read.article]
    store.flag_articles(connection, flags)
    done = {finding.kept.article_id for finding in mine}
    return [_outcome(finding, done=finding.kept.article_id in done) for finding in batch]


def _new_text(finding: Finding) -> bool:
    return any(name in finding.changes for name in TEXT)


def _fields(finding: Finding, article: Article) -> tuple[int, Article]:
    return finding.kept.article_id, article


def _outcome(finding: Finding, *, done: bool) -> Finding:
    if done or finding.problem:
        return replace(finding, applied=done)
    return replace(finding, problem="another process was at work on it; run this again")
