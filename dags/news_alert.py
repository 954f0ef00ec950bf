"""### Send the alerts

Runs when `news_collect` or `news_recheck` has tried the rules, and each quarter of an hour, so that digests, and mails
that waited for the end of quiet hours, go out in time (`include/recipients/`). Each mail of the outbox is sent in a
transaction of its own, through the connection `smtp_default`. While a mail server is away the task is retried, with
growing pauses, for a day and longer; no alert is lost, and none is sent twice.
"""

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from wirewatch_airflow.mail_connection import smtp_transport
from wirewatch_airflow.names import ALERTS, DEFAULTS
from wirewatch_airflow.operator_notice import OperatorNotice


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("*/15 * * * *", timezone="UTC"), assets=[ALERTS]),
    catchup=False,
    max_active_runs=4,
    default_args=DEFAULTS,
    on_failure_callback=OperatorNotice(),
    tags=["wirewatch"],
    doc_md=__doc__,
)
def news_alert() -> None:
    @task(retries=60, retry_delay=timedelta(minutes=1), max_retry_delay=timedelta(hours=1))
    def deliver() -> dict[str, int]:
        from wirewatch.pipeline.deliver import deliver as deliver_mails
        from wirewatch.pipeline.deliver import refuse_waiting
        from wirewatch.pipeline.desk import desk

        return refuse_waiting(deliver_mails(desk(), smtp_transport))

    deliver()


news_alert()
