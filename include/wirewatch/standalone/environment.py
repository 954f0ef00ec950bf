"""Settings → the environment of Airflow's processes. Sized for this machine, closed to other machines."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from wirewatch.settings import ROOT, Settings
from wirewatch.standalone.secrets_file import USER, Secrets


def airflow_environment(
    settings: Settings, secrets: Secrets, *, metadata_url: str, warehouse_url: str
) -> dict[str, str]:
    """All variables of the processes: this process's own, Airflow's, and Wirewatch's with absolute paths."""
    home = settings.home / "airflow"
    base = settings.ui_address
    airflow = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(settings.tasks_at_once),
        "AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG": str(settings.tasks_at_once),
        "AIRFLOW__CORE__FERNET_KEY": secrets.fernet,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{base}/execution/",
        "AIRFLOW__API__HOST": settings.host,
        "AIRFLOW__API__PORT": str(settings.port),
        "AIRFLOW__API__BASE_URL": base,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": secrets.jwt,
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.jwt,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_url,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE": "5",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "30",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW_CONN_SMTP_DEFAULT": smtp_connection(settings.effective_smtp_url),
    }
    wirewatch = replace(settings, database_url=warehouse_url, archive=settings.archive_root).to_environment()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # A shell that has another Airflow in it must not steer this one.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return {**inherited, **airflow, **wirewatch, "PATH": path, "PYTHONUNBUFFERED": "1"}


def smtp_connection(url: str) -> str:
    """``WIREWATCH_SMTP_URL`` → the JSON of Airflow's connection ``smtp_default``."""
    parts = urlsplit(url)
    starttls = parse_qs(parts.query).get("starttls", ["false"])[0].lower() in ("1", "true", "yes")
    secure = parts.scheme == "smtps"
    return json.dumps(
        {
            "conn_type": "smtp",
            "host": parts.hostname,
            "port": parts.port or (465 if secure else 587 if starttls else 25),
            "login": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "extra": {"disable_ssl": not secure, "disable_tls": not starttls},
        }
    )
