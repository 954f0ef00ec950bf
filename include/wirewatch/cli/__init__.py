"""The command line. ``main`` reads the arguments; each module here is one group of commands.

Exit codes: 0 done, 1 the answer is no (or something broke), 2 wrong input: the message names file, line and key.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import wirewatch.cli.changes as changes
import wirewatch.cli.concepts as concepts
import wirewatch.cli.daily as daily
import wirewatch.cli.feeds as feeds
import wirewatch.cli.health as health
import wirewatch.cli.jsonlines as jsonlines
import wirewatch.cli.mail as mail
import wirewatch.cli.mute as mute
import wirewatch.cli.replay as replay
import wirewatch.cli.retag as retag
import wirewatch.cli.rules as rules
import wirewatch.cli.sources as sources
import wirewatch.cli.stack as stack
import wirewatch.cli.story as story
import wirewatch.cli.warehouse as warehouse
from wirewatch import __version__
from wirewatch.errors import InputError, WirewatchError

GROUPS = (
    daily,
    health,
    story,
    rules,
    mute,
    feeds,
    changes,
    sources,
    concepts,
    jsonlines,
    warehouse,
    replay,
    retag,
    mail,
    stack,
)

EXAMPLES = """examples:
  wirewatch check belta-ru           try one source live, store nothing
  wirewatch run --source belta-ru    collect, read, tag, alert: the whole job without Airflow
  wirewatch health                   how every source does
  wirewatch mailbox                  mails that the local mailbox has taken
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="wirewatch",
        description="A news monitor for analysts who watch defence ministries and wire services.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"wirewatch {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add_commands(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options))
    except InputError as error:
        print(f"wirewatch: {error}", file=sys.stderr)
        return 2
    except WirewatchError as error:
        print(f"wirewatch: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away (`| head`): nothing to say, and nobody to say it to
        return 0
    except KeyboardInterrupt:
        print("\nwirewatch: stopped; running it again goes on where it was", file=sys.stderr)
        return 130
