"""Signs of a page → article, listing or other, by the balance of the evidence.

Each sign has a weight in log-odds (``kind_weights``), fitted over public collections of typed pages by
``benchmarks/fit_kinds.py``; no weight speaks of one site. Above 0 the balance says yes. Walls and error pages are told
before, by their words (``walls``).
"""

from __future__ import annotations

import math

from wirewatch.model import Kind
from wirewatch.parse.kind_weights import ARTICLE_BASE, LISTING_BASE, WEIGHTS
from wirewatch.parse.signs import Signs

_FROM_A_SOURCE = 1.25  # log-odds: what a source's own entries lead to is an article far more often than any page
_BRIEF = 150  # characters; a body below needs a paragraph or a stated date beside it


def judge(signs: Signs, *, of_source: bool) -> Kind:
    """ARTICLE, LISTING or OTHER by the balance of the signs. ``of_source``: an entry of a known source led here."""
    if article_balance(signs) + (_FROM_A_SOURCE if of_source else 0.0) > 0:
        return Kind.ARTICLE
    return Kind.LISTING if listing_balance(signs) > 0 else Kind.OTHER


def marked_as_article(signs: Signs) -> bool:
    """Whether the page's own markup calls it an article."""
    return signs.article_markup or signs.social_article


def has_text(signs: Signs, body: str) -> bool:
    """Whether a page has a text of its own: a line from the page's foot is none, a brief with a stated date is."""
    return len(body) >= _BRIEF or bool(body and (signs.paragraphs or signs.dated))


def article_balance(signs: Signs) -> float:
    """Log-odds that the page is an article."""
    found = measures(signs)
    return ARTICLE_BASE + sum(weight.article * value for weight, value in zip(WEIGHTS, found, strict=True))


def listing_balance(signs: Signs) -> float:
    """Log-odds that the page is a listing rather than anything else."""
    found = measures(signs)
    return LISTING_BASE + sum(weight.listing * value for weight, value in zip(WEIGHTS, found, strict=True))


def measures(signs: Signs) -> list[float]:
    """The value of each sign in the order of the table of weights.

    Counts are damped, ln(1 + count), and capped: the tenth teaser says less than the second.
    """
    return [
        float(value) if weight.ceiling is None else min(math.log1p(value), weight.ceiling)
        for weight in WEIGHTS
        for value in (getattr(signs, weight.sign),)
    ]
