"""What an article costs as the archive grows: loading, copies, stories; and how many bytes it takes in each table.

    .venv/bin/python -m benchmarks.scaling
    .venv/bin/python -m benchmarks.scaling --sizes 10000 100000 1000000

A day of invented articles goes through the real ``load_articles`` and ``link`` into the embedded PostgreSQL; then all
rows of that day are copied to earlier days, with other ids, hashes and bands, until the archive has its size. At each
size some batches of a further day are loaded and linked and the median batch is shown; rows that any of it read by
walking a whole table of the archive are counted. Sentence vectors come from a stand-in, as wide and as alike as the
encoder's: the model takes a tenth of a second an article at any size and would hide the rest. Last, housekeeping drops
what is old, twice. Prints tables and one JSON line. Exit 1 when an article costs more than twice as much in the largest
archive as in the smallest, or when something walked a whole table.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from benchmarks.archive_days import WALKED, add_days, bytes_by_table, keep_day, open_archive, walked
from benchmarks.invented_news import News, invented_news, stand_in_encoder
from wirewatch.dedup.identity import content_hash, text_hash
from wirewatch.model import Article, Precision, Published
from wirewatch.pipeline import link as linking
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.maintain import maintain
from wirewatch.pipeline.story_evidence import StoredEvidence
from wirewatch.settings import Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import connected
from wirewatch.warehouse.load import Loadable, load_articles
from wirewatch.warehouse.migrate import migrate

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
NOT_MORE_THAN = 2.0
SOURCES = 40
A_DAY = 1000
ASKED = 5
"""Times an article's page is asked: when new, on later days, when it is checked again."""

STEPS = {
    "copies": ("_renew_signatures", "_sign", "_compare"),
    "stories": ("_look_again", "place"),
    "search": ("_index",),
}
"""What ``link`` does, by the names of its steps."""

TEN_MILLION = 10_000_000


@dataclass(frozen=True)
class Place:
    """The benchmark's warehouse."""

    desk: Desk
    rows: dict[str, int]  # next free ids of addresses and fetches

    @property
    def url(self) -> str:
        return self.desk.database_url


def main() -> int:
    """Measure at each size; print; judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="articles in the archive")
    options.add_argument("--articles", type=int, default=200, help="articles of a batch (200)")
    options.add_argument("--batches", type=int, default=5, help="batches at each size (5)")
    options.add_argument("--retention-days", type=int, default=64, help="for the housekeeping at the end (64)")
    options.add_argument("--folder", type=Path, help="where the server's data goes; kept afterwards")
    chosen = options.parse_args()
    with _folder(chosen.folder) as folder:
        embedded.start(folder / "postgres")
        try:
            url = embedded.ensure_database(folder / "postgres", "wirewatch")
            desk = Desk(replace(Settings.from_environment({}), home=folder, database_url=url), now=lambda: NOW)
            sizes = measure(desk, sorted(chosen.sizes), articles=chosen.articles, batches=chosen.batches)
            kept_house = keep_house(desk, days=chosen.retention_days)
        finally:
            embedded.stop(folder / "postgres")
    return report(sizes, kept_house)


def keep_house(desk: Desk, *, days: int) -> list[dict[str, Any]]:
    """What housekeeping drops of the largest archive and how long it takes; then the same again, as on the next day."""
    thrifty = replace(desk, settings=replace(desk.settings, retention_days=days))
    found = []
    for _ in range(2):
        start = time.perf_counter()
        dropped = maintain(thrifty)
        found.append({"days": days, "seconds": round(time.perf_counter() - start, 1), "dropped": dropped})
    return found


@contextmanager
def _folder(stated: Path | None) -> Iterator[Path]:
    """The embedded server runs as another user when we are root: the folder must be passable."""
    if stated:
        stated.mkdir(parents=True, exist_ok=True)
        stated.chmod(0o755)
        yield stated
        return
    with tempfile.TemporaryDirectory(prefix="wirewatch-scaling-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def measure(desk: Desk, sizes: list[int], *, articles: int, batches: int) -> list[dict[str, Any]]:
    """Figures at each size of the archive."""
    with connected(desk.database_url) as connection:
        migrate(connection)
        open_archive(connection, day=NOW.date(), sources=SOURCES)
    place = Place(desk, {"next": 10**12})
    a_day = min(A_DAY, sizes[0])
    load_and_link(place, invented_news(a_day, sources=SOURCES, seed=0), at=NOW - timedelta(days=1))
    with connected(desk.database_url) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(RECHECKS)
            cursor.execute(CHANGES)
        keep_day(connection)
    found, days = [], 1
    for size in sizes:
        start = time.perf_counter()
        with connected(desk.database_url) as connection:
            add_days(connection, first=days, last=round(size / a_day))
        days = round(size / a_day)
        filled = time.perf_counter() - start
        with connected(desk.database_url) as connection:
            sizes_of = bytes_by_table(connection)
            before = walked(connection)
        runs = [
            load_and_link(place, invented_news(articles, sources=SOURCES, seed=size + number), at=NOW)
            for number in range(batches)
        ]
        with connected(desk.database_url) as connection:
            after = walked(connection)
        spent = {name: statistics.median(run[name] for run in runs) * 1000 / articles for name in runs[0]}
        walks = {table: after[table] - before[table] for table in WALKED if after[table] > before[table]}
        found.append(
            {
                "archive": size,
                "ms_an_article": {name: round(value, 3) for name, value in spent.items()},
                "walked": walks,
                "bytes_an_article": {table: round(count / size, 1) for table, count in sizes_of.items()},
            }
        )
        print(f"{size}: filled in {filled:.0f} s, {found[-1]['ms_an_article']}, {walks}", file=sys.stderr)
    return found


def load_and_link(place: Place, news: list[News], *, at: datetime) -> dict[str, float]:
    """Seconds of each step for a batch of one day; addresses and fetches are written before the clock runs."""
    by_source = _loadables(place, news, at=at)
    start = time.perf_counter()
    with connected(place.url) as connection:
        for source, loadables in by_source.items():
            with connection:
                load_articles(connection, source, loadables)
    spent: dict[str, float] = defaultdict(float, load=time.perf_counter() - start)
    with _steps_timed(spent):
        linking.link(place.desk, evidence=StoredEvidence(stand_in_encoder()))
    with connected(place.url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("update article set matched_at = now() where matched_at is null")
    return {name: spent[name] for name in ("load", *STEPS)}


@contextmanager
def _steps_timed(spent: dict[str, float]) -> Iterator[None]:
    whole = vars(linking)
    kept = {name: whole[name] for names in STEPS.values() for name in names}
    for step, names in STEPS.items():
        for name in names:
            whole[name] = _timed(kept[name], spent, step)
    try:
        yield
    finally:
        whole.update(kept)


def _timed(function: Callable[..., Any], spent: dict[str, float], step: str) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[step] += time.perf_counter() - start

    return timed


def _loadables(place: Place, news: list[News], *, at: datetime) -> dict[str, list[Loadable]]:
    first = place.rows["next"]
    place.rows["next"] += len(news)
    with connected(place.url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("select max(run_id) as run_id from run")
        run_id = dict(cursor.fetchall()[0])["run_id"]
        values = {"first": first, "last": first + len(news) - 1, "at": at, "asked": ASKED, "sources": SOURCES}
        values |= {"run_id": run_id, "order": [item.source for item in news]}
        cursor.execute(ADDRESSES, values)
        cursor.execute(FETCHES, values)
    found: dict[str, list[Loadable]] = defaultdict(list)
    for number, item in enumerate(news, first):
        source, moment = f"s{item.source}", at - timedelta(seconds=40 * (number - first))
        url = f"https://{source}.example/news/{number}"
        published = Published(moment, Precision.MINUTE, "24.11.2026 10:00")
        article = Article(source, url, item.title, item.body, language="ru", published=published)
        hashes = content_hash(item.title, item.body), text_hash(item.body, otherwise=url)
        found[source].append(
            Loadable(url, number, number * ASKED, run_id, article, item.mentions, *hashes, moment, matched=False)
        )
    return found


# Ids are stated, because an article's fetch must be known before it is loaded; sequences are never asked for these.
ADDRESSES = """
insert into address (address_id, source, purpose, url_key, url, title, first_run_id, first_seen_at, last_outcome,
                     last_day, last_fetched_at, etag, last_modified, sha256, archived_fetch)
overriding system value
select n, 's' || s, 'article', 'https://s' || s || '.example/news/' || n, 'https://s' || s || '.example/news/' || n,
       'Заголовок новости, как он стоит в списке, ' || n, %(run_id)s, %(at)s, 'unchanged', %(at)s::date, %(at)s,
       md5(n::text), 'Tue, 24 Nov 2026 10:00:00 GMT', md5(n::text) || md5(n::text), n * %(asked)s
  from generate_series(%(first)s, %(last)s) n, lateral (select (%(order)s::int[])[n - %(first)s + 1] as s) o
"""
FETCHES = """
insert into "fetch" (fetch_id, run_id, source, address_id, purpose, url, final_url, fetched_at, elapsed_ms, outcome,
                     status, sha256, archive_path, archive_offset, archive_length, read_at, read_as)
overriding system value
select n * %(asked)s + k, %(run_id)s, 's' || s, n, 'article', 'https://s' || s || '.example/news/' || n,
       'https://s' || s || '.example/news/' || n, %(at)s, 140, case k when 0 then 'new' else 'unchanged' end,
       case k when 0 then 200 else 304 end, md5(n::text) || md5(n::text), '2026/11/24/s' || s || '-000017.warc.gz',
       n * 30000::bigint, 30000, case k when 0 then %(at)s end, case k when 0 then 'article' end
  from generate_series(%(first)s, %(last)s) n, generate_series(0, %(asked)s - 1) k,
       lateral (select (%(order)s::int[])[n - %(first)s + 1] as s) o
"""

RECHECKS = """
insert into recheck (article_id, stage, source, due_at, done_at, outcome)
select article_id, stage, source, first_seen_at, first_seen_at, 'there'
  from article, unnest('{1h,24h,7d}'::text[]) stage
"""
CHANGES = """
insert into article_change (article_id, version, kind, before, after, paragraph, passage, seen_at, fetch_id, change_key,
                            matched_at)
select article_id, version, 'edited', left(body, 60), left(body, 70), 1, left(body, 150), seen_at, fetch_id,
       content_hash, seen_at
  from article_version where article_id % 20 = 0
"""


def report(sizes: list[dict[str, Any]], kept_house: list[dict[str, Any]]) -> int:
    """Print; 1 when a promise is not kept."""
    smallest, largest = sizes[0], sizes[-1]
    steps = list(smallest["ms_an_article"])
    print(f"{'ms an article':>16}" + "".join(f"{step:>18}" for step in (*steps, "all")))
    totals = [sum(row["ms_an_article"].values()) for row in sizes]
    for row, total in zip(sizes, totals, strict=True):
        spent = row["ms_an_article"]
        cells = [(spent[step], smallest["ms_an_article"][step]) for step in steps] + [(total, totals[0])]
        print(f"{row['archive']:>16,}" + "".join(f"{value:>9.2f} (x{value / base:.2f}) " for value, base in cells))
    _print_bytes(largest)
    times = {name: round(largest["ms_an_article"][name] / smallest["ms_an_article"][name], 2) for name in steps}
    times["all"] = round(totals[-1] / totals[0], 2)
    print(f"rows read by walking a whole table at {largest['archive']:,}: {largest['walked'] or 'none'}")
    for run in kept_house:
        print(f"housekeeping, {run['days']} days kept: {run['seconds']} s, dropped {run['dropped']}")
    kept = times["all"] <= NOT_MORE_THAN and not largest["walked"]
    print(
        json.dumps({"benchmark": "scaling", "sizes": sizes, "housekeeping": kept_house, "times": times, "kept": kept})
    )
    return 0 if kept else 1


def _print_bytes(row: dict[str, Any]) -> None:
    """With indexes and out-of-line values; ten million articles take as many bytes each as the largest archive."""
    print(f"\n{'table':24}{'bytes an article':>18}{'GB at 10 million':>18}")
    found = sorted(row["bytes_an_article"].items(), key=lambda item: -item[1])
    for table, count in [*found, ("all", sum(row["bytes_an_article"].values()))]:
        print(f"{table:24}{count:>18,.0f}{count * TEN_MILLION / 1e9:>18.1f}")
    print()


if __name__ == "__main__":
    sys.exit(main())
