"""A failed DAG run tells the operator, once, and never the analysts."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from airflow.sdk.bases.notifier import BaseNotifier

from wirewatch_airflow.mail_connection import smtp_transport

if TYPE_CHECKING:
    from airflow.sdk.definitions.context import Context


class OperatorNotice(BaseNotifier):
    """Mails the operator which run failed, and why, as far as Airflow knows."""

    template_fields = ()

    def notify(self, context: Context) -> None:
        """Send one mail; what goes wrong here is in the log of Airflow's DAG processor."""
        from wirewatch.alert.mail import compose_notice, mail_domain, message_id
        from wirewatch.settings import settings

        here, dag_run = settings(), context["dag_run"]
        domain = mail_domain(here.mail_from)
        message = compose_notice(
            subject=f"{dag_run.dag_id} failed",
            lines=[
                f"Run: {dag_run.run_id}",
                f"Reason: {context.get('reason') or context.get('exception') or 'a task failed; its log says why'}",
                "Where to look: the red task in Airflow's UI, then `wirewatch health`.",
            ],
            recipient=here.operator,
            sender=here.mail_from,
            identity=message_id("operator", f"{dag_run.dag_id}\n{dag_run.run_id}", here.operator, domain=domain),
            date=datetime.now(timezone.utc),
        )
        with smtp_transport() as transport:
            transport.send(message, sender=here.mail_from, recipient=here.operator)
