"""A batch in one transaction; when PostgreSQL refuses a value in it, each item alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import psycopg2

from wirewatch.warehouse.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


def store_all(
    connection: Connection,
    items: Sequence[T],
    store: Callable[[Sequence[T]], R],
    *,
    refused: Callable[[T, str], T],
) -> list[R]:
    """What ``store`` returned, once for the batch or once for each item.

    The one item that PostgreSQL refuses is handed to ``refused`` with the reason, in one sentence, and stored so.
    """
    try:
        with connection:
            return [store(items)]
    except psycopg2.DataError as error:
        if len(items) == 1:
            item = refused(items[0], f"PostgreSQL refuses a value: {str(error).splitlines()[0]}")
            with connection:
                return [store([item])]
    return [done for item in items for done in store_all(connection, [item], store, refused=refused)]
