"""### Keep the house

Once a day: drop what is older than `WIREWATCH_RETENTION_DAYS` and evidence of nothing (docs/scaling.md lists both), in
small transactions, and renew the planner's statistics. The task returns how many rows of each kind were dropped.
"""

from airflow.sdk import CronTriggerTimetable, dag, task

from wirewatch_airflow.names import DEFAULTS
from wirewatch_airflow.operator_notice import OperatorNotice


@dag(
    schedule=CronTriggerTimetable("30 3 * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    on_failure_callback=OperatorNotice(),
    tags=["wirewatch"],
    doc_md=__doc__,
)
def news_maintain() -> None:
    @task
    def prune() -> dict[str, int]:
        from wirewatch.pipeline.desk import desk
        from wirewatch.pipeline.maintain import maintain

        return maintain(desk())

    prune()


news_maintain()
