"""Processes of the stack: started in sessions of their own, remembered in a file, ended whole and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

GRACE = 25.0
"""Seconds a process has to end by itself. Airflow's scheduler waits for its running tasks."""


@dataclass(frozen=True)
class Process:
    """A process we started. Number and start time together name it: numbers alone are used again."""

    name: str
    pid: int
    created: float  # seconds since the epoch, as the system says
    log: str


class Processes:
    """The processes that a state file remembers."""

    def __init__(self, state: Path, logs: Path) -> None:
        self._state = state
        self._logs = logs

    def all(self) -> tuple[Process, ...]:
        """What was started and not yet stopped, alive or dead."""
        if not self._state.exists():
            return ()
        return tuple(Process(**item) for item in json.loads(self._state.read_text(encoding="utf-8")))

    def alive(self, name: str) -> bool:
        """Whether the process of that name runs."""
        return any(item.name == name and _find(item) is not None for item in self.all())

    def dead(self) -> tuple[Process, ...]:
        """Processes that should run and do not."""
        return tuple(item for item in self.all() if _find(item) is None)

    def start(self, name: str, command: Sequence[str], *, environment: Mapping[str, str], cwd: Path) -> Process:
        """Start a process unless it runs; its output goes to ``<logs>/<name>.log``."""
        running = next((item for item in self.all() if item.name == name and _find(item)), None)
        if running:
            return running
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("ab") as output:
            child = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd=cwd,
                start_new_session=True,
            )
        started = Process(name, child.pid, psutil.Process(child.pid).create_time(), str(log))
        self._write([*(item for item in self.all() if item.name != name), started])
        return started

    def forget(self, name: str) -> None:
        """Take a process from the record without ending it."""
        self._write([item for item in self.all() if item.name != name])

    def stop(self) -> int:
        """End all of them with their children and sessions; return how many processes ended."""
        roots = [found for item in self.all() if (found := _find(item))]
        sessions = {item.pid for item in self.all()}
        family = {member.pid: member for root in roots for member in (root, *_children(root))}
        family |= {member.pid: member for member in psutil.process_iter() if _session(member) in sessions}
        for root in roots:
            _signal(root, signal.SIGTERM)
        psutil.wait_procs(roots, timeout=GRACE)
        _, left = psutil.wait_procs(list(family.values()), timeout=1)
        for member in left:
            _signal(member, signal.SIGTERM)
        _, left = psutil.wait_procs(left, timeout=5)
        # A scheduler's workers outlive it; they are in its session and have been told nothing yet.
        late = [member for member in psutil.process_iter() if _session(member) in sessions and member.pid not in family]
        for member in (*left, *late):
            _signal(member, signal.SIGKILL)
        psutil.wait_procs([*left, *late], timeout=10)
        self._write([])
        return len(family) + len(late)

    def _write(self, items: Sequence[Process]) -> None:
        self._state.parent.mkdir(parents=True, exist_ok=True)
        part = self._state.with_suffix(".part")
        part.write_text(json.dumps([asdict(item) for item in items], indent=1), encoding="utf-8")
        part.replace(self._state)


def _find(item: Process) -> psutil.Process | None:
    try:
        found = psutil.Process(item.pid)
        if abs(found.create_time() - item.created) > 1 or found.status() == psutil.STATUS_ZOMBIE:
            return None
    except psutil.NoSuchProcess:
        return None
    return found


def _children(root: psutil.Process) -> list[psutil.Process]:
    try:
        return root.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _session(member: psutil.Process) -> int:
    try:
        return os.getsid(member.pid)
    except OSError:
        return -1


def _signal(member: psutil.Process, number: signal.Signals) -> None:
    try:
        member.send_signal(number)
    except psutil.NoSuchProcess:
        return
