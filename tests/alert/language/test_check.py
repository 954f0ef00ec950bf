"""Rules that can be read and cannot be used."""

from __future__ import annotations

import pytest

from tests.alert.language.articles import READER, rule
from wirewatch.alert.language.rule import compile_rule
from wirewatch.alert.language.trouble import RuleTextError
from wirewatch.errors import InputError


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        ("concept:nato,cstoo", "cstoo", "'cstoo' is not a concept; did you mean 'csto'?"),
        ("removed:nattoo", "nattoo", "'nattoo' is not a concept; did you mean 'nato'?"),
        ("first-mention:cs in 3d", "cs", "'cs' is not a concept; did you mean 'csto'?"),
        ("csto source:belta", "belta", "'belta' is not a source; did you mean 'belta-ru'?"),
        ("csto source:zzz", "zzz", "'zzz' is not a source"),
        ("csto kind:wires", "wires", "'wires' is not a kind of source; did you mean 'wire'?"),
        (
            "csto country:belarus",
            "country:belarus",
            "'BELARUS' is not a country; write two letters, or NATO, CSTO, EU, INT",
        ),
        ("csto language:rus", "language:rus", "'rus' is not a language; such as ru"),
        ('a "— ,"', '"— ,"', "there is no letter or digit to look for"),
        ('""', '""', "there is no letter or digit to look for"),
        ("у*", "у*", "у* would find nearly everything; give more of its letters"),
        (
            "учениями~",
            "учениями~",
            "no dictionary lists 'учениями'; write it as dictionaries do (учение, совместный), or its stem with a *",
        ),
        ("a independent >= 1", "independent >= 1", "every story has one; ask for 2 or more"),
        ("a articles > 0", "articles > 0", "every story has one; ask for 2 or more"),
        ("a articles < 1", "articles < 1", "no story has fewer than one"),
        ("a spike:csto > 0.5x", "spike:csto > 0.5x", "a spike is more than usual; its factor is 1x at the least"),
        ("a NEAR/0 b", "a NEAR/0 b", "NEAR/0 is from NEAR/1, side by side, to NEAR/100"),
        ("a NEAR/3 a", "a NEAR/3 a", "both sides of NEAR/3 are the same"),
        (
            "a NEAR/3 (b c)",
            "b c",
            "NEAR/3 joins words and concepts: AND has no place of its own; write (a NEAR/3 b) AND (a NEAR/3 c)",
        ),
        (
            "a NEAR/3 (b OR NOT c)",
            "NOT c",
            "NEAR/3 joins words and concepts: NOT has no place of its own; write AND",
        ),
        (
            "title:a NEAR/3 b",
            "title:a",
            "NEAR/3 joins words and concepts: title: has no place of its own; write title:(a NEAR/3 b)",
        ),
        (
            "a SAME-SENTENCE country:BY",
            "country:BY",
            "SAME-SENTENCE joins words and concepts: country:BY has no place of its own; write AND",
        ),
        ("title:(a OR body:b)", "body:b", "body: cannot stand inside title:"),
        ("lead:(a country:BY)", "country:BY", "country:BY is not in the lead; write it outside lead:(…)"),
        ("a b NOT a", "a", "can never hold: NOT a is asked for, too"),
        (
            "NOT a NOT b",
            "NOT a NOT b",
            "it says only what must not be, so it would fire for everything; say what must be there, too",
        ),
        (
            "a OR NOT b",
            "a OR NOT b",
            "it says only what must not be, so it would fire for everything; say what must be there, too",
        ),
        (
            "articles < 5",
            "articles < 5",
            "it says only what must not be, so it would fire for everything; say what must be there, too",
        ),
    ],
)
def test_what_means_nothing_or_everything_is_refused(text: str, marked: str, said: str) -> None:
    """Names that do not exist and conditions without sense are named, with the nearest that there is."""
    with pytest.raises(RuleTextError) as caught:
        rule(text)
    error = caught.value
    assert (text[error.start : error.end], error.said) == (marked, said)


def test_an_error_is_wrong_input_and_a_wrong_value() -> None:
    """The command line ends with exit code 2, and the model of rule files names file and key."""
    with pytest.raises(RuleTextError) as caught:
        rule("concept:x")
    assert isinstance(caught.value, InputError)
    assert isinstance(caught.value, ValueError)


def test_without_known_names_any_will_do() -> None:
    """A rule can be read where sources and concepts are not at hand."""
    assert compile_rule("concept:anything source:anyone", reader=READER).concepts == ("anything",)


@pytest.mark.parametrize(
    "text",
    ["source:belta-ru", "change:withdrawn", "independent >= 3", "a NOT (b NOT c)", "(a OR b) NEAR/3 concept:csto"],
)
def test_what_asks_for_something_may_stand(text: str) -> None:
    """A rule may do without words as long as something must be there."""
    assert rule(text).tree is not None
