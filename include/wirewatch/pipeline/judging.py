"""What of a batch of read pages is new, what its publisher edited, and what only our own code reads otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wirewatch.dedup.canonical import trusted_canonical
from wirewatch.dedup.identity import KnownArticle, choose_key, judge
from wirewatch.model import Article, Verdict
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.reading import Origin, Read, loadable, read_archived
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


@dataclass
class Judged:
    """A batch's articles by key, and a verdict on each page that holds one."""

    loadables: dict[str, Loadable] = field(default_factory=dict)
    rereads: dict[str, Loadable] = field(default_factory=dict)  # to load before them
    verdicts: list[Verdict] = field(default_factory=list)

    def store(self, connection: Connection, source: str) -> None:
        """Load the batch in the caller's transaction."""
        load.load_articles(connection, source, list(self.rereads.values()))
        load.load_articles(connection, source, list(self.loadables.values()))


def judge_batch(desk: Desk, source: SourceSpec, *, connection: Connection, items: Sequence[Item]) -> Judged:
    """Verdicts on a source's pages, in order: later pages of the batch are judged beside earlier ones.

    The articles concerned are locked until the caller's transaction ends.
    """
    wanted = [(item, item.read.article) for item in items if item.read.article]
    known = _known(connection, source.slug, wanted)
    judged = Judged()
    for item, article in wanted:
        found = _loadable(desk, item, article, known=known)
        key, held = found.canonical_url, known.get(found.canonical_url)
        verdict = judge(found.content_hash, address_id=item.page.address_id, known=held)
        if verdict is Verdict.CHANGED and held is not None and held.article_id:
            again = _read_again(desk, source, connection, held)
            if again and again.content_hash == found.content_hash:
                # The page says what it said; it is our code or its source file that changed since.
                found, verdict = replace(found, reread=True), Verdict.SAME
            elif again and again.content_hash != held.content_hash:
                # Two causes: ours becomes a version of its own, so that the edit is the publisher's alone.
                judged.rereads[key] = again
        judged.verdicts.append(verdict)
        if verdict is not Verdict.SAME or found.reread:
            judged.loadables[key] = found
            known[key] = KnownArticle(0, item.page.address_id, 0, found.content_hash, found.article.body)
    return judged


def _read_again(desk: Desk, source: SourceSpec, connection: Connection, held: KnownArticle) -> Loadable | None:
    """The version we hold, read from its own bytes by today's code; None when that gives no article."""
    kept = replay.archived_article(connection, held.article_id)
    if kept is None:
        return None
    article = read_archived(desk, source, ref=kept.ref, url=kept.url).article
    return loadable(desk, article, reread_origin(kept)) if article else None


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
