"""Spans of days as people write them: «с 12 по 16 сентября 2025 года», "September 12–16", "rugsėjo 12–16 d.".

Read in folded text, where every dash is ``-``; the words of months are looked up in the text as written. A span needs
two days: a single day beside an exercise is as often the day on which somebody spoke of it. Nothing is filled in: where
no year is stated, the value has none.

Values are intervals of ISO 8601-1:2019, 5.5.2 (``2025-09-12/2025-09-16``); a day without a year is written as in
ISO 8601:2004, 5.2.1.3 and RFC 6350, 4.3.1 (``--09-12``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wirewatch.tag.sentence import Sentence, Stated
from wirewatch.written_dates.months import month_number

_DAY = r"(?<![\d.,:/])(\d{1,2})(?:st|nd|rd|th|-?го|-?га|-?е|\.|\sd\.?)?"
_MONTH = r"(?:of\s)?([^\W\d_]{3,12})\.?"
_TO = r"\s?(?:-|(?<=\s)(?:to|through|till|until|по|па|до|do|iki|ir|lidz)(?=\s))\s?"
_YEAR = r"(?:,?\s((?:19|20)\d\d)(?!\d))?"
_YEAR_BEFORE = r"(?:(?<!\d)((?:19|20)\d\d)(?:\s?m\.)?\s)?"
_LEAP = 2000  # a year in which every day of the calendar exists

_DAYS_MONTH = re.compile(rf"{_DAY}{_TO}(\d{{1,2}})(?:st|nd|rd|th|-?го|-?га|-?е|\.)?\s{_MONTH}{_YEAR}")
_MONTH_DAYS = re.compile(rf"{_YEAR_BEFORE}(?<![^\W_]){_MONTH}\s{_DAY}{_TO}(\d{{1,2}})(?!\d|[.:]\d){_YEAR}")
_DAY_MONTHS = re.compile(rf"{_DAY}\s{_MONTH}{_YEAR}{_TO}(\d{{1,2}})(?:st|nd|rd|th|\.)?\s{_MONTH}{_YEAR}")
_MONTHS_DAY = re.compile(
    rf"{_YEAR_BEFORE}(?<![^\W_]){_MONTH}\s{_DAY}{_YEAR}{_TO}{_MONTH}\s(\d{{1,2}})(?!\d|[.:]\d){_YEAR}"
)
# With a year only: "5.4-5.5" and "10.12-11.15" are numbers and hours as often.
_FIGURES = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\.(\d{1,2})(?:\.((?:19|20)\d\d))?\.?)?\s?-\s?(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)"
)


def spans_in(sentence: Sentence) -> list[Stated]:
    """All spans of days that a sentence states, in order; of two that overlap the longer."""
    found: list[Stated] = []
    for span in sorted(_all(sentence), key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in found):
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _all(sentence: Sentence) -> Iterator[Stated]:
    def month(match: re.Match[str], group: int) -> int | None:
        # As written, for folding takes diacritics, but without the soft hyphens and the like that a word may hold.
        return month_number("".join(filter(str.isalpha, sentence.original(*match.span(group)))))

    def each(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        # Matches may overlap: the search goes on behind the first character of a match, not behind its last.
        place = sentence.start
        while match := pattern.search(sentence.text, place, sentence.end):
            yield match
            place = match.start() + 1

    for match in each(_DAYS_MONTH):
        yield from _span(match, month(match, 3), match[1], month(match, 3), match[2], match[4], match[4])
    for match in each(_MONTH_DAYS):
        year = match[1] or match[5]
        yield from _span(match, month(match, 2), match[3], month(match, 2), match[4], year, year)
    for match in each(_DAY_MONTHS):
        first, last = month(match, 2), month(match, 5)
        yield from _span(match, first, match[1], last, match[4], match[3] or match[6], match[6] or match[3])
    for match in each(_MONTHS_DAY):
        first, last = month(match, 2), month(match, 5)
        early, late = match[1] or match[4], match[7]
        yield from _span(match, first, match[3], last, match[6], early or late, late or early)
    for match in each(_FIGURES):
        first = int(match[2] or match[5])
        yield from _span(match, first, match[1], int(match[5]), match[4], match[3] or match[6], match[6] or match[3])


def _span(
    match: re.Match[str],
    first_month: int | None,
    first_day: str,
    last_month: int | None,
    last_day: str,
    first_year: str | None,
    last_year: str | None,
) -> Iterator[Stated]:
    if first_month is None or last_month is None:
        return
    try:
        begin = date(int(first_year or _LEAP), first_month, int(first_day))
        end = date(int(last_year or _LEAP), last_month, int(last_day))
    except ValueError:
        return
    if begin >= end and (first_year or first_month <= last_month):
        return  # only a span without a year may go over new year
    last = match.end() - match[0].endswith(".")  # a sentence's full stop, or a short month's: either can go
    yield Stated(f"{_iso(begin, first_year)}/{_iso(end, last_year)}", match.start(), last)


def _iso(day: date, year: str | None) -> str:
    return day.isoformat() if year else f"--{day:%m-%d}"
