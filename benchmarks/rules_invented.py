"""Invented rules for ``rules``, each in the rule language and as an SQL query that asks for the same."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from wirewatch.model import StoredArticle

CONCEPTS = [f"concept-{number}" for number in range(150)]
SOURCES = [f"source-{number}" for number in range(60)]
COUNTRIES = ["BY", "RU", "PL", "LT", "LV", "EE", "UA"]

COMMONEST = 200
"""So many of the most frequent words stand in no rule: they are the "и" and "в" of the invented language."""

RARER = 8_000
"""Words up to this rank do."""


@dataclass(frozen=True)
class InventedRule:
    """A rule, twice."""

    text: str
    query: str  # gives article ids
    values: tuple[object, ...]


@dataclass(frozen=True)
class _Part:
    text: str
    where: str
    values: tuple[object, ...]


def invented_rules(count: int, articles: Sequence[StoredArticle]) -> list[InventedRule]:
    """Rules of eight kinds in turn, of words that stand in the articles."""
    counts = Counter(word for article in articles[:2000] for word in article.body.split(" "))
    words = [word for word, _ in counts.most_common(RARER)[COMMONEST:] if len(word) > 3]
    bodies = [article.body.split(" ") for article in articles]
    maker = _Maker(random.Random(7), words, bodies)
    kinds = maker.kinds()
    return [_rule(kinds[number % len(kinds)]()) for number in range(count)]


def _rule(parts: Sequence[_Part]) -> InventedRule:
    where = " and ".join(part.where for part in parts)
    values = tuple(value for part in parts for value in part.values)
    query = f"select article_id from news where {where}"  # of the fragments below; values are bound
    return InventedRule(" AND ".join(part.text for part in parts), query, values)


@dataclass(frozen=True)
class _Maker:
    chance: random.Random
    words: Sequence[str]
    bodies: Sequence[Sequence[str]]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words again."""
        return frozenset(self.words)

    def kinds(self) -> tuple[Callable[[], list[_Part]], ...]:
        """Makers of a rule's parts."""
        one, some = self.concepts, self.any_word
        return (
            lambda: [one(1), some(3)],
            lambda: [one(3), self.listed("source", SOURCES, 5)],
            lambda: [self.phrase(), _not(one(1))],
            lambda: [self.near(3)],
            lambda: [self.title(4), self.listed("country", COUNTRIES, 3)],
            lambda: [self.stem(), one(2)],
            lambda: [some(2), some(2), _not(self.listed("source", SOURCES, 2))],
            lambda: [one(1), one(1)],
        )

    def concepts(self, count: int) -> _Part:
        """Any of some concepts."""
        chosen = self.chance.sample(CONCEPTS, count)
        where = "exists (select from mentioned m where m.article_id = news.article_id and m.concept = any(%s))"
        return _Part(f"concept:{','.join(chosen)}", where, (chosen,))

    def listed(self, field: str, names: Sequence[str], count: int) -> _Part:
        """Any of some sources or countries."""
        chosen = self.chance.sample(list(names), count)
        where = {"source": "source = any(%s)", "country": "country = any(%s)"}[field]
        return _Part(f"{field}:{','.join(chosen)}", where, (chosen,))

    def any_word(self, count: int) -> _Part:
        """Any of some words."""
        chosen = self.chance.sample(list(self.words), count)
        return _in_text(f"({' OR '.join(chosen)})", " | ".join(chosen))

    def phrase(self) -> _Part:
        """Two words that follow one another somewhere."""
        first, second = self._pair(1)
        return _in_text(f'"{first} {second}"', f"{first} <-> {second}")

    def near(self, distance: int) -> _Part:
        """Two words that are near one another somewhere, in whatever order."""
        first, second = self._pair(distance)
        ways = [f"{a} <{n}> {b}" for n in range(1, distance + 1) for a, b in ((first, second), (second, first))]
        return _in_text(f"{first} NEAR/{distance} {second}", " | ".join(ways))

    def title(self, count: int) -> _Part:
        """Any of some words, in the title."""
        chosen = self.chance.sample(list(self.words), count)
        return _Part(f"title:({' OR '.join(chosen)})", "title @@ to_tsquery('simple', %s)", (" | ".join(chosen),))

    def stem(self) -> _Part:
        """Words that begin so."""
        stem = self.chance.choice(self.words)[:4]
        return _in_text(f"{stem}*", f"{stem}:*")

    def _pair(self, distance: int) -> tuple[str, str]:
        while True:
            body = self.chance.choice(self.bodies)
            place = self.chance.randrange(len(body) - distance)
            first, second = body[place], body[place + distance]
            if first != second and {first, second} <= self.known:
                return first, second


def _in_text(text: str, asked: str) -> _Part:
    where = "(title @@ to_tsquery('simple', %s) or body @@ to_tsquery('simple', %s))"
    return _Part(text, where, (asked, asked))


def _not(part: _Part) -> _Part:
    return _Part(f"NOT {part.text}", f"not ({part.where})", part.values)
