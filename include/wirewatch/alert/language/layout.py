"""A rule's tree → its text in the one canonical layout: what ``parse`` makes of it is the same tree.

A rule that fits a line is one line. Else each operand has its own, led by its operator; what is in parentheses
and what a NEAR joins to the thing before it is indented.
"""

from __future__ import annotations

import re

from wirewatch.alert.language.builder import USUAL_DAYS
from wirewatch.alert.language.parse import parse
from wirewatch.alert.language.syntax import (
    AllOf,
    AnyOf,
    Changed,
    Concepts,
    Count,
    Expression,
    FirstMention,
    Form,
    Leaf,
    Listed,
    Near,
    Not,
    SameSentence,
    Spike,
    Within,
    Word,
    Words,
)
from wirewatch.model import ChangeKind

WIDTH = 100
_INDENT = "  "
_MARKS = {Form.WRITTEN: "", Form.ANY: "~", Form.STEM: "*"}
_SHORT = {ChangeKind.CONCEPT_ADDED: "added", ChangeKind.CONCEPT_REMOVED: "removed"}
_BARE = re.compile(r"[^\W_]([\w'’ʼ.&+/\-‐‑–]*[\w+])?")
"""A word that needs no quotes: the grammar's WORD."""

_RESERVED = re.compile(r"(?i:and|or|not|near|same-sentence)(?!\w)")


def format_rule(text: str) -> str:
    """Text of a rule → the same in canonical layout; RuleTextError when it is none. Done twice it changes nothing."""
    return layout(parse(text))


def layout(node: Expression) -> str:
    """A tree → its text, on several lines where it needs them, without a line break at the end."""
    return "\n".join(_lines(node, WIDTH))


def one_line(node: Expression) -> str:
    """A tree → its text on one line."""
    if isinstance(node, (AllOf, AnyOf)):
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return operator.join(_operand(part, node) for part in node.parts)
    if isinstance(node, Not):
        return f"NOT {_operand(node.inside, node)}"
    if isinstance(node, Near):
        return f"{_left(node)} NEAR/{node.distance} {_operand(node.right, node)}"
    if isinstance(node, SameSentence):
        return f"{_left(node)} SAME-SENTENCE {_operand(node.right, node)}"
    if isinstance(node, Within):
        return f"{node.part.value}:{_operand(node.inside, node)}"
    return _leaf(node)


def _left(node: Near | SameSentence) -> str:
    left = node.left
    return one_line(left) if isinstance(left, (Near, SameSentence)) else _operand(left, node)


def _operand(node: Expression, parent: Expression) -> str:
    written = one_line(node)
    return f"({written})" if _binds_less(node, parent) else written


def _binds_less(node: Expression, parent: Expression) -> bool:
    """Whether it needs parentheses inside its parent."""
    if isinstance(node, AnyOf):
        return True
    if isinstance(node, (AllOf, Not)):
        return not isinstance(parent, AnyOf) and not (isinstance(node, Not) and isinstance(parent, AllOf))
    if isinstance(node, (Near, SameSentence)):
        return isinstance(parent, (Near, SameSentence, Within))
    return False


def _lines(node: Expression, width: int) -> list[str]:
    written = one_line(node)
    if len(written) <= width:
        return [written]
    if isinstance(node, (AllOf, AnyOf)):
        operator = "AND " if isinstance(node, AllOf) else "OR "
        return [
            line
            for number, part in enumerate(node.parts)
            for line in _led(operator if number else "", part, node, width)
        ]
    if isinstance(node, Not):
        return _led("NOT ", node.inside, node, width)
    if isinstance(node, Within):
        return _led(f"{node.part.value}:", node.inside, node, width)
    if isinstance(node, (Near, SameSentence)):
        operator = f"NEAR/{node.distance} " if isinstance(node, Near) else "SAME-SENTENCE "
        left = node.left
        first = _lines(left, width) if isinstance(left, (Near, SameSentence)) else _led("", left, node, width)
        behind = _led(operator, node.right, node, width - len(_INDENT))
        return [*first, *(_INDENT + line for line in behind)]
    return [written]


def _led(leader: str, node: Expression, parent: Expression, width: int) -> list[str]:
    """The lines of an operand, the first behind its operator."""
    if _binds_less(node, parent):
        flat = f"{leader}({one_line(node)})"
        if len(flat) <= width:
            return [flat]
        return [f"{leader}(", *(_INDENT + line for line in _lines(node, width - len(_INDENT))), ")"]
    first, *rest = _lines(node, width - len(leader))
    return [leader + first, *rest]


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Words):
        return _words(leaf)
    if isinstance(leaf, Concepts):
        return f"concept:{','.join(leaf.ids)}"
    if isinstance(leaf, Listed):
        return f"{leaf.about.value}:{','.join(leaf.values)}"
    if isinstance(leaf, Changed):
        return _changed(leaf)
    if isinstance(leaf, Count):
        return f"{leaf.of.value} {leaf.compare} {leaf.number}"
    if isinstance(leaf, FirstMention):
        return f"first-mention:{leaf.concept} in {leaf.days}d"
    return _spike(leaf)


def _changed(leaf: Changed) -> str:
    if leaf.concepts:
        return f"{_SHORT[leaf.kinds[0]]}:{','.join(leaf.concepts)}"
    return f"change:{','.join(kind.value for kind in leaf.kinds)}"


def _spike(leaf: Spike) -> str:
    window = "" if leaf.days == USUAL_DAYS else f" in {leaf.days}d"
    return f"spike:{leaf.concept} > {leaf.factor:.10g}x{window}"


def _words(leaf: Words) -> str:
    written = " ".join(map(_word, leaf.words))
    exact = "=" if leaf.exact else ""
    only = leaf.words[0] if len(leaf.words) == 1 else None
    bare = only is not None and _BARE.fullmatch(only.text) and "&&" not in only.text and not _RESERVED.match(only.text)
    return f"{exact}{written}" if bare else f'{exact}"{written}"'


def _word(word: Word) -> str:
    return word.text + _MARKS[word.form]
