"""Text → numbers of subword pieces, by the unigram model that a sentence encoder was trained with.

Kudo 2018: of all ways to cut a text into pieces of the vocabulary the likeliest is taken (Viterbi). Characters are
normalised by the model's own table first and spaces are written as U+2581, as SentencePiece does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SPACE = "\u2581"
UNKNOWN_COST = 10.0
"""How much less likely an unknown character is than the rarest piece (SentencePiece's kUnkPenalty)."""

LONGEST_MEAN = 8
"""Code points a piece has on average at the most: one character can be replaced by eighteen, and five hundred of them
must not cost more than a text."""


@dataclass(frozen=True)
class Pieces:
    """The vocabulary."""

    numbers: Mapping[str, int]  # piece → its number
    scores: Sequence[float]  # natural logarithm of the likelihood, by number
    unknown: int
    longest: int  # code points of the longest piece
    least: float  # the least of the scores
    replaced: Mapping[str, str]  # character → what it is read as, possibly nothing

    def cut(self, text: str, *, limit: int) -> list[int]:
        """Numbers of the first ``limit`` pieces in order. Time is linear in the text and bounded by the limit."""
        read = "".join(self.replaced.get(char, char) for char in text)
        written = SPACE + SPACE.join(read.split())
        return self._likeliest(written[: limit * LONGEST_MEAN])[:limit]

    def _likeliest(self, text: str) -> list[int]:
        size, known = len(text), self.numbers
        best = [0.0] + [float("-inf")] * size
        start, piece = [0] * (size + 1), [self.unknown] * (size + 1)
        unknown = self.least - UNKNOWN_COST
        for place in range(size):
            here = best[place]
            if here + unknown > best[place + 1]:
                best[place + 1], start[place + 1], piece[place + 1] = here + unknown, place, self.unknown
            for end in range(place + 1, min(size, place + self.longest) + 1):
                number = known.get(text[place:end])
                if number is not None and here + self.scores[number] > best[end]:
                    best[end], start[end], piece[end] = here + self.scores[number], place, number
        return _backwards(start, piece)


def read_pieces(
    blob: bytes, starts: Sequence[int], scores: Sequence[float], *, unknown: int, replaced: Mapping[str, str]
) -> Pieces:
    """Pieces written one behind the other in UTF-8, with the bytes where each starts, and where the last ends."""
    words = enumerate(blob[start:end].decode("utf-8", "replace") for start, end in pairwise(starts))
    numbers = {word: number for number, word in words if word and number != unknown}
    return Pieces(numbers, scores, unknown, max(map(len, numbers)), min(scores), replaced)


def _backwards(start: Sequence[int], piece: Sequence[int]) -> list[int]:
    found, place = [], len(start) - 1
    while place > 0:
        found.append(piece[place])
        place = start[place]
    return found[::-1]
