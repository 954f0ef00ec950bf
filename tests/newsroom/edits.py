"""What a scripted change is: an article, what its publisher does to it and when, and the answer sheet.

The script itself is in ``script_of_words``, ``script_of_furniture``, ``script_of_absences`` and ``script_of_sites``;
``edited_sites`` serves it. Nothing here knows how Wirewatch finds a change: acts and answers are written side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Literal

from tests.newsroom.filler import paragraph
from wirewatch.model import Absence, ArticleChange, ChangeKind

PUBLISHED = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
"""When the articles appear, give or take five minutes."""


@dataclass(frozen=True)
class Moment:
    """A run of a job."""

    hours: float  # after publication
    job: Literal["daily", "recheck"]

    @property
    def at(self) -> datetime:
        """UTC."""
        return PUBLISHED + timedelta(hours=self.hours)


FIRST, HOUR, SECOND, MORNING, DAY, DAY_LATER, WEEK, WEEK_LATER = range(8)
MOMENTS = (
    Moment(0.4, "daily"),
    Moment(1.1, "recheck"),
    Moment(2.1, "recheck"),
    Moment(19.0, "daily"),
    Moment(24.1, "recheck"),
    Moment(25.1, "recheck"),
    Moment(168.1, "recheck"),
    Moment(169.1, "recheck"),
)
"""In order; the names above are places in it."""

Served = Literal["page", "404", "410", "451", "403", "soft-404", "home", "section", "emptied", "moved"]


@dataclass(frozen=True)
class Standing:
    """An article at one moment."""

    title: str
    paragraphs: tuple[str, ...]
    listed: str | None = None  # its title on the listing; None: the page's
    beside: tuple[tuple[int, str], ...] = ()  # (number of a paragraph, HTML that stands behind it in the text's column)
    served: Served = "page"


Act = Callable[[Standing], Standing]


@dataclass(frozen=True)
class Told:
    """A line of the answer sheet."""

    moment: int  # of MOMENTS
    change: ArticleChange
    listing: bool = False


@dataclass(frozen=True)
class Scripted:
    """One article and what becomes of it."""

    name: str
    site: str
    language: Literal["ru", "uk", "pl", "lt", "en"]
    title: str
    own: Mapping[int, str] = field(default_factory=dict)  # paragraphs of its own by number; the others are filled in
    acts: Mapping[int, tuple[Act, ...]] = field(default_factory=dict)  # by moment
    told: tuple[Told, ...] = ()
    still: bool = False  # nothing around the text changes either: the very bytes stay

    def at(self, moment: int) -> Standing:
        """As it stands at a moment."""
        draw = Random(f"{self.site} {self.title}")
        texts = [paragraph(self.language, draw) for _ in range(max(5, *self.own, 0))]
        for number, text in self.own.items():
            texts[number - 1] = text
        standing = Standing(self.title, tuple(texts))
        for each in range(moment + 1):
            for act in self.acts.get(each, ()):
                standing = act(standing)
        return standing


# What a publisher does


def words(number: int, before: str, after: str) -> Act:
    """Other words in a paragraph."""

    def act(standing: Standing) -> Standing:
        text = standing.paragraphs[number - 1]
        if text.count(before) != 1:
            raise ValueError(f"{before!r} does not stand once in {text!r}")
        return rewritten(number, text.replace(before, after))(standing)

    return act


def rewritten(number: int, text: str) -> Act:
    """Another paragraph in its place."""

    def act(standing: Standing) -> Standing:
        before = standing.paragraphs
        return replace(standing, paragraphs=(*before[: number - 1], text, *before[number:]))

    return act


def added(number: int, text: str) -> Act:
    """A paragraph more, which then has that number."""

    def act(standing: Standing) -> Standing:
        before = standing.paragraphs
        return replace(standing, paragraphs=(*before[: number - 1], text, *before[number - 1 :]))

    return act


def dropped(number: int) -> Act:
    """A paragraph less."""
    return lambda standing: replace(
        standing, paragraphs=(*standing.paragraphs[: number - 1], *standing.paragraphs[number:])
    )


def paragraphs(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Act:
    """The paragraphs cut, ordered or set otherwise."""
    return lambda standing: replace(standing, paragraphs=change(standing.paragraphs))


def retitled(title: str) -> Act:
    """Another headline, on the page and on the listing."""
    return lambda standing: replace(standing, title=title, listed=None)


def listed_as(title: str) -> Act:
    """Another headline on the listing; the page stays."""
    return lambda standing: replace(standing, listed=title)


def beside(*lines: tuple[int, str]) -> Act:
    """What stands in the text's column behind which paragraph, in place of what stood there."""
    return lambda standing: replace(standing, beside=lines)


def served(how: Served) -> Act:
    """How the address answers from now on."""
    return lambda standing: replace(standing, served=how)


# What is to be told of it: ``passage`` is the paragraph, where that is one sentence


def edited(moment: int, number: int | None, before: str | None, after: str | None, passage: str) -> Told:
    """Other words."""
    return Told(moment, ArticleChange(ChangeKind.EDITED, before, after, paragraph=number, passage=passage))


def number(moment: int, place: int | None, before: str, after: str, passage: str) -> Told:
    """Another number."""
    return Told(moment, ArticleChange(ChangeKind.NUMBER, before, after, paragraph=place, passage=passage))


def headline(moment: int, before: str, after: str, *, listing: bool = False) -> Told:
    """Another headline."""
    return Told(moment, ArticleChange(ChangeKind.HEADLINE, before, after, passage=after), listing)


def concept_added(moment: int, place: int | None, concept: str, surface: str, passage: str) -> Told:
    """It is mentioned, and was not."""
    change = ArticleChange(ChangeKind.CONCEPT_ADDED, None, surface, concept=concept, paragraph=place, passage=passage)
    return Told(moment, change)


def concept_removed(moment: int, place: int | None, concept: str, surface: str, passage: str) -> Told:
    """It was mentioned, and is no more."""
    change = ArticleChange(ChangeKind.CONCEPT_REMOVED, surface, None, concept=concept, paragraph=place, passage=passage)
    return Told(moment, change)


def withdrawn(moment: int, absence: Absence) -> Told:
    """Twice not there."""
    return Told(moment, ArticleChange(ChangeKind.WITHDRAWN, absence=absence))


def restored(moment: int) -> Told:
    """There again."""
    return Told(moment, ArticleChange(ChangeKind.RESTORED))
