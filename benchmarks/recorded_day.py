"""A day of recorded pages through the real Airflow: what is lost, and whether running it again changes anything.

Needs the evaluation kit beside the checkout (../shared). Its replay server gives each publisher an address of its own;
`wirewatch add-source` makes the source files; the daily DAG runs three times, and once more in another home, where
every process is killed midway. Prints tables and, last, one JSON line. Exit 1 when something was lost, sent twice or
came out differently.

    .venv/bin/python -m benchmarks.recorded_day --hosts 60
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from wirewatch.alert.mailbox import list_messages
from wirewatch.dedup.canonical import url_key
from wirewatch.settings import ROOT, Settings
from wirewatch.standalone.stack import Stack
from wirewatch.standalone.watch import follow
from wirewatch.warehouse import alerts
from wirewatch.warehouse.connection import connected

KIT = ROOT.parent / "shared"
WANTED = ("ru", "uk", "pl", "lt")
RULE = """name: everything
title: Any of the watched concepts
when: {any: [%s]}
max_age_days: 3650
"""


def main() -> int:
    """Run it all; 0 when nothing was lost, nothing sent twice and every checksum is the same."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=60, help="publishers, those in ru, uk, pl and lt first (60)")
    options.add_argument("--kill-at", type=int, default=25, help="pages fetched when everything is killed (25)")
    chosen = options.parse_args()
    if not (KIT / "replay" / "serve.py").exists():
        print("The evaluation kit is not beside this checkout: nothing can be measured.")
        return 2
    with tempfile.TemporaryDirectory(prefix="wirewatch-day-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the embedded server runs as another user when we are root
        server, manifest = start_replay(folder)
        try:
            return measure(folder, manifest, hosts=chosen.hosts, kill_at=chosen.kill_at)
        finally:
            server.terminate()


def start_replay(folder: Path) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    """The replay server and its manifest."""
    port_file = folder / "port"
    command = [sys.executable, str(KIT / "replay" / "serve.py"), "--addresses", "--port-file", str(port_file)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not port_file.exists():
        time.sleep(0.1)
    address = f"http://127.0.0.1:{port_file.read_text().strip()}/_manifest.json"
    with urllib.request.urlopen(address, timeout=60) as answer:
        return server, json.load(answer)


def measure(folder: Path, manifest: dict[str, Any], *, hosts: int, kill_at: int) -> int:
    """Both homes; exit code."""
    chosen = choose(manifest, hosts)
    settings = write_files(folder, chosen)
    calm = Stack(replace(settings, home=folder / "calm"), say=quiet)
    cut = Stack(replace(settings, home=folder / "cut"), say=quiet)
    try:
        first = three_runs(calm)
        lost, outcomes = account(calm, chosen)
        calm.stop()
        killed = killed_run(cut, kill_at)
    finally:
        calm.stop()
        cut.stop()
    sums = [*first["checksums"], killed["checksum"]]
    result = {
        "hosts": len(chosen),
        "served": sum(len(host["articles"]) for host in chosen),
        "outcomes": outcomes,
        "lost": lost,
        "summary": first["summary"],
        "seconds": first["seconds"],
        "checksums_equal": len({json.dumps(item, sort_keys=True) for item in sums}) == 1,
        "mails": first["mails"],
        "mails_twice": first["twice"],
        "killed": killed["state_at_kill"],
        "mails_after_kill": killed["mails"],
        "mails_twice_after_kill": killed["twice"],
    }
    for key, value in result.items():
        print(f"{key:<24} {value}")
    print(json.dumps(result, ensure_ascii=False))
    good = not lost and result["checksums_equal"] and not first["twice"] and not killed["twice"]
    return 0 if good and first["mails"] == killed["mails"] else 1


def choose(manifest: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """All publishers in the wanted languages, then others, up to the number."""
    wanted = [host for host in manifest["hosts"] if any(a["lang"] in WANTED for a in host["articles"])]
    others = [host for host in manifest["hosts"] if host not in wanted]
    return [*wanted, *others[: max(0, number - len(wanted))]]


def write_files(folder: Path, chosen: list[dict[str, Any]]) -> Settings:
    """Source files by `wirewatch add-source`, and one rule that matches old articles too."""
    os.environ |= {"WIREWATCH_SOURCES": str(folder / "sources"), "WIREWATCH_ALLOW_HOSTS": "127.88.0.0/16"}
    os.environ |= {"WIREWATCH_PORT": "8190", "WIREWATCH_MAILBOX_PORT": "8191", "WIREWATCH_RULES": str(folder / "rules")}
    from wirewatch.cli import main as wirewatch
    from wirewatch.settings import settings

    (folder / "rules").mkdir()
    concepts = sorted(path.stem for path in settings().concepts.glob("*.yml"))
    (folder / "rules" / "everything.yml").write_text(RULE % ", ".join(concepts), encoding="utf-8")
    started, failed = time.monotonic(), 0
    for host in chosen:
        with contextlib.redirect_stdout(io.StringIO()):
            failed += wirewatch(["add-source", host["home"]]) != 0
    print(f"add-source: {len(chosen) - failed} of {len(chosen)} in {time.monotonic() - started:.0f} s", flush=True)
    return settings()


def three_runs(stack: Stack) -> dict[str, Any]:
    """The day three times in one home."""
    stack.start()
    sums, seconds, summary = [], [], {}
    for number in range(3):
        started = time.monotonic()
        figures = follow(stack, stack.trigger())
        seconds.append(round(time.monotonic() - started, 1))
        summary = summary or figures
        sums.append(sum_of(stack))
        print(f"run {number + 1}: {seconds[-1]} s, {figures['articles']}, alerts {figures['alerts']}", flush=True)
    mails, twice = mails_of(stack)
    return {"checksums": sums, "seconds": seconds, "summary": summary, "mails": mails, "twice": twice}


def killed_run(stack: Stack, pages: int) -> dict[str, Any]:
    """The day once, every process killed midway (PostgreSQL too), started again and run again."""
    stack.start()
    run_id = stack.trigger()
    state = progress_of(stack)
    while state["fetched"] < pages:
        time.sleep(0.2)
        state = progress_of(stack)
    kill_everything(stack)
    print(f"killed midway: {state}", flush=True)
    stack.start()
    follow(stack, run_id)
    follow(stack, stack.trigger())
    mails, twice = mails_of(stack)
    return {"checksum": sum_of(stack), "state_at_kill": state, "mails": mails, "twice": twice}


def progress_of(stack: Stack) -> dict[str, int]:
    """Article pages fetched and read so far."""
    with connected(stack.warehouse_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("select count(*) as fetched, count(read_at) as read from \"fetch\" where purpose = 'article'")
        return dict(cursor.fetchall()[0])


def kill_everything(stack: Stack) -> None:
    """SIGKILL to all of a home's processes and their children."""
    roots = [psutil.Process(item.pid) for item in stack.processes.all()]
    postmaster = int((stack.data / "postmaster.pid").read_text().splitlines()[0])
    roots.append(psutil.Process(postmaster))
    family = [member for root in roots for member in (root, *root.children(recursive=True))]
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)


def sum_of(stack: Stack) -> dict[str, Any]:
    """Checksums of article, mention and alert rows."""
    with connected(stack.warehouse_url) as connection, connection:
        return alerts.checksum(connection)


def mails_of(stack: Stack) -> tuple[int, int]:
    """Mails in the box, and how many Message-IDs came more than once."""
    import email

    folder = stack.settings.mailbox
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    identities = Counter(str(email.message_from_bytes(text)["Message-ID"]) for text in texts)
    return len(list_messages(folder)), sum(count > 1 for count in identities.values())


def account(stack: Stack, chosen: list[dict[str, Any]]) -> tuple[list[str], dict[str, int]]:
    """Where each served article is: a row, or a named outcome. Those that are nowhere are lost."""
    with connected(stack.warehouse_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "select a.url_key, coalesce(f.read_as, a.last_outcome) as ended, r.article_id is not null as loaded"
            ' from address a left join "fetch" f on f.fetch_id = a.archived_fetch'
            " left join article r on r.address_id = a.address_id where a.purpose = 'article'"
        )
        found = {row["url_key"]: dict(row) for row in cursor.fetchall()}
    outcomes: Counter[str] = Counter()
    lost: list[str] = []
    for article in (item for host in chosen for item in host["articles"]):
        row = found.get(url_key(article["url"]))
        ended = row and ("article" if row["loaded"] else "same article" if row["ended"] == "article" else row["ended"])
        if not ended:
            lost.append(article["id"])
        outcomes[str(ended)] += 1
    return lost, dict(outcomes)


def quiet(line: str) -> None:
    """The stack's own lines are not this command's."""


if __name__ == "__main__":
    sys.exit(main())
