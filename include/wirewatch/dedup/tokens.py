"""Text → its words, numbers and signs with their places, each with the key by which two versions are compared.

What only sets a text otherwise has no token or the same key: letter case, quotes, dashes, commas, full stops, white
space of any kind, soft hyphens, stress marks, ё for е, the shape of an apostrophe, digits in groups (1 200, 1,200).
What changes what is said has one: a percent or currency sign, a question mark, the minus of a number.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e])*"
_APOSTROPHES = "'’ʼ‘`´"
_NUMBER = (
    r"(?:(?<![^\s(\[«\"“„])[-−–](?=\d))?"  # a minus: nothing but an opening stands before it, a digit right behind
    rf"(?:\d{{1,3}}(?:[ \u00a0\u202f\u2009]\d{{3}})+(?!\d)|\d+(?:[.,:{_APOSTROPHES}]\d+)*)"
)
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*|[%‰$€£¥₽₴№°±?]")
_UNSEEN = re.compile(r"[\u0300\u0301\u00ad\u200b-\u200d\u2060]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[.,' ]\d{3})+")
_DECIMAL = re.compile(r"-?\d+,\d+")
LONGEST_KEY = 200  # code points of a word that are compared as they are; longer ones are no words


class Token(NamedTuple):
    """A word, a number or a sign."""

    start: int  # code points from the start of the text
    end: int  # exclusive
    key: str
    number: bool  # written in digits


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of text[start:end] in order; places count from the start of the whole text."""
    return [
        Token(found.start(), found.end(), _number_key(found[0]), True)
        if found.lastgroup
        else Token(found.start(), found.end(), _word_key(found[0]), False)
        for found in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def keys(text: str) -> list[str]:
    """The keys alone: two texts with equal lists say the same in the same words."""
    return [token.key for token in tokens(text)]


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    if word.isascii() and len(word) <= LONGEST_KEY:
        return word.lower().replace("`", "'")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _APOSTROPHE.sub("'", _UNSEEN.sub("", folded)).replace("ё", "е")


@lru_cache(maxsize=65536)
def _number_key(number: str) -> str:
    """1 200, 1,200 and 1200 are one number, and so are 12,5 and 12.5; a date or a time stays as it is."""
    plain = _APOSTROPHE.sub("'", unicodedata.normalize("NFKC", number)).replace("−", "-").replace("–", "-")
    if _GROUPED.fullmatch(plain):
        return re.sub("[.,' ]", "", plain)
    return plain.replace(",", ".") if _DECIMAL.fullmatch(plain) else plain
