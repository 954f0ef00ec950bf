"""What is true of each article on each day: the answer sheet of the newsroom, without HTML and without sockets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from tests.newsroom.pieces import DayTwo, Piece
from tests.newsroom.publishers import PUBLISHERS, Publisher, article_path


class State(str, Enum):
    """How an article stands on a day, compared with the day before."""

    NEW = "new"
    STANDING = "standing"  # as it was yesterday
    EDITED = "edited"  # another text under the same address
    RETITLED = "retitled"  # another headline, the same text
    WITHDRAWN = "withdrawn"  # 404, and named nowhere
    MOVED = "moved"  # 301 from the address that is still named to a new one; the same text
    BROKEN = "broken"  # 200, cut off behind the headline: no text can be read
    FORBIDDEN = "forbidden"  # named, and answers 403
    DISALLOWED = "disallowed"  # named, but robots.txt closes it: nobody should ask


@dataclass(frozen=True)
class Truth:
    """One article on one day."""

    key: str  # publisher/stem of its file
    publisher: str
    path: str  # where the page stands; withdrawn: where it stood
    listed: tuple[str, ...]  # addresses by which the site names it that day, the plain one first
    title: str
    language: str
    published: datetime  # in the publisher's zone, to the minute
    modified: datetime  # of the last change that the page admits
    author: str
    section: str
    concepts: frozenset[str]
    copy_of: str | None  # key of the article it reprints word for word
    state: State
    paragraphs: tuple[str, ...]
    steady: bool  # served without a fault, and the same on both days

    @property
    def text(self) -> str:
        """Paragraphs separated by one newline, as an article's body is kept."""
        return "\n".join(self.paragraphs)

    @property
    def readable(self) -> bool:
        """Whether a polite reader can get the text on this day."""
        return self.state not in (State.WITHDRAWN, State.BROKEN, State.FORBIDDEN, State.DISALLOWED)


def truths(pieces: Mapping[str, Piece], *, day: int, date: date) -> list[Truth]:
    """Every article that has appeared by that day (1 or 2), in order of the files; ``date`` is day two's."""
    return [_truth(piece, day=day, date=date) for piece in pieces.values() if piece.day <= day]


def listed_on(truths: Iterable[Truth], publisher: Publisher) -> list[Truth]:
    """What the site names, newest first."""
    named = (truth for truth in truths if truth.publisher == publisher.slug and truth.listed)
    return sorted(named, key=lambda truth: truth.published, reverse=True)


def _truth(piece: Piece, *, day: int, date: date) -> Truth:
    publisher = PUBLISHERS[piece.publisher]
    change = piece.on_day_two if day == 2 and piece.on_day_two else None
    appeared = date - timedelta(days=2 - piece.day)
    published = _at(appeared, piece.time, publisher)
    first_path = article_path(publisher, piece, appeared, piece.section)
    section = change.section if change and change.section else piece.section
    withdrawn = change is not None and change.state == "withdrawn"
    return Truth(
        key=piece.key,
        publisher=piece.publisher,
        path=article_path(publisher, piece, appeared, section),
        listed=() if withdrawn else (first_path, *(first_path + alias for alias in piece.aliases)),
        title=change.title if change and change.title else piece.title,
        language=piece.language,
        published=published,
        modified=_at(date, change.time, publisher) if change and change.time else published,
        author=piece.author,
        section=section,
        concepts=frozenset(piece.concepts if change is None or change.concepts is None else change.concepts),
        copy_of=piece.copy_of,
        state=_state(piece, change, day, publisher),
        paragraphs=_paragraphs(piece, change),
        steady=piece.fault is None and piece.on_day_two is None,
    )


def _state(piece: Piece, change: DayTwo | None, day: int, publisher: Publisher) -> State:
    if piece.fault:
        return State.BROKEN if piece.fault == "truncated" else State.FORBIDDEN
    if f"/{piece.section}/" == publisher.disallowed:
        return State.DISALLOWED
    if change:
        return State(change.state)
    return State.NEW if piece.day == day else State.STANDING


def _paragraphs(piece: Piece, change: DayTwo | None) -> tuple[str, ...]:
    replaced = change.paragraphs if change else {}
    if not set(replaced) <= set(range(1, len(piece.paragraphs) + 1)):
        raise ValueError(f"{piece.key}: on_day_two names a paragraph that is not there")
    return tuple(replaced.get(number, text) for number, text in enumerate(piece.paragraphs, start=1))


def _at(day: date, clock: str, publisher: Publisher) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=publisher.tzinfo)
