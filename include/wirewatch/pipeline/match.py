"""Rules on what is due: alerts and their mails, and the mark that rules were tried, in one transaction."""

from __future__ import annotations

from wirewatch.alert.again import Told
from wirewatch.alert.decide import decide
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.postman import Postman
from wirewatch.warehouse import alerts, stories
from wirewatch.warehouse.runs import Run


def match(desk: Desk, run: Run) -> dict[str, int]:
    """Try every rule on what is new; return {"articles", "changes", "alerts"}.

    Each rule tells of a story once, and again of what is new in it since: trying again adds nothing. A backfill's
    articles are never due.
    """
    with desk.warehouse() as connection, connection:
        stories.lock(connection)
        due = alerts.unmatched(connection)
        postman = Postman(desk, connection, due.story_keys)
        drafts = decide(
            desk.rules,
            due,
            {
                (row.rule, row.story_id): Told(frozenset(row.concepts), row.independent, row.first)
                for row in alerts.told(connection, due.story_keys)
            },
            now=postman.now,
            default_recipients=desk.settings.mail_to,
            labels=desk.labels,
        )
        created = alerts.store_alerts(connection, drafts, run_id=run.run_id, now=postman.now, post=postman.post)
        alerts.log_match(connection, due, run_id=run.run_id, now=postman.now)
        alerts.mark_matched(connection, due.due)
        alerts.mark_changes_matched(connection, [found.change_id for found in due.changes])
    return {"articles": len(due.due), "changes": len(due.changes), "alerts": len(created)}
