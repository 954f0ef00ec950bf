"""``wirewatch compare``: two texts in, their relation out (the contract in docs/design.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from wirewatch.dedup.canonical import url_key
from wirewatch.dedup.copies import Overlap, Text, overlap
from wirewatch.dedup.encoder import encoder
from wirewatch.dedup.evidence import Encode, gather
from wirewatch.dedup.identity import content_hash
from wirewatch.dedup.relation import judge_pair
from wirewatch.errors import InputError

Side = Mapping[str, Any]

ALMOST_ALL = 0.8
"""Share of either text's word triples that the other has, from which even a text too short for ``copies`` is the
other's: nobody looked for the two among a million, they were given."""


def compare_row(item: Mapping[str, Any], *, encode: Encode | None = None) -> dict[str, Any]:
    """``{"id", "left": {"url", "title", "text", …}, "right": {…}}`` → ``{"id", "relation", "score"}``.

    same: equal texts. revision: one address, or one site's text again with hardly a change. copy: the text is the
    other's, whoever printed it. story: one event, told otherwise. The score is of "one story or nearer", and grows
    with likeness within each relation too. ``encode`` gives sentence vectors; None: the process's encoder, if there is
    one.
    """
    left, right = _side(item, "left"), _side(item, "right")
    bodies = [_text(side, "text") for side in (left, right)]
    if _same(*bodies) if any(map(str.strip, bodies)) else _same(_text(left, "title"), _text(right, "title")):
        return {"id": item["id"], "relation": "same", "score": 1.0}
    encode = encode or encoder()
    first, second = (
        gather(_text(side, "title"), body, language=_text(side, "lang") or None, encode=encode)
        for side, body in zip((left, right), bodies, strict=True)
    )
    story = judge_pair(first, second)
    shared = overlap(*map(Text, bodies))
    relation, score = "story" if story.one_story else "unrelated", story.score
    if _is_copy(shared) or _one_address(left, right):
        relation = "revision" if _is_revision(left, right, shared) else "copy"
        score = max(score, (1 + shared.containment) / 2)
    return {"id": item["id"], "relation": relation, "score": round(score, 4)}


def _same(left: str, right: str) -> bool:
    return content_hash("", left.strip()) == content_hash("", right.strip())


def _is_copy(shared: Overlap) -> bool:
    return shared.is_copy or (shared.of_the_longer >= ALMOST_ALL and not shared.numbers_missing)


def _is_revision(left: Side, right: Side, shared: Overlap) -> bool:
    return _one_address(left, right) or (shared.is_reissue and _host(left) is not None and _host(left) == _host(right))


def _one_address(left: Side, right: Side) -> bool:
    keys = [_key(side) for side in (left, right)]
    return keys[0] is not None and keys[0] == keys[1]


def _key(side: Side) -> str | None:
    try:
        return url_key(_text(side, "url")) if side.get("url") else None
    except ValueError:
        return None


def _host(side: Side) -> str | None:
    key = _key(side)
    return urlsplit(key).hostname if key else None


def _side(item: Mapping[str, Any], name: str) -> Side:
    side = item[name]
    if not isinstance(side, Mapping):
        raise InputError(f"item {item['id']!r}: {name} must be an object")
    return side


def _text(side: Side, key: str) -> str:
    value = side.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{key} must be text or null")
    return value
