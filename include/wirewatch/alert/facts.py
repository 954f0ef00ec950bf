"""What an alert says: one frozen value that is kept with the alert as JSON and from which every mail is made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from wirewatch.alert.passages import Passage
from wirewatch.model import Precision


@dataclass(frozen=True)
class ConceptCount:
    """How often an article mentions a concept, title and body together."""

    concept: str
    label: str  # for people; the id where no label is known
    mentions: int


@dataclass(frozen=True)
class AlertFacts:
    """All a mail shows. Texts are the publishers' own: the mail makes them harmless, nothing before it does."""

    rule: str
    rule_title: str
    severity: str  # "low", "normal" or "high"
    asks: tuple[str, ...]  # the rule's conditions in words, one each
    timezone: str | None  # the rule's IANA zone; None: that of the settings
    hits: tuple[ConceptCount, ...]  # concepts the rule asks for that the article mentions, in the rule's order
    others: tuple[ConceptCount, ...]  # all other concepts it mentions, the most frequent first
    title: str
    url: str
    source: str  # slug
    source_name: str
    country: str | None
    language: str | None  # ISO 639-1, of title and passage
    published_at: datetime | None  # UTC; None when the page does not say
    published_precision: Precision
    first_seen_at: datetime  # UTC
    passage: Passage | None  # None for a rule that fires without a mention
    story_articles: int  # articles of the story, this one included
    story_sources: int  # different sources among them

    def to_json(self) -> dict[str, Any]:
        """JSON values only; times in ISO 8601 with Z."""
        values: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> AlertFacts:
        """What ``to_json`` gave → the same facts; pydantic's ValidationError (a ValueError) for anything else."""
        return _FACTS.validate_python(values)


_FACTS = TypeAdapter(AlertFacts)
