"""Housekeeping: old logs of fetches go, evidence of articles stays, planner statistics are renewed."""

from __future__ import annotations

from datetime import timedelta

from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import retention


def maintain(desk: Desk) -> dict[str, int]:
    """Drop what is older than the retention; return {"fetches"}: rows dropped."""
    before = desk.now() - timedelta(days=desk.settings.retention_days)
    with desk.warehouse() as connection:
        with connection:
            dropped = retention.prune_fetches(connection, before=before)
        connection.autocommit = True
        retention.analyse(connection)
    return {"fetches": dropped}
