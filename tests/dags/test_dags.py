"""The DAG files as Airflow parses them: thin, explained, and without a glance at network or database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wirewatch.settings import ROOT

PARSE = """
import json, socket, sys
def refuse(*args, **kwargs):
    raise AssertionError(f"a DAG file opens a connection: {args}")
from airflow.dag_processing.dagbag import DagBag
import psycopg2, sqlite3
psycopg2.connect = sqlite3.connect = refuse
socket.socket.connect = refuse
socket.getaddrinfo = refuse
bag = DagBag(sys.argv[1])
print("\\n" + json.dumps({
    "errors": {name: text[-500:] for name, text in bag.import_errors.items()},
    "dags": {name: {
        "doc": dag.doc_md, "catchup": dag.catchup, "max_active_runs": dag.max_active_runs,
        "schedule": type(dag.timetable).__name__, "on_failure": type(dag.on_failure_callback).__name__,
        "tasks": {task.task_id: {
            "retries": task.retries, "pool": task.pool, "named": getattr(task, "map_index_template", None),
            "rule": getattr(task.trigger_rule, "value", task.trigger_rule), "up": sorted(task.upstream_task_ids),
            "outlets": [asset.name for asset in task.outlets or []],
        } for task in dag.tasks},
    } for name, dag in bag.dags.items()},
}))
"""


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("airflow")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "WIREWATCH_"))},
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    done = subprocess.run(
        [sys.executable, "-c", PARSE, str(ROOT / "dags")],
        env=environment, cwd=home, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_all_parse_without_a_connection(parsed: dict[str, Any]) -> None:
    """No DAG file fails, and none opens a socket or a database while it is parsed."""
    assert parsed["errors"] == {}
    assert set(parsed["dags"]) == {"news_collect", "news_recheck", "news_alert", "news_maintain"}


def test_each_is_explained_and_tells_the_operator(parsed: dict[str, Any]) -> None:
    """Each DAG has its documentation in place, catches nothing up, and tells the operator when a run fails."""
    for dag in parsed["dags"].values():
        assert dag["doc"].startswith("### ")
        assert (dag["catchup"], dag["on_failure"]) == (False, "OperatorNotice")


def test_collect_is_wired_as_it_says(parsed: dict[str, Any]) -> None:
    """Sources are mapped and named, fetches are in the pool, and what follows waits for all sources, done or failed."""
    tasks = parsed["dags"]["news_collect"]["tasks"]
    assert {name: task["up"] for name, task in tasks.items()} == {
        "plan": [],
        "source.fetch": ["plan"],
        "source.read": ["source.fetch"],
        "tell": ["plan", "source.read"],
        "link": ["plan", "source.read"],
        "match": ["link", "plan"],
        "finish": ["match", "plan"],
    }
    assert [tasks[name]["pool"] for name in ("source.fetch", "source.read")] == ["wirewatch_sites", "default_pool"]
    assert [tasks[name]["named"] for name in ("source.fetch", "source.read")] == ["{{ source }}"] * 2
    assert [tasks[name]["rule"] for name in ("tell", "link", "match", "finish")] == [
        "all_done", "all_done", "all_success", "all_done",
    ]  # fmt: skip
    assert [tasks[name]["outlets"] for name in ("tell", "match")] == [["wirewatch_alerts"]] * 2
    assert all(tasks[name]["retries"] >= 2 for name in ("source.fetch", "source.read", "tell", "link", "match"))


def test_recheck_is_wired_as_it_says(parsed: dict[str, Any]) -> None:
    """One run at a time asks mapped, named sources in the pool; what follows waits for all of them, done or failed."""
    dag = parsed["dags"]["news_recheck"]
    tasks = dag["tasks"]
    assert {name: task["up"] for name, task in tasks.items()} == {
        "plan": [],
        "recheck": ["plan"],
        "link": ["plan", "recheck"],
        "match": ["link", "plan"],
        "finish": ["match", "plan"],
    }
    assert (dag["max_active_runs"], dag["schedule"]) == (1, "CronTriggerTimetable")
    assert (tasks["recheck"]["pool"], tasks["recheck"]["named"]) == ("wirewatch_sites", "{{ source }}")
    assert [tasks[name]["rule"] for name in ("link", "match", "finish")] == ["all_done", "all_success", "all_done"]
    assert tasks["match"]["outlets"] == ["wirewatch_alerts"]
    assert all(tasks[name]["retries"] >= 2 for name in ("recheck", "link", "match"))


def test_alerts_are_sent_on_the_asset(parsed: dict[str, Any]) -> None:
    """Delivery has its own DAG, runs on the asset and each quarter of an hour, and goes on trying for a day."""
    dag = parsed["dags"]["news_alert"]
    assert (dag["schedule"], dag["tasks"]["deliver"]["retries"] >= 24) == ("AssetOrTimeSchedule", True)


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_dag_files_are_thin(path: Path) -> None:
    """A DAG file is a docstring and wiring."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 90
