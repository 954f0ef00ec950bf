"""The local stack behind the Makefile: up, down, status, demo."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.standalone.stack import Stack


def add_commands(commands: Commands) -> None:
    """up, down, status and demo."""
    command = add(
        commands,
        "up",
        up,
        help="start PostgreSQL, the mailbox and Airflow, run today's job and show it (make run)",
        example="wirewatch up",
    )
    command.add_argument("--no-run", action="store_true", help="start only")
    add(commands, "down", down, help="end every process that was started here (make stop)", example="wirewatch down")
    add(commands, "status", status, help="show which parts run (make status)", example="wirewatch status")
    command = add(
        commands,
        "demo",
        demo,
        help="run two days of an invented newsroom through Airflow, without any network (make demo)",
        example="wirewatch demo",
    )
    command.add_argument("--stop", action="store_true", help="end the demo's processes when it is done")


def up(options: argparse.Namespace) -> int:
    """Exit 1 when the run ends red."""
    from wirewatch.settings import settings
    from wirewatch.standalone.stack import Stack
    from wirewatch.standalone.watch import follow, show_addresses, show_figures

    stack = Stack(settings())
    stack.start()
    if options.no_run:
        stack.say(f"Airflow's UI: {stack.address}")
        return 0
    stack.say(f"Running the day; Airflow shows it at {stack.address}")
    run_id = stack.trigger()
    show_figures(stack, follow(stack, run_id))
    show_addresses(stack)
    return 0 if stack.api.run_state("news_collect", run_id) == "success" else 1


def down(options: argparse.Namespace) -> int:
    """Stop this home's stack, and the demo's if it runs."""
    from wirewatch.settings import settings
    from wirewatch.standalone.demo import demo_settings
    from wirewatch.standalone.stack import Stack

    ended = sum(Stack(each).stop() for each in (settings(), demo_settings(settings())))
    print(f"Ended {ended} processes." if ended else "Nothing was running.")
    return 0


def status(options: argparse.Namespace) -> int:
    """Exit 1 when something that was started has ended."""
    from wirewatch.settings import settings
    from wirewatch.standalone.stack import Stack

    return _print_status(Stack(settings()))


def _print_status(stack: Stack) -> int:
    parts = stack.state()
    for name, state in sorted(parts.items()):
        print(f"{name:<14} {state}")
    if not parts:
        print("Nothing runs; `make run` starts it.")
        return 1
    print(f"{'UI':<14} {stack.address}")
    if "postgres" in parts:
        print(f"{'warehouse':<14} {stack.warehouse_url}")
    return 1 if any(state != "running" for state in parts.values()) else 0


def demo(options: argparse.Namespace) -> int:
    """Two days; exit 1 when a run ends red."""
    from wirewatch.settings import settings
    from wirewatch.standalone.demo import run_demo

    return run_demo(settings(), stop=options.stop)
