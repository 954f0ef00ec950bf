"""Text → folded text, with a way back to the code points it came from.

Folding makes equal what typography, keyboards and careless copying make different: case, ё and е, every dash, quote
and space, diacritics of Latin letters, stress marks, soft hyphens and zero-width characters, HTML entities left in
the text, words broken at a line's end, Cyrillic and Latin look-alikes inside one word. It knows nothing of concepts.

Compatibility forms follow Unicode Standard Annex 15 (NFKC), case follows the default case folding of Unicode §3.13.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

_APOSTROPHES = "'`´‘’‚‛′ʹʻʼʽˈ＇"  # noqa: RUF100
_DOUBLE_QUOTES = '"«»„“”‟″‶‹›〝〞＂'
_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_STRESS = "\u0300\u0301\u0341\u0340"
# Letters that Unicode does not decompose, though their readers drop the stroke when they type in a hurry.
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "ґ": "г"})

# Look-alikes, after case folding; capitals lend the pairs в-b, н-h, к-k, м-m and т-t.
_TO_LATIN = dict(zip("авсеніјкморѕтху", "abcehijkmopstxy", strict=True))
# ѕ and ј are letters of no watched language: they are taken for Latin ones, never the reverse.
_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in _TO_LATIN.items() if latin not in "sj"}
_LATIN_TABLE = str.maketrans(_TO_LATIN)
_CYRILLIC_TABLE = str.maketrans(_TO_CYRILLIC)
_CYRILLIC = "\u0400-\u052f"
_CYRILLIC_THREE = re.compile(rf"(?<![^\W_])3(?=[{_CYRILLIC}]{{3}})")
_CYRILLIC_ZERO = re.compile(rf"(?<=[{_CYRILLIC}])0(?=[{_CYRILLIC}])")
_SCRIPT_CHANGE = re.compile(rf"[a-z][{_CYRILLIC}]|[{_CYRILLIC}][a-z]")
_LETTERS = re.compile(rf"[a-z{_CYRILLIC}]+")


def _fold_cluster(cluster: str) -> str:
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
    if char in _APOSTROPHES:
        return "'"
    if char in _DOUBLE_QUOTES:
        return '"'
    if char in "\n\u2028\u2029\u0085\v\f":
        return "\n"
    category = unicodedata.category(char)
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Cc"):
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return unicodedata.normalize("NFKC", char)


class _Table(dict[int, str]):
    """Code point → folded character, for those that fold alone and to exactly one; filled as they are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_cluster(chr(code))
        return folded


_TABLE = _Table()


def _special() -> re.Pattern[str]:
    """What has to be looked at: entities, line-end hyphens, marks, and characters that may not fold one to one."""
    common = [*range(0x530), *range(0x2010, 0x2028), *range(0x2030, 0x203B)]
    single = [code for code in common if len(_fold_cluster(chr(code))) == 1 and not 0x300 <= code < 0x370]
    plain = "".join(map(re.escape, map(chr, single)))
    return re.compile(
        r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
        r"|(?<=[^\W\d_])[-\u00ad\u2010\u2011][ \t]?\r?\n[ \t]*(?=[^\W\d_])"
        rf"|[^{plain}][{_MARKS}]*|.[{_MARKS}]+",
        re.DOTALL,
    )


_SPECIAL = _special()


@dataclass(frozen=True)
class Folded:
    """A folded text. Its offsets are its own; ``span`` leads back to the original."""

    text: str
    original: str
    # Pieces in order: where each starts in the folded text, where in the original, where it ends there, and whether
    # its characters correspond one to one (else every character of it stands for the whole original piece).
    _starts: tuple[int, ...] = field(repr=False)
    _pieces: tuple[tuple[int, int, bool], ...] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Folded range (end exclusive, not empty) → range of code points of the original."""
        return self._range(start)[0], self._range(end - 1)[1]

    def surface(self, start: int, end: int) -> str:
        """The original's text behind a folded range."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def _range(self, index: int) -> tuple[int, int]:
        number = bisect_right(self._starts, index) - 1
        start, end, even = self._pieces[number]
        if not even:
            return start, end
        place = start + index - self._starts[number]
        return place, place + 1


def fold(text: str) -> Folded:
    """Any text (lone surrogates too) → folded text with offsets. Never raises."""
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    length = done = 0

    def add(folded: str, start: int, end: int, *, even: bool) -> None:
        nonlocal length
        if folded:
            parts.append(folded)
            starts.append(length)
            pieces.append((start, end, even))
            length += len(folded)

    for special in _SPECIAL.finditer(text):
        start, end = special.span()
        add(text[done:start].translate(_TABLE), done, start, even=True)
        add(_fold_special(special.group(), text[end : end + 1]), start, end, even=False)
        done = end
    add(text[done:].translate(_TABLE), done, len(text), even=True)
    return Folded(_unmix("".join(parts)), text, tuple(starts), tuple(pieces))


def in_other_script(word: str) -> str | None:
    """A word of look-alikes only (НАТО, С-400) → the same seen in the other script (HATO, C-400); else None."""
    letters = [char for char in word.lower() if char.isalpha()]
    for table in (_TO_LATIN, _TO_CYRILLIC):
        if letters and all(char in table for char in letters):
            return "".join(_same_case(char, table.get(char.lower(), char)) for char in word)
    return None


def _same_case(model: str, char: str) -> str:
    return char.upper() if model.isupper() else char


def _fold_special(piece: str, following: str) -> str:
    if piece[0] == "&" and piece[-1] == ";":
        return _fold_cluster(unescape(piece))
    if "\n" in piece and len(piece) > 1:
        # A word broken at a line's end goes on in lower case; «Минск-\nАрена» keeps its hyphen.
        return "" if following.islower() else "-\n"
    return _fold_cluster(piece)


def _unmix(folded: str) -> str:
    """Look-alike letters (and 3 for з, 0 for о) inside one word → the script of its other letters. Length stays."""
    if folded.isascii():
        return folded
    folded = _CYRILLIC_THREE.sub("з", _CYRILLIC_ZERO.sub("о", folded))
    if not _SCRIPT_CHANGE.search(folded):
        return folded
    return _LETTERS.sub(_one_script, folded)


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    if not _SCRIPT_CHANGE.search(word):
        return word
    latin = [char for char in word if char.isascii()]
    cyrillic = [char for char in word if not char.isascii()]
    to_cyrillic = all(char in _TO_CYRILLIC for char in latin)
    to_latin = all(char in _TO_LATIN for char in cyrillic)
    if to_cyrillic and (not to_latin or len(cyrillic) >= len(latin)):
        return word.translate(_CYRILLIC_TABLE)
    return word.translate(_LATIN_TABLE) if to_latin else word
