"""What stands near a place in a text: in the same sentence, within so many words, before or after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from wirewatch.tag.alphabet import class_of, separated
from wirewatch.tag.fold import Folded
from wirewatch.tag.scan import Hit, Scanner

Span = tuple[int, int]
"""Offsets in folded text, end exclusive."""

# A full stop after one or two letters is an initial or an abbreviation (А. Лукашенко, им., г.), not an end.
# Repetitions are bounded, so that a line of a million exclamation marks takes no longer than any other.
_WORD_BEFORE = class_of(lambda char: char.isalnum() or char == "_", other_letters=True) * 3
_QUOTE = rb"[\"')\]]"
_SENTENCE_END = re.compile(
    rb"[.!?\n](?:(?<=[!?])[!?]{0,4}%(quote)b{0,3}\s"
    rb"|(?:(?<=%(word)b[.])|(?<=%(word)b%(quote)b[.])|(?<=%(word)b%(quote)b{2}[.])|(?<=%(word)b%(quote)b{3}[.]))"
    rb"[.!?]{0,4}%(quote)b{0,3}\s"
    rb"|(?<=\n)\s{0,9}\n)" % {b"quote": _QUOTE, b"word": _WORD_BEFORE}
)
_SENTENCE = 1_000
"""Characters to either side of a mention that may belong to its sentence; a longer one is a list or a table."""

_STEPS = (100, 100, 200, 600)
"""Characters to go back at a time, a thousand in all."""

_SENTENCE_END_LONGEST = 12

_LOOKS = 12
"""Looks around single places of a field, after which looking through all of it once is cheaper."""


class Places:
    """Where some phrases stand in a field, ready to be asked what is nearest and what covers."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        """``hits`` are in order."""
        self._by_start = hits
        self._starts = [start for start, _, _ in hits]
        self._by_end = sorted(self._by_start, key=lambda hit: hit[1])
        self._ends = [end for _, end, _ in self._by_end]
        self._reached = list(accumulate((end for _, end, _ in self._by_start), max))

    def before(self, place: int) -> Hit | None:
        """The hit that ends last of those that end at or before a place."""
        index = bisect_right(self._ends, place)
        return self._by_end[index - 1] if index else None

    def after(self, place: int) -> Hit | None:
        """The hit that begins first of those that begin at or after a place."""
        index = bisect_left(self._starts, place)
        return self._by_start[index] if index < len(self._starts) else None

    def covering(self, span: Span) -> Hit | None:
        """A hit that begins at or before a span and ends at or after it."""
        # What is reached by the hits up to an index grows with it: the first that reaches far enough is the hit itself.
        index = bisect_left(self._reached, span[1])
        return self._by_start[index] if index < bisect_right(self._starts, span[0]) else None


_NOWHERE = Places(())


class Field:
    """A folded title or body. What it knows of its phrases it looks up when first asked."""

    def __init__(self, name: str, folded: Folded) -> None:
        self.name = name
        self.folded = folded
        self.separated = separated(folded.codes)
        self._places: dict[Scanner, Places] = {}
        self._looks: dict[Scanner, int] = {}
        self._seen: dict[tuple[Scanner, int, int], Places] = {}
        self._sentences: dict[Span, Span] = {}

    def hits(self, scanner: Scanner) -> list[Hit]:
        """Where a scanner's phrases stand, in order."""
        return sorted(scanner.scan(self.folded, self.separated))

    def near(self, span: Span, scanner: Scanner, *, within: int | str, side: str) -> Hit | None:
        """A hit of the scanner's phrases in the sentence of a span, not on it, and at most so many words away.

        ``within``: a number of words, or "sentence" for any; ``side`` of the span: "before", "after" or "either".
        """
        begin, end = self.sentence(span)
        places = self._around(scanner, begin, end)
        if side != "after":
            hit = places.before(span[0])
            if hit and hit[1] >= begin and (within == "sentence" or self._words(hit[1], span[0]) <= int(within)):
                return hit
        if side != "before":
            hit = places.after(span[1])
            if hit and hit[0] < end and (within == "sentence" or self._words(span[1], hit[0]) <= int(within)):
                return hit
        return None

    def anywhere(self, scanner: Scanner, *, apart_from: Span | None) -> Hit | None:
        """A hit of the scanner's phrases in the field that is not on a span."""
        places = self._everywhere(scanner)
        if apart_from is None:
            return places.after(0)
        return places.before(apart_from[0]) or places.after(apart_from[1])

    def covering(self, span: Span, scanner: Scanner) -> Hit | None:
        """A hit of the scanner's phrases that begins at or before a span and ends at or after it."""
        return self._around(scanner, *span).covering(span)

    def sentence(self, span: Span) -> Span:
        """Where the sentence of a span begins, and where the next one does."""
        known = self._sentences.get(span)
        if known is None:
            codes, (start, end) = self.folded.codes, span
            after = _SENTENCE_END.search(codes, end, end + _SENTENCE)
            known = (self._begin(start), after.end() if after else end + _SENTENCE)
            self._sentences[span] = known
        return known

    def _begin(self, place: int) -> int:
        """Where the last sentence end before a place ends, looked for in steps: most sentences are short."""
        first = last = place
        for step in _STEPS:
            first, last = max(0, first - step), min(place, first + _SENTENCE_END_LONGEST)
            ends = [match.end() for match in _SENTENCE_END.finditer(self.folded.codes, first, last)]
            if ends:
                return ends[-1]
        return first

    def _words(self, start: int, end: int) -> int:
        return len(self.separated[start + 1 : end + 1].split())  # index n of the codes is n + 1 of the separated ones

    def _around(self, scanner: Scanner, start: int, end: int) -> Places:
        """Where a scanner's phrases stand, those at least that touch a range."""
        known = self._places.get(scanner) or self._seen.get((scanner, start, end))
        if known:
            return known
        looks = self._looks[scanner] = self._looks.get(scanner, 0) + 1
        if looks > _LOOKS:
            return self._everywhere(scanner)
        first, last = max(0, start - scanner.longest), end + scanner.longest
        hits = scanner.scan(self.folded, self.separated, first, last)
        places = self._seen[scanner, start, end] = Places(sorted(hits)) if hits else _NOWHERE
        return places

    def _everywhere(self, scanner: Scanner) -> Places:
        known = self._places.get(scanner)
        if known is None:
            known = self._places[scanner] = Places(self.hits(scanner))
        return known
