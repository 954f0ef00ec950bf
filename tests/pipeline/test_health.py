"""Health through the whole pipeline: what is kept of a run, what the operator gets, and what the command shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.newsroom.server import Newsroom
from tests.support import gazette as site
from tests.support.gazette import Gazette
from tests.support.weeks import DAY, Weeks
from wirewatch.pipeline.assess import assess
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.plan import open_run
from wirewatch.pipeline.tell import tell
from wirewatch.settings import ROOT
from wirewatch.warehouse import runs
from wirewatch.warehouse.connection import connected

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)
TUESDAY = MONDAY + DAY
HOUR = timedelta(hours=1)
Box = tuple[Path, int]


@pytest.fixture
def weeks(make_desk: Callable[..., Desk], tmp_path: Path, mailbox: Box) -> Iterator[Weeks]:
    """A small daily with nine weeks behind it."""
    with Gazette(weekday=5, weekend=1) as gazette:
        begun = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
        begun.remember(until=MONDAY)
        yield begun


def wirewatch(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    command = [sys.executable, "-m", "wirewatch.cli", *arguments]
    environment = {**plain, **desk.settings.to_environment()}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_a_fault_every_hour_is_one_mail(weeks: Weeks) -> None:
    """Four hourly runs of a refusing site: one incident that begins at the first, and one mail."""
    weeks.gazette.fault = site.forbidden
    for number in range(4):
        assert weeks.run(TUESDAY + number * HOUR)["health"] == "blocked"
    assert weeks.mails() == ["Sources: gazette fails"]
    (incident,) = weeks.query("select opened_at, last_seen, closed_at from source_incident")
    assert incident == {"opened_at": TUESDAY, "last_seen": TUESDAY + 3 * HOUR, "closed_at": None}


def test_another_kind_of_fault_is_the_same_incident(weeks: Weeks) -> None:
    """Refused, then empty, then fine: one incident, and two mails in all."""
    faults = [site.forbidden, site.empty, None]
    states = []
    for number, fault in enumerate(faults):
        weeks.gazette.fault = fault
        states.append(weeks.run(TUESDAY + number * DAY)["health"])
    assert states == ["blocked", "broken", "ok"]
    assert weeks.mails() == ["Sources: gazette fails", "Sources: gazette works again"]
    assert [row["sign"] for row in weeks.query("select sign from source_incident")] == ["empty"]


def test_dying_between_writing_and_sending_loses_no_mail(weeks: Weeks) -> None:
    """Incident and mail are one transaction: told again they change nothing, and what waits is sent once."""
    weeks.gazette.fault = site.forbidden
    away = replace(weeks.desk, settings=replace(weeks.desk.settings, smtp_url="smtp://127.0.0.1:9"))
    weeks.gazette.now = TUESDAY
    run_day(away, day=TUESDAY.date())
    assert weeks.mails() == []
    run = runs.Run(**weeks.query("select run_id, run_key, day, backfill from run order by run_id desc limit 1")[0])
    assert tell(weeks.desk, run) == {"failing": 0, "recovered": 0, "waiting": 1}
    weeks.gazette.now = TUESDAY + HOUR
    assert deliver(weeks.desk) == {"sent": 1, "waiting": 0, "quarantined": 0}
    assert deliver(weeks.desk) == {"sent": 0, "waiting": 0, "quarantined": 0}
    assert weeks.mails() == ["Sources: gazette fails"]
    (notice,) = weeks.query("select message_id, state from notice")
    assert notice["state"] == "sent"
    assert f"Message-ID: {notice['message_id']}" in weeks.last_mail()


def test_a_source_that_was_not_asked_stays_as_it_was(weeks: Weeks) -> None:
    """Outside its hours nothing is fetched: nothing is judged, no incident ends and no signal is kept."""
    weeks.gazette.fault = site.forbidden
    weeks.run(TUESDAY)
    weeks.gazette.now = TUESDAY + HOUR
    run, _ = open_run(weeks.desk, "night", TUESDAY.date())
    before = weeks.query("select count(*) as signals from source_signal")
    with connected(weeks.desk.database_url) as connection:
        figures = assess(weeks.desk, run, weeks.desk.source("gazette"), connection=connection)
    assert (figures["source"], figures["new"], figures["quarantined"]) == ("gazette", 0, 0)
    assert tell(weeks.desk, run)["recovered"] == 0
    row = weeks.query(f"select state, health, note from run_source where run_id = {run.run_id}")
    assert row == [{"state": "done", "health": None, "note": None}]
    assert weeks.stands()["health"] == "blocked"
    assert weeks.query("select count(*) as signals from source_signal") == before
    assert weeks.query("select closed_at from source_incident") == [{"closed_at": None}]


def test_a_backfill_says_nothing_of_today(weeks: Weeks) -> None:
    """A backfill of a past day is judged for its own row alone: no signal, no incident, no mail."""
    weeks.gazette.fault = site.forbidden
    before = weeks.query("select count(*) as signals from source_signal")
    run_day(weeks.desk, day=MONDAY.date(), backfill=True)
    assert weeks.query("select count(*) as signals from source_signal") == before
    assert weeks.query("select * from source_incident") == []
    assert weeks.mails() == []


def test_a_source_that_is_given_up_is_no_longer_failing(weeks: Weeks) -> None:
    """When its file says dead, its incident is closed by the next run, without a word."""
    weeks.gazette.fault = site.forbidden
    weeks.run(TUESDAY)
    path = weeks.desk.settings.sources / "gazette.yml"
    dead = path.read_text(encoding="utf-8").replace("state: works", "state: dead")
    path.write_text(dead, encoding="utf-8")
    other = Weeks(Desk(weeks.desk.settings, now=weeks.desk.now), weeks.gazette, weeks.mailbox)
    other.gazette.write_source(weeks.desk.settings.sources, slug="second")
    other.gazette.fault = None
    other.gazette.now = TUESDAY + DAY
    run_day(other.desk)
    assert [row["closed_at"] for row in weeks.query("select closed_at from source_incident")] == [TUESDAY + DAY]
    assert weeks.mails() == ["Sources: gazette fails"]


def test_the_command_shows_states_figures_and_what_to_do(weeks: Weeks) -> None:
    """A row a source with today's figures beside the usual ones; exit 1 when something fails; JSON has it all."""
    weeks.run(MONDAY)
    fine = wirewatch(weeks.desk, "health")
    head, row = fine.stdout.splitlines()
    assert fine.returncode == 0, fine.stderr
    assert head.split() == ["source", "state", "since", "new", "usual", "body", "usual"]
    assert row.split()[:2] == ["gazette", "ok"]
    weeks.gazette.fault = site.other_class_names
    weeks.run(TUESDAY)
    broken = wirewatch(weeks.desk, "health", "--country", "BY", "--kind", "press")
    assert broken.returncode == 1
    _, row, reason, advice = broken.stdout.splitlines()
    assert row.split()[:3] == ["gazette", "broken", "2026-11-24"]
    assert reason.startswith("    the selectors for ")
    assert advice.startswith("    → Write the new selectors under `article` in include/sources/gazette.yml")
    (found,) = map(json.loads, wirewatch(weeks.desk, "health", "--json").stdout.splitlines())
    assert (found["health"], found["sign"], found["since"]) == ("broken", "redesign", TUESDAY.isoformat())
    assert found["figures"]["entries"][0]["outcome"] == "new"
    assert found["usual"]["runs"] == 62
    assert found["incident_mailed_at"] is not None


def test_the_command_chooses_by_country_and_kind(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """Sources that were never run are listed as such; an unknown kind is wrong input."""
    run_day(newsroom_desk, only=["zastava"])
    done = wirewatch(newsroom_desk, "health", "--json", "--kind", "wire")
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["nadbuzhzhia"]
    assert json.loads(done.stdout)["health"] == "never"
    assert "No source of that country and kind" in wirewatch(newsroom_desk, "health", "--country", "EE").stdout
    wrong = wirewatch(newsroom_desk, "health", "--kind", "magazine")
    assert (wrong.returncode, "--kind: 'magazine' is none of ministry" in wrong.stderr) == (2, True)
