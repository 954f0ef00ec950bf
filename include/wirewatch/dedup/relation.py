"""How alike two articles are → whether they tell one story, and how surely.

A logistic regression over few signs, one table for each situation: with sentence vectors, which hold across languages;
without them, by words within a language and by names across. Where reports are alike, strange names and other days
speak against one event; where they are not, the same things say nothing new. So those signs count by how near the two
are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from wirewatch.dedup.evidence import Evidence
from wirewatch.dedup.likeness import Likeness, measure
from wirewatch.dedup.relation_weights import TABLES

STORY = 0.5
"""Score from which a pair is one story. Tables are shifted so that this is where errors of both kinds balance best."""

JOINED = 0.55
"""Score from which a pair joins two articles of the archive without anybody asking. A wrong join hides a report behind
another story's mail; a missed one sends a second mail. So it takes a little more than to answer on a pair that was
given: what stands just above the cut was wrong more often than right on articles nobody paired by hand."""

UNLIKE, NEAR = 0.82, 0.90
"""Cosines of lead vectors: what most unrelated pairs stay under, and what most pairs of one story pass."""
FEW_WORDS, MANY_WORDS = 0.1, 0.4
"""The same for the cosine of weighted words, which stands in where there are no vectors."""


@dataclass(frozen=True)
class Judgement:
    """The answer on one pair."""

    score: float  # 0..1, grows with every sign for one story
    one_story: bool


def judge_pair(left: Evidence, right: Evidence) -> Judgement:
    """Two articles' evidence → the answer; the same whichever is left."""
    score = story_score(measure(left, right))
    return Judgement(score, score >= STORY)


def story_score(likeness: Likeness) -> float:
    """Measures → score, by the table of what could be measured."""
    table = TABLES[situation(likeness)]
    values = signs(likeness)
    return _sigmoid(table.base + sum(weight * values[sign] for sign, weight in table.weights.items()))


def situation(likeness: Likeness) -> str:
    """Which table holds: what of the measures there is."""
    if likeness.meaning is not None:
        return "by meaning"
    return "by words" if likeness.wording is not None else "by names"


def signs(likeness: Likeness) -> Mapping[str, float]:
    """What the tables weigh, each about 0..1."""
    near = _nearness(likeness)
    return {
        "meaning": _along(likeness.meaning, UNLIKE, NEAR),
        "headline_meaning": _along(likeness.headline_meaning, UNLIKE, NEAR),
        "wording": likeness.wording or 0.0,
        "known_names": 1 - likeness.strange_names,
        "strange_names": near * likeness.strange_names,
        "strange_words": near * (likeness.strange_words or 0.0),
        "other_days": near * likeness.other_days,
    }


def _nearness(likeness: Likeness) -> float:
    if likeness.meaning is not None:
        return min(1.0, max(0.0, _along(likeness.meaning, UNLIKE, NEAR)))
    if likeness.wording is not None:
        return min(1.0, max(0.0, _along(likeness.wording, FEW_WORDS, MANY_WORDS)))
    return 1.0


def _along(value: float | None, low: float, high: float) -> float:
    return 0.0 if value is None else (value - low) / (high - low)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
