"""What of a batch of read pages is new, what its publisher edited, and what only our own code reads otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wirewatch.dedup.canonical import trusted_canonical
from wirewatch.dedup.changes import Version
from wirewatch.dedup.identity import KnownArticle, choose_key, judge
from wirewatch.model import Article, ArticleChange, Verdict
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.reading import Origin, Read, loadable, read_archived
from wirewatch.pipeline.record_changes import Edit, find_changes, store_edits
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import load, replay
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.fetches import Unread
from wirewatch.warehouse.load import Loadable


@dataclass(frozen=True)
class Item:
    """A page and what was read from it."""

    page: Unread
    read: Read
    matched: bool  # no rule is to be tried on it: a backfill fetched it
    presence: str | None = None  # of a known article: there, silent or a form of absence; None: it is not known
    withheld: str | None = None  # why it becomes no version of its article; None: it may


@dataclass
class Judged:
    """A batch's articles by key, and a verdict on each page that holds one."""

    loadables: dict[str, Loadable] = field(default_factory=dict)
    rereads: dict[str, Loadable] = field(default_factory=dict)  # to load before them
    verdicts: list[Verdict] = field(default_factory=list)
    edits: dict[str, Edit] = field(default_factory=dict)  # by publishers, by key
    changes: dict[str, tuple[ArticleChange, ...]] = field(default_factory=dict)  # of each of these; () for furniture

    def store(self, connection: Connection, source: str) -> None:
        """Load the batch in the caller's transaction, with what changed in it."""
        load.load_articles(connection, source, list(self.rereads.values()))
        made = load.load_articles(connection, source, list(self.loadables.values()))
        store_edits(connection, made, self.changes, self.loadables)


def judge_batch(desk: Desk, source: SourceSpec, *, connection: Connection, items: Sequence[Item]) -> Judged:
    """Verdicts on a source's pages, in order: later pages of the batch are judged beside earlier ones.

    The articles concerned are locked until the caller's transaction ends.
    """
    wanted = [(item, item.read.article) for item in items if item.read.article and not item.withheld]
    known = _known(connection, source.slug, wanted)
    judged = Judged()
    for item, article in wanted:
        found = _loadable(desk, item, article, known=known)
        key, held = found.canonical_url, known.get(found.canonical_url)
        verdict = judge(found.content_hash, address_id=item.page.address_id, known=held)
        if verdict is Verdict.CHANGED and held is not None and held.article_id:
            kept, again = _read_again(desk, source, connection, held)
            if again and again.content_hash == found.content_hash:
                # The page says what it said; it is our code or its source file that changed since.
                found, verdict = replace(found, reread=True), Verdict.SAME
            elif again and again.content_hash != held.content_hash:
                # Two causes: ours becomes a version of its own, so that the edit is the publisher's alone.
                judged.rereads[key] = again
            if verdict is Verdict.CHANGED and kept and not item.matched:
                judged.edits[key] = Edit(held.article_id, _version(desk, source, kept, again), found)
        elif verdict is Verdict.CHANGED and key in judged.edits:
            judged.edits[key] = replace(judged.edits[key], after=found)
        judged.verdicts.append(verdict)
        if verdict is not Verdict.SAME or found.reread:
            judged.loadables[key] = found
            known[key] = KnownArticle(0, item.page.address_id, 0, found.content_hash, found.article.body)
    judged.changes = find_changes(connection, source.slug, judged.edits)
    for key, changes in judged.changes.items():
        if not changes:
            judged.verdicts[judged.verdicts.index(Verdict.CHANGED)] = Verdict.SAME
            judged.loadables[key] = replace(judged.loadables[key], furniture=True)
    return judged


def _read_again(
    desk: Desk, source: SourceSpec, connection: Connection, held: KnownArticle
) -> tuple[replay.Archived | None, Loadable | None]:
    """The version we hold, as it is kept, and as today's code reads its bytes (None: as no article)."""
    kept = replay.archived_article(connection, held.article_id)
    if kept is None:
        return None, None
    article = read_archived(desk, source, ref=kept.ref, url=kept.url).article
    return kept, loadable(desk, article, reread_origin(kept)) if article else None


def _version(desk: Desk, source: SourceSpec, kept: replay.Archived, again: Loadable | None) -> Version:
    """The text before an edit, as today's code and concepts read it, so that theirs is not taken for the edit."""
    if again:
        return Version(again.article.title, again.article.body, again.mentions)
    found = desk.tag(title=kept.title, body=kept.body, language=kept.language, country=source.country)
    return Version(kept.title, kept.body, found)


def reread_origin(kept: replay.Archived) -> Origin:
    """The origin of a version that is made of the bytes of the one before it."""
    return Origin(
        canonical_url=kept.canonical_url,
        address_id=kept.address_id,
        fetch_id=kept.fetch_id,
        run_id=kept.run_id,
        seen_at=kept.seen_at,
        reread=True,
    )


def _known(connection: Connection, slug: str, wanted: Sequence[tuple[Item, Article]]) -> dict[str, KnownArticle]:
    keys: set[str] = set()
    for item, article in wanted:
        keys |= {item.page.url_key, trusted_canonical(item.page.url, article.canonical_url)}
    return {
        found.pop("canonical_url"): KnownArticle(**found)
        for found in load.known_articles(
            connection,
            slug,
            canonical_urls=sorted(keys),
            address_ids=sorted({item.page.address_id for item, _ in wanted}),
        )
    }


def _loadable(desk: Desk, item: Item, article: Article, *, known: dict[str, KnownArticle]) -> Loadable:
    page = item.page
    canonical = trusted_canonical(page.url, article.canonical_url)
    key = choose_key(canonical, page.url_key, address_id=page.address_id, body=article.body, known=known)
    origin = Origin(
        canonical_url=key,
        address_id=page.address_id,
        fetch_id=page.fetch_id,
        run_id=page.run_id,
        seen_at=page.fetched_at,
        matched=item.matched,
    )
    return loadable(desk, article, origin)
