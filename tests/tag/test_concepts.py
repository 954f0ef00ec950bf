from __future__ import annotations

from pathlib import Path

import pytest

from wirewatch.errors import InputError, SpecError
from wirewatch.tag.concepts import load_concepts

VALID = """\
id: red-fox
label: Red Fox
definition: An invented exercise.
names:
  en:
    - Red Fox
    - name: fox
      requires:
        - any: [exercise]
implies: []
examples:
  yes: [Red Fox began.]
  no: [A fox ran.]
"""


def write(folder: Path, text: str, name: str = "red-fox") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_concept_file_becomes_a_concept(tmp_path: Path) -> None:
    """Names written as text and as mappings, conditions and yes/no examples all arrive."""
    write(tmp_path, VALID)
    concept = load_concepts(tmp_path)["red-fox"]
    assert [name.name for name in concept.names["en"]] == ["Red Fox", "fox"]
    assert [wording.name for wording in concept.names["en"][1].requires[0].any] == ["exercise"]
    assert (concept.examples.yes, concept.examples.no) == (("Red Fox began.",), ("A fox ran.",))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("implies: []", "impliez: []", ":10: impliez: is not a key"),
        ("label: Red Fox\n", "", "label: is required"),
        ("    - Red Fox", '    - ""', ":6: names.en.0"),
        ("    - Red Fox", '    - "*"', ":6: names.en.0: '*': a * or a mark needs letters"),
        ("    - Red Fox", '    - "Red F*x"', ":6: names.en.0: 'Red F*x': * stands at the end of a word"),
        ("    - Red Fox", "    - Red $colour", ":6: lists.colour: this file has no list $colour"),
        ("names:", "lists: {a: [$b]}\nnames:", ":4: lists.a.0: '$b': a list cannot call another list"),
        ("implies: []", "implies: [military-exercise]", ":10: implies: there is no concept 'military-exercise'"),
        ("implies: []", "implies: [red-fox]", ":10: implies: 'red-fox' is this concept itself"),
        ("any: [exercise]", "any: ['@badger']", ":9: @badger: there is no concept '@badger'"),
        ("any: [exercise]", "any: [exercise]\n          within: paragraph", ":10: names.en.1.requires.0.within"),
        ("label: Red Fox", "id: other", ":2: id: is given twice"),
        ("id: red-fox", "id: grey-fox", "'grey-fox', but the file is called red-fox.yml"),
        ("  yes: [Red Fox began.]\n", "", "examples.yes: is required"),
    ],
)
def test_a_wrong_file_is_refused_by_name_line_and_key(tmp_path: Path, old: str, new: str, place: str) -> None:
    """Whatever is wrong in a concept file raises SpecError that names the file, and the line and key where it can."""
    assert old in VALID
    path = write(tmp_path, VALID.replace(old, new))
    with pytest.raises(SpecError) as caught:
        load_concepts(tmp_path)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)


def test_only_the_packs_that_are_on_are_watched(tmp_path: Path) -> None:
    """A pack that is off adds nothing; what a watched concept implies or refers to comes along, whatever its pack."""
    write(tmp_path, VALID)
    write(tmp_path, VALID.replace("red-fox", "grey-fox") + "group: drills\n", "grey-fox")
    leaning = VALID.replace("red-fox", "fox-den").replace("implies: []", "implies: [grey-fox]") + "group: places\n"
    write(tmp_path, leaning, "fox-den")
    assert list(load_concepts(tmp_path)) == ["fox-den", "grey-fox", "red-fox"]
    assert list(load_concepts(tmp_path, packs=["core"])) == ["red-fox"]
    assert list(load_concepts(tmp_path, packs=["drills"])) == ["grey-fox"]
    assert list(load_concepts(tmp_path, packs=["places", "core"])) == ["fox-den", "grey-fox", "red-fox"]
    with pytest.raises(InputError, match=r"WIREWATCH_PACKS: there is no pack 'den'; there are core, drills, places"):
        load_concepts(tmp_path, packs=["den"])
