"""From Airflow's context of a task to the run it works for.

DAG files import this module each time they are parsed, so the library is imported by the functions that need it.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

if TYPE_CHECKING:
    from wirewatch.pipeline.desk import Desk
    from wirewatch.warehouse.runs import Run


def open_task_run() -> list[dict[str, Any]]:
    """Open the DAG run's run in the warehouse; one job ``{"run", "source"}`` for each source."""
    from wirewatch.pipeline.desk import desk
    from wirewatch.pipeline.plan import open_run

    context = get_current_context()
    dag_run = context["dag_run"]
    moment: datetime = dag_run.logical_date or dag_run.run_after
    run, slugs = open_run(
        desk(),
        dag_run.run_id,
        moment.astimezone(timezone.utc).date(),
        backfill=str(getattr(dag_run.run_type, "value", dag_run.run_type)) == "backfill",
        only=context["params"].get("sources") or (),
    )
    jobs: list[dict[str, Any]] = [{"run": run.run_id, "source": slug} for slug in slugs]
    return jobs


def open_recheck_run() -> list[dict[str, Any]]:
    """Open a run for the sources that have articles to ask again; the task is skipped when there are none."""
    from wirewatch.pipeline.desk import desk
    from wirewatch.pipeline.recheck import open_recheck

    context = get_current_context()
    run, slugs = open_recheck(desk(), context["dag_run"].run_id, only=context["params"].get("sources") or ())
    if run is None:
        raise AirflowSkipException("no article is due")
    jobs: list[dict[str, Any]] = [{"run": run.run_id, "source": slug} for slug in slugs]
    return jobs


def source_job(job: dict[str, Any]) -> tuple[Desk, Run, str]:
    """What a mapped task works with; names the task instance in the UI by its source: ``BY wire belta-ru``."""
    from wirewatch.pipeline.desk import desk
    from wirewatch.pipeline.plan import find_run

    context: Any = get_current_context()
    here = desk()
    spec = here.source(job["source"])
    context["source"] = f"{spec.group} {spec.slug}"
    return here, find_run(here, job["run"]), job["source"]


def current_run(jobs: list[dict[str, Any]] | None) -> tuple[Desk, Run]:
    """What a task after the sources works with. Fails for good when the run was never opened."""
    from wirewatch.pipeline.desk import desk
    from wirewatch.pipeline.plan import find_run

    if not jobs:
        raise AirflowFailException("the run was not opened: the log of the task plan says why")
    here = desk()
    return here, find_run(here, jobs[0]["run"])


def run_or_skip(jobs: list[dict[str, Any]] | None) -> tuple[Desk, Run]:
    """As ``current_run``, of a DAG whose plan is skipped when there is nothing to do: then this task is too."""
    if not jobs:
        raise AirflowSkipException("no run was opened")
    return current_run(jobs)


def tell_or_skip(jobs: list[dict[str, Any]] | None) -> dict[str, int]:
    """Write the operator's mail of a run; with nothing to tell the task is skipped, and starts no delivery."""
    from wirewatch.pipeline.tell import tell

    told = tell(*current_run(jobs))
    if not any(told.values()):
        raise AirflowSkipException("no source began to fail, and none works again")
    return told
