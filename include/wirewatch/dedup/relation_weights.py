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
        base=-2.38,
        weights={
            "meaning": 1.52,
            "headline_meaning": 1.09,
            "known_names": 0.72,
            "strange_names": -1.16,
            "other_days": -3.87,
        },
    ),
    "by words": Table(
        base=-2.90,
        weights={
            "wording": 4.50,
            "known_names": 1.86,
            "strange_words": -1.41,
            "other_days": -4.99,
        },
    ),
    "by names": Table(
        base=-2.05,
        weights={
            "known_names": 3.47,
            "other_days": -3.11,
        },
    ),
}
