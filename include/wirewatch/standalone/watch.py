"""Follow a run in the terminal until its mails are out, and say how it went."""

from __future__ import annotations

import sys
import time
from typing import Any

from wirewatch.errors import StandaloneError
from wirewatch.standalone.progress import source_line, status_line, summary_lines
from wirewatch.standalone.stack import Stack
from wirewatch.warehouse import runs
from wirewatch.warehouse.alerts import mail_state
from wirewatch.warehouse.connection import Connection, connected, rows

PAUSE = 0.7  # seconds between two looks


def follow(stack: Stack, run_id: str) -> dict[str, Any]:
    """Show progress by source until the run has ended and its alerts were tried to be sent; return its figures."""
    shown: set[str] = set()
    with connected(stack.warehouse_url) as connection:
        connection.autocommit = True
        while True:
            state = stack.api.run_state("news_collect", run_id)
            found = rows(connection, "run_by_key", {"run_key": run_id})
            sources = runs.run_sources(connection, found[0]["run_id"]) if found else []
            _show(stack, sources, shown)
            if state in ("success", "failed"):
                break
            stack.refuse_dead()
            time.sleep(PAUSE)
        _clear()
        if not found:
            raise StandaloneError("the run could not be opened; the log of its task `plan` in Airflow's UI says why")
        _await_mails(stack, connection)
        return runs.run_summary(connection, found[0]["run_id"])


def show_figures(stack: Stack, summary: dict[str, Any]) -> None:
    """How a run went."""
    stack.say("")
    for line in summary_lines(summary, stack.desk.labels):
        stack.say(line)
    sources = summary["sources"]
    if sources and set(sources) == {"unreachable"}:
        stack.say("\nNo source could be reached: this machine seems to have no network. `make demo` needs none.")


def show_addresses(stack: Stack) -> None:
    """Where to look. A password is shown by the run that made it, and never again."""
    stack.say(f"\nAirflow's UI:  {stack.address}   (user admin)")
    if stack.secrets.fresh:
        stack.say(f"Password:      {stack.secrets.password}   (shown this once; kept in {stack.password_file})")
    else:
        stack.say(f"Password:      in {stack.password_file}")
    if stack.settings.smtp_url:
        stack.say("Mail:          through the server of WIREWATCH_SMTP_URL")
    else:
        stack.say(f"Mailbox:       {stack.settings.mailbox}   ({stack.mailbox_command} lists it)")
    stack.say(
        f"Airflow goes on running until `make stop`; the next daily run is due by {stack.settings.schedule!r} UTC."
    )


def _show(stack: Stack, sources: list[dict[str, Any]], shown: set[str]) -> None:
    for row in sources:
        if row["state"] in ("done", "failed") and row["source"] not in shown:
            shown.add(row["source"])
            _clear()
            stack.say(source_line(row))
    if sources and sys.stdout.isatty():
        print(status_line(sources), end="\r", flush=True)


def _clear() -> None:
    if sys.stdout.isatty():
        print("\x1b[2K", end="\r", flush=True)


def _await_mails(stack: Stack, connection: Connection, *, within: float = 60.0) -> None:
    """Wait for the run of news_alert that the run's asset starts; mails that wait longer are shown as waiting."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        pending = mail_state(connection).get("pending")
        if pending is None or pending["last_error"]:
            return
        stack.refuse_dead()
        time.sleep(PAUSE)
