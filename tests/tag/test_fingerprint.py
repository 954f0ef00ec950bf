"""A concept's fingerprint changes exactly when its mentions may."""

from __future__ import annotations

from typing import Any

import pytest

from wirewatch.tag.concepts import ConceptSpec
from wirewatch.tag.fingerprint import fingerprints, implied

FILES: dict[str, dict[str, Any]] = {
    "drill": {"names": {"ru": ["учени*"]}},
    "voskhod": {"names": {"ru": [{"name": "Восход", "requires": [{"any": ["@drill"]}]}]}, "implies": ["exercise"]},
    "exercise": {"names": {"ru": ["манёвр*"]}, "implies": ["event"]},
    "event": {"names": {"ru": ["событи*"]}},
    "other": {"names": {"ru": ["друг*"]}},
}


def concepts(**changes: dict[str, Any]) -> dict[str, ConceptSpec]:
    for_people = {"label": "L", "definition": "D", "examples": {"yes": ["x"]}}
    return {
        name: ConceptSpec.model_validate({"id": name, **for_people, **file, **changes.get(name, {})})
        for name, file in FILES.items()
    }


def changed(**changes: dict[str, Any]) -> set[str]:
    """Concepts whose fingerprint another text of these files gives."""
    before, after = fingerprints(concepts()), fingerprints(concepts(**changes))
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("changes", "concerned"),
    [
        ({"other": {"names": {"ru": ["иной"]}}}, {"other"}),
        ({"voskhod": {"excludes": ["Восход солнца"]}}, {"voskhod", "exercise", "event"}),
        ({"drill": {"names": {"ru": ["учение"]}}}, {"drill", "voskhod", "exercise", "event"}),
        ({"voskhod": {"implies": []}}, {"voskhod", "exercise", "event"}),
        ({"other": {"attributes": {"year": "year"}}}, {"other"}),
        ({"other": {"label": "M", "definition": "E", "group": "g", "examples": {"yes": ["y"]}}}, set()),
        ({}, set()),
    ],
)
def test_it_changes_with_all_that_decides_mentions(changes: dict[str, Any], concerned: set[str]) -> None:
    """Its own file, those that its contexts call and those that imply it count; texts for people do not."""
    assert changed(**changes) == concerned


def test_what_a_concept_implies() -> None:
    """Directly and through others, itself left out."""
    assert implied("voskhod", concepts()) == {"exercise", "event"}
    assert implied("exercise", concepts(event={"implies": ["exercise"]})) == {"event"}
