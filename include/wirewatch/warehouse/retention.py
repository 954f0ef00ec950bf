"""What is dropped in time, and what never is."""

from __future__ import annotations

from datetime import datetime

from wirewatch.warehouse.connection import Connection, rows


def prune_fetches(connection: Connection, *, before: datetime) -> int:
    """Drop rows of fetches older than that which no article, quarantine or remembered address leads back to."""
    return len(rows(connection, "prune_fetches", {"before": before}))


def analyse(connection: Connection) -> None:
    """Renew the planner's statistics; the connection must be outside a transaction."""
    rows(connection, "analyse")
