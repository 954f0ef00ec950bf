"""Thirty days of news through stories, rules, outbox and delivery, and a back-test that says the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.month import BEGIN, DAYS, RUNS, Month, moment
from tests.support.shelf import Shelf
from wirewatch.pipeline.backtest import TriedAlert, backtest, outgoing
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.story_evidence import copies_alone
from wirewatch.settings import Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.migrate import migrate

RULES = {
    "once": "when: {any: [csto]}\nagain: []\nto: [daily@desk.example]\n",
    "again": "when: {any: [csto]}\nto: [now@desk.example]\n",
    "nato": "when: {any: [nato]}\nseverity: high\nto: [now@desk.example, night@desk.example]\n",
    "zapad": "when: {any: [zapad-exercise]}\nto: [night@desk.example]\n",
    "hourly": "when: {any: [zapad-exercise]}\ndeliver: hourly\nagain: [withdrawn]\nto: [now@desk.example]\n",
}
READERS = {
    "daily": "deliver: daily\ndaily_at: '07:30'\ntimezone: Europe/Warsaw\n",
    "now": "cap: 2\n",
    "night": "quiet: {start: '22:00', end: '06:00', unless: high}\ntimezone: Europe/Warsaw\n",
}


@dataclass
class Carrier:
    """A transport that takes every mail."""

    taken: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        self.taken.append(message)

    @contextmanager
    def open(self) -> Iterator[Carrier]:
        yield self


@dataclass(frozen=True)
class Lived:
    """A month that is over."""

    desk: Desk
    month: Month
    mails: list[bytes]


@pytest.fixture(scope="module")
def lived(postgres: Path, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Every run of the month: put, link, match, deliver; and deliveries between, when digests are due."""
    folder = tmp_path_factory.mktemp("month")
    rules, readers = folder / "rules", folder / "recipients"
    rules.mkdir()
    readers.mkdir()
    for name, text in RULES.items():
        (rules / f"{name}.yml").write_text(f"name: {name}\ntitle: Rule {name}\n{text}", encoding="utf-8")
    for name, text in READERS.items():
        (readers / f"{name}.yml").write_text(f"name: {name}\naddress: {name}@desk.example\n{text}", encoding="utf-8")
    clock = [moment(0)]
    settings = replace(
        Settings.from_environment({}),
        home=folder / "home",
        database_url=embedded.ensure_database(postgres, "month"),
        archive=str(folder / "archive"),
        rules=rules,
        recipients=readers,
    )
    with connected(settings.database_url) as connection:
        migrate(connection)
    desk = Desk(settings, now=lambda: clock[0])
    month, carrier = Month(Shelf(desk)), Carrier()
    month.begin()
    for run in range(DAYS * len(RUNS)):
        clock[0] = moment(run)
        _run(desk, month, run)
        for hours in (0, 1, 2, 7):
            clock[0] = moment(run) + timedelta(hours=hours)
            deliver(desk, carrier.open)
    clock[0] += timedelta(days=2)
    deliver(desk, carrier.open)
    return Lived(desk, month, [message.as_bytes() for message in carrier.taken])


def _run(desk: Desk, month: Month, run: int) -> None:
    month.put(run)
    link(desk, evidence=copies_alone)
    if month.shelf.run is None:
        raise AssertionError("no day is open")
    match(desk, month.shelf.run)


def told(lived: Lived) -> dict[str, Counter[int]]:
    """Rule → event → how many alerts."""
    rows = lived.month.shelf.rows(
        "select l.rule, o.url, count(*)::integer as alerts from alert l join story y using (story_id)"
        " join article o on o.article_id = y.origin_id group by 1, 2"
    )
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        found[row["rule"]][int(row["url"].rpartition("/e")[2])] += row["alerts"]
    return found


def test_each_rule_tells_each_story_as_often_as_it_says(lived: Lived) -> None:
    """Reprints send nothing; what changes is told again by rules that ask for it, and by no other."""
    month = lived.month
    withdrawn = {event.number for event in month.events if event.change and event.change.value == "withdrawn"}
    hourly = Counter({event: 1 + (event in withdrawn) for event in month.alerts_of("zapad-exercise", again=False)})
    assert told(lived) == {
        "once": month.alerts_of("csto", again=False),
        "again": month.alerts_of("csto", again=True),
        "nato": month.alerts_of("nato", again=True),
        "zapad": month.alerts_of("zapad-exercise", again=True),
        "hourly": hourly,
    }


def test_every_alert_reaches_its_reader_once(lived: Lived) -> None:
    """Nothing waits at the end, and no mail went twice; digests hold what was not sent by itself."""
    states = lived.month.shelf.rows("select state, count(*)::integer as mails from outbox group by 1")
    identities = [line for mail in lived.mails for line in mail.splitlines() if line.lower().startswith(b"message-id")]
    assert [row["state"] for row in states] == ["sent"]
    assert len(identities) == len(set(identities)) == len(lived.mails)
    digests = sum(b"<digest.wirewatch" in mail for mail in lived.mails)
    own = lived.month.shelf.rows("select count(*)::integer as mails from outbox where digest is null")[0]["mails"]
    assert (digests > DAYS, own + digests) == (True, len(lived.mails))


def test_readers_get_mail_when_they_want_it(lived: Lived) -> None:
    """The daily reader gets one mail a day, and nobody is woken at night but by what is urgent."""
    rows = lived.month.shelf.rows(
        "select o.recipient, o.digest, o.sent_at, l.rule from outbox o join alert l using (alert_id)"
    )
    daily = {(row["digest"], row["sent_at"]) for row in rows if row["recipient"] == "daily@desk.example"}
    assert len(daily) == len({sent.date() for _, sent in daily}) <= DAYS + 1
    assert all(digest.startswith("daily ") for digest, _ in daily)
    night = [row for row in rows if row["recipient"] == "night@desk.example" and row["digest"] is None]
    woken = {row["rule"] for row in night if row["sent_at"].hour in (20, 21, 22, 23, 0, 1, 2, 3)}
    assert woken == {"nato"}
    an_hour = Counter(
        row["sent_at"].replace(minute=0, second=0)
        for row in rows
        if row["recipient"] == "now@desk.example" and row["digest"] is None
    )
    assert max(an_hour.values()) == 2


def tried(lived: Lived, since: datetime) -> list[TriedAlert]:
    return list(backtest(lived.desk, lived.desk.rules, since=since, until=moment(DAYS * len(RUNS))))


def test_a_back_test_says_what_was_sent(lived: Lived) -> None:
    """Tried on the month anew, the rules send the very same mails, to the byte, digests included."""
    found = tried(lived, moment(0))
    again = [message.as_bytes() for message in outgoing(lived.desk, found)]
    assert sorted(again) == sorted(lived.mails)


def test_a_back_test_changes_nothing(lived: Lived) -> None:
    """Trying rules writes neither alerts nor mails, and trying them twice says the same."""
    before = lived.month.shelf.rows(
        "select (select count(*) from alert) as alerts, (select count(*) from outbox) as mails"
    )
    first, second = tried(lived, moment(0)), tried(lived, moment(0))
    after = lived.month.shelf.rows(
        "select (select count(*) from alert) as alerts, (select count(*) from outbox) as mails"
    )
    assert (first, before) == (second, after)


def test_a_window_has_only_what_came_in_it(lived: Lived) -> None:
    """A back-test over the last week tells no story of the weeks before."""
    week = datetime.combine(BEGIN + timedelta(days=DAYS - 7), datetime.min.time(), tzinfo=moment(0).tzinfo)
    assert {item.at >= week for item in tried(lived, week)} == {True}
