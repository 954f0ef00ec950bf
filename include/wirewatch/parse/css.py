"""CSS selector → XPath, for the plain selectors that source files mostly hold; None for all others.

Plain: types, classes, ids, attributes with ``= ~= ^= $= *=``, descendants, children, and lists of those. What is not
plain is matched by beautifulsoup4, which knows all of CSS and needs a tree of its own that takes fifteen times longer
to build. Both match the same elements; a test holds that.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_COMPOUND = re.compile(r"(?P<type>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:[.#][\w-]+|\[[^\[\]]+\])*)")
_PART = re.compile(r"[.#][\w-]+|\[[^\[\]]+\]")
_ATTRIBUTE = re.compile(r"\[\s*([a-zA-Z][\w-]*)\s*(?:([~^$*]?=)\s*(\"[^\"\\]*\"|'[^'\\]*'|[\w-]+)\s*)?\]")
_COMBINATOR = re.compile(r"\s*>\s*|\s+")
_TOKENS = re.compile(r"(\[[^\[\]]*\])|(\s*,\s*)")
_PLAIN_NAME = re.compile(r"-?[A-Za-z_][\w-]*\Z")
# Attributes of which HTML has the values compared without regard to case.
_CASELESS = frozenset(("type", "lang", "dir", "method", "rel", "media", "charset", "http-equiv", "align", "valign"))


@lru_cache(maxsize=2_048)
def as_xpath(selector: str) -> etree.XPath | None:
    """An XPath that finds what the selector finds, in order of the document; None when it is not plain."""
    paths = [_path(part) for part in _split_list(selector.strip())]
    if not paths or any(path is None for path in paths):
        return None
    return etree.XPath(" | ".join(path for path in paths if path))


def _split_list(selector: str) -> list[str]:
    """At commas outside of attributes' brackets."""
    parts = [""]
    for piece in _TOKENS.split(selector):
        if piece is None:
            continue
        if piece.strip() == "," and not piece.startswith("["):
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _path(selector: str) -> str | None:
    path, at, axis = "", 0, "//"
    while True:
        compound = _COMPOUND.match(selector, at)
        if compound is None or compound.end() == at:
            return None
        step = _step(compound)
        if step is None:
            return None
        path += axis + step
        at = compound.end()
        if at == len(selector):
            return path
        combinator = _COMBINATOR.match(selector, at)
        if combinator is None:
            return None
        axis = "/" if ">" in combinator.group() else "//"
        at = combinator.end()


def _step(compound: re.Match[str]) -> str | None:
    step = (compound["type"] or "*").lower()
    for part in _PART.findall(compound["rest"]):
        if part[0] == "[":
            condition = _condition(part)
        elif not _PLAIN_NAME.match(part[1:]):
            return None
        elif part[0] == "#":
            condition = f"@id = '{part[1:]}'"
        else:
            condition = _word("class", f"'{part[1:]}'")
        if condition is None:
            return None
        step += f"[{condition}]"
    return step


def _condition(attribute: str) -> str | None:
    found = _ATTRIBUTE.fullmatch(attribute)
    if found is None or found[1].lower() in _CASELESS:
        return None
    name, operator, value = found[1].lower(), found[2], found[3]
    if operator is None:
        return f"@{name}"
    literal = value if value[0] in "\"'" else f"'{value}'"
    if len(literal) == 2:
        return None  # what an empty value matches differs from operator to operator
    if operator == "~=":
        return None if any(map(str.isspace, literal)) else _word(name, literal)
    if operator == "$=":
        return f"@{name} and substring(@{name}, string-length(@{name}) - {len(literal) - 3}) = {literal}"
    if operator == "=":
        return f"@{name} = {literal}"
    return f"{'starts-with' if operator == '^=' else 'contains'}(@{name}, {literal})"


def _word(name: str, literal: str) -> str:
    quote = literal[0]
    return f"contains(concat(' ', normalize-space(@{name}), ' '), {quote} {literal[1:-1]} {quote})"
