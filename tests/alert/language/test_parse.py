"""The grammar, and what is said of texts that it has no place for."""

from __future__ import annotations

import pytest

from wirewatch.alert.language.parse import parse
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
    Listed,
    Near,
    Not,
    SameSentence,
    Spike,
    Within,
    Word,
    Words,
)
from wirewatch.alert.language.trouble import RuleTextError
from wirewatch.model import ChangeKind


def w(text: str, form: Form = Form.WRITTEN) -> Words:
    return Words((Word(text, form),))


A, B, C, D = w("a"), w("b"), w("c"), w("d")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b OR c AND NOT d", AnyOf((AllOf((A, B)), AllOf((C, Not(D)))))),
        ("a NOT b NEAR/3 c", AllOf((A, Not(Near(B, C, 3))))),
        ("a NEAR/8 b SAME-SENTENCE c", SameSentence(Near(A, B, 8), C)),
        ("a NEAR/8 (b OR c)", Near(A, AnyOf((B, C)), 8)),
        ("title:a b", AllOf((Within(Field.TITLE, A), B))),
        ("lead:(a b)", Within(Field.LEAD, AllOf((A, B)))),
        ("body:учение~", Within(Field.BODY, w("учение", Form.ANY))),
        ("воен* or-gate С-400", AllOf((w("воен", Form.STEM), w("or-gate"), w("С-400")))),
        ("«большие учени*»", Words((Word("большие"), Word("учени", Form.STEM)))),
        ('="МО РФ"', Words((Word("МО"), Word("РФ")), exact=True)),
        ("“a «b» c”", Words((Word("a"), Word("b"), Word("c")))),
        ("concept:csto,nato", Concepts(("csto", "nato"))),
        ("concept:(csto OR nato, csto)", Concepts(("csto", "nato"))),
        ("country:by", Listed(About.COUNTRY, ("BY",))),
        ("language:or", Listed(About.LANGUAGE, ("or",))),
        ("independent>=2", Count(Counted.INDEPENDENT, ">=", 2)),
        ("articles < 5", Count(Counted.ARTICLES, "<", 5)),
        ("first-mention:csto in 30d", FirstMention("csto", 30)),
        ("spike:csto > 2.5x", Spike("csto", 2.5, 28)),
        ("spike:csto > 3x in 7d", Spike("csto", 3, 7)),
        ("change:withdrawn,number", Changed((ChangeKind.WITHDRAWN, ChangeKind.NUMBER))),
        ("removed:csto", Changed((ChangeKind.CONCEPT_REMOVED,), ("csto",))),
        ("independent ANDROID NEARBY", AllOf((w("independent"), w("ANDROID"), w("NEARBY")))),
    ],
)
def test_text_to_tree(text: str, tree: Expression) -> None:
    """NEAR binds tighter than NOT, NOT than AND, AND than OR; parts side by side are joined by AND."""
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "line", "column", "marked", "said"),
    [
        (" \n ", 1, 1, "", "the rule is empty"),
        ("a AND", 1, 3, "AND", "something is missing after AND"),
        ("a OR\nOR b", 2, 1, "OR", "something is missing between OR and OR"),
        ("OR a", 1, 1, "OR", "something is missing before OR"),
        ("a ()", 1, 4, ")", "the parentheses are empty; write what is asked for between them"),
        ("concept:()", 1, 10, ")", "the parentheses are empty; write what is asked for between them"),
        ("a)", 1, 2, ")", "no parenthesis is open here; leave it out"),
        ("(a (b)", 1, 1, "(", "this parenthesis is not closed"),
        ("(a OR)", 1, 6, ")", "something is missing after OR"),
        ("NOT NOT a", 1, 5, "NOT", "NOT NOT says nothing; leave both out"),
        (
            "a NEAR/3 NOT b",
            1,
            10,
            "NOT",
            "NEAR/3 needs something that stands in the text; what is absent has no place",
        ),
        ("title:NOT a", 1, 7, "NOT", "NOT needs parentheses here; write title:(… NOT …), or NOT title:…"),
        ("a NEAR b", 1, 3, "NEAR", "NEAR needs a number of words; write NEAR/8"),
        ("a NEAR/x b", 1, 3, "NEAR/x", "NEAR needs a number of words; write NEAR/8"),
        ("a or b", 1, 3, "or", 'or is no operator; write OR, or "or" for the word'),
        ("concept:(a or b)", 1, 12, "or", 'or is no operator; write OR, or "or" for the word'),
        ("a\n tittle:(b)", 2, 2, "tittle:", "tittle is not a field; did you mean 'title'?"),
        ("Title:a", 1, 1, "Title:", "Title is not a field; did you mean 'title'?"),
        ('a "b c', 1, 3, '"b c', "this quote is not closed on its line"),
        ('a "b\nc"', 1, 3, '"b', "this quote is not closed on its line"),
        ("concept:(a AND b)", 1, 12, "AND", "concept: cannot be followed by this; write concept:csto,nato"),
        ("concept:", 1, 1, "concept:", "something is missing after concept:; write concept:csto,nato"),
        ('source:"x"', 1, 8, '"x"', "source: cannot be followed by this; write source:belta-ru,tass"),
        ("a, b", 1, 2, ",", "a comma stands between the values of a list only; write OR or AND"),
        (
            "independent >= two",
            1,
            1,
            "independent ",
            "independent is compared with a whole number; write independent >= 2",
        ),
        ("spike:x", 1, 1, "spike:x", "spike: is not finished; write spike:csto > 3x, or spike:csto > 3x in 28d"),
        (
            "first-mention:x in 0d",
            1,
            17,
            "in 0d",
            "a time is from 1 to 3650 days",
        ),
        (
            "change:withdrawm",
            1,
            8,
            "withdrawm",
            "withdrawm is not a kind of change; did you mean 'withdrawn'?",
        ),
        (
            "ab*cd",
            1,
            3,
            "*",
            "* cannot stand here; it stands at the end of a word of at least one letter: учени*",
        ),
        (
            '"a b"~5',
            1,
            6,
            "~",
            "~ cannot stand here; it stands at the end of a word: учение~; words that are near one another are written"
            ' "a" NEAR/5 "b"',
        ),
        ('"a*b c"', 1, 1, '"a*b c"', "a*b: * and ~ stand at the end of a word, one of them"),
        ('="МО*"', 1, 1, '="МО*"', "= asks for the word as it is written; leave the = or the mark out"),
        ("a && b", 1, 3, "&", "& cannot stand here; write AND"),
        ("a&&b", 1, 1, "a&&b", "&& joins nothing; write AND"),
        ("-csto", 1, 1, "-", "- cannot stand here; write NOT"),
        ("# a", 1, 1, "#", "# cannot stand here; a remark stands above the rule's key, after a # in the file"),
        ("12:30", 1, 3, ":", ': cannot stand here; put it in quotes: "…"'),
    ],
)
def test_what_is_wrong_and_where(text: str, line: int, column: int, marked: str, said: str) -> None:
    """A mistake is named in a sentence, with its line, its column and the words in question."""
    with pytest.raises(RuleTextError) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column, text[error.start : error.end], error.said) == (line, column, marked, said)


def test_the_caret_stands_under_the_word() -> None:
    """The message shows the line and marks the word in it, under tabs too."""
    with pytest.raises(RuleTextError) as caught:
        parse("concept:csto\n\tAND tittle:(учение)")
    assert str(caught.value).splitlines() == [
        "line 2, column 6: tittle is not a field; did you mean 'title'?",
        "    \tAND tittle:(учение)",
        "    \t    ^^^^^^^",
    ]


def test_a_line_of_a_megabyte_is_shown_around_the_place() -> None:
    """Of a long line only what is around the mistake is shown."""
    with pytest.raises(RuleTextError) as caught:
        parse(f'"{"слово " * 100_000}" or b')
    shown, carets = caught.value.caret.splitlines()
    assert len(shown) < 200
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "or"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(" * 100_000 + "a" + ")" * 100_000, "parentheses are more than 100 deep"),
        ("(" * 101 + "a" + ")" * 101, "parentheses are more than 100 deep"),
        ("a NEAR/3 " * 5_000 + "b", "the rule is more than 100 levels deep"),
        ("title:" * 5_000 + "b", "the rule is more than 100 levels deep"),
        ("title:" * 100_000 + "b", "the rule has more than 20,000 words and signs; make several rules of it"),
        ("NOT " * 100_000 + "b", "NOT NOT says nothing; leave both out"),
        ("a " * 100_000, "the rule has more than 20,000 words and signs; make several rules of it"),
        ("a" * 1_000_001, "the rule has 1,000,001 characters; 1,000,000 are the most"),
    ],
    ids=range(8),
)
def test_what_is_too_deep_or_too_long_is_refused(text: str, said: str) -> None:
    """A hostile text is refused with a reason; the interpreter's own limits are never met."""
    with pytest.raises(RuleTextError) as caught:
        parse(text)
    assert caught.value.said == said


def test_a_rule_as_long_and_deep_as_allowed_is_read() -> None:
    """A rule of a million characters is read, and so is one of a hundred levels."""
    words = tuple(Word("слово") for _ in range(160_000))
    assert parse(f'"{" ".join(word.text for word in words)}"') == Words(words)
    assert parse("(" * 100 + "a" + ")" * 100) == A
    assert parse(" OR ".join(["a"] * 9_999)) == AnyOf((A,) * 9_999)
