"""The line format of ``wirewatch tag``: one item as a mapping in, its concepts and mentions as a mapping out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from wirewatch.errors import InputError
from wirewatch.model import Mention
from wirewatch.tag.attributes import Attributes
from wirewatch.tag.matcher import Matcher

FIELDS = {"title": "title", "body": "text"}
"""The library's names of the two fields → those of the format."""


def tag_row(matcher: Matcher, item: Mapping[str, Any], attributes: Attributes | None = None) -> dict[str, Any]:
    """``{"id", "lang"?, "country"?, "title"?, "text"?}`` → ``{"id", "concepts", "mentions"}``.

    ``country`` is that of the source. InputError says what is wrong with an item.
    """
    if "id" not in item:
        raise InputError("an item needs an id")
    title, text, language, country = (_text(item, key) for key in ("title", "text", "lang", "country"))
    mentions = matcher.find(title=title, body=text, language=language or None, country=country or None)
    if attributes:
        mentions = attributes.add(mentions, title=title, body=text)
    return {
        "id": item["id"],
        "concepts": sorted({mention.concept for mention in mentions}),
        "mentions": [_mention(mention) for mention in mentions],
    }


def tag_rows(matcher: Matcher, attributes: Attributes | None = None) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """``tag_row`` bound to a matcher, for a driver that maps lines."""
    return lambda item: tag_row(matcher, item, attributes)


def _mention(mention: Mention) -> dict[str, Any]:
    row: dict[str, Any] = {
        "concept": mention.concept,
        "field": FIELDS[mention.field],
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
    }
    if mention.attributes:
        row["attributes"] = [asdict(attribute) for attribute in mention.attributes]
    return row


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"item {item['id']!r}: {key} must be text or null")
    return value
