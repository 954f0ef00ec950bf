"""One character, with the marks that combine with it → what it is compared as. Letters that look alike.

Compatibility forms follow Unicode Standard Annex 15 (NFKC), case follows the default case folding of Unicode §3.13.
"""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'`´‘’‚‛′ʹʻʼʽˈ＇"  # noqa: RUF100
DOUBLE_QUOTES = '"«»„“”‟″‶‹›〝〞＂'
LINE_ENDS = "\n\u2028\u2029\u0085\v\f"
MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
"""Ranges of combining marks and variation selectors, as a regular expression's class has them."""

_STRESS = "\u0300\u0301\u0341\u0340"
# Letters that Unicode does not decompose, though their readers drop the stroke when they type in a hurry.
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "ґ": "г"})
# NFKC spells these out; one sign for one sign keeps them out of words and offsets simple.
_SIGNS = {"…": ".", "№": "№"}

# Look-alikes, after case folding; capitals lend the pairs в-b, н-h, к-k, м-m and т-t.
TO_LATIN = dict(zip("авсеніјкморѕтху", "abcehijkmopstxy", strict=True))
# ѕ and ј are letters of no watched language: they are taken for Latin ones, never the reverse.
TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in TO_LATIN.items() if latin not in "sj"}


def fold_cluster(cluster: str) -> str:
    """A character with its combining marks → what it is compared as; possibly nothing, possibly several."""
    letters: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFD", "".join(map(_plain, cluster))).casefold():
        if "\u0300" <= char <= "\u036f":
            # й, ї, ў keep their mark: they are letters. A stress mark never makes one, and ё is е to most writers.
            if not "\u0400" <= base <= "\u052f" or char in _STRESS or (base == "е" and char == "\u0308"):
                continue
        else:
            base = char
        letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)).translate(_STROKES)


def _plain(char: str) -> str:
    if char in APOSTROPHES:
        return "'"
    if char in DOUBLE_QUOTES:
        return '"'
    if char in LINE_ENDS:
        return "\n"
    if char in _SIGNS:
        return _SIGNS[char]
    category = unicodedata.category(char)
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Cc"):
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return unicodedata.normalize("NFKC", char)


def in_other_script(word: str) -> str | None:
    """A word of look-alikes only (НАТО, С-400) → the same seen in the other script (HATO, C-400); else None."""
    letters = [char for char in word.lower() if char.isalpha()]
    for table in (TO_LATIN, TO_CYRILLIC):
        if letters and all(char in table for char in letters):
            return "".join(_same_case(char, table.get(char.lower(), char)) for char in word)
    return None


def _same_case(model: str, char: str) -> str:
    return char.upper() if model.isupper() else char
