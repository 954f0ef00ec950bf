"""What a rule found in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wirewatch.model import Mention, StoredArticle


class Hit(NamedTuple):
    """A place that made a rule hold."""

    field: str  # "title" or "body"
    start: int  # code points of the field
    end: int  # exclusive
    term: str  # as the rule writes it: учение~, concept:csto


@dataclass(frozen=True)
class Match:
    """A rule holds, and why."""

    hits: tuple[Hit, ...]  # the title's first, by place; empty for a rule that asks for nothing in the text

    def mentions(self, article: StoredArticle) -> tuple[Mention, ...]:
        """The hits as mentions, for ``passages.strongest_passage``; a concept's by its id, all others by their term."""
        texts = {"title": article.title, "body": article.body}
        return tuple(
            Mention(
                hit.term.removeprefix("concept:"), hit.field, hit.start, hit.end, texts[hit.field][hit.start : hit.end]
            )
            for hit in self.hits
        )
