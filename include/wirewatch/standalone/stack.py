"""The stack of one home folder: start it, run a day in it, show how it does, stop it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

import requests

from wirewatch.errors import StandaloneError
from wirewatch.pipeline.desk import DATABASE, Desk
from wirewatch.settings import ROOT, SITES_POOL, Settings
from wirewatch.standalone import checks
from wirewatch.standalone.airflow_api import AirflowApi
from wirewatch.standalone.environment import airflow_environment
from wirewatch.standalone.processes import Processes
from wirewatch.standalone.secrets_file import USER, Secrets, secrets_of
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.migrate import migrate

METADATA = "airflow"
DAGS = ("news_collect", "news_recheck", "news_alert", "news_maintain")
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
READY_WITHIN = 180.0  # seconds

Say = Callable[[str], object]


@dataclass(frozen=True)
class Stack:
    """PostgreSQL, a mailbox (unless a mail server is set) and Airflow, under ``settings.home``."""

    settings: Settings
    say: Say = print

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.settings.postgres

    @cached_property
    def processes(self) -> Processes:
        """Everything started but PostgreSQL, which keeps its own record."""
        return Processes(self.settings.home / "processes.json", self.settings.home / "logs")

    @cached_property
    def secrets(self) -> Secrets:
        """Made at the first start."""
        return secrets_of(self.settings.home / "airflow")

    @property
    def password_file(self) -> Path:
        """Where the UI's password is kept, mode 600."""
        return self.settings.home / "airflow" / "passwords.json"

    @property
    def mailbox_command(self) -> str:
        """What lists the local mailbox."""
        return (
            "`make mailbox`"
            if self.settings.home == ROOT / ".wirewatch"
            else (f"`WIREWATCH_HOME={self.settings.home} wirewatch mailbox`")
        )

    @property
    def address(self) -> str:
        """Where the UI is, seen from this machine."""
        return self.settings.ui_address

    @cached_property
    def api(self) -> AirflowApi:
        """Airflow's REST API."""
        return AirflowApi(self.address, user=USER, password=self.secrets.password)

    @property
    def desk(self) -> Desk:
        """The library on this stack's warehouse."""
        return Desk(replace(self.settings, database_url=self.warehouse_url))

    @property
    def warehouse_url(self) -> str:
        """The warehouse, running or set."""
        return self.settings.database_url or embedded.database_url(self.data, DATABASE)

    # Start

    def start(self) -> None:
        """Start all that does not run yet and wait until Airflow has read the DAGs."""
        Desk(self.settings).check_files()
        checks.check_disk(self.settings.home)
        self._check_ports()
        metadata = self._start_databases()
        environment = self._environment(metadata)
        self._migrate_airflow(environment)
        self._start_processes(environment)
        self._wait_until_ready()
        self.api.make_pool(SITES_POOL, self.settings.tasks_at_once, "Sites asked at once by Wirewatch")
        for dag in DAGS:
            self.api.unpause(dag)

    def _environment(self, metadata: str) -> dict[str, str]:
        return airflow_environment(self.settings, self.secrets, metadata_url=metadata, warehouse_url=self.warehouse_url)

    def _check_ports(self) -> None:
        if not self.processes.alive("api-server"):
            checks.check_port(self.settings.host, self.settings.port, setting="WIREWATCH_PORT", purpose="Airflow's UI")
        if not self.settings.smtp_url and not self.processes.alive("mailbox"):
            checks.check_port(
                "127.0.0.1", self.settings.mailbox_port, setting="WIREWATCH_MAILBOX_PORT", purpose="the mailbox"
            )

    def _start_databases(self) -> str:
        """Start PostgreSQL and bring the warehouse up to date; URL of Airflow's metadata database."""
        self.say("Starting PostgreSQL …")
        embedded.start(self.data)
        if not self.settings.database_url:
            embedded.ensure_database(self.data, DATABASE)
        embedded.ensure_database(self.data, METADATA)
        with connected(self.warehouse_url) as connection:
            migrate(connection)
        return embedded.database_url(self.data, METADATA, driver="psycopg2")

    def _migrate_airflow(self, environment: dict[str, str]) -> None:
        """`airflow db migrate`, once for each version of Airflow."""
        from importlib.metadata import version

        stamp = self.settings.home / "airflow" / f"migrated-{version('apache-airflow-core')}"
        if stamp.exists():
            return
        self.say("Preparing Airflow's database (half a minute, the first time) …")
        log = self.settings.home / "logs" / "airflow-migrate.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            done = subprocess.run(
                [*AIRFLOW, "db", "migrate"], env=environment, stdout=output, stderr=output, check=False, cwd=ROOT
            )
        if done.returncode != 0:
            raise StandaloneError(f"`airflow db migrate` failed; {log} says why")
        stamp.touch()

    def _start_processes(self, environment: dict[str, str]) -> None:
        self.say("Starting Airflow …")
        if not self.settings.smtp_url:
            mailbox = [str(self.settings.mailbox), str(self.settings.mailbox_port)]
            command = [sys.executable, "-m", "wirewatch.alert.mailbox", *mailbox]
            self.processes.start("mailbox", command, environment=environment, cwd=ROOT)
        for component in COMPONENTS:
            self.processes.start(component, [*AIRFLOW, component], environment=environment, cwd=ROOT)

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            self.refuse_dead()
            if self._ready():
                return
            time.sleep(0.5)
        raise StandaloneError(
            f"Airflow was not ready within {READY_WITHIN:.0f} s; the logs in {self.settings.home / 'logs'} say why"
        )

    def _ready(self) -> bool:
        health = self.api.healthy()
        if not all(health.get(name) == "healthy" for name in ("metadatabase", "scheduler", "dag_processor")):
            return False
        try:
            errors = self.api.import_errors()
            if errors:
                raise StandaloneError(f"a DAG does not parse: {errors[0]}")
            return all(self.api.dag_known(dag) for dag in DAGS)
        except requests.RequestException:
            return False  # the server is up and its login is not, for a moment

    def refuse_dead(self) -> None:
        """StandaloneError when a process that should run has ended."""
        dead = self.processes.dead()
        if dead:
            raise StandaloneError(
                f"the {dead[0].name} has ended; its log {dead[0].log} says why, and `make stop run` starts anew"
            )
        if embedded.info(self.data) is None:
            raise StandaloneError(
                f"PostgreSQL has ended; {self.data / 'log'} says why, and `make stop run` starts anew"
            )

    # Run

    def trigger(self, *, logical_date: datetime | None = None) -> str:
        """Start today's run (or that of another moment); return its run id."""
        moment = logical_date or datetime.now(timezone.utc)
        run_id = f"make__{datetime.now(timezone.utc).isoformat(timespec='milliseconds')}"
        self.api.trigger("news_collect", run_id, logical_date=moment)
        return run_id

    def airflow(self, *arguments: str) -> str:
        """Run a command of Airflow's own in this stack; return what it printed. StandaloneError when it fails."""
        metadata = embedded.database_url(self.data, METADATA, driver="psycopg2")
        done = subprocess.run(
            [*AIRFLOW, *arguments],
            env=self._environment(metadata),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StandaloneError(
                f"`airflow {' '.join(arguments)}` failed: {(done.stdout + done.stderr).strip()[-600:]}"
            )
        return done.stdout

    def wait_for_idle(self, dag_id: str, *, within: float = 120.0) -> None:
        """Wait until no run of a DAG is queued or running (seconds at the most)."""
        end = time.monotonic() + within
        while any(run["state"] in ("queued", "running") for run in self.api.runs(dag_id)):
            if time.monotonic() > end:
                raise StandaloneError(f"{dag_id} still runs after {within:.0f} s; its tasks in the UI say why")
            time.sleep(0.5)

    def stop(self) -> int:
        """End every process of this home; return how many."""
        ended = self.processes.stop()
        return ended + embedded.stop(self.data)

    def state(self) -> dict[str, Any]:
        """Each part by name: running or ended."""
        parts = {item.name: "running" for item in self.processes.all()}
        parts |= {item.name: f"ended; see {item.log}" for item in self.processes.dead()}
        if embedded.info(self.data):
            parts["postgres"] = "running"
        return parts


AIRFLOW = (sys.executable, "-m", "airflow")
