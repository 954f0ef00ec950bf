"""A rule as a tree of frozen values. Two rules that are laid out differently are equal: places do not count.

``at`` is where in the rule's text a node stands (code points, end exclusive), for messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from wirewatch.model import ChangeKind

Place = tuple[int, int]


class Form(str, Enum):
    """Which forms of a word are meant."""

    WRITTEN = "written"  # this one
    ANY = "any"  # word~: all case forms of the word that a dictionary lists
    STEM = "stem"  # word*: whatever begins so


class Field(str, Enum):
    """A part of an article."""

    TITLE = "title"
    LEAD = "lead"  # the first two sentences of the body
    BODY = "body"


class About(str, Enum):
    """What of an article, rather than in its text, a list names."""

    SOURCE = "source"
    COUNTRY = "country"
    KIND = "kind"  # of the source
    LANGUAGE = "language"


class Counted(str, Enum):
    """What of a story is counted."""

    INDEPENDENT = "independent"  # publishers that neither copy nor cite another of it
    ARTICLES = "articles"


@dataclass(frozen=True)
class Word:
    """One word of a phrase."""

    text: str  # NFC, as written
    form: Form = Form.WRITTEN


@dataclass(frozen=True)
class _Node:
    at: Place = field(default=(0, 0), compare=False, repr=False, kw_only=True)

    @cached_property
    def depth(self) -> int:
        """Levels of the tree from here down. It is asked of each node as it is made, from the leaves up."""
        return 1 + max((child.depth for child in children(self)), default=0)


@dataclass(frozen=True)
class _Leaf(_Node):
    """What has nothing below it."""


@dataclass(frozen=True)
class Words(_Leaf):
    """A word, or words one behind the other."""

    words: tuple[Word, ...]
    exact: bool = False  # letters in the very case that is written


@dataclass(frozen=True)
class Concepts(_Leaf):
    """A mention of one of these concepts."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Listed(_Leaf):
    """An article whose source, country, kind or language is one of these."""

    about: About
    values: tuple[str, ...]


@dataclass(frozen=True)
class Changed(_Leaf):
    """An article that changed in one of these ways."""

    kinds: tuple[ChangeKind, ...]
    concepts: tuple[str, ...] = ()  # one of which came or went; empty: whatever changed


@dataclass(frozen=True)
class Count(_Leaf):
    """How many sources or articles a story has."""

    of: Counted
    compare: str  # one of >= <= > < =
    number: int


@dataclass(frozen=True)
class FirstMention(_Leaf):
    """A mention of a concept that no article mentioned in so many days before."""

    concept: str
    days: int


@dataclass(frozen=True)
class Spike(_Leaf):
    """A mention of a concept on a day that has more than so many times the usual day's articles with it."""

    concept: str
    factor: float
    days: int  # the baseline's length


@dataclass(frozen=True)
class _Pair(_Node):
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Near(_Pair):
    """Both, the later at most so many words behind the earlier; words side by side are 1 apart."""

    distance: int


@dataclass(frozen=True)
class SameSentence(_Pair):
    """Both in one sentence."""


@dataclass(frozen=True)
class Within(_Node):
    """Something in one part of the article."""

    part: Field
    inside: Expression


@dataclass(frozen=True)
class Not(_Node):
    """Not this."""

    inside: Expression


@dataclass(frozen=True)
class _Several(_Node):
    parts: tuple[Expression, ...]  # two or more, none of the same class


@dataclass(frozen=True)
class AllOf(_Several):
    """Each of these: AND."""


@dataclass(frozen=True)
class AnyOf(_Several):
    """At least one of these: OR."""


Leaf = Words | Concepts | Listed | Changed | Count | FirstMention | Spike
Expression = Leaf | Near | SameSentence | Within | Not | AllOf | AnyOf


def children(node: _Node) -> tuple[Expression, ...]:
    """What stands directly below a node, in order."""
    if isinstance(node, (AllOf, AnyOf)):
        return node.parts
    if isinstance(node, (Near, SameSentence)):
        return node.left, node.right
    if isinstance(node, (Within, Not)):
        return (node.inside,)
    return ()


def leaves(node: Expression) -> tuple[Leaf, ...]:
    """All leaves of a tree, from left to right."""
    found: list[Leaf] = []
    waiting: list[Expression] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, _Leaf):
            found.append(here)
        waiting.extend(reversed(children(here)))
    return tuple(found)
