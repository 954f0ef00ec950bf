"""Relative dates → moments before the moment of reading."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from wirewatch.model import Precision
from wirewatch.written_dates.dates import Habits, Moment, read_moment

DAY, MINUTE = Precision.DAY, Precision.MINUTE


def reading(local: str, zone: str = "Europe/Minsk") -> Habits:
    place = ZoneInfo(zone)
    return Habits(now=datetime.fromisoformat(local).replace(tzinfo=place), zone=place)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("сегодня, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("Вчера в 9:30", "2026-11-23T09:30:00", MINUTE),
        ("Вчера в 18:40 МСК", "2026-11-23T18:40:00+03:00", MINUTE),
        ("учора", "2026-11-23T00:00:00", DAY),
        ("Сёння ў 9:30", "2026-11-24T09:30:00", MINUTE),
        ("сьогодні о 14:05", "2026-11-24T14:05:00", MINUTE),
        ("wczoraj, 9:30", "2026-11-23T09:30:00", MINUTE),
        ("przedwczoraj", "2026-11-22T00:00:00", DAY),
        ("šiandien 7:05", "2026-11-24T07:05:00", MINUTE),
        ("vakar", "2026-11-23T00:00:00", DAY),
        ("šodien plkst. 9.30", "2026-11-24T09:30:00", MINUTE),
        ("täna kell 9:30", "2026-11-24T09:30:00", MINUTE),
        ("eile", "2026-11-23T00:00:00", DAY),
        ("yesterday", "2026-11-23T00:00:00", DAY),
        ("2 часа назад", "2026-11-24T00:00:00", DAY),
        ("16 часов назад", "2026-11-23T00:00:00", DAY),
        ("час назад", "2026-11-24T00:00:00", DAY),
        ("2 год. тому", "2026-11-24T00:00:00", DAY),
        ("3 гадзіны таму", "2026-11-24T00:00:00", DAY),
        ("2 godz. temu", "2026-11-24T00:00:00", DAY),
        ("prieš 2 val.", "2026-11-24T00:00:00", DAY),
        ("pirms 2 stundām", "2026-11-24T00:00:00", DAY),
        ("2 tundi tagasi", "2026-11-24T00:00:00", DAY),
        ("3 hours ago", "2026-11-24T00:00:00", DAY),
        ("an hour ago", "2026-11-24T00:00:00", DAY),
        ("vor 2 Stunden", "2026-11-24T00:00:00", DAY),
        ("5 минут назад", "2026-11-24T14:55:00+03:00", MINUTE),
        ("5 min. temu", "2026-11-24T14:55:00+03:00", MINUTE),
        ("prieš 5 min.", "2026-11-24T14:55:00+03:00", MINUTE),
        ("1 hour 20 min ago", "2026-11-24T13:40:00+03:00", MINUTE),
        ("2 дня назад", "2026-11-22T00:00:00", DAY),
        ("3 dni temu", "2026-11-21T00:00:00", DAY),
    ],
)
def test_counts_back_from_the_moment_of_reading(text: str, iso: str, precision: Precision) -> None:
    """Words for a day count in the calendar; hours state a day, minutes a minute, with the offset of the place."""
    moment = read_moment(text, reading("2026-11-24T15:00:20"))
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    ["just now", "только что", "год назад", "1 год назад", "a long time ago", "2 weeks ago", "7 min", "todays", "hier"],
)
def test_what_states_no_day_is_none(text: str) -> None:
    """ "Just now", years, weeks and bare durations state no day."""
    assert read_moment(text, reading("2026-11-24T15:00")) is None


@pytest.mark.parametrize(
    ("zone", "now", "text", "utc"),
    [
        # Clocks went from 02:00 to 03:00 at 01:00 UTC: forty minutes before 03:20 it was 01:40.
        ("Europe/Warsaw", "2026-03-29T03:20", "40 minut temu", "2026-03-29T00:40:00+00:00"),
        ("Europe/Vilnius", "2026-03-29T04:20", "prieš 40 min.", "2026-03-29T00:40:00+00:00"),
        # Clocks went from 03:00 back to 02:00: ninety minutes before 03:10 it was 02:40 for the second time.
        ("Europe/Warsaw", "2026-10-25T03:10", "1 godz. 30 min temu", "2026-10-25T00:40:00+00:00"),
        ("Europe/Vilnius", "2026-10-25T04:10", "prieš 1 val. 30 min.", "2026-10-25T00:40:00+00:00"),
        ("Europe/Minsk", "2026-10-25T04:10", "90 хвілін таму", "2026-10-24T23:40:00+00:00"),
    ],
)
def test_elapsed_time_is_subtracted_along_the_time_line(zone: str, now: str, text: str, utc: str) -> None:
    """Across a change of clocks minutes and hours are counted in UTC."""
    moment = read_moment(text, reading(now, zone))
    assert moment is not None
    assert moment.at.astimezone(timezone.utc).isoformat() == utc


def test_days_are_counted_in_the_calendar() -> None:
    """A day back is the date before, also when that day had 23 hours."""
    moment = read_moment("wczoraj", reading("2026-03-30T00:30", "Europe/Warsaw"))
    assert moment == Moment(at=datetime.fromisoformat("2026-03-29"), precision=DAY, stated="wczoraj")
