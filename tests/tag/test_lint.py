"""What lint finds in concept files that load, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirewatch.tag.concepts import load_concepts
from wirewatch.tag.forms import forms
from wirewatch.tag.in_words import conditions_for_all, conditions_of
from wirewatch.tag.lint import Level, Pack, Warehouse, lint
from wirewatch.tag.matcher import Matcher

# The six languages, each with an example: a file in which there is nothing to find.
CLEAN = """\
id: {id}
label: L
definition: D
names:
  ru: [Дозорн* вышк*]
  be: [Дазорн* вышк*]
  uk: [Дозорн* веж*]
  pl: [Wież* dozorn*]
  lt: [Sargybos bokšt*]
  en: [Watchtower Ridge]
{more}examples:
  yes:
    - Дозорная вышка стоит.
    - Дазорная вышка стаіць.
    - Дозорна вежа стоїть.
    - Wieża dozorna stoi.
    - Sargybos bokštas stovi.
    - Watchtower Ridge stands.
  no: [Ничего нет.]
"""


def findings(folder: Path, *, warehouse: Warehouse | None = None, chosen: tuple[str, ...] = ()) -> list[str]:
    """Each as file:line: level: message, the folder left out."""
    concepts = load_concepts(folder)
    pack = Pack(folder, concepts, Matcher.compile(concepts), chosen or tuple(concepts), warehouse)
    return [str(finding).removeprefix(f"{folder}/") for finding in lint(pack)]


def clean(folder: Path, identity: str = "tower", more: str = "") -> Path:
    path = folder / f"{identity}.yml"
    path.write_text(CLEAN.format(id=identity, more=more), encoding="utf-8")
    return path


def edited(folder: Path, old: str, new: str) -> Path:
    path = clean(folder)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_file_without_faults_has_no_findings(tmp_path: Path) -> None:
    """Six languages, each with an example that one of its names finds."""
    clean(tmp_path)
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "    - Watchtower Ridge stands.",
            "    - Watchtower Ridge stands.\n    - Watch towers stand.",
            ["tower.yml:19: error: this example must say yes, but finds nothing: Watch towers stand."],
        ),
        (
            "[Ничего нет.]",
            "[Ничего нет., Дозорная вышка.]",
            ["tower.yml:19: error: this example must say no, but finds 'Дозорная вышка': Дозорная вышка."],
        ),
        ("  lt: [Sargybos bokšt*]\n", "", [
            "tower.yml:4: warning: no names in lt",
            "tower.yml:16: error: this example must say yes, but finds nothing: Sargybos bokštas stovi.",
        ]),
        ("    - Wieża dozorna stoi.\n", "", [
            "tower.yml:8: warning: no yes-example is found by a name in pl",
        ]),
        ("[Дозорн* вышк*]", "[Дозорн* вышк*, время]", [
            "tower.yml:5: warning: 'время' is a common word in ru: give it requires:",
        ]),
        ("[Дозорн* вышк*]", "[Дозорн* вышк*, {name: время, requires: [{any: [вышк*]}]}]", []),
        ("[Watchtower Ridge]", "[Watchtower Ridge, WTR]", [
            "tower.yml:10: warning: 'WTR' is short enough to be another word: say case: exact",
        ]),
        ("[Watchtower Ridge]", "[Watchtower Ridge, {name: WTR, case: exact}]", []),
        ("[Watchtower Ridge]", "[Watchtower Ridge, {name: Ridge Tower, requires: [{any: [tower*, hill]}]}]", [
            "tower.yml:10: warning: 'tower*', required in the same sentence, is in the name, where it does not count",
        ]),
        ("[Watchtower Ridge]", "[Watchtower Ridge, {name: Up, requires: [{any: [hill]}], excludes: [{any: [hill]}]}]", [
            "tower.yml:10: warning: 'hill' is both required and excluded",
        ]),
        ("[Watchtower Ridge]", "[Watchtower Ridge, Watchtower Ridge]", [
            "tower.yml:10: warning: 'Watchtower Ridge' stands in line 10 too",
        ]),
        ("examples:", "lists: {hill: [hill*]}\nexamples:", [
            "tower.yml:11: warning: the list $hill is called by nothing",
        ]),
        ("examples:", "excludes: [Watchtower Ridge Inn, Sargybos namai]\nexamples:", [
            "tower.yml:11: warning: 'Sargybos namai' can cancel nothing: no name of this concept is inside it",
        ]),
        ("examples:", "excludes: [Старая дозорная вышка, М.Дозорная вышка]\nexamples:", []),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    """One change to the file without faults gives exactly the findings of that change."""
    assert findings(edited(tmp_path, old, new)) == found


def test_two_concepts_with_one_name_overlap_once(tmp_path: Path) -> None:
    """Names without conditions that match the same text are named with both lines, in the first of the two files."""
    clean(tmp_path, "a-tower")
    text = clean(tmp_path, "b-tower").read_text(encoding="utf-8").replace("[Watchtower Ridge]", "[watchtower ridge]")
    (tmp_path / "b-tower.yml").write_text(text, encoding="utf-8")
    found = [line for line in findings(tmp_path) if "Ridge" in line]
    assert found == [
        "a-tower.yml:10: warning: 'Watchtower Ridge' is also 'watchtower ridge' of b-tower.yml:10,"
        " neither has conditions"
    ]
    assert len(findings(tmp_path)) == 6
    assert len(findings(tmp_path, chosen=("b-tower",))) == 6


def test_a_concept_may_have_the_names_of_one_that_it_implies(tmp_path: Path) -> None:
    """And so may one with conditions: the two are then told apart, or meant to be together."""
    clean(tmp_path, "a-tower", "implies: [b-tower]\n")
    clean(tmp_path, "b-tower")
    assert findings(tmp_path) == []
    clean(tmp_path, "a-tower", "unless: [{any: [nothing], within: 1}]\n")
    assert findings(tmp_path) == []


def test_names_that_a_warehouse_never_held(tmp_path: Path) -> None:
    """Each name without a mention is told, unless the warehouse is too small to say anything."""
    clean(tmp_path)
    seen = {("tower", name): 3 for name in ("Дозорн* вышк*", "Дазорн* вышк*", "Дозорн* веж*", "Wież* dozorn*")}
    assert findings(tmp_path, warehouse=Warehouse(99, seen)) == []
    assert findings(tmp_path, warehouse=Warehouse(1200, seen)) == [
        "tower.yml:9: warning: 'Sargybos bokšt*' was found in none of 1,200 articles",
        "tower.yml:10: warning: 'Watchtower Ridge' was found in none of 1,200 articles",
    ]


def test_the_files_of_the_project_have_no_errors() -> None:
    """Every example of every concept file says what it must."""
    folder = Path(__file__).resolve().parents[2] / "include" / "concepts"
    concepts = load_concepts(folder)
    found = lint(Pack(folder, concepts, Matcher.compile(concepts), tuple(concepts)))
    assert [str(finding) for finding in found if finding.level is Level.ERROR] == []


def test_forms_take_lists_apart() -> None:
    """A year is an example year, an ending is left out, what may stand between is nothing."""
    lists = {"office": ("Minister*", "Ministry of Defence"), "land": ("A", "B")}
    assert forms("$office ... of $land {year}", lists) == (
        "Minister of A 2025",
        "Minister of B 2025",
        "Ministry of Defence of A 2025",
        "Ministry of Defence of B 2025",
    )
    assert forms("$office ... of $land {year}", lists, most=1) == ("Minister of A 2025",)


def test_conditions_in_words(tmp_path: Path) -> None:
    """What a file says in keys is said in words."""
    name = (
        "[Watchtower Ridge, {name: Ridge, case: exact, only: true, home: [BY, RU], requires: [{any: [hill, moor]}],"
        " excludes: [{any: [bike], within: 1, side: after}, {any: [inn], within: 0}, {any: [zoo], within: article}]}]"
    )
    folder = edited(tmp_path, "[Watchtower Ridge]", name)
    path = folder / "tower.yml"
    more = "requires: [{any: [a]}]\nunless: [{any: [b], within: 3}]\nexcludes: [Watchtower Ridge Inn]\nexamples:"
    path.write_text(path.read_text(encoding="utf-8").replace("examples:", more), encoding="utf-8")
    spec = load_concepts(folder)["tower"]
    assert list(conditions_of(spec.names["en"][1])) == [
        "capitals as written",
        "only in texts of this language",
        "only in sources of BY, RU",
        "needs one of hill, moor in the same sentence",
        "not with bike within 1 word after it",
        "not with inn right beside it",
        "not with zoo anywhere in the article",
    ]
    assert list(conditions_for_all(spec)) == [
        "needs a in the same sentence",
        "not with b within 3 words",
        "cancelled inside Watchtower Ridge Inn",
    ]
