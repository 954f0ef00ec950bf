"""The local mailbox: a mail server on this machine that keeps what it is sent as Maildir files, and reading them.

It answers 250 only when the message is on the disk. It is for trying things out and for the tests; it knows no login,
so it listens on the loopback address alone. ``python -m wirewatch.alert.mailbox FOLDER PORT`` serves until SIGTERM.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import count
from pathlib import Path
from time import time_ns

from aiosmtpd.smtp import SMTP, Envelope, Session

from wirewatch.alert.mail import templates
from wirewatch.durable import sync_folder
from wirewatch.errors import InputError, SettingError
from wirewatch.plaintext import harmless, one_line

HOST = "127.0.0.1"
_numbers = count()


@dataclass(frozen=True)
class MailSummary:
    """One line of the mailbox's list."""

    key: str  # the file's name; keys sort by time of arrival
    received_at: datetime  # UTC
    sender: str  # of the envelope
    recipients: tuple[str, ...]  # of the envelope
    subject: str  # decoded, one line
    size: int  # bytes


def keep(folder: Path, content: bytes) -> Path:
    """Message → a file in the Maildir ``folder/new``, on the disk when this returns; OSError when it cannot be."""
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    name = f"{time_ns():020d}.{os.getpid()}_{next(_numbers)}.wirewatch"
    draft, final = folder / "tmp" / name, folder / "new" / name
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(final)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(final.parent)
    return final


class Keeper:
    """aiosmtpd's handler: each message becomes a file, with the envelope as its first headers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        """The message is complete → the answer."""
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        head = [f"Return-Path: <{envelope.mail_from}>", *(f"Delivered-To: {name}" for name in envelope.rcpt_tos)]
        try:
            keep(self.folder, "".join(f"{line}\r\n" for line in head).encode() + content)
        except OSError as error:  # a full disk is no reason to refuse a mail for good
            return f"452 4.3.1 The message cannot be kept: {error.strerror}"
        return "250 2.0.0 Kept"


def serve(folder: Path, port: int) -> None:
    """Takes mail on the loopback address until SIGTERM or SIGINT; SettingError when the port is taken.

    Call it in the main thread of a process of its own.
    """
    asyncio.run(_serve(folder, port))


async def _serve(folder: Path, port: int) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    keeper = Keeper(folder)
    try:
        server = await loop.create_server(lambda: SMTP(keeper, hostname="localhost", enable_SMTPUTF8=True), HOST, port)
    except OSError as error:
        message = f"port {port} cannot be opened ({error.strerror}); set another one"
        raise SettingError("WIREWATCH_MAILBOX_PORT", message) from error
    await stopped.wait()
    server.close()


def list_messages(folder: Path) -> tuple[MailSummary, ...]:
    """All kept messages, the newest first; none when the folder is not there yet."""
    return tuple(_summary(path) for path in _files(folder))


def show_message(folder: Path, key: str) -> str:
    """Text part with the headers that matter, fit for a terminal; InputError when there is no such message."""
    message = _read(_file(folder, key))
    head = [f"{name}: {one_line(str(message[name]))}" for name in _SHOWN if message[name] is not None]
    return "\n".join([*head, "", *(harmless(line) for line in _part(message, "plain").splitlines())]) + "\n"


def mailbox_html(folder: Path, key: str) -> str:
    """The message as a page of its own: headers above, the HTML part in a frame that runs and loads nothing."""
    path = _file(folder, key)
    message = _read(path)
    values = {
        "head": [(name, one_line(str(message[name]))) for name in _SHOWN if message[name] is not None],
        "subject": _summary(path).subject,
        "html": _part(message, "html"),
        "text": _part(message, "plain"),
    }
    return templates().get_template("mailbox.html.j2").render(values)


_SHOWN = ("From", "To", "Date", "Subject", "Message-ID", "List-Id")


def _files(folder: Path) -> list[Path]:
    found = [path for name in ("new", "cur") for path in (folder / name).glob("*") if path.is_file()]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _file(folder: Path, key: str) -> Path:
    path = next((path for path in _files(folder) if _key(path) == key), None)
    if path is None:
        raise InputError(f"there is no message {one_line(key, limit=80)!r} in {folder}")
    return path


def _key(path: Path) -> str:
    """File name without the flags that a mail program appends (":2,S")."""
    return path.name.split(":")[0]


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        message: EmailMessage = BytesParser(policy=policy.default).parse(file)
    return message


def _summary(path: Path) -> MailSummary:
    message = _read(path)
    stamp = path.name.split(".")[0]
    at = int(stamp) / 1e9 if stamp.isdigit() and len(stamp) == 20 else path.stat().st_mtime
    return MailSummary(
        key=_key(path),
        received_at=datetime.fromtimestamp(at, timezone.utc),
        sender=one_line(str(message["Return-Path"] or "")).strip("<>"),
        recipients=tuple(one_line(str(value)) for value in message.get_all("Delivered-To", [])),
        subject=one_line(str(message["Subject"] or "")),
        size=path.stat().st_size,
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def main() -> None:
    """``python -m wirewatch.alert.mailbox FOLDER PORT``."""
    folder, port = sys.argv[1:]
    serve(Path(folder), int(port))


if __name__ == "__main__":
    main()
