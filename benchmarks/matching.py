"""MB of news a second through the matcher with all its rules, at 200, 2,000 and 20,000 names, and through its peers.

Needs the evaluation kit beside the checkout (../shared): its news texts are matched, title and body of each. Wirewatch,
a loop over keywords and one ``re`` alternation run in this process; flashtext and pyahocorasick in the Python of the
peers (make peers). Peers get the same names as plain keywords, without endings, folding and conditions. MB are millions
of bytes of the texts in UTF-8, seconds are CPU seconds of one process, those of the best of several passes: what other
processes on the machine take away is nobody's doing.

Prints a table and, last, one JSON line. Exit 1 when Wirewatch is less than 30 times as fast as the keyword loop at
2,000 names, or more than 3 times slower at 20,000 names than at 200; 2 when something it needs is missing.

    .venv/bin/python -m benchmarks.matching
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.matching_names import concepts_of, keywords_of
from benchmarks.matching_peers import alternation, keyword_loop, seconds_of
from wirewatch.settings import ROOT
from wirewatch.tag.concepts import load_concepts
from wirewatch.tag.matcher import Matcher

KIT = ROOT.parent / "shared"
SIZES = (200, 2_000, 20_000)
ELSEWHERE = ("flashtext", "pyahocorasick")
TIMES_FASTER, TIMES_SLOWER = 30, 3
_LEAST, _WRAPPED = 300, 2_000  # characters of an article; of a piece of the day that comes as one text

Text = tuple[str, str]
"""Title and body."""


def main() -> int:
    """Measure, print, and judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", type=Path, default=ROOT / ".venv-peers/bin/python", help="Python of the peers")
    options.add_argument("--rounds", type=int, default=11, help="passes of each that is quick enough (11)")
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of names")
    chosen = options.parse_args()
    if not chosen.peers.exists():
        print(f"The peers are not installed ({chosen.peers}): make peers puts them there.")
        return 2
    if not (KIT / "data/texts").is_dir():
        print("The evaluation kit is not beside this checkout: nothing can be measured.")
        return 2
    texts = list(news())
    figures = {size: measured(size, texts, peers=chosen.peers, rounds=chosen.rounds) for size in chosen.sizes}
    return report(figures, texts)


def news() -> Iterator[Text]:
    """The kit's news: Russian and English agencies, and the bodies of its pages in many languages."""
    folder = KIT / "data/texts"
    csv.field_size_limit(10**9)
    found: list[Text] = []
    for path in sorted((folder / "corus_samples/ods").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += ((row.get("title") or "", row.get("text") or "") for row in csv.DictReader(lines))
    day = (folder / "ria_day_20231122/20231122.txt").read_text(encoding="utf-8")
    found += (("", day[start : start + _WRAPPED]) for start in range(0, len(day), _WRAPPED))
    with (KIT / "data/extraction/index.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found += ((row["title"] or "", row["body"] or "") for row in rows)
    return (text for text in found if len(text[1]) >= _LEAST)


def measured(size: int, texts: list[Text], *, peers: Path, rounds: int) -> dict[str, Any]:
    """CPU seconds of each matcher with so many names."""
    flat = [f"{title}\n{body}" for title, body in texts]
    own = list(load_concepts(ROOT / "include/concepts").values())
    concepts = concepts_of(size, own, flat)
    keywords = keywords_of(concepts)
    names = sum(len(names) for spec in concepts for names in spec.names.values())
    matcher = Matcher.compile(concepts)
    del own, concepts  # a process that tags has the plan alone, from its cache; so does the collector of garbage
    seconds = {"wirewatch": ours(matcher, texts, rounds)}
    for peer in (keyword_loop, alternation):
        print(f"{size} names: {peer.__name__} …", file=sys.stderr)
        count = peer(keywords)
        passes = min(rounds, 5) if size <= SIZES[1] else 1  # a pass takes ten seconds and more by then
        seconds[peer.__name__] = min(seconds_of(count, flat) for _ in range(passes))
    for name in ELSEWHERE:
        print(f"{size} names: {name} …", file=sys.stderr)
        seconds[name] = elsewhere(name, peers, keywords, flat)
    mb = sum(len(text.encode("utf-8", "surrogatepass")) for text in flat) / 1e6
    return {
        "names": names,
        "mb_per_second": {name: round(mb / spent, 2) for name, spent in seconds.items()},
        "times_keyword_loop": round(seconds["keyword_loop"] / seconds["wirewatch"], 1),
    }


def ours(matcher: Matcher, texts: list[Text], rounds: int) -> float:
    """CPU seconds of the best pass of Wirewatch, after a first one that compiles what the texts need."""
    gc.collect()
    passes: list[float] = []
    for _ in range(rounds + 1):
        started = time.process_time()
        for title, body in texts:
            matcher.find(title=title, body=body)
        passes.append(time.process_time() - started)
    return min(passes[1:])


def elsewhere(name: str, python: Path, keywords: list[str], texts: list[str]) -> float:
    """CPU seconds of the best pass of a peer in its own Python."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"keywords": keywords, "texts": texts}, file)
        file.flush()
        command = [str(python), str(Path(__file__).with_name("matching_peers.py")), name, file.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    spent: float = json.loads(done.stdout.splitlines()[-1])["seconds"]
    return spent


def report(figures: dict[int, dict[str, Any]], texts: list[Text]) -> int:
    """Print; 1 when a promise is not kept."""
    sizes = sorted(figures)
    print(f"{len(texts)} texts; MB (UTF-8) a CPU second, one process\n")
    print(f"{'names':16}" + "".join(f"{size:>10,}" for size in sizes))
    for name in figures[sizes[0]]["mb_per_second"]:
        print(f"{name:16}" + "".join(f"{figures[size]['mb_per_second'][name]:>10}" for size in sizes))
    print(f"{'times the loop':16}" + "".join(f"{figures[size]['times_keyword_loop']:>10}" for size in sizes))
    speeds = [figures[size]["mb_per_second"]["wirewatch"] for size in (sizes[0], sizes[-1])]
    slower = round(speeds[0] / speeds[1], 2)
    middle = figures.get(2_000)
    kept = slower <= TIMES_SLOWER and (middle is None or middle["times_keyword_loop"] >= TIMES_FASTER)
    print(json.dumps({"benchmark": "matching", "sizes": figures, "times_slower": slower, "kept": kept}))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
