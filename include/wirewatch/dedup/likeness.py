"""Two articles' evidence → how alike they are, measure by measure. What the measures mean together: ``relation``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wirewatch.dedup.evidence import Evidence

ACROSS = 0.03
"""What is added to cosines of vectors between languages: translated reports of one event lie that much further apart
than reports in one language do. East Slavic languages lie together."""
_TOGETHER = frozenset({"ru", "uk", "be"})

DAYS_APART = 1
"""Days. What happened on the 5th is reported on the 6th, with either date; further apart are other events."""
YEAR = 366
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Likeness:
    """Measures of a pair. None: it cannot be measured on this pair."""

    meaning: float | None  # cosine of the lead vectors, made even across languages; of unrelated news about .8
    headline_meaning: float | None  # the same of the headline vectors
    wording: float | None  # cosine of the weighted words, 0..1; None between languages
    strange_names: float  # share of the head's names that the other does not have, of the two shares the lesser
    strange_words: float | None  # the same of the headline's words; None between languages
    other_days: bool  # both heads name days of the year, and none of one is near one of the other


def measure(left: Evidence, right: Evidence) -> Likeness:
    """All measures; the same whichever is left."""
    one_language = _one_language(left.language, right.language)
    across = allowance(left.language, right.language)
    return Likeness(
        meaning=_cosine(left.lead_vector, right.lead_vector, across),
        headline_meaning=_cosine(left.headline_vector, right.headline_vector, across),
        wording=_weighted_cosine(left.weights, right.weights) if one_language else None,
        strange_names=_strange_names(left, right, one_language=one_language),
        strange_words=_strange_words(left, right) if one_language else None,
        other_days=_apart(left.days, right.days),
    )


def allowance(left: str | None, right: str | None) -> float:
    """Languages of two articles → what is added to the cosines of their vectors."""
    return 0.0 if _one_language(left, right) or {left, right} <= _TOGETHER else ACROSS


def _one_language(left: str | None, right: str | None) -> bool:
    return left == right or not (left and right)


def _strange_names(left: Evidence, right: Evidence, *, one_language: bool) -> float:
    """0 when one of the heads names nobody: nothing is strange then."""
    named = frozenset((*left.names, *right.names))
    shares = []
    for ours, theirs in ((left, right), (right, left)):
        names = [*ours.head_names, *(word for word in ours.head_capitals if word in named)]
        if not names:
            return 0.0
        known = [_knows(theirs, ours, name, one_language=one_language) for name in names]
        shares.append(1 - sum(known) / len(known))
    return min(shares)


def _knows(theirs: Evidence, ours: Evidence, name: str, *, one_language: bool) -> bool:
    if one_language:
        return _has(theirs, name[:5])
    return not theirs.bones.isdisjoint(ours.skeletons((name,)))


def _strange_words(left: Evidence, right: Evidence) -> float:
    if not left.headline or not right.headline:
        return 0.5
    return min(
        sum(not _has(theirs, word) for word in ours.headline) / len(ours.headline)
        for ours, theirs in ((left, right), (right, left))
    )


def _has(evidence: Evidence, word: str) -> bool:
    return word in evidence.weights or (len(word) >= 5 and word[:4] in evidence.beginnings)


def _apart(left: Iterable[str], right: Iterable[str]) -> bool:
    ours, theirs = ([_day_of_year(day) for day in days] for days in (left, right))
    return bool(ours and theirs) and all(
        DAYS_APART < abs(one - other) < YEAR - DAYS_APART for one in ours for other in theirs
    )


def _day_of_year(written: str) -> int:
    """Of "24.11", in a leap year, so that every day has one."""
    day, month = map(int, written.split("."))
    return sum(_MONTHS[: month - 1]) + day


def _weighted_cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    shared = sum(weight * right[word] for word, weight in left.items() if word in right)
    size = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return shared / size if size else 0.0


def _cosine(left: bytes | None, right: bytes | None, across: float) -> float | None:
    if not left or not right:
        return None
    ours, theirs = memoryview(left).cast("b").tolist(), memoryview(right).cast("b").tolist()
    size = math.sqrt(sum(v * v for v in ours) * sum(v * v for v in theirs))
    return sum(map(int.__mul__, ours, theirs)) / size + across if size else 0.0
