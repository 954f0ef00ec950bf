"""Concept files beside the warehouse: what lint finds in them, and by which of them its history is tagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from wirewatch.errors import InputError, SpecError, WirewatchError
from wirewatch.pipeline.desk import Desk
from wirewatch.specfile import load_spec
from wirewatch.tag.cache import load_matcher
from wirewatch.tag.concepts import ALL, ConceptSpec
from wirewatch.tag.fingerprint import fingerprints
from wirewatch.tag.lint import Finding, Level, Pack, Warehouse, lint
from wirewatch.warehouse import embedded, retag
from wirewatch.warehouse.connection import Connection

CURRENT, CHANGED, UNKNOWN = "current", "changed since last retag", "new"


def concept(desk: Desk, name: str) -> ConceptSpec:
    """One concept; InputError when there is no such file."""
    if name not in desk.every_concept:
        raise no_concept(name, desk.settings.concepts)
    return desk.every_concept[name]


def no_concept(name: str, folder: Path) -> InputError:
    """What is said of a name without a file, for the caller to raise."""
    return InputError(f"there is no concept {name!r} in {folder}; `wirewatch concepts list`")


def lint_files(desk: Desk, names: Sequence[str] = (), *, warehouse: bool = False) -> list[Finding]:
    """What is wrong with these concepts (empty: all). With files that do not load, that alone, for every one of them.

    ``warehouse`` also asks which names were never found. InputError for a name without a file, WirewatchError when
    the warehouse is asked and does not answer.
    """
    folder = desk.settings.concepts
    for name in names:
        if not (folder / f"{name}.yml").is_file():
            raise no_concept(name, folder)
    broken = list(_broken(folder))
    if broken:
        return broken
    try:
        concepts = desk.every_concept
        matcher = load_matcher(folder, desk.settings.cache, packs=[ALL])
        _ = desk.attributes.places
    except SpecError as error:
        return [_finding(error)]
    found = _found_so_far(desk) if warehouse else None
    return lint(Pack(folder, concepts, matcher, tuple(dict.fromkeys(names)) or tuple(concepts), found))


def histories(desk: Desk) -> dict[str, str]:
    """Concept → how the warehouse's history stands beside its file; empty when no warehouse is running."""
    with _running_warehouse(desk) as connection:
        if connection is None:
            return {}
        with connection:
            known = retag.histories(connection)
    return {name: _state(known.get(name), fingerprint) for name, fingerprint in fingerprints(desk.concepts).items()}


def _state(known: retag.History | None, fingerprint: str) -> str:
    if known is None:
        return UNKNOWN
    return CURRENT if known.history_hash == fingerprint else CHANGED


def _found_so_far(desk: Desk) -> Warehouse:
    with desk.warehouse() as connection, connection:
        articles = retag.count_articles(connection, since=None, after=0)
        return Warehouse(articles, retag.name_counts(connection))


@contextmanager
def _running_warehouse(desk: Desk) -> Iterator[Connection | None]:
    """The warehouse if it is there without our starting it; a list of files must not need one."""
    connection: Connection | None = None
    with ExitStack() as stack:
        if desk.settings.database_url or embedded.info(desk.settings.postgres) is not None:
            with suppress(WirewatchError):
                connection = stack.enter_context(desk.warehouse())
        yield connection


def _broken(folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob("*.yml")):
        try:
            load_spec(path, ConceptSpec)
        except SpecError as error:
            yield _finding(error)


def _finding(error: SpecError) -> Finding:
    message = f"{error.key}: {error.message}" if error.key else error.message
    return Finding(error.file, error.line or 1, Level.ERROR, message)
