"""Invented documents with near-duplicates among them, for measuring and testing how copies are found."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

EDIT_RATES = (0.01, 0.03, 0.10)
VOCABULARY = 50_000
_CONSONANTS = "бвгджзклмнпрстфхцчш"
_VOWELS = "аеиоуыя"
_ENDINGS = ("", "", "й", "в", "м", "т", "к")


@dataclass(frozen=True)
class Documents:
    """Texts of one length; the last tenth are edited copies of others."""

    texts: list[str]
    copies: dict[float, list[tuple[int, int]]]  # share of words replaced → (place of the original, of the copy)


def invented_documents(count: int, *, words: int = 300, seed: int = 1) -> Documents:
    """``count`` texts of invented words whose frequencies follow Zipf's law (Mandelbrot's shift, 2.7).

    A tenth are copies of texts spread over the others, in turn with 1, 3 and 10 % of their words replaced at random.
    """
    chance = random.Random(seed)
    vocabulary = _vocabulary(random.Random(0))
    weights = list(itertools.accumulate(1 / (place + 2.7) for place in range(len(vocabulary))))
    originals = count - count // 10
    texts = [" ".join(chance.choices(vocabulary, cum_weights=weights, k=words)) for _ in range(originals)]
    copies: dict[float, list[tuple[int, int]]] = {rate: [] for rate in EDIT_RATES}
    for number in range(count // 10):
        rate, original = EDIT_RATES[number % len(EDIT_RATES)], number * (originals // (count // 10))
        edited = texts[original].split()
        for place in chance.sample(range(words), round(words * rate)):
            edited[place] = chance.choices(vocabulary, cum_weights=weights)[0]
        copies[rate].append((original, len(texts)))
        texts.append(" ".join(edited))
    return Documents(texts, copies)


def _vocabulary(chance: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = (chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 4)))
        words["".join(syllables) + chance.choice(_ENDINGS)] = None
    return list(words)
