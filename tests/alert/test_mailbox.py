"""The local mailbox: a server of its own, and reading what it has kept."""

from __future__ import annotations

import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import compose
from wirewatch.alert.mailbox import Keeper, MailSummary, keep, list_messages, mailbox_html, show_message
from wirewatch.alert.transport import SmtpTransport
from wirewatch.errors import DeliveryError, InputError

SENDER = "Wirewatch <w@news.example>"


def deliver(port: int, facts: AlertFacts) -> None:
    message = compose(
        facts,
        recipient="анна@desk.example",
        sender=SENDER,
        message_id="<1@news.example>",
        timezone="UTC",
        date=datetime(2031, 9, 2, tzinfo=timezone.utc),
    )
    with SmtpTransport("127.0.0.1", port, security="none", timeout=10) as transport:
        transport.send(message, sender=SENDER, recipient="анна@desk.example")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_serving(folder: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "wirewatch.alert.mailbox", str(folder), str(port)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_until_open(port: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:  # the test's own time limit ends a server that never opens
        try:
            smtplib.SMTP("127.0.0.1", port, local_hostname="localhost", timeout=10).quit()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the mailbox ended: {process.communicate()[1]}")


@pytest.fixture
def kept(tmp_path: Path, facts: AlertFacts, smtp_server: Callable[..., object]) -> Path:
    """A mailbox folder with one alert in it."""
    folder = tmp_path / "mailbox"
    server = smtp_server(Keeper(folder), enable_SMTPUTF8=True)
    deliver(server.port, facts)  # type: ignore[attr-defined]
    return folder


def test_process_serves_until_told_to_stop(tmp_path: Path, facts: AlertFacts) -> None:
    """The server keeps what it is sent, ends with 0 on SIGTERM, and the message is there for a later reader."""
    folder, port = tmp_path / "mailbox", free_port()
    process = start_serving(folder, port)
    try:
        wait_until_open(port, process)
        deliver(port, facts)
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert [message.recipients for message in list_messages(folder)] == [("анна@desk.example",)]


def test_taken_port(tmp_path: Path) -> None:
    """A port that is taken is a wrong setting, named."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start_serving(tmp_path, taken.getsockname()[1])
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "SettingError: WIREWATCH_MAILBOX_PORT: port" in errors


def test_list(kept: Path) -> None:
    """The list says who sent what to whom, and when it came."""
    [message] = list_messages(kept)
    assert message == MailSummary(
        key=message.key,
        received_at=message.received_at,
        sender="w@news.example",
        recipients=("анна@desk.example",),
        subject="[high] Zapad exercise · БелТА: Названы сроки учения «Запад-2031»",
        size=(kept / "new" / message.key).stat().st_size,
    )
    assert abs(datetime.now(timezone.utc) - message.received_at) < timedelta(hours=1)


def test_show(kept: Path) -> None:
    """A message is shown with its headers decoded and its text part."""
    text = show_message(kept, list_messages(kept)[0].key)
    assert text.startswith(
        "From: Wirewatch <w@news.example>\n"
        "To: анна@desk.example\n"
        "Date: Tue, 02 Sep 2031 00:00:00 +0000\n"
        "Subject: [high] Zapad exercise · БелТА: Названы сроки учения «Запад-2031»\n"
        "Message-ID: <1@news.example>\n"
        "List-Id: <zapad-and-union.wirewatch.news.example>\n"
        "\n"
        "Названы сроки учения «Запад-2031»\n"
    )
    assert "«**Запад-2031**»" in text


def test_html(kept: Path) -> None:
    """The page shows the HTML part in a frame that may run nothing and load nothing."""
    page = BeautifulSoup(mailbox_html(kept, list_messages(kept)[0].key), "lxml")
    frame = page.iframe
    assert frame["sandbox"] == []  # a list of what is allowed
    assert BeautifulSoup(frame["srcdoc"], "lxml").mark.string == "Запад-2031"
    assert page.select_one("meta[http-equiv]")["content"].startswith("default-src 'none'")


def test_order_and_flags(tmp_path: Path) -> None:
    """The newest message is listed first, those that a mail program has read and moved too, by the same key."""
    first = keep(tmp_path, b"Subject: one\r\n\r\n1\r\n")
    second = keep(tmp_path, b"Subject: two\r\n\r\n2\r\n")
    first.rename(tmp_path / "cur" / f"{first.name}:2,S")
    assert [(message.key, message.subject) for message in list_messages(tmp_path)] == [
        (second.name, "two"),
        (first.name, "one"),
    ]
    assert show_message(tmp_path, first.name) == "Subject: one\n\n1\n"


@pytest.mark.parametrize("key", ["", "nothing", "../../etc/passwd", "/etc/passwd"])
def test_no_such_message(kept: Path, key: str) -> None:
    """A key that is none of the mailbox's is wrong input, whatever path it spells."""
    with pytest.raises(InputError, match="there is no message"):
        show_message(kept, key)


def test_empty(tmp_path: Path) -> None:
    """A mailbox that nobody has written to yet is empty."""
    assert list_messages(tmp_path / "none") == ()


def test_terminal_is_safe(tmp_path: Path) -> None:
    """Escape sequences in a stranger's mail do not reach the terminal."""
    path = keep(tmp_path, b"Subject: x\r\n\r\n\x1b]0;evil\x07text\r\n")
    assert show_message(tmp_path, path.name) == "Subject: x\n\n\ufffd]0;evil\ufffdtext\n"


def test_unwritable_folder(tmp_path: Path, facts: AlertFacts, smtp_server: Callable[..., object]) -> None:
    """A message that cannot be kept is not taken, and may be sent again."""
    (tmp_path / "mailbox").write_text("a file where the folder should be")
    server = smtp_server(Keeper(tmp_path / "mailbox"), enable_SMTPUTF8=True)
    with pytest.raises(DeliveryError, match="452") as caught:
        deliver(server.port, facts)  # type: ignore[attr-defined]
    assert not caught.value.permanent
