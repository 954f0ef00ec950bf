"""A rule's tree against what there is: names that do not exist, words and numbers that say nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from wirewatch.alert.language.reading import Reader
from wirewatch.alert.language.shape import check_shape
from wirewatch.alert.language.syntax import (
    About,
    Changed,
    Concepts,
    Count,
    Expression,
    Form,
    Leaf,
    Listed,
    Spike,
    Word,
    Words,
    leaves,
)
from wirewatch.alert.language.trouble import RuleTextError, did_you_mean

SHORTEST_STEM = 2
_PATTERNS = {About.COUNTRY: re.compile(r"[A-Z]{2}|NATO|CSTO|EU|INT"), About.LANGUAGE: re.compile(r"[a-z]{2}")}


@dataclass(frozen=True)
class Known:
    """The names there are; None: any name will do."""

    concepts: Collection[str] | None = None
    sources: Collection[str] | None = None
    kinds: Collection[str] | None = None


def check(tree: Expression, text: str, *, reader: Reader, known: Known) -> None:
    """Nothing when the rule can be used, else RuleTextError; ``text`` is what the tree was made of."""
    checker = _Checker(text, reader, known)
    for leaf in leaves(tree):
        checker.leaf(leaf)
    check_shape(tree, text)


@dataclass(frozen=True)
class _Checker:
    text: str
    reader: Reader
    known: Known

    def leaf(self, leaf: Leaf) -> None:
        """One leaf by itself."""
        if isinstance(leaf, Words):
            self._words(leaf)
        elif isinstance(leaf, Listed):
            self._listed(leaf)
        elif isinstance(leaf, Count):
            self._count(leaf)
        elif isinstance(leaf, Concepts):
            self._names("concept", leaf.ids, self.known.concepts, leaf)
        elif isinstance(leaf, Changed):
            self._names("concept", leaf.concepts, self.known.concepts, leaf)
        else:
            self._names("concept", (leaf.concept,), self.known.concepts, leaf)
        if isinstance(leaf, Spike) and leaf.factor < 1:
            raise self._error(leaf, "a spike is more than usual", "its factor is 1x at the least")

    def _error(self, node: Expression, message: str, hint: str = "") -> RuleTextError:
        return RuleTextError(self.text, message, start=node.at[0], end=node.at[1], hint=hint)

    def _names(self, kind: str, names: tuple[str, ...], known: Collection[str] | None, leaf: Leaf) -> None:
        for name in names:
            if known is not None and name not in known:
                start = max(leaf.at[0], _find_name(self.text, name, *leaf.at))
                hint = did_you_mean(name, known)
                raise RuleTextError(
                    self.text, f"{name!r} is not a {kind}", start=start, end=start + len(name), hint=hint
                )

    def _listed(self, leaf: Listed) -> None:
        if leaf.about is About.SOURCE:
            self._names("source", leaf.values, self.known.sources, leaf)
        elif leaf.about is About.KIND:
            self._names("kind of source", leaf.values, self.known.kinds, leaf)
        else:
            for value in leaf.values:
                if not _PATTERNS[leaf.about].fullmatch(value):
                    hint = "write two letters, or NATO, CSTO, EU, INT" if leaf.about is About.COUNTRY else "such as ru"
                    raise self._error(leaf, f"{value!r} is not a {leaf.about.value}", hint)

    def _count(self, leaf: Count) -> None:
        least = leaf.number + (leaf.compare == ">")
        if leaf.compare in (">", ">=") and least <= 1:
            raise self._error(leaf, "every story has one", "ask for 2 or more")
        if leaf.number + (leaf.compare == "<=") <= 1 and leaf.compare in ("<", "<="):
            raise self._error(leaf, "no story has fewer than one")
        if leaf.compare == "=" and not leaf.number:
            raise self._error(leaf, "every story has one", "ask for 1 or more")

    def _words(self, leaf: Words) -> None:
        for word in leaf.words:
            self._word(word, leaf)
        if not any(self.reader.keys(word.text) for word in leaf.words):
            raise self._error(leaf, "there is no letter or digit to look for")

    def _word(self, word: Word, leaf: Words) -> None:
        keys = self.reader.keys(word.text)
        if word.form is Form.STEM and len("".join(keys)) < SHORTEST_STEM:
            raise self._error(leaf, f"{word.text}* would find nearly everything", "give more of its letters")
        if word.form is not Form.ANY:
            return
        try:
            self.reader.forms(word.text)
        except ValueError:
            hint = "write it as dictionaries do (учение, совместный), or its stem with a *"
            raise self._error(leaf, f"no dictionary lists {word.text!r}", hint) from None


def _find_name(text: str, name: str, start: int, end: int) -> int:
    """Where a name of a list stands; the field before the colon is none."""
    found = re.compile(rf"(?i)(?<![\w-]){re.escape(name)}(?![\w:-])").search(text, start, end)
    return found.start() if found else start
