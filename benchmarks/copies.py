"""Edited copies: how many are found, how fast, and what a look-up costs at a million rows. Peers: datasketch, simhash.

    make peers
    .venv/bin/python -m benchmarks.copies

100,000 invented documents of 300 words, a tenth of them copies with 1, 3 or 10 % of their words replaced. Wirewatch
signs them, finds texts with a band in common and compares these word by word, as ``link`` does; datasketch's MinHashLSH
is fed by ``update_batch``, which is what we are measured by, and by its generator of many signatures; simhash is given
copies and their originals only, because it takes long. Rates are documents a second of processor time, from text to
pairs, one process. Then a million signatures lie in the embedded PostgreSQL, and ``link``'s own look-up of one text and
SELECT 1 take turns on one connection. Prints a table and, last, one JSON line. Exit 1 when a promise is not kept, 2
when the peers are missing.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.documents import Documents, invented_documents
from wirewatch.dedup.copies import Text, overlap
from wirewatch.dedup.signatures import METHOD, signatures
from wirewatch.settings import ROOT
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import Connection, connected, sql
from wirewatch.warehouse.migrate import migrate

RECALL = {"0.01": 1.0, "0.03": 0.98, "0.1": 0.70}  # share of words replaced → least recall
PRECISION = 0.99
TIMES_DATASKETCH = 4.0
TIMES_SELECT_1 = 12.0
SIZES = "select pg_relation_size('text_signature_bands') as index, pg_relation_size('text_signature') as main"
COPIED_AT_ONCE = 10_000
PEERS = ("datasketch", "datasketch-bulk", "simhash")

Pair = tuple[int, int]
Row = dict[str, Any]


def main() -> int:
    """Measure, print, and judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=100_000, help="texts to find copies among (100,000)")
    options.add_argument(
        "--rows", type=int, default=1_000_000, help="signatures in the warehouse; 0: no look-ups (1,000,000)"
    )
    options.add_argument("--lookups", type=int, default=2000, help="look-ups (2,000)")
    options.add_argument("--peers", type=Path, default=ROOT / ".venv-peers/bin/python", help="Python of the peers")
    chosen = options.parse_args()
    if not chosen.peers.exists():
        print(f"The peers are not installed ({chosen.peers}): make peers puts them there.")
        return 2
    documents = invented_documents(chosen.documents)
    figures = {"wirewatch": wirewatch(documents)}
    with tempfile.TemporaryDirectory(prefix="wirewatch-copies-") as name:
        Path(name).chmod(0o755)  # the embedded server runs as another user when we are root
        for peer in PEERS:
            figures[peer] = run_peer(peer, documents, python=chosen.peers, folder=Path(name))
            print(f"{peer}: done", file=sys.stderr)
        lookup = look_up(Path(name), rows=chosen.rows, lookups=chosen.lookups) if chosen.rows else None
    return report(figures, lookup, documents=chosen.documents, rows=chosen.rows)


def wirewatch(documents: Documents) -> Row:
    """Signatures, bands in common, and every candidate compared."""
    list(found_copies(documents.texts[:50]))
    start = time.process_time()
    pairs = set(found_copies(documents.texts))
    return figures_of(pairs, documents, seconds=time.process_time() - start, texts=len(documents.texts))


def found_copies(texts: Sequence[str]) -> Iterator[Pair]:
    """Copies among the texts, each pair once, the earlier first."""
    first: dict[int, int] = {}  # band → the first text that has it
    further: dict[int, list[int]] = {}  # band → others that have it
    for place, bands in enumerate(signatures(texts)):
        others = {first.setdefault(band, place) for band in bands}
        others.discard(place)
        if others:
            others.update(other for band in bands for other in further.get(band, ()))
            for band in bands:
                if first[band] != place:
                    further.setdefault(band, []).append(place)
            mine = Text(texts[place])
            yield from ((other, place) for other in sorted(others) if overlap(Text(texts[other]), mine).is_copy)


def run_peer(peer: str, documents: Documents, *, python: Path, folder: Path) -> Row:
    """A peer in its own environment."""
    few = peer == "simhash"
    places = sorted({place for pairs in documents.copies.values() for pair in pairs for place in pair})
    places = places if few else list(range(len(documents.texts)))
    listing = folder / "texts"
    listing.write_text("\n".join(documents.texts[place] for place in places), encoding="utf-8")
    script = str(Path(__file__).with_name("copies_peer.py"))
    done = subprocess.run([str(python), script, peer, str(listing)], check=True, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    pairs = {(min(places[one], places[two]), max(places[one], places[two])) for one, two in answer["pairs"]}
    return figures_of(pairs, documents, seconds=answer["cpu_seconds"], texts=len(places))


def figures_of(pairs: set[Pair], documents: Documents, *, seconds: float, texts: int) -> Row:
    """Rate, recall by the share of words replaced, and precision."""
    true = {pair for known in documents.copies.values() for pair in known}
    return {
        "documents_per_cpu_second": round(texts / seconds, 1),
        "recall": {
            f"{rate:g}": round(len(pairs & set(known)) / len(known), 4) for rate, known in documents.copies.items()
        },
        "precision": round(len(pairs & true) / len(pairs), 5) if pairs else None,
    }


def look_up(folder: Path, *, rows: int, lookups: int) -> Row:
    """The look-up of the bands of one text among many, and SELECT 1, in milliseconds."""
    embedded.start(folder / "postgres")
    try:
        url = embedded.ensure_database(folder / "postgres", "wirewatch")
        with connected(url) as connection:
            migrate(connection)
            fill(connection, rows)
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("vacuum analyze text_signature")
                cursor.execute(SIZES)
                sizes = dict(cursor.fetchall()[0])
                return take_turns(cursor, rows=rows, lookups=lookups) | {
                    "index_bytes_a_row": round(sizes["index"] / rows),
                    "table_bytes_a_row": round(sizes["main"] / rows),
                }
    finally:
        embedded.stop(folder / "postgres")


def fill(connection: Connection, rows: int) -> None:
    """Signatures as link stores them: one in a hundred shares bands with another, as copies do."""
    with connection, connection.cursor() as cursor:
        cursor.execute("select pg_get_indexdef('text_signature_bands'::regclass) as definition")
        definition = dict(cursor.fetchall()[0])["definition"]
        cursor.execute("drop index text_signature_bands")
        lines = signature_lines(rows)
        while batch := "".join(islice(lines, COPIED_AT_ONCE)):
            cursor.copy_expert("copy text_signature from stdin", io.StringIO(batch))
        cursor.execute("set local maintenance_work_mem = '512MB'")
        cursor.execute(definition)


def signature_lines(rows: int) -> Iterator[str]:
    """Lines of COPY."""
    chance = random.Random(3)
    last = [0] * 20
    for number in range(rows):
        bands = [chance.getrandbits(63) for _ in range(20)]
        if number % 100 == 1:
            bands[:8] = last[:8]
        last = bands
        yield f"{number:064x}\t{METHOD}\t{{{','.join(map(str, bands))}}}\n"


def take_turns(cursor: Any, *, rows: int, lookups: int) -> Row:
    """Median and 95th percentile of both, each look-up of another text."""
    chance = random.Random(4)
    statement = sql("shared_bands")
    times: dict[str, list[float]] = {"lookup": [], "select_1": []}
    for number in range(lookups + 50):
        text = f"{chance.randrange(rows):064x}"
        for name, query, values in (("lookup", statement, {"text_hashes": [text]}), ("select_1", "select 1", None)):
            start = time.perf_counter()
            cursor.execute(query, values)
            cursor.fetchall()
            if number >= 50:  # the first warm the caches
                times[name].append((time.perf_counter() - start) * 1000)
    marks = {name: statistics.quantiles(values, n=20) for name, values in times.items()}
    found = {name: {"p50": round(mark[9], 3), "p95": round(mark[18], 3)} for name, mark in marks.items()}
    return found | {"times": round(marks["lookup"][18] / marks["select_1"][18], 2)}


def report(figures: dict[str, Row], lookup: Row | None, *, documents: int, rows: int) -> int:
    """Print; 1 when a promise is not kept."""
    ours, rival = figures["wirewatch"], figures["datasketch"]
    print(f"{documents} documents, processor time of one process, texts to pairs\n")
    print(f"{'':20}{'docs/s':>10}{'recall 1 %':>12}{'3 %':>8}{'10 %':>8}{'precision':>11}{'times':>8}")
    for name, row in figures.items():
        times = ours["documents_per_cpu_second"] / row["documents_per_cpu_second"]
        recall = "".join(
            f"{value:>{width}.3f}" for value, width in zip(row["recall"].values(), (12, 8, 8), strict=True)
        )
        precision = f"{row['precision']:.4f}" if row["precision"] is not None else "-"
        print(f"{name:20}{row['documents_per_cpu_second']:>10.0f}{recall}{precision:>11}{times:>8.1f}")
    times = round(ours["documents_per_cpu_second"] / rival["documents_per_cpu_second"], 2)
    kept = ours["precision"] >= PRECISION and times >= TIMES_DATASKETCH
    kept = kept and all(ours["recall"][rate] >= least for rate, least in RECALL.items())
    if lookup:
        one, many = lookup["select_1"], lookup["lookup"]
        print(f"\n{rows} rows: look-up {many['p50']} ms, p95 {many['p95']}; SELECT 1 {one['p50']} ms, p95 {one['p95']}")
        print(f"look-up at p95: {lookup['times']} times SELECT 1; index {lookup['index_bytes_a_row']} bytes a row")
        kept = kept and lookup["times"] <= TIMES_SELECT_1
    print(
        json.dumps(
            {
                "benchmark": "copies",
                "documents": documents,
                "rows": rows,
                "readers": figures,
                "lookup": lookup,
                "times": times,
                "kept": kept,
            }
        )
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
