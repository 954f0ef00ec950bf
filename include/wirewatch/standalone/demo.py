"""Two days of the invented newsroom through the real Airflow, with its own home: nothing of yours is touched."""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests

from wirewatch.alert.mailbox import list_messages, show_message
from wirewatch.errors import StandaloneError
from wirewatch.settings import ROOT, Settings
from wirewatch.standalone.stack import Stack
from wirewatch.standalone.watch import follow, show_addresses, show_figures

NEWSROOM = "127.77.0.0/24"
"""Loopback addresses of the newsroom's publishers; the guard lets nothing else of this machine be asked."""


def demo_settings(settings: Settings) -> Settings:
    """The demo's settings: a home, ports and sources of its own, mail to its own mailbox."""
    home = settings.home / "demo"
    return replace(
        settings,
        home=home,
        database_url="",
        archive="",
        sources=home / "sources",
        allow_hosts=(NEWSROOM,),
        smtp_url="",
        port=settings.port + 1,
        mailbox_port=settings.mailbox_port + 1,
    )


def run_demo(settings: Settings, *, stop: bool) -> int:
    """Run day one and day two, show the mails; exit code."""
    stack = Stack(demo_settings(settings))
    stack.stop()
    shutil.rmtree(stack.settings.home, ignore_errors=True)
    bases = start_newsroom(stack)
    stack.start()
    today = datetime.now(timezone.utc)
    codes = [_one_day(stack, bases, day, today - timedelta(days=2 - day)) for day in (1, 2)]
    _show_mails(stack)
    if stop:
        stack.stop()
    else:
        show_addresses(stack)
    return max(codes)


def start_newsroom(stack: Stack) -> dict[str, str]:
    """Start the newsroom's server and wait for its addresses, by publisher."""
    home = stack.settings.home
    home.mkdir(parents=True, exist_ok=True)
    ports = home / "newsroom.json"
    command = [sys.executable, "-m", "tests.newsroom", "--day", "1", "--port-file", str(ports)]
    command += ["--sources", str(stack.settings.sources)]
    stack.processes.start("newsroom", command, environment={"PYTHONUNBUFFERED": "1"}, cwd=ROOT)
    end = time.monotonic() + 30
    while not ports.exists():
        stack_dead = stack.processes.dead()
        if stack_dead or time.monotonic() > end:
            raise StandaloneError(f"the newsroom did not start; {home / 'logs' / 'newsroom.log'} says why")
        time.sleep(0.1)
    bases: dict[str, str] = json.loads(Path(ports).read_text(encoding="utf-8"))
    return bases


def turn_day(bases: dict[str, str], day: int) -> None:
    """Switch the newsroom's world to a day."""
    answer = requests.post(f"{next(iter(bases.values()))}/-/day/{day}", timeout=10)
    answer.raise_for_status()


def _one_day(stack: Stack, bases: dict[str, str], day: int, moment: datetime) -> int:
    turn_day(bases, day)
    stack.say(f"\nDay {day}: {moment:%Y-%m-%d}")
    run_id = stack.trigger(logical_date=moment)
    show_figures(stack, follow(stack, run_id))
    return 0 if stack.api.run_state("news_collect", run_id) == "success" else 1


def _show_mails(stack: Stack) -> None:
    mails = list_messages(stack.settings.mailbox)
    stack.say(f"\n{len(mails)} mails:")
    for mail in mails:
        stack.say(f"  {mail.subject}")
    if mails:
        stack.say("\nThe newest of them:\n")
        stack.say(show_message(stack.settings.mailbox, mails[0].key))
