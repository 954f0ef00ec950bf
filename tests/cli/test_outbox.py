"""`wirewatch outbox`: alerts and notices to the operator by state, and what makes it say no."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import NOW, TODAY
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT
from wirewatch.warehouse import health
from wirewatch.warehouse.alerts import mail_state


def outbox(desk: Desk) -> tuple[int, list[str]]:
    """Exit code and lines of the command on a desk's warehouse."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    done = subprocess.run(
        [sys.executable, "-m", "wirewatch.cli", "outbox"],
        env={**plain, **desk.settings.to_environment()},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def put_notice(desk: Desk, number: int, *, state: str, error: str | None = None) -> None:
    """A mail to the operator that has been tried once."""
    with desk.warehouse() as connection, connection:
        made = health.store_notice(
            connection,
            message_id=f"<{number}@wirewatch.example>",
            recipient="operator@wirewatch.example",
            subject="Sources: gazette fails",
            lines=["It is frozen."],
            now=NOW,
        )
        health.settle_notice(connection, made, state=state, now=NOW, error=error)


def test_without_mails_it_says_so(make_desk: Callable[..., Desk]) -> None:
    """An empty outbox is no fault."""
    assert outbox(make_desk()) == (0, ["No mail yet."])


def test_notices_are_shown_below_the_alerts(newsroom_desk: Desk) -> None:
    """Alerts first, as before, then what the operator is sent, each state with its last error."""
    run_day(newsroom_desk, day=TODAY)
    with newsroom_desk.warehouse() as connection, connection:
        (sent,) = mail_state(connection).items()
    assert sent[0] == "sent"
    put_notice(newsroom_desk, 1, state="sent")
    put_notice(newsroom_desk, 2, state="pending", error="451 greylisted\x1b[2J")
    assert outbox(newsroom_desk) == (
        0,
        [
            f"sent         {sent[1]['mails']:>6}",
            "To the operator:",
            "pending           1  last error: 451 greylisted\ufffd[2J",
            "sent              1",
        ],
    )


@pytest.mark.parametrize(("state", "code"), [("pending", 0), ("quarantined", 1)])
def test_a_quarantined_notice_makes_it_exit_1(make_desk: Callable[..., Desk], state: str, code: int) -> None:
    """A notice that waits will be tried again; one that the server refused for good needs somebody."""
    desk = make_desk()
    put_notice(desk, 1, state=state, error="550 no such user")
    assert outbox(desk) == (code, ["To the operator:", f"{state:<12} {1:>6}  last error: 550 no such user"])
