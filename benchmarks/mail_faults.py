"""What becomes of mails when the mail server fails: each fault, a hundred alerts, the real outbox.

    .venv/bin/python -m benchmarks.mail_faults [--mails 100] [--fault NAME]

A scripted server on loopback fails in one way; `deliver` runs on the embedded PostgreSQL again and again, with a clock
that is moved on to the next try each time, until nothing waits. Prints a table and, last, one JSON line.

lost: neither taken by the server nor quarantined, or marked sent and not taken. silent: tried, not sent, and no reason
is shown. duplicates: taken more than once. Exit 1 unless nothing is lost or silent, nothing went unencrypted where TLS
was asked for, and duplicates are only those of a server that took the mail and went without an answer: one each at the
most, with the same Message-ID and the same bytes.
"""

from __future__ import annotations

import argparse
import json
import ssl
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.invented_alerts import NOW, Ground, ground, outbox, run_of
from benchmarks.scripted_smtp import DRIP, DROP, GARBAGE, HANG, ScriptedServer, Step, Taken
from tests.support.certificates import self_signed, serving
from wirewatch.alert.transport import SmtpTransport
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.match import match
from wirewatch.settings import Settings

READERS = ("ann@desk.example", "ben@desk.example", "cyd@desk.example")
REFUSED = READERS[1]
AFTER_DATA = "after DATA, before the answer"
MENDED_AFTER = 2  # deliveries, of a server that fails until somebody mends it
MOST_DELIVERIES = 40
TIMEOUT, DEADLINE = 1.0, 3.0  # seconds: the server is near, and its hanging is to be found out soon


@dataclass(frozen=True)
class Fault:
    """One way to fail."""

    name: str
    steps: Mapping[str, Step] = field(default_factory=dict)
    certificate: str = (
        ""  # "good", "expired" (until mended), "none" (not offered until mended); "": no TLS is asked for
    )
    readers: int = 1
    quarantined: int = 0  # of how many readers all mails are refused for good


def faults(mails: int) -> list[Fault]:
    """All of them; what is told of each mail once is told so many times."""
    gone = f"550 5.1.1 <{REFUSED}> no such user"
    return [
        Fault("no fault"),
        Fault("421 on connecting", {"connect": Step("421 4.3.2 not now")}),
        Fault("421 to MAIL", {"mail": Step("421 4.3.2 shutting down", mails)}),
        Fault("450 greylist", {"rcpt": Step("450 4.2.0 greylisted, come again", mails)}),
        Fault("452 to MAIL", {"mail": Step("452 4.3.1 disk full", mails)}),
        Fault("452 after the message", {"dot": Step("452 4.3.1 disk full", mails)}),
        Fault("550 to RCPT", {"rcpt": Step("550 5.1.1 no such user")}, quarantined=1),
        Fault("554 after the message", {"dot": Step("554 5.7.1 refused")}, quarantined=1),
        Fault("one of three refused", {"rcpt": Step(gone, only=REFUSED)}, readers=3, quarantined=1),
        Fault("STARTTLS refused (454)", {"starttls": Step("454 4.7.0 not now")}, certificate="good"),
        Fault("STARTTLS not offered", certificate="none"),
        Fault("STARTTLS handshake broken", {"starttls": Step(GARBAGE)}, certificate="good"),
        Fault("expired certificate", certificate="expired"),
        Fault("disconnect at RCPT", {"rcpt": Step(DROP, mails)}),
        Fault("disconnect before DATA", {"data": Step(DROP, mails)}),
        Fault(AFTER_DATA, {"dot": Step(DROP, mails)}),
        Fault("error on QUIT", {"quit": Step("500 no")}),
        Fault("disconnect on QUIT", {"quit": Step(DROP)}),
        Fault("hang on connecting", {"connect": Step(HANG)}),
        Fault("hang at MAIL", {"mail": Step(HANG)}),
        Fault("hang after the message", {"dot": Step(HANG)}),
        Fault("a byte now and then", {"mail": Step(DRIP)}),
        Fault("hang on QUIT", {"quit": Step(HANG)}),
    ]


@dataclass(frozen=True)
class Row:
    """How a fault ended."""

    fault: str
    mails: int
    sent: int
    quarantined: int
    lost: int
    silent: int
    duplicates: int
    same_id: int  # of the duplicates: same Message-ID and bytes, and one each
    unencrypted: int  # although TLS was asked for
    failures: int  # how often the server failed
    deliveries: int
    seconds: float

    def kept(self, fault: Fault) -> bool:
        """Whether it is as it must be."""
        refused = self.mails * fault.quarantined // fault.readers
        clean = not (self.lost or self.silent or self.unencrypted)
        repeated = self.duplicates == self.same_id and (not self.duplicates or fault.name == AFTER_DATA)
        failed = self.failures > 0 or fault.name == "no fault" or fault.certificate in ("expired", "none")
        return clean and repeated and failed and (self.sent, self.quarantined) == (self.mails - refused, refused)


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def main() -> int:
    """Every fault; print; judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mails", type=int, default=100, help="mails to each reader (100)")
    options.add_argument("--fault", help="this one alone")
    chosen = options.parse_args()
    wanted = [fault for fault in faults(chosen.mails) if chosen.fault in (None, fault.name)]
    with tempfile.TemporaryDirectory(prefix="wirewatch-faults-") as name:
        Path(name).chmod(0o755)  # the embedded server runs as another user when we are root
        rows = measure(Path(name), wanted, mails=chosen.mails)
    bad = [row.fault for row, fault in zip(rows, wanted, strict=True) if not row.kept(fault)]
    print(json.dumps({"benchmark": "mail_faults", "mails": chosen.mails, "rows": [*map(asdict, rows)], "bad": bad}))
    return 1 if bad or not rows else 0


def measure(folder: Path, wanted: Sequence[Fault], *, mails: int) -> list[Row]:
    """Each fault on a warehouse of its own."""
    print(f"{'fault':<30} {'mails':>5} {'sent':>5} {'quar.':>5} {'lost':>4} {'silent':>6} {'dupl.':>5} {'same id':>7}")
    rows = []
    contexts = certificates(folder)
    for readers in sorted({fault.readers for fault in wanted}):
        with ground(folder / f"readers-{readers}", articles=mails, readers=READERS[:readers]) as here:
            for fault in (fault for fault in wanted if fault.readers == readers):
                rows.append(row := _measure(here, fault, contexts))
                print(
                    f"{row.fault:<30} {row.mails:>5} {row.sent:>5} {row.quarantined:>5} {row.lost:>4} {row.silent:>6}"
                    f" {row.duplicates:>5} {row.same_id:>7}   {'' if row.kept(fault) else 'BAD'}",
                    flush=True,
                )
    order = [fault.name for fault in wanted]
    return sorted(rows, key=lambda row: order.index(row.fault))


def certificates(folder: Path) -> dict[str, ssl.SSLContext]:
    """Contexts of the server ("good", "expired") and of a client that trusts both authorities ("client")."""
    paths = {name: self_signed(folder / f"{name}.pem", days=days, host="localhost") for name, days in _CERTIFICATES}
    client = ssl.create_default_context()
    for path in paths.values():
        client.load_verify_locations(path)
    return {name: serving(path) for name, path in paths.items()} | {"client": client}


_CERTIFICATES = (("good", 2), ("expired", -1))


def _measure(here: Ground, fault: Fault, contexts: Mapping[str, ssl.SSLContext]) -> Row:
    settings = here.copied("measured")
    clock = Clock()
    desk = Desk(settings, now=clock)
    with desk.warehouse() as connection:
        run = run_of(connection)
    match(desk, run)
    started = time.perf_counter()
    with ScriptedServer(fault.steps, tls=contexts.get(fault.certificate)) as server:
        deliveries, silent = _deliver_all(desk, clock, server, fault, contexts)
        return _judged(fault, server, settings, deliveries, silent, time.perf_counter() - started)


def _deliver_all(
    desk: Desk, clock: Clock, server: ScriptedServer, fault: Fault, contexts: Mapping[str, ssl.SSLContext]
) -> tuple[int, int]:
    """Deliver until nothing waits; (deliveries, mails that were ever tried in vain without a reason shown)."""
    silent: set[object] = set()
    for number in range(1, MOST_DELIVERIES + 1):
        deliver(desk, lambda: _transport(server, fault, contexts))
        rows = outbox(desk.settings)
        silent |= {row["message_id"] for row in rows if row["attempts"] and _unsent(row) and not row["last_error"]}
        waiting = [row["next_attempt_at"] for row in rows if row["state"] == "pending"]
        if not waiting:
            break
        clock.now = max(at for at in waiting if isinstance(at, datetime)) + timedelta(seconds=1)
        if number == MENDED_AFTER and not any(step.times or step.only for step in fault.steps.values()):
            server.mend(tls=contexts["good"] if fault.certificate else None)
    return number, len(silent)


def _unsent(row: Mapping[str, object]) -> bool:
    return row["state"] != "sent"


def _transport(server: ScriptedServer, fault: Fault, contexts: Mapping[str, ssl.SSLContext]) -> SmtpTransport:
    return SmtpTransport(
        "localhost",
        server.port,
        security="starttls" if fault.certificate else "none",
        timeout=TIMEOUT,
        tls=contexts["client"],
        deadline=DEADLINE,
    )


def _judged(
    fault: Fault, server: ScriptedServer, settings: Settings, deliveries: int, silent: int, seconds: float
) -> Row:
    rows = outbox(settings)
    states = {str(row["message_id"]): row["state"] for row in rows}
    copies: defaultdict[str, list[Taken]] = defaultdict(list)
    for message in server.taken:
        copies[message.message_id].append(message)
    lost = [name for name, state in states.items() if state != "quarantined" and name not in copies]
    lost += [name for name, state in states.items() if state == "pending" and name in copies]
    strange = [name for name in copies if name not in states]
    return Row(
        fault=fault.name,
        mails=len(rows),
        sent=Counter(states.values())["sent"],
        quarantined=Counter(states.values())["quarantined"],
        lost=len(lost),
        silent=silent,
        duplicates=sum(len(found) - 1 for found in copies.values()) + len(strange),
        same_id=sum(len(found) == 2 and found[0].content == found[1].content for found in copies.values()),
        unencrypted=sum(not message.encrypted for message in server.taken) if fault.certificate else 0,
        failures=sum(server.given.values()),
        deliveries=deliveries,
        seconds=round(seconds, 1),
    )


if __name__ == "__main__":
    sys.exit(main())
