"""What tests share: a real PostgreSQL with a fresh warehouse each, a real mail server, the newsroom."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import psycopg2
import pytest
from aiosmtpd.controller import Controller
from psycopg2 import sql as compose

from tests.newsroom.server import Newsroom
from tests.support.folders import passable_folder
from wirewatch.alert.mailbox import Keeper
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.migrate import migrate

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """Data folder of a running server."""
    with passable_folder() as folder:
        data = folder / "data"
        embedded.start(data)
        yield data
        embedded.stop(data)


@pytest.fixture
def empty_database(postgres: Path) -> Iterator[str]:
    """URL of a database with nothing in it; dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    url = embedded.ensure_database(postgres, name)
    yield url
    connection = psycopg2.connect(embedded.database_url(postgres, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(compose.SQL("drop database {} with (force)").format(compose.Identifier(name)))
    connection.close()


@pytest.fixture
def warehouse_url(empty_database: str) -> str:
    """URL of a migrated warehouse with no rows."""
    with connected(empty_database) as connection:
        migrate(connection)
    return empty_database


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """The invented newsroom on its first day; its second day is TODAY."""
    with Newsroom(date=TODAY, day=1) as running:
        yield running


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A real mail server that keeps a Maildir: its folder and its port."""
    folder = tmp_path / "mailbox"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(Keeper(folder), hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    yield folder, port
    controller.stop()


@pytest.fixture
def make_desk(tmp_path: Path, warehouse_url: str, mailbox: tuple[Path, int]) -> Callable[..., Desk]:
    """A desk on the test's warehouse; keyword arguments are settings."""

    def make(*, now: datetime = NOW, **changes: object) -> Desk:
        settings = replace(
            Settings.from_environment({}),
            home=tmp_path / "home",
            database_url=warehouse_url,
            archive=str(tmp_path / "archive"),
            smtp_url=f"smtp://127.0.0.1:{mailbox[1]}",
            allow_hosts=("127.0.0.0/8",),
            **changes,
        )
        return Desk(settings, now=lambda: now)

    return make


@pytest.fixture
def newsroom_desk(tmp_path: Path, newsroom: Newsroom, make_desk: Callable[..., Desk]) -> Desk:
    """A desk whose sources are the newsroom's publishers."""
    sources = tmp_path / "sources"
    sources.mkdir()
    newsroom.write_sources(sources)
    return make_desk(sources=sources)
