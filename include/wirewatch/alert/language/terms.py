"""Words of a rule → what is looked for among the words of a text, for many rules in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from wirewatch.alert.language.layout import one_line
from wirewatch.alert.language.reading import Reader, Text
from wirewatch.alert.language.spans import Span
from wirewatch.alert.language.syntax import Form, Word, Words

_REMEMBERED = 500_000
"""Different words of texts whose slots are kept in mind."""


class Slot(NamedTuple):
    """What may stand at one place of a term: one of these words, or whatever begins so."""

    keys: frozenset[str]
    stem: str | None = None


class Term(NamedTuple):
    """Slots that must be filled by words one behind the other."""

    slots: tuple[Slot, ...]
    exact: tuple[str, ...]  # the very letters of each word; empty: any case and typography
    written: str  # as the rule has it, for people


Positions = dict[Slot, list[int]]
"""Numbers of the words that fill each slot, ascending."""


def term_of(leaf: Words, reader: Reader) -> Term:
    """Words of a rule, ready to be looked for. ValueError for a word whose forms no dictionary lists."""
    slots = tuple(slot for word in leaf.words for slot in _slots(word, reader))
    exact: tuple[str, ...] = ()
    if leaf.exact:
        texts = [reader.read(word.text) for word in leaf.words]
        exact = tuple(text.original[start:end] for text in texts for start, end in text.spans)
    return Term(slots, exact, one_line(leaf))


def _slots(word: Word, reader: Reader) -> list[Slot]:
    keys = reader.keys(word.text)
    if word.form is Form.WRITTEN or not keys:
        return [Slot(frozenset((key,))) for key in keys]
    if word.form is Form.STEM:
        return [*(Slot(frozenset((key,))) for key in keys[:-1]), Slot(frozenset(), keys[-1])]
    forms = [keys, *map(reader.keys, reader.forms(word.text))]
    return [Slot(frozenset(form[i] for form in forms if len(form) == len(keys))) for i in range(len(keys))]


class Vocabulary:
    """The slots of many terms, to be found in a text in one pass over its words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_key: defaultdict[str, list[Slot]] = defaultdict(list)
        by_stem: defaultdict[str, list[Slot]] = defaultdict(list)
        for slot in dict.fromkeys(slot for term in terms for slot in term.slots):
            for key in slot.keys:
                by_key[key].append(slot)
            if slot.stem is not None:
                by_stem[slot.stem].append(slot)
        self._by_key, self._by_stem = dict(by_key), dict(by_stem)
        self._lengths = sorted({len(stem) for stem in by_stem})
        self._met: dict[str, tuple[Slot, ...]] = {}

    def positions(self, text: Text) -> Positions:
        """Where the slots are filled."""
        found: Positions = {}
        met = self._met
        for number, key in enumerate(text.keys):
            slots = met.get(key)
            if slots is None:
                slots = self._meet(key)
            for slot in slots:
                found.setdefault(slot, []).append(number)
        return found

    def _meet(self, key: str) -> tuple[Slot, ...]:
        if len(self._met) >= _REMEMBERED:
            self._met.clear()
        slots = list(self._by_key.get(key, ()))
        for length in self._lengths:
            if length > len(key):
                break
            slots += self._by_stem.get(key[:length], ())
        self._met[key] = tuple(slots)
        return self._met[key]


def term_spans(term: Term, positions: Positions, text: Text) -> list[Span]:
    """Where a term stands in the text whose positions these are, as ``shortest`` would give it."""
    first, *others = (positions.get(slot, ()) for slot in term.slots)
    starts = first
    for place, numbers in enumerate(map(frozenset, others), start=1):
        starts = [number for number in starts if number + place in numbers]
    if term.exact:
        starts = [number for number in starts if _as_written(term, number, text)]
    last = len(term.slots) - 1
    return [Span(number, number + last, term.written) for number in starts]  # all as long: none holds another


def _as_written(term: Term, number: int, text: Text) -> bool:
    places = (text.place(number + i) for i in range(len(term.exact)))
    return all(text.original[start:end] == letters for (start, end), letters in zip(places, term.exact, strict=True))
