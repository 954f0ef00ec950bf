"""### Ask known articles again

Every hour, for each source with articles that are due (about an hour, a day and a week after publication, and at once
where something is suspicious): **recheck** asks them, reads what came and settles what is withdrawn or back. Then
**link**, **match** and **finish**, as in news_collect.

* What was edited, retitled or withdrawn is a row of `article_change`; `wirewatch changes` lists them.
* A withdrawal takes two runs, half an hour apart. A block or an outage withdraws nothing.
* With nothing due, the run is skipped. Sources are not judged by it: `wirewatch health` speaks of news_collect.
* Clearing or repeating any task adds no row twice, and it may run while news_collect does.
* Trigger with `{"sources": ["belta-ru"]}` to ask some sources only.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from wirewatch.settings import SITES_POOL, settings
from wirewatch_airflow.names import ALERTS, DEFAULTS
from wirewatch_airflow.operator_notice import OperatorNotice
from wirewatch_airflow.task_run import open_recheck_run, run_or_skip, source_job

Job = dict[str, Any]


@dag(
    schedule=CronTriggerTimetable(settings().recheck_schedule, timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    params={"sources": Param([], type="array", items={"type": "string"}, title="Sources", description="Empty: all.")},
    on_failure_callback=OperatorNotice(),
    tags=["wirewatch"],
    doc_md=__doc__,
)
def news_recheck() -> None:
    @task(retries=0)
    def plan() -> list[Job]:
        return open_recheck_run()

    @task(pool=SITES_POOL, map_index_template="{{ source }}", execution_timeout=timedelta(hours=1))
    def recheck(job: Job) -> dict[str, int]:
        from wirewatch.pipeline.recheck import recheck as recheck_source

        return recheck_source(*source_job(job))

    @task(trigger_rule="all_done")
    def link(jobs: list[Job]) -> dict[str, int]:
        from wirewatch.pipeline.link import link as link_stories

        return link_stories(run_or_skip(jobs)[0])

    @task(outlets=[ALERTS])
    def match(jobs: list[Job]) -> dict[str, int]:
        from wirewatch.pipeline.match import match as match_rules

        return match_rules(*run_or_skip(jobs))

    @task(trigger_rule="all_done", retries=0)
    def finish(jobs: list[Job]) -> dict[str, Any]:
        from wirewatch.pipeline.finish import finish as finish_run
        from wirewatch.pipeline.finish import refuse_failure

        return refuse_failure(finish_run(*run_or_skip(jobs)))

    jobs: Any = plan()  # an XComArg: the list itself exists at run time
    recheck.expand(job=jobs) >> link(jobs) >> match(jobs) >> finish(jobs)


news_recheck()
