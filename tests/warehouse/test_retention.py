"""What is dropped in time and what never is, in a real PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from wirewatch.dedup.lineage import WINDOW
from wirewatch.dedup.signatures import METHOD, signatures
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.maintain import AGAIN, LEAST_TEXTS, horizons, maintain
from wirewatch.pipeline.signed_again import COMPARED, sign_again
from wirewatch.warehouse import retention, stories
from wirewatch.warehouse.connection import Connection, connected, sql
from wirewatch.warehouse.retention import Batch

DAY = timedelta(days=1)
OLD = NOW - 500 * DAY
DAYS = 400

NOTHING = {"fetches": 0, "rechecks": 0, "signatures": 0, "evidence": 0, "signals": 0}


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[Connection]:
    with connected(warehouse_url) as connection:
        put(connection, "insert into source values ('news', 'News', 'PL', 'press', 'https://news.example/', '{pl}')")
        put(connection, "insert into run (run_key, day) values ('test', %(day)s) returning run_id", day=NOW.date())
        yield connection


def put(warehouse: Connection, statement: str, **values: Any) -> Any:
    """Run a statement in a transaction of its own; the first column of its first row, None when it returns none."""
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute(statement, values)
        return next(iter(dict(cursor.fetchall()[0]).values())) if cursor.description else None


def kept(warehouse: Connection, statement: str) -> list[Any]:
    """The first column of what a statement finds."""
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute(statement)
        return [next(iter(dict(row).values())) for row in cursor.fetchall()]


def fetch(warehouse: Connection, name: str, *, at: datetime = OLD, **columns: Any) -> int:
    """A fetch of an article, its name as its address; read, and unchanged unless columns say otherwise."""
    found = {"purpose": "article", "outcome": "unchanged", "read_at": at, "presence": None, **columns}
    statement = (
        'insert into "fetch" (run_id, source, purpose, url, fetched_at, elapsed_ms, outcome, read_at, presence)'
        " select run_id, 'news', %(purpose)s, %(name)s, %(at)s, 1, %(outcome)s, %(read_at)s, %(presence)s from run"
        " returning fetch_id"
    )
    return int(put(warehouse, statement, name=name, at=at, **found))


def article(
    warehouse: Connection, text: str, *, at: datetime = OLD, published: datetime | None = None, due: bool = False
) -> int:
    """An article with one version of that body, which is its text hash too, and with its signature; its id."""
    address = put(
        warehouse,
        "insert into address (source, purpose, url_key, url, first_run_id)"
        " select 'news', 'article', %(url)s, %(url)s, run_id from run returning address_id",
        url=f"{text}-{at}",
    )
    fetch_id = fetch(warehouse, f"version {text}", at=at, outcome="new")
    found = put(
        warehouse,
        "with x as (insert into article (source, canonical_url, url, address_id, title, published_at,"
        "                                published_precision, content_hash, first_seen_at, first_run_id)"
        "   select 'news', %(url)s, %(url)s, %(address)s, 'T', %(published)s, 'minute', 'h', %(at)s, run_id from run"
        "   returning article_id)"
        " insert into article_version (article_id, version, title, body, content_hash, text_hash, fetch_id, seen_at,"
        "                              link_due)"
        " select article_id, 1, 'T', %(text)s, 'h', %(text)s, %(fetch)s, %(at)s, %(due)s from x returning article_id",
        url=f"{text}-{at}",
        address=address,
        published=published,
        at=at,
        text=text,
        fetch=fetch_id,
        due=due,
    )
    with warehouse:
        stories.store_signatures(warehouse, METHOD, {text: signatures([text])[0]})
    return int(found)


def dropped(warehouse: Connection, *, before: datetime = NOW, after: int = 0, limit: int = 100) -> Batch:
    with warehouse:
        return retention.prune_fetches(warehouse, before=before, after=after, limit=limit)


def test_the_log_goes_and_the_evidence_stays(warehouse: Connection) -> None:
    """Every row by which something leads to its bytes is kept, both ends of a withdrawal too, and what is unread."""
    article_id = article(warehouse, "text")
    for name, columns in (
        ("unchanged", {}),
        ("there", {"outcome": "new", "presence": "there"}),
        ("blocked", {"outcome": "blocked", "presence": "silent"}),
        ("a front page", {"outcome": "new", "purpose": "entry", "read_at": None}),
    ):
        fetch(warehouse, name, **columns)
    fetch(warehouse, "young", at=NOW)
    fetch(warehouse, "unread", outcome="new", read_at=None)
    fetch(warehouse, "gone, of a withdrawal that is over", outcome="gone", presence="gone")
    values = {"article": article_id, "at": OLD}
    put(
        warehouse,
        "insert into article_change (article_id, version, kind, seen_at, fetch_id, change_key)"
        " values (%(article)s, 1, 'restored', %(at)s, %(fetch)s, 'k')",
        fetch=fetch(warehouse, "change"),
        **values,
    )
    put(
        warehouse,
        "insert into article_absence (article_id, absence, first_seen_at, first_fetch, first_run, confirmed_fetch)"
        " select %(article)s, 'gone', %(at)s, %(first)s, run_id, %(second)s from run",
        first=fetch(warehouse, "suspicion"),
        second=fetch(warehouse, "confirmation"),
        **values,
    )
    bad = fetch(warehouse, "quarantined")
    put(warehouse, "insert into quarantine (source, url, fetch_id, reason) values ('news', 'u', %(bad)s, 'r')", bad=bad)
    remembered = fetch(warehouse, "remembered")
    put(warehouse, "update address set archived_fetch = %(fetch)s", fetch=remembered)
    put(warehouse, "update \"fetch\" set address_id = (select address_id from address) where url = 'remembered'")
    assert dropped(warehouse).dropped == 4
    assert sorted(kept(warehouse, 'select url from "fetch"')) == sorted(
        [
            "version text",
            "young",
            "unread",
            "gone, of a withdrawal that is over",
            "change",
            "suspicion",
            "confirmation",
            "quarantined",
            "remembered",
        ]
    )


def test_whatever_refers_to_a_fetch_is_asked_before_it_is_dropped(warehouse: Connection) -> None:
    """A table that gets a reference to fetches, and is not in the query that drops them, fails here."""
    found = kept(
        warehouse,
        "select conrelid::regclass || '.' || a.attname from pg_constraint c"
        "  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
        " where c.confrelid = 'fetch'::regclass and c.contype = 'f' order by 1",
    )
    asked = re.findall(
        r"from (\w+) (\w) where (?:\w\.address_id = f\.address_id and )?\2\.(\w+) =", sql("prune_fetches")
    )
    assert [f"{table}.{column}" for table, _, column in asked if table != "address"] != []
    assert sorted(found) == sorted(f"{table}.{column}" for table, _, column in asked if table != "address")


def test_a_walk_goes_on_where_it_was(warehouse: Connection) -> None:
    """Batch by batch, each mark in the transaction that dropped; up to the first row that is too young."""
    ids = [fetch(warehouse, str(number)) for number in range(5)] + [fetch(warehouse, "young", at=NOW)]
    fetch(warehouse, "behind the young one")
    assert dropped(warehouse, limit=2) == Batch(2, ids[1])
    assert dropped(warehouse, after=ids[1], limit=3) == Batch(3, ids[4])
    assert dropped(warehouse, after=ids[4], limit=3) == Batch(0, None)
    with warehouse:
        assert retention.place(warehouse, "fetches", now=NOW, again=AGAIN) == 0
        retention.mark(warehouse, "fetches", ids[4])
        assert retention.place(warehouse, "fetches", now=NOW + AGAIN, again=AGAIN) == ids[4]
        assert retention.place(warehouse, "fetches", now=NOW + AGAIN + DAY, again=AGAIN) == 0


def test_housekeeping_drops_each_kind_once_and_says_how_many(
    warehouse: Connection, make_desk: Callable[..., Desk]
) -> None:
    """What is old goes, a source's last figures and all texts stay; a second time there is nothing left to do."""
    old = article(warehouse, "an old text")
    for number in range(3):
        fetch(warehouse, f"old {number}")
    young = article(warehouse, "a young text", at=NOW - DAY)
    for article_id, at in ((old, OLD), (young, NOW - DAY)):
        put(
            warehouse,
            "insert into recheck (article_id, stage, source, due_at, done_at) values"
            " (%(id)s, '1h', 'news', %(at)s, %(at)s), (%(id)s, '7d', 'news', %(at)s, null)",
            id=article_id,
            at=at,
        )
        put(
            warehouse,
            "insert into story_evidence (article_id, version, method, day, text_hash, keys, evidence)"
            " values (%(id)s, 1, 1, %(at)s, 't', '{}', '{}')",
            id=article_id,
            at=at,
        )
    for number, at in enumerate((OLD - DAY, OLD)):
        put(
            warehouse,
            "with r as (insert into run (run_key, day) values (%(key)s, %(at)s) returning run_id)"
            " insert into source_signal (run_id, source, judged_at, state, since, figures)"
            " select run_id, 'news', %(at)s, 'ok', %(at)s, '{}' from r",
            key=f"signal {number}",
            at=at,
        )
    desk = make_desk(retention_days=DAYS)
    assert maintain(desk) == {"fetches": 3, "rechecks": 1, "signatures": 1, "evidence": 1, "signals": 1}
    assert maintain(desk) == NOTHING
    assert kept(warehouse, "select article_id from recheck where done_at is not null") == [young]
    assert kept(warehouse, "select article_id from story_evidence") == [young]
    assert kept(warehouse, "select judged_at from source_signal") == [OLD]
    assert kept(warehouse, "select text_hash from text_signature") == ["a young text"]
    assert sorted(kept(warehouse, "select body from article_version")) == ["a young text", "an old text"]


@pytest.mark.parametrize("days", [0, 1, 30, 63, 400, 10**9])
def test_no_setting_drops_what_is_still_compared(days: int) -> None:
    """What comes in on time meets the signatures of all that it may be a copy of."""
    found = horizons(NOW, days)
    assert found.texts <= NOW - 2 * COMPARED
    assert COMPARED > WINDOW
    assert NOW - found.texts == max(LEAST_TEXTS, min(days, 36_500) * DAY)


def test_a_signature_stays_while_a_young_article_has_its_text(
    warehouse: Connection, make_desk: Callable[..., Desk]
) -> None:
    """By when it was seen, or by when it was published, whichever is later."""
    for text, at, published in (
        ("both", OLD, None),
        ("announced", OLD, NOW + DAY),
        ("alone", OLD, OLD),
        ("both", NOW, None),
    ):
        article(warehouse, text, at=at, published=published)
    assert maintain(make_desk(retention_days=0))["signatures"] == 1
    assert sorted(kept(warehouse, "select text_hash from text_signature")) == ["announced", "both"]


def test_nothing_is_dropped_while_texts_wait_to_be_compared(
    warehouse: Connection, make_desk: Callable[..., Desk]
) -> None:
    """They may be as old as what would go; once they have their place, it goes."""
    article(warehouse, "old")
    late = article(warehouse, "late", at=OLD + DAY, due=True)
    desk = make_desk(retention_days=0)
    assert maintain(desk) == NOTHING
    with warehouse:
        stories.settle_links(warehouse, [(late, 1)])
    assert maintain(desk) == {**NOTHING, "signatures": 2}


def test_an_old_text_is_compared_with_those_of_its_time(warehouse: Connection, make_desk: Callable[..., Desk]) -> None:
    """Signatures that were dropped are there again when a backfill brings in an edited copy; others are left alone."""
    words = [f"слово{number}" for number in range(200)]
    original, copy, later = " ".join(words), " ".join([*words[:150], *words[:3]]), " ".join(words[:180])
    article(warehouse, original, published=OLD)
    article(warehouse, later, published=OLD + 100 * DAY, at=OLD + 100 * DAY)
    assert maintain(make_desk(retention_days=0))["signatures"] == 2
    article(warehouse, copy, at=NOW, published=OLD + 20 * DAY, due=True)
    assert sign_again(warehouse, now=NOW) == 1
    assert sign_again(warehouse, now=NOW) == 0
    with warehouse:
        found = stories.copy_candidates(warehouse, [copy], window=COMPARED, limit=10)
    assert found == [(copy, original)]


def test_what_comes_in_on_time_has_nothing_signed_again(warehouse: Connection) -> None:
    """A text of these days, and one without a date of its own, cost one look."""
    article(warehouse, "old")
    put(warehouse, "delete from text_signature")
    article(warehouse, "today", at=NOW, published=NOW - COMPARED, due=True)
    article(warehouse, "undated", at=NOW, due=True)
    assert sign_again(warehouse, now=NOW) == 0
