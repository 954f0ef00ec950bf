"""What rules find in articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.alert.language.articles import NOW, READER, article, found, holds, rule, seen
from wirewatch.alert.language.document import Facts, Volume, before_and_after
from wirewatch.alert.language.match import Hit, Match
from wirewatch.alert.language.needs import FactsAsked
from wirewatch.alert.language.rule import RuleSet
from wirewatch.alert.passages import strongest_passage
from wirewatch.model import ArticleChange, ChangeKind, StoredChange

DRILL = article(
    "ОДКБ начала совместные учения",
    "МИНСК, 5 сентября.\nНа полигоне прошло учение «Запад-2031». МО РФ сообщило о С-400. Остальное позже: мо уточнит.",
    concepts={"csto": "ОДКБ", "zapad-exercise": "учение «Запад-2031»"},
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("УЧЕНИЯ", ["учения"]),
        ("учение~", ["учения", "учение"]),
        ("учени*", ["учения", "учение"]),
        ('"Совместные учения"', ["совместные учения"]),
        ('"учения совместные"', None),
        ('"совместный~ учение~"', ["совместные учения"]),
        ('"запад 2031"', ["Запад-2031"]),
        ("С-400", ["С-400"]),
        ("=МО", ["МО"]),
        ("МО", ["МО", "мо"]),
        ('="МО РФ"', ["МО РФ"]),
        ('="Мо РФ"', None),
        ("concept:csto", ["ОДКБ"]),
        ("concept:nato", None),
        ("concept:nato,zapad-exercise", ["учение «Запад-2031»"]),
        ("csto", None),
        ("title:учение~", ["учения"]),
        ("body:учение~", ["учение"]),
        ("body:concept:csto", None),
        ("lead:С-400", ["С-400"]),
        ("lead:уточнит", None),
        ("body:уточнит", ["уточнит"]),
        ("title:(учения concept:csto)", ["ОДКБ", "учения"]),
        ("concept:csto NEAR/3 учения", ["ОДКБ", "учения"]),
        ("concept:csto NEAR/2 учения", None),
        ("учения NEAR/3 concept:csto", ["ОДКБ", "учения"]),
        ("concept:csto NEAR/8 полигоне", None),
        ("полигоне NEAR/2 (учения OR учение)", ["полигоне", "учение"]),
        ("полигоне SAME-SENTENCE 2031", ["полигоне", "2031"]),
        ("полигоне SAME-SENTENCE С-400", None),
        ("прошло NEAR/5 2031 SAME-SENTENCE полигоне", ["полигоне", "прошло", "2031"]),
        ("concept:csto NOT concept:nato", ["ОДКБ"]),
        ("concept:csto NOT С-400", None),
        ("учения OR позже OR нигде", ["учения", "позже"]),
        ("source:belta-ru", []),
        ("source:kurier-pl", None),
        ("country:PL,BY kind:wire language:ru", []),
        ("kind:ministry", None),
        ("independent >= 2", None),
        ("independent = 1 articles < 2 csto OR source:belta-ru", []),
        ("change:withdrawn", None),
    ],
)
def test_a_rule_on_an_article(text: str, words: list[str] | None) -> None:
    """A rule that holds names the very words that made it hold."""
    assert found(text, DRILL) == words


def test_hits_say_where_and_which_term() -> None:
    """Each hit has its field, its place in code points, and the term as the rule writes it."""
    given = article("Ёлка: у\u0301чения", "Е&#1083;ка")
    assert RuleSet({"r": rule("lemma:учение OR елка")}).matches(seen(given)) == {
        "r": Match(
            (
                Hit("title", 0, 4, "елка"),
                Hit("title", 6, 13, "учение~"),
                Hit("body", 0, len("Е&#1083;ка"), "елка"),
            )
        )
    }


def test_a_match_gives_the_passage_of_a_mail() -> None:
    """The sentence that has most of what a rule asked for is the one to show."""
    match = RuleSet({"r": rule("полигоне NEAR/3 учение~")}).matches(seen(DRILL))["r"]
    passage = strongest_passage(DRILL.title, DRILL.body, match.mentions(DRILL))
    assert passage is not None
    assert passage.text == "На полигоне прошло учение «Запад-2031»."
    assert [(passage.text[hit.start : hit.end], hit.concept) for hit in passage.hits] == [
        ("полигоне", "полигоне"),
        ("учение", "учение~"),
    ]


def test_numbers_of_the_story() -> None:
    """Independent sources and articles of the story are compared as written."""
    given = seen(replace(DRILL, independent_sources=3), story_articles=9)
    rules = ["independent >= 3", "independent > 3", "independent = 3", "articles > 8", "articles <= 8 concept:csto"]
    assert [holds(text, given) for text in rules] == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("unseen", "held"), [(None, True), (45.0, True), (30.0, True), (29.9, False)], ids=["never", "45", "30", "29.9"]
)
def test_a_first_mention_in_so_many_days(unseen: float | None, held: bool) -> None:
    """A concept that nobody mentioned for that time, or ever, is mentioned for the first time."""
    given = seen(DRILL, facts=Facts(unseen={"csto": unseen}))
    assert found("first-mention:csto in 30d", given) == (["ОДКБ"] if held else None)


@pytest.mark.parametrize(("today", "usual", "held"), [(7, 2.0, True), (6, 2.0, False), (2, 0.0, False), (3, 0.0, True)])
def test_a_spike_is_more_than_so_many_times_the_usual(today: int, usual: float, held: bool) -> None:
    """The day's articles are compared with the usual day's; two articles are no spike of anything."""
    given = seen(DRILL, facts=Facts(volumes={("csto", 28): Volume(today, usual)}))
    assert holds("spike:csto > 3x", given) is held


def test_facts_are_asked_only_of_what_an_article_mentions() -> None:
    """An article without the concept needs no facts; with it, facts that are not given are a fault of the caller."""
    assert rule("first-mention:csto in 3d OR spike:nato > 2x in 7d").facts == FactsAsked(
        frozenset({"csto"}), frozenset({("nato", 7)})
    )
    assert not holds("spike:nato > 2x", DRILL)
    with pytest.raises(KeyError, match="csto"):
        holds("spike:csto > 2x", DRILL)


def changed(kind: ChangeKind, concept: str | None = None, before: frozenset[str] = frozenset()) -> StoredChange:
    return StoredChange(1, DRILL, before, ArticleChange(kind, concept=concept), NOW - timedelta(hours=1), listing=False)


def test_changes() -> None:
    """A change is found by its kind, and by the concept that came or went."""
    here, before = before_and_after(
        changed(ChangeKind.CONCEPT_REMOVED, "nato", frozenset({"csto", "nato"})), seen(DRILL)
    )
    assert [holds(text, here) for text in ("removed:nato", "added:nato", "change:concept-removed,headline")] == [
        True,
        False,
        True,
    ]
    assert holds("removed:nato concept:csto", here)
    assert [holds("removed:csto", here), holds("change:edited", here)] == [False, False]
    assert holds("removed:nato", before)


def test_an_article_is_also_tried_as_it_was() -> None:
    """A concept that was taken out is still asked for in the version before; where it stood is not known."""
    here, before = before_and_after(changed(ChangeKind.EDITED, before=frozenset({"csto", "nato"})), seen(DRILL))
    assert [holds("concept:nato", here), holds("concept:nato", before)] == [False, True]
    assert [holds("title:concept:nato", before), holds("concept:nato NEAR/9 учения", before)] == [False, False]
    assert [holds("concept:zapad-exercise", here), holds("concept:zapad-exercise", before)] == [True, False]
    assert len(before_and_after(changed(ChangeKind.EDITED, before=frozenset(here.mentions)), seen(DRILL))) == 1


def test_a_title_is_one_sentence() -> None:
    """Stops in a title part nothing."""
    assert holds("учения SAME-SENTENCE позже", article("Начаты учения. Сроки позже."))
    assert not holds("учения SAME-SENTENCE позже", article("", "Начаты учения. Сроки позже."))


def test_an_empty_article_matches_nothing() -> None:
    """An article without a word is tried like any other."""
    assert found("учения OR a NEAR/3 b OR lead:c", article()) is None
    assert READER.keys("") == ()
