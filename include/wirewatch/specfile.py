"""Files that people write: one YAML file to one checked object, and errors that name file, line and key.

A key that is not known, a value of the wrong type and a key given twice are errors. Nothing is guessed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

import re2
import soupsieve
import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from wirewatch.errors import SpecError


class Spec(BaseModel):
    """Base of everything that is read from such a file: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=Spec)


def load_spec(path: Path, model: type[S], *, context: dict[str, Any] | None = None) -> S:
    """File → object of the given model; SpecError names file, line and key.

    ``context`` reaches the model's validators (``info.context``): what a file can't know, such as the ids there are.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(path, "is not UTF-8 text; save it as UTF-8") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SpecError(path, f"is not YAML: {error.problem}", line=line) from error
    except yaml.YAMLError as error:
        raise SpecError(path, f"is not YAML: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise SpecError(path, "must be a mapping of keys to values", line=1)
    _refuse_repeated_keys(path, node, ())
    loader = yaml.SafeLoader("")
    try:
        data: Any = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SpecError(path, f"is not YAML: {error.problem}", line=line) from error
    finally:
        loader.dispose()
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        first = error.errors()[0]
        location = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
        line, key = _place(node, location)
        raise SpecError(path, _message(first["type"], first["msg"], model), line=line, key=key) from error


def load_specs(folder: Path, model: type[S], *, identity: str, context: dict[str, Any] | None = None) -> dict[str, S]:
    """All ``*.yml`` files of a folder, by identity; the identity must equal the file's stem, so it cannot repeat."""
    if not folder.is_dir():
        raise SpecError(folder, "is not a folder")
    specs: dict[str, S] = {}
    for path in sorted(folder.glob("*.yml")):
        spec = load_spec(path, model, context=context)
        name = getattr(spec, identity)
        if name in specs:
            raise SpecError(path, f"{name!r} is also the {identity} of another file", key=identity)
        if name != path.stem:
            raise SpecError(path, f"is {name!r}, but the file is called {path.name}; make them equal", key=identity)
        specs[name] = spec
    stray = sorted(folder.glob("*.yaml"))
    if stray:
        raise SpecError(stray[0], "ends in .yaml; name it .yml, or it would be left out")
    return specs


def _message(kind: str, text: str, model: type[Spec]) -> str:
    if kind == "extra_forbidden":
        return f"is not a key that can stand here (see the docs of {model.__name__.removesuffix('Spec').lower()} files)"
    if kind == "missing":
        return "is required"
    return text.removeprefix("Value error, ")


def _refuse_repeated_keys(path: Path, node: yaml.Node, trail: tuple[str, ...]) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                raise SpecError(path, "is given twice", line=key.start_mark.line + 1, key=".".join((*trail, name)))
            seen.add(name)
            _refuse_repeated_keys(path, value, (*trail, name))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _refuse_repeated_keys(path, item, (*trail, str(number)))


def _place(node: yaml.Node, location: tuple[str | int, ...]) -> tuple[int, str]:
    """Line (from 1) and dotted key of a pydantic error location; the nearest parent when the key is missing."""
    line = node.start_mark.line + 1
    key: list[str] = []
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                # Union tags and function names of pydantic stand in the location too; a missing key ends the walk.
                key.append(str(part))
                continue
            line, node = pair[0].start_mark.line + 1, pair[1]
            key.append(str(part))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            key.append(str(part))
    return line, ".".join(key)


def _check_css(selector: str) -> str:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"{selector!r} is not a CSS selector: {str(error).splitlines()[0]}") from error
    return selector


def _check_value_selector(selector: str) -> str:
    css, _, attribute = selector.rpartition("@")
    if css and attribute.replace("-", "").replace(":", "").replace("_", "").isalnum():
        _check_css(css.strip())
    else:
        _check_css(selector)
    return selector


def _check_pattern(pattern: str) -> str:
    try:
        re2.compile(pattern)  # type: ignore[no-untyped-call]
    except re2.error as error:
        raise ValueError(f"{pattern!r} is not an RE2 pattern: {error}") from error
    return pattern


Css = Annotated[str, AfterValidator(_check_css)]
"""A CSS selector that parses."""

ValueSelector = Annotated[str, AfterValidator(_check_value_selector)]
"""A CSS selector, or ``selector@attribute`` to take an attribute in place of the text."""

Pattern = Annotated[str, AfterValidator(_check_pattern)]
"""A regular expression of RE2 (linear time, whoever wrote it)."""
