"""Twelve faults of a source, each put into a site that had weeks of ordinary news, and weeks without any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

import wirewatch.pipeline.collect as collecting
from tests.support import gazette as site
from tests.support.certificates import self_signed, serving
from tests.support.gazette import Fault, Gazette
from tests.support.weeks import DAY, Weeks
from wirewatch.fetch.client import Client
from wirewatch.pipeline.desk import Desk

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY
LATER = timedelta(hours=3)
Box = tuple[Path, int]


@dataclass(frozen=True)
class Case:
    """A fault, and what a person must read of it."""

    fault: Fault
    state: str
    sign: str
    reason: str  # pattern


CASES = [
    Case(site.forbidden, "blocked", "refused", r"rss\.xml: The site answered 403: it refuses us"),
    Case(site.html_as_rss, "broken", "not-an-entry", r"rss\.xml: .*HTML in place of a feed"),
    Case(
        site.other_class_names, "broken", "redesign", r"selectors for authors, body, published, title match nothing on"
    ),
    Case(site.captcha, "blocked", "entry-wall", r"rss\.xml: a wall in its place: .*Проверка браузера"),
    Case(site.consent, "blocked", "wall", r"\d+ of \d+ article pages are a wall: .*Before you continue"),
    Case(
        site.frozen, "stale", "frozen", r"frozen: it answers, but nothing new since Mon 23 Nov 18:00 UTC, where \d+ to"
    ),
    Case(site.empty, "broken", "empty", r"empty: it answers and names no article, where 25 are usual"),
    Case(site.soft_404, "broken", "no-articles", r"\d+ of \d+ pages are no articles: .*Страница не найдена"),
    Case(site.truncated_gzip, "broken", "no-answer", r"cannot be decoded: the compressed body ends in the middle"),
    Case(site.to_the_home_page, "broken", "home", r"\d+ of \d+ article addresses lead to the home page"),
    Case(site.teasers, "broken", "teasers", r"teasers in place of the text\? .* have \d+ characters .* are usual"),
]


@pytest.fixture
def gazette() -> Iterator[Gazette]:
    with Gazette() as running:
        yield running


@pytest.fixture
def weeks(gazette: Gazette, make_desk: Callable[..., Desk], tmp_path: Path, mailbox: Box) -> Weeks:
    """Nine weeks behind it."""
    begun = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
    begun.remember(until=MONDAY)
    return begun


def told_once(weeks: Weeks, case: Case, put: Callable[[bool], None]) -> None:
    """An ordinary day, the fault with a second run the same day, and the day after it."""
    assert weeks.run(MONDAY)["health"] == "ok"
    put(True)
    first = weeks.run(TUESDAY)
    assert (first["health"], first["sign"]) == (case.state, case.sign), first["reason"]
    assert re.search(case.reason, first["reason"]), first["reason"]
    assert weeks.mails() == ["Sources: gazette fails"]
    mail = " ".join(weeks.last_mail().split())
    assert f"The Gazette (gazette): {case.state} since 24 Nov 2026, 18:00 UTC" in mail
    assert "What to do: " in mail
    again = weeks.run(TUESDAY + LATER)
    assert (again["health"], again["since"]) == (case.state, TUESDAY)
    assert weeks.mails() == ["Sources: gazette fails"]
    put(False)
    assert weeks.run(WEDNESDAY)["health"] == "ok"
    weeks.run(WEDNESDAY + LATER)
    assert weeks.mails() == ["Sources: gazette fails", "Sources: gazette works again"]
    (incident,) = weeks.query("select opened_at, closed_at from source_incident")
    assert (incident["opened_at"], incident["closed_at"]) == (TUESDAY, WEDNESDAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault.__name__)
def test_a_fault_is_named_in_the_first_run_after_it(weeks: Weeks, case: Case) -> None:
    """State and reason name it; the operator is told once, although it lasts, and once that it is over."""

    def put(there: bool) -> None:
        weeks.gazette.fault = case.fault if there else None

    told_once(weeks, case, put)


def test_an_expired_certificate_is_named(
    make_desk: Callable[..., Desk], tmp_path: Path, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twelfth fault: the site's certificate expires overnight, and is renewed."""
    valid, expired = self_signed(tmp_path / "valid.pem", days=30), self_signed(tmp_path / "expired.pem", days=-1)
    (tmp_path / "both.pem").write_bytes(valid.read_bytes() + expired.read_bytes())
    monkeypatch.setattr(collecting, "Client", partial(Client, ca_bundle=tmp_path / "both.pem"))
    case = Case(site.forbidden, "broken", "no-answer", r"TLS failed: certificate has expired")
    with Gazette(tls=serving(valid)) as gazette:
        weeks = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
        weeks.remember(until=MONDAY)
        told_once(weeks, case, lambda there: gazette.swap_certificate(serving(expired if there else valid)))


def test_thirty_clean_days_raise_no_alarm(make_desk: Callable[..., Desk], tmp_path: Path, mailbox: Box) -> None:
    """From an empty warehouse, through weekends and a holiday on which nothing comes: no alarm, and no mail."""
    holiday = date(2026, 11, 11)  # Poland's Independence Day, a Wednesday
    first = datetime(2026, 10, 27, 5, 0, tzinfo=timezone.utc)
    with Gazette(country="PL", weekday=16, weekend=2, holidays=frozenset({holiday})) as gazette:
        weeks = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
        states = [weeks.run(first + day * DAY)["health"] for day in range(30)]
        assert set(states) <= {"ok", "quiet", "unchanged"}, list(enumerate(states))
        assert states[16] in ("quiet", "unchanged")  # the morning after the holiday
        assert weeks.mails() == []
        assert weeks.query("select * from source_incident") == []
        gazette.fault = site.frozen
        frozen = weeks.run(first + 30 * DAY)
        assert (frozen["health"], frozen["sign"]) == ("stale", "frozen"), frozen


def test_one_dead_edition_is_named_while_the_others_go_on(
    make_desk: Callable[..., Desk], tmp_path: Path, mailbox: Box
) -> None:
    """Of two feeds one stands still: the source is stale, and the reason names the feed."""

    def second_frozen(gazette: Gazette, path: str, reply: site.Reply) -> site.Reply:
        return site.frozen(gazette, path, reply) if path == gazette.feeds[1] else reply

    with Gazette(weekday=40, editions=2) as gazette:
        weeks = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
        weeks.remember(until=MONDAY)
        assert weeks.run(MONDAY)["health"] == "ok"
        gazette.fault = second_frozen
        found = weeks.run(TUESDAY)
    assert (found["health"], found["sign"]) == ("stale", "frozen"), found["reason"]
    assert f"1 of 2 entry points frozen: {gazette.base}/2/rss.xml: nothing new since Mon 23 Nov" in found["reason"]
