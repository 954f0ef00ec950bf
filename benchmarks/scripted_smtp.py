"""A mail server on loopback that fails as it is told. Raw sockets: what it must do wrong no library would do."""

from __future__ import annotations

import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from threading import Event, Lock, Thread

DROP = "drop"
"""In place of an answer: the connection ends."""
HANG = "hang"
"""In place of an answer: nothing, until the other side gives up."""
DRIP = "drip"
"""In place of an answer: a byte of it now and then, and never its end."""
GARBAGE = "garbage"
"""In place of a TLS handshake: bytes that are none."""
_BETWEEN_DRIPS = 0.1  # seconds


@dataclass(frozen=True)
class Step:
    """What goes wrong at one point of the conversation."""

    answer: str  # one of the words above, or a reply such as "450 4.2.0 greylisted"
    times: int | None = None  # so often, then all is well; None: until the server is mended
    only: str | None = None  # for this recipient alone


@dataclass(frozen=True)
class Taken:
    """A message whose last byte the server has read, and which it means to deliver."""

    message_id: str
    recipient: str
    content: bytes
    encrypted: bool
    session: int


@dataclass
class ScriptedServer:
    """Serves until ``close``; ``steps`` are by point: connect, ehlo, starttls, mail, rcpt, data, dot, quit.

    At "dot" it has the message. With DROP it keeps it and goes without a word; with any other answer it does not.
    """

    steps: Mapping[str, Step] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None  # STARTTLS is offered with it
    taken: list[Taken] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)  # how often something went wrong, by point
    sessions: int = 0
    talking: int = 0  # sessions that have not ended

    def __post_init__(self) -> None:
        self._mended = Event()
        self._closed = Event()
        self._lock = Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def mend(self, *, tls: ssl.SSLContext | None = None) -> None:
        """From now on nothing goes wrong; with another certificate, if it is given."""
        self.tls = tls or self.tls
        self._mended.set()

    def close(self) -> None:
        """No more connections; those there are end at their next step."""
        self._closed.set()
        self._listening.close()

    def __enter__(self) -> ScriptedServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def settle(self) -> None:
        """Wait until it has read all that a client had sent before it died."""
        while self.talking:
            time.sleep(0.005)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # closed
                return
            with self._lock:
                self.sessions += 1
                self.talking += 1
                session = _Session(self, connection, self.sessions)
            Thread(target=session.serve, daemon=True).start()

    def fault(self, point: str, *, recipient: str = "") -> str | None:
        """What goes wrong now, counted; None: nothing."""
        step = self.steps.get(point)
        if step is None or self._mended.is_set() or step.only not in (None, recipient):
            return None
        with self._lock:
            if step.times is not None and self.given[point] >= step.times:
                return None
            self.given[point] += 1
        return step.answer

    def ended(self) -> None:
        """A session is over."""
        with self._lock:
            self.talking -= 1

    def keep(self, message: Taken) -> None:
        """It is ours now."""
        with self._lock:
            self.taken.append(message)

    @property
    def closed(self) -> bool:
        """Whether hanging connections should end."""
        return self._closed.is_set()


class _GoneError(Exception):
    """The conversation has ended."""


class _Session:
    def __init__(self, server: ScriptedServer, connection: socket.socket, number: int) -> None:
        self._server = server
        self._connection = connection
        self._number = number
        self._encrypted = False
        self._reader = connection.makefile("rb")
        self._recipient = ""

    def serve(self) -> None:
        with suppress(_GoneError, OSError):
            self._say("connect", "220 scripted ESMTP")
            while self._command(self._line()):
                pass
        with suppress(OSError):  # shut down, because the reader holds it open
            socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
            self._connection.close()
        self._server.ended()

    def _command(self, line: bytes) -> bool:
        verb = line.split()[0].upper().decode("ascii", "replace") if line.strip() else ""
        known: dict[str, Callable[[], object]] = {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "MAIL": lambda: self._say("mail", "250 OK"),
            "RCPT": lambda: self._rcpt(line),
            "DATA": self._data,
            "QUIT": lambda: self._say("quit", "221 Bye"),
            "NOOP": lambda: self._send(b"250 OK\r\n"),
            "RSET": lambda: self._send(b"250 OK\r\n"),
        }
        if verb in known:
            known[verb]()
        else:
            self._send(b"500 what?\r\n")
        return verb != "QUIT"

    def _ehlo(self) -> None:
        offered = ["STARTTLS"] if self._server.tls and not self._encrypted else []
        lines = ["scripted", *offered, "SIZE 10485760"]
        self._say("ehlo", "\r\n".join(f"250{'-' if line != lines[-1] else ' '}{line}" for line in lines))

    def _starttls(self) -> None:
        self._say("starttls", "220 go on")
        if self._server.tls is None:
            raise _GoneError
        self._connection = self._server.tls.wrap_socket(self._connection, server_side=True)
        self._reader = self._connection.makefile("rb")
        self._encrypted = True

    def _rcpt(self, line: bytes) -> None:
        self._recipient = line.partition(b"<")[2].partition(b">")[0].decode("utf-8", "replace")
        self._say("rcpt", "250 OK", recipient=self._recipient)

    def _data(self) -> None:
        if not self._say("data", "354 go on"):
            return
        lines: list[bytes] = []
        while (line := self._line()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        content = b"".join(lines)
        identity = str(message_from_bytes(content)["Message-ID"])
        message = Taken(identity, self._recipient, content, self._encrypted, self._number)
        fault = self._server.fault("dot", recipient=self._recipient)
        if fault in (None, DROP):
            self._server.keep(message)
        self._give(fault, "250 taken")

    def _say(self, point: str, usual: str, *, recipient: str = "") -> bool:
        """Answer as usual, or as the script has it; whether it was as usual."""
        fault = self._server.fault(point, recipient=recipient)
        self._give(fault, usual)
        return fault is None

    def _give(self, fault: str | None, usual: str) -> None:
        if fault == DROP:
            raise _GoneError
        if fault in (HANG, DRIP):
            while not self._server.closed:
                if fault == DRIP:
                    self._send(b"2")
                time.sleep(_BETWEEN_DRIPS)
            raise _GoneError
        if fault == GARBAGE:
            self._send(b"220 go on\r\n")
            self._send(b"this is no handshake\r\n" * 4)
            raise _GoneError
        self._send((fault or usual).encode() + b"\r\n")
        if fault and fault.startswith("421"):  # RFC 5321, 4.2.2: "closing transmission channel"
            raise _GoneError

    def _line(self) -> bytes:
        line = self._reader.readline()
        if not line.endswith(b"\n"):
            raise _GoneError
        return line

    def _send(self, content: bytes) -> None:
        self._connection.sendall(content)
