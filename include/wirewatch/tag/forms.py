"""What a name looks like in a text: a few of the forms that it stands for, for people and for lint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

EXAMPLE_YEAR = "2025"


def forms(written: str, lists: Mapping[str, tuple[str, ...]], *, most: int = 20) -> tuple[str, ...]:
    """A phrase as a file writes it → texts that it matches, each list taken apart; an ending is left out.

    «$office $country» gives the pairs of both lists, ``{year}`` is 2025, ``...`` is nothing.
    """
    return tuple(dict.fromkeys(islice(_forms(written, lists), most)))


def choices(written: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A phrase with its lists taken apart: one phrase for each choice of their entries."""
    parts = [lists.get(word[1:], ()) if word.startswith("$") else (word,) for word in written.split()]
    return (" ".join(words) for words in product(*parts))


def _forms(written: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for phrase in choices(written, lists):
        yield " ".join(_plain(word) for word in phrase.split() if word != "...")


def _plain(word: str) -> str:
    return EXAMPLE_YEAR if word == "{year}" else word.removesuffix("*")
