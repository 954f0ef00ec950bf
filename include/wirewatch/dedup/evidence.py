"""What of an article is compared to find its story: gathered once per article, stored as JSON, never the text itself.

A story is told in the headline and the first sentences, so words weigh less the later they stand. Names tell events
apart, and so do days and numbers: two alike reports with other names in their heads are two events.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import Any

from wirewatch.dedup.function_words import is_function_word
from wirewatch.dedup.spelling import plain, skeleton, spellings, stem
from wirewatch.written_dates.months import month_number

Encode = Callable[[str], Sequence[float]]
"""Text → vector of length 1."""

TEXT_READ = 6_000
WORDS_READ = 800
"""Code points and words of a body. What comes later is background; and a hostile page costs no more than another."""
ENCODED = 500
"""Code points of headline and lead that the sentence vector is made of."""
HEADLINE_WORDS = 40
HEADLESS = 12
"""Words at the start of a body that stand for a headline that is not there."""
HEAD_WORDS = 30
"""Words of a body that, with the headline, name who and where."""
HEAD_NUMBERS = 50
NAMES_KEPT = 80
WORDS_KEPT = 400
TITLE_CASE = 0.7
"""Share of capitalised words from which a headline's capitals name nobody ("Army Chief Visits Border Town")."""

FADING = 60
"""Words after which a word's weight has halved."""
IN_HEADLINE = 1.5
NAME_WEIGHT = 1.3
QUANTIZED = 127

_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_][^\W_]*(?:[-’'][^\W\d_]+)*")
# Furniture that extractors leave at the start: addresses, and moments written for machines.
_FURNITURE = re.compile(r"https?://\S+|\d{4}-\d\d-\d\dT[\d:+.]+")
_OPENING = frozenset('.!?…\n:"«»“”„|')
# What stands in quotes and is short is what a thing is called, so its first capital says something.
_CALLED = re.compile(r'(?:«[^«»\n.!?]{1,40}»|“[^“”\n.!?]{1,40}”|„[^„“”\n.!?]{1,40}[“”]|"[^"\n.!?]{1,40}")')
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Evidence:
    """What one article says, in words, names, numbers, days, and two sentence vectors."""

    language: str | None  # ISO 639-1, as stated or detected; None: unknown
    weights: Mapping[str, float]  # stem, or number as written → how much it says
    headline: tuple[str, ...]  # stems of the headline's telling words, in order
    names: tuple[str, ...]  # plain words capitalised inside sentences, in order of appearance
    head_names: tuple[str, ...]  # of those, the ones in the headline and the first words
    head_capitals: tuple[str, ...]  # plain words there that are capitalised because they open something, or all are
    head_numbers: tuple[str, ...]  # in the headline and the first words; two digits and more, no years
    days: tuple[str, ...]  # "24.11": days of the year named in the headline and the lead
    lead_vector: bytes | None  # of headline and lead, int8; None: no encoder
    headline_vector: bytes | None  # of the headline alone

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Stems without their last letter, for forms that differ in it."""
        return frozenset(word[:4] for word in self.weights)

    @cached_property
    def bones(self) -> frozenset[str]:
        """Skeletons of all names, in every spelling."""
        return self.skeletons(self.names)

    def skeletons(self, names: Iterable[str]) -> frozenset[str]:
        """Of this article's names, in every spelling."""
        english = self.language == "en"
        return frozenset(form for name in names for form in spellings(skeleton(name, english=english)))

    def to_json(self) -> dict[str, Any]:
        """As stored: lists, numbers and strings."""
        row: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("lead_vector", "headline_vector"):
            row[name] = b64encode(row[name]).decode() if row[name] else None
        return row | {"weights": dict(self.weights)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Evidence:
        """The reverse of ``to_json``."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
        }
        for name in ("lead_vector", "headline_vector"):
            values[name] = b64decode(values[name]) if values[name] else None
        return cls(**values)


@dataclass(frozen=True)
class _Word:
    """A token: ``opens`` when its capital, if it has one, says nothing."""

    text: str
    opens: bool

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @cached_property
    def key(self) -> str:
        return _number(self.text) if self.is_number else stem(self.text)

    @cached_property
    def telling(self) -> bool:
        """Says something of what the text is about."""
        return self.is_number or (len(self.key) > 1 and not is_function_word(plain(self.text)))


def gather(title: str, body: str, *, language: str | None = None, encode: Encode | None = None) -> Evidence:
    """Article → its evidence. Never raises; cost is bounded whatever the text.

    ``encode`` costs about a tenth of a second; without it the two vectors are missing, and stories are told apart by
    words, names and numbers alone, across languages hardly.
    """
    title = title.strip()
    body = body[: TEXT_READ + len(title)].strip().removeprefix(title) if title else body[:TEXT_READ]
    lead = _FURNITURE.sub(" ", body[:TEXT_READ]).strip()
    headline = _headline(title)
    words = _words(lead)[:WORDS_READ]
    shown = headline or words[:HEADLESS]
    head = [*headline, *words[:HEAD_WORDS]]
    names = _distinct(plain(word.text) for word in (*headline, *words) if word.capital and not word.opens)
    known = frozenset(names)
    opened = f"{title}. {lead}" if title else lead
    return Evidence(
        language=language or None,
        weights=_weights(headline, words, known),
        headline=tuple(_distinct(word.key for word in shown if word.telling and not word.is_number)),
        names=tuple(names[:NAMES_KEPT]),
        head_names=tuple(_distinct(plain(word.text) for word in head if word.capital and not word.opens)),
        head_capitals=tuple(_distinct(plain(word.text) for word in head if word.capital and word.opens)),
        head_numbers=_telling_numbers([*headline, *words[:HEAD_NUMBERS]]),
        days=tuple(_distinct(_days(_words(opened[:ENCODED])))),
        lead_vector=_packed(encode(opened[:ENCODED])) if encode else None,
        headline_vector=_packed(encode(title or lead[: ENCODED // 5])) if encode else None,
    )


def keys(evidence: Evidence, *, limit: int = 20) -> tuple[str, ...]:
    """What candidates of one story are looked up by: the weightiest stems, names' skeletons, numbers of the head.

    Two articles of one story share two of them nearly always (benchmarks/fit_relation.py prints how often, and how
    often others do). Skeletons are marked with "~", so that names meet across alphabets and no stem meets a skeleton.
    """
    heavy = sorted(evidence.weights, key=lambda word: (-evidence.weights[word], word))[:limit]
    english = evidence.language == "en"
    names = [f"~{skeleton(name, english=english)}" for name in (*evidence.head_names, *evidence.names)[:limit]]
    return tuple(_distinct([*heavy, *names, *evidence.head_numbers[: limit // 2]]))


def _headline(title: str) -> list[_Word]:
    words = _words(title)[:HEADLINE_WORDS]
    long = [word for word in words if len(word.text) > 3 and not word.is_number]
    if long and sum(word.capital for word in long) > TITLE_CASE * len(long):
        return [_Word(word.text, opens=True) for word in words]
    return words


def _words(text: str) -> list[_Word]:
    found, end = [], 0
    called = {match.start() + 1 for match in _CALLED.finditer(text)}
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        opens = match.start() not in called and (not end or not _OPENING.isdisjoint(gap))
        found.append(_Word(match.group(), opens))
        end = match.end()
    return found


def _weights(headline: Sequence[_Word], words: Sequence[_Word], names: frozenset[str]) -> dict[str, float]:
    told: dict[str, float] = defaultdict(float)
    for place, word in enumerate(words):
        if word.telling:
            told[word.key] += 1 / (1 + place / FADING)
    for word in headline:
        if word.telling:
            told[word.key] += IN_HEADLINE
    named = {word.key for word in (*headline, *words) if plain(word.text) in names}
    scored = {key: math.log1p(told[key]) * _worth(key, name=key in named) for key in told}
    kept = sorted(scored, key=lambda key: (-scored[key], key))[:WORDS_KEPT]
    return {key: round(scored[key], 3) for key in kept}


def _worth(key: str, *, name: bool) -> float:
    """How rare a word like this is. Longer words are rarer; so are numbers with more digits, years excepted."""
    if key[:1].isdigit():
        return 1.0 if _YEAR.fullmatch(key) else {1: 0.8, 2: 2.0}.get(len(key), 4.0)
    return (2 + 0.15 * len(key)) * (NAME_WEIGHT if name else 1.0)


def _number(text: str) -> str:
    """12 500, 12,500 and 12.500 are one number; 4,5 and 4.5 are one."""
    if re.fullmatch(r"\d{1,3}(?:[^\d]\d{3})+", text):
        return re.sub(r"\D", "", text)[:18]
    return text.replace(",", ".")[:18]


def _telling_numbers(words: Iterable[_Word]) -> tuple[str, ...]:
    numbers = (word.key for word in words if word.is_number)
    return tuple(_distinct(number for number in numbers if len(number) > 1 and not _YEAR.fullmatch(number)))


def _days(words: Sequence[_Word]) -> Iterator[str]:
    """Days named as "24 ноября", "November 24", "24 d. lapkričio"."""
    for first, second in pairwise(words):
        for day, month in ((first, second), (second, first)):
            number = None if month.is_number else month_number(month.text)
            if number and day.text.isdecimal() and 1 <= int(day.text[:4]) <= 31:
                yield f"{int(day.text)}.{number}"


def _distinct(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(item for item in items if item))


def _packed(vector: Sequence[float]) -> bytes:
    """Vector → one byte a number. Directions stay within a thousandth."""
    largest = max(map(abs, vector), default=0.0) or 1.0
    return bytes(round(value / largest * QUANTIZED) & 0xFF for value in vector)
