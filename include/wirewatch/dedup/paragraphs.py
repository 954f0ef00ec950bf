"""Paragraphs of two versions → which belong together: unchanged, rewritten, cut in two, joined, moved, added, dropped.

Equal paragraphs are found wherever they stand. Of the others the likest are paired; a piece that was cut off joins its
neighbour's pair; what stands alone in one place on both sides replaces each other. Common words find no candidates,
so the cost stays near to linear.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wirewatch.dedup.alignment import agreeing_runs
from wirewatch.dedup.tokens import Token, tokens

ALIKE = 0.4
"""Share of common words (Dice) from which a paragraph is another's new wording."""
WITHIN = 0.75
"""Share of a paragraph's words that another has, from which it may be a piece of that one."""
PIECE_WORDS = 5
"""Words of a piece at the least: shorter ones lie in every paragraph."""
RARE = 12
"""Paragraphs of the other side that a word may stand in and still name candidates."""
CANDIDATES = 4
"""Paragraphs, with the most rare words in common, that a paragraph is compared with."""


@dataclass(frozen=True)
class Paragraph:
    """A line of a body that holds anything but white space."""

    number: int  # from 1, as people count
    start: int  # code points of the body
    end: int  # exclusive; white space at either end left out
    tokens: tuple[Token, ...]
    text: str

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """What equal paragraphs have in common: the keys, or the signs as written where there is no word."""
        return tuple(token.key for token in self.tokens) or ("", self.text)

    @cached_property
    def counted(self) -> Counter[str]:
        """How often each word stands in it."""
        return Counter(token.key for token in self.tokens)


@dataclass
class Group:
    """Neighbouring paragraphs of one side or of both that tell the same."""

    old: list[int] = field(default_factory=list)  # places in the list of paragraphs, from 0
    new: list[int] = field(default_factory=list)
    same: bool = False  # word for word
    moved: bool = False


def paragraphs(body: str) -> list[Paragraph]:
    """Body → its paragraphs in order; one is a line that is not empty (see ``model.Article.body``)."""
    found: list[Paragraph] = []
    place = 0
    for line in body.split("\n"):
        text = line.strip()
        if text:
            start = place + line.index(text)
            end = start + len(text)
            found.append(Paragraph(len(found) + 1, start, end, tuple(tokens(body, start, end)), text))
        place += len(line) + 1
    return found


def grouped(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Group]:
    """Both sides' paragraphs, each in one group, in the order of the new text; dropped ones where they stood."""
    groups = _equal(old, new)
    _pair_alike(groups, old, new)
    _join_pieces(groups, old, new)
    _pair_places(groups, len(old), len(new))
    groups += [Group(old=[at]) for at in _free(len(old), (it for group in groups for it in group.old))]
    groups += [Group(new=[at]) for at in _free(len(new), (it for group in groups for it in group.new))]
    _mark_moved(groups)
    return _in_order(groups)


def _equal(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Group]:
    """Those that are word for word the same, first in the order they stand, then wherever they stand."""
    mine, theirs = [each.folded for each in old], [each.folded for each in new]
    pairs = [(run.left + at, run.right + at) for run in agreeing_runs(mine, theirs) for at in range(run.size)]
    taken, used = {left for left, _ in pairs}, {right for _, right in pairs}
    places: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for at, folded in enumerate(theirs):
        if at not in used:
            places[folded].append(at)
    pairs += [(at, places[mine[at]].popleft()) for at in range(len(old)) if at not in taken and places.get(mine[at])]
    return [Group([left], [right], same=True) for left, right in pairs]


def _pair_alike(groups: list[Group], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
    """The likest first; of equally alike ones those that stand nearest to each other."""
    mine = _free(len(old), (it for group in groups for it in group.old))
    theirs = _free(len(new), (it for group in groups for it in group.new))
    scored = [
        (_likeness(old[left], new[right]), -abs(left - right), -left, -right)
        for left, right in _candidates(mine, theirs, old, new)
    ]
    for score, _, left, right in sorted(scored, reverse=True):
        if score >= ALIKE and -left in mine and -right in theirs:
            groups.append(Group([-left], [-right]))
            mine.pop(-left)
            theirs.pop(-right)


def _free(size: int, taken: Iterable[int]) -> dict[int, None]:
    """Places that are in no group, in order."""
    used = set(taken)
    return {at: None for at in range(size) if at not in used}


def _candidates(
    mine: Iterable[int], theirs: Iterable[int], old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> set[tuple[int, int]]:
    """Pairs with rare words in common, and paragraphs that are left alone on both sides."""
    mine, theirs = list(mine), list(theirs)
    if len(mine) == len(theirs) == 1:
        return {(mine[0], theirs[0])}
    holders: dict[str, list[int]] = defaultdict(list)
    for at in mine:
        for key in old[at].counted:
            holders[key].append(at)
    found: set[tuple[int, int]] = set()
    for right in theirs:
        votes = Counter(
            left for key in new[right].counted if len(holders.get(key, ())) <= RARE for left in holders.get(key, ())
        )
        found.update((left, right) for left, _ in votes.most_common(CANDIDATES))
    return found


def _likeness(left: Paragraph, right: Paragraph) -> float:
    """Dice's coefficient, or nearly 1 for a piece of the other."""
    shared = sum((left.counted & right.counted).values())
    least = min(len(left.tokens), len(right.tokens))
    dice = 2 * shared / max(1, len(left.tokens) + len(right.tokens))
    return max(dice, ALIKE) if least >= PIECE_WORDS and shared >= WITHIN * least else dice


def _join_pieces(groups: list[Group], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
    """A paragraph that was cut in two, or two that were joined: the piece goes to its neighbour's pair."""
    _join(groups, new, side="new", whole=old)
    _join(groups, old, side="old", whole=new)


def _join(groups: list[Group], pieces: Sequence[Paragraph], *, side: str, whole: Sequence[Paragraph]) -> None:
    owner = {at: group for group in groups for at in getattr(group, side)}
    for step in (1, -1):
        order = range(len(pieces)) if step > 0 else range(len(pieces) - 1, -1, -1)
        for at in order:
            group = owner.get(at - step)
            if at in owner or group is None or group.same:
                continue
            others = group.old if side == "new" else group.new
            if _is_piece(pieces[at], [whole[it] for it in others]):
                getattr(group, side).append(at)
                getattr(group, side).sort()
                owner[at] = group


def _is_piece(piece: Paragraph, whole: Sequence[Paragraph]) -> bool:
    there: Counter[str] = Counter()
    for each in whole:
        there.update(each.counted)
    shared = sum((piece.counted & there).values())
    return shared >= WITHIN * len(piece.tokens) > 0


def _pair_places(groups: list[Group], old_size: int, new_size: int) -> None:
    """A single paragraph between the same neighbours on both sides: one stands where the other stood."""
    before_old = {at: number for number, group in enumerate(groups) for at in group.old}
    before_new = {at: number for number, group in enumerate(groups) for at in group.new}
    gaps: dict[tuple[int, int], list[int]] = {}
    for at in range(old_size):
        if at not in before_old:
            around = (
                before_old.get(at - 1, -1 if at == 0 else -3),
                before_old.get(at + 1, -2 if at == old_size - 1 else -3),
            )
            gaps.setdefault(around, []).append(at)
    for at in range(new_size):
        if at in before_new:
            continue
        around = (
            before_new.get(at - 1, -1 if at == 0 else -3),
            before_new.get(at + 1, -2 if at == new_size - 1 else -3),
        )
        if -3 not in around and len(gaps.get(around, ())) == 1:
            groups.append(Group(gaps.pop(around), [at]))


def _mark_moved(groups: list[Group]) -> None:
    """Of the groups on both sides, those that are out of the order that the most others keep."""
    both = sorted((group for group in groups if group.old and group.new), key=lambda group: group.new[0])
    order = sorted(range(len(both)), key=lambda at: both[at].old[0])
    kept = {run.left + at for run in agreeing_runs(order, range(len(both))) for at in range(run.size)}
    for at, number in enumerate(order):
        both[number].moved = at not in kept


def _in_order(groups: list[Group]) -> list[Group]:
    """By the new text; a dropped group behind the one it followed in the old text."""
    placed = sorted((group for group in groups if group.new), key=lambda group: group.new[0])
    at_new = {id(group): place for place, group in enumerate(placed)}
    by_old = sorted((group for group in groups if group.old), key=lambda group: group.old[0])
    ranks: dict[int, tuple[int, int]] = {id(group): (place, 0) for place, group in enumerate(placed)}
    last, behind = -1, 0
    for group in by_old:
        if group.new:
            if not group.moved:
                last, behind = at_new[id(group)], 0
        else:
            behind += 1
            ranks[id(group)] = (last, behind)
    return sorted(groups, key=lambda group: ranks[id(group)])
