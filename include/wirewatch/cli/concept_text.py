"""A concept file in words, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from wirewatch.tag.concepts import ConceptSpec, Name
from wirewatch.tag.forms import forms
from wirewatch.tag.in_words import conditions_for_all, conditions_of
from wirewatch.tag.lines import FileLines

WIDTH = 100
FORMS = 3
"""Forms shown of a name."""


def concept_text(spec: ConceptSpec, concepts: Mapping[str, ConceptSpec], path: Path) -> str:
    """All that the file says, names with their conditions in words."""
    lines = [f"{spec.id}: {spec.label}", str(path)]
    lines += textwrap.wrap(" ".join(spec.definition.split()), WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += _relations(spec, concepts)
    for condition in conditions_for_all(spec):
        lines += _wrapped(f"every name: {condition}", 2)
    for language, names in spec.names.items():
        lines.append(f"{language}:")
        for number, name in enumerate(names):
            lines += _name_lines(name, spec, FileLines(path).line("names", language, number))
    if spec.lists:
        lines.append("lists:")
        lines += [line for name, words in spec.lists.items() for line in _wrapped(f"${name}: {', '.join(words)}", 2)]
    for wanted, texts in (("yes", spec.examples.yes), ("no", spec.examples.no)):
        lines.append(f"examples, {wanted}:")
        lines += [line for text in texts for line in _wrapped(text, 2)]
    return "\n".join(lines)


def _relations(spec: ConceptSpec, concepts: Mapping[str, ConceptSpec]) -> Iterator[str]:
    yield f"  group: {spec.group}"
    if spec.implies:
        yield f"  implies: {', '.join(spec.implies)}"
    implied_by = [name for name, other in concepts.items() if spec.id in other.implies]
    if implied_by:
        yield f"  implied by: {', '.join(implied_by)}"
    if spec.attributes:
        yield f"  keeps: {', '.join(spec.attributes)}"


def _name_lines(name: Name, spec: ConceptSpec, line: int) -> Iterator[str]:
    found = forms(name.name, spec.lists, most=FORMS + 1)
    shown = ""
    if found != (name.name,):
        shown = f"   {', '.join(found[:FORMS])}{' …' if len(found) > FORMS or '*' in name.name else ''}"
    yield f"  {line:>4}  {name.name}{shown}"
    for condition in conditions_of(name):
        yield from _wrapped(condition, 10)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
