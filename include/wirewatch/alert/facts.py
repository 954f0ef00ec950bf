"""What an alert says: one frozen value that is kept with the alert as JSON and from which every mail is made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from wirewatch.alert.passages import Passage
from wirewatch.model import ArticleChange, Precision


@dataclass(frozen=True)
class ConceptCount:
    """How often an article mentions a concept, title and body together."""

    concept: str
    label: str  # for people; the id where no label is known
    mentions: int


@dataclass(frozen=True)
class ChangeFact:
    """One thing that an article says otherwise now, or that it is there no more."""

    change: ArticleChange
    concept: str | None  # its label for people
    source_name: str
    url: str
    title: str  # of the article that changed, as it is now
    seen_at: datetime  # UTC
    listing: bool  # seen on the listing; the page was not asked


@dataclass(frozen=True)
class Origin:
    """The report of a story that was there first."""

    source_name: str
    url: str
    published_at: datetime | None  # UTC; None when the page does not say
    published_precision: Precision
    first_seen_at: datetime  # UTC


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
    story_id: int | None = None  # `wirewatch story ID` shows it; None in alerts of old
    origin: Origin | None = None  # who said it first; None: the very article the alert is about
    independent_sources: int = 1  # of these, the ones that neither copy nor cite another
    changes: tuple[ChangeFact, ...] = ()  # what changed since the story was told; empty: it is told for the first time
    new_concepts: tuple[str, ...] = ()  # labels of concepts that no report had mentioned when the story was told
    confirmed: bool = False  # a second, independent source tells the story since
    thread: str | None = None  # key of the story that was told first: the mail of a change answers that one

    def to_json(self) -> dict[str, Any]:
        """JSON values only; times in ISO 8601 with Z."""
        values: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> AlertFacts:
        """What ``to_json`` gave → the same facts; pydantic's ValidationError (a ValueError) for anything else."""
        return _FACTS.validate_python(values)


_FACTS = TypeAdapter(AlertFacts)
