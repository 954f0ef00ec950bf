"""The rules of one robots.txt (RFC 9309), read for one product token. Pure.

protego, which was here before, lets an unknown line end a group and takes "Foo Bar" for a token other than Foo; that
and the written form of addresses are the standard's own cases. What the file's status means is for ``robots.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAX_LINE = 16 * 1024
"""Characters of a line that are read: eight times the longest address browsers take, as Google's parser has it."""

MAX_VERDICT = 64 * 1024
"""Characters of an address that are compared; longer ones are forbidden, for they cannot be told."""

_TOKEN = re.compile(r"[A-Za-z_-]+")  # RFC 9309 2.2.1
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986 2.3
_NOT_ASCII = re.compile(r"[^\x21-\x7e]+")
# Sites write these; Google's parser takes them, and reading one for what it means costs nobody anything.
_KEYS = {
    "user-agent": "agent", "useragent": "agent", "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow",
    "diasllow": "disallow", "disallaw": "disallow",
    "crawl-delay": "delay", "crawldelay": "delay", "crawl delay": "delay",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One allow or disallow line."""

    allow: bool
    pieces: tuple[str, ...]  # what stands between the asterisks
    anchored: bool  # "$" at the end: the address must end there
    length: int  # octets of the pattern: the longest match wins (RFC 9309 2.2.2)

    def matches(self, path: str) -> bool:
        """Does the pattern match from the start of ``path``? Linear for each piece, whatever the pattern."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        if not others:
            return not self.anchored or len(path) == len(first)
        at = len(first)
        for piece in others[:-1]:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if self.anchored:
            return len(path) - at >= len(others[-1]) and path.endswith(others[-1])
        return path.find(others[-1], at) >= 0


@dataclass(frozen=True)
class Rules:
    """What holds for one crawler."""

    rules: tuple[Rule, ...] = ()  # the longest first; of equal ones those that allow
    crawl_delay: float | None = None  # seconds; an extension that RFC 9309 does not know

    def allows(self, url: str) -> bool:
        """May this absolute address be asked? robots.txt itself always may (RFC 9309 2.2.2)."""
        path = url_to_path(url)
        if path == "/robots.txt":
            return True
        if len(path) > MAX_VERDICT:
            return not any(not rule.allow for rule in self.rules)
        return next((rule.allow for rule in self.rules if rule.matches(path)), True)


@dataclass
class _Group:
    """Lines collected for a token; groups of one token are merged (RFC 9309 2.2.1)."""

    found: bool = False
    rules: list[Rule] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)


def text_to_rules(text: str, agent: str) -> Rules:
    """Text of a robots.txt → what it says to ``agent``, a product token: its own groups, else those of ``*``."""
    own, everyone = _Group(), _Group()
    current: list[_Group] = []
    in_rules = True  # a user-agent line after rules starts a new group; other lines end none (RFC 9309 2.2.4)
    for key, value in _records(text):
        if key == "agent":
            if in_rules:
                current, in_rules = [], False
            current += [group for group in (_addressed(value, agent, own, everyone),) if group]
        elif key == "delay":
            for group in current:
                group.delays += _seconds(value)
        else:
            in_rules = True
            for group in current:
                group.rules += _rule(key == "allow", value)
    chosen = own if own.found else everyone
    ordered = sorted(chosen.rules, key=lambda rule: (-rule.length, not rule.allow))
    return Rules(tuple(ordered), max(chosen.delays, default=None))


def _records(text: str) -> Iterator[tuple[str, str]]:
    """Lines that mean something here: (agent, allow, disallow or delay; value)."""
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        line = line[:MAX_LINE].partition("#")[0].strip()
        name, colon, value = line.partition(":")
        if not colon:  # "Disallow /x": two words are taken for key and value
            words = line.split()
            name, value = words if len(words) == 2 else ("", "")
        key = _KEYS.get(name.strip().lower())
        if key:
            yield key, value.strip()


def _addressed(value: str, agent: str, own: _Group, everyone: _Group) -> _Group | None:
    """The group that a user-agent line speaks to, marked as found. Only the leading token counts."""
    if value == "*" or value[:2].rstrip() == "*":
        group = everyone
    else:
        token = _TOKEN.match(value)
        if token is None or token.group().lower() != agent.lower():
            return None
        group = own
    group.found = True
    return group


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if math.isfinite(seconds) and seconds > 0 else []


def _rule(allow: bool, value: str) -> list[Rule]:
    """A pattern → its rule; an empty one is none. A missing slash at the start is put there: it was meant."""
    if not value:
        return []
    pattern = value if value[0] in "/*" else f"/{value}"
    anchored = pattern.endswith("$")
    pieces = tuple(_written(piece).replace("$", "%24") for piece in pattern.removesuffix("$").split("*"))
    # A run of asterisks is one asterisk; the last piece is empty when the pattern ends with one.
    inner = tuple(piece for piece in pieces[1:-1] if piece)
    squeezed = pieces[:1] if len(pieces) == 1 else (pieces[0], *inner, pieces[-1])
    return [Rule(allow, squeezed, anchored, len(_written(pattern)))]


def url_to_path(url: str) -> str:
    """Absolute address → path and query as they are compared, ``*`` and ``$`` escaped (RFC 9309 2.2.3)."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query or url.partition("#")[0].endswith("?") else "")
    return _written(path).replace("*", "%2A").replace("$", "%24")


def _written(text: str) -> str:
    """One way of writing: other than ASCII escaped, unreserved not escaped, escapes in capitals (RFC 9309 2.2.2)."""
    if "%" in text:
        text = _ESCAPE.sub(_plain, text)
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    return _NOT_ASCII.sub(
        lambda found: "".join(f"%{octet:02X}" for octet in found.group().encode("utf-8", "replace")), text
    )


def _plain(found: re.Match[str]) -> str:
    octet = chr(int(found.group(1), 16))
    return octet if octet in _UNRESERVED else found.group().upper()
