"""What copies and stories cost an article as the archive grows: ``link`` on a day's articles, at several sizes.

    .venv/bin/python -m benchmarks.linking [--evidence]

The embedded PostgreSQL is filled with an invented archive (articles, versions, signatures, stories); at each size the
same number of new articles is loaded, a tenth of them edited copies, and linked. Wall-clock time, without the search
column. With --evidence articles are also compared by what they say: vectors are random ones, as alike as those of
unrelated news, so that the look-up is measured; what the encoder takes is printed beside it. Prints a table and, last,
one JSON line. Exit 1 when an article costs more than twice as much in the largest archive as in the smallest.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from benchmarks.documents import invented_documents
from wirewatch.dedup.encoder import encoder
from wirewatch.dedup.identity import content_hash, text_hash
from wirewatch.dedup.signatures import METHOD
from wirewatch.model import Article, Precision, Published
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.story_evidence import StoredEvidence, copies_alone, evidence_row
from wirewatch.settings import Settings
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import Connection, connected
from wirewatch.warehouse.evidence import store_evidence
from wirewatch.warehouse.load import Loadable, load_articles
from wirewatch.warehouse.migrate import migrate

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
NOT_MORE_THAN = 2.0
SOURCES = 40

# Constraints are off while it is filled (session_replication_role): what is written is consistent by construction.
FILL = (
    "insert into story (story_id, story_key, origin_id, articles, sources, independent_sources) overriding system value"
    " select n, 'k' || n, n, 1, 1, 1 from generate_series(%(first)s, %(last)s) n",
    "insert into article (article_id, source, canonical_url, url, address_id, title, language, published_at,"
    " published_precision, content_hash, first_seen_at, first_run_id, story_id, matched_at, search_due)"
    " overriding system value"
    " select n, 's' || n %% 40, 'https://s/' || n, 'https://s/' || n, n, 'T', 'ru', %(now)s - n * interval '1 minute',"
    " 'minute', 'h', %(now)s - n * interval '1 minute', 1, n, now(), false"
    " from generate_series(%(first)s, %(last)s) n",
    "insert into article_version (article_id, version, title, body, content_hash, text_hash, fetch_id, seen_at,"
    " link_due)"
    " select n, 1, 'T', repeat(md5(n::text) || ' ', 30), 'h', 't' || n, n, %(now)s - n * interval '1 minute', false"
    " from generate_series(%(first)s, %(last)s) n",
    "insert into text_signature (text_hash, method, bands)"
    " select 't' || n, %(method)s, array(select (random() * 9e18)::bigint from generate_series(1, 20) where n > 0)"
    " from generate_series(%(first)s, %(last)s) n",
)


def main() -> int:
    """Measure at each size; print; judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="articles in the archive"
    )
    options.add_argument("--articles", type=int, default=1000, help="new articles of a day (1,000)")
    options.add_argument("--evidence", action="store_true", help="compare by what articles say, too")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-linking-") as name:
        Path(name).chmod(0o755)  # the embedded server runs as another user when we are root
        embedded.start(Path(name) / "postgres")
        try:
            url = embedded.ensure_database(Path(name) / "postgres", "wirewatch")
            desk = Desk(replace(Settings.from_environment({}), home=Path(name), database_url=url), now=lambda: NOW)
            rows = measure(desk, sorted(chosen.sizes), articles=chosen.articles, evidence=chosen.evidence)
        finally:
            embedded.stop(Path(name) / "postgres")
    times = round(rows[-1]["ms_an_article"] / rows[0]["ms_an_article"], 2)
    kept = times <= NOT_MORE_THAN
    done = {"benchmark": "linking", "articles": chosen.articles, "sizes": rows, "times": times, "kept": kept}
    print(json.dumps(done | ({"encoder_ms": encoder_cost()} if chosen.evidence else {})))
    return 0 if kept else 1


def measure(desk: Desk, sizes: list[int], *, articles: int, evidence: bool = False) -> list[dict[str, Any]]:
    """Milliseconds an article at each size of the archive."""
    rows: list[dict[str, Any]] = []
    with connected(desk.database_url) as connection:
        migrate(connection)
        begin(connection)
        filled = 0
        for number, size in enumerate(sizes):
            fill(connection, filled + 1, size)
            if evidence:
                fill_evidence(connection, filled + 1, size)
            filled = size
            add(connection, articles, number=number)
            start = time.perf_counter()
            done = link(desk, evidence=StoredEvidence(encode=random_vector) if evidence else copies_alone)
            seconds = time.perf_counter() - start
            rows.append({"archive": size, "ms_an_article": round(seconds * 1000 / articles, 3), **done})
            print(f"{size:>10} articles in the archive: {rows[-1]['ms_an_article']} ms a new article, {done}")
    return rows


def begin(connection: Connection) -> None:
    """Sources and a run."""
    with connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for table in ("article", "story"):  # ids of what is new stay clear of the archive's
            cursor.execute(f"alter table {table} alter column {table}_id restart with 1000000000")
        cursor.execute("insert into run (run_key, day) values ('r', %s)", (NOW.date(),))
        for number in range(SOURCES):
            home = f"https://s{number}.example/"
            cursor.execute("insert into source values (%s, 'S', 'PL', 'press', %s, '{ru}')", (f"s{number}", home))


def fill(connection: Connection, first: int, last: int) -> None:
    """Articles of the archive, from one number to another."""
    for start in range(first, last + 1, 100_000):
        values = {"first": start, "last": min(last, start + 99_999), "now": NOW, "method": METHOD}
        for statement in FILL:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    connection.autocommit = False


def fill_evidence(connection: Connection, first: int, last: int) -> None:
    """What the archive's articles would have been found to say, of which a thousand different things are said."""
    texts = invented_documents(1112, seed=3).texts[:1000]
    made = [
        evidence_row(
            {
                "article_id": 0,
                "version": 1,
                "title": text[:80],
                "body": text,
                "text_hash": "",
                "day": 0,
                "language": "ru",
            },
            encode=random_vector,
        )
        for text in texts
    ]
    for begin in range(first, last + 1, 1000):
        rows = [
            replace(
                made[n % 1000],
                article_id=n,
                text_hash=f"t{n}",
                day=((NOW - timedelta(minutes=n)).date() - date(1970, 1, 1)).days,
            )
            for n in range(begin, min(last, begin + 999) + 1)
        ]
        with connection:
            store_evidence(connection, rows)


def random_vector(text: str) -> list[float]:
    """A vector for a text: two of unrelated news have a cosine of about .8, as the encoder's have."""
    chance = random.Random(text)
    return [1 + chance.gauss(0, 0.5) for _ in range(384)]


def encoder_cost() -> float | None:
    """Milliseconds that the encoder takes for an article; None: there is none."""
    encode = encoder()
    if encode is None:
        return None
    texts = invented_documents(22, seed=4).texts[:20]
    start = time.perf_counter()
    for text in texts:
        encode(text[:500])
        encode(text[:80])
    return round((time.perf_counter() - start) * 1000 / len(texts), 1)


def add(connection: Connection, count: int, *, number: int) -> None:
    """A day's new articles: invented texts, and edited copies of them in another source."""
    made = invented_documents(count, seed=100 + number)
    copies = {copy: original for pairs in made.copies.values() for original, copy in pairs}
    by_source: dict[str, list[Loadable]] = {}
    for place, text in enumerate(made.texts):
        source = f"s{(copies.get(place, place) + (place in copies)) % SOURCES}"
        url = f"https://{source}.example/{number}-{place}"
        published = Published(NOW - timedelta(minutes=place % 600), Precision.MINUTE, "x")
        article = Article(source, url, text[:60], text, language="ru", published=published)
        hashes = content_hash(text[:60], text), text_hash(text, otherwise=url)
        loadable = Loadable(url, place, place, 1, article, (), *hashes, NOW, matched=False)
        by_source.setdefault(source, []).append(loadable)
    for source, loadables in by_source.items():
        with connection:
            load_articles(connection, source, loadables)
    with connection, connection.cursor() as cursor:
        cursor.execute("update article set search_due = false where search_due")


if __name__ == "__main__":
    sys.exit(main())
