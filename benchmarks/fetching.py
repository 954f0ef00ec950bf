"""How fast and how politely: 64 hosts that take 200 ms to answer, each asked no closer than its delay.

    .venv/bin/python -m benchmarks.fetching --hosts 64 --pages 40 --delay 0.5

Ours is the whole way to a recorded page: robots.txt, feed, pages, archive, rows, with the one budget of all workers in
PostgreSQL; once with one worker process, once with two that both ask every host. The peers only download: a thread a
host with ``requests`` and a sleep, and Scrapy (where `make peers` was run). Everything is measured in the server's log:
requests a second against the ideal, hosts / max(delay, latency), and the smallest gap between two requests that one
host saw. Exit 1 when ours is below 90 % of the ideal, a page is missing, or any gap is shorter than the delay.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.slow_site import addresses
from wirewatch.pipeline.daily import fetch_all
from wirewatch.pipeline.desk import Desk, desk
from wirewatch.pipeline.plan import find_run, open_run
from wirewatch.settings import ROOT, Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.migrate import migrate

NEEDED = 0.9
PEERS = ROOT / ".venv-peers" / "bin" / "python"
SOURCE = """slug: {slug}
name: {slug}
country: INT
kind: press
home: {base}/
languages: [en]
timezone: UTC
entries:
  - feed: {base}/feed-{number}.xml
crawl:
  delay: {delay}
  pages: 10000
status:
  state: works
  seen: 2026-11-24
  how: made by a benchmark
"""


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    hosts: int
    pages: int  # a host
    delay: float  # seconds
    latency: float  # seconds
    moved: int = 0  # every so manieth page is a redirect to another address of its host; 0: none
    recorded: tuple[Path, ...] = ()  # index files of recorded pages to serve in place of invented ones

    @property
    def ideal(self) -> float:
        """Requests a second that politeness allows one client a host."""
        return self.hosts / max(self.delay, self.latency)


@dataclass(frozen=True)
class Figures:
    """What the server saw."""

    requests: int
    pages: int
    rate: float  # requests a second
    smallest_gap: float  # seconds, of any host


def main() -> int:
    """Run every contender; print a table and a line of JSON."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=64, help="hosts, an address each (64)")
    options.add_argument("--pages", type=int, default=40, help="pages a host (40)")
    options.add_argument("--delay", type=float, default=0.5, help="seconds between two requests to a host (0.5)")
    options.add_argument("--latency", type=float, default=0.2, help="seconds until a request is answered (0.2)")
    options.add_argument("--no-peers", action="store_true", help="ours only")
    options.add_argument("--worker", nargs="+", metavar="RUN_ID SLUG", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.worker:
        return work(int(chosen.worker[0]), chosen.worker[1:])
    plan = Plan(chosen.hosts, chosen.pages, chosen.delay, chosen.latency)
    results: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="wirewatch-fetching-") as place:
        folder = Path(place)
        folder.chmod(0o755)  # the embedded server runs as another user when we are root
        embedded.start(folder / "postgres")
        try:
            for workers in (1, 2):
                name = f"wirewatch, {workers} worker{'s'[: workers - 1]}"
                results[name] = ours(folder / f"workers-{workers}", plan, postgres=folder / "postgres", workers=workers)
        finally:
            embedded.stop(folder / "postgres")
        if not chosen.no_peers:
            results |= peers(folder, plan)
    return report(plan, results)


def report(plan: Plan, results: dict[str, Figures]) -> int:
    """Print the table; exit code."""
    print(f"{plan}; ideal {plan.ideal:.1f} requests/s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':<24}{'requests':>9}{'pages':>7}{'req/s':>9}{'of ideal':>10}{'smallest gap':>14}")
    for name, seen in results.items():
        share = seen.rate / plan.ideal
        print(f"{name:<24}{seen.requests:>9}{seen.pages:>7}{seen.rate:>9.1f}{share:>10.1%}{seen.smallest_gap:>12.4f} s")
    print(json.dumps({name: vars(seen) for name, seen in results.items()}))
    own = [seen for name, seen in results.items() if name.startswith("wirewatch")]
    good = all(
        seen.rate >= NEEDED * plan.ideal and seen.smallest_gap >= plan.delay and seen.pages == plan.hosts * plan.pages
        for seen in own
    )
    return 0 if good else 1


# Ours


def ours(home: Path, plan: Plan, *, postgres: Path, workers: int) -> Figures:
    """All hosts by worker processes that share a warehouse; each worker has a share of every host's pages.

    ``home`` is made; ``postgres`` is the data folder of a running server, which gets a database of that name.
    """
    with served(home, plan, feeds=workers) as (port, log):
        work_desk = make_desk(home, plan, postgres=postgres, port=port, workers=workers)
        run, slugs = open_run(work_desk, "benchmark", datetime.now(timezone.utc).date())
        environment = {**os.environ, **work_desk.settings.to_environment()}
        command = [sys.executable, "-m", "benchmarks.fetching", "--worker", str(run.run_id)]
        shares = [[slug for slug in slugs if slug.endswith(f"-{number + 1}")] for number in range(workers)]
        started = [subprocess.Popen([*command, *share], env=environment, cwd=ROOT) for share in shares]
        if sum(process.wait() for process in started):
            raise SystemExit("a worker failed")
    with connected(work_desk.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("select count(*) as kept from \"fetch\" where purpose = 'article' and outcome = 'new'")
        kept = int(dict(cursor.fetchall()[0])["kept"])
    return replace(read_log(log, plan), pages=kept)


def work(run_id: int, slugs: Sequence[str]) -> int:
    """One worker process: fetch these sources side by side."""
    mine = desk()
    run = find_run(mine, run_id)
    for slug, asked in fetch_all(mine, run, slugs):
        if isinstance(asked, Exception):
            raise RuntimeError(slug) from asked
    return 0


def make_desk(home: Path, plan: Plan, *, postgres: Path, port: int, workers: int) -> Desk:
    """A migrated warehouse of its own and the source files."""
    url = embedded.ensure_database(postgres, home.name.replace("-", "_"))
    with connected(url) as connection:
        migrate(connection)
    sources = home / "sources"
    sources.mkdir()
    for count, host in enumerate(addresses(plan.hosts)):
        for number in range(1, workers + 1):
            slug, base = f"host{count:03}-{number}", f"http://{host}:{port}"
            text = SOURCE.format(slug=slug, base=base, number=number, delay=plan.delay)
            (sources / f"{slug}.yml").write_text(text, encoding="utf-8")
    (home / "rules").mkdir()
    settings = replace(
        Settings.from_environment({}),
        home=home,
        database_url=url,
        archive=str(home / "archive"),
        sources=sources,
        rules=home / "rules",
        allow_hosts=("127.78.0.0/16",),
    )
    return Desk(settings)


# The server and its log


@contextmanager
def served(home: Path, plan: Plan, *, feeds: int) -> Iterator[tuple[int, Path]]:
    """The slow sites: (port, file of the log); the log is complete at the end."""
    home.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.78.0.1", 0))
        port = int(probe.getsockname()[1])
    log, ready = home / "log.jsonl", home / "ready"
    command = [sys.executable, "-m", "benchmarks.slow_site", "--hosts", str(plan.hosts), "--pages", str(plan.pages)]
    command += ["--feeds", str(feeds), "--latency", str(plan.latency), "--port", str(port)]
    command += ["--moved", str(plan.moved), "--recorded", *map(str, plan.recorded)]
    server = subprocess.Popen([*command, "--log", str(log), "--ready", str(ready)], cwd=ROOT)
    try:
        while not ready.exists():
            time.sleep(0.05)
        yield port, log
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def read_log(log: Path, plan: Plan) -> Figures:
    """The server's log → figures. The last request's own period counts, so that n requests take n periods."""
    seen: dict[str, list[float]] = defaultdict(list)
    pages = 0
    for line in log.read_text().splitlines():
        entry = json.loads(line)
        seen[entry["host"]].append(entry["at"])
        pages += entry["path"].startswith("/page-")
    times = sorted(moment for moments in seen.values() for moment in moments)
    gaps = [
        later - first
        for moments in seen.values()
        for first, later in zip(sorted(moments), sorted(moments)[1:], strict=False)
    ]
    seconds = times[-1] - times[0] + max(plan.delay, plan.latency)
    return Figures(len(times), pages, len(times) / seconds, min(gaps))


# Peers

REQUESTS = """
import sys, time, requests
from concurrent.futures import ThreadPoolExecutor
port, pages, delay, *hosts = sys.argv[1:]
def one(host):
    with requests.Session() as session:
        for number in range(int(pages)):
            started = time.monotonic()
            session.get(f"http://{host}:{port}/page-{number + 1}").content
            time.sleep(max(0, float(delay) - (time.monotonic() - started)))
with ThreadPoolExecutor(len(hosts)) as pool:
    list(pool.map(one, hosts))
"""
SCRAPY = """
import sys
from scrapy import Spider, Request
from scrapy.crawler import CrawlerProcess
port, pages, delay, *hosts = sys.argv[1:]
class Pages(Spider):
    name = "pages"
    async def start(self):
        for number in range(int(pages)):
            for host in hosts:
                yield Request(f"http://{host}:{port}/page-{number + 1}")
    def parse(self, response):
        return None
process = CrawlerProcess({
    "DOWNLOAD_DELAY": float(delay), "RANDOMIZE_DOWNLOAD_DELAY": False, "CONCURRENT_REQUESTS": 4 * len(hosts),
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "ROBOTSTXT_OBEY": False, "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Pages)
process.start()
"""


def peers(folder: Path, plan: Plan) -> dict[str, Figures]:
    """The same pages and delay by others; each process only downloads."""
    contenders = {"requests, a thread a host": (sys.executable, REQUESTS)}
    if PEERS.exists():
        contenders["scrapy"] = (str(PEERS), SCRAPY)
    else:
        print("Scrapy is left out: `make peers` installs it.")
    results = {}
    for name, (python, program) in contenders.items():
        with served(folder / name.partition(",")[0], plan, feeds=1) as (port, log):
            arguments = [str(port), str(plan.pages), str(plan.delay), *addresses(plan.hosts)]
            subprocess.run([python, "-c", program, *arguments], check=True)
        results[name] = read_log(log, plan)
    return results


if __name__ == "__main__":
    sys.exit(main())
