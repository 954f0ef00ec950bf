"""How much of two texts is word for word the same. What is told otherwise is compared by ``likeness``."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Words in lower case."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def resemblance(left: str, right: str, *, size: int = 3) -> float:
    """Jaccard index of the sets of word shingles (Broder 1997), 0..1."""
    first, second = _shingles(words(left), size), _shingles(words(right), size)
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def _shingles(items: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(items[start : start + size]) for start in range(max(1, len(items) - size + 1))} if items else set()
