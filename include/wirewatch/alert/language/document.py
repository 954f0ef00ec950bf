"""What a rule is tried on: an article, what happened to it, and numbers of its story that only the warehouse knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from wirewatch.alert.language.reading import Reader, Text
from wirewatch.model import ArticleChange, Mention, StoredArticle, StoredChange

SPIKE_AT_LEAST = 3
"""Articles of a day that make a spike at the least, however rare the concept is."""

Baseline = tuple[str, int]
"""A concept, and over how many days its usual number of articles a day is taken."""


@dataclass(frozen=True)
class Volume:
    """Articles that mention a concept."""

    today: int  # in the last 24 hours, this one included
    usual: float  # a day, over the days before


@dataclass(frozen=True)
class Facts:
    """What rules ask for that no text says; ``needs.facts_asked`` tells which of it. All as of the article's time."""

    unseen: Mapping[str, float | None] = field(default_factory=dict)  # concept → days since it was mentioned before
    # this article, in any other; None: never
    volumes: Mapping[Baseline, Volume] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """An article as a rule sees it; its texts are read once, for all rules."""

    article: StoredArticle
    reader: Reader = field(repr=False)
    kind: str | None = None  # of its source: ministry, wire …
    story_articles: int = 1
    change: ArticleChange | None = None  # what happened to it; None: it is new, or edited as a whole
    unplaced: frozenset[str] = frozenset()  # concepts it had before the change: where they stood is not known
    facts: Facts = field(default_factory=Facts)

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Its title and its body."""
        return {"title": self.reader.read(self.article.title), "body": self.reader.read(self.article.body)}

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """Its mentions by concept, in order."""
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(self.article.mentions):
            found[mention.concept].append(mention)
        return dict(found)


def document(
    article: StoredArticle,
    reader: Reader,
    *,
    kinds: Mapping[str, str] | None = None,
    story_articles: int = 1,
    facts: Facts | None = None,
) -> Document:
    """An article as rules see it; ``kinds`` maps slugs of sources to their kinds."""
    kind = (kinds or {}).get(article.source)
    return Document(article, reader, kind=kind, story_articles=story_articles, facts=facts or Facts())


def before_and_after(found: StoredChange, after: Document) -> tuple[Document, ...]:
    """A change, and its article as it is now → the documents to try, the present one first.

    A rule asks for a change when it asks for the article as it is or as it was: a concept that was taken out is told.
    Of the version before only its concepts are known.
    """
    now = frozenset(after.mentions)
    changed = replace(after, change=found.change)
    if now == found.concepts_before:
        return (changed,)
    kept = tuple(mention for mention in after.article.mentions if mention.concept in found.concepts_before)
    before = replace(
        changed, article=replace(after.article, mentions=kept), unplaced=frozenset(found.concepts_before - now)
    )
    return changed, before
