"""A concept's fingerprint: it changes when the concept's mentions may change, and only then.

What a concept finds hangs on its own file, on the files whose names its contexts call by ``@id``, and on the concepts
that imply it. Texts for people (label, definition, examples) make no difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from wirewatch.tag.concepts import ConceptSpec

_FOR_PEOPLE = {"label", "definition", "group", "examples"}


def fingerprints(concepts: Mapping[str, ConceptSpec]) -> dict[str, str]:
    """Concepts by id → SHA-256 (lower-case hex) of all that decides what each finds."""
    own = {name: spec.model_dump_json(exclude=_FOR_PEOPLE) for name, spec in concepts.items()}
    return {name: _digest({other: own[other] for other in _concerned(name, concepts)}) for name in concepts}


def implied(concept: str, concepts: Mapping[str, ConceptSpec]) -> frozenset[str]:
    """Ids that a mention of the concept mentions too, directly or through others."""
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        new = set(concepts[waiting.pop()].implies) - found
        found |= new
        waiting.extend(new)
    return frozenset(found - {concept})


def _concerned(concept: str, concepts: Mapping[str, ConceptSpec]) -> set[str]:
    """The concept itself, those that imply it, and those that any of these calls by ``@id``."""
    makers = {concept, *(name for name in concepts if concept in implied(name, concepts))}
    return makers | {other for name in makers for other in _called(concepts[name])}


def _called(spec: ConceptSpec) -> Iterator[str]:
    return (wording.name[1:] for wording in spec.wordings() if wording.name.startswith("@"))


def _digest(parts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(parts.items())).encode()).hexdigest()
