"""The parts of the local stack, without Airflow."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from wirewatch.errors import StandaloneError
from wirewatch.settings import ROOT, Settings
from wirewatch.standalone import checks
from wirewatch.standalone.environment import airflow_environment, smtp_connection
from wirewatch.standalone.processes import Process, Processes
from wirewatch.standalone.progress import source_line, status_line, summary_lines
from wirewatch.standalone.secrets_file import Secrets, secrets_of

FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def processes(tmp_path: Path) -> Processes:
    return Processes(tmp_path / "processes.json", tmp_path / "logs")


def test_stop_ends_a_process_with_its_children(processes: Processes, tmp_path: Path) -> None:
    """A process and its children end; a stranger goes on."""
    stranger = psutil.Popen(["sleep", "60"])
    try:
        started = processes.start("family", [sys.executable, "-c", FAMILY], environment=os.environ, cwd=tmp_path)
        assert processes.alive("family")
        end = time.monotonic() + 10
        while not Path(started.log).read_text(encoding="utf-8").strip() and time.monotonic() < end:
            time.sleep(0.02)
        child = int(Path(started.log).read_text(encoding="utf-8"))
        assert processes.start("family", ["true"], environment=os.environ, cwd=tmp_path) == started
        assert processes.stop() == 2
        assert [pid for pid in (started.pid, child) if running(pid)] == []
        assert stranger.is_running()
        assert processes.all() == ()
    finally:
        stranger.kill()
        stranger.wait()


def running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_number_that_is_used_again_is_left_alone(processes: Processes, tmp_path: Path) -> None:
    """A stranger that got the number of a process of ours is not ended, and ours counts as dead."""
    stranger = psutil.Popen(["sleep", "60"])
    try:
        record = [{"name": "old", "pid": stranger.pid, "created": stranger.create_time() - 500, "log": "old.log"}]
        (tmp_path / "processes.json").write_text(json.dumps(record), encoding="utf-8")
        assert processes.dead() == (Process(**record[0]),)
        processes.stop()
        assert stranger.is_running()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_taken_port_says_what_to_do() -> None:
    """The message names the port and the command with another one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StandaloneError, match=rf"port {port} .*make run WIREWATCH_PORT={port + 1}"):
            checks.check_port("127.0.0.1", port, setting="WIREWATCH_PORT", purpose="the UI")


def test_a_full_disk_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is said before anything starts."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 5 * 1024**2))
    with pytest.raises(StandaloneError, match=r"only 5 MiB are free .* WIREWATCH_HOME"):
        checks.check_disk(tmp_path)


def test_secrets_are_made_once_and_their_owners_alone(tmp_path: Path) -> None:
    """Mode 600, the same at the second call, and no secret in a repr."""
    first, second = secrets_of(tmp_path), secrets_of(tmp_path)
    assert (first.fresh, second.fresh) == (True, False)
    assert (first.password, first.jwt, first.fernet) == (second.password, second.jwt, second.fernet)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.json")} == {0o600}
    assert first.password not in repr(first)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1:8025", ("127.0.0.1", 8025, "", "", True, True)),
        ("smtp://me:p%40ss@mail.example:587?starttls=true", ("mail.example", 587, "me", "p@ss", True, False)),
        ("smtps://me:pw@mail.example", ("mail.example", 465, "me", "pw", False, True)),
    ],
)
def test_the_mail_server_becomes_airflows_connection(url: str, expected: tuple[object, ...]) -> None:
    """Host, port, user, password (unescaped) and the kind of TLS, as Airflow's SMTP provider names them."""
    found = json.loads(smtp_connection(url))
    extra = found["extra"]
    seen = (found["host"], found["port"], found["login"], found["password"], extra["disable_ssl"], extra["disable_tls"])
    assert seen == expected


def test_processes_get_our_settings_and_no_other_airflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell with another Airflow in it does not steer ours; every setting goes through, paths absolute."""
    monkeypatch.setenv("AIRFLOW__CORE__DAGS_FOLDER", "/elsewhere")
    monkeypatch.setenv("AIRFLOW__CORE__SECURITY", "kerberos")
    settings = replace(Settings.from_environment({}), home=tmp_path, sources=tmp_path / "s", allow_hosts=("a", "b"))
    environment = airflow_environment(
        settings,
        Secrets("p", "j", "f", False),
        metadata_url="postgresql+psycopg2://x/airflow",
        warehouse_url="postgresql://x/w",
    )
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == str(ROOT / "dags")
    assert "AIRFLOW__CORE__SECURITY" not in environment
    again = Settings.from_environment({name: value for name, value in environment.items() if name.startswith("WIRE")})
    assert again == replace(settings, database_url="postgresql://x/w", archive=settings.archive_root)
    assert environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "False"


ROW = {
    "source": "belta-ru", "state": "done", "health": "ok", "note": None, "leads": 9, "fetched": 7, "new": 5,
    "changed": 1, "same": 1, "not_article": 1, "quarantined": 0,
}  # fmt: skip


def test_progress_is_one_line_a_source() -> None:
    """State and figures of a finished source, and how far the run is."""
    assert source_line(ROW) == "  belta-ru               ok           5 new, 1 changed, 1 no articles"
    quiet = {**ROW, "health": "quiet", "new": 0, "changed": 0, "not_article": 0, "note": "why"}
    assert source_line(quiet) == "  belta-ru               quiet        nothing new (why)"
    waiting = {**ROW, "state": "fetching", "fetched": 3}
    assert status_line([ROW, waiting]) == "  1/2 sources done; 1 fetching, 0 reading, 0 waiting; 10 pages fetched"


def test_the_summary_says_all_figures() -> None:
    """Sources by outcome, pages, articles, alerts, mentions by concept with their labels."""
    summary = {
        "day": "2026-11-24", "seconds": 12.3, "sources": {"ok": 2, "blocked": 1}, "outcomes": {"new": 5},
        "articles": {"new": 4, "changed": 1, "copies": 2, "not_article": 0, "quarantined": 1},
        "alerts": {"created": 3, "sent": 2, "waiting": 1, "quarantined": 0}, "mentions": {"csto": 3, "x": 1},
    }  # fmt: skip
    assert summary_lines(summary, {"csto": "CSTO"}) == [
        "Run of 2026-11-24 in 12 s",
        "  sources   2 ok, 1 blocked",
        "  pages     5 new",
        "  articles  4 new, 1 changed, 2 copies, 0 pages that are no articles, 1 quarantined",
        "  alerts    3 new; mails: 2 sent, 1 waiting, 0 quarantined",
        "  mentions by concept:",
        "        3  CSTO",
        "        1  x",
    ]


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    """`make run` with Python 3.9 ends with one sentence, and makes nothing."""
    old = tmp_path / "python3.9"
    pretend = "import sys; sys.version_info = (3, 9, 18); exec(sys.argv[1])"
    old.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{pretend}' \"$2\"\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"WIREWATCH_PYTHON={old}", f"VENV={tmp_path}/venv"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Wirewatch needs Python 3.10 to 3.13" in done.stdout
    assert not (tmp_path / "venv").exists()


def test_make_alone_prints_what_there_is() -> None:
    """Each target that people use, with a line of help."""
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "stop", "status", "demo", "test", "check", "clean"):
        assert f"make {target} " in shown
