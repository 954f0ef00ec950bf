"""``wirewatch compare``: two texts in, their relation out (the contract in docs/design.md)."""

from __future__ import annotations

from typing import Any

from wirewatch.dedup.canonical import url_key
from wirewatch.dedup.identity import content_hash
from wirewatch.dedup.similarity import COPY, SAME_STORY, resemblance, story_score


def compare_row(item: dict[str, Any]) -> dict[str, Any]:
    """``{"id", "left": {"url", "title", "text", …}, "right": {…}}`` → ``{"id", "relation", "score"}``."""
    left, right = item["left"], item["right"]
    texts = [f"{side.get('title') or ''}\n{side.get('text') or ''}" for side in (left, right)]
    if content_hash("", left.get("text") or "") == content_hash("", right.get("text") or ""):
        return {"id": item["id"], "relation": "same", "score": 1.0}
    alike, score = resemblance(*texts), story_score(*texts)
    if _same_address(left.get("url"), right.get("url")):
        relation = "revision"
    elif alike >= COPY:
        relation = "copy"
    else:
        relation = "story" if score >= SAME_STORY else "unrelated"
    return {"id": item["id"], "relation": relation, "score": round(max(alike, score), 4)}


def _same_address(left: str | None, right: str | None) -> bool:
    try:
        return bool(left and right) and url_key(left or "") == url_key(right or "")
    except ValueError:
        return False
