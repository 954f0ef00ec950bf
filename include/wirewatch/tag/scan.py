"""Many phrases, one Aho–Corasick pass over a text: where each of them stands.

The automaton finds one literal of each phrase, the one that texts have least often. Where that literal is the whole
phrase this is all; else a bounded pattern is tried at the few places where the phrase can begin. What a text costs
depends on the text and on what is found in it, hardly on the number of phrases.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from wirewatch.tag.fold import Folded
from wirewatch.tag.phrase import Phrase

Hit = tuple[int, int, int]
"""Offsets in folded text, end exclusive, and the phrase's number."""

_FEW = 4_000
"""Literals up to which an automaton is a table, a sixth faster: three kilobytes of memory each."""

_Try = tuple[int, bytes | None, int, int]
"""Number of a phrase; a literal to be seen first, from how many characters before the anchor to how many after its
beginning. Before 0 the match begins at the anchor, else at the literal. No literal: nothing has to be seen first;
after -1 nothing has to be tried either, as the anchor is the phrase."""


class Scanner:
    """Looks for some of a plan's phrases. It can be shared between threads: what it fills is the same in each."""

    def __init__(self, phrases: Sequence[Phrase], numbers: Iterable[int]) -> None:
        self._phrases = phrases
        self.longest = 0  # characters of the longest match
        tries: dict[bytes, list[_Try]] = defaultdict(list)
        for number in numbers:
            self.longest = max(self.longest, phrases[number].longest)
            for literal in phrases[number].anchors[0].literals:
                tries[literal] += _tries(number, phrases[number])
        self._tries = tuple(map(tuple, tries.values()))
        kind = Implementation.DFA if len(tries) <= _FEW else Implementation.ContiguousNFA
        self._automaton = BytesAhoCorasick(tries, MatchKind.Standard, implementation=kind) if tries else None
        self._patterns: dict[int, re.Pattern[bytes]] = {}

    def scan(self, folded: Folded, separated: bytes, first: int = 0, last: int | None = None) -> set[Hit]:
        """Where the phrases stand: all whose anchor is in a range of ``separated``, which is the folded text's."""
        hits: set[Hit] = set()
        if self._automaton is None:
            return hits
        tries, find = self._tries, separated.find
        ranged = separated[first:last] if first or last else separated
        for literal, start, end in self._automaton.find_matches_as_indexes(ranged, overlapping=True):
            start += first
            for number, seen, before, after in tries[literal]:
                if seen is None:
                    if after:
                        hits.add((start, end + first - 2, number))
                    else:
                        self._try(number, folded, start, hits)
                    continue
                place = find(seen, start - before if start > before else 0, start + after)
                if place < 0:  # most tries end here
                    continue
                if not before:
                    self._try(number, folded, start, hits)
                    continue
                while place >= 0:
                    self._try(number, folded, place, hits)
                    place = find(seen, place + 1, start + after)
        return hits

    def _try(self, number: int, folded: Folded, start: int, hits: set[Hit]) -> None:
        phrase = self._phrases[number]
        pattern = self._patterns.get(number)
        if pattern is None:  # most phrases of a plan are never met: compiled when they are
            pattern = self._patterns[number] = re.compile(phrase.pattern)
        match = pattern.match(folded.codes, start)
        if match and (not phrase.capitals or phrase.agrees(match.regs[1:], folded)):
            hits.add((*match.span(), number))


def _tries(number: int, phrase: Phrase) -> Iterator[_Try]:
    anchor, second = phrase.anchors
    if phrase.whole:
        yield number, None, 0, -1
    elif anchor.reach:
        yield from ((number, literal, anchor.reach, len(literal)) for literal in second.literals)
    elif second.reach and len(second.literals) == 1:
        literal = second.literals[0]
        yield number, literal, 0, second.reach + len(literal)
    else:
        yield number, None, 0, 0
