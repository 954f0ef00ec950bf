"""Many rules at once find what each would find alone, and what trying every word would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alert.language.articles import READER, article, rule, seen
from wirewatch.alert.language.document import Document
from wirewatch.alert.language.evaluate import Found
from wirewatch.alert.language.layout import one_line
from wirewatch.alert.language.rule import Rule, RuleSet
from wirewatch.alert.language.syntax import (
    About,
    AllOf,
    AnyOf,
    Concepts,
    Expression,
    Field,
    Form,
    Listed,
    Near,
    Not,
    SameSentence,
    Within,
    Word,
    Words,
    leaves,
)
from wirewatch.alert.language.terms import Slot, term_of

LETTERS = ["аб", "аба", "бв", "вг", "где"]
Spot = tuple[int, int]

_WORDS = st.builds(
    Words,
    st.lists(
        st.builds(Word, st.sampled_from(LETTERS), st.sampled_from([Form.WRITTEN, Form.STEM])), min_size=1, max_size=2
    ).map(tuple),
)
_PLACED = st.recursive(
    st.one_of(_WORDS, st.builds(Concepts, st.sampled_from([("csto",), ("nato", "csto")]))),
    lambda below: st.one_of(
        st.builds(Near, below, below, st.integers(1, 4)),
        st.builds(SameSentence, below, below),
        st.lists(below, min_size=2, max_size=2).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=4,
)
_RULES: st.SearchStrategy[Expression] = st.recursive(
    st.one_of(_PLACED, st.builds(Listed, st.just(About.SOURCE), st.sampled_from([("belta-ru",), ("kurier-pl",)]))),
    lambda below: st.one_of(
        st.lists(below, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.builds(Not, below),
        st.builds(Within, st.sampled_from(Field), _PLACED),
    ),
    max_leaves=8,
)
_TEXTS = st.lists(
    st.lists(st.sampled_from([*LETTERS, "АБ", "ОДКБ", "НАТО"]), min_size=1, max_size=6).map(
        lambda words: f"Раз {' '.join(words)}."
    ),
    max_size=5,
).map(" ".join)


def made(tree: Expression) -> Rule:
    return Rule(tree, {leaf: term_of(leaf, READER) for leaf in leaves(tree) if isinstance(leaf, Words)})


class Naive:
    """Tries everything everywhere."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def holds(self, node: Expression, scope: Field | None = None) -> bool:
        if isinstance(node, AllOf):
            return all(self.holds(part, scope) for part in node.parts)
        if isinstance(node, Not):
            return not self.holds(node.inside, scope)
        if isinstance(node, Within):
            return self.holds(node.inside, node.part)
        if isinstance(node, Listed):
            return self.document.article.source in node.values
        if isinstance(node, AnyOf):
            return any(self.holds(part, scope) for part in node.parts)
        fields = ["title", "body"] if scope is None else ["title" if scope is Field.TITLE else "body"]
        return any(
            scope is not Field.LEAD or last < self.document.texts["body"].lead_end
            for field in fields
            for _, last in self.spots(node, field)
        )

    def spots(self, node: Expression, field: str) -> set[Spot]:
        text = self.document.texts[field]
        found: set[Spot] = set()
        if isinstance(node, Words):
            count = len(node.words)
            for start in range(len(text.keys) - count + 1):
                pairs = zip(node.words, text.keys[start:], strict=False)
                if all(
                    key.startswith(word.text) if word.form is Form.STEM else key == word.text for word, key in pairs
                ):
                    found.add((start, start + count - 1))
        elif isinstance(node, Concepts):
            for mention in self.document.article.mentions:
                if mention.concept in node.ids and mention.field == field:
                    number = [start for start, _ in text.spans].index(mention.start)
                    found.add((number, number))
        elif isinstance(node, AnyOf):
            found = set().union(*(self.spots(part, field) for part in node.parts))
        elif isinstance(node, (Near, SameSentence)):
            found = {
                (min(a[0], b[0]), max(a[1], b[1]))
                for a in self.spots(node.left, field)
                for b in self.spots(node.right, field)
                if self.together(node, a, b, field)
            }
        return {(a, b) for a, b in found if not any((c, d) != (a, b) and a <= c and d <= b for c, d in found)}

    def together(self, node: Near | SameSentence, a: Spot, b: Spot, field: str) -> bool:
        if isinstance(node, Near):
            return b[0] - a[1] <= node.distance and a[0] - b[1] <= node.distance
        numbers = self.document.texts[field].sentence_numbers
        return field == "title" or numbers[min(a[0], b[0])] == numbers[max(a[1], b[1])]


@given(st.lists(_RULES, min_size=1, max_size=6), _TEXTS, _TEXTS)
@settings(max_examples=300, deadline=None)
def test_rules_find_what_trying_everything_finds(trees: list[Expression], title: str, body: str) -> None:
    """A set of rules holds where trying every pair of words says so, and each hit is a place in the text."""
    rules = {str(number): made(tree) for number, tree in enumerate(trees)}
    document = seen(article(title, body, concepts={"csto": "ОДКБ", "nato": "НАТО"}))
    matches = RuleSet(rules).matches(document)
    naive = Naive(document)
    expected = {name for name, it in rules.items() if naive.holds(it.tree)}
    assert set(matches) == expected, [one_line(tree) for tree in trees]
    for match in matches.values():
        assert all(mention.surface for mention in match.mentions(document.article))


@given(_RULES, _TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_rule_that_holds_was_a_candidate(tree: Expression, body: str) -> None:
    """What a rule needs is there whenever it holds."""
    held = made(tree)
    document = seen(article("", body, concepts={"csto": "ОДКБ", "nato": "НАТО"}))
    if Naive(document).holds(tree):
        rules = RuleSet({"r": held})
        assert rules.candidates(Found(document, rules._vocabulary)) == {"r"}


def test_needs_are_what_must_be_there() -> None:
    """Conditions that must all hold are clauses; alternatives are one clause of their rarest; NOT needs nothing."""
    csto, belarus = frozenset({("concept", "csto")}), frozenset({("country", "BY")})
    assert rule("country:BY concept:csto").needs == (belarus, csto)
    assert rule("concept:csto OR concept:nato,drone-uav country:BY").needs == (
        frozenset({("concept", "csto"), ("concept", "nato"), ("concept", "drone-uav")}),
    )
    assert rule("country:BY NOT concept:csto").needs == (belarus,)
    assert rule("change:withdrawn country:BY").needs == (frozenset({("change", "withdrawn")}), belarus)
    assert rule("independent >= 3").needs == ()
    assert rule("concept:csto OR independent >= 3").needs == ()


def test_needs_of_words_are_slots() -> None:
    """A word is known by its key, a stem by how it begins, a word in any form by all of them."""
    assert rule('"Полигоны полигон*"').needs == (
        frozenset({Slot(frozenset({"полигоны"}))}),
        frozenset({Slot(frozenset(), "полигон")}),
    )
    ((forms,),) = rule("полигон~").needs
    assert isinstance(forms, Slot)
    assert {"полигон", "полигона", "полигонами"} <= forms.keys


def test_rules_without_their_atoms_are_not_tried() -> None:
    """Of rules about other things none is looked at."""
    rules = RuleSet({"a": rule("полигон*"), "b": rule("concept:csto"), "c": rule("independent >= 2"), "d": rule("нет")})
    document = seen(article("Полигоны", "Учения идут."))
    assert rules.candidates(Found(document, rules._vocabulary)) == {"a", "c"}
    assert list(rules.matches(document)) == ["a"]
