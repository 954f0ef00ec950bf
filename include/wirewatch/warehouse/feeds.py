"""Alerts for feeds: the newest of a rule, or of all."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.warehouse.connection import Connection, Row, rows


def feed_state(connection: Connection) -> dict[str, tuple[int, int]]:
    """Rule → (number of alerts, id of the newest), of all rules that ever alerted."""
    return {found["rule"]: (found["alerts"], found["newest"]) for found in rows(connection, "feed_state")}


def feed_alerts(connection: Connection, rules: Sequence[str] | None, *, limit: int) -> list[Row]:
    """The newest alerts (rule, facts, fact_key, at, story_key) of each of these rules, None: of all; newest first."""
    return rows(connection, "feed_alerts", {"rules": None if rules is None else list(rules), "limit": limit})
