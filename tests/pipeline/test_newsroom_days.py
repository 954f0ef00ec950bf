"""Two days of the newsroom through every stage, against its answer sheet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW, TODAY
from tests.newsroom.server import Newsroom
from tests.newsroom.world import State, Truth
from wirewatch.alert.mailbox import list_messages
from wirewatch.dedup.canonical import url_key
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.deliver import MailWaitsError, deliver, refuse_waiting
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.finish import RunFailedError, refuse_failure
from wirewatch.settings import ROOT
from wirewatch.warehouse import alerts
from wirewatch.warehouse.connection import connected

YESTERDAY = TODAY - timedelta(days=1)
Box = tuple[Path, int]


def query(desk: Desk, statement: str) -> list[dict[str, Any]]:
    with connected(desk.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return [dict(row) for row in cursor.fetchall()]


def checksum(desk: Desk) -> dict[str, Any]:
    with connected(desk.database_url) as connection, connection:
        return alerts.checksum(connection)


def loaded(desk: Desk) -> dict[str, dict[str, Any]]:
    """Current articles by source and title."""
    found = query(desk, "select * from article_current")
    return {f"{row['source']}: {row['title']}": row for row in found}


def named(truth: Truth) -> str:
    return f"{truth.publisher}: {truth.title}"


def two_days(desk: Desk, newsroom: Newsroom) -> tuple[dict[str, Any], dict[str, Any]]:
    first = run_day(replace(desk, now=lambda: NOW - timedelta(days=1)), day=YESTERDAY)
    newsroom.set_day(2)
    return first, run_day(desk, day=TODAY)


def test_day_one_loads_every_readable_article_as_it_was_written(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """Title, language, time, authors and text of each article are those the newsroom wrote; nothing else is loaded."""
    run_day(newsroom_desk, day=YESTERDAY)
    rows = loaded(newsroom_desk)
    wanted = {named(truth): truth for truth in newsroom.articles(1) if truth.readable}
    assert set(rows) == set(wanted)
    for name, truth in wanted.items():
        row = rows[name]
        seen = (row["language"], row["published_at"], row["body"])
        assert seen == (truth.language, truth.published, truth.text), name
        assert row["published_precision"] in ("minute", "second"), name


def test_day_one_finds_the_concepts_that_were_written_in(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """The concepts of each article are those of the answer sheet, homonyms left out."""
    run_day(newsroom_desk, day=YESTERDAY)
    found: dict[str, set[str]] = {name: set() for name in loaded(newsroom_desk)}
    for row in query(
        newsroom_desk, "select a.source, a.title, m.concept from mention m join article a using (article_id)"
    ):
        found[f"{row['source']}: {row['title']}"].add(row["concept"])
    wanted = {named(truth): set(truth.concepts) for truth in newsroom.articles(1) if truth.readable}
    assert found == wanted


def test_day_two_ends_each_article_in_its_row_or_named_outcome(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """Edited, retitled, withdrawn, moved, broken, forbidden and disallowed: each is told apart, and none is lost."""
    two_days(newsroom_desk, newsroom)
    rows = query(
        newsroom_desk,
        "select d.url_key, d.last_outcome, f.read_as, a.version, a.gone_at, a.title, v.body, b.absence from address d"
        ' left join lateral (select read_as from "fetch" f where f.address_id = d.address_id'
        "                     order by fetch_id desc limit 1) f on true"
        " left join article a using (address_id) left join article_version v using (article_id, version)"
        " left join article_absence b using (article_id)"
        " where d.purpose = 'article'",
    )
    by_key = {row["url_key"]: row for row in rows}
    for truth in newsroom.articles(2):
        first_address = truth.listed[0] if truth.listed else truth.path
        row = by_key[url_key(newsroom.bases[truth.publisher] + first_address)]
        expect(truth, row)


def expect(truth: Truth, row: dict[str, Any]) -> None:
    if truth.state is State.DISALLOWED:
        assert row["last_outcome"] == "robots"
    elif truth.state is State.FORBIDDEN:
        assert row["last_outcome"] == "blocked"
    elif truth.state is State.BROKEN:
        assert row["read_as"] == "quarantined"
    elif truth.state is State.WITHDRAWN:
        assert row["last_outcome"] == "gone"
        assert (row["absence"], row["gone_at"]) == ("gone", None)  # seen once: a second run must confirm it
        assert row["body"] == truth.text
    else:
        changed = truth.state in (State.EDITED, State.RETITLED)
        assert (row["title"], row["body"], row["version"]) == (truth.title, truth.text, 2 if changed else 1), truth.key


def test_reprints_are_one_story_with_the_earliest_as_origin(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """A copy under another publisher's markup joins the story of the piece it copies, on whatever day it comes."""
    two_days(newsroom_desk, newsroom)
    rows = query(
        newsroom_desk,
        "select c.source || ': ' || c.title as copy, o.source || ': ' || o.title as origin,"
        " c.story_id = o.story_id as one"
        " from article c join article o on o.article_id = c.copy_of",
    )
    truths = {truth.key: truth for truth in newsroom.articles(2)}
    wanted = {named(truth): named(truths[truth.copy_of]) for truth in truths.values() if truth.copy_of}
    assert {row["copy"]: row["origin"] for row in rows} == wanted
    assert all(row["one"] for row in rows)


def test_one_mail_a_story_and_rule(newsroom_desk: Desk, newsroom: Newsroom, mailbox: Box) -> None:
    """Both days together send one mail for each rule and story, whatever was reprinted or edited."""
    first, second = two_days(newsroom_desk, newsroom)
    mails = list_messages(mailbox[0])
    assert len(mails) == first["alerts"]["sent"] + second["alerts"]["sent"] > 10
    pairs = query(newsroom_desk, "select rule, story_id, count(*) as n from alert group by 1, 2")
    assert Counter(row["n"] for row in pairs) == {1: len(mails)}


def test_running_each_day_three_times_changes_nothing(newsroom_desk: Desk, newsroom: Newsroom, mailbox: Box) -> None:
    """The rows after three runs of a day are those after one, and no mail goes out twice."""
    for day, moment in ((YESTERDAY, NOW - timedelta(days=1)), (TODAY, NOW)):
        desk = replace(newsroom_desk, now=lambda moment=moment: moment)
        newsroom.set_day(1 if day == YESTERDAY else 2)
        run_day(desk, day=day)
        once, mails = checksum(desk), len(list_messages(mailbox[0]))
        for _ in range(2):
            run_day(desk, day=day)
        assert (checksum(desk), len(list_messages(mailbox[0]))) == (once, mails)


def test_nothing_is_asked_twice_in_a_day(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """A second run of the same day asks entry points only; article pages that were read are left alone."""
    run_day(newsroom_desk, day=YESTERDAY)
    before = len(newsroom.requests)
    run_day(newsroom_desk, day=YESTERDAY)
    again = {newsroom.bases[request.publisher] + request.path for request in newsroom.requests[before:]}
    entries = {entry.url for source in newsroom_desk.sources.values() for entry in source.entries}
    assert again == entries


@pytest.mark.parametrize("pages", [1, 7, 19, 28])
def test_killed_midway_and_run_again_is_as_if_never_killed(
    pages: int, newsroom_desk: Desk, newsroom: Newsroom, mailbox: Box, tmp_path: Path
) -> None:
    """SIGKILL after some pages, then a rerun: the same rows as an undisturbed run, and each mail once."""
    environment = {**os.environ, **newsroom_desk.settings.to_environment()}
    command = [sys.executable, "-m", "wirewatch.cli", "run", "--day", YESTERDAY.isoformat()]
    start = len(newsroom.requests)
    child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(newsroom.requests) - start < pages + 6 and child.poll() is None:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
    rows = loaded(newsroom_desk)
    assert set(rows) == {named(truth) for truth in newsroom.articles(1) if truth.readable}
    disturbed, mails = checksum(newsroom_desk), list_messages(mailbox[0])
    assert len(mails) == disturbed["alerts"]
    assert disturbed == undisturbed(newsroom_desk)


def undisturbed(desk: Desk) -> dict[str, Any]:
    """The checksum of the same day in an empty warehouse."""
    with connected(desk.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            'truncate source, concept, run, run_source, address, "fetch", story, article, article_version,'
            " article_search, mention, alert, outbox, quarantine, host_pace, robots cascade"
        )
    run_day(desk, day=YESTERDAY)
    return checksum(desk)


def test_a_backfill_takes_its_day_alerts_nobody_and_repeats(
    newsroom_desk: Desk, newsroom: Newsroom, mailbox: Box
) -> None:
    """A backfill of day one after day two began loads what is dated to day one, once, and sends nothing."""
    newsroom.set_day(2)
    run_day(newsroom_desk, day=YESTERDAY, backfill=True)
    once = checksum(newsroom_desk)
    run_day(newsroom_desk, day=YESTERDAY, backfill=True)
    assert checksum(newsroom_desk) == once
    days = {row["published_at"].date() for row in loaded(newsroom_desk).values()}
    assert days == {YESTERDAY}
    assert list_messages(mailbox[0]) == ()
    run_day(newsroom_desk, day=TODAY)
    assert list_messages(mailbox[0]) != ()
    old = {named(truth) for truth in newsroom.articles(2) if truth.readable}
    assert set(loaded(newsroom_desk)) >= old


def test_a_mail_server_that_is_away_loses_no_alert(newsroom_desk: Desk, mailbox: Box) -> None:
    """Alerts wait while the mail server is away; afterwards each goes out once."""
    away = replace(newsroom_desk, settings=replace(newsroom_desk.settings, smtp_url="smtp://127.0.0.1:9"))
    figures = run_day(away, day=YESTERDAY)
    waiting = figures["alerts"]["waiting"]
    assert waiting == figures["alerts"]["created"] > 5
    later = replace(newsroom_desk, now=lambda: NOW + timedelta(days=1))
    with pytest.raises(MailWaitsError):
        refuse_waiting(deliver(replace(away, now=later.now)))
    much_later = replace(newsroom_desk, now=lambda: NOW + timedelta(days=2))
    assert deliver(much_later)["sent"] == waiting
    assert deliver(much_later) == {"sent": 0, "waiting": 0, "quarantined": 0}
    assert len(list_messages(mailbox[0])) == waiting


def test_no_network_is_said_of_every_source(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Names without an address make every source unreachable, and the run says it failed."""
    sources = tmp_path / "nowhere"
    sources.mkdir()
    for slug in ("one", "two"):
        (sources / f"{slug}.yml").write_text(
            f"slug: {slug}\nname: {slug}\ncountry: PL\nkind: press\nhome: http://{slug}.invalid/\n"
            f"languages: [pl]\ntimezone: Europe/Warsaw\nentries: [{{feed: 'http://{slug}.invalid/feed'}}]\n"
            "status: {state: unverified, how: invented}\n",
            encoding="utf-8",
        )
    summary = run_day(make_desk(sources=sources), day=date(2026, 11, 24))
    assert summary["sources"] == {"unreachable": 2}
    with pytest.raises(RunFailedError, match="2 unreachable"):
        refuse_failure(summary)
