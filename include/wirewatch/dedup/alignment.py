"""Two sequences → the runs in which they agree, in order: what stays between two versions of a text.

Equal beginnings and ends first; then elements that stand once in each (patience: Cohen 2005), which cut the rest into
small pieces; a small piece by its longest common subsequence. Cost is bounded whatever the sequences are: passes over
the elements by ``PASSES``, cells of the tables by ``CELLS``. What is left when a bound is reached counts as replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

PASSES = 24
"""Times an element may be looked at, on average, while pieces are cut."""
CELLS = 600_000
"""Cells of all tables of longest common subsequences together: about a tenth of a second."""
SMALL = 4_096
"""Cells of a piece that needs no further cutting."""


class Run(NamedTuple):
    """left[left:left + size] equals right[right:right + size]."""

    left: int
    right: int
    size: int


class _Piece(NamedTuple):
    left: int
    left_end: int
    right: int
    right_end: int


def agreeing_runs(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Run]:
    """The runs in order, as long as they can be; none is empty."""
    pairs: list[tuple[int, int]] = []
    pieces = [_Piece(0, len(left), 0, len(right))]
    looks, cells = PASSES * (len(left) + len(right)), CELLS
    while pieces:
        piece = _trimmed(pieces.pop(), left, right, pairs)
        size = (piece.left_end - piece.left) * (piece.right_end - piece.right)
        looks -= piece.left_end - piece.left + piece.right_end - piece.right
        if not size or looks < 0:
            continue
        anchors = _anchors(piece, left, right) if size > SMALL else []
        if anchors:
            pieces += _between(anchors, piece)
            pairs += anchors
        elif size <= cells:
            cells -= size
            pairs += _longest_common(piece, left, right)
    return _runs(sorted(pairs))


def _trimmed(
    piece: _Piece, left: Sequence[Hashable], right: Sequence[Hashable], pairs: list[tuple[int, int]]
) -> _Piece:
    """The piece without its equal beginning and end, which are noted."""
    start, left_end, other, right_end = piece
    while start < left_end and other < right_end and left[start] == right[other]:
        pairs.append((start, other))
        start, other = start + 1, other + 1
    while start < left_end and other < right_end and left[left_end - 1] == right[right_end - 1]:
        left_end, right_end = left_end - 1, right_end - 1
        pairs.append((left_end, right_end))
    return _Piece(start, left_end, other, right_end)


def _anchors(piece: _Piece, left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Elements that stand once in each side of the piece, as many as keep their order."""
    counts = Counter(left[piece.left : piece.left_end])
    theirs = Counter(right[piece.right : piece.right_end])
    places = {right[at]: at for at in range(piece.right, piece.right_end) if theirs[right[at]] == 1}
    once = [
        (at, places[left[at]])
        for at in range(piece.left, piece.left_end)
        if counts[left[at]] == 1 and left[at] in places
    ]
    return _increasing(once)


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs (sorted by the first) in which the second grows too (Fredman 1975)."""
    tails: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(chosen[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        chosen[at : at + 1] = [number]
    found: list[tuple[int, int]] = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _between(anchors: Sequence[tuple[int, int]], piece: _Piece) -> Iterator[_Piece]:
    first, second = piece.left, piece.right
    for left, right in (*anchors, (piece.left_end, piece.right_end)):
        if left > first and right > second:
            yield _Piece(first, left, second, right)
        first, second = left + 1, right + 1


def _longest_common(piece: _Piece, left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    ours, theirs = left[piece.left : piece.left_end], right[piece.right : piece.right_end]
    table = [[0] * (len(theirs) + 1)]
    for mine in reversed(ours):  # table[-1 - i][j]: the longest of ours[i:] and theirs[j:]
        below, here = table[-1], [0] * (len(theirs) + 1)
        for at in range(len(theirs) - 1, -1, -1):
            here[at] = below[at + 1] + 1 if mine == theirs[at] else max(below[at], here[at + 1])
        table.append(here)
    table.reverse()
    first = second = 0
    while first < len(ours) and second < len(theirs):
        if ours[first] == theirs[second] and table[first][second] == table[first + 1][second + 1] + 1:
            yield piece.left + first, piece.right + second
            first, second = first + 1, second + 1
        elif table[first + 1][second] >= table[first][second + 1]:
            first += 1
        else:
            second += 1


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    found: list[Run] = []
    for left, right in pairs:
        last = found[-1] if found else None
        if last and (last.left + last.size, last.right + last.size) == (left, right):
            found[-1] = Run(last.left, last.right, last.size + 1)
        else:
            found.append(Run(left, right, 1))
    return found
