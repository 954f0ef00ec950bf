"""The daily job and the recheck without Airflow, and their steps one by one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.desk import Desk


def add_commands(commands: Commands) -> None:
    """run, recheck and deliver."""
    command = add(
        commands,
        "run",
        run,
        help="run the whole pipeline without Airflow; the last line is a JSON summary",
        example="wirewatch run --source belta-ru --source tass-en",
    )
    command.add_argument("--source", action="append", default=[], metavar="SLUG", help="only this source; repeatable")
    command.add_argument("--sources", type=Path, metavar="DIR", help="folder of source files (WIREWATCH_SOURCES)")
    command.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="the day it is for (default: today, UTC)")
    command.add_argument("--backfill", action="store_true", help="take only what is dated to the day, alert nobody")
    command = add(
        commands,
        "recheck",
        recheck,
        help="ask known articles again that are due, as news_recheck does; the last line is a JSON summary",
        example="wirewatch recheck --source belta-ru",
    )
    command.add_argument("--source", action="append", default=[], metavar="SLUG", help="only this source; repeatable")
    add(
        commands,
        "deliver",
        deliver,
        help="send the mails that wait in the outbox",
        example="wirewatch deliver",
    )


def run(options: argparse.Namespace) -> int:
    """One run; exit 1 when every source failed."""
    from wirewatch.pipeline.daily import run_day
    from wirewatch.pipeline.finish import RunFailedError, refuse_failure

    with ready_desk(options.sources) as here:
        summary = run_day(here, day=options.day, only=options.source, backfill=options.backfill, progress=_to_stderr)
    print(json.dumps(summary, ensure_ascii=False))
    try:
        refuse_failure(summary)
    except RunFailedError as error:
        _to_stderr(f"wirewatch: {error}")
        return 1
    return 0


def recheck(options: argparse.Namespace) -> int:
    """One recheck; exit 0 also when nothing was due."""
    from wirewatch.pipeline.recheck import run_recheck

    with ready_desk() as here:
        summary = run_recheck(here, only=options.source, progress=_to_stderr)
    print(json.dumps(summary, ensure_ascii=False))
    return 0


def deliver(options: argparse.Namespace) -> int:
    """Send what waits; exit 1 when something still waits."""
    from wirewatch.pipeline.deliver import deliver as deliver_mails

    with ready_desk() as here:
        counts = deliver_mails(here)
    print(json.dumps(counts))
    return 1 if counts["waiting"] else 0


@contextmanager
def ready_desk(sources: Path | None = None) -> Iterator[Desk]:
    """A desk whose warehouse is there: the embedded server is started when none is set, and ended if we started it."""
    from wirewatch.pipeline.desk import DATABASE, desk
    from wirewatch.warehouse import embedded
    from wirewatch.warehouse.connection import connected
    from wirewatch.warehouse.migrate import migrate

    here = desk()
    if sources:
        here = replace(here, settings=replace(here.settings, sources=sources.resolve()))
    if here.settings.database_url:
        yield here
        return
    here.check_files()
    data = here.settings.postgres
    ours = embedded.info(data) is None
    embedded.start(data)
    try:
        with connected(embedded.ensure_database(data, DATABASE)) as connection:
            migrate(connection)
        yield here
    finally:
        if ours:
            embedded.stop(data)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--day: {text!r} is not a day such as 2026-11-24") from error


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
