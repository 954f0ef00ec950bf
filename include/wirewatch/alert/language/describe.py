"""A rule in plain words, for the mail and the terminal: "CSTO within 8 words of “учение” in any form"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    Form,
    Leaf,
    Listed,
    Near,
    Not,
    SameSentence,
    Within,
    Word,
    Words,
)
from wirewatch.model import ChangeKind

_PLACES = {Field.TITLE: "in the title", Field.LEAD: "in the first two sentences", Field.BODY: "in the text"}
_ABOUT = {
    About.SOURCE: "a source among",
    About.COUNTRY: "a country among",
    About.KIND: "a kind of source among",
    About.LANGUAGE: "a language among",
}
_CHANGES = {
    ChangeKind.HEADLINE: "the headline changed",
    ChangeKind.EDITED: "the text was edited",
    ChangeKind.NUMBER: "a number changed",
    ChangeKind.CONCEPT_ADDED: "a concept was added",
    ChangeKind.CONCEPT_REMOVED: "a concept was taken out",
    ChangeKind.WITHDRAWN: "the article was withdrawn",
    ChangeKind.RESTORED: "the article is there again",
}
_COMPARE = {">=": "at least", "<=": "at most", ">": "more than", "<": "fewer than", "=": "exactly"}


def describe(tree: Expression, labels: Mapping[str, str]) -> tuple[str, ...]:
    """A rule → its conditions in words, all of which must hold; ``labels`` maps concept ids to names for people."""
    writer = _Writer(labels)
    return tuple(map(writer.words, tree.parts if isinstance(tree, AllOf) else (tree,)))


class _Writer:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def words(self, node: Expression) -> str:
        """One condition."""
        if isinstance(node, AnyOf):
            return _either(self._inner(part) for part in node.parts)
        if isinstance(node, AllOf):
            return " and ".join(self._inner(part) for part in node.parts)
        if isinstance(node, Not):
            return f"not {self._inner(node.inside)}"
        if isinstance(node, Within):
            return f"{_PLACES[node.part]}: {self._inner(node.inside)}"
        if isinstance(node, Near):
            far = f"within {node.distance} words of" if node.distance > 1 else "right beside"
            return f"{self._inner(node.left)} {far} {self._inner(node.right)}"
        if isinstance(node, SameSentence):
            return f"{self._inner(node.left)} in one sentence with {self._inner(node.right)}"
        return self._leaf(node)

    def _inner(self, node: Expression) -> str:
        written = self.words(node)
        return f"({written})" if isinstance(node, (AllOf, AnyOf, Near, SameSentence)) else written

    def _leaf(self, leaf: Leaf) -> str:
        if isinstance(leaf, Words):
            return _quoted(leaf)
        if isinstance(leaf, Concepts):
            return self._names(leaf.ids)
        if isinstance(leaf, Listed):
            return f"{_ABOUT[leaf.about]} {', '.join(leaf.values)}"
        if isinstance(leaf, Changed):
            return self._changed(leaf)
        if isinstance(leaf, Count):
            things = "independent sources" if leaf.of is Counted.INDEPENDENT else "articles of the story"
            return f"{_COMPARE[leaf.compare]} {leaf.number} {things}"
        name = self._names((leaf.concept,))
        if isinstance(leaf, FirstMention):
            return f"{name} for the first time in {leaf.days} days"
        return f"{name} in more than {leaf.factor:.10g} times as many articles as on a usual day of {leaf.days}"

    def _names(self, concepts: Iterable[str]) -> str:
        return _either(self._labels.get(concept, concept) for concept in concepts)

    def _changed(self, leaf: Changed) -> str:
        if not leaf.concepts:
            return _either(_CHANGES[kind] for kind in leaf.kinds)
        verb = "was added" if leaf.kinds == (ChangeKind.CONCEPT_ADDED,) else "was taken out"
        return f"{self._names(leaf.concepts)} {verb}"


def _either(parts: Iterable[str]) -> str:
    return " or ".join(parts)


def _quoted(leaf: Words) -> str:
    phrase = f"“{' '.join(word.text + _ending(word) for word in leaf.words)}”"
    if leaf.exact:
        return f"{phrase} in exactly these letters"
    return f"{phrase} in any form" if any(word.form is Form.ANY for word in leaf.words) else phrase


def _ending(word: Word) -> str:
    return "…" if word.form is Form.STEM else ""
