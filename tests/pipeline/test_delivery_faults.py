"""Alerts through a mail server that fails and processes that die: the benchmarks of that, small."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from benchmarks.kill_delivery import killed, repeated
from benchmarks.mail_faults import AFTER_DATA, Fault, Row, faults, measure
from benchmarks.scripted_smtp import DRIP, DROP, HANG, ScriptedServer, Step, Taken
from tests.support.folders import passable_folder
from wirewatch.alert.transport import SmtpTransport
from wirewatch.errors import DeliveryError

SLOW = {HANG, DRIP}
CLEAN = Row("x", 10, 10, 0, 0, 0, 0, 0, 0, 3, 1, 0.1)


def test_mail_faults() -> None:
    """However the mail server fails, no alert is lost or silent, and only a mail it took without a word comes twice."""
    wanted = [fault for fault in faults(5) if not SLOW & {step.answer for step in fault.steps.values()}]
    with passable_folder() as folder:
        rows = measure(folder, wanted, mails=5)
    assert [row.fault for row, fault in zip(rows, wanted, strict=True) if not row.kept(fault)] == []
    assert {row.fault: row.duplicates for row in rows if row.duplicates} == {AFTER_DATA: 5}
    assert len(rows) > 15


def test_killed_processes() -> None:
    """Killed anywhere between rules and mail server, another process ends the work: nothing lost, one twice at most."""
    with passable_folder() as folder:
        found = list(killed(folder, points=5, alerts=60, seed=7, say=lambda line: None))
    assert [(one.lost, one.duplicates - one.explained) for one in found] == [(0, 0)] * 5
    assert len({one.taken for one in found}) > 1


@pytest.mark.parametrize(
    "row",
    [
        replace(CLEAN, lost=1),
        replace(CLEAN, silent=1),
        replace(CLEAN, unencrypted=1),
        replace(CLEAN, sent=9),
        replace(CLEAN, duplicates=1, same_id=1),
        replace(CLEAN, failures=0),
    ],
)
def test_a_fault_that_shows(row: Row) -> None:
    """The benchmark sees what must not be."""
    assert CLEAN.kept(Fault("x"))
    assert not row.kept(Fault("x"))


def test_repeated_mails() -> None:
    """Only the last mail of the killed process may come again, once, as it was."""
    one, two = (Taken(name, "ann@desk.example", b"text", False, 1) for name in ("<1>", "<2>"))
    assert repeated([], [one, two]) == (0, 0)
    assert repeated([one], [one, one, two]) == (1, 1)
    assert repeated([one, two], [one, two, one]) == (1, 0)
    assert repeated([one], [one, one, one]) == (2, 0)
    assert repeated([one], [one, replace(one, content=b"other")]) == (1, 0)


def attempt(transport: SmtpTransport) -> DeliveryError | None:
    message = EmailMessage()
    message["Message-ID"] = "<1@news.example>"
    message.set_content(".dots\n..at the beginning\n.\n")
    try:
        transport.send(message, sender="w@news.example", recipient="ann@desk.example")
    except DeliveryError as error:
        return error
    return None


def test_dots() -> None:
    """Lines that begin with a dot arrive as they were."""
    with ScriptedServer() as server, SmtpTransport("127.0.0.1", server.port, security="none") as transport:
        assert attempt(transport) is None
    assert server.taken[0].content.endswith(b"\r\n.dots\r\n..at the beginning\r\n.\r\n")


@pytest.mark.parametrize("point", ["connect", "mail", "rcpt", "dot"])
def test_a_byte_now_and_then(point: str) -> None:
    """A server that answers byte by byte, and never to the end, costs a mail's time and no more."""
    with ScriptedServer({point: Step(DRIP)}) as server:
        error = attempt(SmtpTransport("127.0.0.1", server.port, security="none", timeout=20, deadline=0.5))
    assert error is not None
    assert (error.permanent, "no end after 0.5 s" in str(error)) == (False, True)


@pytest.mark.parametrize(("point", "sessions"), [("connect", 3), ("mail", 3)])
def test_a_server_that_is_away(point: str, sessions: int) -> None:
    """After three mails in a row that it does not answer in time, it is not asked again for a while."""
    with ScriptedServer({point: Step(HANG)}) as server:
        transport = SmtpTransport("127.0.0.1", server.port, security="none", timeout=0.2)
        errors = [attempt(transport) for _ in range(6)]
        assert [error is not None and error.permanent for error in errors] == [False] * 6
        assert ["not asked again" in str(error) for error in errors] == [False] * 3 + [True] * 3
        assert server.sessions == sessions
        server.mend()
        transport.pause = transport._away_until = 0
        assert attempt(transport) is None


def test_a_server_that_breaks_off() -> None:
    """One that goes without a word is there: each mail is tried."""
    with ScriptedServer({"data": Step(DROP)}) as server:
        transport = SmtpTransport("127.0.0.1", server.port, security="none")
        errors = [attempt(transport) for _ in range(5)]
    assert [error is not None and "connection lost" in str(error) for error in errors] == [True] * 5
    assert server.sessions == 5


def test_hang_on_quit() -> None:
    """A server that does not answer QUIT has taken the mail all the same."""
    with (
        ScriptedServer({"quit": Step(HANG)}) as server,
        SmtpTransport("127.0.0.1", server.port, security="none", timeout=0.3) as transport,
    ):
        assert attempt(transport) is None
    assert len(server.taken) == 1
