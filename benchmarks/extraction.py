"""Pages a second with all fields (title, authors, date, language, kind, body), one process, and each reader's body F1.

Needs the evaluation kit beside the checkout (../shared): its news pages with their bodies are read by Wirewatch, by
trafilatura with metadata, by newspaper4k and by a small reader written on beautifulsoup4 alone. The readers take turns,
each pass in a fresh process that is warmed up first; the medians of the rounds are printed. Prints a table and, last,
one JSON line. Exit 1 when Wirewatch is less than 1.5 times as fast as trafilatura or its F1 is lower, 2 when
something it needs is missing.

    .venv/bin/python -m benchmarks.extraction
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wirewatch.settings import ROOT

KIT = ROOT.parent / "shared"
SETS = ("scrapinghub", "fundus")
OURS, RIVAL = "wirewatch", "trafilatura"
PEERS = (RIVAL, "newspaper4k", "beautifulsoup4")
TIMES_FASTER = 1.5

Row = dict[str, Any]


def main() -> int:
    """Measure, print, and judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", type=Path, default=ROOT / ".venv-peers/bin/python", help="Python of the peers")
    options.add_argument("--rounds", type=int, default=3, help="passes of each reader (3)")
    options.add_argument("--pages", type=int, help="only so many pages, for a quick look")
    chosen = options.parse_args()
    if not chosen.peers.exists():
        print(f"The peers are not installed ({chosen.peers}): make peers puts them there.")
        return 2
    if not (KIT / "data/extraction/index.jsonl").exists():
        print("The evaluation kit is not beside this checkout: nothing can be measured.")
        return 2
    rows = load_rows()[: chosen.pages]
    with tempfile.TemporaryDirectory(prefix="wirewatch-extraction-") as name:
        passes = take_turns(write_pages(rows, Path(name)), peers=chosen.peers, rounds=chosen.rounds)
    figures = {reader: summary(results, rows) for reader, results in passes.items()}
    return report(figures, pages=len(rows), rounds=chosen.rounds)


def load_rows() -> list[Row]:
    """The kit's pages that have a body to compare with."""
    with (KIT / "data/extraction/index.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["set"] in SETS and row.get("body")]


def write_pages(rows: list[Row], folder: Path) -> Path:
    """Unpacks the pages; the list of them, one JSON line each."""
    listing = folder / "pages.jsonl"
    with listing.open("w", encoding="utf-8") as lines:
        for number, row in enumerate(rows):
            path = folder / f"{number:05d}.html"
            path.write_bytes(gzip.decompress((KIT / "data/extraction" / row["html"]).read_bytes()))
            lines.write(json.dumps({"id": row["id"], "url": row["url"], "path": str(path)}) + "\n")
    return listing


def take_turns(listing: Path, *, peers: Path, rounds: int) -> dict[str, list[Row]]:
    """Reader → what each of its passes printed."""
    passes: dict[str, list[Row]] = {reader: [] for reader in (OURS, *PEERS)}
    for _ in range(rounds):
        for reader, results in passes.items():
            python = sys.executable if reader == OURS else str(peers)
            command = [python, str(Path(__file__).with_name("extraction_reader.py")), reader, str(listing)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            results.append(json.loads(done.stdout.splitlines()[-1]))
            print(f"{reader}: {results[-1]['seconds']:.1f} s", file=sys.stderr)
    return passes


def summary(results: list[Row], rows: list[Row]) -> Row:
    """Medians of a reader's passes, and its mean body F1."""
    f1 = token_f1()
    bodies = results[0]["bodies"]
    return {
        "pages_per_second": round(len(rows) / statistics.median(each["seconds"] for each in results), 1),
        "pages_per_cpu_second": round(len(rows) / statistics.median(each["cpu_seconds"] for each in results), 1),
        "body_f1": round(statistics.fmean(f1(row["body"], bodies[row["id"]]) for row in rows), 4),
        "failed": results[0]["failed"],
    }


def token_f1() -> Callable[[str, str], float]:
    """The kit's own measure."""
    sys.path.insert(0, str(KIT / "eval"))
    from measures import token_f1 as measure  # type: ignore[import-not-found]

    sys.path.pop(0)
    found: Callable[[str, str], float] = measure
    return found


def report(figures: dict[str, Row], *, pages: int, rounds: int) -> int:
    """Print; 1 when a promise is not kept."""
    rival, ours = figures[RIVAL], figures[OURS]
    print(f"{pages} pages, medians of {rounds} rounds, all fields, one process\n")
    print(f"{'reader':16}{'pages/s':>10}{'per CPU s':>12}{'body F1':>10}{'failed':>8}{'times trafilatura':>20}")
    for reader, row in figures.items():
        times = row["pages_per_cpu_second"] / rival["pages_per_cpu_second"]
        print(
            f"{reader:16}{row['pages_per_second']:>10}{row['pages_per_cpu_second']:>12}{row['body_f1']:>10}"
            f"{row['failed']:>8}{times:>20.2f}"
        )
    times = round(ours["pages_per_cpu_second"] / rival["pages_per_cpu_second"], 2)
    kept = times >= TIMES_FASTER and ours["body_f1"] >= rival["body_f1"]
    print(json.dumps({"benchmark": "extraction", "pages": pages, "readers": figures, "times": times, "kept": kept}))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
