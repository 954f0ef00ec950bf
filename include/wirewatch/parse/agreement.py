"""Statements of one page that contradict each other → the one that is believed.

*Machine* statements (JSON-LD, meta, microdata) are exact and sometimes wrong; what readers *see* near the headline is
coarse and checked by the editors. The rules, in their order; the first that applies decides:

1. **Confirmed.** Of several machine statements on different days, the first whose day a shown date repeats. Without
   one, the first of all.
2. **Moved.** ``datePublished`` that equals ``dateModified`` to the minute, while a marked line near the headline shows
   a day more than a day before it: a system that overwrites the first with the second. The shown date is taken.
3. **Filler.** Midnight to the second, and the same day shown: with a time, the shown moment is taken; without one the
   page states a day, and the precision becomes ``day``.
4. **Local time in UTC's clothes.** A time in UTC whose digits are those of the shown local time, while the source's
   zone is not at UTC then: the digits are local, the shown moment is taken. Without a known zone nothing is changed.
5. **UTC's digits in local clothes.** A time with another offset, or with none, whose digits are those of the shown time
   in UTC: a system that formats UTC and names its own zone. The shown moment is taken.
6. **The page's own offset.** A time in UTC, and the same instant shown with another offset; or its minutes shown whole
   half hours away (by the source's offset where its zone is known): the instant stays, written in the offset shown.
7. **The neighbouring day.** A time in UTC, while the page shows, or has in its address, only the day before or after,
   which some place on earth had at that instant: where the source's zone has it, the instant is written in that zone;
   where no zone is known, the shown day is what the page states of its date, with precision ``day``.

Otherwise the machine statement stands with its own offset and precision. Day and month of a shown date in figures may
be in either order when one of the orders agrees with a machine statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from wirewatch.model import Precision
from wirewatch.parse.datelines import Dateline, Sign
from wirewatch.written_dates.dates import Moment

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)  # offsets that places on earth have
_MOVED = timedelta(hours=36)  # more than a day, whatever the offsets
_AMBIGUOUS = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)")


def is_default(moment: Moment) -> bool:
    """Whether a system wrote it where nobody had set a date: Unix's zero, .NET's year 1, spreadsheets' 1900."""
    return moment.at.year <= 1900 or (moment.at.year, moment.at.month, moment.at.day) in ((1970, 1, 1), (1969, 12, 31))


def reconciled(
    machine: Sequence[Moment],
    *,
    shown: Sequence[Dateline],
    modified: Moment | None,
    address: Moment | None,
    zone: tzinfo | None,
) -> Moment:
    """The moment that is believed; ``machine`` by precedence and not empty, ``shown`` nearest first without updates."""
    chosen = _confirmed(machine, shown)
    marked = [line.moment for line in shown if line.sign is not Sign.PLAIN]
    if moved := _moved(chosen, marked, modified):
        return moved
    seen = [line.moment for line in shown]
    if _is_midnight(chosen):
        return _filler(chosen, seen)
    if chosen.precision is Precision.DAY:
        return chosen
    if chosen.at.utcoffset() != timedelta(0):
        return _utc_digits(chosen, seen) or chosen
    return (
        _local_digits(chosen, seen, zone)
        or _own_offset(chosen, seen, zone)
        or _neighbouring_day(chosen, [*marked, *([address] if address else [])], zone)
        or chosen
    )


def _confirmed(machine: Sequence[Moment], shown: Sequence[Dateline]) -> Moment:
    days = {day for line in shown for day in _days(line.moment)}
    return next((moment for moment in machine if moment.at.date() in days), machine[0])


def _days(moment: Moment) -> set[date]:
    """The day, and for figures such as 05/04/2026 the day of the other order."""
    days = {moment.at.date()}
    if _AMBIGUOUS.search(moment.stated) and moment.at.day <= 12:
        days.add(moment.at.date().replace(month=moment.at.day, day=moment.at.month))
    return days


def _moved(chosen: Moment, marked: Sequence[Moment], modified: Moment | None) -> Moment | None:
    if modified is None or not marked or not _same_minute(chosen.at, modified.at):
        return None
    first = marked[0]
    if any(abs(_naive(chosen) - datetime.combine(day, time())) <= _MOVED for line in marked for day in _days(line)):
        return None
    return first if _naive(first) < _naive(chosen) else None


def _filler(chosen: Moment, seen: Sequence[Moment]) -> Moment:
    same = [moment for moment in seen if moment.at.date() == chosen.at.date() and not _is_midnight(moment)]
    timed = next((moment for moment in same if moment.precision is not Precision.DAY), None)
    if timed:
        return timed
    return replace(chosen, precision=Precision.DAY) if same else chosen


def _local_digits(chosen: Moment, seen: Sequence[Moment], zone: tzinfo | None) -> Moment | None:
    for moment in seen:
        if moment.precision is Precision.DAY or moment.at.tzinfo or not _same_minute(moment.at, _naive(chosen)):
            continue
        return moment if zone and moment.at.replace(tzinfo=zone).utcoffset() else None
    return None


def _utc_digits(chosen: Moment, seen: Sequence[Moment]) -> Moment | None:
    offset = chosen.at.utcoffset()
    for moment in seen:
        if moment.precision is Precision.DAY:
            continue
        if offset is None and moment.at.tzinfo and _same_minute(_naive(chosen), moment.at.astimezone(timezone.utc)):
            return moment
        if offset and moment.at.utcoffset() in (None, offset) and _same_minute(_naive(chosen) + offset, _naive(moment)):
            return replace(moment, at=moment.at.replace(tzinfo=chosen.at.tzinfo))
    return None


def _own_offset(chosen: Moment, seen: Sequence[Moment], zone: tzinfo | None) -> Moment | None:
    for moment in seen:
        if moment.precision is Precision.DAY:
            continue
        if moment.at.tzinfo:
            if moment.at.utcoffset() and _same_minute(moment.at, chosen.at):
                return replace(chosen, at=chosen.at.astimezone(moment.at.tzinfo))
            continue
        offset = moment.at.replace(second=0, microsecond=0) - _naive(chosen).replace(second=0, microsecond=0)
        if offset % timedelta(minutes=30) or not offset or not _WEST <= offset <= _EAST:
            continue
        if zone is None or chosen.at.astimezone(zone).utcoffset() == offset:
            return replace(chosen, at=chosen.at.astimezone(timezone(offset)))
    return None


def _neighbouring_day(chosen: Moment, days: Sequence[Moment], zone: tzinfo | None) -> Moment | None:
    if not days or any(moment.at.date() == chosen.at.date() for moment in days):
        return None
    day = days[0].at.date()
    if day not in ((chosen.at + _WEST).date(), (chosen.at + _EAST).date()):
        return None
    if zone is None:
        return Moment(at=datetime.combine(day, time()), precision=Precision.DAY, stated=days[0].stated)
    local = chosen.at.astimezone(zone)
    return replace(chosen, at=local) if local.date() == day else None


def _is_midnight(moment: Moment) -> bool:
    return moment.precision is not Precision.DAY and moment.at.time() == time()


def _same_minute(left: datetime, right: datetime) -> bool:
    if (left.tzinfo is None) != (right.tzinfo is None):
        left, right = left.replace(tzinfo=None), right.replace(tzinfo=None)
    return abs(left - right) < timedelta(minutes=1)


def _naive(moment: Moment) -> datetime:
    return moment.at.replace(tzinfo=None)
