"""Relative dates: "yesterday", "2 часа назад", "prieš 5 min." → what they count back, in the languages of the sources.

How far a count reaches is reckoned in ``dates``; this module only reads the words. "Just now", "a week ago" and a bare
"2 h" are left out: they state neither a day nor a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAYS_BACK = {
    0: (
        "сегодня сёння сьогодні dziś dzisiaj šiandien šodien täna today heute aujourd'hui hoy hoje oggi dnes vandaag "
        "idag bugün"
    ),
    1: ("вчера учора ўчора вчора wczoraj vakar eile yesterday gestern ayer ontem ieri včera gisteren igår igår dün"),
    2: "позавчера пазаўчора заўчора позавчора przedwczoraj užvakar aizvakar üleeile vorgestern",
}
_BACK = {word: days for days, words in _DAYS_BACK.items() for word in words.split()}
_DAY_WORD = re.compile(rf"(?<![\w-])({'|'.join(sorted(_BACK, key=len, reverse=True))})(?![\w-])", re.I)

# Unit → the forms that stand beside a number, without the full stop of abbreviations.
_UNITS = {
    "minute": (
        "м мин минут минута минуты минуту хв хвилин хвилина хвилини хвилину хвіл хвілін хвіліна хвіліны хвіліну "
        "min mins minut minuta minuty minutę minutės minučių minutes minutę minūtes minūtēm minūti minūtes minutit "
        "minuti minute minuten minuto minutos minuter minutter minuut minutami m dk dakika"
    ),
    "hour": (
        "ч час часа часов год годин година години годину гадз гадзін гадзіна гадзіны гадзіну godz godzin godzina "
        "godziny godzinę val valandą valandas valandų st stundas stundām stundu tundi tund h hour hours hr hrs std "
        "stunde stunden heure heures hora horas ora ore hodin hodiny hodinou hodinami timer time timmar timme uur saat"
    ),
    "day": (
        "д дн день дня дней дні днів дзень дзён dzień dni d day days dieną dienas dienų dienām dienu päeva päev tag "
        "tage tagen jour jours día días dia dias giorno giorni dnem dny dagen dag dagar dager gün"
    ),
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_UNIT_WORDS = "|".join(sorted(_UNIT, key=len, reverse=True))
_ONE = r"an?|one|einer|einem|une?|uma?|un'|jedną|vieną|één|en|ett"
# Forms that count one without a number: "час назад", "godzinę temu".
_ALONE_WORDS = (
    "минуту час день хвилину годину хвіліну гадзіну дзень minutę godzinę dzień valandą dieną stundu minūti dienu "
    "minut tund päev"
)
_ALONE = frozenset(_ALONE_WORDS.split())
_COUNT = (
    rf"(?:(?:(\d{{1,4}})\s?|({_ONE})\s))?({_UNIT_WORDS})(?!\w)\.?"
    rf"(?:\s(?:(?:и|і|i|and|un|ir|ja)\s)?(\d{{1,2}})\s?({_UNIT_WORDS})(?!\w)\.?)?"
)
_AFTER = re.compile(
    rf"(?<![\w.,:]){_COUNT}\s(?:(?:тому|таму)\s+назад|назад|тому|таму|temu|tagasi|ago|fa|geleden|sedan|siden|önce)(?!\w)",
    re.I,
)
_BEFORE = re.compile(rf"(?<!\w)(?:prieš|pirms|vor|il y a|hace|há|před)\s{_COUNT}", re.I)

_TELLING_WORDS = "назад тому таму temu tagasi ago fa geleden sedan siden önce prieš pirms vor a hace há před"
_TELLING = frozenset((*_BACK, *_TELLING_WORDS.split()))


@dataclass(frozen=True)
class Back:
    """How far a text counts back from the moment of reading. ``minutes`` and ``hours`` are None for a count of days."""

    days: int = 0  # in the calendar of the place
    hours: int | None = None
    minutes: int | None = None  # None: the text counts whole hours only
    start: int = 0  # span in the text
    end: int = 0


def may_count_back(text: str) -> bool:
    """Whether a word of a relative date is in the text: a check that costs next to nothing."""
    return not _TELLING.isdisjoint(text.lower().replace(",", " ").replace(".", " ").split())


def find_back(text: str, start: int = 0) -> Back | None:
    """The first relative date at or after ``start``, or None."""
    if not may_count_back(text):
        return None
    found = [match for pattern in (_DAY_WORD, _AFTER, _BEFORE) if (match := pattern.search(text, start))]
    first = min(found, key=lambda match: (match.start(), -match.end()), default=None)
    if first is None:
        return None
    if first.re is _DAY_WORD:
        return Back(days=_BACK[first[1].lower()], start=first.start(), end=first.end())
    return _counted(first)


def _counted(match: re.Match[str]) -> Back | None:
    """``2 hours``, ``1 h 20 min``, ``hour``; a second count of anything but minutes is no time."""
    word = match[3].lower()
    amount, unit = int(match[1] or 1), _UNIT[word]
    if not (match[1] or match[2] or word in _ALONE):  # "long time ago"
        return None
    if word == "год" and not (match[1] and match[0].lower().endswith("тому")):  # Ukrainian hours; a year elsewhere
        return None
    span = {"start": match.start(), "end": match.end()}
    if match[4]:
        if (unit, _UNIT[match[5].lower()]) != ("hour", "minute"):
            return None
        return Back(hours=amount, minutes=int(match[4]), **span)
    if unit == "minute":
        return Back(hours=0, minutes=amount, **span)
    if unit == "hour":
        return Back(hours=amount, **span)
    return Back(days=amount, **span)
