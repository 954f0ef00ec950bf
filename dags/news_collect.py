"""### Collect the news

Once a day, for each source: **fetch** its entry points and the articles they name (everything is archived first),
then **read** the archived pages into the warehouse and judge the source. After all sources: **tell** the operator
which fail or work again, **link** copies to stories, **match** the alert rules, **finish** with the run's figures.

* A site that fails is a state in `wirewatch health`; its tasks stay green. With nothing to tell, `tell` is skipped.
* A task is red when something unexpected broke. `finish` is red then too, and when every source failed.
* Clearing or repeating any task adds no row twice.
* A backfill (`airflow backfill create --dag-id news_collect …`) asks the sources' dated archives, takes the articles
  that entry points date to its days, and never alerts.
* Trigger with `{"sources": ["belta-ru"]}` to collect some sources only.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task, task_group

from wirewatch.settings import SITES_POOL, settings
from wirewatch_airflow.names import ALERTS, DEFAULTS
from wirewatch_airflow.operator_notice import OperatorNotice
from wirewatch_airflow.task_run import current_run, open_task_run, source_job, tell_or_skip

Job = dict[str, Any]


@dag(
    schedule=CronTriggerTimetable(settings().schedule, timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    params={"sources": Param([], type="array", items={"type": "string"}, title="Sources", description="Empty: all.")},
    on_failure_callback=OperatorNotice(),
    tags=["wirewatch"],
    doc_md=__doc__,
)
def news_collect() -> None:
    @task(retries=0)
    def plan() -> list[Job]:
        return open_task_run()

    @task(pool=SITES_POOL, map_index_template="{{ source }}", execution_timeout=timedelta(hours=3))
    def fetch(job: Job) -> Job:
        from wirewatch.pipeline.collect import collect

        return {**job, **collect(*source_job(job))}

    @task(map_index_template="{{ source }}", execution_timeout=timedelta(hours=1))
    def read(job: Job) -> Job:
        from wirewatch.pipeline.read import read as read_source

        return {**job, **read_source(*source_job(job))}

    @task_group
    def source(job: Job) -> None:
        fetched: Any = fetch(job)
        read(fetched)

    @task(trigger_rule="all_done", outlets=[ALERTS])
    def tell(jobs: list[Job]) -> dict[str, int]:
        return tell_or_skip(jobs)

    @task(trigger_rule="all_done")
    def link(jobs: list[Job]) -> dict[str, int]:
        from wirewatch.pipeline.link import link as link_stories

        return link_stories(current_run(jobs)[0])

    @task(outlets=[ALERTS])
    def match(jobs: list[Job]) -> dict[str, int]:
        from wirewatch.pipeline.match import match as match_rules

        return match_rules(*current_run(jobs))

    @task(trigger_rule="all_done", retries=0)
    def finish(jobs: list[Job]) -> dict[str, Any]:
        from wirewatch.pipeline.finish import finish as finish_run
        from wirewatch.pipeline.finish import refuse_failure

        return refuse_failure(finish_run(*current_run(jobs)))

    jobs: Any = plan()  # an XComArg: the list itself exists at run time
    read_all = source.expand(job=jobs)
    read_all >> tell(jobs)
    read_all >> link(jobs) >> match(jobs) >> finish(jobs)


news_collect()
