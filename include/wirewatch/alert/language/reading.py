"""How texts are read: words, the forms of a word, sentences. What it needs of the neighbours is given to it.

    Reader(fold=wirewatch.tag.fold.fold, forms=wirewatch.tag.inflection.forms_of,
           sentences=wirewatch.dedup.sentence_places.sentence_bounds)

A word is a run of letters or digits of the folded text: С-400 is two words, whether in a rule or in an article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

LEAD_SENTENCES = 2
SHORTEST_SENTENCE = 4
"""Words of a sentence that counts as one of the lead's: fewer are a dateline or whose picture it is."""

_WORD = re.compile(r"[^\W_]+")


class FoldedText(Protocol):
    """A text with case, typography and look-alike letters made equal; see ``tag.fold.Folded``."""

    @property
    def text(self) -> str:
        """The folded characters."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Folded range (end exclusive) → range of code points of the original."""


@dataclass(frozen=True)
class Reader:
    """What reading takes."""

    fold: Callable[[str], FoldedText]
    forms: Callable[[str], Iterable[str]]  # a word as a dictionary lists it → all its forms; ValueError: not listed
    sentences: Callable[[str], Sequence[tuple[int, int]]]  # text → bounds in code points, in order

    def keys(self, text: str) -> tuple[str, ...]:
        """The words of a text as they are compared."""
        return tuple(_WORD.findall(self.fold(text).text))

    def read(self, text: str) -> Text:
        """A text, ready to be looked into; nothing is done before it is asked for."""
        return Text(text, self)


@dataclass(frozen=True)
class Text:
    """One field of an article. A word is named by its number, from 0."""

    original: str
    reader: Reader

    @cached_property
    def _folded(self) -> FoldedText:
        return self.reader.fold(self.original)

    @cached_property
    def keys(self) -> list[str]:
        """Each word as it is compared."""
        return _WORD.findall(self._folded.text)

    @cached_property
    def _folded_spans(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WORD.finditer(self._folded.text)]

    def place(self, number: int) -> tuple[int, int]:
        """Where a word stands in the original: code points, end exclusive."""
        return self._folded.span(*self._folded_spans[number])

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands; ``place`` is cheaper for a few."""
        return [self._folded.span(start, end) for start, end in self._folded_spans]

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """In which sentence each word stands, from 0."""
        starts = [start for start, _ in self.reader.sentences(self.original)]
        return [max(0, bisect_right(starts, start) - 1) for start, _ in self.spans]

    @cached_property
    def lead_end(self) -> int:
        """Number of the word behind the lead."""
        counted, words, last = 0, 0, None
        for number, sentence in enumerate(self.sentence_numbers):
            if sentence != last:
                counted += words >= SHORTEST_SENTENCE
                if counted == LEAD_SENTENCES:
                    return number
                words, last = 0, sentence
            words += 1
        return len(self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    def numbers(self, start: int, end: int) -> tuple[int, int] | None:
        """Code points → the first and the last word they touch; None when there is none."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.spans[first][1] <= start:
            first += 1
        last = first
        while last < len(self.spans) and self.spans[last][0] < end:
            last += 1
        return (first, last - 1) if last > first else None
