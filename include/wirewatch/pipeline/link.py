"""After all sources are read: new texts → copies → stories, and the search column of what was loaded.

First every new version is signed and its source lines are read, then all are compared, then each gets its place: by the
time the first place is given, all pairs there are are known, so that no batch sees less than another. Each batch is a
transaction, and what was broken off is simply still due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from wirewatch.dedup.copies import Text, overlap
from wirewatch.dedup.credits import CreditReader
from wirewatch.dedup.publishers import cited_names
from wirewatch.dedup.sentences import Change, changed_sentences
from wirewatch.dedup.signatures import METHOD, signatures
from wirewatch.dedup.stories import StoryPair
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.place import place
from wirewatch.pipeline.signed_again import COMPARED, sign_again
from wirewatch.pipeline.story_evidence import StoredEvidence
from wirewatch.warehouse import stories
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.evidence import article_days

SIGNED_AT_ONCE = 500
COMPARED_AT_ONCE = 100
PLACED_AT_ONCE = 1000
IN_ONE_GO = 100_000
"""Versions whose ids are kept in memory; an archive that was never compared is done in several goes."""

CANDIDATES = 500
"""Texts that are compared with one at the most: hundreds with a band in common are a form letter."""

INDEXED_AT_ONCE = 500

Due = tuple[int, int, str]
"""Article id, version, text hash."""

T = TypeVar("T")


class StoryEvidence(Protocol):
    """A second look at what is new: which articles tell of one event, by other evidence than their wording.

    It is given articles, in order of their days, and names all pairs of one of them and any other article that count,
    whichever came first; what it named of them before is replaced. The pair of two articles must not depend on any
    third. It may store what it needs, in transactions of its own.
    """

    def __call__(self, connection: Connection, article_ids: Sequence[int], /) -> Iterable[StoryPair]:
        """Articles that are new or changed → their pairs."""
        ...


def link(desk: Desk, *, evidence: StoryEvidence | None = None) -> dict[str, int]:
    """Give everything new its place among copies and stories; return {"linked", "stories", "copies"}.

    "linked" counts articles that had no story. ``evidence``: None is what articles say and mean (``StoredEvidence``);
    with ``copies_alone`` stories are made of copies alone.
    """
    look = evidence or StoredEvidence()
    done = {"linked": 0, "stories": 0, "copies": 0}
    with desk.warehouse() as connection:
        _renew_signatures(connection)
        while due := _sign(connection):
            sign_again(connection, now=desk.now())
            _compare(connection, due)
            _look_again(connection, due, look)
            for batch in _batches(due, PLACED_AT_ONCE):
                with connection:
                    placed = place(connection, [(item[0], item[1]) for item in batch], now=desk.now())
                done = {name: done[name] + placed[name] for name in done}
        _index(connection)
    return done


def _sign(connection: Connection) -> list[Due]:
    """Sign what is due and read whom it cites; return it."""
    with connection:
        reader = CreditReader(cited_names(stories.watched_names(connection)))
    due: list[Due] = []
    while len(due) < IN_ONE_GO:
        after = due[-1][:2] if due else (0, 0)
        with connection:
            found = stories.due_texts(connection, after=after, method=METHOD, limit=SIGNED_AT_ONCE)
            unsigned = {item["text_hash"]: item["body"] for item in found if not item["signed"]}
            _store_signatures(connection, unsigned)
            stories.store_credits(
                connection,
                (
                    (item["article_id"], item["version"], credit.publisher, credit.phrase)
                    for item in found
                    for credit in reader.read(item["body"])
                ),
            )
        if not found:
            break
        due += [(item["article_id"], item["version"], item["text_hash"]) for item in found]
    return due


def _store_signatures(connection: Connection, bodies: dict[str, str]) -> None:
    made = signatures(list(bodies.values()))
    stories.store_signatures(connection, METHOD, dict(zip(bodies, made, strict=True)))


def _renew_signatures(connection: Connection) -> None:
    """Make those anew that another version of this program, or of its library, has made."""
    found = True
    while found:
        with connection:
            outdated = stories.outdated_signatures(connection, method=METHOD, limit=SIGNED_AT_ONCE)
            _store_signatures(connection, {item["text_hash"]: item["body"] for item in outdated})
            found = bool(outdated)


def _compare(connection: Connection, due: Sequence[Due]) -> None:
    with connection:
        names = [name for given in cited_names(stories.watched_names(connection)).values() for name in given]
    for batch in _batches(due, COMPARED_AT_ONCE):
        with connection:
            _compare_texts(connection, sorted({text for _, _, text in batch}), names)


def _look_again(connection: Connection, due: Sequence[Due], evidence: StoryEvidence) -> None:
    """Pair what is due anew. What was named before is dropped first: each pair counts, whichever end names it."""
    with connection:
        ids = list(article_days(connection, sorted({article_id for article_id, _, _ in due})))
        stories.drop_story_pairs(connection, ids)
    for batch in _batches(ids, COMPARED_AT_ONCE):
        found = {(pair.left, pair.right, pair.score) for pair in evidence(connection, batch)}
        with connection:
            stories.add_story_pairs(connection, sorted(found))


def _compare_texts(connection: Connection, texts: Sequence[str], names: Sequence[str]) -> None:
    """Compare texts with all that share a band with them; keep those pairs that are copies."""
    candidates = stories.copy_candidates(connection, texts, window=COMPARED, limit=CANDIDATES)
    pairs = {(min(pair), max(pair)) for pair in candidates}
    bodies = stories.text_bodies(connection, {text for pair in pairs for text in pair})
    taken_apart = {text: Text(body) for text, body in bodies.items()}
    stories.store_copy_pairs(
        connection,
        (
            row
            for left, right in sorted(pairs)
            for row in _copy_row(left, right, taken_apart[left], taken_apart[right], names)
        ),
    )


def _copy_row(left: str, right: str, first: Text, second: Text, names: Sequence[str]) -> Iterator[stories.PairRow]:
    """The row of two texts when they are copies, else none."""
    found = overlap(first, second)
    if found.is_copy:
        lefts = _own_sentences(second.body, first.body, names)
        rights = _own_sentences(first.body, second.body, names)
        yield left, right, found.shared, found.left, found.right, found.is_reissue, lefts, rights


def _own_sentences(original: str, copy: str, names: Sequence[str]) -> int:
    changes = changed_sentences(original, copy, names=names)
    return sum(change.change is not Change.DROPPED for change in changes)


def _batches(due: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (due[start : start + size] for start in range(0, len(due), size))


def _index(connection: Connection) -> None:
    """Fill the search column in bulk, a transaction for each few hundred articles: it may be cut off anywhere."""
    indexed = INDEXED_AT_ONCE
    while indexed:
        with connection:
            indexed = stories.index_text(connection, limit=INDEXED_AT_ONCE)
