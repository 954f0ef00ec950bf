"""Written date → moment: the day, the time as far as it is stated, and the offset if it is stated.

Reads ISO 8601 in its web variants, RFC 2822, ``24 ноября 2026, 14:05``, ``Nov. 24, 2026 2:05 pm EST``,
``2026 m. lapkričio 24 d.``, ``24.11.2026``, ``2026年11月24日``; and, given the moment of reading, ``wczoraj, 9:30``,
``2 часа назад`` and dates without a year. Nothing is filled in: a missing time gives precision ``day``, a missing
offset a naive time.

A count of hours or minutes goes back along the time line (in UTC), a count of days in the calendar of the place. "Two
hours ago" is rounded by up to an hour and states its day only; "five minutes ago" states its minute.
A local time that the zone's clocks skip or show twice is read with ``fold=0`` (PEP 495): the offset from before the
change. It stays readable, and wrong by an hour at the most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from wirewatch.model import Precision, Published
from wirewatch.written_dates.clock import find_clock
from wirewatch.written_dates.months import month_number
from wirewatch.written_dates.relative import Back, find_back


@dataclass(frozen=True)
class Moment:
    """A date as written."""

    at: datetime  # aware exactly when the text states an offset or counts back from the moment of reading
    precision: Precision  # never NONE
    stated: str  # the text that was read


@dataclass(frozen=True)
class Habits:
    """How a page writes dates, and when and where it was read."""

    today: date | None = None  # where the page lives; None, and no ``now``: relative and yearless dates stay unread
    month_first: bool = False  # 11/24/2026
    now: datetime | None = None  # aware, in the zone of the place; None: counts of hours and minutes stay unread
    zone: tzinfo | None = None  # of the place, when it is known: the source's

    @property
    def day(self) -> date | None:
        """Day of reading in the calendar of the place."""
        return self.now.date() if self.now else self.today


@dataclass(frozen=True)
class Written:
    """A moment and where it stands in the text."""

    moment: Moment
    start: int
    end: int


@dataclass(frozen=True)
class _Hit:
    day: date
    start: int
    end: int
    at: datetime | None = None  # set when the text states the whole moment: "five minutes ago"


_YMD = re.compile(r"(?<!\d)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)\s?[日일]?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=$|T|\D|\d{4,6}(?!\d))")
_DMY = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d.]\d|\d|\2\d)")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?го|-?е|-?а|-?га)?[\s-]+(?:de\s+|of\s+|ב)?(?:[^\W\d_]{3,12}\s*/\s*)?"
    r"([^\W\d_]{3,12})\.?,?[\s-]*(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(\d{4})\.?\s+(?:m\.\s+|gada\s+)?(?:(\d{1,2})\.\s+)?([^\W\d_]{3,12})(?:\s+(\d{1,2}))?(?![\d:])"
)
_DAY_MONTH = re.compile(r"(?<![\d:.])(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?([^\W\d_]{3,12})(?!\w)")
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th|\.|d\.)?(?![\w:])(?!\.\d)")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")  # in every date with a month in letters and a year
_LONGEST = 400  # characters that are read


def read_moment(text: str | None, habits: Habits = Habits()) -> Moment | None:
    """The first date that the text states, or None. Never raises: an impossible date (31.02.) is none."""
    first = next(moments_in(text, habits), None)
    return first.moment if first else None


def moments_in(text: str | None, habits: Habits = Habits()) -> Iterator[Written]:
    """All dates of the text's first 400 characters in their order; offsets count in the text as one line."""
    text = " ".join((text or "")[:_LONGEST].split())
    place = 0
    while hit := _find_day(text, habits, place) if text else None:
        written = _with_clock(text, hit, place)
        if written:
            yield written
        place = max(hit.end, written.end if written else 0)


def as_published(moment: Moment, *, zone: tzinfo | None) -> Published:
    """Aware: the stated offset, else the zone given, else UTC (``stated`` then shows that no offset was written)."""
    at = moment.at if moment.at.tzinfo else moment.at.replace(tzinfo=zone or timezone.utc)
    return Published(at=at, precision=moment.precision, stated=moment.stated)


def from_epoch(text: str) -> Moment | None:
    """Unix time in seconds or milliseconds, UTC; None when the digits are not a time between 1990 and 2100."""
    if not re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return None
    seconds = int(text) / (1000 if len(text) >= 12 else 1)
    if not 631_152_000 <= seconds <= 4_102_444_800:
        return None
    return Moment(at=datetime.fromtimestamp(seconds, tz=timezone.utc), precision=Precision.SECOND, stated=text)


def states_offset(stated: str) -> bool:
    """Whether the text of a moment (``stated``) names its offset from UTC, or counts back from an instant."""
    reading = datetime(2000, 1, 1, tzinfo=timezone.utc)
    moment = from_epoch(stated) or read_moment(stated, Habits(now=reading))
    return moment is not None and moment.at.tzinfo is not None


def _with_clock(text: str, hit: _Hit, floor: int) -> Written | None:
    """The day with the time of day that stands beside it; None when the two make no moment."""
    if hit.at:
        moment = Moment(at=hit.at, precision=Precision.MINUTE, stated=text[hit.start : hit.end])
        return Written(moment=moment, start=hit.start, end=hit.end)
    clock = find_clock(text, hit.start, hit.end, floor=floor)
    if clock is None:
        stated = text[hit.start : hit.end].strip()
        moment = Moment(at=datetime.combine(hit.day, time()), precision=Precision.DAY, stated=stated)
        return Written(moment=moment, start=hit.start, end=hit.start + len(stated))
    at = _join(hit.day, clock.at, zone=clock.zone, next_day=clock.next_day)
    if at is None:
        return None
    start, end = min(hit.start, clock.start), max(hit.end, clock.end)
    stated = text[start:end].strip()
    moment = Moment(at=at, precision=clock.precision, stated=stated)
    return Written(moment=moment, start=start, end=start + len(stated))


def _join(day: date, at: time, *, zone: tzinfo | None, next_day: bool) -> datetime | None:
    """A place's time becomes an offset, so that the moment says all by itself."""
    try:
        moment = datetime.combine(day, at, tzinfo=zone) + timedelta(days=next_day)
        offset = moment.utcoffset()
        moment.replace(tzinfo=timezone.utc) - (offset or timedelta())  # the calendar's ends have no room for an offset
    except (ValueError, OverflowError):
        return None
    if offset is None or isinstance(zone, timezone):
        return moment
    return moment.replace(tzinfo=timezone(offset))


def _day(year: int, month: int | None, day: int) -> date | None:
    if 10 <= year < 100:  # "0001" is a default of some system, "26" a year
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month or 0, day)
    except ValueError:
        return None


def _find_day(text: str, habits: Habits, place: int) -> _Hit | None:
    """The date that stands first at or after ``place``, the longest one there."""
    figure = _FIGURE.search(text, place)
    if figure is None:  # only a word such as "yesterday" is left
        return _relative(text, habits, place)
    written = _numeric(text, habits, place)
    if written and written.start == figure.start() == place:  # figures alone, and nothing begins before them
        return written
    worded = _worded(text, place) if _YEAR.search(text, place) else None
    found = [hit for hit in (written, worded, _yearless(text, habits, place), _relative(text, habits, place)) if hit]
    return min(found, key=lambda hit: (hit.start, -hit.end)) if found else None


def _numeric(text: str, habits: Habits, place: int) -> _Hit | None:
    found = [
        _first(_YMD, text, place, lambda match: _day(int(match[1]), int(match[2]), int(match[3]))),
        _first(_COMPACT, text, place, lambda match: _day(int(match[1]), int(match[2]), int(match[3]))),
        _first(_DMY, text, place, lambda match: _day_of_figures(match, habits)),
    ]
    return min((hit for hit in found if hit), key=lambda hit: hit.start, default=None)


def _day_of_figures(match: re.Match[str], habits: Habits) -> date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    month_first = second > 12 or (habits.month_first and match[2] == "/" and first <= 12)
    return _day(year, first, second) if month_first else _day(year, second, first)


def _worded(text: str, place: int) -> _Hit | None:
    found = [
        _first(_DAY_MONTH_YEAR, text, place, lambda m: _day(int(m[3]), month_number(m[2]), int(m[1]))),
        _first(_MONTH_DAY_YEAR, text, place, lambda m: _day(int(m[3]), month_number(m[1]), int(m[2]))),
        _first(_YEAR_MONTH_DAY, text, place, lambda m: _day(int(m[1]), month_number(m[3]), int(m[2] or m[4] or 0))),
    ]
    return min((hit for hit in found if hit), key=lambda hit: hit.start, default=None)


def _first(
    pattern: re.Pattern[str], text: str, place: int, read: Callable[[re.Match[str]], date | None]
) -> _Hit | None:
    """The first match from a place on that is a day."""
    for match in pattern.finditer(text, place):
        if day := read(match):
            return _Hit(day, match.start(), match.end())
    return None


def _yearless(text: str, habits: Habits, place: int) -> _Hit | None:
    """``24 ноября``, ``Nov 24``: the latest such day that is not after tomorrow."""
    today = habits.day
    if today is None:
        return None
    found = [
        _first(_DAY_MONTH, text, place, lambda match: _latest(today, match[2], int(match[1]))),
        _first(_MONTH_DAY, text, place, lambda match: _latest(today, match[1], int(match[2]))),
    ]
    return min((hit for hit in found if hit), key=lambda hit: hit.start, default=None)


def _latest(today: date, word: str, figure: int) -> date | None:
    month = month_number(word)
    # "10 out of 20" and "set 10" are no October and September; "lapkričio 24" is written small, "Nov 24" is not.
    if month is None or word in ("out", "set", "ago"):
        return None
    days = [_day(today.year - back, month, figure) for back in (-1, 0, 1)]
    limit = today + timedelta(days=1)
    return max((day for day in days if day and day <= limit), default=None)


def _relative(text: str, habits: Habits, place: int) -> _Hit | None:
    back = find_back(text, place) if habits.day else None
    if back is None or habits.day is None:
        return None
    if back.hours is None:
        return _Hit(habits.day - timedelta(days=back.days), back.start, back.end)
    return _counted(back, habits.now) if habits.now else None


def _counted(back: Back, now: datetime) -> _Hit:
    """Elapsed time is subtracted in UTC: across a change of clocks the local difference is an hour off."""
    elapsed = timedelta(hours=back.hours or 0, minutes=back.minutes or 0)
    at = (now.astimezone(timezone.utc) - elapsed).astimezone(now.tzinfo)
    whole_hours = back.minutes is None
    return _Hit(at.date(), back.start, back.end, at=None if whole_hours else at.replace(second=0, microsecond=0))
