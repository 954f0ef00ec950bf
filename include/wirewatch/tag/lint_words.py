"""Whether one phrase of a concept file can stand inside another: word for word, with its endings and lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from wirewatch.tag.fold import fold
from wirewatch.tag.forms import choices
from wirewatch.tag.phrase import ENDING_LETTERS

MOST = 200
"""Choices of a phrase's lists that are looked at."""

_YEAR = "{year}"


def inside(inner: str, outer: str, lists: Mapping[str, tuple[str, ...]], *, when_open: bool) -> bool:
    """Whether some text of ``inner`` can stand in some text of ``outer``.

    ``when_open`` is the answer where it hangs on what ``...`` or ``{year}`` stands for.
    """
    if inner.startswith("@") or outer.startswith("@"):
        return False
    ours, theirs = ([_words(each) for each in islice(choices(written, lists), MOST)] for written in (inner, outer))
    return any(_inside(one, other, when_open) for one in ours for other in theirs)


def _inside(inner: tuple[str, ...], outer: tuple[str, ...], when_open: bool) -> bool:
    if "..." in inner or "..." in outer:
        return when_open
    return any(
        all(_may_equal(one, other, when_open) for one, other in zip(inner, outer[start:], strict=False))
        for start in range(len(outer) - len(inner) + 1)
    )


def _may_equal(one: str, other: str, when_open: bool) -> bool:
    """Whether two words, either with a ``*`` at its end, can be the same word."""
    if _YEAR in (one, other):
        return when_open or one == other
    if not one.endswith("*") and not other.endswith("*"):
        return one == other
    short, long = sorted((one, other), key=lambda word: len(word.removesuffix("*")))
    stem, rest = short.removesuffix("*"), long.removesuffix("*")
    if not short.endswith("*"):
        return stem == rest
    return rest.startswith(stem) and len(rest) - len(stem) <= ENDING_LETTERS


@lru_cache(maxsize=50_000)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(each for word in phrase.split() for each in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    """«В.Белоусов*» is two words to whoever reads a text."""
    if word in ("...", _YEAR):
        return (word,)
    folded = fold(word.removesuffix("*")).text
    parts = "".join(char if char.isalnum() else " " for char in folded).split()
    return (*parts[:-1], parts[-1] + "*" * word.endswith("*")) if parts else ()
