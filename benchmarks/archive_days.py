"""A large archive from one day's rows: each earlier day is a copy with its own ids, hashes, bands and times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from psycopg2 import sql as compose

from benchmarks.invented_news import invented_names
from wirewatch.warehouse.connection import SCHEMA, Connection

APART = 10_000_000
"""Between an id of one day and the same row's id of the day before; fetches, several an article, have room too."""

AT_ONCE = 50
"""Days in one statement."""

WALKED = (
    "article", "article_version", "article_search", "mention", "fetch", "address", "text_signature", "copy_pair",
    "credit", "story_pair", "story", "story_evidence", "story_change", "article_change", "article_absence", "recheck",
)  # fmt: skip
"""Tables that grow with the archive."""

COPIED = (*WALKED, "run", "run_source")

FIRST_ID = 5 * 10**15
"""Of the day that is copied: earlier days have lower ids, and what comes later higher ones, as in a real archive."""

LATER_ID = 9 * 10**15

SHIFTED = frozenset(
    {
        "run_id",
        "first_run_id",
        "article_id",
        "left_id",
        "right_id",
        "origin_id",
        "copy_of",
        "story_id",
        "merged_into",
        "old_id",
        "new_id",
    }
    | {"address_id", "fetch_id", "archived_fetch", "story_change_id", "change_id", "article_change_id"}
)
"""Columns with ids; those that the tables above have no more, or have not yet, are simply not met."""

HASHED = frozenset({"text_hash", "left_hash", "right_hash", "content_hash", "story_key", "sha256", "change_key"})
NAMED = frozenset({"url_key", "canonical_url", "url", "run_key"})


def open_archive(connection: Connection, *, day: date, sources: int) -> None:
    """Sources and a run."""
    names = invented_names(sources, seed=3)
    with connection, connection.cursor() as cursor:
        _restart(cursor, FIRST_ID)
        cursor.execute("insert into run (run_key, day, finished_at) values ('r', %s, now())", (day,))
        for number, name in enumerate(names):
            home = f"https://s{number}.example/"
            cursor.execute("insert into source values (%s, %s, 'PL', 'press', %s, '{ru}')", (f"s{number}", name, home))
        cursor.execute("insert into run_source (run_id, source, state) select run_id, slug, 'done' from run, source")


def keep_day(connection: Connection) -> None:
    """Set the rows of the first day apart, to copy, and begin another run for what comes later."""
    with connection, connection.cursor() as cursor:
        cursor.execute("create schema template")
        for table in _tables(cursor, SCHEMA):
            if table in COPIED:
                name = compose.Identifier(table)
                cursor.execute(compose.SQL("create table template.{0} as table {0}").format(name))
        _restart(cursor, LATER_ID)
        cursor.execute("insert into run (run_key, day) select 'later', day + 1 from run")


def _restart(cursor: Any, first: int) -> None:
    cursor.execute(
        "select s.relname as sequence from pg_class s join pg_namespace n on n.oid = s.relnamespace"
        " where s.relkind = 'S' and n.nspname = %s",
        (SCHEMA,),
    )
    for row in _found(cursor):
        cursor.execute("select setval(%s::regclass, %s)", (f"{SCHEMA}.{row['sequence']}", first))


def add_days(connection: Connection, *, first: int, last: int) -> None:
    """Copy the day that was kept to the days from ``first`` to before ``last`` days earlier.

    Constraints are off meanwhile (session_replication_role): what is copied is consistent by construction. Secondary
    indexes of the large tables are made anew afterwards, which is many times faster than keeping them.
    """
    _autovacuum(connection, "off")
    with connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set synchronous_commit = off")
        cursor.execute("set statement_timeout = 0")
        cursor.execute("set maintenance_work_mem = '512MB'")
        indexes = _drop_indexes(cursor)
    for start in range(first, last, AT_ONCE):
        with connection, connection.cursor() as cursor:
            for statement in _copies(cursor):
                cursor.execute(statement, {"first": start, "last": min(start + AT_ONCE, last) - 1, "apart": APART})
    with connection, connection.cursor() as cursor:
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("set session_replication_role = origin")
    _autovacuum(connection, "on")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
        cursor.execute("checkpoint")
    connection.autocommit = False


def _autovacuum(connection: Connection, state: str) -> None:
    """It would only get in the way of filling; the server is the benchmark's own."""
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(compose.SQL("alter system set autovacuum = {}").format(compose.Literal(state)))
        cursor.execute("select pg_reload_conf()")
    connection.autocommit = False


def _found(cursor: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in cursor.fetchall()]


def _tables(cursor: Any, schema: str) -> list[str]:
    cursor.execute("select tablename from pg_tables where schemaname = %s order by tablename", (schema,))
    return [row["tablename"] for row in _found(cursor)]


def _drop_indexes(cursor: Any) -> list[str]:
    """Drop what no constraint needs; the statements that make it anew."""
    cursor.execute(
        "select c.relname as name, pg_get_indexdef(i.indexrelid) as definition"
        "  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid"
        "  join pg_namespace n on n.oid = t.relnamespace"
        " where n.nspname = %s and t.relname = any(%s)"
        "   and not exists (select from pg_constraint k where k.conindid = i.indexrelid)",
        (SCHEMA, list(WALKED)),
    )
    found = _found(cursor)
    for row in found:
        cursor.execute(compose.SQL("drop index {}").format(compose.Identifier(row["name"])))
    return [row["definition"] for row in found]


def _copies(cursor: Any) -> Iterator[compose.Composed]:
    for table in _tables(cursor, "template"):
        cursor.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_schema = %s and table_name = %s and is_generated = 'NEVER' order by ordinal_position",
            (SCHEMA, table),
        )
        columns = [(row["column_name"], row["data_type"]) for row in _found(cursor)]
        yield compose.SQL(
            "insert into {table} ({columns}) overriding system value select {values}"
            " from template.{table} t, generate_series(%(first)s, %(last)s) d"
        ).format(
            table=compose.Identifier(table),
            columns=compose.SQL(", ").join(compose.Identifier(name) for name, _ in columns),
            values=compose.SQL(", ").join(_value(table, name, kind) for name, kind in columns),
        )


def _value(table: str, column: str, kind: str) -> compose.Composable:
    """A column of the copy that lies ``d`` days back."""
    if table == "copy_pair" and column in ("left_hash", "right_hash"):
        pick = "least" if column == "left_hash" else "greatest"
        return compose.SQL(pick + "({}, {})").format(_hashed("left_hash"), _hashed("right_hash"))
    name = compose.SQL("t.{}").format(compose.Identifier(column))
    if column in SHIFTED:
        return compose.SQL("{} - d * %(apart)s::bigint").format(name)
    if column in HASHED:
        return _hashed(column)
    if column in NAMED:
        return compose.SQL("{} || '-' || d").format(name)
    if column == "bands":
        return compose.SQL("array(select hashint8extended(b, d) from unnest({}) b)").format(name)
    if kind == "date":
        return compose.SQL("{} - d").format(name)
    return compose.SQL("{} - d * interval '1 day'").format(name) if kind.startswith("timestamp") else name


def _hashed(column: str) -> compose.Composed:
    return compose.SQL("encode(sha256((t.{} || d)::bytea), 'hex')").format(compose.Identifier(column))


def bytes_by_table(connection: Connection) -> dict[str, int]:
    """Bytes of each table that grows, with its indexes and out-of-line values."""
    with connection, connection.cursor() as cursor:
        tables = [table for table in _tables(cursor, SCHEMA) if table in WALKED]
        sizes = {}
        for table in tables:
            cursor.execute("select pg_total_relation_size(%s::regclass) as size", (f'{SCHEMA}."{table}"',))
            sizes[table] = int(_found(cursor)[0]["size"])
    return sizes


def walked(connection: Connection) -> dict[str, int]:
    """Rows that were read by walking a whole table, so far."""
    with connection, connection.cursor() as cursor:
        cursor.execute("select relname, seq_tup_read from pg_stat_user_tables where schemaname = %s", (SCHEMA,))
        found = {row["relname"]: int(row["seq_tup_read"]) for row in _found(cursor)}
    return {table: found.get(table, 0) for table in WALKED}
