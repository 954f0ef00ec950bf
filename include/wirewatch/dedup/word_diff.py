"""Two versions of a text → their difference word by word, for a terminal and for a web page.

Paragraphs are put together first (see ``paragraphs``), then compared word by word inside. A paragraph that only moved,
was cut in two or joined with another is no edit, nor is another typography (see ``tokens``). The cost is bounded (see
``alignment``): where a bound is reached, or a text holds more than ``MOST_WORDS`` words, what lies between what was
recognised is shown as removed and added in one piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from wirewatch.dedup.alignment import Run, agreeing_runs
from wirewatch.dedup.paragraphs import Group, Paragraph, grouped, paragraphs
from wirewatch.dedup.tokens import Token

MOST_WORDS = 100_000
"""Words of one block that are compared singly; longer ones are replaced as a whole."""


class PartKind(str, Enum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Fate(str, Enum):
    """What became of a block of paragraphs."""

    SAME = "same"
    MOVED = "moved"  # word for word the same, elsewhere
    CHANGED = "changed"  # other words inside
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Part:
    """Some words and the signs around them. ``before`` of a block's parts in a row is its old text, ``after`` its new.

    A part that is the same may hold two typographies: "„word“" and "«word»". One that was removed has no ``after``.
    """

    kind: PartKind
    before: str
    after: str
    old_start: int  # code points of the old text; it ends len(before) later
    new_start: int
    old_paragraph: int | None  # from 1, where it starts; None: not there
    new_paragraph: int | None


@dataclass(frozen=True)
class Block:
    """Paragraphs that belong together: mostly one of each version."""

    fate: Fate
    old: tuple[int, ...]  # numbers of paragraphs, from 1; empty: added
    new: tuple[int, ...]  # empty: removed
    old_start: int  # code points of the old text; where it would stand, for an added one: 0
    new_start: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class TextDiff:
    """A difference, block by block in the order of the new text; removed ones where they stood."""

    old: str
    new: str
    blocks: tuple[Block, ...]

    @property
    def differs(self) -> bool:
        """Whether any word was added or removed."""
        return any(part.kind is not PartKind.SAME for block in self.blocks for part in block.parts)


def word_diff(old: str, new: str) -> TextDiff:
    """Two texts with paragraphs on lines of their own → their difference."""
    was, now = paragraphs(old), paragraphs(new)
    groups = _rejoined(grouped(was, now), was, now)
    return TextDiff(old, new, tuple(_block(group, was, now, old=old, new=new) for group in groups))


def line_diff(old: str, new: str) -> tuple[Part, ...]:
    """Two headlines → the parts."""
    return tuple(part for block in word_diff(_one_line(old), _one_line(new)).blocks for part in block.parts)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _rejoined(groups: Sequence[Group], was: Sequence[Paragraph], now: Sequence[Paragraph]) -> list[Group]:
    """Neighbours that are both rewritten are one block when words only went from one to the other."""
    found: list[Group] = []
    for group in groups:
        last = found[-1] if found else None
        if last and _follows(last, group) and _fewer_changes(last, group, was, now):
            found[-1] = Group([*last.old, *group.old], [*last.new, *group.new])
        else:
            found.append(group)
    return found


def _follows(first: Group, second: Group) -> bool:
    both = first.old and first.new and second.old and second.new and not first.same and not second.same
    return bool(both) and first.old[-1] + 1 == second.old[0] and first.new[-1] + 1 == second.new[0]


def _fewer_changes(first: Group, second: Group, was: Sequence[Paragraph], now: Sequence[Paragraph]) -> bool:
    joined = Group([*first.old, *second.old], [*first.new, *second.new])
    return _kept(joined, was, now) > _kept(first, was, now) + _kept(second, was, now)


def _kept(group: Group, was: Sequence[Paragraph], now: Sequence[Paragraph]) -> int:
    return sum(run.size for run in _agreeing(_tokens(group.old, was), _tokens(group.new, now)))


def _tokens(places: Sequence[int], among: Sequence[Paragraph]) -> list[Token]:
    return [token for place in places for token in among[place].tokens]


def _agreeing(mine: Sequence[Token], theirs: Sequence[Token]) -> list[Run]:
    if max(len(mine), len(theirs)) > MOST_WORDS:
        return []
    return agreeing_runs([token.key for token in mine], [token.key for token in theirs])


def _block(group: Group, was: Sequence[Paragraph], now: Sequence[Paragraph], *, old: str, new: str) -> Block:
    mine, theirs = [was[at] for at in group.old], [now[at] for at in group.new]
    parts = tuple(_Writer(old, new, mine, theirs).parts())
    changed = any(part.kind is not PartKind.SAME for part in parts)
    if not mine or not theirs:
        fate = Fate.REMOVED if mine else Fate.ADDED
    elif changed:
        fate = Fate.CHANGED
    else:
        fate = Fate.MOVED if group.moved else Fate.SAME
    return Block(
        fate,
        tuple(each.number for each in mine),
        tuple(each.number for each in theirs),
        mine[0].start if mine else 0,
        theirs[0].start if theirs else 0,
        parts,
    )


class _Writer:
    """Writes the parts of one block, from its paragraphs' beginning to their end."""

    def __init__(self, old: str, new: str, mine: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> None:
        self.old, self.new = old, new
        self.mine, self.theirs = mine, theirs
        self.at_old = mine[0].start if mine else 0
        self.at_new = theirs[0].start if theirs else 0

    def parts(self) -> Iterator[Part]:
        """In order, neighbours of one kind as one."""
        waiting: Part | None = None
        for part in self._pieces():
            if waiting and waiting.kind is part.kind:
                waiting = Part(
                    part.kind,
                    waiting.before + part.before,
                    waiting.after + part.after,
                    waiting.old_start,
                    waiting.new_start,
                    waiting.old_paragraph or part.old_paragraph,
                    waiting.new_paragraph or part.new_paragraph,
                )
            else:
                if waiting:
                    yield waiting
                waiting = part
        if waiting:
            yield waiting

    def _pieces(self) -> Iterator[Part]:
        mine = [token for each in self.mine for token in each.tokens]
        theirs = [token for each in self.theirs for token in each.tokens]
        first = second = 0
        for run in _agreeing(mine, theirs):
            starts = mine[run.left].start, theirs[run.right].start
            yield from self._changed(mine[first : run.left], theirs[second : run.right], ends=starts)
            # Up to where the run starts; then the run itself, with the signs between its words.
            yield from self._upto(PartKind.SAME, *starts)
            first, second = run.left + run.size, run.right + run.size
            yield from self._upto(PartKind.SAME, mine[first - 1].end, theirs[second - 1].end)
        old_end = self.mine[-1].end if self.mine else self.at_old
        new_end = self.theirs[-1].end if self.theirs else self.at_new
        yield from self._changed(mine[first:], theirs[second:], ends=(old_end, new_end))
        yield from self._upto(self._alone(), old_end, new_end)

    def _changed(self, mine: Sequence[Token], theirs: Sequence[Token], *, ends: tuple[int, int]) -> Iterator[Part]:
        """Words that stand on one side only, up to where the next common word starts on either side (``ends``)."""
        if mine and theirs:
            yield from self._upto(self._alone(), mine[0].start, theirs[0].start)
            yield from self._upto(PartKind.REMOVED, mine[-1].end, self.at_new)
            yield from self._upto(PartKind.ADDED, self.at_old, theirs[-1].end)
        elif mine:
            before, words_end = self._cut(self.old, self.at_old, mine, ends[0], gap=self.new[self.at_new : ends[1]])
            yield from self._upto(self._alone(), before, ends[1] if words_end == ends[0] else self.at_new)
            yield from self._upto(PartKind.REMOVED, words_end, self.at_new)
        elif theirs:
            before, words_end = self._cut(self.new, self.at_new, theirs, ends[1], gap=self.old[self.at_old : ends[0]])
            yield from self._upto(self._alone(), ends[0] if words_end == ends[1] else self.at_old, before)
            yield from self._upto(PartKind.ADDED, self.at_old, words_end)

    @staticmethod
    def _cut(text: str, start: int, words: Sequence[Token], end: int, *, gap: str) -> tuple[int, int]:
        """Where words without a counterpart begin and end: they take the signs along that the other side lacks.

        ``gap`` is what the other side has there: "Учения ОДКБ под" beside "Учения под" has one blank too many.
        """
        first, last = words[0].start, words[-1].end
        if text[start:first] == gap:
            return first, end
        return (start if text[last:end] == gap else first), last

    def _alone(self) -> PartKind:
        """Of signs without words: as the block is."""
        if not self.theirs:
            return PartKind.REMOVED
        return PartKind.SAME if self.mine else PartKind.ADDED

    def _upto(self, kind: PartKind, old_end: int, new_end: int) -> Iterator[Part]:
        before, after = self.old[self.at_old : old_end], self.new[self.at_new : new_end]
        if before or after:
            yield Part(
                kind,
                before,
                after,
                self.at_old,
                self.at_new,
                _number(self.mine, self.at_old) if before else None,
                _number(self.theirs, self.at_new) if after else None,
            )
        self.at_old, self.at_new = max(self.at_old, old_end), max(self.at_new, new_end)


def _number(among: Sequence[Paragraph], place: int) -> int:
    """The paragraph that a place is in, or behind."""
    return next((each.number for each in reversed(among) if each.start <= place), among[0].number)
