"""How the parts of a rule stand to one another: what has no place, what can never hold, what would always hold."""

from __future__ import annotations

from dataclasses import dataclass

from wirewatch.alert.language.layout import one_line
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
)
from wirewatch.alert.language.trouble import RuleTextError

FARTHEST = 100
"""Words of a NEAR: more is no nearness."""

_IN_TEXT = (Words, Concepts, Near, SameSentence)


def check_shape(tree: Expression, text: str) -> None:
    """Nothing when the parts fit together, else RuleTextError; ``text`` is what the tree was made of."""
    _Shape(text).check(tree)
    if not asks_for_something(tree):
        why = "it says only what must not be, so it would fire for everything"
        raise RuleTextError(text, why, start=tree.at[0], end=tree.at[1], hint="say what must be there, too")


def asks_for_something(node: Expression) -> bool:
    """Whether something must be there for the rule to hold: a rule without would fire for everything."""
    if isinstance(node, Not):
        return False
    if isinstance(node, AllOf):
        return any(map(asks_for_something, node.parts))
    if isinstance(node, AnyOf):
        return all(map(asks_for_something, node.parts))
    if isinstance(node, Within):
        return asks_for_something(node.inside)
    return not isinstance(node, Count) or node.compare in (">", ">=", "=")


@dataclass(frozen=True)
class _Shape:
    text: str

    def check(self, node: Expression) -> None:
        """What stands below what."""
        if isinstance(node, (Near, SameSentence)):
            self._pair(node)
        elif isinstance(node, Within):
            self._within(node.inside, node)
        elif isinstance(node, AllOf):
            self._all_of(node)
        for child in children(node):
            self.check(child)

    def _error(self, node: Expression, message: str, hint: str = "") -> RuleTextError:
        return RuleTextError(self.text, message, start=node.at[0], end=node.at[1], hint=hint)

    def _pair(self, node: Near | SameSentence) -> None:
        name = f"NEAR/{node.distance}" if isinstance(node, Near) else "SAME-SENTENCE"
        if isinstance(node, Near) and not 1 <= node.distance <= FARTHEST:
            raise self._error(node, f"{name} is from NEAR/1, side by side, to NEAR/{FARTHEST}")
        for side in (node.left, node.right):
            self._placed(side, name)
        if node.left == node.right:
            raise self._error(node, f"both sides of {name} are the same")

    def _placed(self, node: Expression, name: str) -> None:
        """Refuse what has no place in a text."""
        if isinstance(node, AnyOf):
            for part in node.parts:
                self._placed(part, name)
        elif not isinstance(node, _IN_TEXT):
            raise self._error(
                node, f"{name} joins words and concepts: {_kind(node)} has no place of its own", _way(node, name)
            )

    def _within(self, node: Expression, around: Within) -> None:
        """Refuse what is not in a text."""
        if isinstance(node, Within):
            raise self._error(node, f"{node.part.value}: cannot stand inside {around.part.value}:")
        if isinstance(node, (Listed, Changed, Count, FirstMention, Spike)):
            hint = f"write it outside {around.part.value}:(…)"
            raise self._error(node, f"{_kind(node)} is not in the {around.part.value}", hint)
        for child in children(node):
            self._within(child, around)

    def _all_of(self, node: AllOf) -> None:
        refused = {part.inside for part in node.parts if isinstance(part, Not)}
        for part in node.parts:
            if part in refused:
                raise self._error(part, f"can never hold: NOT {one_line(part):.60} is asked for, too")


def _kind(node: Expression) -> str:
    if isinstance(node, AllOf):
        return "AND"
    if isinstance(node, Not):
        return "NOT"
    if isinstance(node, Within):
        return f"{node.part.value}:"
    return one_line(node)


def _way(node: Expression, name: str) -> str:
    if isinstance(node, AllOf):
        return f"write (a {name} b) AND (a {name} c)"
    if isinstance(node, Within):
        return f"write {node.part.value}:(a {name} b)"
    return "write AND"
