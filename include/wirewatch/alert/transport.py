"""Handing a message over by SMTP: taken, or a DeliveryError that says whether trying again makes sense."""

from __future__ import annotations

import smtplib
import ssl
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from types import TracebackType
from typing import Literal, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from wirewatch.alert.address import Address
from wirewatch.alert.dialogue import Encrypted, Plain, Watch, hand_over
from wirewatch.errors import DeliveryError, SettingError
from wirewatch.plaintext import one_line

Security = Literal["none", "starttls", "tls"]

# Replies about us and not about the message (RFC 4954 section 6): a wrong password must not give up every alert.
_OURS = frozenset({530, 534, 535, 538})
_GIVE_UP_AFTER = 3
"""Failures to reach the server, one after another, until it counts as away."""
_QUIT = 5.0  # seconds: nothing depends on that answer
_NOOP = 10.0  # seconds: an idle connection that a firewall has forgotten answers never
_PORTS: dict[Security, int] = {"none": 25, "starttls": 587, "tls": 465}


class Transport(Protocol):
    """Whatever can hand a message over."""

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Returns once the message is taken over; DeliveryError otherwise."""


@dataclass
class SmtpTransport:
    """One mail server. The connection is opened by the first message and kept until ``close``; not for two threads.

    ``security`` is "starttls" (refused servers are an error, never plain text), "tls" from the first byte, or "none".
    Certificates are verified against ``tls``, by default the system's authorities. A server that cannot be reached, or
    does not answer in time, three times one after another, counts as away: for ``pause`` seconds messages wait without
    asking it, or a full outbox would take hours to say so.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    timeout: float = 30.0  # seconds for the connection and for each answer
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    deadline: float = 300.0  # seconds for a message; the answer to its last byte may take what is left of it
    pause: float = 60.0  # seconds
    _client: smtplib.SMTP | None = field(default=None, init=False, repr=False)
    _unreached: int = field(default=0, init=False, repr=False)  # failures to reach it, one after another
    _away_until: float = field(default=0.0, init=False, repr=False)  # of the monotonic clock

    @classmethod
    def from_url(cls, url: str, *, timeout: float = 30.0) -> SmtpTransport:
        """``smtp://user:password@host:587?starttls=true`` or ``smtps://…`` → transport.

        Without ``starttls`` a server is spoken to in plain text only when there is no password to read on the way.
        SettingError, which never shows the password, for anything else.
        """
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname
        except ValueError as error:
            raise _unusable("is not an address such as smtp://user:password@host:587?starttls=true") from error
        if parts.scheme not in ("smtp", "smtps") or not host:
            raise _unusable("must be smtp://user:password@host:port or smtps://…")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        security = _security(parts.scheme, parts.query, secret=bool(password))
        if password and security == "none" and not _loopback(host):
            raise _unusable("would send the password in plain text; use starttls=true or smtps://")
        return cls(host, port or _PORTS[security], user, password, security, timeout)

    def __enter__(self) -> SmtpTransport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """One message to one recipient; sender and recipient may have a display name, which the envelope leaves out.

        Permanent errors: 5xx to MAIL, RCPT or DATA, and addresses that cannot be sent to. All else is temporary: 4xx,
        no connection, no TLS, no login, a disconnect. A disconnect after the last byte may hide that it was taken.
        """
        try:
            source, target = Address.parse(sender), Address.parse(recipient)
        except ValueError as error:
            raise self._failure(recipient, str(error), permanent=True) from error
        if self._unreached >= _GIVE_UP_AFTER and time.monotonic() < self._away_until:
            raise self._failure(recipient, f"{self.host}:{self.port} does not answer; not asked again", permanent=False)
        content = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
        with Watch(self.deadline) as watch:
            client = self._connected(recipient, watch)
            try:
                hand_over(client, content, source=source, target=target, watch=watch)
            except smtplib.SMTPResponseException as error:
                if watch.over:  # half a line, cut off in the middle
                    raise self._lost(recipient, error, watch) from error
                self._unreached = 0
                raise self._answered(recipient, error.smtp_code, error.smtp_error) from error
            except smtplib.SMTPNotSupportedError as error:
                raise self._failure(recipient, "the server has no SMTPUTF8 for this address", permanent=True) from error
            except (smtplib.SMTPException, OSError) as error:
                raise self._lost(recipient, error, watch) from error
        self._unreached = 0

    def close(self) -> None:
        """Ends the connection. What was sent has been taken over, so an error here loses nothing and is passed over."""
        client, self._client = self._client, None
        if client is None:
            return
        with Watch(_QUIT) as watch:
            watch.client = client
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()

    def _connected(self, recipient: str, watch: Watch) -> smtplib.SMTP:
        """The open connection, or a new one; servers close idle ones, which only asking shows."""
        watch.client = self._client
        if self._client is not None and self._alive(self._client):
            return self._client
        self._drop()
        try:
            self._client = self._connect(watch)
        except (smtplib.SMTPException, OSError) as error:
            raise self._shut_out(recipient, error, watch) from error
        return self._client

    def _connect(self, watch: Watch) -> smtplib.SMTP:
        tls = self.tls or ssl.create_default_context()
        # smtplib would ask the resolver for our own name, which can take seconds and says nothing on this machine.
        name = "localhost" if _loopback(self.host) else None
        client: smtplib.SMTP
        if self.security == "tls":
            client = Encrypted(watch, self.host, self.port, name=name, timeout=self.timeout, tls=tls)
        else:
            client = Plain(watch, self.host, self.port, name=name, timeout=self.timeout)
        try:
            if self.security == "starttls":
                client.starttls(context=tls)
            if self.user:
                client.login(self.user, self.password)
            client.ehlo_or_helo_if_needed()
        except BaseException:  # whatever it is, the socket must not stay open
            client.close()
            raise
        return client

    def _alive(self, client: smtplib.SMTP) -> bool:
        try:
            if client.sock is not None:
                client.sock.settimeout(min(_NOOP, self.timeout))
            answered = client.noop()[0] == 250
            if client.sock is not None:
                client.sock.settimeout(self.timeout)
        except (smtplib.SMTPException, OSError):
            return False
        return answered

    def _shut_out(self, recipient: str, error: Exception, watch: Watch) -> DeliveryError:
        """There is no connection that could be used: whatever the server says, it says of us and not of the message."""
        self._unreachable()
        if isinstance(error, smtplib.SMTPResponseException) and not watch.over:
            why = f"does not let us in: {error.smtp_code} {_decoded(error.smtp_error)}"
            return self._failure(recipient, f"{self.host}:{self.port} {why}", permanent=False)
        return self._failure(recipient, f"{self.host}:{self.port}: {self._said(error, watch)}", permanent=False)

    def _lost(self, recipient: str, error: Exception, watch: Watch) -> DeliveryError:
        self._drop()
        if watch.over or isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            self._unreachable()
        else:
            self._unreached = 0
        return self._failure(recipient, f"connection lost: {self._said(error, watch)}", permanent=False)

    def _said(self, error: Exception, watch: Watch) -> str:
        return f"no end after {self.deadline:g} s" if watch.over else str(error)

    def _unreachable(self) -> None:
        self._unreached += 1
        self._away_until = time.monotonic() + self.pause

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _answered(self, recipient: str, code: int, text: bytes | str) -> DeliveryError:
        permanent = 500 <= code <= 599 and code not in _OURS
        if code == 421 or code < 400:  # "closing the channel", or -1: no number where one must be
            self._drop()
        return self._failure(recipient, f"{code} {_decoded(text)}", permanent=permanent)

    def _failure(self, recipient: str, text: str, *, permanent: bool) -> DeliveryError:
        shown = text.replace(self.password, "***") if self.password else text
        return DeliveryError(recipient, one_line(shown, limit=300), permanent=permanent)


def _decoded(text: bytes | str) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _security(scheme: str, query: str, *, secret: bool) -> Security:
    values = parse_qs(query, keep_blank_values=True)
    starttls = values.pop("starttls", ["true" if secret and scheme == "smtp" else "false"])[-1]
    if values or starttls not in ("true", "false"):
        raise _unusable("may only say ?starttls=true or ?starttls=false after the port")
    if scheme == "smtps":
        return "tls"
    return "starttls" if starttls == "true" else "none"


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unusable(message: str) -> SettingError:
    return SettingError("WIREWATCH_SMTP_URL", message)
