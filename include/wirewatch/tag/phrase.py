"""The syntax of names: a phrase as people write it in a concept file → a pattern over folded text.

| written      | matches                                                                            |
|--------------|------------------------------------------------------------------------------------|
| ``word``     | that word, whatever its case, dashes, quotes and look-alike letters                |
| ``word*``    | the word with any ending of up to five letters: its case forms                      |
| ``~word``    | all forms of a Russian or Ukrainian word, written as a dictionary lists it          |
| a space      | spaces, line breaks, quotes and dashes, up to four of them                          |
| ``-``        | a dash with or without spaces, or nothing: ``S-400`` is also S400                   |
| ``...``      | up to three words of any kind in the same sentence                                  |
| ``{year}``   | 2021, '21, -21, with or without a separator before it                               |
| ``$list``    | any phrase of that list in the same file                                            |

Patterns are made here, never by a user, and every repetition in them is bounded: the time of a try is bounded too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wirewatch.tag.alphabet import OTHER_LETTERS, OTHER_SIGN, class_of, separated
from wirewatch.tag.characters import in_other_script
from wirewatch.tag.fold import Folded, fold
from wirewatch.tag.inflection import forms_of

ENDING_LETTERS = 5
"""Letters that ``*`` may stand for: the longest case endings of the watched languages, -iajame in Lithuanian nearly."""

_SHORTEST_STOPPED, _SHORTEST_SPACED = 3, 4
"""Letters of the shortest acronym looked for with full stops (т.о. and м.о. mean other things), and with spaces."""

_LETTER = class_of(str.isalnum, other_letters=True)
_NO_LETTER_AFTER = b"(?!%b)" % _LETTER
_ENDING = b"%b{0,%d}" % (class_of(lambda char: char.isalnum() and not char.isdecimal(), other_letters=True), 5)
_GAP = rb"[\s\"'\-_]{1,4}"
_DASH = rb"(?:\s?-\s?)?"
_DASHES = ("-", "", " - ", " -", "- ")
_WORDS_BETWEEN = rb"(?:%b{1,40}[\s\"',\-()]{1,3}){0,3}" % _LETTER
_YEAR = rb"(?:[\s\"'\-_]{0,4}(?:19|20)\d\d|[\s\"]{0,2}['\-]\s?\d\d)"
_LONGEST = {"...": 3 * (40 + 3), "{year}": 8}
_LONGEST_GAP = 4

Literals = tuple[bytes, ...]

_folded = lru_cache(maxsize=8192)(fold)
"""The same words stand in many phrases."""


class Anchor(NamedTuple):
    """Literals of which one stands in every match, to be looked for in ``separated`` codes."""

    literals: Literals  # each begins with a separator; each ends with one where the word cannot go on
    reach: int  # characters between the beginning of a match and that of the literal, at the most; 0: it begins there
    common: float  # how common such a word is beside one of as many letters: 1, less for a name or an acronym


class Phrase(NamedTuple):
    """One phrase ready to be looked for: where to try, what to match, and what to look at once more.

    A named tuple, as thousands of them are read from the cache whenever a process starts.
    """

    written: str
    # One for each word or list, in their order: the first begins the match. Once ``looked_for`` has chosen: the one to
    # look for, and one that must stand near it before the pattern is worth a try (the same when there is no other).
    anchors: tuple[Anchor, ...]
    pattern: bytes  # over folded codes; to be tried where a word begins
    longest: int  # characters of a match, at the most
    whole: bool  # whether the first anchor is the whole phrase, so that the pattern need not be tried
    # For each group of the pattern: places that must be capitals, and the letters where codes do not tell them.
    capitals: tuple[tuple[int, ...], ...]
    letters: tuple[str, ...]

    def agrees(self, groups: tuple[tuple[int, int], ...], folded: Folded) -> bool:
        """Whether capitals and letters are as written; groups of a list's other phrases (-1) did not take part."""
        for places, letters, (start, end) in zip(self.capitals, self.letters, groups, strict=True):
            if start >= 0 and any(folded.is_small(start + place) for place in places):
                return False
            if start >= 0 and letters and folded.characters(start, end) != letters:
                return False
        return True


def looked_for(phrase: Phrase, costs: Sequence[float]) -> Phrase:
    """The phrase with the two anchors to find it by, given what it costs to look for each of its anchors."""
    best = min(range(len(costs)), key=costs.__getitem__)
    # One that does not begin the phrase leads back to its beginning; one that does is confirmed by the next best.
    others = [number for number in range(len(costs)) if number != best]
    second = 0 if best or not others else min(others, key=costs.__getitem__)
    return phrase._replace(anchors=(phrase.anchors[best], phrase.anchors[second]))


def check(written: str) -> str:
    """The phrase itself when it can be compiled; ValueError says what is wrong with it."""
    words = written.split()
    if not words:
        raise ValueError("is empty")
    if words[0] == "..." or words[0] == "{year}" or words[-1] == "...":
        raise ValueError(f"{written!r} must begin with a word and not end with '...'")
    for word in words:
        if word not in ("...", "{year}") and not word.startswith("$"):
            _check_word(word, written)
    return written


def _check_word(word: str, written: str) -> None:
    if word.startswith("~"):
        forms_of(word[1:])  # ValueError when there is no such word; with a * or a mark there is none
        return
    literal = word.removesuffix("*")
    if not separated(fold(literal).codes).strip():
        raise ValueError(f"{written!r}: a * or a mark needs letters before it")
    if any(mark in literal for mark in "*{}$"):
        raise ValueError(f"{written!r}: * stands at the end of a word; {{year}} and $list stand alone")


def lists_in(written: str) -> tuple[str, ...]:
    """Names of the lists that a phrase calls."""
    return tuple(word[1:] for word in written.split() if word.startswith("$"))


def compile_phrase(written: str, lists: Mapping[str, tuple[str, ...]], *, exact: bool) -> tuple[Phrase, ...]:
    """Phrase → what to look for: one, or as many as its list has entries when it begins with a list.

    Each has an anchor for every word of it; ``looked_for`` chooses among them.
    ``exact`` asks that capitals of the phrase be capitals in the text (small letters may be either).
    """
    first, _, rest = written.partition(" ")
    if first.startswith("$"):
        begun = (f"{entry} {rest}".strip() for entry in lists[first[1:]])
        return tuple(part for entry in begun for part in compile_phrase(entry, lists, exact=exact))
    return (_Compiler(lists, exact=exact).phrase(written),)


def _variants(word: str) -> Iterator[str]:
    """The forms of a ~word, else the word as written; an acronym also in the other script, with stops, and spaced."""
    if word.startswith("~"):
        yield from forms_of(word[1:])
        return
    yield word
    if not word.isupper():
        return
    other = in_other_script(word)
    if other:
        yield other
    if word.isalpha() and len(word) >= _SHORTEST_STOPPED:
        yield ".".join(word)
    if word.isalpha() and len(word) >= _SHORTEST_SPACED:
        yield " ".join(word)
        yield ". ".join(word)


class _Compiler:
    """Makes one phrase: its pattern, and the groups of it that need a second look."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], *, exact: bool) -> None:
        self.lists = lists
        self.exact = exact
        self.capitals: list[tuple[int, ...]] = []
        self.letters: list[str] = []

    def phrase(self, written: str) -> Phrase:
        """The phrase itself."""
        words = written.split()
        pattern = self._words(words) + _NO_LETTER_AFTER
        anchors = tuple(_anchors(words, self.lists))
        plain = not any(self.capitals) and not any(self.letters)
        return Phrase(
            written,
            anchors,
            pattern,
            longest=_longest([word for word in words if word[0] != "$"])
            + sum(max(map(_longest, map(str.split, self.lists[word[1:]]))) for word in words if word[0] == "$"),
            whole=plain and len(words) == 1 and words[0].isalnum() and not words[0].isupper(),
            capitals=() if plain else tuple(self.capitals),
            letters=() if plain else tuple(self.letters),
        )

    def _words(self, words: list[str]) -> bytes:
        source: list[bytes] = []
        for number, word in enumerate(words):
            if number and word != "{year}" and words[number - 1] != "...":
                source.append(_GAP)
            if word == "{year}":
                source.append(_YEAR)
            elif word == "...":
                source.append(_WORDS_BETWEEN)
            elif word.startswith("$"):
                source.append(b"(?:%b)" % b"|".join(self._words(entry.split()) for entry in self.lists[word[1:]]))
            else:
                source.append(self._word(word))
        return b"".join(source)

    def _word(self, word: str) -> bytes:
        variants = [self._variant(variant) for variant in _variants(word)]
        return variants[0] if len(variants) == 1 else b"(?:%b)" % b"|".join(variants)

    def _variant(self, word: str) -> bytes:
        folded = _folded(word.removesuffix("*"))
        exact = self.exact or " " in word  # letters with spaces between are an acronym when all are capitals
        parts: list[bytes] = []
        place = 0
        for literal in folded.codes.split(b"-"):
            end = place + len(literal)
            capitals = [i - place for i in range(place, end) if folded.surface(i, i + 1).isupper()]
            self.capitals.append(tuple(capitals) if exact else ())
            shared = any(code in OTHER_LETTERS or code == OTHER_SIGN for code in literal)
            self.letters.append(folded.characters(place, end) if shared else "")
            parts.append(b"(%b)" % re.escape(literal))
            place = end + 1
        return _DASH.join(parts) + (_ENDING if word.endswith("*") else b"")


def _anchors(words: list[str], lists: Mapping[str, tuple[str, ...]]) -> Iterator[Anchor]:
    """For each word of a phrase, and each list, what may be looked for in its stead."""
    reach = 0
    for number, word in enumerate(words):
        before_year = words[number + 1 : number + 2] == ["{year}"]
        entries = [entry.split() for entry in lists[word[1:]]] if word.startswith("$") else [[word]]
        if word not in _LONGEST:
            best = [_longest_word(entry) for entry in entries]
            literals = tuple(
                literal
                for entry, i in zip(entries, best, strict=True)
                if entry[i] not in _LONGEST
                for variant in _variants(entry[i])
                for literal in _literals(variant, open_ended=before_year and i == len(entry) - 1)
            )
            inside = max(_longest(entry[:i]) for entry, i in zip(entries, best, strict=True))
            yield Anchor(
                literals,
                reach + inside,
                max(_common(entry[i]) for entry, i in zip(entries, best, strict=True)),
            )
        reach += max(map(_longest, entries))


def _common(word: str) -> float:
    if word.isupper() and len(word) > 1:
        return 0.05
    return 0.25 if word.lstrip("~")[:1].isupper() else 1.0


def _longest_word(words: list[str]) -> int:
    """Which of the words has the most letters, and so the fewest places where it stands by chance."""
    return max(range(len(words)), key=lambda number: len(words[number]))


def _longest(words: list[str]) -> int:
    """Characters that words can take in folded text, with the gaps after them."""
    return sum(_LONGEST.get(word) or _longest_variant(word) + ENDING_LETTERS + _LONGEST_GAP for word in words)


def _longest_variant(word: str) -> int:
    return max(len(_folded(variant).codes) + 2 * variant.count("-") for variant in _variants(word))


def _literals(word: str, *, open_ended: bool) -> Literals:
    """Literals that begin with a separator, and end with one where the word cannot go on: few false starts."""
    head, *tail = _folded(word.removesuffix("*")).codes.split(b"-")
    # The dash may be absent or have spaces: each way is a literal of its own, so that "с" alone never anchors "с-400".
    literals = [head + dash.encode() + tail[0] for dash in _DASHES] if tail else [head]
    closed = not word.endswith("*") and not open_ended and len(tail) < 2
    return tuple(dict.fromkeys(separated(literal).rstrip(b" ") + b" " * closed for literal in literals))
