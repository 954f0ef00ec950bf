"""Source files' JSON schema, for editors that complete and check YAML while it is written.

What the models say is the schema; the comments beside their fields are its descriptions, so that nothing is said twice.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
import tokenize
from typing import Any

from pydantic import BaseModel

from wirewatch import sources
from wirewatch.sources import ENTRY_KINDS, Entry, SourceSpec

SCHEMA_NAME = "source.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_NAME}"
"""First line of a source file, by which editors find the schema beside it."""


def source_schema() -> dict[str, Any]:
    """JSON Schema of a source file, in the draft (07) that the editors' YAML servers know best."""
    schema = SourceSpec.model_json_schema()
    definitions = schema["$defs"]
    for name, model in _models().items():
        described = schema if model is SourceSpec else definitions.get(name)
        if described:
            _describe(described["properties"], field_comments(model))
    definitions[Entry.__name__]["oneOf"] = [{"required": [kind]} for kind in ENTRY_KINDS]
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Wirewatch source file", **_plain(schema)}


def schema_text() -> str:
    """The schema as the file beside the source files holds it."""
    return json.dumps(source_schema(), indent=2, ensure_ascii=False) + "\n"


def field_comments(model: type[BaseModel]) -> dict[str, str]:
    """Field → the comment that stands at the end of its line; inherited fields included."""
    found: dict[str, str] = {}
    for parent in reversed(model.__mro__):
        if parent.__module__ == sources.__name__:
            found |= _comments(inspect.getsource(parent))
    return found


def _comments(source: str) -> dict[str, str]:
    (body,) = ast.parse(source).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - for mypy: it is the source of a class
    fields = {
        statement.end_lineno: statement.target.id
        for statement in body.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    return {name: comments[line] for line, name in fields.items() if line in comments}


def _models() -> dict[str, type[BaseModel]]:
    return {name: item for name, item in vars(sources).items() if inspect.isclass(item) and issubclass(item, BaseModel)}


def _describe(properties: dict[str, Any], comments: dict[str, str]) -> None:
    for name, comment in comments.items():
        if name in properties:
            properties[name]["description"] = comment[0].upper() + comment[1:]


def _plain(node: Any) -> Any:
    """Without what says nothing to who writes YAML: a key's name as its title, and that a key may be null."""
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _plain(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))}
    choices = plain.get("anyOf", [])
    if {"type": "null"} in choices and len(choices) == 2 and plain.get("default", 0) is None:
        del plain["anyOf"], plain["default"]
        plain = {**next(choice for choice in choices if choice != {"type": "null"}), **plain}
    return plain
