"""A real mail server on loopback that does as it is told, and alerts to send."""

# ruff: noqa: N802 -- aiosmtpd chose the names

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.certificates import self_signed, serving
from wirewatch.alert.facts import AlertFacts, ConceptCount
from wirewatch.alert.passages import Hit, Passage
from wirewatch.model import Precision


@dataclass
class Script:
    """What the server answers, and what it has seen. A list's answers are used up one by one; then all is well."""

    mail: list[str] = field(default_factory=list)
    rcpt: dict[str, list[str]] = field(default_factory=dict)  # by recipient
    data: list[str] = field(default_factory=list)  # "drop" closes the connection, "hang" never answers
    quit: list[str] = field(default_factory=list)
    sessions: int = 0
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.get(address):
            return self.rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer == "hang":
            await asyncio.sleep(60)
        if answer == "drop":
            server.transport.abort()
        if answer in ("drop", "250 OK"):
            self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.quit and self.quit.pop(0) == "drop":
            server.transport.abort()
        return "221 Bye"


@dataclass(frozen=True)
class Served:
    script: Script
    port: int


@pytest.fixture
def smtp_server() -> Iterator[Callable[..., Served]]:
    """Starts servers by script, each on a free port; keyword arguments go to aiosmtpd's SMTP."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    def start(script: Script | None = None, **options: Any) -> Served:
        script = script or Script()
        listening = loop.create_server(lambda: SMTP(script, hostname="localhost", loop=loop, **options), "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(listening, loop).result()
        return Served(script, server.sockets[0].getsockname()[1])

    yield start
    asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[ssl.SSLContext, ssl.SSLContext]]:
    """Server and client contexts by case: "good" is trusted by its client, "expired" and "stranger" must not be."""
    folder = tmp_path_factory.mktemp("certificates")
    contexts = {}
    for case, days in (("good", 2), ("expired", -1)):
        path = self_signed(folder / f"{case}.pem", days=days, host="localhost")
        contexts[case] = (serving(path), ssl.create_default_context(cafile=str(path)))
    contexts["stranger"] = (contexts["good"][0], ssl.create_default_context())
    return contexts


@pytest.fixture
def facts() -> AlertFacts:
    """An alert about an invented article."""
    text = "Штаб сообщил: учение «Запад-2031» начнётся в сентябре."
    start = text.index("Запад-2031")
    return AlertFacts(
        rule="zapad-and-union",
        rule_title="Zapad exercise",
        severity="high",
        asks=("any of Zapad exercise, Union Shield",),
        timezone=None,
        hits=(ConceptCount("zapad-exercise", "Zapad exercise", 3),),
        others=(ConceptCount("nato", "NATO", 2), ConceptCount("csto", "CSTO", 1)),
        title="Названы сроки учения «Запад-2031»",
        url="https://news.example/zapad?id=1&lang=ru",
        source="belta-ru",
        source_name="БелТА",
        country="BY",
        language="ru",
        published_at=datetime(2031, 9, 1, 21, 30, tzinfo=timezone.utc),
        published_precision=Precision.MINUTE,
        first_seen_at=datetime(2031, 9, 2, 5, 0, tzinfo=timezone.utc),
        passage=Passage("body", text, (Hit(start, start + len("Запад-2031"), "zapad-exercise"),)),
        story_articles=4,
        story_sources=3,
    )
