"""Airflow's REST API, as far as the local stack needs it (Airflow 3.3, /api/v2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests

TIMEOUT = (3.0, 15.0)


class AirflowApi:
    """A session with the API server on this machine; logs in when first needed, and again when the token is old."""

    def __init__(self, base: str, *, user: str, password: str) -> None:
        self._base = base
        self._login = {"username": user, "password": password}
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy from the environment has no business with loopback

    def healthy(self) -> dict[str, str]:
        """State of each component by name ({} while the server does not answer): healthy or unhealthy."""
        try:
            answer = self._session.get(f"{self._base}/api/v2/monitor/health", timeout=TIMEOUT)
            if answer.status_code != 200:
                return {}
            return {name: str(item.get("status")) for name, item in answer.json().items()}
        except (requests.RequestException, ValueError):
            return {}

    def dag_known(self, dag_id: str) -> bool:
        """Whether the DAG was parsed."""
        return self.call("GET", f"dags/{dag_id}", allow=(404,)).status_code == 200

    def import_errors(self) -> list[str]:
        """Files of DAGs that do not parse, with the last line of their traceback."""
        found = self.call("GET", "importErrors").json()["import_errors"]
        return [f"{item['filename']}: {item['stack_trace'].strip().splitlines()[-1]}" for item in found]

    def unpause(self, dag_id: str) -> None:
        """Let a DAG run on its schedule."""
        self.call("PATCH", f"dags/{dag_id}", json={"is_paused": False})

    def make_pool(self, name: str, slots: int, description: str) -> None:
        """Make a pool, or give the existing one these slots."""
        body = {"name": name, "slots": slots, "description": description, "include_deferred": False}
        if self.call("POST", "pools", json=body, allow=(409,)).status_code == 409:
            self.call("PATCH", f"pools/{name}", json=body)

    def trigger(self, dag_id: str, run_id: str, *, logical_date: datetime, conf: dict[str, Any] | None = None) -> None:
        """Start a run of a DAG."""
        body = {"dag_run_id": run_id, "logical_date": logical_date.isoformat(), "conf": conf or {}}
        self.call("POST", f"dags/{dag_id}/dagRuns", json=body)

    def run_state(self, dag_id: str, run_id: str) -> str:
        """queued, running, success or failed."""
        return str(self.call("GET", f"dags/{dag_id}/dagRuns/{run_id}").json()["state"])

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """Latest runs of a DAG, newest first."""
        answer = self.call("GET", f"dags/{dag_id}/dagRuns", params={"order_by": "-run_after", "limit": 25})
        found: list[dict[str, Any]] = answer.json()["dag_runs"]
        return found

    def call(self, method: str, path: str, *, allow: tuple[int, ...] = (), **options: Any) -> requests.Response:
        """One request below /api/v2; HTTPError for any status of 400 and above that is not allowed."""
        answer = self._session.request(method, f"{self._base}/api/v2/{path}", timeout=TIMEOUT, **options)
        if answer.status_code == 401:
            self._session.headers["Authorization"] = f"Bearer {self._token()}"
            answer = self._session.request(method, f"{self._base}/api/v2/{path}", timeout=TIMEOUT, **options)
        if answer.status_code not in allow:
            answer.raise_for_status()
        return answer

    def _token(self) -> str:
        answer = self._session.post(f"{self._base}/auth/token", json=self._login, timeout=TIMEOUT)
        answer.raise_for_status()
        return str(answer.json()["access_token"])
