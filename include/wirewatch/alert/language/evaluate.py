"""A rule on an article: whether it holds, and where in the texts is what made it hold.

Time is linear in the texts' length for a given rule: words are looked up, spans are merged by place, nothing is tried
twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wirewatch.alert.language.document import SPIKE_AT_LEAST, Document
from wirewatch.alert.language.match import Hit, Match
from wirewatch.alert.language.spans import Span, joined, shortest, terms_in, within_sentence, within_words
from wirewatch.alert.language.syntax import (
    About,
    AllOf,
    AnyOf,
    Changed,
    Concepts,
    Count,
    Counted,
    Expression,
    Field,
    FirstMention,
    Listed,
    Near,
    Not,
    SameSentence,
    Spike,
    Within,
    Words,
)
from wirewatch.alert.language.terms import Positions, Term, Vocabulary, term_spans


@dataclass(frozen=True)
class Found:
    """A document, and where in it the words of the rules stand."""

    document: Document
    vocabulary: Vocabulary

    @cached_property
    def positions(self) -> dict[str, Positions]:
        """By field."""
        return {field: self.vocabulary.positions(text) for field, text in self.document.texts.items()}


_COMPARE = {
    ">=": lambda have, asked: have >= asked,
    "<=": lambda have, asked: have <= asked,
    ">": lambda have, asked: have > asked,
    "<": lambda have, asked: have < asked,
    "=": lambda have, asked: have == asked,
}

Hits = list[Hit]


def evaluate(tree: Expression, terms: Mapping[Words, Term], found: Found) -> Match | None:
    """A rule's tree and terms on a document → the match; None: it does not hold.

    KeyError when it asks for facts that the document has not; see ``needs.facts_asked``.
    """
    hits = _Evaluation(terms, found).hits(tree, None)
    return None if hits is None else Match(tuple(sorted(set(hits), key=_place)))


def _place(hit: Hit) -> tuple[bool, Hit]:
    return hit.field != "title", hit


@dataclass(frozen=True)
class _Evaluation:
    terms: Mapping[Words, Term]
    found: Found

    def hits(self, node: Expression, scope: Field | None) -> Hits | None:
        """What makes it hold; None: it does not."""
        if isinstance(node, AllOf):
            return self._all_of(node, scope)
        if isinstance(node, AnyOf):
            below = [self.hits(part, scope) for part in node.parts]
            held = [hits for hits in below if hits is not None]
            return [hit for hits in held for hit in hits] if held else None
        if isinstance(node, Not):
            return [] if self.hits(node.inside, scope) is None else None
        if isinstance(node, Within):
            return self.hits(node.inside, node.part)
        if isinstance(node, Concepts) and scope is None:
            return self._concepts(node)
        if isinstance(node, (Words, Concepts, Near, SameSentence)):
            return self._in_text(node, scope)
        return self._beside_text(node)

    def _all_of(self, node: AllOf, scope: Field | None) -> Hits | None:
        all_hits: Hits = []
        for part in node.parts:
            hits = self.hits(part, scope)
            if hits is None:
                return None
            all_hits += hits
        return all_hits

    def _concepts(self, node: Concepts) -> Hits | None:
        """Concepts anywhere: no word has to be counted."""
        document = self.found.document
        hits = [
            Hit(mention.field, mention.start, mention.end, f"concept:{name}")
            for name in node.ids
            for mention in document.mentions.get(name, ())
        ]
        return hits if hits or not document.unplaced.isdisjoint(node.ids) else None

    def _in_text(self, node: Expression, scope: Field | None) -> Hits | None:
        fields = ("title", "body") if scope is None else ("title",) if scope is Field.TITLE else ("body",)
        hits: Hits = []
        for field in fields:
            spans = self.spans(node, field)
            if scope is Field.LEAD and spans:
                end = self.found.document.texts[field].lead_end
                spans = [span for span in spans if span.last < end]
            hits += self._places(spans, field)
        return hits or None

    def _places(self, spans: list[Span], field: str) -> Hits:
        if not spans:
            return []
        place = self.found.document.texts[field].place
        return [Hit(field, place(it.first)[0], place(it.last)[1], it.term) for it in terms_in(spans)]

    def spans(self, node: Expression, field: str) -> list[Span]:
        """Where something that has a place stands in a field."""
        text = self.found.document.texts[field]
        if isinstance(node, Words):
            return term_spans(self.terms[node], self.found.positions[field], text)
        if isinstance(node, Concepts):
            return self._concept_spans(node, field)
        if isinstance(node, AnyOf):
            return shortest(span for part in node.parts for span in self.spans(part, field))
        if not isinstance(node, (Near, SameSentence)):
            raise TypeError(f"{type(node).__name__} has no place in a text")  # check refuses such rules
        left = self.spans(node.left, field)
        right = self.spans(node.right, field) if left else []
        if not right:
            return []
        # A title is one sentence, whatever stops it has.
        numbers = [0] * len(text.keys) if field == "title" else None
        if isinstance(node, Near):
            return joined(left, right, within_words(node.distance))
        return joined(left, right, within_sentence(numbers or text.sentence_numbers))

    def _concept_spans(self, node: Concepts, field: str) -> list[Span]:
        document = self.found.document
        places = (
            (document.texts[field].numbers(mention.start, mention.end), name)
            for name in node.ids
            for mention in document.mentions.get(name, ())
            if mention.field == field
        )
        return shortest(Span(*place, f"concept:{name}") for place, name in places if place is not None)

    def _beside_text(self, node: Expression) -> Hits | None:
        """What is asked of the article, not of its words."""
        document = self.found.document
        if isinstance(node, Listed):
            return [] if about(document, node.about) in node.values else None
        if isinstance(node, Changed):
            return [] if _changed(node, document) else None
        if isinstance(node, Count):
            have = document.article.independent_sources if node.of is Counted.INDEPENDENT else document.story_articles
            return [] if _COMPARE[node.compare](have, node.number) else None
        if isinstance(node, FirstMention):
            days = document.facts.unseen[node.concept] if node.concept in document.mentions else 0
            return self._concepts(Concepts((node.concept,))) if days is None or days >= node.days else None
        if isinstance(node, Spike) and node.concept in document.mentions:
            return self._concepts(Concepts((node.concept,))) if self._spikes(node) else None
        return None

    def _spikes(self, node: Spike) -> bool:
        volume = self.found.document.facts.volumes[node.concept, node.days]
        return volume.today >= SPIKE_AT_LEAST and volume.today > node.factor * volume.usual


def _changed(node: Changed, document: Document) -> bool:
    change = document.change
    if change is None or change.kind not in node.kinds:
        return False
    return not node.concepts or change.concept in node.concepts


def about(document: Document, what: About) -> str | None:
    """What an article has of what lists name."""
    article = document.article
    return {
        About.SOURCE: article.source,
        About.COUNTRY: article.country,
        About.KIND: document.kind,
        About.LANGUAGE: article.language,
    }[what]
