"""Connections to the warehouse, and the SQL files that are its only statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extras

from wirewatch.errors import WirewatchError

SCHEMA = "wirewatch"
QUERIES = Path(__file__).parent / "queries"

Connection = psycopg2.extensions.connection
Row = dict[str, Any]


def connect(url: str, *, statement_timeout: float = 300.0) -> Connection:
    """Open a connection; statements end after the timeout (seconds). Times come and go in UTC."""
    try:
        connection = psycopg2.connect(
            url, connect_timeout=10, application_name="wirewatch", cursor_factory=psycopg2.extras.RealDictCursor
        )
    except psycopg2.OperationalError as error:
        raise WirewatchError(
            f"the warehouse does not answer ({str(error).splitlines()[0]}); "
            "start it with `make run`, or check WIREWATCH_DATABASE_URL"
        ) from error
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "select set_config('search_path', %s, false), set_config('timezone', 'UTC', false),"
            " set_config('statement_timeout', %s, false)",
            (f"{SCHEMA}, public", str(int(statement_timeout * 1000))),
        )
    return connection


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection that is closed at the end."""
    connection = connect(url)
    try:
        yield connection
    finally:
        connection.close()


@cache
def sql(name: str) -> str:
    """Text of ``queries/<name>.sql``."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def records(cursor: psycopg2.extensions.cursor) -> list[Row]:
    """What a cursor has found, as dictionaries."""
    return [dict(row) for row in cursor.fetchall()]


def rows(connection: Connection, query: str, parameters: Any = None) -> list[Row]:
    """Rows of a query file, as dictionaries. The caller's transaction goes on."""
    with connection.cursor() as cursor:
        cursor.execute(sql(query), parameters)
        return records(cursor) if cursor.description else []


def row(connection: Connection, query: str, parameters: Any = None) -> Row:
    """The one row of a query file."""
    found = rows(connection, query, parameters)
    if len(found) != 1:
        raise LookupError(f"{query}: expected one row, found {len(found)}")
    return found[0]


def storable(text: str | None) -> str | None:
    """Text that PostgreSQL takes: NUL, which a site's headers and feeds may hold, becomes U+FFFD, a surrogate ``?``."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode() if text is not None else None


def run_many(
    connection: Connection, query: str, parameters: Sequence[Any], *, template: str | None = None
) -> list[Row]:
    """A query file with one ``values %s`` for many rows at once; what it returns comes back in no order."""
    if not parameters:
        return []
    with connection.cursor() as cursor:
        found = psycopg2.extras.execute_values(cursor, sql(query), parameters, template=template, fetch=True)
        return [dict(item) for item in found]
