"""Delivery by SMTP, against a real server that fails as told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import compose
from wirewatch.alert.transport import SmtpTransport
from wirewatch.errors import DeliveryError, SettingError

from tests.alert.conftest import Script, Served  # isort: skip

Start = Callable[..., Served]
SENDER = "Wirewatch <w@news.example>"
Certificates = dict[str, tuple[ssl.SSLContext, ssl.SSLContext]]


def mail(facts: AlertFacts, recipient: str) -> EmailMessage:
    return compose(
        facts,
        recipient=recipient,
        sender=SENDER,
        message_id="<1@news.example>",
        timezone="UTC",
        date=datetime(2031, 9, 2, tzinfo=timezone.utc),
    )


def plain(port: int, **options: Any) -> SmtpTransport:
    return SmtpTransport("127.0.0.1", port, security="none", timeout=5, **options)


def attempt(transport: SmtpTransport, facts: AlertFacts, recipient: str = "a@b.example") -> DeliveryError | None:
    """The error of one delivery, None when the message was taken."""
    try:
        transport.send(mail(facts, recipient), sender=SENDER, recipient=recipient)
    except DeliveryError as error:
        return error
    return None


def test_delivery(smtp_server: Start, facts: AlertFacts) -> None:
    """A message arrives as it was written, its envelope without display names, and its subject reads as composed."""
    server = smtp_server()
    with plain(server.port) as transport:
        assert attempt(transport, facts, "Ann <ann@desk.example>") is None
    [(sender, recipients, content)] = server.script.taken
    assert (sender, recipients) == ("w@news.example", ["ann@desk.example"])
    assert content == mail(facts, "Ann <ann@desk.example>").as_bytes()
    read = BytesParser(policy=policy.default).parsebytes(content)
    assert read["Subject"] == "[high] Zapad exercise · БелТА: Названы сроки учения «Запад-2031»"


def test_one_connection(smtp_server: Start, facts: AlertFacts) -> None:
    """A hundred messages go over one connection, refused ones between them."""
    server = smtp_server(Script(rcpt={"no@b.example": ["550 5.1.1 no such user"] * 50}))
    with plain(server.port) as transport:
        errors = [attempt(transport, facts, name) for name in ("a@b.example", "no@b.example") * 50]
    assert [error and error.permanent for error in errors] == [None, True] * 50
    assert (len(server.script.taken), server.script.sessions) == (50, 1)


@pytest.mark.parametrize(
    ("script", "permanent", "text"),
    [
        (Script(rcpt={"a@b.example": ["550 5.1.1 no such user"]}), True, "550 5.1.1 no such user"),
        (Script(rcpt={"a@b.example": ["450 4.2.0 greylisted"]}), False, "450 4.2.0 greylisted"),
        (Script(rcpt={"a@b.example": ["421 4.3.2 shutting down"]}), False, "421 4.3.2 shutting down"),
        (Script(mail=["452 4.3.1 disk full"]), False, "452 4.3.1 disk full"),
        (Script(mail=["550 5.7.1 not you"]), True, "550 5.7.1 not you"),
        (Script(mail=["530 5.7.0 authentication required"]), False, "530 5.7.0 authentication required"),
        (Script(data=["451 4.7.1 later"]), False, "451 4.7.1 later"),
        (Script(data=["421 4.3.0 going away"]), False, "421 4.3.0 going away"),
        (Script(data=["554 5.6.0 spam"]), True, "554 5.6.0 spam"),
    ],
)
def test_refusals(smtp_server: Start, facts: AlertFacts, script: Script, permanent: bool, text: str) -> None:
    """A 5xx about the message is permanent, 4xx and answers about us are not; the next message goes through."""
    server = smtp_server(script)
    with plain(server.port) as transport:
        error = attempt(transport, facts)
        assert error is not None
        assert (error.recipient, error.permanent, str(error)) == ("a@b.example", permanent, f"a@b.example: {text}")
        assert attempt(transport, facts) is None
    assert len(server.script.taken) == 1


def test_disconnect_before_the_answer(smtp_server: Start, facts: AlertFacts) -> None:
    """A connection lost after the last byte is temporary; the repeat goes over a new one and is the same message."""
    server = smtp_server(Script(data=["drop"]))
    with plain(server.port) as transport:
        error = attempt(transport, facts)
        assert error is not None
        assert not error.permanent
        assert attempt(transport, facts) is None
    first, second = server.script.taken
    assert first == second
    assert server.script.sessions == 2


def test_idle_connection_closed(smtp_server: Start, facts: AlertFacts) -> None:
    """A connection that the server has closed meanwhile is noticed before it costs a message."""
    server = smtp_server()
    with plain(server.port) as transport:
        assert attempt(transport, facts) is None
        assert transport._client is not None
        transport._client.sock.shutdown(socket.SHUT_RDWR)
        assert attempt(transport, facts) is None
    assert (len(server.script.taken), server.script.sessions) == (2, 2)


def test_error_on_quit(smtp_server: Start, facts: AlertFacts) -> None:
    """A server that breaks off at QUIT has taken the message all the same."""
    server = smtp_server(Script(quit=["drop"]))
    with plain(server.port) as transport:
        assert attempt(transport, facts) is None
    assert len(server.script.taken) == 1


def test_hanging_server(smtp_server: Start, facts: AlertFacts) -> None:
    """A server that never says whether it took the message is a temporary failure once the message's time is over."""
    server = smtp_server(Script(data=["hang"]))
    transport = SmtpTransport("127.0.0.1", server.port, security="none", timeout=0.3, deadline=0.5)
    error = attempt(transport, facts)
    assert error is not None
    assert (error.permanent, "no end after 0.5 s" in str(error)) == (False, True)


def test_nobody_listens(smtp_server: Start, facts: AlertFacts) -> None:
    """A server that is not there is a temporary failure that names it."""
    error = attempt(plain(1), facts)
    assert error is not None
    assert (error.permanent, "127.0.0.1:1:" in str(error)) == (False, True)


def test_starttls(smtp_server: Start, facts: AlertFacts, certificates: Certificates) -> None:
    """With a certificate that is trusted, the message goes over TLS."""
    serving, trusting = certificates["good"]
    server = smtp_server(tls_context=serving, require_starttls=True)
    with SmtpTransport("localhost", server.port, security="starttls", timeout=5, tls=trusting) as transport:
        assert attempt(transport, facts) is None
    assert len(server.script.taken) == 1


@pytest.mark.parametrize("case", ["expired", "stranger"])
def test_untrusted_certificate(smtp_server: Start, facts: AlertFacts, certificates: Certificates, case: str) -> None:
    """An expired certificate, or one of an unknown authority, ends the attempt before anything is said."""
    serving, trusting = certificates[case]
    server = smtp_server(tls_context=serving)
    error = attempt(SmtpTransport("localhost", server.port, security="starttls", timeout=5, tls=trusting), facts)
    assert error is not None
    assert (error.permanent, "certificate verify failed" in str(error)) == (False, True)
    assert server.script.taken == []


def test_certificate_of_another_name(smtp_server: Start, facts: AlertFacts, certificates: Certificates) -> None:
    """A certificate for another name than the one asked is refused."""
    serving, trusting = certificates["good"]
    server = smtp_server(tls_context=serving)
    error = attempt(SmtpTransport("127.0.0.1", server.port, security="starttls", timeout=5, tls=trusting), facts)
    assert error is not None
    assert (error.permanent, "certificate verify failed" in str(error)) == (False, True)


def test_server_without_starttls(smtp_server: Start, facts: AlertFacts) -> None:
    """Where STARTTLS is asked for, a server without it gets nothing."""
    server = smtp_server()
    error = attempt(SmtpTransport("localhost", server.port, security="starttls", timeout=5), facts)
    assert error is not None
    assert (error.permanent, "STARTTLS" in str(error)) == (False, True)
    assert server.script.taken == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_login(smtp_server: Start, facts: AlertFacts) -> None:
    """The right password lets messages through; a wrong one is temporary and shown nowhere."""

    def judge(server: object, session: object, envelope: object, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right horse", handled=False)

    options = {"authenticator": judge, "auth_required": True, "auth_require_tls": False}
    server = smtp_server(**options)
    with plain(server.port, user="ann", password="right horse") as transport:
        assert attempt(transport, facts) is None
    wrong = plain(server.port, user="ann", password="wrong horse")
    error = attempt(wrong, facts)
    assert error is not None
    assert (error.permanent, "535" in str(error)) == (False, True)
    assert "wrong horse" not in str(error) + repr(wrong)
    assert len(server.script.taken) == 1


@pytest.mark.parametrize(("offered", "taken"), [(True, 1), (False, 0)])
def test_international_address(smtp_server: Start, facts: AlertFacts, offered: bool, taken: int) -> None:
    """A local part beyond ASCII is sent where the server knows SMTPUTF8, and refused for good where it does not."""
    server = smtp_server(enable_SMTPUTF8=offered)
    with plain(server.port) as transport:
        error = attempt(transport, facts, "анна@почта.example")
        assert attempt(transport, facts) is None
    assert (error is not None and error.permanent) is not offered
    assert [recipients for _, recipients, _ in server.script.taken] == [["анна@xn--80a1acny.example"]] * taken + [
        ["a@b.example"]
    ]


@pytest.mark.parametrize("recipient", ["a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example, c@d.example", ""])
def test_no_address(facts: AlertFacts, recipient: str) -> None:
    """What is no address is refused for good, without a connection."""
    with pytest.raises(DeliveryError) as caught:
        plain(1).send(mail(facts, "a@b.example"), sender=SENDER, recipient=recipient)
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("url", "transport"),
    [
        ("smtp://127.0.0.1:8025", SmtpTransport("127.0.0.1", 8025, security="none")),
        ("smtp://mail.example", SmtpTransport("mail.example", 25, security="none")),
        ("smtp://mail.example?starttls=true", SmtpTransport("mail.example", 587)),
        ("smtp://ann:p%40ss@mail.example", SmtpTransport("mail.example", 587, "ann", "p@ss")),
        ("smtps://ann:p@mail.example", SmtpTransport("mail.example", 465, "ann", "p", "tls")),
        ("smtp://ann:p@localhost?starttls=false", SmtpTransport("localhost", 25, "ann", "p", "none")),
    ],
)
def test_url(url: str, transport: SmtpTransport) -> None:
    """An address says server, login and encryption; with a password there is encryption unless said otherwise."""
    assert SmtpTransport.from_url(url) == transport


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:secret@mail.example",
        "smtp://",
        "smtp://ann:secret@mail.example:port",
        "smtp://ann:secret@mail.example?starttls=maybe",
        "smtp://ann:secret@mail.example?tls=true",
        "smtp://ann:secret@mail.example?starttls=false",
        "smtp://ann:secret@[mail.example",
    ],
)
def test_wrong_url(url: str) -> None:
    """An address that cannot be used, or would show the password on the way, is refused without repeating it."""
    with pytest.raises(SettingError, match="WIREWATCH_SMTP_URL") as caught:
        SmtpTransport.from_url(url)
    assert "secret" not in str(caught.value)
