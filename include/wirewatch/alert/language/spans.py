"""Where things stand in a text, by the numbers of its words, and which of them stand near one another. Linear time.

Spans come in lists in which none holds another, by place: then both their first and their last words ascend, and for
each span only the next one on either side has to be looked at. Of what two lists have near each other the shortest
spans are kept: those that hold no other. (Clarke, Cormack, Burkowski, "An algebra for structured text search", 1995.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """From one word to another, both included. It is never compared whole: what it is made of may be a deep tree."""

    first: int
    last: int
    term: str = ""  # as the rule writes it; empty: it is made of others
    made_of: tuple[Span, ...] = ()


Close = Callable[[Span, Span], bool]
"""Whether two spans belong together; when they do, so do spans between them."""


def shortest(spans: Iterable[Span]) -> list[Span]:
    """Spans in any order → by place, without those that hold another, and of equal ones one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, -span.last)):
        while kept and kept[-1].last >= span.last:  # what began before and ends no earlier holds it
            kept.pop()
        kept.append(span)
    return kept


def joined(left: Sequence[Span], right: Sequence[Span], close: Close) -> list[Span]:
    """Two lists → the shortest spans of one from each that are close; both lists are such as ``shortest`` gives."""
    pairs = [*_nearest(left, right), *((one, other) for other, one in _nearest(right, left))]
    return shortest(
        Span(min(one.first, other.first), max(one.last, other.last), made_of=(one, other))
        for one, other in pairs
        if close(one, other)
    )


def _nearest(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """For each span the last of the others that ends no later, and the first that begins no earlier."""
    before, after = -1, 0
    for span in spans:
        while before + 1 < len(others) and others[before + 1].last <= span.last:
            before += 1
        while after < len(others) and others[after].first < span.first:
            after += 1
        if before >= 0:
            yield span, others[before]
        if after < len(others):
            yield span, others[after]


def terms_in(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans of single terms that spans are made of, each once though many share it; in no order."""
    waiting = list(spans)
    seen: set[int] = set()
    while waiting:
        span = waiting.pop()
        if id(span) in seen:  # the spans given hold all that is below them: no id is used twice
            continue
        seen.add(id(span))
        if span.term:
            yield span
        waiting += span.made_of


def within_words(distance: int) -> Close:
    """At most so many words from one to the other: side by side is 1, overlapping 0."""

    def close(one: Span, other: Span) -> bool:
        return other.first - one.last <= distance and one.first - other.last <= distance

    return close


def within_sentence(numbers: Sequence[int]) -> Close:
    """All of both in one sentence; ``numbers`` has each word's."""

    def close(one: Span, other: Span) -> bool:
        return numbers[min(one.first, other.first)] == numbers[max(one.last, other.last)]

    return close
