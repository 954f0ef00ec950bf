"""Kill the sending of alerts at random points: is an alert lost, and which come twice?

    .venv/bin/python -m benchmarks.kill_delivery [--points 50] [--alerts 1000] [--seed 1]

For each point a fresh warehouse with so many due articles: a process tries the rules, fills the outbox and sends; it
ends itself by SIGKILL at the n-th call of a function, n drawn evenly over all there are. A fifth of the points lies
before the first mail, and a fifth shortly after the server's answer to a mail drawn at random: between that answer and
the commit lies the one moment that must cost a duplicate, and a blind draw meets it once in fifty times. Another
process then does the same job to its end. A real SMTP conversation on loopback, the embedded PostgreSQL. Prints where
each was killed and, last, one JSON line.

Exit 1 unless every alert reached the server, and only the mail came twice that the server had taken when the process
died: once more, with the same Message-ID and the same bytes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from types import FrameType

from benchmarks.invented_alerts import NOW, Ground, ground, outbox, run_of
from benchmarks.scripted_smtp import ScriptedServer, Taken
from wirewatch.alert import dialogue
from wirewatch.alert.transport import SmtpTransport
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.match import match
from wirewatch.settings import Settings

READER = "ann@desk.example"
A_FIFTH = 0.2  # of the points: before the first mail; and as many shortly after an answer
SHORTLY = 150  # calls of functions: the commit lies among them


@dataclass(frozen=True)
class Calls:
    """Functions called by a whole run: before the first mail, and altogether."""

    before_mails: int
    all: int


@dataclass(frozen=True)
class Point:
    """When a process is killed."""

    call: int  # of a function, from 1: of all, or of those after the answer
    answer: int = 0  # to which mail, from 1; 0: of all

    def __str__(self) -> str:
        return f"call {self.call} after answer {self.answer}" if self.answer else f"call {self.call}"


@dataclass(frozen=True)
class Killed:
    """How a point ended."""

    at: Point
    taken: int  # mails that the server had when the process died
    marked: int  # of these, marked sent in the outbox
    lost: int  # alerts that never reached the server, or are not marked sent in the end
    duplicates: int
    explained: int  # of the duplicates: the last mail taken from the killed process, once more, the same bytes


class Counter:
    """Counts the calls of this thread, and kills the process at one of them."""

    def __init__(self, point: Point | None) -> None:
        self.calls = 0
        self._answers = 0
        self._point = point
        self._kill_at = point.call if point and not point.answer else None

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:  # noqa: ARG002 (setprofile passes them)
        """What ``sys.setprofile`` asks for."""
        if event in ("call", "c_call"):
            self.calls += 1
            if self.calls == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        elif event == "return" and frame.f_code is _ANSWERED and self._point:
            self._answers += 1
            if self._answers == self._point.answer:
                self._kill_at = self.calls + self._point.call


_ANSWERED = dialogue._last_answer.__code__


def work(settings: Settings, port: int, point: Point | None, counted: Pipe | None = None) -> None:
    """The whole job in this process; tells through the pipe how many calls it took."""
    desk = Desk(settings, now=lambda: NOW)
    counter = Counter(point)
    if point or counted:
        sys.setprofile(counter)
    with desk.warehouse() as connection:
        run = run_of(connection)
    match(desk, run)
    before = counter.calls
    deliver(desk, lambda: SmtpTransport("127.0.0.1", port, security="none"))
    sys.setprofile(None)
    if counted:
        counted.send(Calls(before, counter.calls))


def main() -> int:
    """Kill at each point; print; judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--points", type=int, default=50, help="how often a process is killed (50)")
    options.add_argument("--alerts", type=int, default=1000, help="alerts each time (1,000)")
    options.add_argument("--seed", type=int, default=1, help="of the random points (1)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-kill-") as name:
        Path(name).chmod(0o755)  # the embedded server runs as another user when we are root
        results = list(killed(Path(name), points=chosen.points, alerts=chosen.alerts, seed=chosen.seed))
    total = {name: sum(getattr(found, name) for found in results) for name in ("lost", "duplicates", "explained")}
    kept = len(results) == chosen.points and not total["lost"] and total["duplicates"] == total["explained"]
    done = {"benchmark": "kill_delivery", "points": len(results), "alerts": chosen.alerts, **total, "kept": kept}
    print(json.dumps(done | {"results": [asdict(found) for found in results]}))
    return 0 if kept else 1


def killed(
    folder: Path, *, points: int, alerts: int, seed: int, say: Callable[[str], object] = print
) -> Iterator[Killed]:
    """Each point, one after another; ``folder`` must be one that other users may pass."""
    processes = multiprocessing.get_context("forkserver")  # a child is there at once, its imports done
    processes.set_forkserver_preload(
        ["benchmarks.scripted_smtp", "wirewatch.pipeline.match", "wirewatch.pipeline.deliver"]
    )
    with ground(folder / "ground", articles=alerts, readers=[READER]) as here:
        calls = _counted(processes, here)
        say(f"{calls.all} calls of functions for {alerts} alerts, {calls.before_mails} of them before the first mail")
        for number, point in enumerate(drawn(calls, points=points, alerts=alerts, chance=random.Random(seed))):
            found = _one(processes, here, point, alerts=alerts)
            say(
                f"{number + 1:>3}  {found.at!s:<28}: {found.taken:>4} mails taken, {found.marked:>4} marked;"
                f" in the end {found.lost} lost, {found.duplicates} twice"
            )
            yield found


def drawn(calls: Calls, *, points: int, alerts: int, chance: random.Random) -> list[Point]:
    """So many points at random."""
    some = round(points * A_FIFTH)
    early = [Point(chance.randint(1, calls.before_mails)) for _ in range(some)]
    answered = [Point(chance.randint(1, SHORTLY), chance.randint(1, alerts - 1)) for _ in range(some)]
    last = calls.all * 99 // 100  # never past the end, should a run call a little less
    rest = [Point(chance.randint(calls.before_mails + 1, last)) for _ in range(points - 2 * some)]
    return [*early, *answered, *rest]


def _counted(processes: multiprocessing.context.ForkServerContext, here: Ground) -> Calls:
    reader, writer = processes.Pipe(duplex=False)
    with ScriptedServer() as server:
        _run(processes, here.copied("counted"), server.port, None, writer)
        calls = reader.recv()
    if not isinstance(calls, Calls):
        raise TypeError(f"the counting process said {calls!r}")
    return calls


def _one(processes: multiprocessing.context.ForkServerContext, here: Ground, at: Point, *, alerts: int) -> Killed:
    settings = here.copied("killed")
    with ScriptedServer() as server:
        code = _run(processes, settings, server.port, at)
        if code != -signal.SIGKILL:
            raise RuntimeError(f"the process was to be killed at {at}, and ended with {code}")
        server.settle()
        before = list(server.taken)
        marked = sum(row["state"] == "sent" for row in outbox(settings))
        if (code := _run(processes, settings, server.port, None)) != 0:
            raise RuntimeError(f"the second process ended with {code}")
        lost = alerts - len(_arrived(settings, server.taken))
    duplicates, explained = repeated(before, server.taken)
    return Killed(at, len(before), marked, lost, duplicates, explained)


def _run(
    processes: multiprocessing.context.ForkServerContext,
    settings: Settings,
    port: int,
    point: Point | None,
    counted: Pipe | None = None,
) -> int | None:
    process = processes.Process(target=work, args=(settings, port, point, counted))
    process.start()
    process.join()
    return process.exitcode


def _arrived(settings: Settings, taken: Sequence[Taken]) -> set[str]:
    """Message-IDs that the server has, and the outbox knows it."""
    sent = {str(row["message_id"]) for row in outbox(settings) if row["state"] == "sent"}
    return sent & {message.message_id for message in taken}


def repeated(before: Sequence[Taken], taken: Sequence[Taken]) -> tuple[int, int]:
    """What came from the killed process, and all → (mails too many, those that are as they may be)."""
    copies: defaultdict[str, list[Taken]] = defaultdict(list)
    for message in taken:
        copies[message.message_id].append(message)
    last = before[-1].message_id if before else None
    again = copies.get(last, []) if last else []
    explained = len(again) == 2 and (again[0].content, again[0].recipient) == (again[1].content, again[1].recipient)
    return len(taken) - len(copies), int(explained)


if __name__ == "__main__":
    sys.exit(main())
