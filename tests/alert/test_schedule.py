"""When mails go out."""

from __future__ import annotations

from datetime import datetime, time, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wirewatch.alert.recipients import Pace, Quiet, RecipientSpec, load_recipients, reader_of
from wirewatch.alert.schedule import Slot, slot
from wirewatch.alert.severity import Severity
from wirewatch.errors import SpecError

UTC = ZoneInfo("UTC")
ANNA = RecipientSpec(name="anna", address="anna@desk.example", timezone="Europe/Warsaw")
NIGHT = ANNA.model_copy(update={"quiet": Quiet(start=time(22), end=time(6, 30))})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def planned(reader: RecipientSpec, now: str, severity: Severity = Severity.NORMAL, **given: object) -> tuple[str, str]:
    """(when, UTC; digest's name or "") of a new alert."""
    found: Slot = slot(reader, severity, now=at(now), zone=UTC, **given)  # type: ignore[arg-type]
    return f"{found.at:%Y-%m-%d %H:%M}", found.key or ""


def test_at_once() -> None:
    """Without a wish a mail goes out at once, as one of its own."""
    assert planned(ANNA, "2031-09-05 12:10") == ("2031-09-05 12:10", "")


def test_hourly() -> None:
    """Hourly mails go out at the next full hour, all of an hour in one."""
    assert planned(ANNA, "2031-09-05 12:10", pace=Pace.HOURLY) == ("2031-09-05 13:00", "hourly 2031-09-05T13:00Z")
    assert planned(ANNA, "2031-09-05 13:00", pace=Pace.HOURLY)[0] == "2031-09-05 14:00"


def test_daily_in_the_readers_zone() -> None:
    """A daily mail goes out at the reader's hour, today's if that is to come, on either side of a change of clocks."""
    reader = ANNA.model_copy(update={"deliver": Pace.DAILY, "daily_at": time(7, 30)})
    assert planned(reader, "2031-09-05 05:29") == ("2031-09-05 05:30", "daily 2031-09-05T05:30Z")
    assert planned(reader, "2031-09-05 05:30")[0] == "2031-09-06 05:30"
    assert planned(reader, "2031-10-25 12:00")[0] == "2031-10-26 06:30"  # the clocks went back that night
    leap = reader.model_copy(update={"daily_at": time(2, 30)})
    assert planned(leap, "2031-03-29 12:00")[0] == "2031-03-30 01:30"  # 02:30 was left out


def test_the_rules_pace_wins() -> None:
    """A rule that says how soon is obeyed, whatever the reader's file says."""
    reader = ANNA.model_copy(update={"deliver": Pace.DAILY})
    assert planned(reader, "2031-09-05 12:10", pace=Pace.IMMEDIATE) == ("2031-09-05 12:10", "")


@pytest.mark.parametrize(
    ("now", "severity", "when"),
    [
        ("2031-09-05 19:59", Severity.NORMAL, "2031-09-05 19:59"),
        ("2031-09-05 20:00", Severity.NORMAL, "2031-09-06 04:30"),
        ("2031-09-05 23:30", Severity.LOW, "2031-09-06 04:30"),
        ("2031-09-06 04:30", Severity.NORMAL, "2031-09-06 04:30"),
        ("2031-09-05 23:30", Severity.HIGH, "2031-09-05 23:30"),
    ],
)
def test_quiet_hours(now: str, severity: Severity, when: str) -> None:
    """In quiet hours mails wait for their end, those of a high severity excepted."""
    assert planned(NIGHT, now, severity)[0] == when


def test_an_hourly_mail_waits_for_the_end_of_the_night() -> None:
    """A digest that would go out in quiet hours goes out after them."""
    assert planned(NIGHT, "2031-09-05 19:30", pace=Pace.HOURLY) == ("2031-09-06 04:30", "quiet 2031-09-06T04:30Z")


def test_the_cap_turns_mails_into_a_digest() -> None:
    """What comes after an hour's fill goes out in one mail at its end."""
    reader = ANNA.model_copy(update={"cap": 3})
    assert planned(reader, "2031-09-05 12:10", sent_this_hour=2) == ("2031-09-05 12:10", "")
    assert planned(reader, "2031-09-05 12:10", sent_this_hour=3) == ("2031-09-05 13:00", "cap 2031-09-05T13:00Z")


def test_reader_files(tmp_path: Path) -> None:
    """A file says all there is to say of a reader; an address without one gets every mail at once."""
    (tmp_path / "anna.yml").write_text(
        "name: anna\naddress: anna@desk.example\ntimezone: Europe/Warsaw\ndeliver: daily\ndaily_at: '07:30'\n"
        "quiet: {start: '22:00', end: '06:30', unless: normal}\ncap: 5\n",
        encoding="utf-8",
    )
    readers = load_recipients(tmp_path)
    assert readers == {
        "anna@desk.example": RecipientSpec(
            name="anna",
            address="anna@desk.example",
            timezone="Europe/Warsaw",
            deliver=Pace.DAILY,
            daily_at=time(7, 30),
            quiet=Quiet(start=time(22), end=time(6, 30), unless=Severity.NORMAL),
            cap=5,
        )
    }
    assert reader_of("bob@desk.example", readers).deliver is Pace.IMMEDIATE
    assert load_recipients(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("daily_at: 22:00", 'daily_at: write the time in quotes: "07:30"'),
        ("daily_at: '25:00'", "daily_at: '25:00' is not a time such as \"07:30\""),
        ("quiet: {start: '22:00', end: '22:00'}", "start and end are the same time"),
        ("cap: 0", "cap"),
    ],
)
def test_a_wrong_reader_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The error names the file and says what is wrong; a time that YAML reads as a number is not guessed."""
    (tmp_path / "anna.yml").write_text(f"name: anna\naddress: anna@desk.example\n{text}\n", encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_recipients(tmp_path)
    assert message in str(caught.value)
    assert "anna.yml:3" in str(caught.value)


def test_two_readers_of_one_address_are_refused(tmp_path: Path) -> None:
    """Which of two files would hold for an address is not guessed."""
    for name in ("anna", "bob"):
        (tmp_path / f"{name}.yml").write_text(f"name: {name}\naddress: desk@desk.example\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"bob\.yml.*also the address of anna\.yml"):
        load_recipients(tmp_path)
