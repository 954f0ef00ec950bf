"""Rules in canonical layout."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.alert.language.trees import TREES
from wirewatch.alert.language.layout import format_rule, layout, one_line
from wirewatch.alert.language.parse import parse
from wirewatch.alert.language.syntax import Expression


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_a_tree_is_read_back_from_its_layout(tree: Expression) -> None:
    """What is laid out says the same, on one line and on several, and laying it out again changes nothing."""
    written = layout(tree)
    assert parse(written) == tree
    assert parse(one_line(tree)) == tree
    assert format_rule(written) == written


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("  concept:csto   (a OR (b OR c))", "concept:csto AND (a OR b OR c)"),
        ("lemma:учение lemma:«совместное учение»", 'учение~ AND "совместное~ учение~"'),
        ('"учения" "and" =«МО»', 'учения AND "and" AND =МО'),
        ("country:( by OR pl, by )", "country:BY,PL"),
        ("spike:csto >3.50x in 28d", "spike:csto > 3.5x"),
        ("change:concept-removed removed:csto", "change:concept-removed AND removed:csto"),
        ("((a NEAR/3 b)) NEAR/2 (c NEAR/1 d)", "a NEAR/3 b NEAR/2 (c NEAR/1 d)"),
        ("title:(csto) independent>=2", "title:csto AND independent >= 2"),
        ("a OR (b c)", "a OR b AND c"),
    ],
)
def test_one_way_of_writing(written: str, canonical: str) -> None:
    """There is one way of writing each thing."""
    assert format_rule(written) == canonical


def test_a_long_rule_has_a_line_for_each_operand() -> None:
    """What does not fit a line is taken apart at its operators, what is in parentheses is indented."""
    words = " OR ".join(f"учение{number}" for number in range(12))
    assert format_rule(f"concept:csto title:({words}) NOT source:belta-ru,kurier-pl") == "\n".join(
        [
            "concept:csto",
            "AND title:(",
            "  учение0",
            *(f"  OR учение{number}" for number in range(1, 12)),
            ")",
            "AND NOT source:belta-ru,kurier-pl",
        ]
    )


def test_what_is_near_is_indented_under_what_it_is_near() -> None:
    """A NEAR on a line of its own is not taken for one of the conditions around it."""
    words = " OR ".join(f"слово{number}" for number in range(9))
    assert format_rule(f"concept:csto NEAR/8 ({words}) country:BY") == "\n".join(
        ["concept:csto", f"  NEAR/8 ({words})", "AND country:BY"]
    )
