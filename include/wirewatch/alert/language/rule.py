"""Rules that are ready, one or a thousand, and what they find in an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wirewatch.alert.language.check import Known, check
from wirewatch.alert.language.document import Document
from wirewatch.alert.language.evaluate import Found, about, evaluate
from wirewatch.alert.language.match import Match
from wirewatch.alert.language.needs import (
    Atom,
    Clause,
    FactsAsked,
    asks_for_change,
    concepts_wanted,
    cost,
    facts_asked,
    needs,
)
from wirewatch.alert.language.parse import parse
from wirewatch.alert.language.reading import Reader
from wirewatch.alert.language.syntax import About, Expression, Words, leaves
from wirewatch.alert.language.terms import Term, Vocabulary, term_of


@dataclass(frozen=True)
class Rule:
    """A rule that has been checked."""

    tree: Expression
    terms: Mapping[Words, Term]

    @cached_property
    def needs(self) -> tuple[Clause, ...]:
        """What an article must have, an atom of each clause; empty: it must be tried on every article."""
        return needs(self.tree, self.terms)

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """The concepts it asks for, in its order."""
        return concepts_wanted(self.tree)

    @cached_property
    def facts(self) -> FactsAsked:
        """What it asks the warehouse for."""
        return facts_asked(self.tree)

    @cached_property
    def of_changes(self) -> bool:
        """Whether it names changes."""
        return asks_for_change(self.tree)


def compile_rule(text: str, *, reader: Reader, known: Known | None = None) -> Rule:
    """Text of a rule → the rule. RuleTextError says what is wrong, where, and what to write instead."""
    tree = parse(text)
    check(tree, text, reader=reader, known=known or Known())
    return Rule(tree, {leaf: term_of(leaf, reader) for leaf in leaves(tree) if isinstance(leaf, Words)})


class RuleSet:
    """Many rules at once. An article is read once; rules whose atoms it lacks are not looked at.

    It can be shared between threads: what it keeps in mind is the same in each.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = dict(rules)
        self._vocabulary = Vocabulary(term for rule in self.rules.values() for term in rule.terms.values())
        by_atom: defaultdict[Atom, list[str]] = defaultdict(list)
        for name, rule in self.rules.items():
            for atom in min(rule.needs, key=cost, default=()):
                by_atom[atom].append(name)
        self._by_atom = dict(by_atom)
        self._always = [name for name, rule in self.rules.items() if not rule.needs]

    def matches(self, document: Document) -> dict[str, Match]:
        """Names of the rules that hold, sorted, each with what made it hold.

        KeyError when one of them asks for facts that the document has not; see ``Rule.facts``.
        """
        found = Found(document, self._vocabulary)
        tried = ((name, self.rules[name]) for name in sorted(self.candidates(found)))
        matches = ((name, evaluate(rule.tree, rule.terms, found)) for name, rule in tried)
        return {name: match for name, match in matches if match is not None}

    def candidates(self, found: Found) -> set[str]:
        """Names of the rules that may hold."""
        atoms = set(_atoms(found))
        asked = {name for atom in atoms for name in self._by_atom.get(atom, ())}
        held = (name for name in asked if not any(map(atoms.isdisjoint, self.rules[name].needs)))
        return {*self._always, *held}


def _atoms(found: Found) -> Iterator[Atom]:
    """All there is in an article that a rule may need."""
    document = found.document
    for positions in found.positions.values():
        yield from positions
    for concept in (*document.mentions, *document.unplaced):
        yield "concept", concept
    for what in About:
        value = about(document, what)
        if value is not None:
            yield what.value, value
    if document.change is not None:
        yield "change", document.change.kind.value
