"""What makes two texts the same, and what an article is beside the one we have."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from wirewatch.dedup.similarity import resemblance
from wirewatch.model import Verdict

WORD = re.compile(r"\w+")
SHORTEST_COPY = 20
"""Words. Shorter bodies ("Photo: press service") are equal by accident, so they are copies of nothing."""

SAME_PAGE = 0.6
"""Resemblance from which two pages that state one canonical address are one article (an AMP page, say)."""


@dataclass(frozen=True)
class KnownArticle:
    """What the warehouse has under a canonical address."""

    article_id: int
    address_id: int  # the address that owns the article
    version: int
    content_hash: str
    body: str


def content_hash(title: str, body: str) -> str:
    """SHA-256 of title and body, white space evened out, lower-case hex: a new one is a new version."""
    text = "\n".join(" ".join(part.split()) for part in (title, *body.split("\n")))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def text_hash(body: str, *, otherwise: str) -> str:
    """SHA-256 of the body's words in lower case; of ``otherwise`` when the body is too short to tell copies."""
    words = WORD.findall(unicodedata.normalize("NFC", body).casefold())
    text = " ".join(words) if len(words) >= SHORTEST_COPY else f"short\n{otherwise}"
    return hashlib.sha256(text.encode()).hexdigest()


def choose_key(canonical: str, own: str, *, address_id: int, body: str, known: Mapping[str, KnownArticle]) -> str:
    """The key of the article a page belongs to.

    That of the article its address gave before: a page that moved is the same article. Else the canonical address,
    unless another address holds it with another text: then the page's own. A site that states one canonical
    address on many pages must not make them one article.
    """
    mine = sorted(key for key, article in known.items() if article.address_id == address_id)
    if mine:
        return mine[0]
    holder = known.get(canonical)
    if holder is None or holder.address_id == address_id or canonical == own:
        return canonical
    return canonical if resemblance(holder.body, body) >= SAME_PAGE else own


def judge(new_hash: str, *, address_id: int, known: KnownArticle | None) -> Verdict:
    """New, changed or the same. Only the address that owns an article can change it; a variant of it cannot."""
    if known is None:
        return Verdict.NEW
    if known.content_hash == new_hash or known.address_id != address_id:
        return Verdict.SAME
    return Verdict.CHANGED
