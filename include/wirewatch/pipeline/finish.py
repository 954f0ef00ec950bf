"""The end of a run: its row is closed and its figures are put together."""

from __future__ import annotations

from typing import Any

from wirewatch.errors import WirewatchError
from wirewatch.model import Health
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import runs
from wirewatch.warehouse.runs import Run

FAILING = frozenset({Health.UNREACHABLE.value, Health.BLOCKED.value, Health.BROKEN.value})


class RunFailedError(WirewatchError):
    """Something unexpected broke, or no source yielded anything: the run ends red and the operator is told."""


def finish(desk: Desk, run: Run) -> dict[str, Any]:
    """Close a run; return its figures: sources by health, outcomes, articles, mentions by concept, alerts."""
    with desk.warehouse() as connection:
        with connection:
            runs.close_run(connection, run)
        with connection:
            return runs.run_summary(connection, run.run_id)


def refuse_failure(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary as it is; RunFailedError when a source's task broke, or when every source failed."""
    sources: dict[str, int] = summary["sources"]
    states = ", ".join(f"{count} {state}" for state, count in sorted(sources.items()))
    if sources.get("failed"):
        raise RunFailedError(f"a source's task ended unexpectedly ({states}); its log in Airflow says why")
    if sources and not any(count for state, count in sources.items() if state not in FAILING):
        raise RunFailedError(f"every source failed ({states}); check this machine's network")
    return summary
