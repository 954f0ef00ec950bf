"""Concept files: what ``include/concepts/<id>.yml`` may say, checked before any text is read.

A concept is a meaning with names in several languages. What a name looks like is in ``phrase.py``; this module holds
the file's shape, and the checks that need more than one file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wirewatch.errors import InputError, SpecError
from wirewatch.specfile import Spec, load_specs
from wirewatch.tag.phrase import check, lists_in

ConceptId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ListName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]  # as source files state it: ISO 3166-1 alpha-2, NATO …
CORE, ALL = "core", "all"
"""The pack of concepts that name none, and the word for every pack there is."""

Reader = Literal["year", "dates", "unit", "place", "strength"]
"""What ``attributes.py`` can read beside a mention."""


def _from_text(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _word_keys(value: Any) -> Any:
    """YAML 1.1 reads the keys ``yes`` and ``no`` (which is Norwegian, too) as true and false: they are words here."""
    if not isinstance(value, dict):
        return value
    return {("yes" if key else "no") if isinstance(key, bool) else key: entry for key, entry in value.items()}


def _check_wording(written: str) -> str:
    return written if written.startswith("@") else check(written)


def _check_entry(written: str) -> str:
    if lists_in(written):
        raise ValueError(f"{written!r}: a list cannot call another list")
    return check(written)


class Wording(Spec):
    """A phrase, written as text or as a mapping."""

    name: Annotated[str, Field(max_length=200), AfterValidator(_check_wording)]
    case: Literal["any", "exact"] = "any"  # exact: what is a capital here must be a capital in the text


Words = Annotated[Wording, BeforeValidator(_from_text)]


class Context(Spec):
    """What stands near a mention: a phrase, a ``$list``, or ``@concept`` (any name of it that has no conditions)."""

    any: tuple[Words, ...] = Field(min_length=1)  # one of them is enough
    within: Annotated[int, Field(ge=0, le=50)] | Literal["sentence", "article"] = "sentence"  # a number: words of it
    side: Literal["before", "after", "either"] = "either"


class Name(Wording):
    """One name of a concept."""

    only: bool = False  # counts only in texts of its own language, or of none that is known
    home: tuple[Country, ...] = ()  # counts only in articles of sources of these countries; not where it is unknown
    requires: tuple[Context, ...] = ()  # all of them must be there
    excludes: tuple[Context, ...] = ()  # none of them may be there


NameText = Annotated[Name, BeforeValidator(_from_text)]


class Examples(Spec):
    """Texts that show the concept, and texts that only look like it. The tests run them."""

    yes: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    no: tuple[Annotated[str, Field(min_length=1)], ...] = ()

    _keys = model_validator(mode="before")(_word_keys)


class ConceptSpec(Spec):
    """One concept."""

    id: ConceptId
    label: str = Field(min_length=1, max_length=120)
    definition: str = Field(min_length=1)  # what counts and what does not, for people
    group: ConceptId = CORE  # the pack it belongs to: people turn whole packs on and off
    lists: dict[ListName, tuple[Annotated[str, AfterValidator(_check_entry)], ...]] = Field(
        default_factory=dict
    )  # phrases that names and contexts call by $name
    names: Annotated[dict[Language, tuple[NameText, ...]], BeforeValidator(_word_keys)] = Field(min_length=1)
    requires: tuple[Context, ...] = ()  # for every name
    excludes: tuple[Words, ...] = ()  # phrases that cover a mention and cancel it
    unless: tuple[Context, ...] = ()  # for every name: none may be there
    implies: tuple[ConceptId, ...] = ()  # concepts that a mention of this one mentions too
    attributes: dict[ListName, Reader] = Field(default_factory=dict)  # what to keep beside a mention: name → reader
    examples: Examples

    def wordings(self) -> Iterator[Wording]:
        """All that this file looks for: names, excluding phrases, and the phrases of contexts."""
        names = [name for names in self.names.values() for name in names]
        yield from names
        yield from self.excludes
        contexts = [*self.requires, *self.unless]
        for name in names:
            contexts += [*name.requires, *name.excludes]
        for context in contexts:
            yield from context.any


def load_concepts(folder: Path, *, packs: Collection[str] = (ALL,)) -> dict[str, ConceptSpec]:
    """Concepts of the packs by id, in the order of the ids, with those that they imply or refer to.

    Every file of the folder is checked, watched or not. SpecError names file, line and key; InputError a pack that no
    file belongs to.
    """
    concepts = load_specs(folder, ConceptSpec, identity="id")
    for concept in concepts.values():
        _check_references(folder / f"{concept.id}.yml", concept, concepts)
    return dict(concepts) if ALL in packs else _of_packs(concepts, packs)


def _of_packs(concepts: Mapping[str, ConceptSpec], packs: Collection[str]) -> dict[str, ConceptSpec]:
    there_are = {CORE} | {concept.group for concept in concepts.values()}
    for pack in packs:
        if pack not in there_are:
            raise InputError(f"WIREWATCH_PACKS: there is no pack {pack!r}; there are {', '.join(sorted(there_are))}")
    waiting = [concept.id for concept in concepts.values() if concept.group in packs]
    wanted: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += concepts[name].implies
            waiting += [wording.name[1:] for wording in concepts[name].wordings() if wording.name.startswith("@")]
    return {name: concept for name, concept in concepts.items() if name in wanted}


def _check_references(path: Path, concept: ConceptSpec, concepts: Mapping[str, ConceptSpec]) -> None:
    for name in concept.implies:
        if name == concept.id:
            raise SpecError(path, f"{name!r} is this concept itself", line=_line(path, name, "implies"), key="implies")
        if name not in concepts:
            raise SpecError(path, f"there is no concept {name!r}", line=_line(path, name, "implies"), key="implies")
    for wording in concept.wordings():
        written = wording.name
        if written.startswith("@") and written[1:] not in concepts:
            raise SpecError(path, f"there is no concept {written!r}", line=_line(path, written), key=written)
        for name in () if written.startswith("@") else lists_in(written):
            if name not in concept.lists:
                raise SpecError(
                    path, f"this file has no list ${name}", line=_line(path, f"${name}"), key=f"lists.{name}"
                )


def _line(path: Path, written: str, key: str = "") -> int | None:
    """Line (from 1) where a value stands, at or after the key that holds it."""
    begun = not key
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        begun = begun or line.startswith(f"{key}:")
        if begun and written in line:
            return number
    return None
