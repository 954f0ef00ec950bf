"""What the matcher says of a candidate: a place where a name of a concept stands, whether or not it is a mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(str, Enum):
    """What became of a candidate. All but ``MENTION`` are rejections."""

    MENTION = "mention"
    LANGUAGE = "language"  # the name counts in texts of its own language only, and this text has another
    HOME = "home"  # the name counts in articles of sources of some countries only, and this one is none of them
    REQUIRES = "requires"  # a context that must be there is not
    EXCLUDES = "excludes"  # a context that must not be there is
    COVERED = "covered"  # an excluding phrase of the concept covers it
    OVERLAPPED = "overlapped"  # a longer name of the same concept stands there


@dataclass(frozen=True, order=True)
class Cause:
    """A condition, and the place that fulfilled or broke it. Without such a place all but ``condition`` is None."""

    condition: str  # as one line: "requires учени* | маневр*, within the sentence"
    wording: str | None = None  # the phrase that was found, as the concept file writes it
    field: str | None = None  # title or body
    start: int | None = None  # code points of the field as given
    end: int | None = None  # exclusive
    surface: str | None = None


@dataclass(frozen=True)
class Explained:
    """One candidate. Those that are mentions are those that ``find`` returns, implied concepts apart."""

    concept: str
    field: str  # title or body
    start: int  # code points of the field as given
    end: int  # exclusive
    surface: str
    name: str  # as the concept file writes it
    language: str  # under which the file lists the name
    form: str  # what matched, as folding left it
    verdict: Verdict
    # A mention: each required context with the place that fulfilled it. A rejection: the one condition that decided.
    causes: tuple[Cause, ...] = ()
    implies: tuple[str, ...] = ()  # concepts that this mention mentions too; empty when it is none
