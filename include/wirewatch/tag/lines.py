"""Where a value of a concept file stands: its line, for messages that a person acts upon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from wirewatch.tag.concepts import ConceptSpec


@dataclass(frozen=True)
class FileLines:
    """One concept file that loads."""

    path: Path

    @cached_property
    def _root(self) -> yaml.Node:
        node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        if node is None:
            raise ValueError(f"{self.path} is empty")
        return node

    def line(self, *keys: str | int) -> int:
        """Line (from 1) of the value that keys lead to, or of the last of them that is there."""
        node, line = self._root, 1
        for key in keys:
            found = _child(node, key)
            if found is None:
                return line
            line, node = found
        return line

    def name_line(self, spec: ConceptSpec, language: str, name: str) -> int:
        """Line of a name that the file lists under a language; of the language when it lists no such name."""
        written = [each.name for each in spec.names.get(language, ())]
        return self.line("names", language, *([written.index(name)] if name in written else []))


def _child(node: yaml.Node, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None
