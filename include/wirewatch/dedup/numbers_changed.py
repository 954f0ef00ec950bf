"""A passage → the numbers that changed in it, when nothing else did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress

from wirewatch.dedup.number_words import agree, scale_of, value_of
from wirewatch.dedup.passages import Passage, Span
from wirewatch.dedup.tokens import Token, tokens

_BESIDE = 24  # code points in which the word behind a number begins

SpanPairs = list[tuple[Span, Span]]


def number_pairs(old: str, new: str, passage: Passage) -> list[tuple[str, str]] | None:
    """Each number as it was and as it is, as written: ("12,5 млн", "13 млн"); None when other words differ too.

    Empty when one number is only written otherwise: 5 and five.
    """
    found: SpanPairs = []
    for hunk in passage.hunks:
        pairs = _of_words(tokens(old, *hunk.old), tokens(new, *hunk.new))
        if pairs is None:
            return None
        found += pairs
    if not found:
        return None
    whole = [(_with_scale(old, before), _with_scale(new, after)) for before, after in found]
    return [
        (" ".join(old[slice(*before)].split()), " ".join(new[slice(*after)].split()))
        for before, after in whole
        if not _same_value(tokens(old, *before), tokens(new, *after))
    ]


def _of_words(mine: Sequence[Token], theirs: Sequence[Token]) -> SpanPairs | None:
    """Words that stood and words that stand there now → the numbers among them; None when they are not all."""
    if not mine or not theirs:
        return None
    pairs = _one_by_one(mine, theirs) if len(mine) == len(theirs) else None
    return pairs if pairs is not None else _as_one(mine, theirs)


def _one_by_one(mine: Sequence[Token], theirs: Sequence[Token]) -> SpanPairs | None:
    found: SpanPairs = []
    for before, after in zip(mine, theirs, strict=True):
        scales = scale_of(before.key), scale_of(after.key)
        if scales[0] and scales[1]:
            if found and mine[0] is not before:
                found[-1] = ((found[-1][0][0], before.end), (found[-1][1][0], after.end))
            elif scales[0] != scales[1]:
                found.append(((before.start, before.end), (after.start, after.end)))
        elif _is_number(before) and _is_number(after):
            found.append(((before.start, before.end), (after.start, after.end)))
        elif before.key != after.key and (_is_number(before) or _is_number(after) or not agree(before.key, after.key)):
            return None
    return found


def _as_one(mine: Sequence[Token], theirs: Sequence[Token]) -> SpanPairs | None:
    """Numbers of unlike many words: "12 тысяч", "две тысячи пятьсот"; words that agree may stand around them."""
    first = last = 0
    while first < min(len(mine), len(theirs)) and _agree(mine[first], theirs[first]):
        first += 1
    while last < min(len(mine), len(theirs)) - first and _agree(mine[-1 - last], theirs[-1 - last]):
        last += 1
    was, now = mine[first : len(mine) - last], theirs[first : len(theirs) - last]
    if not was or not now or not all(_is_number(each) or scale_of(each.key) for each in (*was, *now)):
        return None
    if not (any(map(_is_number, was)) and any(map(_is_number, now))):
        return None
    return [((was[0].start, was[-1].end), (now[0].start, now[-1].end))]


def _agree(before: Token, after: Token) -> bool:
    return not _is_number(before) and not _is_number(after) and agree(before.key, after.key)


def _is_number(token: Token) -> bool:
    return token.number or value_of(token.key) is not None


def _with_scale(text: str, span: Span) -> Span:
    """A number with its "million" behind it, or a "million" with its number."""
    start, end = span
    inside = tokens(text, start, end)
    if inside and all(scale_of(each.key) for each in inside):
        before = tokens(text, max(0, start - _BESIDE), start)
        return (before[-1].start, end) if before and _is_number(before[-1]) else span
    behind = tokens(text, end, min(len(text), end + _BESIDE))
    gap = text[end : behind[0].start] if behind else "."
    return (start, behind[0].end) if behind and scale_of(behind[0].key) and not gap.strip(" \u00a0\u202f.") else span


def _same_value(was: Sequence[Token], now: Sequence[Token]) -> bool:
    before, after = _value(was), _value(now)
    return before is not None and after is not None and math.isclose(before, after)


def _value(written: Sequence[Token]) -> float | None:
    """What a number amounts to; None for a date, a time or a range."""
    total = 0.0
    for place, token in enumerate(written):
        scale, value = scale_of(token.key), value_of(token.key)
        if scale:
            total = (total or 1.0) * scale
        elif token.number:
            if place:
                return None
            with suppress(ValueError):
                total = float(token.key)
                continue
            return None
        elif value is not None:
            total = total * value if value == 100 and 0 < total < 10 else total + value
    return total
