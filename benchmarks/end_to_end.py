"""Articles a second from HTTP to a committed row, one process, against news-please and newspaper4k.

    make peers
    .venv/bin/python -m benchmarks.end_to_end

The pages are the recorded ones of the evaluation kit (../shared), served on loopback at once by a few hosts; all
contenders ask the same server for the same pages and commit to the same embedded PostgreSQL, one after the other.
Ours is the whole way of ``wirewatch run``: robots.txt, feeds, pages, archive, reading with all fields, kinds, concepts,
versions. A page that is read as no article is a named outcome and no row, so it counts for nothing. A peer downloads by
its own means, extracts, and commits one INSERT a page. Imports are left out, and each contender reads one page before
the clock starts, so that nobody's models are loaded on the clock. Exit 1 when ours is below ten times news-please.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.fetching import PEERS, SOURCE, Plan, served
from benchmarks.slow_site import addresses
from wirewatch.model import Page
from wirewatch.parse.read import read_page
from wirewatch.pipeline.daily import fetch_and_read
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.plan import open_run
from wirewatch.settings import ROOT, Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.migrate import migrate

NEEDED = 10.0
KIT = ROOT.parent / "shared"
INDEXES = ("extraction/index.jsonl", "dates/index.jsonl")
WARM_UP = b"<html><head><title>Ferry</title></head><body><article><p>The ferry sails at noon, and the harbour is open."


def main() -> int:
    """Run every contender; print a table and a line of JSON."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=12, help="hosts that the pages are dealt out to (12)")
    options.add_argument("--peer-pages", type=int, default=0, help="pages for the peers, spread over all (0: all)")
    options.add_argument("--runs", type=int, default=3, help="runs of ours; the median counts (3)")
    options.add_argument("--no-peers", action="store_true", help="ours only")
    options.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.ours:
        print(json.dumps(ours(chosen.ours)))
        return 0
    if not (KIT / "data" / INDEXES[0]).exists():
        print("The evaluation kit (../shared) is not beside this checkout: there are no pages to measure with.")
        return 2
    plan = Plan(chosen.hosts, pages=0, delay=0, latency=0, recorded=tuple(KIT / "data" / name for name in INDEXES))
    with tempfile.TemporaryDirectory(prefix="wirewatch-end-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the embedded server runs as another user when we are root
        embedded.start(folder / "postgres")
        try:
            with served(folder / "site", plan, feeds=1) as (port, _):
                return measure(folder, port, chosen)
        finally:
            embedded.stop(folder / "postgres")


def measure(folder: Path, port: int, chosen: argparse.Namespace) -> int:
    """All contenders; exit code."""
    bases = [f"http://{host}:{port}" for host in addresses(chosen.hosts)]
    urls = [link for base in bases for link in links(base)]
    results = {"wirewatch": median([run_ours(folder, bases, number) for number in range(chosen.runs)])}
    if not chosen.no_peers and PEERS.exists():
        sample = urls[:: max(1, len(urls) // chosen.peer_pages)] if chosen.peer_pages else urls
        for name in ("newspaper4k", "news-please"):
            results[name] = run_peer(folder, name, sample)
    elif not chosen.no_peers:
        print("The peers are left out: `make peers` installs them.")
    print(f"{len(urls)} pages of {len(bases)} hosts; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':<14}{'pages':>7}{'rows':>7}{'seconds':>9}{'rows/s':>9}{'CPU s':>8}{'ours is':>10}")
    rates = {name: seen["rows"] / seen["seconds"] for name, seen in results.items()}
    for name, seen in results.items():
        times = "" if name == "wirewatch" else f"{rates['wirewatch'] / rates[name]:>8.1f} ×"
        figures = f"{seen['pages']:>7}{seen['rows']:>7}{seen['seconds']:>9.1f}{rates[name]:>9.1f}{seen['cpu']:>8.1f}"
        print(f"{name:<14}{figures}{times}")
    print(json.dumps(results))
    return 0 if "news-please" not in rates or rates["wirewatch"] >= NEEDED * rates["news-please"] else 1


def links(base: str) -> list[str]:
    """The pages that a host's feed names."""
    with urllib.request.urlopen(f"{base}/feed-1.xml", timeout=60) as answer:
        return re.findall(r"<link>([^<]+)</link>", answer.read().decode())


def median(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    """The run in the middle."""
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


# Ours


def run_ours(folder: Path, bases: Sequence[str], number: int) -> dict[str, float]:
    """One run in a process, a warehouse and an archive of its own."""
    home = folder / f"ours-{number}"
    (home / "sources").mkdir(parents=True)
    (home / "rules").mkdir()
    for count, base in enumerate(bases):
        text = SOURCE.format(slug=f"host{count:03}", number=1, base=base, delay=0)
        (home / "sources" / f"host{count:03}.yml").write_text(text, encoding="utf-8")
    url = embedded.ensure_database(folder / "postgres", f"ours_{number}")
    with connected(url) as connection:
        migrate(connection)
    settings = replace(
        Settings.from_environment({}),
        home=home,
        database_url=url,
        archive=str(home / "archive"),
        sources=home / "sources",
        rules=home / "rules",
        allow_hosts=("127.78.0.0/16",),
    )
    (home / "settings.json").write_text(json.dumps(settings.to_environment()))
    command = [sys.executable, "-m", "benchmarks.end_to_end", "--ours", str(home / "settings.json")]
    return parsed(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT))


def ours(file: Path) -> dict[str, float]:
    """In a process of its own: the sources fetched, read and loaded."""
    desk = Desk(Settings.from_environment(json.loads(file.read_text())))
    run, slugs = open_run(desk, "benchmark", datetime.now(timezone.utc).date())
    page = Page("http://127.88.0.1/", "http://127.88.0.1/", 200, (), WARM_UP, datetime.now(timezone.utc))
    read_page(page, source=desk.source(slugs[0]))
    started, cpu = time.monotonic(), time.process_time()
    fetch_and_read(desk, run, slugs)
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    with desk.warehouse() as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from \"fetch\" where purpose = 'article') as pages,"
            " (select count(*) from article_version) as rows"
        )
        return {**dict(cursor.fetchall()[0]), "seconds": seconds, "cpu": cpu}


# Peers

PEER = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import logging
logging.disable(logging.CRITICAL)
import psycopg2
name, dsn, file, warm_up = sys.argv[1:]
if name == "news-please":
    from newsplease import NewsPlease
    def from_html(html, url):
        return NewsPlease.from_html(html, url, fetch_images=False)
    def from_url(url):
        return NewsPlease.from_url(url, fetch_images=False)
    def fields(found):
        return found.title, found.maintext, found.authors, found.date_publish
else:
    from newspaper import Article
    def from_html(html, url):
        article = Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article
    def from_url(url):
        article = Article(url, fetch_images=False)
        article.download()
        article.parse()
        return article
    def fields(found):
        return found.title, found.text, found.authors, found.publish_date
from_html(warm_up, "http://127.88.0.1/")
connection = psycopg2.connect(dsn)
cursor = connection.cursor()
cursor.execute("create table article (url text primary key, title text, body text, authors text[], published text)")
connection.commit()
urls = json.load(open(file))
started, cpu, rows = time.monotonic(), time.process_time(), 0
for url in urls:
    try:
        title, body, authors, published = fields(from_url(url))
    except Exception:
        continue
    if not body:
        continue
    values = (url, title, body.replace("\\0", ""), authors, str(published))
    cursor.execute("insert into article values (%s, %s, %s, %s, %s)", values)
    connection.commit()
    rows += 1
seconds, cpu = time.monotonic() - started, time.process_time() - cpu
print(json.dumps({"pages": len(urls), "rows": rows, "seconds": seconds, "cpu": cpu}))
"""


def run_peer(folder: Path, name: str, urls: Sequence[str]) -> dict[str, float]:
    """A peer on these pages, in a process and a database of its own."""
    file = folder / "urls.json"
    file.write_text(json.dumps(urls))
    url = embedded.ensure_database(folder / "postgres", name.replace("-", "_"))
    command = [str(PEERS), "-c", PEER, name, url, str(file), WARM_UP.decode()]
    return parsed(subprocess.run(command, check=True, stdout=subprocess.PIPE))


def parsed(done: subprocess.CompletedProcess[bytes]) -> dict[str, float]:
    """The JSON object of a contender's last line."""
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    sys.exit(main())
