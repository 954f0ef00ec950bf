"""What the grammar found → the nodes of a rule's tree, from the leaves up."""

from __future__ import annotations

import unicodedata
from typing import Any, TypeVar

from lark import Token, Transformer

from wirewatch.alert.language.syntax import (
    About,
    AllOf,
    AnyOf,
    Changed,
    Concepts,
    Count,
    Counted,
    Expression,
    Field,
    FirstMention,
    Form,
    Listed,
    Near,
    Not,
    Place,
    SameSentence,
    Spike,
    Within,
    Word,
    Words,
)
from wirewatch.alert.language.trouble import did_you_mean
from wirewatch.model import ChangeKind

DEEPEST = 100
"""Levels of parentheses, and of the tree."""

USUAL_DAYS = 28
"""Days of a spike's baseline unless the rule says otherwise: four weeks, so that each weekday counts alike."""

_VALUES = ("WORD", "SMALL_OPERATOR")
_QUOTES = '"«»“”„'
_Made = TypeVar("_Made", bound=Expression)


class Wrong(Exception):  # noqa: N818 - it never leaves the parser
    """A mistake met where the rule's text is not at hand; ``parse`` makes a RuleTextError of it."""

    def __init__(self, message: str, at: Place, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


def place_of(*parts: Any) -> Place:
    """From the first to the last of tokens and nodes."""
    places = [(part.start_pos, part.end_pos) if isinstance(part, Token) else part.at for part in parts]
    return places[0][0] or 0, places[-1][1] or 0


def _not_too_deep(node: _Made) -> _Made:
    if node.depth > DEEPEST:
        raise Wrong(f"the rule is more than {DEEPEST} levels deep", node.at)
    return node


class Builder(Transformer[Token, Expression]):
    """Makes nodes while the text is parsed, so nothing is recursive. Its methods are called as the grammar's rules."""

    def start(self, parts: list[Any]) -> Expression:
        node: Expression = parts[0]
        return node

    def any_of(self, parts: list[Any]) -> Expression:
        return _not_too_deep(AnyOf(_flat(parts, AnyOf), at=place_of(*parts)))

    def all_of(self, parts: list[Any]) -> Expression:
        return _not_too_deep(AllOf(_flat(parts, AllOf), at=place_of(*parts)))

    def not_(self, parts: list[Any]) -> Expression:
        return _not_too_deep(Not(parts[1], at=place_of(*parts)))

    def near(self, parts: list[Any]) -> Expression:
        left, operator, right = parts
        return _not_too_deep(Near(left, right, int(operator.removeprefix("NEAR/")), at=place_of(*parts)))

    def same_sentence(self, parts: list[Any]) -> Expression:
        return _not_too_deep(SameSentence(parts[0], parts[2], at=place_of(*parts)))

    def group(self, parts: list[Any]) -> Expression:
        node: Expression = parts[1]
        return node

    def within(self, parts: list[Any]) -> Expression:
        return _not_too_deep(Within(Field(parts[0][:-1]), parts[1], at=place_of(*parts)))

    def words(self, parts: list[Any]) -> Expression:
        return _words(parts[0], at=place_of(*parts))

    def forms(self, parts: list[Any]) -> Expression:
        found = _words(parts[1], at=place_of(*parts))
        if any(word.form is Form.STEM for word in found.words):
            raise Wrong("lemma: asks for forms that a dictionary lists", found.at, "leave lemma: or the * out")
        return Words(tuple(Word(word.text, Form.ANY) for word in found.words), at=found.at)

    def concept(self, parts: list[Any]) -> Expression:
        return Concepts(_values(parts), at=place_of(*parts))

    def listed(self, parts: list[Any]) -> Expression:
        about = About(parts[0][:-1])
        return Listed(about, tuple(_spelled(about, value) for value in _values(parts)), at=place_of(*parts))

    def changed(self, parts: list[Any]) -> Expression:
        return Changed(tuple(_kind(part) for part in parts[1:] if part.type in _VALUES), at=place_of(*parts))

    def concept_changed(self, parts: list[Any]) -> Expression:
        kind = ChangeKind.CONCEPT_ADDED if parts[0] == "added:" else ChangeKind.CONCEPT_REMOVED
        return Changed((kind,), _values(parts), at=place_of(*parts))

    def count(self, parts: list[Any]) -> Expression:
        written = parts[0]
        name = written[: len("independent")] if written.startswith("independent") else "articles"
        rest = written[len(name) :].strip()
        compare = rest.rstrip("0123456789 \t\n\r")
        return Count(Counted(name), compare, int(rest[len(compare) :]), at=place_of(*parts))

    def first_mention(self, parts: list[Any]) -> Expression:
        return FirstMention(str(parts[1]), _days(parts[2]), at=place_of(*parts))

    def spike(self, parts: list[Any]) -> Expression:
        days = _days(parts[3]) if len(parts) > 3 else USUAL_DAYS
        return Spike(str(parts[1]), float(parts[2].strip("> x\t\n\r")), days, at=place_of(*parts))


def _flat(parts: list[Any], kind: type[AllOf] | type[AnyOf]) -> tuple[Expression, ...]:
    """The operands, those of the same kind taken apart: (a OR b) OR c is a OR b OR c."""
    flat: list[Expression] = []
    for part in parts:
        if not isinstance(part, Token):
            flat += part.parts if isinstance(part, kind) else (part,)
    return tuple(flat)


def _values(parts: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(part) for part in parts[1:] if part.type in _VALUES))


def _spelled(about: About, value: str) -> str:
    return value.upper() if about is About.COUNTRY else value.lower()


def _kind(token: Token) -> ChangeKind:
    kinds = [kind.value for kind in ChangeKind]
    if token not in kinds:
        hint = did_you_mean(token, kinds, otherwise=f"there are {', '.join(kinds)}")
        raise Wrong(f"{token!s:.60} is not a kind of change", place_of(token), hint)
    return ChangeKind(token)


def _days(window: Token) -> int:
    days = int(window[2:-1])
    if not 1 <= days <= 3650:
        raise Wrong("a time is from 1 to 3650 days", place_of(window))
    return days


def _words(token: Token, *, at: Place) -> Words:
    """A bare or quoted word or phrase; quotes inside it say nothing, as in the texts it is looked for in."""
    exact = token.startswith("=")
    if "&&" in token and token.type in ("WORD", "STEM", "FORMS", "EXACT_WORD"):
        raise Wrong("&& joins nothing", at, "write AND")
    plain = unicodedata.normalize("NFC", token.removeprefix("=")).translate(dict.fromkeys(map(ord, _QUOTES), " "))
    return Words(tuple(_word(word, exact=exact, at=place_of(token)) for word in plain.split()), exact, at=at)


def _word(written: str, *, exact: bool, at: Place) -> Word:
    text = written.rstrip("*~")
    mark = written[len(text) :]
    if "*" in text or "~" in text or len(mark) > 1 or (mark and not text):
        raise Wrong(f"{written!s:.60}: * and ~ stand at the end of a word, one of them", at)
    if mark and exact:
        raise Wrong("= asks for the word as it is written", at, "leave the = or the mark out")
    return Word(text, {"": Form.WRITTEN, "~": Form.ANY, "*": Form.STEM}[mark])
