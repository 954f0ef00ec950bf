"""Text of strangers → text that may stand in a header, a mail or a terminal. The templates escape it for HTML."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
_SPARE = 16  # a text of megabytes is read only so many times as far as it can be shown


def harmless(text: str) -> str:
    """Text → the text on one line, without characters that hide, reorder or break what is around them.

    White space of any kind, line breaks too, becomes single spaces. Format characters (Unicode category Cf: bidi
    controls, zero-width characters, soft hyphens, tags) go: they turn a title round (UTS 39, UAX 9) or hide words.
    Other controls and lone surrogates, which no encoding can carry, become U+FFFD.
    """
    return re.sub(" {2,}", " ", "".join(map(_harmless, text)))


def on_lines(text: str) -> str:
    """Text for a terminal: like ``harmless`` for each of its lines, blanks kept (tables have columns)."""
    return "\n".join("".join(map(_harmless, line)) for line in text.split("\n"))


def one_line(text: str, *, limit: int | None = None) -> str:
    """Like ``harmless``, without spaces at the ends; cut to ``limit`` code points, the ellipsis included."""
    start = text if limit is None else text[: limit * _SPARE]
    clean = harmless(start).strip()
    if limit is None or (len(clean) <= limit and start == text):
        return clean
    cut = clean[: limit - len(ELLIPSIS)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip() + ELLIPSIS


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return REPLACEMENT if category in ("Cc", "Cs") else character
