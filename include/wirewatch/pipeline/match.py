"""Rules on what is due: alerts and their mails, and the mark that rules were tried, in one transaction."""

from __future__ import annotations

from wirewatch.alert.mail import mail_domain, message_id
from wirewatch.alert.rules import match as match_rules
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import alerts, stories
from wirewatch.warehouse.runs import Run


def match(desk: Desk, run: Run) -> dict[str, int]:
    """Try every rule on the stories that have something new; return {"articles", "alerts"}.

    Each rule and story makes one alert, ever: trying again adds none. A backfill's articles are never due.
    """
    domain = mail_domain(desk.settings.mail_from)
    with desk.warehouse() as connection, connection:
        stories.lock(connection)
        due = alerts.unmatched(connection)
        drafts = match_rules(
            desk.rules,
            due.articles,
            now=desk.now(),
            default_recipients=desk.settings.mail_to,
            labels=desk.labels,
        )
        created = alerts.store_alerts(
            connection,
            drafts,
            run_id=run.run_id,
            now=desk.now(),
            message_id=lambda draft, recipient: message_id(
                draft.rule, due.story_keys[draft.story_id], recipient, domain=domain
            ),
        )
        alerts.mark_matched(connection, due.due)
    return {"articles": len(due.due), "alerts": created}
