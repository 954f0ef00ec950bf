"""Concepts: list them, show one in words, begin a new one, find their faults."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.tag.concepts import ConceptSpec


def add_commands(commands: Commands) -> None:
    """concepts list, show, new and lint."""
    command = add(
        commands,
        "concepts",
        list_concepts,
        help="list the concept files, show one in words, begin a new one, find their faults",
        example="wirewatch concepts show zapad-exercise\n  wirewatch concepts lint",
    )
    parts = command.add_subparsers(title="what", metavar="WHAT", required=True)
    part = add(
        parts,
        "list",
        list_concepts,
        help="list the concept files; with a warehouse running, also whether its history is tagged by them",
        example="wirewatch concepts list --group exercises",
    )
    part.add_argument("--group", help="only concepts of that group")
    part.add_argument("--json", action="store_true", help="one JSON object a line")
    part = add(
        parts,
        "show",
        show,
        help="show a concept: what it means, its names with their conditions, its examples",
        example="wirewatch concepts show zapad-exercise",
    )
    part.add_argument("id", metavar="ID", help="name of a concept file, without .yml")
    part = add(
        parts,
        "new",
        new,
        help="write the file of a new concept, with what can stand in it as comments",
        example='wirewatch concepts new blue-heron --label "Blue Heron exercise"',
    )
    part.add_argument("id", metavar="ID", help="small letters, digits and hyphens: blue-heron")
    part.add_argument("--label", help="its name for people (default: made from the id)")
    part = add(
        parts,
        "lint",
        lint,
        help="find faults of concept files; exit 1 when there are errors, 0 when there are warnings only",
        example="wirewatch concepts lint zapad-exercise",
    )
    part.add_argument("ids", nargs="*", metavar="ID", help="only these concepts (default: all)")
    part.add_argument(
        "--archive", action="store_true", help="also ask the warehouse which names its articles never held"
    )
    part.add_argument("--json", action="store_true", help="one JSON object a line")


def list_concepts(options: argparse.Namespace) -> int:
    """One line a concept."""
    from wirewatch.pipeline.concepts import histories
    from wirewatch.pipeline.desk import desk
    from wirewatch.tag.concepts import ALL, CORE

    here = desk()
    specs = [spec for spec in here.every_concept.values() if options.group in (None, spec.group)]
    if not specs:
        groups = ", ".join(sorted({spec.group for spec in here.every_concept.values()}))
        raise InputError(f"--group: no concept is of group {options.group!r}; there are {groups}")
    states = histories(here)
    if options.json:
        for spec in specs:
            row = _row(spec, states.get(spec.id)) | {"watched": spec.id in here.concepts}
            print(json.dumps(row, ensure_ascii=False))
        return 0
    widths = (max(len(spec.id) for spec in specs), max(len(spec.label) for spec in specs))
    for group in sorted({spec.group for spec in specs}, key=lambda group: (group != CORE, group)):
        members = [spec for spec in specs if spec.group == group]
        on = group in here.settings.packs or ALL in here.settings.packs
        print(f"{group}: {len(members)} concepts, {'watched' if on else 'off (WIREWATCH_PACKS turns it on)'}")
        for spec in members:
            print(f"  {_line(spec, states.get(spec.id), widths)}")
    return 0


def _row(spec: ConceptSpec, history: str | None) -> dict[str, Any]:
    return {
        "concept": spec.id,
        "label": spec.label,
        "group": spec.group,
        "names": {language: len(names) for language, names in spec.names.items()},
        "examples": {"yes": len(spec.examples.yes), "no": len(spec.examples.no)},
        "implies": list(spec.implies),
        "attributes": spec.attributes,
        "history": history,
    }


def _line(spec: ConceptSpec, history: str | None, widths: tuple[int, int]) -> str:
    names = f"{sum(map(len, spec.names.values())):>3} names"
    examples = f"{len(spec.examples.yes)}+{len(spec.examples.no)}"
    about = f"{spec.id:<{widths[0]}}  {spec.label:<{widths[1]}}"
    line = f"{about}  {' '.join(spec.names):<18} {names} {examples:>6} examples"
    return line if history in (None, "current") else f"{line}  {history}"


def show(options: argparse.Namespace) -> int:
    """A concept in words."""
    from wirewatch.cli.concept_text import concept_text
    from wirewatch.pipeline.concepts import concept
    from wirewatch.pipeline.desk import desk

    here = desk()
    spec = concept(here, options.id)
    print(concept_text(spec, here.concepts, here.settings.concepts / f"{spec.id}.yml"))
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a file that loads; an id that is taken is refused."""
    from pydantic import ValidationError

    from wirewatch.pipeline.desk import desk
    from wirewatch.tag.new_concept import new_concept

    here = desk()
    path = here.settings.concepts / f"{options.id}.yml"
    if path.exists():
        raise InputError(f"{path} exists; choose another id, or edit that file")
    try:
        text = new_concept(options.id, options.label)
    except ValidationError as error:
        raise InputError(f"{options.id!r}: {error.errors()[0]['msg']}") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"Wrote {path}. Next:")
    print("  1. say in it what counts, and give names and examples; the comments show how")
    print(f"  2. wirewatch concepts lint {options.id}")
    print("  3. wirewatch tag --why 'a text that you have in mind'")
    print(f"  4. wirewatch retag --concept {options.id} --dry-run   to see what the warehouse holds of it")
    return 0


def lint(options: argparse.Namespace) -> int:
    """Exit 1 when there are errors."""
    from wirewatch.cli.daily import ready_desk
    from wirewatch.pipeline.concepts import lint_files
    from wirewatch.pipeline.desk import desk
    from wirewatch.tag.lint import Level

    # Only asked for is a warehouse worth starting; and ready_desk refuses files that lint is to report on.
    with ready_desk() if options.archive else nullcontext(desk()) as here:
        found = lint_files(here, options.ids, warehouse=options.archive)
    for finding in found:
        if options.json:
            row = {"file": str(finding.file), "line": finding.line, "level": finding.level.value}
            print(json.dumps({**row, "message": finding.message}, ensure_ascii=False))
        else:
            print(finding)
    errors = sum(finding.level is Level.ERROR for finding in found)
    print(f"{errors} errors, {len(found) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0
