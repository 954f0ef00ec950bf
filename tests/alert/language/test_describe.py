"""Rules in plain words."""

from __future__ import annotations

import pytest

from tests.alert.language.articles import rule
from wirewatch.alert.language.describe import describe

LABELS = {"csto": "CSTO", "nato": "NATO"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "concept:csto NEAR/8 учение~ NOT source:belta-ru",
            ("CSTO within 8 words of “учение” in any form", "not a source among belta-ru"),
        ),
        (
            "title:(concept:csto,nato OR манёвр*)",
            ("in the title: (CSTO or NATO or “манёвр…”)",),
        ),
        ('lead:"a b" ="МО РФ"', ("in the first two sentences: “a b”", "“МО РФ” in exactly these letters")),
        ("a SAME-SENTENCE (b OR c)", ("“a” in one sentence with (“b” or “c”)",)),
        ("a b OR c", ("(“a” and “b”) or “c”",)),
        ("a NEAR/1 b", ("“a” right beside “b”",)),
        ("independent >= 2 articles > 4", ("at least 2 independent sources", "more than 4 articles of the story")),
        ("first-mention:csto in 30d", ("CSTO for the first time in 30 days",)),
        ("spike:csto > 3x", ("CSTO in more than 3 times as many articles as on a usual day of 28",)),
        ("change:withdrawn,headline", ("the article was withdrawn or the headline changed",)),
        ("removed:csto,nato", ("CSTO or NATO was taken out",)),
        (
            "added:drone-uav country:BY kind:wire",
            ("drone-uav was added", "a country among BY", "a kind of source among wire"),
        ),
    ],
)
def test_a_rule_in_words(text: str, words: tuple[str, ...]) -> None:
    """Each condition that must hold is one line of the mail."""
    assert describe(rule(text).tree, LABELS) == words
