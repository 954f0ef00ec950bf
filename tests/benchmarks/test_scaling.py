"""The benchmark of growing archives, small."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.scaling import NOW, keep_house, measure
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse.connection import connected, records


def test_an_archive_of_copied_days_is_whole(make_desk: Callable[..., Desk]) -> None:
    """Each day has its own ids, texts and times, and what hangs together in one day does so in each."""
    desk = make_desk(now=NOW)
    found = measure(desk, [60, 180], articles=20, batches=1)
    with connected(desk.database_url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "select count(*) as articles, count(distinct text_hash) > 150 as own_texts,"
            "       count(*) filter (where a.first_seen_at::date <> f.fetched_at::date) as out_of_step,"
            "       min(a.article_id) > 0 as positive_ids"
            '  from article a join article_version v using (article_id, version) join "fetch" f using (fetch_id)'
            "  join address d on d.address_id = a.address_id and d.archived_fetch = f.fetch_id"
            "  join story y using (story_id) join article o on o.article_id = y.origin_id"
            "  join text_signature using (text_hash) join recheck r on r.article_id = a.article_id and r.stage = '7d'"
            " where a.article_id < 9e15"
        )
        whole = records(cursor)
    assert whole == [{"articles": 180, "own_texts": True, "out_of_step": 0, "positive_ids": True}]
    assert [row["archive"] for row in found] == [60, 180]
    assert set(found[0]["ms_an_article"]) == {"load", "copies", "stories", "search"}
    assert all(count > 0 for name, count in found[1]["bytes_an_article"].items() if name in ("article", "fetch"))


def test_housekeeping_finds_the_old_days(make_desk: Callable[..., Desk]) -> None:
    """Of 70 copied days those beyond the least retention lose their bulk, once."""
    desk = make_desk(now=NOW)
    measure(desk, [5, 350], articles=5, batches=1)
    first, second = keep_house(desk, days=0)
    assert first["dropped"]["fetches"] == 4 * 5 * (70 - 30)
    assert first["dropped"]["signatures"] > 0
    assert set(second["dropped"].values()) == {0}
