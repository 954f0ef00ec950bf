"""One SMTP conversation, with an end in time. What its failures mean is left to ``transport``."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from threading import Event, Thread

from wirewatch.alert.address import Address

_BETWEEN_CUTS = 0.2  # seconds
_TAKES_RECIPIENT = (250, 251)
_GO_ON = 354
_CLOSING = 421


class Watch:
    """Ends a conversation when its time is over, whatever it waits for.

    A socket's timeout counts from byte to byte: a server that sends one now and then would hold us for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.client: smtplib.SMTP | None = None  # whose connection is cut
        self.over = False
        self._end = time.monotonic() + seconds
        self._done = Event()

    def __enter__(self) -> Watch:
        Thread(target=self._run, name="smtp-watch", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()

    @property
    def left(self) -> float:
        """Seconds until the end, and a little at least."""
        return max(self._end - time.monotonic(), 0.01)

    def _run(self) -> None:
        if self._done.wait(self.left):
            return
        self.over = True
        while True:  # again and again: at first there may be no connection yet
            connection = self.client.sock if self.client else None
            if connection is not None:
                with suppress(OSError):  # it has ended by itself
                    # An SSLSocket's own method would take its TLS away under the reading thread.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
            if self._done.wait(_BETWEEN_CUTS):
                return


class Plain(smtplib.SMTP):
    """A client that is watched from before it connects."""

    def __init__(self, watch: Watch, host: str, port: int, *, name: str | None, timeout: float) -> None:
        watch.client = self
        super().__init__(host, port, local_hostname=name, timeout=timeout)


class Encrypted(smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""

    def __init__(
        self, watch: Watch, host: str, port: int, *, name: str | None, timeout: float, tls: ssl.SSLContext
    ) -> None:
        watch.client = self
        super().__init__(host, port, local_hostname=name, timeout=timeout, context=tls)


def hand_over(client: smtplib.SMTP, content: bytes, *, source: Address, target: Address, watch: Watch) -> None:
    """One message (lines end in CRLF) to one recipient; returns once the server has taken it.

    SMTPResponseException for an answer that refuses it: then the connection is as before. SMTPNotSupportedError when
    an address needs SMTPUTF8 that the server lacks. Other SMTPException and OSError: the connection is of no more use.

    The answer to the last byte may take all the time that is left. By it the server says that it took the message, and
    some examine it first (RFC 5321, 4.5.3.2.6): who leaves early sends it again, and again.
    """
    client.ehlo_or_helo_if_needed()
    options = [f"size={len(content)}"] if client.has_extn("size") else []
    if source.international or target.international:
        if not client.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError("SMTPUTF8")
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    _expect(client, client.mail(source.spec, options), (250,))
    _expect(client, client.rcpt(target.spec), _TAKES_RECIPIENT)
    _expect(client, client.docmd("DATA"), (_GO_ON,))
    client.send(_stuffed(content))
    _expect(client, _last_answer(client, watch), (250,))


def _last_answer(client: smtplib.SMTP, watch: Watch) -> tuple[int, bytes]:
    connection = client.sock
    if connection is None:
        raise smtplib.SMTPServerDisconnected("the connection has ended")
    usual = connection.gettimeout()
    connection.settimeout(watch.left + 1)  # the watch comes first
    answer = client.getreply()
    connection.settimeout(usual)
    return answer


def _expect(client: smtplib.SMTP, answer: tuple[int, bytes], wanted: tuple[int, ...]) -> None:
    code, text = answer
    if code in wanted:
        return
    if code != _CLOSING:
        with suppress(smtplib.SMTPException, OSError):  # what counts is the answer that came; `noop` shows the rest
            client.rset()
    raise smtplib.SMTPResponseException(code, text)


def _stuffed(content: bytes) -> bytes:
    """A message as DATA takes it: a dot before each line that begins with one, and the dot that ends it."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"
