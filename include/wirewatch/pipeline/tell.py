"""After the sources are judged: incidents are opened and closed, and the operator's mail is written.

All in one transaction; the mail is sent by ``deliver``. Doing it again for the same run writes no second mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wirewatch.alert.mail import mail_domain, message_id
from wirewatch.health.incidents import Changes, Incident, Told, notice_lines, notice_subject, settle
from wirewatch.health.signs import FAILING, Sign
from wirewatch.model import Health
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import health
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.runs import Run

Signals = Mapping[str, dict[str, Any]]  # by source


def tell(desk: Desk, run: Run) -> dict[str, int]:
    """Settle the incidents of a run's sources; return {"failing", "recovered"}: sources the operator is told of.

    And "waiting": mails to the operator that are not sent yet, this one too.
    """
    if run.backfill:
        return {"failing": 0, "recovered": 0, "waiting": 0}
    now = desk.now()
    with desk.warehouse() as connection, connection:
        health.lock(connection)
        alive = [slug for slug, source in desk.sources.items() if source.status.state != "dead"]
        signals = {found["source"]: found for found in health.run_signals(connection, run)}
        health.retire_incidents(connection, {*alive, *signals}, now=now)
        latest = [Incident(**found) for found in health.latest_incidents(connection, signals)]
        incidents = {incident.source: incident for incident in latest}
        failing = {slug: Health(signal["state"]) in FAILING for slug, signal in signals.items()}
        changes = settle(incidents, failing, now=now)
        ids = _apply(connection, changes, incidents, signals, now=now)
        if changes.tell_failing or changes.tell_recovered:
            others = health.open_incidents(connection) - len(changes.tell_failing)
            notice = _write(connection, desk, run, changes, signals, incidents=incidents, others=others)
            health.tell_incidents(
                connection,
                notice,
                failing=[ids[slug] for slug in changes.tell_failing],
                recovered=[ids[slug] for slug in changes.tell_recovered],
            )
        waiting = health.waiting_notices(connection)
    return {"failing": len(changes.tell_failing), "recovered": len(changes.tell_recovered), "waiting": waiting}


def _apply(
    connection: Connection, changes: Changes, incidents: Mapping[str, Incident], signals: Signals, *, now: datetime
) -> dict[str, int]:
    """Rows of incidents; the ids of those that are now the latest, by source."""
    ids = {slug: incident.incident_id for slug, incident in incidents.items()}
    for slug in changes.opened:
        ids[slug] = health.open_incident(connection, signals[slug], now=now)
    for slug in (*changes.seen, *changes.reopened):
        health.see_incident(connection, ids[slug], signals[slug], now=now)
    for slug in changes.closed:
        health.close_incident(connection, ids[slug], now=now)
    return ids


def _write(
    connection: Connection,
    desk: Desk,
    run: Run,
    changes: Changes,
    signals: Signals,
    *,
    incidents: Mapping[str, Incident],
    others: int,
) -> int:
    failing = [_told(signals[slug], since=signals[slug]["since"]) for slug in changes.tell_failing]
    recovered = [_told(signals[slug], since=incidents[slug].opened_at) for slug in changes.tell_recovered]
    operator = desk.settings.operator
    key = "\n".join((run.run_key, *changes.tell_failing, "", *changes.tell_recovered))
    return health.store_notice(
        connection,
        message_id=message_id("health", key, operator, domain=mail_domain(desk.settings.mail_from)),
        recipient=operator,
        subject=notice_subject(failing, recovered),
        lines=notice_lines(failing, recovered, others=others, asked=len(signals)),
        now=desk.now(),
    )


def _told(signal: Mapping[str, Any], *, since: datetime) -> Told:
    slug = signal["source"]
    advice = Sign(signal["sign"]).advice.format(slug=slug) if signal["sign"] else None
    return Told(slug, signal["name"], signal["state"], signal["reason"], advice, since)
