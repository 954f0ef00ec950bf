"""Numbered migrations, one transaction each; a schema that is not ours is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from psycopg2 import sql as compose

from wirewatch.errors import SchemaError
from wirewatch.warehouse.connection import SCHEMA, Connection, records

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x57495245  # "WIRE": two migrations at once would both create the tables


@dataclass(frozen=True)
class Migration:
    """One file ``NNNN_name.sql``."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the file's text, lower-case hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The files in order; their numbers run from 1 without a gap."""
    found = tuple(
        Migration(int(path.name[:4]), path.stem[5:], path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    )
    if [item.number for item in found] != list(range(1, len(found) + 1)):
        raise SchemaError(f"migrations in {folder} are not numbered 1, 2, 3 … without a gap")
    return found


def migrate(connection: Connection, folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Apply what is missing; return what was applied. SchemaError when the tables are newer, or a file was altered."""
    wanted = migrations(folder)
    with connection, connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        cursor.execute(compose.SQL("create schema if not exists {}").format(compose.Identifier(SCHEMA)))
        cursor.execute(
            "create table if not exists schema_migration (number integer primary key, name text not null,"
            " sha256 text not null, applied_at timestamptz not null default now())"
        )
    applied: list[Migration] = []
    for migration in wanted:
        with connection, connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
            if migration.number in _known(connection, wanted):
                continue
            cursor.execute(migration.text)
            cursor.execute(
                "insert into schema_migration (number, name, sha256) values (%s, %s, %s)",
                (migration.number, migration.name, migration.sha256),
            )
            applied.append(migration)
    return tuple(applied)


def check_schema(connection: Connection, folder: Path = FOLDER) -> None:
    """Refuse to work on tables that are older or newer than this version (SchemaError)."""
    wanted = migrations(folder)
    with connection, connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) as found", (f"{SCHEMA}.schema_migration",))
        present = records(cursor)[0]["found"]
        missing = set(range(1, len(wanted) + 1))
        if present:
            missing -= _known(connection, wanted)
    if missing:
        raise SchemaError(f"the warehouse lacks migration {min(missing):04d}; run `wirewatch migrate`")


def _known(connection: Connection, wanted: tuple[Migration, ...]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select number, name, sha256 from schema_migration order by number")
        found = records(cursor)
    by_number = {item.number: item for item in wanted}
    for item in found:
        ours = by_number.get(item["number"])
        if ours is None:
            raise SchemaError(
                f"the warehouse has migration {item['number']:04d} ({item['name']}), newer than this version; "
                "install the version that made it"
            )
        if ours.sha256 != item["sha256"]:
            raise SchemaError(
                f"migration {ours.number:04d} ({ours.name}) was applied with another text; "
                "restore the file, and write a new migration for changes"
            )
    return {item["number"] for item in found}
