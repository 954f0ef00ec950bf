"""Feeds of alerts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands


def add_commands(commands: Commands) -> None:
    """feeds."""
    command = add(
        commands,
        "feeds",
        feeds,
        help="write feeds of the newest alerts of each rule and of all: Atom, RSS and JSON Feed",
        example="wirewatch feeds --to /srv/www/feeds",
    )
    command.add_argument("--to", metavar="FOLDER", type=Path, help="where to (default: HOME/feeds)")


def feeds(options: argparse.Namespace) -> int:
    """Write those whose alerts have changed."""
    from wirewatch.pipeline.feeds import write_feeds

    with ready_desk() as here:
        folder = options.to.expanduser().resolve() if options.to else here.settings.home / "feeds"
        done = write_feeds(here, folder)
    print(f"{done['written']} of {done['feeds']} feeds written to {folder}.")
    return 0
