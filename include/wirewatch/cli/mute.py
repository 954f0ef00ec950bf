"""Not to hear of a rule for a while."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.errors import InputError
from wirewatch.plaintext import on_lines

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.desk import Desk


def add_commands(commands: Commands) -> None:
    """mute, unmute."""
    command = add(
        commands,
        "mute",
        mute,
        help="send no alerts of a rule until a time; without a rule list the mutes that hold",
        example='wirewatch mute zapad-and-union --until 3d --reason "exercise week"',
    )
    _whose(command)
    command.add_argument("--until", metavar="WHEN", help="2026-12-01, 2026-12-01T08:00 (UTC), or so long: 12h, 3d")
    command.add_argument("--reason", metavar="WORDS", default="", help="kept with the alerts that were not sent")
    command = add(commands, "unmute", unmute, help="end a mute", example="wirewatch unmute zapad-and-union")
    _whose(command)


def _whose(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", metavar="RULE", nargs="?", help="name of a rule, or all")
    command.add_argument("--recipient", metavar="ADDRESS", help="for this reader only (default: for all)")


def mute(options: argparse.Namespace) -> int:
    """Begin a mute, or list those that hold."""
    from wirewatch.warehouse import digests

    with ready_desk() as here, here.warehouse() as connection, connection:
        if options.rule is None:
            for found in digests.open_mutes(connection, now=here.now()):
                whose = f"{found.rule or 'all rules'} for {found.recipient or 'all readers'}"
                print(on_lines(f"{whose}: until {found.until:%Y-%m-%d %H:%M} UTC  {found.reason}".rstrip()))
            return 0
        rule = _rule(here, options.rule)
        if options.until is None:
            raise InputError("--until: a mute has an end; say 3d, or a day such as 2026-12-01")
        until = moment_of(options.until, now=here.now())
        digests.mute(
            connection, rule=rule, recipient=options.recipient, until=until, reason=options.reason, now=here.now()
        )
    print(f"{rule or 'Every rule'} is muted until {until:%Y-%m-%d %H:%M} UTC; its alerts are kept, marked muted.")
    return 0


def unmute(options: argparse.Namespace) -> int:
    """End a mute; exit 1 when none holds."""
    from wirewatch.warehouse import digests

    if options.rule is None:
        raise InputError("RULE: which? `wirewatch mute` lists the mutes that hold")
    with ready_desk() as here, here.warehouse() as connection, connection:
        rule = None if options.rule == "all" else options.rule
        ended = digests.unmute(connection, rule=rule, recipient=options.recipient, now=here.now())
    print("Ended." if ended else "No such mute holds; `wirewatch mute` lists those that do.")
    return 0 if ended else 1


def _rule(here: Desk, name: str) -> str | None:
    if name == "all":
        return None
    if name not in here.rules:
        raise InputError(f"there is no rule {name!r}; `wirewatch rules list` lists them")
    return name


def moment_of(text: str, *, now: datetime) -> datetime:
    """``3d``, ``12h``, a day or a moment (UTC) → that moment; InputError when it is none, or past."""
    try:
        if back := re.fullmatch(r"(\d{1,5})([dh])", text):
            found = now + timedelta(**{"d": {"days": int(back[1])}, "h": {"hours": int(back[1])}}[back[2]])
        else:
            found = datetime.fromisoformat(text)
            found = found if found.tzinfo else found.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError) as error:
        raise InputError(f"--until: {text!r} is neither 3d, 12h nor a time such as 2026-12-01T08:00") from error
    if found <= now:
        raise InputError(f"--until: {text!r} is past")
    return found
