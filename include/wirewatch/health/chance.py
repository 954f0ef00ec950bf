"""How likely a count is, when another is usual. Pure arithmetic, no statistics library needed."""

from __future__ import annotations

import math

RARE = 1 / 1000
"""What is less likely than this under a source's own history is a fault, and no quiet day."""


def at_most(count: int, *, mean: float, steadiness: float) -> float:
    """Probability of ``count`` or fewer under a negative binomial with this mean and size ``steadiness``.

    The variance is mean + mean² / steadiness: steadiness 10 says that the day's own rate varies by a third about its
    mean, which news does and a Poisson process does not. 1.0 when the mean is 0.
    """
    if mean <= 0:
        return 1.0
    share = mean / (mean + steadiness)
    term = math.exp(-steadiness * math.log1p(mean / steadiness))
    total = term
    for number in range(count):
        term *= share * (number + steadiness) / (number + 1)
        total += term
    return min(total, 1.0)


def at_least(count: int, total: int, *, chance: float) -> float:
    """Probability of ``count`` or more of ``total`` when each has this chance (binomial)."""
    if count <= 0 or chance >= 1:
        return 1.0
    return min(
        1.0,
        sum(
            math.comb(total, number) * chance**number * (1 - chance) ** (total - number)
            for number in range(count, total + 1)
        ),
    )
