"""Days on which nobody may publish, by country: on them silence says nothing. Pure.

Public holidays that fall on a day of the calendar or hang on Easter, as the countries' labour laws had them in 2026;
days moved by decree are not known here. Ukraine's do not make days off under martial law and are left in: a holiday
only ever makes the judgement more patient. Organisations (NATO, CSTO, EU) keep the days of all.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

Day = tuple[int, int]  # month, day

_NEW_YEAR, _LABOUR, _CHRISTMAS = (1, 1), (5, 1), ((12, 25), (12, 26))
_FIXED: dict[str, tuple[Day, ...]] = {
    "BY": (_NEW_YEAR, (1, 2), (1, 7), (3, 8), _LABOUR, (5, 9), (7, 3), (11, 7), (12, 25)),
    "RU": (*((1, day) for day in range(1, 9)), (2, 23), (3, 8), _LABOUR, (5, 9), (6, 12), (11, 4)),
    "UA": (_NEW_YEAR, (3, 8), _LABOUR, (5, 8), (6, 28), (7, 15), (8, 24), (10, 1), (12, 25)),
    "PL": (_NEW_YEAR, (1, 6), _LABOUR, (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), *_CHRISTMAS),
    "LT": (_NEW_YEAR, (2, 16), (3, 11), _LABOUR, (6, 24), (7, 6), (8, 15), (11, 1), (11, 2), (12, 24), *_CHRISTMAS),
    "LV": (_NEW_YEAR, _LABOUR, (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), *_CHRISTMAS, (12, 31)),
    "EE": (_NEW_YEAR, (2, 24), _LABOUR, (6, 23), (6, 24), (8, 20), (12, 24), *_CHRISTMAS),
    "GB": (_NEW_YEAR, *_CHRISTMAS),
    "US": (_NEW_YEAR, (6, 19), (7, 4), (11, 11), (12, 25)),
}
_WESTERN: dict[str, tuple[int, ...]] = {  # days after Easter Sunday
    "PL": (0, 1, 49, 60),
    "LT": (0, 1),
    "LV": (-2, 0, 1),
    "EE": (-2, 0, 49),
    "GB": (-2, 0, 1),
}
_EASTERN: dict[str, tuple[int, ...]] = {"BY": (0, 9), "UA": (0, 49), "RU": (0,)}
_COUNTED: dict[str, tuple[tuple[int, int, int], ...]] = {  # month, weekday from Monday = 0, which one (-1: the last)
    "GB": ((5, 0, 1), (5, 0, -1), (8, 0, -1)),
    "US": ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4)),
}
_ALL = frozenset(_FIXED)


def is_holiday(day: date, country: str) -> bool:
    """Whether a day is a public holiday of a country (ISO 3166-1 alpha-2), or of any for NATO, CSTO, EU and INT."""
    countries = (country,) if country in _ALL else sorted(_ALL) if len(country) > 2 or country == "EU" else ()
    return any(day in _holidays(day.year, name) for name in countries)


@lru_cache(maxsize=200)
def _holidays(year: int, country: str) -> frozenset[date]:
    days = {date(year, month, day) for month, day in _FIXED[country]}
    days |= {western_easter(year) + timedelta(days=offset) for offset in _WESTERN.get(country, ())}
    days |= {eastern_easter(year) + timedelta(days=offset) for offset in _EASTERN.get(country, ())}
    days |= {_counted(year, *rule) for rule in _COUNTED.get(country, ())}
    return frozenset(days)


def _counted(year: int, month: int, weekday: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def western_easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus, Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def eastern_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, in the Gregorian calendar of 1900 to 2099 (Meeus's Julian computus)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
