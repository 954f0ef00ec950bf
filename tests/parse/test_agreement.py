"""Contradicting statements of one page → the one that is believed, rule by rule."""

from __future__ import annotations

from datetime import timezone
from zoneinfo import ZoneInfo

import pytest

from wirewatch.model import Precision
from wirewatch.parse.agreement import is_default, reconciled
from wirewatch.parse.datelines import Dateline, Sign
from wirewatch.written_dates.dates import Habits, Moment, read_moment

MINSK, UTC = ZoneInfo("Europe/Minsk"), timezone.utc
NEW_YORK = ZoneInfo("America/New_York")


def moment(text: str, *, american: bool = False) -> Moment:
    found = read_moment(text, Habits(month_first=american))
    assert found is not None
    return found


def believed(
    *machine: str,
    shown: tuple[str, ...] = (),
    modified: str | None = None,
    address: str | None = None,
    zone: ZoneInfo | None = None,
    sign: Sign = Sign.MARKED,
) -> tuple[str, str]:
    result = reconciled(
        [moment(text) for text in machine],
        shown=[Dateline(moment=moment(text), sign=sign) for text in shown],
        modified=moment(modified) if modified else None,
        address=moment(address) if address else None,
        zone=zone,
    )
    return result.at.isoformat(), result.precision.value


def test_alone_a_machine_statement_stands() -> None:
    """Without anything shown the statement keeps its offset and precision."""
    assert believed("2026-11-24T14:05:33+03:00") == ("2026-11-24T14:05:33+03:00", "second")


@pytest.mark.parametrize(
    ("shown", "iso"),
    [("23.11.2026", "2026-11-23T09:00:00+03:00"), ("1.1.2020", "2026-11-24T14:05:33+03:00")],
)
def test_a_shown_day_confirms_one_of_several(shown: str, iso: str) -> None:
    """The machine statement whose day readers see is believed; a day that none repeats changes nothing."""
    assert believed("2026-11-24T14:05:33+03:00", "2026-11-23T09:00:00+03:00", shown=(shown,)) == (iso, "second")


def test_figures_confirm_in_either_order() -> None:
    """05/04/2026 confirms the fourth of May where a machine states it."""
    machine = ("2026-06-01T10:00:00+03:00", "2026-05-04T10:00:00+03:00")
    assert believed(*machine, shown=("05/04/2026",)) == ("2026-05-04T10:00:00+03:00", "second")


@pytest.mark.parametrize(
    ("modified", "sign", "expected"),
    [
        ("2026-11-24T14:05:40+03:00", Sign.MARKED, ("2026-11-10T00:00:00", "day")),
        ("2026-11-24T18:00:00+03:00", Sign.MARKED, ("2026-11-24T14:05:33+03:00", "second")),
        ("2026-11-24T14:05:40+03:00", Sign.PLAIN, ("2026-11-24T14:05:33+03:00", "second")),
    ],
)
def test_a_publication_moved_to_the_last_change(modified: str, sign: Sign, expected: tuple[str, str]) -> None:
    """datePublished equal to dateModified gives way to a marked earlier date, and to nothing less."""
    assert believed("2026-11-24T14:05:33+03:00", modified=modified, shown=("10.11.2026",), sign=sign) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (("24.11.2026 14:05",), ("2026-11-24T14:05:00", "minute")),
        (("24.11.2026",), ("2026-11-24T00:00:00+00:00", "day")),
        (("20.11.2026 14:05",), ("2026-11-24T00:00:00+00:00", "second")),
        ((), ("2026-11-24T00:00:00+00:00", "second")),
    ],
)
def test_midnight_as_filler(shown: tuple[str, ...], expected: tuple[str, str]) -> None:
    """A midnight beside the same day shown is no time; the shown time is taken if there is one."""
    assert believed("2026-11-24T00:00:00Z", shown=shown, zone=MINSK) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (MINSK, ("2026-11-24T14:05:00", "minute")),
        (ZoneInfo("Europe/London"), ("2026-11-24T14:05:00+00:00", "second")),
        (None, ("2026-11-24T14:05:00+00:00", "second")),
    ],
)
def test_local_time_in_utc_s_clothes(zone: ZoneInfo | None, expected: tuple[str, str]) -> None:
    """Digits that the page shows as local time are local where the source's zone is not at UTC."""
    assert believed("2026-11-24T14:05:00Z", shown=("24.11.2026, 14:05",), zone=zone) == expected


def test_utc_s_digits_in_local_clothes() -> None:
    """A local offset, or none, on the digits of UTC gives way to the shown time."""
    assert believed("2026-11-25T04:05:33-06:00", shown=("Nov 24, 2026, 10:05 pm CST",)) == (
        "2026-11-24T22:05:00-06:00",
        "minute",
    )
    assert believed("2026-11-25 02:24:00", shown=("Nov 24, 2026 9:24 pm ET",)) == (
        "2026-11-24T21:24:00-05:00",
        "minute",
    )


@pytest.mark.parametrize(
    ("shown", "zone", "iso"),
    [
        ("24.11.2026 21:18", None, "2026-11-24T21:18:11-05:00"),
        ("24.11.2026 21:18", NEW_YORK, "2026-11-24T21:18:11-05:00"),
        ("24.11.2026 21:18", MINSK, "2026-11-25T02:18:11+00:00"),
        ("24.11.2026 9:18 pm ET", MINSK, "2026-11-24T21:18:11-05:00"),
        ("24.11.2026 21:17", None, "2026-11-24T00:00:00"),
    ],
)
def test_the_page_s_own_offset(shown: str, zone: ZoneInfo | None, iso: str) -> None:
    """The same instant shown in local time lends its offset; other minutes or another zone's offset do not."""
    assert believed("2026-11-25T02:18:11Z", shown=(shown,), zone=zone)[0] == iso


@pytest.mark.parametrize(
    ("zone", "address", "expected"),
    [
        (NEW_YORK, "2026-11-24", ("2026-11-24T21:18:11-05:00", "second")),
        (MINSK, "2026-11-24", ("2026-11-25T02:18:11+00:00", "second")),
        (None, "2026-11-24", ("2026-11-24T00:00:00", "day")),
        (None, "2026-11-25", ("2026-11-25T02:18:11+00:00", "second")),
        (None, "2026-11-20", ("2026-11-25T02:18:11+00:00", "second")),
    ],
)
def test_the_neighbouring_day(zone: ZoneInfo | None, address: str, expected: tuple[str, str]) -> None:
    """A day before or after UTC's is the local one where some place had it then; any other day changes nothing."""
    assert believed("2026-11-25T02:18:11Z", address=address, zone=zone) == expected


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("1970-01-01T00:00:00Z", True),
        ("1970-01-01T03:00:00+03:00", True),
        ("1969-12-31T19:00:00-05:00", True),
        ("0001-01-01T00:00:00", True),
        ("1900-01-01", True),
        ("1970-01-02", False),
        ("2026-01-01", False),
    ],
)
def test_defaults_of_systems(text: str, default: bool) -> None:
    """Zero in the calendars of Unix, .NET and spreadsheets is no date; a first of January may be one."""
    assert is_default(moment(text)) is default


def test_precision_of_the_confirmed_statement_is_kept() -> None:
    """A day that is shown does not coarsen a time that the machine states with another offset."""
    assert believed("2026-11-24T14:05+03:00", shown=("24.11.2026",)) == (
        "2026-11-24T14:05:00+03:00",
        Precision.MINUTE.value,
    )
