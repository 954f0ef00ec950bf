"""The DAGs in a real scheduler, on a real PostgreSQL, with real sites and a real mail server on loopback."""

from __future__ import annotations

import json
import socket
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from tests.support.folders import passable_folder
from wirewatch.alert.mailbox import list_messages
from wirewatch.settings import Settings
from wirewatch.sources import load_sources
from wirewatch.standalone.demo import NEWSROOM, start_newsroom, turn_day
from wirewatch.standalone.stack import Stack
from wirewatch.standalone.watch import follow, show_addresses, show_figures
from wirewatch.warehouse import alerts
from wirewatch.warehouse.connection import connected

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def stack(home: Path, said: list[str]) -> Iterator[Stack]:
    settings = replace(
        Settings.from_environment({}),
        home=home,
        sources=home / "sources",
        allow_hosts=(NEWSROOM,),
        port=free_port(),
        mailbox_port=free_port(),
        schedule=f"0 {(datetime.now(timezone.utc).hour + 12) % 24} * * *",  # daily, and not while this runs
        parallelism=4,
    )
    stack = Stack(settings, say=said.append)
    try:
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def bases(stack: Stack) -> dict[str, str]:
    found = start_newsroom(stack)
    stack.start()
    return found


def run_day(stack: Stack, moment: datetime) -> dict[str, Any]:
    run_id = stack.trigger(logical_date=moment)
    figures = follow(stack, run_id)
    assert stack.api.run_state("news_collect", run_id) == "success"
    return figures


def checksum(stack: Stack) -> dict[str, Any]:
    with connected(stack.warehouse_url) as connection, connection:
        return alerts.checksum(connection)


def test_two_days_come_out_as_the_newsroom_made_them(stack: Stack, bases: dict[str, str], said: list[str]) -> None:
    """Day one and day two: articles, an edit, a headline, copies, a withdrawal and a broken page; a mail per story."""
    now = datetime.now(timezone.utc)
    first = run_day(stack, now - timedelta(days=1))
    turn_day(bases, 2)
    second = run_day(stack, now)
    assert (first["sources"], second["sources"]) == ({"ok": 3}, {"ok": 3})
    assert (first["articles"]["new"], first["articles"]["copies"]) == (29, 2)
    assert second["articles"]["new"] == 10
    assert second["articles"]["changed"] == 2
    assert second["articles"]["quarantined"] == 1
    assert (second["outcomes"]["gone"], second["outcomes"]["blocked"]) == (1, 1)
    mails = list_messages(stack.settings.mailbox)
    assert len(mails) == first["alerts"]["created"] + second["alerts"]["created"] > 10
    show_figures(stack, second)
    show_addresses(stack)
    assert any("3 ok" in line for line in said)


def test_running_a_day_again_changes_nothing(stack: Stack, bases: dict[str, str]) -> None:
    """A third and a fourth run of the same day leave the rows as they are and send no mail."""
    before, mails = checksum(stack), len(list_messages(stack.settings.mailbox))
    for _ in range(2):
        figures = run_day(stack, datetime.now(timezone.utc))
        assert figures["alerts"] == {"created": 0, "sent": 0, "waiting": 0, "quarantined": 0}
    assert checksum(stack) == before
    assert len(list_messages(stack.settings.mailbox)) == mails


def test_tasks_are_named_by_their_source(stack: Stack, bases: dict[str, str]) -> None:
    """In the UI a mapped task carries its source's country, kind and name; XCom holds ids and counts, never a text."""
    tasks = stack.api.call("GET", "dags/news_collect/dagRuns/~/taskInstances?limit=200").json()["task_instances"]
    names = Counter(task["rendered_map_index"] for task in tasks if task["task_id"] == "source.fetch")
    groups = {slug: source.group for slug, source in load_sources(stack.settings.sources).items()}
    assert set(names) == {f"{groups[slug]} {slug}" for slug in bases}
    entries = stack.api.call("GET", "dags/news_collect/dagRuns/~/taskInstances/~/xcomEntries?limit=200").json()
    sizes = [
        len(json.dumps(stack.api.call("GET", f"{xcom_path(entry)}?map_index={entry['map_index']}").json()["value"]))
        for entry in entries["xcom_entries"]
    ]
    assert sizes
    assert max(sizes) < 2000


def xcom_path(entry: dict[str, Any]) -> str:
    return (
        f"dags/{entry['dag_id']}/dagRuns/{entry['run_id']}/taskInstances/{entry['task_id']}/xcomEntries/{entry['key']}"
    )


def test_a_backfill_alerts_nobody(stack: Stack, bases: dict[str, str]) -> None:
    """`airflow backfill create` over past days loads what is dated to them and makes no alert."""
    before, mails = checksum(stack), len(list_messages(stack.settings.mailbox))
    day = datetime.now(timezone.utc) - timedelta(days=1)
    stack.airflow(
        "backfill", "create", "--dag-id", "news_collect",
        "--from-date", f"{day:%Y-%m-%d}T00:00:00", "--to-date", f"{day:%Y-%m-%d}T23:59:59",
    )  # fmt: skip
    stack.wait_for_idle("news_collect")
    assert checksum(stack) == before
    assert len(list_messages(stack.settings.mailbox)) == mails


def test_every_source_failing_is_red_and_tells_the_operator(stack: Stack, bases: dict[str, str]) -> None:
    """When no source answers the run fails; the operator gets a mail on the run and one on the sources, nobody else."""
    newsroom = next(item for item in stack.processes.all() if item.name == "newsroom")
    psutil.Process(newsroom.pid).kill()
    psutil.Process(newsroom.pid).wait(10)
    stack.processes.forget("newsroom")
    run_id = stack.trigger()
    figures = follow(stack, run_id)
    assert figures["sources"] == {"unreachable": 3}
    assert stack.api.run_state("news_collect", run_id) == "failed"
    notices = wait_for_notices(stack, 2)
    assert {mail.recipients for mail in notices} == {("operator@localhost",)}
    assert sorted(mail.subject for mail in notices) == ["Sources: 3 fail", "news_collect failed"]


def wait_for_notices(stack: Stack, count: int) -> list[Any]:
    import time

    end = time.monotonic() + 60
    found: list[Any] = []
    while len(found) < count and time.monotonic() < end:
        found = [mail for mail in list_messages(stack.settings.mailbox) if "operator@localhost" in mail.recipients]
        time.sleep(0.5)
    return found


def test_the_api_wants_a_login(stack: Stack, bases: dict[str, str]) -> None:
    """Without a token nothing is told; the password file is its owner's alone."""
    answer = requests.get(f"{stack.address}/api/v2/dags", timeout=10)
    assert answer.status_code == 401
    assert stat.S_IMODE(stack.password_file.stat().st_mode) == 0o600


def test_stop_ends_all_and_nothing_else(stack: Stack, bases: dict[str, str]) -> None:
    """After `stop` no process of this home is left; a stranger's process goes on."""
    stranger = psutil.Popen(["sleep", "60"])
    try:
        assert stack.stop() > 4
        left = [item.pid for item in psutil.process_iter() if str(stack.settings.home) in " ".join(_command(item))]
        assert left == []
        assert stranger.is_running()
    finally:
        stranger.kill()
        stranger.wait()


def _command(item: psutil.Process) -> list[str]:
    try:
        return item.cmdline() + list(item.environ().values())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return []
