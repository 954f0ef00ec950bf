"""Alerts that were made, for people: the newest, and one with all that is known of it."""

from __future__ import annotations

from wirewatch.warehouse.connection import Connection, Row, rows


def newest_alerts(connection: Connection, *, limit: int) -> list[Row]:
    """The newest alerts, with how many mails each has and how many of them were sent."""
    return rows(connection, "newest_alerts", {"limit": limit})


def find_alert(connection: Connection, alert_id: int) -> Row | None:
    """An alert with its facts, its mails, and the later articles of its story that sent none; None: there is none.

    "quiet" are the first hundred articles on which the rules were tried after it while they were of its story.
    """
    found = rows(connection, "find_alert", {"alert_id": alert_id})
    if not found:
        return None
    return found[0] | {"quiet": rows(connection, "quiet_articles", {"alert_id": alert_id})}
