"""Looking at the warehouse: the last run, checksums, mails; and its migrations."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.plaintext import on_lines

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands


def add_commands(commands: Commands) -> None:
    """summary, checksum, outbox and migrate."""
    add(commands, "summary", summary, help="print the figures of the last run as JSON", example="wirewatch summary")
    add(
        commands,
        "checksum",
        checksum,
        help="print counts and SHA-256 of article, mention and alert rows; equal however often a day was run",
        example="wirewatch checksum",
    )
    add(
        commands,
        "outbox",
        outbox,
        help="show how many mails were sent, wait or are quarantined: alerts, and notices to the operator",
        example="wirewatch outbox",
    )
    add(
        commands,
        "migrate",
        migrate,
        help="bring the warehouse's tables up to this version",
        example="wirewatch migrate",
    )


def summary(options: argparse.Namespace) -> int:
    """The last run."""
    from wirewatch.warehouse.connection import rows
    from wirewatch.warehouse.runs import run_summary

    with ready_desk() as here, here.warehouse() as connection, connection:
        latest = rows(connection, "latest_run")
        if not latest:
            print("No run yet; `make run` or `wirewatch run` makes one.")
            return 1
        print(json.dumps(run_summary(connection, latest[0]["run_id"]), ensure_ascii=False))
    return 0


def checksum(options: argparse.Namespace) -> int:
    """Checksums of what must not depend on how often a day was run."""
    from wirewatch.warehouse.alerts import checksum as sums

    with ready_desk() as here, here.warehouse() as connection, connection:
        print(json.dumps(sums(connection)))
    return 0


def outbox(options: argparse.Namespace) -> int:
    """Mails by state, alerts first, then notices to the operator; exit 1 when one is quarantined."""
    from wirewatch.warehouse.alerts import mail_state
    from wirewatch.warehouse.health import notice_state

    with ready_desk() as here, here.warehouse() as connection, connection:
        alerts, notices = mail_state(connection), notice_state(connection)
    _print_states(alerts)
    if notices:
        print("To the operator:")
        _print_states(notices)
    if not alerts and not notices:
        print("No mail yet.")
    return 1 if "quarantined" in {*alerts, *notices} else 0


def _print_states(states: Mapping[str, Mapping[str, Any]]) -> None:
    for state, item in states.items():
        error = f"  last error: {item['last_error']}" if item["last_error"] else ""
        print(on_lines(f"{state:<12} {item['mails']:>6}{error}"))


def migrate(options: argparse.Namespace) -> int:
    """Apply what is missing."""
    from wirewatch.pipeline.desk import desk
    from wirewatch.warehouse.connection import connected
    from wirewatch.warehouse.migrate import migrate as apply

    if not desk().settings.database_url:
        with ready_desk():
            print("The embedded warehouse is up to date.")
        return 0
    with connected(desk().database_url) as connection:
        applied = apply(connection)
    print(
        f"Applied: {', '.join(f'{item.number:04d}_{item.name}' for item in applied) or 'nothing, it was up to date'}."
    )
    return 0
