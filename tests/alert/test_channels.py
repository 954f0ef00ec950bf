"""Messages to channels, to a real web hook on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from wirewatch.alert.channels import (
    Channels,
    Routed,
    checked_recipient,
    is_channel,
    mail_form,
    shown,
    urls_in,
    variable,
)
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import compose
from wirewatch.errors import DeliveryError

SENDER = "Wirewatch <w@news.example>"
DESK = "channel:desk-hook"
SECRET = "s3cr3t-t0ken"


@dataclass
class Hook:
    """A web hook: what it answers, one by one, then 200; and what it got."""

    answers: list[int | str] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.port}/{SECRET}"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made, over = Hook(), Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = made.answers.pop(0) if made.answers else 200
            if answer == "hang":
                over.wait()
                return
            made.got += [json.loads(body)] if answer == 200 else []
            self.send_response(int(answer))
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield made
    over.set()
    server.shutdown()
    server.server_close()


def message(facts: AlertFacts) -> EmailMessage:
    return compose(
        facts,
        recipient=mail_form(DESK),
        sender=SENDER,
        message_id="<1@news.example>",
        timezone="UTC",
        date=datetime(2031, 9, 2, tzinfo=timezone.utc),
    )


def attempt(channels: Channels, facts: AlertFacts) -> DeliveryError | None:
    """The error of one message, None when it was taken."""
    try:
        channels.send(message(facts), sender=SENDER, recipient=DESK)
    except DeliveryError as error:
        return error
    return None


def test_delivery(hook: Hook, facts: AlertFacts) -> None:
    """A web hook gets the mail's subject and text part."""
    assert attempt(Channels({"desk-hook": hook.url}.get), facts) is None
    [got] = hook.got
    assert got["title"] == "[high] Zapad exercise · БелТА: Названы сроки учения «Запад-2031»"
    assert "Штаб сообщил: учение «**Запад-2031**» начнётся в сентябре." in got["message"]
    assert facts.url in got["message"].splitlines()
    assert got["attachments"] == []


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [(400, True), (413, True), (422, True), (401, False), (403, False), (404, False), (429, False), (500, False)],
)
def test_refusals(hook: Hook, facts: AlertFacts, answer: int, permanent: bool) -> None:
    """Only an answer about this very message is permanent; the reason is told, and the secret of the address is not."""
    hook.answers.append(answer)
    channels = Channels({"desk-hook": hook.url}.get)
    error = attempt(channels, facts)
    assert error is not None
    assert (error.recipient, error.permanent, f"error={answer}" in str(error)) == (DESK, permanent, True)
    assert SECRET not in str(error) + repr(channels)
    assert attempt(channels, facts) is None


def test_hang(hook: Hook, facts: AlertFacts) -> None:
    """A service that never answers is a temporary failure."""
    hook.answers.append("hang")
    error = attempt(Channels({"desk-hook": hook.url}.get, deadline=0.5), facts)
    assert error is not None
    assert not error.permanent


@pytest.mark.parametrize("url", [None, "nonsense://a.example", f"json://127.0.0.1:1/{SECRET}"])
def test_unusable(facts: AlertFacts, url: str | None) -> None:
    """A channel without an address, with a wrong one, or with nobody there is a temporary failure that names it."""
    error = attempt(Channels(lambda _: url), facts)
    assert error is not None
    assert not error.permanent
    assert "WIREWATCH_CHANNEL_DESK_HOOK" in str(error) or "onnection" in str(error)
    assert SECRET not in str(error)


def test_two_addresses_in_one(hook: Hook, facts: AlertFacts) -> None:
    """A channel is one address: were it two, a failure of one would send to the other again."""
    error = attempt(Channels(lambda _: f"{hook.url},{hook.url}"), facts)
    assert error is not None
    assert (error.permanent, hook.got) == (False, [])


def test_routed(hook: Hook, facts: AlertFacts) -> None:
    """Channels go by Apprise, addresses by mail."""

    @dataclass
    class Mail:
        got: list[str] = field(default_factory=list)

        def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
            self.got.append(recipient)

    mail = Mail()
    way = Routed(mail, Channels({"desk-hook": hook.url}.get))
    for recipient in (DESK, "ann@desk.example"):
        way.send(message(facts), sender=SENDER, recipient=recipient)
    assert (len(hook.got), mail.got) == (1, ["ann@desk.example"])


def test_names() -> None:
    """A channel's variable and stand-in address follow from its name; an address stays as it is."""
    assert (is_channel(DESK), is_channel("a@b.example")) == (True, False)
    assert variable("desk-hook") == "WIREWATCH_CHANNEL_DESK_HOOK"
    assert (mail_form(DESK), mail_form("a@b.example")) == ("desk-hook@channel.invalid", "a@b.example")
    found = urls_in({"WIREWATCH_CHANNEL_DESK_HOOK": " json://a ", "WIREWATCH_CHANNEL_EMPTY": ""})
    assert [found(name) for name in ("desk-hook", "empty", "other")] == ["json://a", None, None]


@pytest.mark.parametrize("text", ["ann@desk.example", DESK])
def test_recipients(text: str) -> None:
    """A recipient is an address or a channel."""
    assert checked_recipient(text) == text


@pytest.mark.parametrize("text", ["channel:", "channel:Desk", "channel:a/b", f"json://a/{SECRET}", "Ann <a@b.example>"])
def test_no_recipient(text: str) -> None:
    """Anything else is refused, an address with a secret above all."""
    with pytest.raises(ValueError, match=r"must be|is not"):
        checked_recipient(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("@everyone look", "@\u200beveryone look"),
        ("<!channel> hi", "‹!channel› hi"),
        ("[click](https://evil.example)", "[click] (https://evil.example)"),
        ("{{ 7 * 7 }} ${HOME}", "{{ 7 * 7 }} ${HOME}"),
    ],
)
def test_words_that_a_chat_obeys(hook: Hook, facts: AlertFacts, title: str, expected: str) -> None:
    """A title is shown as text: it calls nobody, and is no link of its own."""
    assert attempt(Channels({"desk-hook": hook.url}.get), replace(facts, title=title)) is None
    [got] = hook.got
    assert got["title"].endswith(expected)
    assert expected in got["message"].splitlines()


@pytest.mark.parametrize("limit", [160, 280, 500, 4096, 40_000])
def test_limits(facts: AlertFacts, limit: int) -> None:
    """Title and text fit what the service takes, whole lines at a time, and the address is among them."""
    title, body = shown(message(facts), limit=limit)
    assert len(title) + len(body) + 2 <= limit
    assert title.startswith("[high] Zapad exercise")
    assert facts.url in body.splitlines()
