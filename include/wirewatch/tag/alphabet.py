"""Folded text as bytes: one byte a character, so that C does what Python would do letter by letter.

The code of a folded character is one byte. ASCII keeps its own; the letters of the watched languages come next; every
other letter has one of ``OTHER_LETTERS`` and every other sign ``OTHER_SIGN`` (where a name has such a letter, the
matcher looks at the characters themselves). What needs more than a look at one character is ``SPECIAL``: folding sees
to it.

A charmap codec of 256 characters and ``bytes.translate`` do the work, at hundreds of MB/s, where ``str.translate`` asks
a dict about every letter and stops at fifty. Most texts are of nothing but the letters of the watched languages, or of
Western Europe: these have a codec each. All others are lower-cased first, and their codec asks about what it lacks.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

from wirewatch.tag.characters import MARKS, fold_cluster

# The letters of ru, be, uk, pl, lt, lv and et, and of other languages that news quotes.
_CYRILLIC, _MORE_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїўєёґ", "ђјљњћџѕәғқңөұүһҳҷӣӯ"
_LATIN, _MORE_LATIN = "ąćęłńóśźżčėįšųūžāēģīķļņäöõü", "áéíúýôàâçèêëîïñùûœøåæãěřťďňůșțşţğőűđı"
_SIGNS, _MORE_SIGNS = "\t\n\r\u00a0\u2009\u202f‐‑‒–—―−‘’‚ʼ′«»„“”‹›…№€£°", "·•§©®×"
_ASCII = "".join(map(chr, range(0x20, 0x7F)))

_MET = "".join(dict.fromkeys(_ASCII.lower())) + _CYRILLIC + _LATIN + _MORE_CYRILLIC + _MORE_LATIN + _SIGNS + _MORE_SIGNS
"""Characters of news texts, after ``str.lower``, that fold to exactly one character wherever they stand."""

OTHER_LETTERS = range(0xE8, 0xFE)
"""Shared by the letters of all other scripts, neighbours apart: a name in Georgian is hardly ever met by chance."""

OTHER_SIGN, SPECIAL = 0xFE, 0xFF
UNKNOWN = "\ufffd"
"""What ``decode`` gives for codes that several characters share."""


def _slots() -> dict[str, int]:
    """Each character of the codec and its byte: ASCII its own, the others what is free."""
    own = {char: ord(char) for char in _MET if char.isascii()}
    free = (code for code in (*range(0x80, OTHER_LETTERS[0]), *range(1, 0x80)) if code not in own.values())
    return {char: own[char] if char in own else next(free) for char in _MET}


_SLOTS = _slots()
_CHARACTERS = {code: char for char, code in _SLOTS.items() if fold_cluster(char) == char}
_DECODING = "".join(_CHARACTERS.get(code, UNKNOWN) for code in range(256))
_MARK = re.compile(f"[{MARKS}]")


class _Codes(dict[int, int]):
    """Code point → code, filled as they are met: a table for ``str.translate``."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        folded = fold_cluster(char)
        if len(folded) != 1 or _MARK.match(char):
            code = SPECIAL
        elif folded in _SLOTS:
            code = _SLOTS[folded]
        else:
            code = OTHER_LETTERS[ord(folded) % len(OTHER_LETTERS)] if folded.isalnum() else OTHER_SIGN
        self[point] = code
        return code


_CODES = _Codes()


def _codec(characters: str) -> tuple[Any, bytes, frozenset[str]]:
    """The character of each of 256 bytes → a map for ``charmap_encode``, the table from its bytes to codes, the set."""
    codes = bytes(byte if char == _NOTHING else _CODES[ord(char)] for byte, char in enumerate(characters))
    return codecs.charmap_build(characters), codes, frozenset(characters)


_AHEAD = 100
_NOTHING = "\ufffe"  # no character has this byte
_BYTES = {slot: char for char, slot in _SLOTS.items()}
_ASCII_CODES = bytes(_CODES[code] if code < 128 else OTHER_SIGN for code in range(256))
# Their first entry must be NUL, else CPython makes a dict of the map, and encoding is ten times slower.
_WATCHED = _codec("\0" + _ASCII + _CYRILLIC + _CYRILLIC.upper() + _LATIN + _LATIN.upper() + _SIGNS)
_WESTERN = _codec(
    "\0"
    + "".join(
        dict.fromkeys(_ASCII + _SIGNS + _MORE_SIGNS + _LATIN + _LATIN.upper() + _MORE_LATIN + _MORE_LATIN.upper())
    )[:255]
)
_LOWERED = _codec("\0" + "".join(_BYTES.get(byte, _NOTHING) for byte in range(1, 256)))


def _encode_others(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # Two in a row are a word of another script, and more will follow: each way here costs as much as twenty letters.
    end = error.end if error.end - error.start == 1 else error.start + _AHEAD
    return error.object[error.start : end].translate(_CODES).encode("latin-1"), min(end, len(error.object))


codecs.register_error("wirewatch.tag.others", _encode_others)


def encode(text: str) -> bytes:
    """Text → the code of each of its characters; SPECIAL where one character alone does not tell."""
    if text.isascii():
        return text.encode().translate(_ASCII_CODES)
    unknown = " "
    for encoding, table, characters in (_WATCHED, _WESTERN):
        if unknown in characters:
            try:
                codes, _ = codecs.charmap_encode(text, "strict", encoding)
            except UnicodeEncodeError as error:
                unknown = text[error.start]
            else:
                return codes.translate(table)
    lowered = text.lower()
    if len(lowered) != len(text):  # İ is the only letter that str.lower makes two of
        lowered = text.replace("İ", "i").lower()
    return codecs.charmap_encode(lowered, "wirewatch.tag.others", _LOWERED[0])[0].translate(_LOWERED[1])


def decode(codes: bytes) -> str:
    """Codes → characters; UNKNOWN for those that have no code of their own."""
    return codecs.charmap_decode(codes, "strict", _DECODING)[0]


def class_of(wanted: Callable[[str], bool], *, other_letters: bool = False) -> bytes:
    """The folded characters that are wanted, as a class of a bytes pattern; with letters that have no code or not."""
    codes = {code for code, char in _CHARACTERS.items() if wanted(char)}
    if other_letters:
        codes.update(OTHER_LETTERS)
    starts = sorted(code for code in codes if code - 1 not in codes)
    ends = sorted(code for code in codes if code + 1 not in codes)
    return b"[" + b"".join(b"\\x%02x-\\x%02x" % pair for pair in zip(starts, ends, strict=True)) + b"]"


def table_of(kind: Callable[[str], str], *, other_letters: bytes, other_sign: str) -> bytes:
    """A table for ``bytes.translate``, given by what stands for each folded character."""
    table = bytearray(other_sign.encode()) * 256
    for code, char in _CHARACTERS.items():
        table[code] = _SLOTS[kind(char)]
    table[OTHER_LETTERS[0] : OTHER_LETTERS[-1] + 1] = other_letters
    return bytes(table)


_SEPARATED = table_of(lambda char: char if char.isalnum() else " ", other_letters=bytes(OTHER_LETTERS), other_sign=" ")


def separated(codes: bytes) -> bytes:
    """Codes → a space, the codes with a space for all that is neither letter nor digit, a space.

    What is found at index n of it and begins with a separator begins a word at index n of the codes.
    """
    return b"".join((b" ", codes.translate(_SEPARATED), b" "))
