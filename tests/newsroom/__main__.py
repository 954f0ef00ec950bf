"""``python -m tests.newsroom``: the newsroom as a process of its own, for the demo and for trying things by hand."""

from __future__ import annotations

import argparse
import json
import signal
from datetime import date, datetime, timezone
from pathlib import Path
from threading import Event

from tests.newsroom.server import Newsroom


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; the files are written when the sites answer already."""
    options = _parser().parse_args(arguments)
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    today = datetime.now(timezone.utc).date()
    with Newsroom(
        date=options.date or today, day=options.day, port=options.port, addresses=options.addresses
    ) as newsroom:
        if options.sources:
            newsroom.write_sources(options.sources)
        if options.port_file:
            _write_whole(options.port_file, json.dumps(newsroom.bases))
        for slug, base in newsroom.bases.items():
            print(f"{slug:14} {base}/", flush=True)
        ended.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on all addresses; 0: a free one")
    parser.add_argument("--day", type=int, choices=(1, 2), default=1, help="day to start with; POST /-/day/2 turns it")
    parser.add_argument("--date", type=date.fromisoformat, help="day two's date; default: today (UTC)")
    parser.add_argument("--port-file", type=Path, help="JSON file to write: publisher → address")
    parser.add_argument("--sources", type=Path, help="folder to write the source files to")
    parser.add_argument(
        "--no-addresses", dest="addresses", action="store_false", help="all on 127.0.0.1, each with its own port"
    )
    return parser


def _write_whole(path: Path, text: str) -> None:
    """Write beside and rename, so that who waits for the file never reads half of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
