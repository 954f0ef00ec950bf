"""Written dates of the sources' languages and of machines."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from wirewatch.model import Precision, Published
from wirewatch.parse.dates import Habits, Moment, as_published, from_epoch, read_moment, states_offset

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
        ("24 ноября 2026, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("14:05, 24 ноября 2026", "2026-11-24T14:05:00", MINUTE),
        ("24 лістапада 2026", "2026-11-24T00:00:00", DAY),
        ("24 листопада 2026, 14:05", "2026-11-24T14:05:00", MINUTE),
        ("24 listopada 2026 r., godz. 14:30", "2026-11-24T14:30:00", MINUTE),
        ("2026 m. lapkričio 24 d. 10:15", "2026-11-24T10:15:00", MINUTE),
        ("2026. gada 24. novembrī", "2026-11-24T00:00:00", DAY),
        ("24. november 2026, 12.05", "2026-11-24T12:05:00", MINUTE),
        ("24. November 2026 um 14:05 Uhr", "2026-11-24T14:05:00", MINUTE),
        ("24.11.2026", "2026-11-24T00:00:00", DAY),
        ("14:05 24.11.2026 (обновлено: 15:00 24.11.2026)", "2026-11-24T14:05:00", MINUTE),
        ("2026年11月24日 10:00", "2026-11-24T10:00:00", MINUTE),
        ("15 чэрвеня", "2026-06-15T00:00:00", DAY),
        ("30 декабря, 9:00", "2025-12-30T09:00:00", MINUTE),
        ("wczoraj, 9:30", "2026-11-23T09:30:00", MINUTE),
        ("Вчера в 18:40 МСК", "2026-11-23T18:40:00+03:00", MINUTE),
        ("šiandien 7:05", "2026-11-24T07:05:00", MINUTE),
    ],
)
def test_written_dates(text: str, iso: str, precision: Precision) -> None:
    """Each way of writing gives its day, its time as far as stated and its offset if stated."""
    moment = read_moment(text, TODAY)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (iso, precision)


@pytest.mark.parametrize("text", ["", None, "31.02.2026", "12 Marines 2026", "no date here", "2026", "10.5.3.1"])
def test_no_date(text: str | None) -> None:
    """What is no date, or an impossible one, gives none."""
    assert read_moment(text, TODAY) is None


def test_relative_words_need_a_day_of_reading() -> None:
    """Without the day of reading, "yesterday" and a day without a year are not resolved."""
    assert [read_moment(text) for text in ("wczoraj, 9:30", "15 чэрвеня")] == [None, None]


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


def test_unix_times() -> None:
    """Seconds and milliseconds are read as UTC; other figures are no times."""
    at = datetime(2026, 11, 24, 11, 5, tzinfo=timezone.utc)
    assert from_epoch("1795518300") == Moment(at=at, precision=SECOND, stated="1795518300")
    assert from_epoch("1795518300000") == Moment(at=at, precision=SECOND, stated="1795518300000")
    assert from_epoch("20261124") is None
