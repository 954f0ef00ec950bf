"""What must be there for a rule to hold, told by its tree alone: most rules need not be tried on most articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wirewatch.alert.language.document import Baseline
from wirewatch.alert.language.syntax import (
    AllOf,
    AnyOf,
    Changed,
    Concepts,
    Count,
    Expression,
    FirstMention,
    Listed,
    Near,
    Not,
    SameSentence,
    Spike,
    Within,
    Words,
    children,
    leaves,
)
from wirewatch.alert.language.terms import Slot, Term

Named = tuple[str, str]
"""A fact of an article by name: ("concept", "csto"), ("source", "belta-ru"), ("change", "withdrawn")."""

Atom = Slot | Named

_COMMON = {"concept": 1.0, "source": 5.0, "change": 5.0, "kind": 40.0, "country": 30.0, "language": 50.0}
_SHORT_WORD = 4


@dataclass(frozen=True)
class FactsAsked:
    """What a rule asks the warehouse for; see ``document.Facts``."""

    unseen: frozenset[str]  # concepts
    volumes: frozenset[Baseline]


Clause = frozenset[Atom]
"""Atoms of which at least one must be there."""


def needs(node: Expression, terms: Mapping[Words, Term]) -> tuple[Clause, ...]:
    """Clauses that must all hold for the rule to hold; none: it may hold whatever is there."""
    if isinstance(node, Words):
        return tuple(frozenset((slot,)) for slot in dict.fromkeys(terms[node].slots))
    if isinstance(node, (Concepts, FirstMention, Spike)):
        names = node.ids if isinstance(node, Concepts) else (node.concept,)
        return (frozenset(("concept", name) for name in names),)
    if isinstance(node, Listed):
        return (frozenset((node.about.value, value) for value in node.values),)
    if isinstance(node, Changed):
        return (frozenset(("change", kind.value) for kind in node.kinds),)
    if isinstance(node, (Count, Not)):
        return ()
    below = [needs(child, terms) for child in children(node)]
    if not isinstance(node, AnyOf):
        return tuple(dict.fromkeys(clause for clauses in below for clause in clauses))
    return (frozenset().union(*(min(clauses, key=cost) for clauses in below)),) if all(below) else ()


def cost(clause: Clause) -> float:
    """How many articles it may hold for: a guess from what its atoms look like, to tell the rarer of two."""
    return sum(_slot_cost(atom) if isinstance(atom, Slot) else _COMMON[atom[0]] for atom in clause)


def facts_asked(node: Expression) -> FactsAsked:
    """What must be given to try the rule."""
    below = leaves(node)
    return FactsAsked(
        unseen=frozenset(leaf.concept for leaf in below if isinstance(leaf, FirstMention)),
        volumes=frozenset((leaf.concept, leaf.days) for leaf in below if isinstance(leaf, Spike)),
    )


def asks_for_change(node: Expression) -> bool:
    """Whether a rule names changes: on an article that is merely new such a part never holds."""
    return any(isinstance(leaf, Changed) for leaf in leaves(node))


def concepts_wanted(node: Expression) -> tuple[str, ...]:
    """The concepts that a rule asks for, not those that must be absent, as they come in its text."""
    return tuple(dict.fromkeys(_wanted(node)))


def _wanted(node: Expression) -> Iterator[str]:
    if isinstance(node, Not):
        return
    if isinstance(node, Concepts):
        yield from node.ids
    elif isinstance(node, Changed):
        yield from node.concepts
    elif isinstance(node, (FirstMention, Spike)):
        yield node.concept
    elif isinstance(node, (AllOf, AnyOf, Near, SameSentence, Within)):
        for child in children(node):
            yield from _wanted(child)


def _slot_cost(slot: Slot) -> float:
    if slot.stem is not None:
        return 20.0 / len(slot.stem)
    longest = max(map(len, slot.keys))
    return 2.0 if longest > _SHORT_WORD else 8.0
