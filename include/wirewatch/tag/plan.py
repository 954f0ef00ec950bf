"""Concepts as the matcher runs them: made by ``compiler.py`` from concept files, kept on disk by ``cache.py``.

Nothing but text, numbers and tuples of them, so that a plan read from JSON equals the one that was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wirewatch.tag.phrase import Anchor, Phrase


class PlannedContext(NamedTuple):
    """What stands near a mention. Phrases are places in the plan's phrases."""

    phrases: tuple[int, ...]
    within: int | str  # words, or "sentence" or "article"
    side: str  # before, after or either
    written: str  # for people


class PlannedName(NamedTuple):
    """A name as a concept uses it. Contexts are places in the plan's contexts."""

    concept: str
    name: str  # as the concept file writes it
    language: str  # under which the file lists it
    only: bool  # counts in texts of that language only
    home: tuple[str, ...]  # countries to whose sources it is kept; empty: it counts in all
    requires: tuple[int, ...]
    excludes: tuple[int, ...]
    phrases: tuple[int, ...]


class PlannedConcept(NamedTuple):
    """What holds for all names of a concept."""

    id: str
    cancels: tuple[int, ...]  # phrases that cover a mention and cancel it
    implies: tuple[str, ...]  # concepts mentioned too, directly or through others
    attributes: tuple[tuple[str, str], ...] = ()  # what to keep beside a mention: name, reader


@dataclass(frozen=True)
class Plan:
    """All concepts."""

    phrases: tuple[Phrase, ...] = ()
    contexts: tuple[PlannedContext, ...] = ()
    names: tuple[PlannedName, ...] = ()
    concepts: tuple[PlannedConcept, ...] = ()


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """Plan → what JSON can hold."""
    return {
        "phrases": [
            [
                phrase.written,
                [[list(map(_text, a.literals)), a.reach, a.common] for a in phrase.anchors],
                _text(phrase.pattern),
                phrase.longest,
                phrase.whole,
                phrase.capitals,
                phrase.letters,
            ]
            for phrase in plan.phrases
        ],
        "contexts": [[c.phrases, c.within, c.side, c.written] for c in plan.contexts],
        "names": [
            [n.concept, n.name, n.language, n.only, n.home, n.requires, n.excludes, n.phrases] for n in plan.names
        ],
        "concepts": [[c.id, c.cancels, c.implies, c.attributes] for c in plan.concepts],
    }


def plan_from_data(data: Mapping[str, Any]) -> Plan:
    """The reverse of ``plan_to_data``; KeyError, TypeError, ValueError or AttributeError when it is no such data."""
    return Plan(
        phrases=tuple(
            Phrase(
                written,
                tuple(Anchor(tuple(map(_bytes, literals)), reach, common) for literals, reach, common in anchors),
                _bytes(pattern),
                longest,
                whole,
                tuple(map(tuple, capitals)),
                tuple(letters),
            )
            for written, anchors, pattern, longest, whole, capitals, letters in data["phrases"]
        ),
        contexts=tuple(
            PlannedContext(tuple(phrases), within, side, written) for phrases, within, side, written in data["contexts"]
        ),
        names=tuple(
            PlannedName(concept, name, language, only, tuple(home), tuple(requires), tuple(excludes), tuple(phrases))
            for concept, name, language, only, home, requires, excludes, phrases in data["names"]
        ),
        concepts=tuple(
            PlannedConcept(identity, tuple(cancels), tuple(implies), tuple(map(tuple, attributes)))
            for identity, cancels, implies, attributes in data["concepts"]
        ),
    )


def _text(codes: bytes) -> str:
    return codes.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")
