"""Spans near one another."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.alert.language.spans import Close, Span, joined, shortest, terms_in, within_sentence, within_words

LAST = 30
SPANS = st.lists(
    st.tuples(st.integers(0, LAST), st.integers(0, 6)).map(lambda it: Span(it[0], min(LAST, it[0] + it[1]), "x")),
    max_size=12,
)


def places(spans: list[Span]) -> list[tuple[int, int]]:
    return [(span.first, span.last) for span in spans]


def without_holders(spans: list[Span]) -> list[tuple[int, int]]:
    """By trying each with each: those that hold no other, by place."""
    places = {span[:2] for span in spans}
    return [
        (first, last)
        for first, last in sorted(places)
        if not any((a, b) != (first, last) and first <= a and b <= last for a, b in places)
    ]


def every_pair(left: list[Span], right: list[Span], close: Close) -> list[tuple[int, int]]:
    """By trying each with each: the shortest spans of close pairs."""
    return without_holders(
        [
            Span(min(one.first, other.first), max(one.last, other.last))
            for one, other in product(left, right)
            if close(one, other)
        ]
    )


@given(SPANS)
def test_the_shortest_are_those_that_hold_no_other(spans: list[Span]) -> None:
    """The shortest spans are those that trying each with each leaves."""
    assert places(shortest(spans)) == without_holders(spans)


@given(SPANS, SPANS, st.integers(1, 12))
@settings(max_examples=300)
def test_near_is_what_every_pair_says(left: list[Span], right: list[Span], distance: int) -> None:
    """Looking at the next span on either side finds what trying each with each finds."""
    left, right, close = shortest(left), shortest(right), within_words(distance)
    assert places(joined(left, right, close)) == every_pair(left, right, close)


@given(SPANS, SPANS, st.lists(st.booleans(), min_size=LAST + 1, max_size=LAST + 1))
@settings(max_examples=300)
def test_one_sentence_is_what_every_pair_says(left: list[Span], right: list[Span], ends: list[bool]) -> None:
    """The same holds for sentences, wherever they end."""
    numbers = [sum(ends[:place]) for place in range(LAST + 1)]
    left, right, close = shortest(left), shortest(right), within_sentence(numbers)
    assert places(joined(left, right, close)) == every_pair(left, right, close)


def test_what_a_span_is_made_of_is_named_once() -> None:
    """Of spans that share a term the term is named once."""
    one, two, three = Span(0, 0, "a"), Span(2, 2, "b"), Span(4, 4, "c")
    pairs = joined([one, three], [two], within_words(2))
    assert places(pairs) == [(0, 2), (2, 4)]
    assert sorted(span.term for span in terms_in(pairs)) == ["a", "b", "c"]
