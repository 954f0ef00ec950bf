"""Invented news of a realistic shape: headlines, names, numbers, concepts, lengths; copies and second reports among it.

For measuring how costs grow, not for measuring how well anything is found.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from wirewatch.dedup.evidence import Encode
from wirewatch.model import Mention

WIDTH = 384
"""Of a sentence vector, as the encoder's."""

COMMON = 3.0
"""Weight of what all vectors have in common: unrelated reports are then as alike as by the encoder, about .8."""

CONCEPTS = tuple(f"concept-{number}" for number in range(30))
SENTENCE_WORDS = (8, 22)
_CONSONANTS = "бвгджзклмнпрстфхцчш"
_VOWELS = "аеиоуыя"
_COPIED, _RETOLD = 0.15, 0.25  # shares of a day's articles
_CITING = 0.3  # that name a wire as their source


@dataclass(frozen=True)
class News:
    """One article; its source is a number."""

    source: int
    title: str
    body: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class _Event:
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]


def invented_news(count: int, *, sources: int, seed: int) -> list[News]:
    """So many articles of one day. Some are reprints of earlier ones, some tell the same event in other words."""
    chance = random.Random(seed)
    words, names = _Zipf("word", 40_000), _Zipf("name", 6_000)
    wires = invented_names(sources, seed=3)[:5]
    made: list[tuple[News, _Event]] = []
    for _ in range(count):
        kind = chance.random()
        original = chance.choice(made) if made and kind < _COPIED + _RETOLD else None
        source = chance.randrange(sources)
        if original and kind < _COPIED:
            made.append((_reprint(original[0], source, chance), original[1]))
        else:
            event = original[1] if original else _event(words, names, chance)
            made.append((_report(event, source, words, chance, wires), event))
    return [news for news, _ in made]


def invented_names(count: int, *, seed: int) -> list[str]:
    """Names of publishers."""
    return [f"{name}пресс" for name in random.Random(seed).sample(_vocabulary("name", 6_000), count)]


def _event(words: _Zipf, names: _Zipf, chance: random.Random) -> _Event:
    numbers = tuple(str(chance.randint(10, 9999)) for _ in range(4))
    return _Event(tuple(names.some(6, chance)), numbers, tuple(words.some(25, chance)))


def _report(event: _Event, source: int, words: _Zipf, chance: random.Random, wires: Sequence[str]) -> News:
    title = _sentence(event, words, chance, length=8)
    length = min(1500, max(60, round(chance.lognormvariate(math.log(300), 0.6))))
    sentences = []
    while length > 0:
        size = chance.randint(*SENTENCE_WORDS)
        sentences.append(_sentence(event, words, chance, length=size) + ".")
        length -= size
    if chance.random() < _CITING:
        sentences[0] = f"{sentences[0][:-1]}, сообщает {chance.choice(wires)}."
    mentions = tuple(_mentions(sentences, chance))
    return News(source, title, "\n".join(" ".join(part) for part in _parts(sentences, 3)), mentions)


def _sentence(event: _Event, words: _Zipf, chance: random.Random, *, length: int) -> str:
    parts = words.some(length, chance)
    for pool, share in ((event.words, 0.25), (event.names, 0.08), (event.numbers, 0.04)):
        for place in range(1, length):
            if chance.random() < share:
                parts[place] = chance.choice(pool)
    return parts[0].capitalize() + " " + " ".join(parts[1:])


def _mentions(sentences: Sequence[str], chance: random.Random) -> Iterator[Mention]:
    """At the starts of sentences; four of ten articles mention nothing that is watched."""
    if chance.random() < 0.6:
        start = 0
        for number, sentence in enumerate(sentences):
            if number % 4 == 0:
                surface = sentence.split(" ", 1)[0]
                concept = CONCEPTS[min(int(chance.expovariate(0.2)), len(CONCEPTS) - 1)]
                yield Mention(concept, "body", start, start + len(surface), surface, surface.lower())
            start += len(sentence) + 1


def _reprint(news: News, source: int, chance: random.Random) -> News:
    """The same under another roof: some words changed, now and then the last paragraph cut."""
    words = news.body.split(" ")
    for place in chance.sample(range(len(words)), round(len(words) * chance.choice((0, 0.01, 0.03)))):
        words[place] = words[place][::-1]
    body = " ".join(words)
    return News(source, news.title, body.rsplit("\n", 1)[0] if chance.random() < 0.3 else body, news.mentions)


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))


class _Zipf:
    """Invented words whose frequencies follow Zipf's law (Mandelbrot's shift, 2.7)."""

    def __init__(self, kind: str, size: int) -> None:
        self._words = _vocabulary(kind, size)
        self._weights = list(itertools.accumulate(1 / (place + 2.7) for place in range(size)))

    def some(self, count: int, chance: random.Random) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)


@lru_cache
def _vocabulary(kind: str, size: int) -> list[str]:
    chance = random.Random(kind)
    words: dict[str, None] = {}
    while len(words) < size:
        word = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 5)))
        words[word.capitalize() if kind == "name" else word] = None
    return list(words)


def stand_in_encoder() -> Encode:
    """Text → a vector as wide, and unrelated ones as alike, as the encoder's, but at no cost to speak of."""

    @lru_cache(maxsize=100_000)
    def of_word(word: str) -> np.ndarray:
        seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(WIDTH)

    common = of_word("")
    common = common / np.linalg.norm(common)

    def encode(text: str) -> Sequence[float]:
        told = np.sum([of_word(word) for word in {*text.split(), "."}], axis=0)
        mixed = math.sqrt(COMMON) * common + told / np.linalg.norm(told)
        return tuple((mixed / np.linalg.norm(mixed)).tolist())

    return encode
