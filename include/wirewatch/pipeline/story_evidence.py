"""The second look at what is new: which articles tell of one event, by words, names, numbers, days and vectors.

An article is compared with those of the days around its own, so what it costs depends on how much comes in a day and
not on how large the archive is. All articles of these days have their evidence before any two are compared, and
whether two are paired is a matter of these two alone: neither order nor interruption can change what comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from wirewatch.dedup.encoder import encoder
from wirewatch.dedup.evidence import Encode, Evidence, gather, keys
from wirewatch.dedup.neighbours import Day, Known, Likely, likeliest
from wirewatch.dedup.relation import JOINED, judge_pair
from wirewatch.dedup.stories import StoryPair
from wirewatch.warehouse import evidence as store
from wirewatch.warehouse.connection import Connection, Row
from wirewatch.warehouse.evidence import EvidenceRow

METHOD = 1
"""Raised when ``gather``, ``keys`` or the encoder's model give something else: what is stored is made anew then."""

DAYS = 3
"""Between two articles that are compared, at the most; by the day stated, else the day first seen."""

CANDIDATES = 200
"""Of either kind that one article is compared with. Only a flood of alike pages has more that may be its story."""

GATHERED_AT_ONCE = 50
"""Articles whose evidence is stored in one transaction: a broken run loses some seconds of the encoder's work."""

COMPARED_AT_ONCE = 10
"""Articles whose candidates' evidence is in memory together: 2,000 at the most, some 60 MB."""


class StoredEvidence:
    """The pairs of what is new; gathers and stores the evidence it needs. One for each run: it remembers days.

    ``encode`` gives sentence vectors; None: the process's encoder, and where there is none, words and names alone.
    """

    def __init__(self, encode: Encode | None = None) -> None:
        self._encode = encode or (_encoded if encoder() else None)
        self._method = _method(self._encode)
        self._days: dict[int, Day] = {}

    def __call__(self, connection: Connection, article_ids: Sequence[int]) -> Iterator[StoryPair]:
        """All pairs with one of these articles. Give them in order of their days; stores in transactions of its own."""
        with connection:
            asked = store.article_days(connection, article_ids)
        window = {day + apart for day in asked.values() for apart in range(-DAYS, DAYS + 1)}
        self._days = {day: found for day, found in self._days.items() if day in window}
        for day in sorted(window - self._days.keys()):
            self._gather(connection, day)
            with connection:
                self._days[day] = Day(map(_known, store.evidence_of_day(connection, day)))
        ids = list(asked)
        for start in range(0, len(ids), COMPARED_AT_ONCE):
            candidates = self._candidates({it: asked[it] for it in ids[start : start + COMPARED_AT_ONCE]})
            yield from self._judged(connection, candidates)

    def _gather(self, connection: Connection, day: int) -> None:
        with connection:
            due = store.evidence_due(connection, day, method=self._method)
        for start in range(0, len(due), GATHERED_AT_ONCE):
            with connection:
                texts = store.current_texts(connection, due[start : start + GATHERED_AT_ONCE])
                store.store_evidence(connection, [evidence_row(text, encode=self._encode) for text in texts])

    def _candidates(self, asked: dict[int, int]) -> list[tuple[int, int]]:
        """Articles' days → pairs to judge."""
        found: dict[int, list[Likely]] = defaultdict(list)
        for day, held in self._days.items():
            near = [self._days[own].known[it] for it, own in asked.items() if abs(own - day) <= DAYS]
            for article_id, likely in held.likely(near):
                found[article_id].append(likely)
        return [
            (min(pair), max(pair))
            for article_id, likely in found.items()
            for known in likeliest(likely, limit=CANDIDATES)
            for pair in [(article_id, known.article_id)]
        ]

    def _judged(self, connection: Connection, pairs: Sequence[tuple[int, int]]) -> Iterator[StoryPair]:
        ids = sorted({article_id for pair in pairs for article_id in pair})
        with connection:
            stored = store.evidence_of(connection, ids)
        vectors = {it: day.known[it] for day in self._days.values() for it in stored.keys() & day.known.keys()}
        found = {it: _evidence(row, vectors[it]) for it, row in stored.items()}
        for left, right in sorted(set(pairs)):
            judgement = judge_pair(found[left], found[right])
            if judgement.score >= JOINED:
                yield StoryPair(left, right, round(judgement.score, 4))


@lru_cache(maxsize=512)
def _encoded(text: str) -> Sequence[float]:
    """The process's encoder; the same words, as exact reprints have them, are encoded once."""
    encode = encoder()
    if encode is None:
        raise LookupError("the encoder is not installed")
    return encode(text)


def _method(encode: Encode | None) -> int:
    """What was made with vectors is never made anew without."""
    return 2 * METHOD + (encode is not None)


def evidence_row(text: Row, *, encode: Encode | None) -> EvidenceRow:
    """A row of ``current_texts`` → what is stored of it."""
    found = gather(text["title"], text["body"], language=text["language"], encode=encode)
    return EvidenceRow(
        article_id=text["article_id"],
        version=text["version"],
        method=_method(encode),
        day=text["day"],
        text_hash=text["text_hash"],
        language=text["language"],
        keys=keys(found),
        lead=found.lead_vector,
        headline=found.headline_vector,
        evidence=found.to_json() | {"lead_vector": None, "headline_vector": None},
    )


def _known(row: Row) -> Known:
    values: dict[str, Any] = {**row, "keys": tuple(row["keys"])}
    for name in ("lead", "headline"):
        values[name] = bytes(row[name]) if row[name] is not None else None
    return Known(**values)


def _evidence(row: dict[str, Any], known: Known) -> Evidence:
    return replace(Evidence.from_json(row), lead_vector=known.lead, headline_vector=known.headline)


def copies_alone(connection: Connection, article_ids: Sequence[int]) -> Iterable[StoryPair]:
    """No second look: stories are made of copies alone."""
    _ = connection, article_ids
    return ()
