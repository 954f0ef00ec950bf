"""Time of day beside a date, and the zone it is in: ``14:05:33 +0300``, ``2:05 pm EST``, ``12.05``, ``о 14:05 мск``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from wirewatch.model import Precision

# Minutes east of UTC of names that mean one offset wherever such pages are written.
_OFFSETS = {"z": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120}
_OFFSETS |= {"eest": 180, "msd": 240, "bst": 60, "est": -300, "edt": -240, "pst": -480, "pdt": -420, "cdt": -300}
_OFFSETS |= {"ut": 0, "cst": -360, "mst": -420, "mdt": -360, "jst": 540, "kst": 540}  # CST as in RFC 822, 5.1
# Names of a place's time, whose offset hangs on the date: Moscow's was +04:00 from 2011 to 2014.
_PLACES = {"msk": "Europe/Moscow", "мск": "Europe/Moscow", "et": "America/New_York", "pt": "America/Los_Angeles"}

_CLOCK = re.compile(
    r"(?<![\d:.,+-])([01]?\d|2[0-4])(?:([:h.])|\s+Uhr\s+)([0-5]\d)(?::([0-5]\d|60)(?:[.,]\d{1,9})?)?(?![\d:]|[.]\d)"
    r"\s*([apAP])?(?(5)\.?\s?[mM]\b\.?)"
    r"(?:\s*\(?((?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}(?::?\d\d)?(?![\d:.])|[A-Za-z]{1,4}\b(?![+\-]\d)|мск\b|МСК\b))?"
)
_OFFSET = re.compile(r"([+\-−])\s?(\d{1,2}):?(\d\d)?$")
_COMPACT = re.compile(r"T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(Z|[+-]\d\d:?\d\d)?")
_PARTED = re.compile(
    r"\d|updat|modif|обнов|измен|онов|абноў|змен|aktuali|zmodyf|atnauj|atjaun|uuend|muud|read|чтен", re.I
)
_LETTERS = re.compile(r"[^\W\d_]")
_REACH = 40  # characters before and after a date in which its time of day stands
_GLUE = 8  # letters between a date and a time that is written with a full stop


@dataclass(frozen=True)
class Clock:
    """A time of day, with the zone if it is stated, and its span in the text."""

    at: time
    zone: tzinfo | None
    precision: Precision
    start: int
    end: int
    next_day: bool = False  # 24:00 is the end of the day (ISO 8601-1, 5.3.2)


def find_clock(text: str, start: int, end: int, *, floor: int = 0) -> Clock | None:
    """Time of day beside the date that spans ``start`` to ``end``; nothing before ``floor`` is looked at."""
    compact = _COMPACT.match(text, end)
    if compact and (text[end : end + 1] == "T" or text[start:end].isdigit()):
        return _compact_clock(compact)
    beside = [hit for hit in (_after(text, end), _before(text, start, floor)) if hit]
    return _clock(min(beside, key=lambda hit: hit[0])[1]) if beside else None


def _after(text: str, end: int) -> tuple[int, re.Match[str]] | None:
    """Gap in characters, and the match. What parts the time from the date (figures, "updated") makes it another's."""
    # "T" glues the time to an ISO date: a blank in its place lets the time begin at a boundary.
    if text[end : end + 1] == "T":
        text = f"{text[:end]} {text[end + 1 :]}"
    match = _CLOCK.search(text, end, min(len(text), end + _REACH))
    if match is None or _is_parted(text[end : match.start()], match):
        return None
    return match.start() - end, match


def _before(text: str, start: int, floor: int) -> tuple[int, re.Match[str]] | None:
    matches = list(_CLOCK.finditer(text, max(floor, start - _REACH), start))
    if not matches or _is_parted(text[matches[-1].end() : start], matches[-1]):
        return None
    return start - matches[-1].end(), matches[-1]


def _is_parted(gap: str, match: re.Match[str]) -> bool:
    return bool(_PARTED.search(gap)) or (match[2] == "." and len(_LETTERS.findall(gap)) > _GLUE)


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute, second = int(match[1]), int(match[3]), min(int(match[4] or 0), 59)
    if match[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[5].lower() == "p" else 0)
    if hour == 24 and (minute or second):
        return None
    return Clock(
        at=time(hour % 24, minute, second),
        zone=zone_of(match[6] or ""),
        precision=Precision.SECOND if match[4] else Precision.MINUTE,
        start=match.start(),
        end=match.end(),
        next_day=hour == 24,
    )


def _compact_clock(match: re.Match[str]) -> Clock:
    at = time(int(match[1]), int(match[2]), int(match[3] or 0))
    precision = Precision.SECOND if match[3] else Precision.MINUTE
    return Clock(at=at, zone=zone_of(match[4] or ""), precision=precision, start=match.start(), end=match.end())


def zone_of(text: str) -> tzinfo | None:
    """``+03:00``, ``GMT+3``, ``Z``, ``EEST``, ``мск`` → zone; None for what names none that is known for sure."""
    text = text.strip().lower().replace("−", "-")
    if text in _PLACES:
        return ZoneInfo(_PLACES[text])
    if text in _OFFSETS:
        return _offset(_OFFSETS[text])
    match = _OFFSET.search(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60 or int(match[3] or 0) > 59:  # no place on earth
        return None
    return _offset(-minutes if match[1] == "-" else minutes)


def _offset(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes else timezone.utc
