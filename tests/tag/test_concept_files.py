"""The concept files that come with the project, each held to its own examples."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from wirewatch.tag.concepts import load_concepts
from wirewatch.tag.matcher import Matcher

FOLDER = Path(__file__).resolve().parents[2] / "include" / "concepts"
CONCEPTS = load_concepts(FOLDER)
MATCHER = Matcher.compile(CONCEPTS)
LEAST_YES, LEAST_NO = 6, 3
LANGUAGES = {"ru", "be", "uk", "pl", "lt", "en"}
YES = [(spec.id, text) for spec in CONCEPTS.values() for text in spec.examples.yes]
NO = [(spec.id, text) for spec in CONCEPTS.values() for text in spec.examples.no]


def found(text: str) -> set[str]:
    return {mention.concept for mention in MATCHER.find(title="", body=text)}


@pytest.mark.parametrize(("identity", "text"), YES)
def test_a_yes_example_has_the_concept_and_what_it_implies(identity: str, text: str) -> None:
    """Each text that a file calls a mention is one."""
    assert found(text) >= {identity, *CONCEPTS[identity].implies}


@pytest.mark.parametrize(("identity", "text"), NO)
def test_a_no_example_has_not(identity: str, text: str) -> None:
    """Each text that only looks like a mention is none."""
    assert identity not in found(text)


@pytest.mark.parametrize("identity", CONCEPTS)
def test_a_file_shows_enough(identity: str) -> None:
    """A concept has names in the six languages, and at least six texts that mention it, three that do not."""
    spec = CONCEPTS[identity]
    assert len(spec.examples.yes) >= LEAST_YES
    assert len(spec.examples.no) >= LEAST_NO
    assert set(spec.names) >= LANGUAGES


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("САММИТ ОДКБ НАЧАЛСЯ", {"csto"}),
        ("Саммит О.Д.К.Б. начался", {"csto"}),
        ("Генсек HATO и ОДKБ", {"nato", "csto"}),
        ("Lukаshеnkо met Shоigu", {"lukashenka", "shoigu"}),
        ("Заседание Союз-\nного государства", {"union-state"}),
        ("ЗРК C\u2011400 и С – 400", {"air-defence-s400"}),
        ("&laquo;Запад&#8209;2025&raquo;", {"zapad-exercise", "military-exercise"}),
        ("учения «3апад\u00a0– 2025»", {"zapad-exercise", "military-exercise"}),
        ("#zapad2025", {"zapad-exercise", "military-exercise"}),
        ("Коллек\u00adтивные силы оперативного\u200b реагирования", {"collective-rapid-reaction-force"}),
        ("Министр обороны России Андре́й Белоу́сов", {"russia-mod", "belousov-andrei"}),
        ("Sojusz Polnocnoatlantycki i przesmyk suwalski", {"nato", "suwalki-gap"}),
        ("V Minske obsudili ODKB", {"csto"}),
    ],
)
def test_typography_and_transliteration_do_not_hide_a_concept(text: str, concepts: set[str]) -> None:
    """Capitals, full stops, look-alikes, hyphenation, entities, spaces and missing diacritics make no difference."""
    assert found(text) == concepts


def test_a_translated_agency_text_without_acronyms_is_understood() -> None:
    """An English text in translators' wording yields the organisations, the exercise and the people it speaks of."""
    text = (
        "MINSK, 4 June. Belarus and Russia will train their regional military force this autumn, Viktor Khrenin told "
        "Sergei Shoigu. The ministers spoke of Zapad 2021, of integration within the State of the Union of Belarus and "
        "Russia, and of the Collective Security Treaty Organization."
    )
    assert found(text) >= {
        "csto",
        "zapad-exercise",
        "union-state",
        "regional-force-grouping",
        "khrenin",
        "shoigu",
    }


def test_homonyms_of_zapad_stay_apart() -> None:
    """The exercise, the group of forces and the West in one text are three different things."""
    mentions = MATCHER.find(
        title="",
        body="Запад осудил учения «Запад-2025». Группировка войск «Запад» в них не участвует, она под Купянском.",
    )
    assert [(m.concept, m.surface) for m in mentions if m.concept.startswith("zapad")] == [
        ("zapad-exercise", "Запад-2025"),
        ("zapad-force-group", "Группировка войск «Запад"),
    ]


def test_the_concept_file_of_the_docs_does_what_they_say(tmp_path: Path) -> None:
    """The file shown in docs/adding-a-concept.md loads beside the others and holds to its own examples."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    page = (FOLDER.parents[1] / "docs" / "adding-a-concept.md").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert shown
    (tmp_path / "blue-heron.yml").write_text(shown[1], encoding="utf-8")
    concepts = load_concepts(tmp_path)
    matcher = Matcher.compile(concepts)
    examples = concepts["blue-heron"].examples
    found = [
        [text for text in texts if any(m.concept == "blue-heron" for m in matcher.find(title="", body=text))]
        for texts in (examples.yes, examples.no)
    ]
    assert found == [list(examples.yes), []]
