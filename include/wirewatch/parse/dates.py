"""Written date → moment: the day, the time as far as it is stated, and the offset if it is stated.

Reads ISO 8601 in its web variants, RFC 2822, ``24 ноября 2026, 14:05``, ``Nov. 24, 2026 2:05 pm EST``,
``2026 m. lapkričio 24 d.``, ``24.11.2026``, ``2026年11月24日``; and, given the day of reading, ``wczoraj, 9:30`` and
dates without a year. Nothing is filled in: a missing time gives precision ``day``, a missing offset a naive time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from wirewatch.model import Precision, Published
from wirewatch.parse.months import RELATIVE_DAY, ZONES, days_back, month_number


@dataclass(frozen=True)
class Moment:
    """A date as written."""

    at: datetime  # aware exactly when the text states an offset
    precision: Precision  # never NONE
    stated: str  # the text that was read


@dataclass(frozen=True)
class Habits:
    """How a page writes dates, and when it was read."""

    today: date | None = None  # where the page lives; None: relative days and missing years are not resolved
    month_first: bool = False  # 11/24/2026


_YMD = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)日?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=$|T|\D|\d{4,6}(?!\d))")
_DMY = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d.]\d)")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?го|-?е|-?а|-?га)?[\s-]+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?"
    r"[\s-]*(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(\d{4})\.?\s+(?:m\.\s+|gada\s+)?(?:(\d{1,2})\.\s+)?([^\W\d_]{3,12})(?:\s+(\d{1,2}))?"
)
_DAY_MONTH = re.compile(r"(?<![\d:.])(\d{1,2})\.?\s+([^\W\d_]{3,12})(?!\w)")
_CLOCK = re.compile(
    r"(?<![\d:.+-])([01]?\d|2[0-4])(?:[:h.]|\s+Uhr\s+)([0-5]\d)(?::([0-5]\d|60)(?:[.,]\d{1,9})?)?(?![\d:]|[.]\d)"
    r"\s*([apAP])?(?(4)\.?\s?[mM]\b\.?)"
    r"\s*\(?((?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}(?::?\d\d)?(?!\d)|[A-Za-zМСКмск]{1,4}\b)?"
)
_OFFSET = re.compile(r"([+\-−])\s?(\d{1,2}):?(\d\d)?$")
_COMPACT_CLOCK = re.compile(r"T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(Z|[+-]\d\d:?\d\d)?")
_REACH = 40  # characters before and after a date in which its time of day stands
_LONGEST = 400  # characters that are read


def read_moment(text: str | None, habits: Habits = Habits()) -> Moment | None:
    """The first date that the text states, or None. Never raises: an impossible date (31.02.) is none."""
    text = " ".join((text or "")[:_LONGEST].split())
    found = _find_day(text, habits) if text else None
    if found is None:
        return None
    day, start, end = found
    clock = _find_clock(text, start, end)
    if clock is None:
        return Moment(at=datetime.combine(day, time()), precision=Precision.DAY, stated=text[start:end])
    at, precision, clock_start, clock_end = clock
    moment = _join(day, at)
    if moment is None:
        return None
    return Moment(at=moment, precision=precision, stated=text[min(start, clock_start) : max(end, clock_end)].strip())


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
    """Whether the text of a moment (``stated``) names its offset from UTC."""
    moment = from_epoch(stated) or read_moment(stated, Habits(today=date(2000, 1, 1)))
    return moment is not None and moment.at.tzinfo is not None


def _join(day: date, at: time) -> datetime | None:
    try:
        moment = datetime.combine(day, at)
        moment.utcoffset()
    except (ValueError, OverflowError):
        return None
    return moment


def _day(year: int, month: int | None, day: int) -> date | None:
    if 10 <= year < 100:  # "0001" is a default of some system, "26" a year
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month or 0, day)
    except ValueError:
        return None


def _find_day(text: str, habits: Habits) -> tuple[date, int, int] | None:
    """The date that stands first, with its span."""
    found = [hit for reader in _READERS for hit in [reader(text, habits)] if hit]
    return min(found, key=lambda hit: (hit[1], -hit[2])) if found else None


def _numeric(text: str, habits: Habits) -> tuple[date, int, int] | None:
    for match in _YMD.finditer(text):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day:
            return day, *match.span()
    for match in _DMY.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        month_first = second > 12 or (habits.month_first and match[2] == "/" and first <= 12)
        day = _day(year, first, second) if month_first else _day(year, second, first)
        if day:
            return day, *match.span()
    for match in _COMPACT.finditer(text):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day:
            return day, *match.span()
    return None


def _worded(text: str, _: Habits) -> tuple[date, int, int] | None:
    found = []
    for match in _DAY_MONTH_YEAR.finditer(text):
        found.append((_day(int(match[3]), month_number(match[2]), int(match[1])), *match.span()))
    for match in _MONTH_DAY_YEAR.finditer(text):
        found.append((_day(int(match[3]), month_number(match[1]), int(match[2])), *match.span()))
    for match in _YEAR_MONTH_DAY.finditer(text):
        found.append((_day(int(match[1]), month_number(match[3]), int(match[2] or match[4] or 0)), *match.span()))
    return next(((day, start, end) for day, start, end in sorted(found, key=lambda hit: hit[1]) if day), None)


def _yearless(text: str, habits: Habits) -> tuple[date, int, int] | None:
    """``24 ноября``: the latest such day that is not after tomorrow."""
    if habits.today is None:
        return None
    for match in _DAY_MONTH.finditer(text):
        month = month_number(match[2])
        days = [_day(habits.today.year - back, month, int(match[1])) for back in (0, 1)]
        past = [day for day in days if day and day <= habits.today + timedelta(days=1)]
        if past:
            return past[0], *match.span()
    return None


def _relative(text: str, habits: Habits) -> tuple[date, int, int] | None:
    match = RELATIVE_DAY.search(text)
    if match is None or habits.today is None:
        return None
    return habits.today - timedelta(days=days_back(match[1])), *match.span()


_READERS = (_numeric, _worded, _yearless, _relative)


def _find_clock(text: str, start: int, end: int) -> tuple[time, Precision, int, int] | None:
    """Time of day beside the date, with its span in the text."""
    after = text[end : end + _REACH]
    compact = _COMPACT_CLOCK.match(after)
    if compact and (after[:1] == "T" or text[start:end].isdigit()):
        zone = _zone(compact[4] or "")
        at = time(int(compact[1]), int(compact[2]), int(compact[3] or 0), tzinfo=zone)
        return at, Precision.SECOND if compact[3] else Precision.MINUTE, end, end + compact.end()
    beside = [hit for hit in (_clock_after(text, end), _clock_before(text, start)) if hit]
    if not beside:
        return None
    _, match, offset = min(beside, key=lambda hit: hit[0])
    precision = Precision.SECOND if match[3] else Precision.MINUTE
    return _clock_time(match), precision, offset + match.start(), offset + match.end()


def _clock_after(text: str, end: int) -> tuple[int, re.Match[str], int] | None:
    """Gap in characters, match, and where the match's text begins; figures between date and time part them."""
    after = text[end : end + _REACH]
    # "T" glues the time to an ISO date: a blank in its place lets the time begin at a boundary.
    match = _CLOCK.search(" " + after[1:] if after[:1] == "T" else after)
    if match is None or any(character.isdigit() for character in after[: match.start()]):
        return None
    return match.start(), match, end


def _clock_before(text: str, start: int) -> tuple[int, re.Match[str], int] | None:
    offset = max(0, start - _REACH)
    matches = list(_CLOCK.finditer(text[:start], offset))
    if not matches or any(character.isdigit() for character in text[matches[-1].end() : start]):
        return None
    return start - matches[-1].end(), matches[-1], 0


def _clock_time(match: re.Match[str]) -> time:
    hour, minute, second = int(match[1]), int(match[2]), min(int(match[3] or 0), 59)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    if hour == 24:
        hour = 0
    return time(hour, minute, second, tzinfo=_zone(match[5] or ""))


def _zone(text: str) -> timezone | None:
    text = text.strip().lower().replace("−", "-")
    if text in ZONES:
        return timezone(timedelta(minutes=ZONES[text])) if ZONES[text] else timezone.utc
    match = _OFFSET.search(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes else timezone.utc
