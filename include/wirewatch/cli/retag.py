"""History tagged again after a concept's file has changed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.cli.days import day_of, midnight
from wirewatch.cli.progress import now_and_then
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.retag import Tally


def add_commands(commands: Commands) -> None:
    """retag."""
    command = add(
        commands,
        "retag",
        retag,
        help="tag the articles in the warehouse again with today's concept files; nobody is alerted",
        example="wirewatch retag --concept zapad-exercise --dry-run",
    )
    command.add_argument("--concept", action="append", default=[], metavar="ID", help="this concept; repeatable")
    command.add_argument("--all", action="store_true", help="every concept that has a file")
    command.add_argument("--since", metavar="DAY|90d", help="only articles published since (UTC), or so many days back")
    command.add_argument("--batch", type=int, metavar="N", help="articles in one transaction (default: 200)")
    command.add_argument("--dry-run", action="store_true", help="count what would change, store nothing")
    command.add_argument("--json", action="store_true", help="print one JSON object instead of the table")


def retag(options: argparse.Namespace) -> int:
    """Exit 0, whatever changed; broken off, it goes on where it was."""
    from wirewatch.pipeline.retag import BATCH, Scope
    from wirewatch.pipeline.retag import retag as run

    if bool(options.concept) == options.all:
        raise InputError("name concepts with --concept ID, or say --all")
    batch = BATCH if options.batch is None else options.batch
    if batch < 1:
        raise InputError("--batch: must be 1 or more")
    with ready_desk() as here:
        here.check_files()
        since = options.since and midnight(day_of(options.since, today=here.now().date(), option="--since"))
        scope = Scope(tuple(dict.fromkeys(options.concept)), since or None)
        tally = run(here, scope, batch=batch, dry_run=options.dry_run, progress=_progress())
    print(json.dumps(_row(tally, options)) if options.json else _report(tally, dry_run=options.dry_run))
    return 0


def _progress() -> Callable[[Tally], None]:
    """Says on standard error, now and then, how far it is; at first, where an earlier start had come."""
    begun = False
    say_progress = now_and_then(_how_far)

    def say(tally: Tally) -> None:
        nonlocal begun
        if not begun and tally.resumed_at:
            print(f"going on after {tally.resumed_at:,} articles that were done before", file=sys.stderr, flush=True)
        begun = True
        say_progress(tally)

    return say


def _how_far(tally: Tally, seconds: float) -> str:
    rate = (tally.articles - tally.resumed_at) / seconds
    left = f", {(tally.total - tally.articles) / rate:.0f} s left" if rate else ""
    return (
        f"{tally.articles:,} of {tally.total:,} articles, {tally.added:,} mentions added,"
        f" {tally.removed:,} removed, {rate:.0f} a second{left}"
    )


def _row(tally: Tally, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "articles": tally.articles,
        "resumed_at": tally.resumed_at,
        "added": tally.added,
        "removed": tally.removed,
        "altered": tally.altered,
        "concepts": {name: dict(tally.by_concept.get(name, {})) for name in tally.concepts},
        "unsettled": list(tally.unsettled),
        "dry_run": options.dry_run,
    }


def _report(tally: Tally, *, dry_run: bool) -> str:
    lines = [
        f"{name:<28} {counts['added']:>7,} added {counts['removed']:>7,} removed {counts['altered']:>7,} altered"
        for name, counts in sorted(tally.by_concept.items())
    ]
    lines.append(
        f"{tally.articles:,} articles tagged again: {tally.added:,} mentions added, {tally.removed:,} removed,"
        f" {tally.altered:,} altered"
    )
    if dry_run:
        lines.append("Nothing was stored; without --dry-run it is.")
    if tally.unsettled:
        lines.append(
            "A run is under way that began with other concept files, and may store articles tagged by them:"
            f" run this again after it, for {', '.join(tally.unsettled)}."
        )
    return "\n".join(lines)
