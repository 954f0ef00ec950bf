"""Articles and rules for the tests of the rule language."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from wirewatch.alert.language.check import Known
from wirewatch.alert.language.document import Document, document
from wirewatch.alert.language.reading import Reader
from wirewatch.alert.language.rule import Rule, RuleSet, compile_rule
from wirewatch.dedup.sentence_places import sentence_bounds
from wirewatch.model import Mention, Precision, StoredArticle
from wirewatch.tag.fold import fold
from wirewatch.tag.inflection import forms_of

READER = Reader(fold=fold, forms=forms_of, sentences=sentence_bounds)
KNOWN = Known(
    concepts={"csto", "nato", "zapad-exercise", "drone-uav"},
    sources={"belta-ru", "kurier-pl"},
    kinds={"ministry", "wire", "press"},
)
NOW = datetime(2031, 9, 5, 6, 0, tzinfo=timezone.utc)


def article(title: str = "", body: str = "", **other: Any) -> StoredArticle:
    """An article of an invented ministry; ``concepts`` maps ids to the words that mention them, wherever they stand."""
    concepts: dict[str, str] = other.pop("concepts", {})
    values: dict[str, Any] = {
        "article_id": 1,
        "version": 1,
        "source": "belta-ru",
        "source_name": "БелТА",
        "country": "BY",
        "url": "https://belta.example/1",
        "language": "ru",
        "published_at": NOW,
        "published_precision": Precision.MINUTE,
        "first_seen_at": NOW,
        "story_id": 7,
        "mentions": tuple(_mentions(concepts, title=title, body=body)),
    }
    return StoredArticle(title=title, body=body, **values | other)


def _mentions(concepts: dict[str, str], **texts: str) -> list[Mention]:
    found = []
    for concept, surface in concepts.items():
        for field, text in texts.items():
            place = text.find(surface)
            while place >= 0:
                found.append(Mention(concept, field, place, place + len(surface), surface))
                place = text.find(surface, place + 1)
    return found


def rule(text: str) -> Rule:
    """A rule of the names above."""
    return compile_rule(text, reader=READER, known=KNOWN)


def seen(given: StoredArticle, **other: Any) -> Document:
    """An article as rules see it."""
    return document(given, READER, kinds={"belta-ru": "wire"}, **other)


def holds(text: str, given: StoredArticle | Document) -> bool:
    """Whether a rule holds."""
    return found(text, given) is not None


def found(text: str, given: StoredArticle | Document) -> list[str] | None:
    """The words that made a rule hold, by place; None when it does not."""
    here = given if isinstance(given, Document) else seen(given)
    match = RuleSet({"r": rule(text)}).matches(here).get("r")
    return None if match is None else [mention.surface for mention in match.mentions(here.article)]
