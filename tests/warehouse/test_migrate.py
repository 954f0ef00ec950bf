"""Migrations on a real PostgreSQL."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg2.errors
import pytest

from wirewatch.errors import SchemaError, WirewatchError
from wirewatch.warehouse.connection import connect, connected
from wirewatch.warehouse.migrate import FOLDER, check_schema, migrate, migrations


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "migrations"))


def test_migrations_apply_once_and_in_order(empty_database: str) -> None:
    """An empty database gets every migration in order; a second call applies none."""
    with connected(empty_database) as connection:
        assert migrate(connection) == migrations()
        assert migrate(connection) == ()
        check_schema(connection)


def test_an_empty_database_is_refused(empty_database: str) -> None:
    """A database without tables is refused, with the command that makes them."""
    with connected(empty_database) as connection, pytest.raises(SchemaError, match="wirewatch migrate"):
        check_schema(connection)


def test_a_stale_schema_is_refused(warehouse_url: str, tmp_path: Path) -> None:
    """A migration that was not applied is named."""
    folder = copied(tmp_path)
    number = len(migrations()) + 1
    (folder / f"{number:04d}_more.sql").write_text("create table more (id integer)")
    with connected(warehouse_url) as connection:
        with pytest.raises(SchemaError, match=f"{number:04d}"):
            check_schema(connection, folder)
        assert [item.name for item in migrate(connection, folder)] == ["more"]
        check_schema(connection, folder)


def test_a_newer_schema_is_refused(warehouse_url: str, tmp_path: Path) -> None:
    """A warehouse that a later version has migrated is left alone."""
    folder = copied(tmp_path)
    sorted(folder.glob("*.sql"))[-1].unlink()
    with connected(warehouse_url) as connection, pytest.raises(SchemaError, match="newer than this version"):
        check_schema(connection, folder)


def test_an_altered_migration_is_refused(warehouse_url: str, tmp_path: Path) -> None:
    """A migration whose text changed after it was applied is named, not applied again."""
    folder = copied(tmp_path)
    first = sorted(folder.glob("*.sql"))[0]
    first.write_text(first.read_text(encoding="utf-8") + "\n-- changed", encoding="utf-8")
    with connected(warehouse_url) as connection, pytest.raises(SchemaError, match="another text"):
        migrate(connection, folder)


def test_a_gap_is_refused(tmp_path: Path) -> None:
    """Numbers run from 1 without a gap."""
    folder = copied(tmp_path)
    sorted(folder.glob("*.sql"))[0].unlink()
    with pytest.raises(SchemaError, match="without a gap"):
        migrations(folder)


def test_a_failing_migration_leaves_nothing(warehouse_url: str, tmp_path: Path) -> None:
    """A migration that breaks midway is undone whole."""
    folder = copied(tmp_path)
    number = len(migrations()) + 1
    (folder / f"{number:04d}_bad.sql").write_text("create table half (id integer); select 1/0")
    with connected(warehouse_url) as connection:
        with pytest.raises(psycopg2.errors.DivisionByZero):
            migrate(connection, folder)
        with connection, connection.cursor() as cursor:
            cursor.execute("select count(*) as found from pg_class where relname = 'half'")
            assert dict(cursor.fetchall()[0]) == {"found": 0}


def test_every_table_and_odd_column_is_explained(warehouse_url: str) -> None:
    """Each table and view carries a comment for those who open it in another tool."""
    with connected(warehouse_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = 'wirewatch' and relkind in ('r', 'v') and obj_description(c.oid) is null"
            " and relname <> 'schema_migration'"
        )
        assert [row["relname"] for row in cursor.fetchall()] == []


def test_a_warehouse_that_is_away_says_what_to_do() -> None:
    """No server at the address: one sentence, with what to check."""
    with pytest.raises(WirewatchError, match="WIREWATCH_DATABASE_URL"):
        connect("postgresql://postgres@127.0.0.1:9/wirewatch")
