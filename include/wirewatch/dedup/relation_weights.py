"""What each sign is worth: log-odds for one story, written by ``benchmarks/fit_relation.py --write``.

``meaning``           the leads say the same (cosine of sentence vectors: 0 where most unrelated pairs end, 1 where most
                      pairs of one story begin)
``headline_meaning``  the headlines do
``wording``           telling words are shared (cosine)
``known_names``       names of the head are found in the other text
``strange_names``     of alike reports each names in its head somebody the other does not know
``strange_words``     … has words in its headline that the other does not have
``other_days``        … is of other days
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A logistic regression: score .5 is the cut."""

    base: float
    weights: Mapping[str, float]


TABLES = {
    "by meaning": Table(
        base=-2.55,
        weights={
            "meaning": 1.51,
            "headline_meaning": 1.10,
            "known_names": 0.56,
            "strange_names": -0.96,
            "other_days": -3.83,
        },
    ),
    "by words": Table(
        base=-2.51,
        weights={
            "wording": 4.67,
            "known_names": 1.60,
            "strange_words": -1.48,
            "other_days": -5.05,
        },
    ),
    "by names": Table(
        base=-2.06,
        weights={
            "known_names": 3.30,
            "other_days": -3.39,
        },
    ),
}
