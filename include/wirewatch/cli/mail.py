"""The local mailbox."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands


def add_commands(commands: Commands) -> None:
    """mailbox."""
    command = add(
        commands,
        "mailbox",
        mailbox,
        help="list the mails that the local mailbox has taken, or show one",
        example="wirewatch mailbox 1",
    )
    command.add_argument("number", nargs="?", type=int, help="number in the list; 1 is the newest")
    command.add_argument("--html", metavar="FILE", help="with a number: write the mail's HTML part to a file")


def mailbox(options: argparse.Namespace) -> int:
    """List, or show one."""
    from pathlib import Path

    from wirewatch.alert.mailbox import list_messages, mailbox_html, show_message
    from wirewatch.settings import settings

    folder = settings().mailbox
    found = list_messages(folder)
    if options.number is None:
        for number, item in enumerate(found, start=1):
            print(f"{number:>4}  {item.received_at:%Y-%m-%d %H:%M}  {', '.join(item.recipients):<24}  {item.subject}")
        if not found:
            print(f"The mailbox {folder} is empty.")
        return 0
    if not 1 <= options.number <= len(found):
        raise InputError(f"there is no mail {options.number}; the mailbox holds {len(found)}")
    key = found[options.number - 1].key
    if options.html:
        Path(options.html).write_text(mailbox_html(folder, key), encoding="utf-8")
    else:
        print(show_message(folder, key))
    return 0
