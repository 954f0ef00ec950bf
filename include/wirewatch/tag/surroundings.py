"""What stands near a place in a text: in the same sentence, within so many words, before or after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wirewatch.tag.fold import Folded

Span = tuple[int, int]
"""Offsets in folded text, end exclusive."""

# A full stop after one or two letters is an initial or an abbreviation (А. Лукашенко, им., г.), not an end.
# Repetitions are bounded, so that a line of a million exclamation marks takes no longer than any other.
_SENTENCE_END = re.compile(r"(?<=\w\w\w)[\"')\]]{0,3}[.!?]{1,5}[\"')\]]{0,3}\s|[!?]{1,5}[\"')\]]{0,3}\s|\n\s{0,9}\n")
_WORD = re.compile(r"[^\W_]+")
_LETTERS_A_WORD = 30
"""A span of more letters a word than this holds no more words worth counting."""


@dataclass(frozen=True)
class Field:
    """A folded field with the places where each phrase was found."""

    folded: Folded
    hits: Mapping[int, list[Span]]  # by phrase number, each list sorted

    def has(self, phrases: Iterable[int], *, apart_from: Span | None) -> bool:
        """Whether any of the phrases stands anywhere, other than on the given span."""
        if apart_from is None:
            return any(self.hits.get(number) for number in phrases)
        return any(True for _ in self._nearest(phrases, apart_from))

    def near(self, span: Span, phrases: Iterable[int], *, within: int | str, side: str) -> bool:
        """Whether any of the phrases stands near the span: in its sentence, and within so many words of it."""
        for other in self._nearest(phrases, span):
            before = other[1] <= span[0]
            if side != "either" and before != (side == "before"):
                continue
            between = (other[1], span[0]) if before else (span[1], other[0])
            if self._same_sentence(*between) and (within == "sentence" or self._words(*between) <= int(within)):
                return True
        return False

    def covered(self, span: Span, phrases: Iterable[int]) -> bool:
        """Whether one of the phrases covers the whole span."""
        for number in phrases:
            spans = self.hits.get(number, [])
            # What covers begins at or before the span; matches of one phrase are short and hardly overlap.
            for other in spans[max(0, bisect_right(spans, (span[0], len(self.folded.text))) - 3) :][:3]:
                if other[0] <= span[0] and span[1] <= other[1]:
                    return True
        return False

    def _nearest(self, phrases: Iterable[int], span: Span) -> Iterator[Span]:
        """For each phrase the last place before the span and the first one after it."""
        for number in phrases:
            spans = self.hits.get(number)
            if not spans:
                continue
            last = bisect_left(spans, span) - 1
            while last >= 0 and spans[last][1] > span[0]:
                last -= 1
            if last >= 0:
                yield spans[last]
            first = bisect_left(spans, (span[1], span[1]))
            if first < len(spans):
                yield spans[first]

    def _same_sentence(self, start: int, end: int) -> bool:
        return bisect_right(self._sentence_ends, start) == bisect_right(self._sentence_ends, end)

    def _words(self, start: int, end: int) -> int:
        text = self.folded.text[start:end]
        return len(_WORD.findall(text)) if len(text) <= 50 * _LETTERS_A_WORD else len(text)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.folded.text)]
