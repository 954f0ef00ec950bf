from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.model import Mention
from wirewatch.tag.concepts import ConceptSpec
from wirewatch.tag.matcher import Matcher


def concept(identity: str, **parts: Any) -> ConceptSpec:
    return ConceptSpec.model_validate(
        {"id": identity, "label": identity, "definition": "invented", "examples": {"yes": ["x"]}, **parts}
    )


FLEET = concept("fleet", names={"ru": ["Северн* флот*", {"name": "СФ", "case": "exact"}, "флот*"]})


def surfaces(matcher: Matcher, text: str, **options: Any) -> list[tuple[str, str]]:
    return [(mention.concept, mention.surface) for mention in matcher.find(title="", body=text, **options)]


def test_mentions_are_whole_sorted_and_unique() -> None:
    """Title and body are searched alike; the longest name wins where names of a concept overlap."""
    matcher = Matcher.compile([FLEET])
    assert matcher.find(title="Флот вышел в море", body="Корабли Северного флота и СФ.") == (
        Mention("fleet", "body", 8, 23, "Северного флота"),
        Mention("fleet", "body", 26, 28, "СФ"),
        Mention("fleet", "title", 0, 4, "Флот"),
    )


def test_the_name_that_matched_is_told() -> None:
    """A mention carries the name of the concept file that it was found by."""
    assert [m.name for m in Matcher.compile([FLEET]).find(title="", body="Северный флот")] == ["Северн* флот*"]


def test_capitals_of_an_exact_name_must_be_capitals() -> None:
    """An exact name demands its capitals and lets small letters be either."""
    matcher = Matcher.compile([concept("guard", names={"en": [{"name": "Guard", "case": "exact"}]})])
    assert surfaces(matcher, "Guard guard GUARD") == [("guard", "Guard"), ("guard", "GUARD")]


@pytest.mark.parametrize("name", ["წითელი მელა", "Կարմիր", "红狐演习", "الثعلب الأحمر", "Αλεπού", "קרמל"])
def test_a_name_in_any_script_is_found_and_no_other(name: str) -> None:
    """A name in letters that share their codes is found where it stands, and no word that looks like it in codes."""
    other = "".join(chr(ord(char) + 22) if char.isalpha() else char for char in name)
    matcher = Matcher.compile([concept("fox", names={"en": [name]})])
    assert surfaces(matcher, f"a {name.upper()}, {other}; {name}") == [("fox", name.upper()), ("fox", name)]


def test_an_acronym_is_found_with_stops_spaces_and_in_the_other_script_wherever_it_stands() -> None:
    """Full stops in any case, spaces between capitals only, look-alikes of the other script: first word or not."""
    matcher = Matcher.compile([concept("pact", names={"ru": ["НАТО", "саммит НАТО"]})])
    text = "Саммит Н.А.Т.О., саммит HATO, Н А Т О, Н. А. Т. О. и н а т о"
    assert [surface for _, surface in surfaces(matcher, text)] == [
        "Саммит Н.А.Т.О",
        "саммит HATO",
        "Н А Т О",
        "Н. А. Т. О",
    ]


def test_a_condition_looks_no_further_than_a_sentence_can_reach() -> None:
    """In a text without full stops what stands a thousand characters away is no part of the sentence."""
    nut = concept("nut", names={"en": [{"name": "Nut", "requires": [{"any": ["missile"]}]}]})
    texts = [f"Nut {'item ' * count} missile" for count in (150, 250)]
    assert [bool(surfaces(Matcher.compile([nut]), text)) for text in texts] == [True, False]


def test_an_excluding_phrase_cancels_what_it_covers_only() -> None:
    """A mention inside an excluding phrase is dropped; the same word elsewhere stays."""
    matcher = Matcher.compile([concept("west", names={"en": ["west"]}, excludes=["west wing"])])
    assert surfaces(matcher, "the west wing; the West") == [("west", "West")]


def test_an_implied_concept_has_the_same_span_at_any_depth() -> None:
    """What a concept implies, directly or through another, is mentioned by the same words."""
    chain = [
        concept("fox", names={"en": ["Red Fox"]}, implies=["exercise"]),
        concept("exercise", names={"en": ["exercise"]}, implies=["event"]),
        concept("event", names={"en": ["event"]}),
    ]
    assert Matcher.compile(chain).find(title="", body="In Red Fox") == tuple(
        Mention(identity, "body", 3, 10, "Red Fox") for identity in ("event", "exercise", "fox")
    )


@pytest.mark.parametrize(
    ("context", "text", "counts"),
    [
        ({"any": ["missile*"], "within": 2}, "Nut fired two missiles", True),
        ({"any": ["missile*"], "within": 2}, "Nut was not near the missiles", False),
        ({"any": ["missile*"], "within": 2, "side": "after"}, "A missile Nut", False),
        ({"any": ["missile*"], "within": 2, "side": "before"}, "A missile Nut", True),
        ({"any": ["missile*"]}, "Nut, it was said, is among the newest of missiles", True),
        ({"any": ["missile*"]}, "Nut bushes bloom. Another missile was seen.", False),
        ({"any": ["missile*"], "within": "article"}, "Nut bushes bloom. Another missile was seen.", True),
        ({"any": ["Nut"], "within": "article"}, "Nut alone is no context of itself.", False),
        ({"any": ["@rocket"]}, "Nut is a rocket", True),
        ({"any": ["$things"]}, "Nut is a big thing", True),
    ],
)
def test_a_condition_looks_as_far_as_it_says(context: dict[str, Any], text: str, counts: bool) -> None:
    """Requires lets a name count where the context stands near enough, and excludes does the reverse."""
    rocket = concept("rocket", names={"en": ["rocket"]})
    for condition, expected in (("requires", counts), ("excludes", not counts)):
        nut = concept("nut", lists={"things": ["big thing"]}, names={"en": [{"name": "Nut", condition: [context]}]})
        assert (("nut", "Nut") in surfaces(Matcher.compile([nut, rocket]), text)) is expected


def test_the_title_is_context_of_the_body() -> None:
    """A condition within the article is fulfilled by the title."""
    spec = concept("nut", names={"en": [{"name": "Nut", "requires": [{"any": ["missile"], "within": "article"}]}]})
    assert Matcher.compile([spec]).find(title="A missile", body="Nut") == (Mention("nut", "body", 0, 3, "Nut"),)


def test_a_name_marked_only_counts_in_its_language_or_an_unknown_one() -> None:
    """A word that means something else in another language can be kept to its own."""
    matcher = Matcher.compile([concept("drill", names={"lt": [{"name": "pratybos", "only": True}]})])
    assert [surfaces(matcher, "pratybos", language=language) for language in ("lt", None, "pl")] == [
        [("drill", "pratybos")],
        [("drill", "pratybos")],
        [],
    ]


def test_no_concepts_find_nothing() -> None:
    """An empty folder of concepts compiles to a matcher that finds nothing."""
    assert Matcher.compile([]).find(title="a", body="b") == ()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Северного", "флота", "СФ", "с\u00adф", "флоt", " ", "\u00a0", "«", "»", "-\n", "&quot;", "\u0301", "ﬁ"]
        )
        | st.text(max_size=3)
    ).map("".join)
)
def test_every_mention_quotes_its_text(text: str) -> None:
    """Whatever the text, a mention's offsets give back its surface."""
    for mention in Matcher.compile([FLEET]).find(title=text, body=text):
        assert text[mention.start : mention.end] == mention.surface != ""
