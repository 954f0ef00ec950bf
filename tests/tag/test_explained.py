from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.tag.concepts import ConceptSpec, load_concepts
from wirewatch.tag.explained import Cause, Explained, Verdict
from wirewatch.tag.matcher import Matcher

CONCEPTS = load_concepts(Path(__file__).resolve().parents[2] / "include" / "concepts")
MATCHER = Matcher.compile(CONCEPTS)


def concept(identity: str, **parts: Any) -> ConceptSpec:
    return ConceptSpec.model_validate(
        {"id": identity, "label": identity, "definition": "invented", "examples": {"yes": ["x"]}, **parts}
    )


def explained(spec: ConceptSpec, *, title: str = "", body: str = "", **options: Any) -> tuple[Explained, ...]:
    return Matcher.compile([spec]).explain(title=title, body=body, **options)


def test_a_mention_says_its_name_its_form_and_what_fulfilled_its_conditions() -> None:
    """Name as written, language of the list, folded form, each required context with its place, implied concepts."""
    nut = concept(
        "nut",
        names={"ru": [{"name": "Орешник*", "requires": [{"any": ["ракет*", "пуск*"], "within": 4}]}]},
        implies=["rocket"],
    )
    rocket = concept("rocket", names={"en": ["rocket"]})
    assert Matcher.compile([nut, rocket]).explain(title="", body="Пуск ОРЕШ\u00adНИКА") == (
        Explained(
            concept="nut",
            field="body",
            start=5,
            end=14,
            surface="ОРЕШ\u00adНИКА",
            name="Орешник*",
            language="ru",
            form="орешника",
            verdict=Verdict.MENTION,
            causes=(Cause("requires ракет* | пуск*, within 4 words", "пуск*", "body", 0, 4, "Пуск"),),
            implies=("rocket",),
        ),
    )


CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], Verdict, Cause]] = [
    (
        {"requires": [{"any": ["missile"], "within": "sentence", "side": "before"}]},
        {"body": "A nut and a missile."},
        Verdict.REQUIRES,
        Cause("requires missile, in the same sentence, before it"),
    ),
    (
        {"excludes": [{"any": ["tree", "bush*"], "within": 2}]},
        {"body": "A nut bush"},
        Verdict.EXCLUDES,
        Cause("excludes tree | bush*, within 2 words", "bush*", "body", 6, 10, "bush"),
    ),
    (
        {"excludes": [{"any": ["tree"], "within": "article"}]},
        {"body": "A nut", "title": "Trees: a tree"},
        Verdict.EXCLUDES,
        Cause("excludes tree, in the same article", "tree", "title", 9, 13, "tree"),
    ),
    (
        {"only": True},
        {"body": "A nut", "language": "pl"},
        Verdict.LANGUAGE,
        Cause("counts in texts in 'en' only"),
    ),
    (
        {"home": ["BY", "RU"]},
        {"body": "A nut", "country": "PL"},
        Verdict.HOME,
        Cause("counts in articles of sources of BY, RU only"),
    ),
]


@pytest.mark.parametrize(("condition", "text", "verdict", "cause"), CONDITIONS)
def test_a_rejection_says_the_one_condition_that_decided(
    condition: dict[str, Any], text: dict[str, Any], verdict: Verdict, cause: Cause
) -> None:
    """The first condition that failed is told as the file has it, with the place that broke it if there is one."""
    spec = concept("nut", names={"en": [{"name": "nut", **condition}]})
    (found,) = explained(spec, **text)
    assert (found.verdict, found.causes, found.surface, found.implies) == (verdict, (cause,), "nut", ())


def test_a_name_at_home_counts_there() -> None:
    """A name kept to the sources of some countries counts in theirs, and in no article of an unknown one."""
    matcher = Matcher.compile([concept("nut", names={"en": [{"name": "nut", "home": ["BY"]}]})])
    assert [bool(matcher.find(title="", body="A nut", country=country)) for country in ("BY", "PL", None)] == [
        True,
        False,
        False,
    ]


def test_a_cancelled_candidate_says_by_which_phrase() -> None:
    """An excluding phrase that covers a candidate is told with its place; so is a longer name of the concept."""
    spec = concept("west", names={"en": ["west", "west wind*"]}, excludes=["west wing"])
    covered, overlapped, mention = explained(spec, body="The West wing, the west winds")
    assert (covered.verdict, covered.causes) == (
        Verdict.COVERED,
        (Cause("covered by an excluding phrase", "west wing", "body", 4, 13, "West wing"),),
    )
    assert (overlapped.verdict, overlapped.causes) == (
        Verdict.OVERLAPPED,
        (Cause("overlapped by a name as long or longer", "west wind*", "body", 19, 29, "west winds"),),
    )
    assert (mention.verdict, mention.causes, mention.surface) == (Verdict.MENTION, (), "west winds")


WORDS = [
    word
    for spec in CONCEPTS.values()
    for text in (*spec.examples.yes, *spec.examples.no)
    for word in text.replace("-", " ").split()
]
TEXTS = st.lists(
    st.sampled_from(WORDS) | st.sampled_from([". ", "\n\n", "«", "»", "-\n", "\u00ad", "&quot;", "\u0301", "<b>"]),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["ru", "en", None]), st.sampled_from(["BY", "RU", None]))
def test_what_is_found_is_what_is_explained(title: str, body: str, language: str | None, country: str | None) -> None:
    """Mentions are exactly the accepted candidates and what they imply; every place quotes its text."""
    texts = {"title": title, "body": body}
    found = MATCHER.find(**texts, language=language, country=country)
    told = MATCHER.explain(**texts, language=language, country=country)
    accepted = {
        (identity, each.field, each.start, each.end)
        for each in told
        if each.verdict is Verdict.MENTION
        for identity in (each.concept, *each.implies)
    }
    assert accepted == {(each.concept, each.field, each.start, each.end) for each in found}
    assert all(texts[each.field][each.start : each.end] == each.surface != "" for each in (*found, *told))
    causes = [cause for each in told for cause in each.causes]
    assert all(texts[c.field][c.start : c.end] == c.surface != "" for c in causes if c.field)
    assert all(each.causes for each in told if each.verdict is not Verdict.MENTION)
