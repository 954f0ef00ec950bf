"""A warehouse of invented articles, each a story of its own for which one rule asks: what delivery is measured on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

import psycopg2
from psycopg2 import sql as compose

from wirewatch.dedup.identity import content_hash, text_hash
from wirewatch.model import Article, Mention, Precision, Published
from wirewatch.settings import Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import Connection, connected, records
from wirewatch.warehouse.load import Loadable, load_articles
from wirewatch.warehouse.migrate import migrate
from wirewatch.warehouse.runs import Run, open_run

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
RULE = "invented"
SEED = "seed"
"""Name of the database that others are copied from."""

_CONCEPT = """id: invented
label: An invented thing
definition: A word that only these articles have.
names: {en: [blorp]}
examples: {yes: [The blorp was seen.]}
"""
_READER = "name: {name}\n{way}\ncap: 1000\n"


@dataclass(frozen=True)
class Ground:
    """Where it is measured: an embedded server, and the files that people would write."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """Data folder of the server."""
        return self.folder / "postgres"

    def settings(self, database: str) -> Settings:
        """The settings of a process that works on this database."""
        return replace(
            Settings.from_environment({}),
            home=self.folder / "home",
            database_url=embedded.database_url(self.postgres, database),
            concepts=self.folder / "concepts",
            sources=self.folder / "sources",
            rules=self.folder / "rules",
            recipients=self.folder / "recipients",
            mail_from="Wirewatch <w@news.example>",
        )

    def copied(self, name: str) -> Settings:
        """A fresh copy of the seed under this name, in place of one that there was; settings to work on it."""
        connection = psycopg2.connect(embedded.database_url(self.postgres, "postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                names = {"name": compose.Identifier(name), "seed": compose.Identifier(SEED)}
                cursor.execute(compose.SQL("drop database if exists {name} with (force)").format(**names))
                cursor.execute(compose.SQL("create database {name} template {seed}").format(**names))
        finally:
            connection.close()
        return self.settings(name)


@contextmanager
def ground(folder: Path, *, articles: int, readers: Sequence[str]) -> Iterator[Ground]:
    """A server with a seed of so many due articles, each of which alerts each reader; stopped at the end.

    Other users must be able to pass the folder: the embedded server runs as one of them when we are root.
    """
    made = Ground(folder)
    _write_files(made, readers)
    embedded.start(made.postgres)
    try:
        with connected(embedded.ensure_database(made.postgres, SEED)) as connection:
            migrate(connection)
            _fill(connection, articles)
        yield made
    finally:
        embedded.stop(made.postgres)


def run_of(connection: Connection) -> Run:
    """The run that found the articles, as ``match`` asks for it."""
    return open_run(connection, "invented", NOW.date(), backfill=False, sources=["invented"])


def outbox(settings: Settings) -> list[dict[str, object]]:
    """All rows of the outbox: message_id, recipient, state, attempts, last_error, next_attempt_at."""
    with connected(settings.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("select message_id, recipient, state, attempts, last_error, next_attempt_at from outbox")
        return records(cursor)


def _write_files(made: Ground, readers: Sequence[str]) -> None:
    for name in ("concepts", "sources", "rules", "recipients"):
        (made.folder / name).mkdir(parents=True)
    (made.folder / "concepts" / "invented.yml").write_text(_CONCEPT)
    rule = f"name: {RULE}\ntitle: Invented\nwhen: {{any: [invented]}}\nto: [{', '.join(readers)}]\n"
    (made.folder / "rules" / f"{RULE}.yml").write_text(rule)
    for number, address in enumerate(readers):
        text = _READER.format(name=f"reader-{number}", way=_way(address))
        (made.folder / "recipients" / f"reader-{number}.yml").write_text(text)


def _way(recipient: str) -> str:
    kind, _, name = recipient.partition(":")
    return f"channel: {name}" if kind == "channel" else f"address: {recipient}"


def _fill(connection: Connection, count: int) -> None:
    """Loaded as a run would; the stories are set by hand, because linking would find these texts alike."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "insert into source values ('invented', 'Invented', 'PL', 'press', 'https://a.example/', '{en}')"
        )
    run = run_of(connection)
    with connection, connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # no fetches stand behind these articles
        load_articles(connection, "invented", [_loadable(number, run.run_id) for number in range(1, count + 1)])
        cursor.execute(
            "insert into story (story_id, story_key, origin_id, articles, sources, independent_sources)"
            " overriding system value select article_id, 'k' || article_id, article_id, 1, 1, 1 from article"
        )
        cursor.execute("update article set story_id = article_id")
        cursor.execute("select setval(pg_get_serial_sequence('story', 'story_id'), max(story_id)) from story")


def _loadable(number: int, run_id: int) -> Loadable:
    url = f"https://a.example/{number}"
    title, body = f"Report {number}", f"The blorp was seen at place {number}. Nobody knows why."
    start = body.index("blorp")
    return Loadable(
        canonical_url=url,
        address_id=number,
        fetch_id=number,
        run_id=run_id,
        article=Article("invented", url, title, body, language="en", published=Published(NOW, Precision.MINUTE, "x")),
        mentions=(Mention("invented", "body", start, start + 5, "blorp"),),
        content_hash=content_hash(title, body),
        text_hash=text_hash(body, otherwise=url),
        seen_at=NOW,
        matched=False,
    )
