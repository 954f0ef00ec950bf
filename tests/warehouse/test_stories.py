"""Texts, copies and stories in a real PostgreSQL: what is found by index, and how ids resolve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.conftest import NOW
from wirewatch.warehouse import stories
from wirewatch.warehouse.connection import Connection, connected, rows, sql

DAY = timedelta(days=1)


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[Connection]:
    with connected(warehouse_url) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute("insert into source values ('news', 'News', 'PL', 'press', 'https://news.example/', '{pl}')")
            cursor.execute("insert into run (run_key, day) values ('test', %s)", (NOW.date(),))
        yield connection


def put(warehouse: Connection, text: str, *, bands: list[int], days_ago: int = 0) -> int:
    """An article with a signed text: its id."""
    seen = NOW - days_ago * DAY
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute(
            "with a as (insert into address (source, purpose, url_key, url, first_run_id)"
            "   select 'news', 'article', %(text)s, %(text)s, run_id from run returning address_id, first_run_id),"
            ' f as (insert into "fetch" (run_id, source, purpose, url, fetched_at, elapsed_ms, outcome)'
            "   select first_run_id, 'news', 'article', %(text)s, %(seen)s, 1, 'new' from a returning fetch_id),"
            " x as (insert into article (source, canonical_url, url, address_id, title, published_precision,"
            "                            content_hash, first_seen_at, first_run_id)"
            "   select 'news', %(text)s, %(text)s, address_id, 'T', 'none', 'h', %(seen)s, first_run_id from a"
            "   returning article_id)"
            " insert into article_version (article_id, version, title, body, content_hash, text_hash, fetch_id,"
            "                              seen_at)"
            " select article_id, 1, 'T', %(text)s || ' body', 'h', %(text)s, fetch_id, %(seen)s from x, f"
            " returning article_id",
            {"text": text, "seen": seen},
        )
        article_id = dict(cursor.fetchall()[0])["article_id"]
        stories.store_signatures(warehouse, 1, {text: bands})
    return int(article_id)


def candidates(warehouse: Connection, text: str, *, limit: int = 10) -> list[str]:
    with warehouse:
        found = stories.copy_candidates(warehouse, [text], window=30 * DAY, limit=limit)
    assert all(mine == text for mine, _ in found)
    return [other for _, other in found]


def test_candidates_share_a_band_within_the_window(warehouse: Connection) -> None:
    """The one with most bands in common first; what is too old, of another method or known already is left out."""
    for text, bands, days_ago in (
        ("mine", [1, 2, 3], 0),
        ("one", [3, 9, 8], 2),
        ("two", [1, 2, 7], 20),
        ("old", [1, 2, 3], 40),
        ("none", [4, 5, 6], 0),
        ("short", [], 0),
    ):
        put(warehouse, text, bands=bands, days_ago=days_ago)
    assert candidates(warehouse, "mine") == ["two", "one"]
    assert candidates(warehouse, "mine", limit=1) == ["two"]
    assert candidates(warehouse, "short") == []
    with warehouse:
        stories.store_copy_pairs(warehouse, [("mine", "two", 9, 10, 10, False, 0, 0)])
        stories.store_signatures(warehouse, 2, {"one": [3]})
    assert candidates(warehouse, "mine") == []


def test_bands_are_looked_up_by_index(warehouse: Connection) -> None:
    """In a large table as in a small one; an index whose pending list were read by each look-up would not do."""
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute(
            "insert into text_signature select 'filler' || n, 1, array(select (random() * 1e18)::bigint from"
            " generate_series(1, 20) where n > 0) from generate_series(1, 20000) n"
        )
    warehouse.autocommit = True
    with warehouse.cursor() as cursor:
        cursor.execute("analyze text_signature")
        cursor.execute("explain " + sql("shared_bands"), {"text_hashes": ["mine"]})
        plan = "\n".join(str(dict(row)) for row in cursor.fetchall())
        cursor.execute("select reloptions from pg_class where relname = 'text_signature_bands'")
        options = dict(cursor.fetchall()[0])["reloptions"]
    assert "Bitmap Index Scan on text_signature_bands" in plan
    assert options == ["fastupdate=off"]


def test_an_id_leads_to_the_end_of_all_merges(warehouse: Connection) -> None:
    """However often a story has become part of another, each of its ids leads to the one that stands."""
    article_id = put(warehouse, "t", bands=[])
    with warehouse:
        ids = [stories.store_stories(warehouse, [(key, article_id, 1, 1, 1)])[key] for key in ("a", "b", "c")]
        stories.join_stories(warehouse, [(article_id, ids[0], None, None, None)])
        stories.merge_stories(warehouse, [(ids[2], ids[1])])
        stories.merge_stories(warehouse, [(ids[1], ids[0])])
        stories.note_changes(warehouse, [("merge", ids[2], ids[1]), ("merge", ids[1], ids[0])], now=NOW)
    with warehouse:
        found = [stories.find_story(warehouse, story) for story in ids]
        standing = rows(warehouse, "find_story", {"story_id": ids[0]})
    assert [story and story["story_id"] for story in found] == [ids[0]] * 3
    assert [member["source"] for member in standing[0]["members"]] == ["news"]
    assert [change["old_id"] for change in standing[0]["changes"]] == [ids[1]]


def test_a_merged_story_that_parts_again_has_its_id_back(warehouse: Connection) -> None:
    """Its key makes no second story; the key of a standing story is not given away."""
    article_id = put(warehouse, "t", bands=[])
    with warehouse:
        made = stories.store_stories(warehouse, [("a", article_id, 1, 1, 1), ("b", article_id, 1, 1, 1)])
        stories.merge_stories(warehouse, [(made["b"], made["a"])])
        again = stories.store_stories(warehouse, [("a", article_id, 2, 2, 2), ("b", article_id, 2, 2, 2)])
        found = stories.find_story(warehouse, made["b"])
    assert again == {"b": made["b"]}
    assert found is not None
    assert (found["story_id"], found["articles"]) == (made["b"], 2)
