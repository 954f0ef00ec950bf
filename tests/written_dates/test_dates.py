"""Written dates → moments, in every language of the sources; what is no date stays unread."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.model import Precision, Published
from wirewatch.written_dates.dates import (
    Habits,
    Moment,
    as_published,
    from_epoch,
    moments_in,
    read_moment,
    states_offset,
)

TODAY = Habits(today=date(2026, 11, 24))
DAY, MINUTE, SECOND = Precision.DAY, Precision.MINUTE, Precision.SECOND


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2026-11-24T14:05:33+03:00", "2026-11-24T14:05:33+03:00", SECOND),
        ("2026-11-24T14:05:33.123Z", "2026-11-24T14:05:33+00:00", SECOND),
        ("2026-11-24T14:05:33-0500", "2026-11-24T14:05:33-05:00", SECOND),
        ("2026-11-24 14:05", "2026-11-24T14:05:00", MINUTE),
        ("20261124T140533Z", "2026-11-24T14:05:33+00:00", SECOND),
        ("Tue, 24 Nov 2026 14:05:00 +0200", "2026-11-24T14:05:00+02:00", SECOND),
        ("Nov. 24, 2026 2:05 pm EST", "2026-11-24T14:05:00-05:00", MINUTE),
        ("Published 2:05 PM ET, Tue November 24, 2026", "2026-11-24T14:05:00-05:00", MINUTE),
        ("July 4, 2026 2:05 pm ET", "2026-07-04T14:05:00-04:00", MINUTE),
        ("24 ноября 2026, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("14:05, 24 ноября 2026", "2026-11-24T14:05:00", MINUTE),
        ("24 ноября 2012 14:05 мск", "2012-11-24T14:05:00+04:00", MINUTE),
        ("24 лістапада 2026", "2026-11-24T00:00:00", DAY),
        ("24 листопада 2026, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("24 listopada 2026 r., godz. 14:30", "2026-11-24T14:30:00", MINUTE),
        ("2026 m. lapkričio 24 d. 10:15", "2026-11-24T10:15:00", MINUTE),
        ("2026. gada 24. novembrī, 10:15", "2026-11-24T10:15:00", MINUTE),
        ("24. november 2026, 12.05", "2026-11-24T12:05:00", MINUTE),
        ("24. November 2026 um 14:05 Uhr", "2026-11-24T14:05:00", MINUTE),
        ("24.11.2026", "2026-11-24T00:00:00", DAY),
        ("24.11.2026 24:00", "2026-11-25T00:00:00", MINUTE),
        ("14:05 24.11.2026 (обновлено: 15:00 24.11.2026)", "2026-11-24T14:05:00", MINUTE),
        ("24.11.2026 (обновлено в 15:00)", "2026-11-24T00:00:00", DAY),
        ("24.11.2026 | Reading time 3.45", "2026-11-24T00:00:00", DAY),
        ("2026年11月24日 10:00", "2026-11-24T10:00:00", MINUTE),
        ("2026년 11월 24일 14:05", "2026-11-24T14:05:00", MINUTE),
        ("24 نيسان / أبريل 2026 09:22", "2026-04-24T09:22:00", MINUTE),
        ("24 בנובמבר 2026", "2026-11-24T00:00:00", DAY),
        ("24 նոյեմբերի 2026", "2026-11-24T00:00:00", DAY),
        ("15 чэрвеня", "2026-06-15T00:00:00", DAY),
        ("30 декабря, 9:00", "2025-12-30T09:00:00", MINUTE),
        ("Nov 24, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("lapkričio 24 d. 10:15", "2026-11-24T10:15:00", MINUTE),
    ],
)
def test_written_dates(text: str, iso: str, precision: Precision) -> None:
    """Each way of writing gives its day, its time as far as stated and its offset if stated."""
    moment = read_moment(text, TODAY)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    ["", None, "31.02.2026", "12 Marines 2026", "no date here", "2026", "10.5.3.1", "10 out of 20", "{{ date }}"],
)
def test_no_date(text: str | None) -> None:
    """What is no date, or an impossible one, gives none."""
    assert read_moment(text, TODAY) is None


@pytest.mark.parametrize("text", ["wczoraj, 9:30", "15 чэрвеня", "2 часа назад", "5 min. temu", "сегодня"])
def test_relative_words_need_a_moment_of_reading(text: str) -> None:
    """Without the moment of reading, counts back and days without a year are not resolved."""
    assert read_moment(text) is None


def test_all_dates_of_a_line_with_their_places() -> None:
    """A line with two dates gives both, and a time belongs to the date it stands beside."""
    text = "Opublikowano: 24.11.2026, 10:00 Aktualizacja: 25.11.2026, 11:00"
    found = [(written.moment.at.isoformat(), text[written.start : written.end]) for written in moments_in(text)]
    assert found == [
        ("2026-11-24T10:00:00", "24.11.2026, 10:00"),
        ("2026-11-25T11:00:00", "25.11.2026, 11:00"),
    ]


def test_month_first_only_where_the_page_writes_so() -> None:
    """05/04/2026 is the fifth of April, on American pages the fourth of May."""
    american = Habits(month_first=True)
    assert read_moment("05/04/2026") == Moment(
        at=datetime.fromisoformat("2026-04-05"), precision=DAY, stated="05/04/2026"
    )
    assert read_moment("05/04/2026", american) == Moment(
        at=datetime.fromisoformat("2026-05-04"), precision=DAY, stated="05/04/2026"
    )


def test_zone_fills_in_only_what_is_not_stated() -> None:
    """A stated offset is kept; a naive moment takes the zone given, else UTC."""
    minsk, utc = timezone(timedelta(hours=3)), timezone.utc
    naive = Moment(at=datetime.fromisoformat("2026-11-24T14:05"), precision=MINUTE, stated="24.11.2026 14:05")
    stated = Moment(at=datetime(2026, 11, 24, 14, 5, tzinfo=utc), precision=MINUTE, stated="24.11.2026 14:05 GMT")
    assert as_published(naive, zone=minsk) == Published(
        at=datetime(2026, 11, 24, 14, 5, tzinfo=minsk), precision=MINUTE, stated=naive.stated
    )
    assert as_published(naive, zone=None).at.isoformat() == "2026-11-24T14:05:00+00:00"
    assert as_published(stated, zone=minsk).at.isoformat() == "2026-11-24T14:05:00+00:00"
    assert [states_offset(moment.stated) for moment in (naive, stated)] == [False, True]


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Warsaw", "29.03.2026 02:30", "2026-03-29T01:30:00+00:00"),  # skipped: the offset from before
        ("Europe/Warsaw", "25.10.2026 02:30", "2026-10-25T00:30:00+00:00"),  # shown twice: the first
        ("Europe/Vilnius", "29.03.2026 03:30", "2026-03-29T01:30:00+00:00"),
        ("Europe/Vilnius", "25.10.2026 03:30", "2026-10-25T00:30:00+00:00"),
        ("Europe/Minsk", "27.03.2011 02:30", "2011-03-27T00:30:00+00:00"),  # the last change: to +03:00 for good
        ("Europe/Minsk", "30.10.2011 03:30", "2011-10-30T00:30:00+00:00"),
        ("Europe/Minsk", "25.10.2026 02:30", "2026-10-24T23:30:00+00:00"),
    ],
)
def test_local_times_that_do_not_exist_or_exist_twice(zone: str, local: str, utc: str) -> None:
    """A time that the clocks skip or repeat has the offset from before the change (PEP 495, fold 0)."""
    moment = read_moment(local)
    assert moment is not None
    assert as_published(moment, zone=ZoneInfo(zone)).at.astimezone(timezone.utc).isoformat() == utc


def test_unix_times() -> None:
    """Seconds and milliseconds are read as UTC; other figures are no times."""
    at = datetime(2026, 11, 24, 11, 5, tzinfo=timezone.utc)
    assert from_epoch("1795518300") == Moment(at=at, precision=SECOND, stated="1795518300")
    assert from_epoch("1795518300000") == Moment(at=at, precision=SECOND, stated="1795518300000")
    assert from_epoch("20261124") is None


WORDS = (
    "24 ноября 2026|24.11.2026|2026-11-24T14:05:33Z|Nov 24, 2026|14:05|9.30|+0300|мск|EST|wczoraj|2 часа назад|"
    "prieš 5 min.|сегодня|31.02.2026|9999-12-31|0001-01-01|24:00|pm|обновлено|2026|24|ноября|,|T|/|-|.|(|²|٣|২০২০"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES).map("".join))
READING = Habits(now=datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Europe/Minsk")))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_only_dates_that_it_states(text: str) -> None:
    """No text raises; the stated text stands in the line, and figures of an absolute date are in it."""
    line = " ".join(text[:400].split())
    for written in moments_in(text):
        at, stated = written.moment.at, written.moment.stated
        assert stated
        assert stated in line
        days = {at.day, (at - timedelta(days=1)).day} if "24:00" in stated else {at.day}
        figures = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in stated)
        assert any(f"{day}" in figures for day in days)
        assert f"{at.year % 100:02}" in figures or at.day == 1


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_text_gives_the_moment_of_reading_by_itself(text: str) -> None:
    """Without a word or figure that states a date there is none, whatever the moment of reading."""
    if not any(letter.isdecimal() for letter in text):
        words = {"wczoraj", "сегодня"}
        found = {written.moment.stated.lower() for written in moments_in(text, READING)}
        assert found <= words
