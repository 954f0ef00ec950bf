"""How alike two texts are. Simple measures over words; exact copies are found by hash before this is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set

WORD = re.compile(r"\w+")
PREFIX = 5
"""Code points of a word that are compared: enough to tell words apart, short enough to drop most endings."""

SAME_STORY = 0.16
COPY = 0.72
"""Cuts on the score, chosen on labelled pairs of Russian and English news."""


def words(text: str) -> list[str]:
    """Words in lower case."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def resemblance(left: str, right: str, *, size: int = 3) -> float:
    """Jaccard index of the sets of word shingles (Broder 1997), 0..1."""
    first, second = _shingles(words(left), size), _shingles(words(right), size)
    return _jaccard(first, second)


def story_score(left: str, right: str) -> float:
    """Jaccard index of the sets of word prefixes, 0..1: texts about one event share names and numbers."""
    first = {word[:PREFIX] for word in words(left) if len(word) > 2 or word.isdigit()}
    second = {word[:PREFIX] for word in words(right) if len(word) > 2 or word.isdigit()}
    return _jaccard(first, second)


def _shingles(items: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(items[start : start + size]) for start in range(max(1, len(items) - size + 1))} if items else set()


def _jaccard(first: Set[object], second: Set[object]) -> float:
    union = len(first | second)
    return len(first & second) / union if union else 0.0
