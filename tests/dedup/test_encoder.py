"""Sentence vectors, by the real model."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from wirewatch.dedup.encoder import Encoder, encoder

BRIDGE = {
    "ru": "Мост через Муховец в Бресте закрыли на ремонт до весны",
    "uk": "Міст через Мухавець у Бересті закрили на ремонт до весни",
    "be": "Мост праз Мухавец у Брэсце закрылі на рамонт да вясны",
    "en": "The bridge over the Mukhavets in Brest is closed for repair until spring",
    "pl": "Most na Muchawcu w Brześciu zamknięto do wiosny z powodu remontu",
    "lt": "Tiltas per Muchavecą Breste uždarytas remontui iki pavasario",
}
ELSE = {
    "ru": "Национальный банк повысил ставку рефинансирования до десяти процентов",
    "en": "The national bank has raised its refinancing rate to ten per cent",
}


@pytest.fixture(scope="module")
def encode() -> Encoder:
    """The process's encoder."""
    found = encoder()
    if found is None:
        pytest.skip("the package with the sentence encoder is not installed on this platform")
    return found


def cosine(left: tuple[float, ...], right: tuple[float, ...]) -> float:
    """Of two vectors of length 1."""
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_a_vector_has_length_one(encode: Encoder) -> None:
    """384 numbers, the same each time."""
    vector = encode(BRIDGE["ru"])
    assert (len(vector), encode(BRIDGE["ru"])) == (384, vector)
    assert math.isclose(cosine(vector, vector), 1.0, abs_tol=1e-5)


def test_one_event_is_near_itself_in_every_language(encode: Encoder) -> None:
    """Nearer, in any two of six languages, than to another event in either of two."""
    vectors = {language: encode(text) for language, text in BRIDGE.items()}
    others = [encode(text) for text in ELSE.values()]
    nearest_other = max(cosine(vector, other) for vector in vectors.values() for other in others)
    assert min(cosine(*pair) for pair in combinations(vectors.values(), 2)) > nearest_other


@pytest.mark.parametrize("text", ["", "\ud800\x00", "﷽" * 3_000, "a" * 100_000, "\u0301" * 5_000])
def test_any_text_has_a_vector(encode: Encoder, text: str) -> None:
    """Also one that a page made up to break the reader."""
    assert all(map(math.isfinite, encode(text)))
