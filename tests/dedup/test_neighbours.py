"""Who of a day may tell of the same event: nobody is missed, and few are named."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from benchmarks.documents import invented_documents
from wirewatch.dedup.evidence import Evidence, gather, keys
from wirewatch.dedup.neighbours import AT_ONCE, Day, Known, Likely, likeliest
from wirewatch.dedup.relation import judge_pair

LANGUAGES = ("ru", "uk", "en", "pl", None)


def articles(count: int) -> list[Evidence]:
    """Evidence of invented texts in several languages, with vectors of every likeness."""
    chance = random.Random(5)
    base = [chance.gauss(0, 1) for _ in range(384)]
    found = []
    for number, text in enumerate(invented_documents(count, words=40, seed=5).texts):
        spread = chance.choice((0.1, 0.3, 0.45, 0.6))
        near = tuple(value + chance.gauss(0, spread) for value in base)
        encode = (lambda vector: lambda _: vector)(near)
        title = " ".join(word.capitalize() for word in text.split()[:5])
        found.append(gather(title, text, language=LANGUAGES[number % 5], encode=encode))
    return found


def known(number: int, item: Evidence) -> Known:
    return Known(number, f"t{number}", item.language, keys(item), item.lead_vector, item.headline_vector)


def likely(asked: list[Known], held: list[Known]) -> set[tuple[int, int]]:
    return {(min(it, like.known.article_id), max(it, like.known.article_id)) for it, like in Day(held).likely(asked)}


def test_no_pair_of_one_story_is_missed_and_others_are_left_out() -> None:
    """All pairs that are judged to be one story are likely, whichever is asked for; by no means all others are."""
    pytest.importorskip("numpy")
    found = articles(120)
    rows = [known(number, item) for number, item in enumerate(found)]
    pairs = list(combinations(range(len(found)), 2))
    stories = {(one, two) for one, two in pairs if judge_pair(found[one], found[two]).one_story}
    named = likely(rows, rows)
    assert 200 < len(stories) < 0.8 * len(pairs)
    assert stories <= named
    assert len(named) < 0.9 * len(pairs)
    assert named == likely(rows[60:], rows[:60]) | likely(rows[:60], rows[:60]) | likely(rows[60:], rows[60:])


def test_without_vectors_two_keys_decide() -> None:
    """Of two articles of which one has no vectors two keys must be common; exact copies and oneself are left out."""
    asked = Known(1, "a", "ru", ("one", "two", "three"), None, None)
    held = [
        asked,
        replace(asked, article_id=2, text_hash="a"),
        replace(asked, article_id=3, text_hash="b", keys=("two", "three", "four")),
        replace(asked, article_id=4, text_hash="c", keys=("three", "four")),
        replace(asked, article_id=5, text_hash="d", lead=b"\x01" * 384, headline=b"\x01" * 384),
    ]
    assert likely([asked], held) == {(1, 3), (1, 5)}
    assert likely([held[4]], held) == {(1, 5), (2, 5), (3, 5)}


def test_many_articles_are_compared_block_by_block() -> None:
    """The last of more than fit into one block is found as the first is."""
    pytest.importorskip("numpy")
    vector = bytes(range(1, 97)) * 4
    held = [Known(number, f"t{number}", "ru", (), vector, vector) for number in range(AT_ONCE + 1)]
    asked = Known(-1, "mine", "ru", (), vector, vector)
    assert len(likely([asked], held)) == AT_ONCE + 1


def test_the_likeliest_are_the_same_in_any_order() -> None:
    """The best of either kind, ties by their text."""
    one = Known(1, "b", None, (), None, None)
    options = [
        Likely(3, one, by_vectors=False),
        Likely(2, replace(one, article_id=2, text_hash="c"), by_vectors=False),
        Likely(2, replace(one, article_id=3, text_hash="a"), by_vectors=False),
        Likely(0.1, replace(one, article_id=4), by_vectors=True),
    ]
    for order in (options, options[::-1]):
        assert {item.article_id for item in likeliest(order, limit=2)} == {1, 3, 4}
