"""The line format of ``wirewatch tag``: one item as a mapping in, its concepts and mentions as a mapping out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wirewatch.errors import InputError
from wirewatch.tag.matcher import Matcher

_FIELDS = {"title": "title", "body": "text"}
"""The library's names of the two fields → those of the format."""


def tag_row(matcher: Matcher, item: Mapping[str, Any]) -> dict[str, Any]:
    """``{"id", "lang"?, "title"?, "text"?}`` → ``{"id", "concepts", "mentions"}``; InputError says what is wrong."""
    if "id" not in item:
        raise InputError("an item needs an id")
    title, text, language = (_text(item, key) for key in ("title", "text", "lang"))
    mentions = matcher.find(title=title, body=text, language=language or None)
    return {
        "id": item["id"],
        "concepts": sorted({mention.concept for mention in mentions}),
        "mentions": [
            {
                "concept": mention.concept,
                "field": _FIELDS[mention.field],
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
            }
            for mention in mentions
        ],
    }


def tag_rows(matcher: Matcher) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """``tag_row`` bound to a matcher, for a driver that maps lines."""
    return lambda item: tag_row(matcher, item)


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"item {item['id']!r}: {key} must be text or null")
    return value
