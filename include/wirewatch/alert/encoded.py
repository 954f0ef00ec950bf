"""Header values: any text → ASCII that every mail reader shows as that text, and nothing else.

The email package decodes encoded words (RFC 2047) in what it is *given*, so that a title such as
``=?utf-8?q?x=0AReply-To=3A_y?=`` becomes a header of its own. Here text is text: whatever looks like an encoded word
is encoded itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import EmailPolicy, Policy
from typing import Any

_LONGEST_LINE = 76  # characters, RFC 2047 section 2
_WORD_BYTES = 39  # UTF-8 bytes in one encoded word: 64 characters, which leaves room for "Subject: "
_SPECIALS = re.compile(r'[()<>\[\]:;@\\,."]')  # RFC 5322 section 3.2.3


def encode_text(text: str, *, room: int) -> str:
    """One-line text → header value; as it is when that is safe and fits ``room`` characters, else encoded words."""
    plain = text.isascii() and text.isprintable() and "=?" not in text
    return text if plain and len(text) <= room else encoded_words(text)


def encode_phrase(name: str) -> str:
    """Display name → phrase of an address: an atom, a quoted string or encoded words."""
    coded = encode_text(name, room=_LONGEST_LINE - len("Reply-To: "))
    if coded != name or not _SPECIALS.search(name):
        return coded
    return '"' + re.sub(r'([\\"])', r"\\\1", name) + '"'


def encoded_words(text: str) -> str:
    """Text → RFC 2047 encoded words (B, UTF-8) between spaces. A character is never split, as section 5 demands."""
    words: list[bytes] = [b""]
    for character in text:
        piece = character.encode("utf-8", "replace")
        if len(words[-1]) + len(piece) > _WORD_BYTES:
            words.append(b"")
        words[-1] += piece
    return " ".join(f"=?utf-8?b?{b64encode(word).decode('ascii')}?=" for word in words)


class _Literal(BaseHeader):
    """A header whose value is kept as given; the email package neither decodes nor folds it."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = None
        kwds["decoded"] = value


class _Text(_Literal):
    """Free text: encoded when it is written."""

    def fold(self, *, policy: Policy) -> str:
        room = _LONGEST_LINE - len(self.name) - len(": ")
        return _folded(f"{self.name}: {encode_text(str(self), room=room)}", policy.linesep)


class _Token(_Literal):
    """A value this package has built: written as it is."""

    def fold(self, *, policy: Policy) -> str:
        return _folded(f"{self.name}: {self}", policy.linesep)


def _folded(line: str, linesep: str) -> str:
    """Header → its lines, one encoded word on each."""
    return line.replace("?= =?", f"?={linesep} =?") + linesep


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("subject", _Text)
    for name in ("from", "to", "date", "message-id", "list-id", "auto-submitted", "importance"):
        registry.map_to_type(name, _Token)
    return registry


POLICY = EmailPolicy(linesep="\r\n", cte_type="7bit", header_factory=_registry())
"""How our messages are written: lines end in CRLF, all bytes are ASCII, and our own headers are kept literally."""
