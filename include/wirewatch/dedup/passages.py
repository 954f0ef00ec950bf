"""A difference word by word → the passages in which two versions differ, each with the sentences around it.

Differing words of one sentence are one passage; a paragraph that was dropped or added is one too. Words that only moved
to another place of the text are no passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from wirewatch.dedup.sentence_places import sentence_bounds
from wirewatch.dedup.tokens import keys, tokens
from wirewatch.dedup.word_diff import Block, Fate, PartKind, TextDiff

MOVED_WORDS = 4
"""Words, at the least, of a passage that stands elsewhere now and so was moved."""

Span = tuple[int, int]
"""Code points of a text, from, to (exclusive); empty where nothing stands."""


@dataclass(frozen=True)
class Hunk:
    """Words in a row that differ."""

    old: Span
    new: Span


@dataclass(frozen=True)
class Passage:
    """Where two versions differ."""

    hunks: tuple[Hunk, ...]
    old: Span  # from the first differing word to the last
    new: Span
    old_sentence: Span  # what it stands in; empty when a whole sentence was added
    new_sentence: Span


def passages(diff: TextDiff) -> list[Passage]:
    """In the order of the difference; what only moved is left out."""
    found = [passage for block in diff.blocks for passage in _of_block(diff, block)]
    moved = _moved(diff, found)
    return [passage for at, passage in enumerate(found) if at not in moved]


def moved_spans(diff: TextDiff) -> tuple[list[Span], list[Span]]:
    """Places, in the old and in the new text, of words that only moved."""
    found = [passage for block in diff.blocks for passage in _of_block(diff, block)]
    moved = _moved(diff, found)
    there = [passage for at, passage in enumerate(found) if at in moved]
    return (
        sorted(each.old for each in there if _filled(each.old)),
        sorted(each.new for each in there if _filled(each.new)),
    )


def _of_block(diff: TextDiff, block: Block) -> Iterator[Passage]:
    whole = list(_hunks(block))
    hunks = [hunk for hunk in (_trimmed(diff, each) for each in whole) if _filled(hunk.old) or _filled(hunk.new)]
    if block.fate in (Fate.REMOVED, Fate.ADDED):
        for hunk in hunks:
            yield Passage((hunk,), hunk.old, hunk.new, whole[0].old, whole[0].new)
        return
    old_bounds, new_bounds = _bounds(diff, block)
    together: list[Hunk] = []
    for hunk in hunks:
        if together and not (
            _share(old_bounds, together[-1].old, hunk.old) or _share(new_bounds, together[-1].new, hunk.new)
        ):
            yield _passage(together, old_bounds, new_bounds)
            together = []
        together.append(hunk)
    if together:
        yield _passage(together, old_bounds, new_bounds)


def _hunks(block: Block) -> Iterator[Hunk]:
    waiting: Hunk | None = None
    for part in block.parts:
        if part.kind is PartKind.SAME:
            if waiting:
                yield waiting
            waiting = None
            continue
        old, new = (
            (part.old_start, part.old_start + len(part.before)),
            (part.new_start, part.new_start + len(part.after)),
        )
        waiting = Hunk((waiting.old[0], old[1]), (waiting.new[0], new[1])) if waiting else Hunk(old, new)
    if waiting:
        yield waiting


def _trimmed(diff: TextDiff, hunk: Hunk) -> Hunk:
    """From the first word to the last; a side without words is empty."""
    return Hunk(_to_words(diff.old, hunk.old), _to_words(diff.new, hunk.new))


def _to_words(text: str, span: Span) -> Span:
    words = tokens(text, *span)
    return (words[0].start, words[-1].end) if words else (span[0], span[0])


def _bounds(diff: TextDiff, block: Block) -> tuple[list[Span], list[Span]]:
    before, after = sum(len(part.before) for part in block.parts), sum(len(part.after) for part in block.parts)
    return (
        sentence_bounds(diff.old, block.old_start, block.old_start + before),
        sentence_bounds(diff.new, block.new_start, block.new_start + after),
    )


def _share(bounds: Sequence[Span], first: Span, second: Span) -> bool:
    """Whether two spans touch one sentence."""
    ours, theirs = _touched(bounds, first), _touched(bounds, second)
    return bool(ours and theirs) and ours[1] > theirs[0]


def _touched(bounds: Sequence[Span], span: Span) -> Span:
    """Places in the list of the sentences that a span lies in; empty for a gap between two."""
    if _filled(span):
        inside = [at for at, (start, end) in enumerate(bounds) if start < span[1] and span[0] < end]
    else:
        inside = [at for at, (start, end) in enumerate(bounds) if start < span[0] < end - 1]
    return (inside[0], inside[-1] + 1) if inside else ()  # type: ignore[return-value]


def _passage(hunks: Sequence[Hunk], old_bounds: Sequence[Span], new_bounds: Sequence[Span]) -> Passage:
    old, new = (hunks[0].old[0], hunks[-1].old[1]), (hunks[0].new[0], hunks[-1].new[1])
    return Passage(tuple(hunks), old, new, _sentences(old_bounds, old), _sentences(new_bounds, new))


def _sentences(bounds: Sequence[Span], span: Span) -> Span:
    touched = _touched(bounds, span)
    return (bounds[touched[0]][0], bounds[touched[1] - 1][1]) if touched else (span[0], span[0])


def _filled(span: Span) -> bool:
    return span[1] > span[0]


def _moved(diff: TextDiff, found: Sequence[Passage]) -> set[int]:
    """Places in the list of passages that were cut here and put there word for word."""
    dropped: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, passage in enumerate(found):
        if _filled(passage.old) and not _filled(passage.new):
            dropped[tuple(keys(diff.old[slice(*passage.old)]))].append(at)
    moved: set[int] = set()
    for at, passage in enumerate(found):
        if _filled(passage.new) and not _filled(passage.old):
            words = tuple(keys(diff.new[slice(*passage.new)]))
            if len(words) >= MOVED_WORDS and dropped.get(words):
                moved |= {at, dropped[words].pop(0)}
    return moved


def covers(spans: Sequence[Span], place: int) -> bool:
    """Whether a place lies in one of the spans, which are sorted and apart."""
    at = bisect_right(spans, place, key=itemgetter(0)) - 1
    return at >= 0 and place < spans[at][1]
