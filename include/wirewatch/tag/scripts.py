"""Words of two scripts → words of one: Cyrillic and Latin look-alikes, 3 for з and 0 for о. Lengths stay.

Copied, scanned and evading texts write ОДKБ with a Latin K. A word of two scripts becomes one of the script of its
other letters when its foreign letters all have a look-alike there; words such as SMSки stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirewatch.tag.alphabet import OTHER_LETTERS, class_of, encode, table_of
from wirewatch.tag.characters import TO_CYRILLIC, TO_LATIN


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z"


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"


def _kind(char: str) -> str:
    if _is_latin(char) or char in "03":
        return "l" if char.isalpha() else char
    if _is_cyrillic(char):
        return "c"
    return "x" if char.isalnum() else " "


_KINDS = table_of(_kind, other_letters=b"x" * len(OTHER_LETTERS), other_sign=" ")
# Begun with a class, not with l+: CPython looks for a class six times as fast.
_LATIN_RUN, _CYRILLIC_RUN = re.compile(rb"[l][l]*"), re.compile(rb"[c][c]*")
_WORD = re.compile(rb"[lc]+")
_O, _Z = encode("оз")

_LATIN_LETTERS = bytes(code for code in range(256) if _KINDS[code] == ord("l"))
_CYRILLIC_LETTERS = bytes(code for code in range(256) if _KINDS[code] == ord("c"))
_CYRILLIC = class_of(_is_cyrillic)
_LATIN_BESIDE_CYRILLIC = re.compile(rb"[a-z03](?:(?<=%b.)|(?=%b))" % (_CYRILLIC, _CYRILLIC))
_CYRILLIC_BESIDE_LATIN = re.compile(rb"%b(?:(?<=[a-z03].)|(?=[a-z03]))" % _CYRILLIC)
_SAMPLE = 64
_LATIN_TWINS, _CYRILLIC_TWINS = encode("".join(TO_CYRILLIC)), encode("".join(TO_LATIN))
_TO_CYRILLIC = bytes.maketrans(_LATIN_TWINS, encode("".join(TO_CYRILLIC.values())))
_TO_LATIN = bytes.maketrans(_CYRILLIC_TWINS, encode("".join(TO_LATIN.values())))


def unmix(codes: bytes) -> bytes:
    """Folded codes → the same with each word in one script, where look-alikes allow it."""
    if codes.isascii():
        return codes
    # The script that has fewer letters is looked at: a Russian text has a few Latin words, or none.
    sample = codes[:: len(codes) // _SAMPLE + 1]
    mostly_latin = 2 * len(sample.translate(None, _CYRILLIC_LETTERS)) > len(sample)
    if not (_CYRILLIC_BESIDE_LATIN if mostly_latin else _LATIN_BESIDE_CYRILLIC).search(codes):
        return codes
    kinds = codes.translate(_KINDS)
    digits = [(at, _O) for at in _all_of(b"0", kinds) if kinds[at - 1 : at + 2] == b"c0c"]
    digits += [(at, _Z) for at in _all_of(b"3", kinds) if kinds[at : at + 4] == b"3ccc" and _begins_word(kinds, at)]
    if digits:
        codes = _replaced(codes, digits)
        kinds = codes.translate(_KINDS)
    return _with_mixed_words(codes, kinds, _CYRILLIC_RUN if mostly_latin else _LATIN_RUN)


def _all_of(kind: bytes, kinds: bytes) -> Iterator[int]:
    at = kinds.find(kind)
    while at >= 0:
        yield at
        at = kinds.find(kind, at + 1)


def _begins_word(kinds: bytes, at: int) -> bool:
    return at == 0 or kinds[at - 1] == ord(" ")


def _replaced(codes: bytes, places: list[tuple[int, int]]) -> bytes:
    changed = bytearray(codes)
    for at, code in places:
        changed[at] = code
    return bytes(changed)


def _with_mixed_words(codes: bytes, kinds: bytes, few: re.Pattern[bytes]) -> bytes:
    other = ord("c" if few is _LATIN_RUN else "l")
    parts: list[bytes] = []
    done, size = 0, len(kinds)
    for run in few.finditer(kinds):
        start, end = run.span()
        if start < done or not ((start > done and kinds[start - 1] == other) or (end < size and kinds[end] == other)):
            continue
        while start > done and kinds[start - 1] in b"lc":
            start -= 1
        word = _WORD.match(kinds, start)
        stop = word.end() if word else end
        parts += (codes[done:start], _one_script(codes[start:stop]))
        done = stop
    return b"".join((*parts, codes[done:])) if parts else codes


def _one_script(word: bytes) -> bytes:
    latin, cyrillic = word.translate(None, _CYRILLIC_LETTERS), word.translate(None, _LATIN_LETTERS)
    to_cyrillic, to_latin = not latin.translate(None, _LATIN_TWINS), not cyrillic.translate(None, _CYRILLIC_TWINS)
    if to_cyrillic and (not to_latin or len(cyrillic) >= len(latin)):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN) if to_latin else word
