"""Text → folded text, with a way back to the code points it came from.

Folding makes equal what typography, keyboards and careless copying make different: case, ё and е, every dash, quote
and space, diacritics of Latin letters, stress marks, soft hyphens and zero-width characters, HTML entities and tags
left in the text, words broken at a line's end, Cyrillic and Latin look-alikes inside one word. It knows nothing of
concepts.

Most texts have nothing but characters that fold one by one: those go through ``alphabet.encode`` whole, and their
offsets are the original's. Only around the others is the text taken to pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from wirewatch.tag.alphabet import OTHER_SIGN, SPECIAL, UNKNOWN, decode, encode
from wirewatch.tag.characters import MARKS, fold_cluster
from wirewatch.tag.scripts import unmix

_MARKUP = re.compile(
    r"[&<](?:(?<=&)(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?<=<)/?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,400})?/?>)"
)
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|t[dhr]|table|h[1-6]|blockquote|section|article)\b", re.IGNORECASE)
_LINE_END_HYPHEN = re.compile(r"[-\u00ad\u2010\u2011](?<=[^\W\d_].)[ \t]?\r?\n[ \t]*(?=[^\W\d_])")
_FOLDED_LINE_END_HYPHEN = re.compile(rb"[-] {0,2}\n")
_MARKS = re.compile(f"[{MARKS}]*")
_MARK = re.compile(f"[{MARKS}]")
_CAPITALS = 12
"""Characters around a line's end that tell a text in capitals from an acronym."""

_Replacement = tuple[int, int, str]
"""Where in the original, end exclusive; what stands there once folded."""


@dataclass(frozen=True)
class Folded:
    """A folded text. Its offsets are its own; ``span`` leads back to the original."""

    codes: bytes  # one byte a folded character; see alphabet.py
    original: str
    # Pieces in order: where each starts in the folded text, where in the original, where it ends there, and whether
    # its characters correspond one to one (else every character of it stands for the whole original piece).
    # No pieces: all of it corresponds one to one.
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _pieces: tuple[tuple[int, int, bool], ...] = field(default=(), repr=False)

    @cached_property
    def text(self) -> str:
        """The folded text as characters."""
        return self.characters(0, len(self.codes))

    def characters(self, start: int, end: int) -> str:
        """A range of the folded text as characters."""
        codes = self.codes[start:end]
        text = decode(codes)
        if UNKNOWN not in text:
            return text
        return "".join(self._other(start + i) if char == UNKNOWN else char for i, char in enumerate(text))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Folded range (end exclusive, not empty) → range of code points of the original."""
        if not self._starts:
            return start, end
        return self._range(start)[0], self._range(end - 1)[1]

    def surface(self, start: int, end: int) -> str:
        """The original's text behind a folded range."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def is_small(self, index: int) -> bool:
        """Whether a folded character was a small letter; a 3 that stands for З is none."""
        if not self._starts:
            return self.original[index].islower()
        return self.surface(index, index + 1)[:1].islower()

    def _range(self, index: int) -> tuple[int, int]:
        number = bisect_right(self._starts, index) - 1
        start, end, even = self._pieces[number]
        if not even:
            return start, end
        place = start + index - self._starts[number]
        return place, place + 1

    def _other(self, index: int) -> str:
        """A folded character that has no code of its own, folded again."""
        number = bisect_right(self._starts, index) - 1
        if number < 0 or self._pieces[number][2]:
            return fold_cluster(self.surface(index, index + 1))
        start, end, _ = self._pieces[number]
        return _fold_piece(self.original, start, end)[index - self._starts[number]]


def fold(text: str) -> Folded:
    """Any text (lone surrogates too) → folded text with offsets. Never raises."""
    codes = encode(text)
    replacements = _replacements(text, codes)
    return _in_pieces(text, codes, replacements) if replacements else Folded(unmix(codes), text)


def _replacements(text: str, codes: bytes) -> list[_Replacement]:
    """What does not fold character by character, in order."""
    special = SPECIAL in codes
    pieces: list[tuple[int, int]] = []
    if b"&" in codes or b"<" in codes:
        pieces += (match.span() for match in _MARKUP.finditer(text))
    if _FOLDED_LINE_END_HYPHEN.search(codes) or (special and "\u00ad" in text):
        pieces += (match.span() for match in _LINE_END_HYPHEN.finditer(text))
    pieces.sort()
    if special:
        pieces = list(_with_clusters(text, codes, pieces))
    return [(start, end, _fold_piece(text, start, end)) for start, end in pieces]


def _with_clusters(text: str, codes: bytes, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces, and between them the special characters with their marks; a mark takes its base with it."""
    done = 0
    for piece in (*pieces, (len(text), len(text))):
        at = codes.find(SPECIAL, done, piece[0])
        while at >= 0:
            start = at - 1 if at > done and _MARK.match(text[at]) else at
            marks = _MARKS.match(text, at + 1, piece[0])
            done = marks.end() if marks else at + 1
            yield start, done
            at = codes.find(SPECIAL, done, piece[0])
        if piece[0] < piece[1]:
            yield piece
        done = piece[1]


def _in_pieces(text: str, codes: bytes, replacements: list[_Replacement]) -> Folded:
    parts: list[bytes] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    length = done = 0
    for start, end, folded in (*replacements, (len(text), len(text), "")):
        for part, piece in ((codes[done:start], (done, start, True)), (_encode_folded(folded), (start, end, False))):
            if part:
                parts.append(part)
                starts.append(length)
                pieces.append(piece)
                length += len(part)
        done = end
    return Folded(unmix(b"".join(parts)), text, tuple(starts), tuple(pieces))


def _encode_folded(folded: str) -> bytes:
    """Codes of what is folded: a mark that is left (on a Cyrillic letter) is a sign of its own."""
    return encode(folded).replace(bytes([SPECIAL]), bytes([OTHER_SIGN]))


def _fold_piece(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    if piece[0] == "&" and piece[-1] == ";":
        return fold_cluster(unescape(unescape(piece)))  # twice: &amp;nbsp; was escaped once too often
    if piece[0] == "<" and piece[-1] == ">":
        return "\n" if _BREAKING_TAG.match(piece) else ""
    if "\n" in piece and len(piece) > 1:
        # A word broken at a line's end goes on in small letters, or stands among capitals; «Минск-\nАрена» keeps its
        # hyphen, and so does «диалог РФ-\nНАТО».
        capitals = text[max(0, start - _CAPITALS) : start].isupper() and text[end : end + _CAPITALS].isupper()
        return "" if text[end : end + 1].islower() or capitals else "-\n"
    return fold_cluster(piece)
