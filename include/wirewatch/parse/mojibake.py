"""UTF-8 that was read as windows-1251, windows-1252 or windows-1250 and written so into a right page → mended text.

Only what is sure is mended: a run must become bytes under that code page and valid UTF-8 again, without a rest, and
come out as letters where signs and capitals stood amid words. A single doubtful pair is left as it is.
"""

from __future__ import annotations

import re
from functools import partial

_ASCII = bytes(range(0x80))
_CONTINUATION = range(0x80, 0xC0)  # what follows the first byte of a UTF-8 character
_CODE_PAGES = ("cp1251", "cp1252", "cp1250")
_COMMON_CYRILLIC = ("Р°", "Рѕ", "Рµ", "Рё", "С–")  # а, о, е, и, і in UTF-8 under windows-1251
_CYRILLIC_FIRST, _LATIN_FIRST = (0xD0, 0xD1, 0xD2), (0xC3, 0xC4, 0xC5, 0xC8)  # first bytes of letters in UTF-8
_LETTERS = frozenset("ąćęłńóśźżčėįšųūžāēģīķļņõäöüßàâæçèéêëîïôœùûáíñúãåøďěňřťůýőűășțğış")
_LEAST_CYRILLIC = 3  # characters of a run of Cyrillic letters
_LEAST_LATIN = 2  # places in a page where a Latin letter is written so inside a word


def _byte(value: int, charset: str) -> str:
    """How the web shows a byte: what a code page leaves open is the control character of that number."""
    try:
        return bytes([value]).decode(charset)
    except UnicodeDecodeError:
        return chr(value)


_BYTES = {
    # Latin-1 shows the control characters themselves, elsewhere like windows-1252.
    name: {**({chr(value): value for value in range(0x80, 0xA0)} if name == "cp1252" else {})}
    | {_byte(value, name): value for value in range(0x80, 0x100)}
    for name in _CODE_PAGES
}
_RESTS = {
    name: frozenset(character for character, value in table.items() if value in _CONTINUATION)
    for name, table in _BYTES.items()
}


def _class(values: tuple[int, ...], charset: str) -> str:
    shown = sorted(character for character, value in _BYTES[charset].items() if value in values)
    return "[" + "".join(map(re.escape, shown)) + "]"


def _rest(charset: str) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(_RESTS[charset])) + "]"


def _cyrillic_run(charset: str) -> re.Pattern[str]:
    """Cyrillic letters, with dashes and quotation marks, joined by what stands in ASCII between them."""
    letter = f"{_class(_CYRILLIC_FIRST, charset)}{_rest(charset)}"
    mark = _class((0xE2,), charset) + _class((0x80,), charset)
    sign = f"{mark}{_rest(charset)}|{_class((0xC2,), charset)}{_rest(charset)}"
    return re.compile(f"{letter}(?:[ -;=?-~]{{0,20}}(?:{letter}|{sign}))*")


def _latin_letters(charset: str) -> re.Pattern[str]:
    pair = f"{_class(_LATIN_FIRST, charset)}{_rest(charset)}"
    return re.compile(f"{pair}(?:{pair})*")


_RUNS = {name: _cyrillic_run(name) for name in ("cp1251", "cp1252")}
_PAIRS = {name: _latin_letters(name) for name in ("cp1252", "cp1250")}
_SIGNS = {  # dashes, quotation marks and the ellipsis
    name: re.compile(
        _class((0xE2,), name) + _class((0x80,), name) + _class((0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0x9E, 0xA6), name)
    )
    for name in _CODE_PAGES
}


def beyond_ascii(encoded: bytes) -> str:
    """The characters beyond ASCII of a text in UTF-8 (lone surrogates passed).

    Nearly all of a page is ASCII, which bytes.translate removes ten times faster than a pattern finds the rest.
    """
    return encoded.translate(None, _ASCII).decode("utf-8", "surrogatepass")


def mended(text: str, beyond: str | None = None) -> str:
    """The text with what was surely read under a wrong code page read again; most texts come back as they are.

    ``beyond``: its characters beyond ASCII, where they are known.
    """
    beyond = beyond_ascii(text.encode("utf-8", "surrogatepass")) if beyond is None else beyond
    for charset in _CODE_PAGES:
        before = text
        if charset in _RUNS and _shows_cyrillic(beyond, charset):
            text = _RUNS[charset].sub(partial(_cyrillic, charset=charset), text)
        if charset in _PAIRS and _shows(beyond, _LATIN_FIRST, charset):
            text = _with_latin(text, charset)
        if text != before:  # signs alone are too little to be sure of
            text = _SIGNS[charset].sub(partial(_sign, charset=charset), text)
    return text


def _shows_cyrillic(text: str, charset: str) -> bool:
    """As ``_shows``, for letters of Cyrillic."""
    if charset == "cp1251":  # whose first bytes are letters of every Russian text
        return any(pair in text for pair in _COMMON_CYRILLIC)
    return _shows(text, _CYRILLIC_FIRST, charset)


def _shows(text: str, firsts: tuple[int, ...], charset: str) -> bool:
    """Whether a first byte is followed by a second one anywhere in text without its ASCII."""
    rest = _RESTS[charset]
    for first in firsts:
        letter = _byte(first, charset)
        place = text.find(letter)
        while place >= 0:
            if text[place + 1 : place + 2] in rest:
                return True
            place = text.find(letter, place + 1)
    return False


def _sign(match: re.Match[str], *, charset: str) -> str:
    return _again(match.group(0), charset) or match.group(0)


def _cyrillic(match: re.Match[str], *, charset: str) -> str:
    """A run read again when it gives Cyrillic letters, and enough of them."""
    run = match.group(0)
    again = _again(run, charset)
    if again is None:
        return run
    beyond = [character for character in again if character > "\x7f"]
    letters = [character for character in beyond if "\u0400" <= character <= "\u04ff"]
    signs = sum(character in "«»„“”‘’–—…№\u00a0" for character in beyond)
    small = sum(character.islower() for character in letters)
    sure = len(letters) >= _LEAST_CYRILLIC and len(letters) + signs == len(beyond) and 2 * small >= len(letters)
    return again if sure else run


def _with_latin(text: str, charset: str) -> str:
    found = [
        match
        for match in _PAIRS[charset].finditer(text)
        if _is_inside(text, match) and _is_letters(_again(match.group(0), charset))
    ]
    if len(found) < _LEAST_LATIN:
        return text
    parts, end = [], 0
    for match in found:
        parts += [text[end : match.start()], _again(match.group(0), charset) or match.group(0)]
        end = match.end()
    return "".join([*parts, text[end:]])


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """Whether a small ASCII letter stands beside it."""
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return any("a" <= character <= "z" for character in beside)


def _is_letters(text: str | None) -> bool:
    return bool(text) and all(character.lower() in _LETTERS for character in text or "")


def _again(run: str, charset: str) -> str | None:
    """The run's bytes under the code page, read as UTF-8; None where it has no such bytes or they are no UTF-8."""
    known = _BYTES[charset]
    try:
        return bytes(known[character] if character > "\x7f" else ord(character) for character in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
