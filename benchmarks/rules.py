"""What it costs to try rules on a run's articles: all rules at once, against one SQL query a rule.

    .venv/bin/python -m benchmarks.rules [--rules 1000] [--articles 10000]

Articles and rules are invented: words by Zipf's law, mentions of invented concepts, rules of the kinds that analysts
write (concepts, words, phrases, stems, NEAR, title, source, country, negation). Each rule is written twice, in the rule
language and as a query over PostgreSQL's full text (embedded server, GIN indexes on words, a B-tree on concepts); both
must find the same articles. Reading the rules, and filling and indexing the tables, are told apart from the search.
Prints a table and, last, one JSON line. Exit 1 when the two do not agree.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from psycopg2.extras import execute_values

from benchmarks.documents import invented_documents
from benchmarks.rules_invented import CONCEPTS, COUNTRIES, SOURCES, InventedRule, invented_rules
from wirewatch.alert.language.document import document
from wirewatch.alert.language.reading import Reader
from wirewatch.alert.language.rule import RuleSet, compile_rule
from wirewatch.dedup.sentence_places import sentence_bounds
from wirewatch.model import Mention, Precision, StoredArticle
from wirewatch.tag.fold import fold
from wirewatch.tag.inflection import forms_of
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import Connection, connected, records

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
WORDS = 300  # of an article
TITLE_WORDS = 8
MENTIONS = 3  # of an article, on the average

TABLES = """
create table news (article_id integer primary key, source text, country text, title tsvector, body tsvector);
create table mentioned (article_id integer, concept text, primary key (concept, article_id));
"""
FILL = "insert into news values %s"
ROW = "(%s, %s, %s, to_tsvector('simple', %s), to_tsvector('simple', %s))"
INDEX = """
create index on news using gin (title);
create index on news using gin (body);
create index on news (source);
create index on mentioned (article_id);
"""

Found = list[set[int]]
"""Ids of the articles that each rule finds."""


def main() -> int:
    """Measure both; print; judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rules", type=int, default=1000, help="how many rules (1,000)")
    options.add_argument("--articles", type=int, default=10_000, help="on how many articles (10,000)")
    chosen = options.parse_args()
    articles = invented_articles(chosen.articles)
    rules = invented_rules(chosen.rules, articles)
    ours, found = at_once(rules, articles)
    theirs, found_by_queries = by_queries(rules, articles)
    agree = found == found_by_queries
    ratio = round(theirs["search_s"] / ours["search_s"], 1)
    for name, figures in (("all rules at once", ours), ("a query a rule", theirs)):
        print(f"{name:<18} {figures['ready_s']:8.2f} s to be ready {figures['search_s']:8.2f} s to search")
    print(f"{sum(map(len, found)):,} matches; one query a rule takes {ratio} times as long; the same found: {agree}")
    sizes = {"rules": chosen.rules, "articles": chosen.articles, "matches": sum(map(len, found))}
    print(
        json.dumps({"benchmark": "rules", **sizes, "at_once": ours, "queries": theirs, "ratio": ratio, "agree": agree})
    )
    return 0 if agree else 1


def invented_articles(count: int) -> list[StoredArticle]:
    """Articles of invented words in which invented concepts are mentioned."""
    chance = random.Random(6)
    texts = invented_documents(count, words=WORDS, seed=6).texts
    return [_article(number, text, chance) for number, text in enumerate(texts)]


def _article(number: int, text: str, chance: random.Random) -> StoredArticle:
    words = text.split(" ")
    title, body = " ".join(words[:TITLE_WORDS]), " ".join(words[TITLE_WORDS:])
    source = chance.choice(SOURCES)
    return StoredArticle(
        article_id=number,
        version=1,
        source=source,
        source_name=source,
        country=COUNTRIES[SOURCES.index(source) % len(COUNTRIES)],
        url=f"https://{source}.example/{number}",
        title=title,
        body=body,
        language="ru",
        published_at=NOW,
        published_precision=Precision.MINUTE,
        first_seen_at=NOW,
        story_id=number,
        mentions=tuple(_mention(body, chance) for _ in range(chance.randint(0, 2 * MENTIONS))),
    )


def _mention(body: str, chance: random.Random) -> Mention:
    start = body.index(" ", chance.randrange(len(body) // 2)) + 1
    end = body.index(" ", start)
    return Mention(chance.choice(CONCEPTS), "body", start, end, body[start:end])


def at_once(rules: Sequence[InventedRule], articles: Sequence[StoredArticle]) -> tuple[dict[str, float], Found]:
    """All rules in one pass over the articles."""
    reader = Reader(fold=fold, forms=forms_of, sentences=sentence_bounds)
    start = time.perf_counter()
    ready = RuleSet({str(number): compile_rule(rule.text, reader=reader) for number, rule in enumerate(rules)})
    begun = time.perf_counter()
    found: Found = [set() for _ in rules]
    for article in articles:
        for name in ready.matches(document(article, reader)):
            found[int(name)].add(article.article_id)
    return _figures(start, begun), found


def by_queries(rules: Sequence[InventedRule], articles: Sequence[StoredArticle]) -> tuple[dict[str, float], Found]:
    """Each rule by a query of its own."""
    with tempfile.TemporaryDirectory(prefix="wirewatch-rules-") as name:
        Path(name).chmod(0o755)  # the embedded server runs as another user when we are root
        embedded.start(Path(name) / "postgres")
        try:
            with connected(embedded.ensure_database(Path(name) / "postgres", "rules")) as connection:
                start = time.perf_counter()
                fill(connection, articles)
                begun = time.perf_counter()
                found = [search(connection, rule) for rule in rules]
                return _figures(start, begun), found
        finally:
            embedded.stop(Path(name) / "postgres")


def fill(connection: Connection, articles: Sequence[StoredArticle]) -> None:
    """The tables, indexed and analysed."""
    filled = [(it.article_id, it.source, it.country, it.title, it.body) for it in articles]
    mentioned = {(it.article_id, mention.concept) for it in articles for mention in it.mentions}
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        execute_values(cursor, FILL, filled, template=ROW, page_size=1000)
        execute_values(cursor, "insert into mentioned values %s", sorted(mentioned), page_size=1000)
        cursor.execute(INDEX)
        cursor.execute("vacuum analyze")


def search(connection: Connection, rule: InventedRule) -> set[int]:
    """Ids of the articles that a rule's query finds."""
    with connection.cursor() as cursor:
        cursor.execute(rule.query, rule.values)
        return {row["article_id"] for row in records(cursor)}


def _figures(start: float, begun: float) -> dict[str, Any]:
    return {"ready_s": round(begun - start, 3), "search_s": round(time.perf_counter() - begun, 3)}


if __name__ == "__main__":
    sys.exit(main())
