"""Articles, mentions, mails: rows in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.conftest import NOW, TODAY
from wirewatch.model import (
    AlertDraft,
    ArchiveRef,
    Article,
    Fetched,
    Lead,
    Mention,
    Outcome,
    Page,
    Precision,
    Published,
    Purpose,
)
from wirewatch.warehouse import addresses, alerts, fetches, load, runs, stories
from wirewatch.warehouse.addresses import KeyedLead
from wirewatch.warehouse.connection import Connection, connected
from wirewatch.warehouse.load import Loadable
from wirewatch.warehouse.runs import Run

URL = "https://news.example/a"


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[Connection]:
    with connected(warehouse_url) as connection:
        yield connection


@pytest.fixture
def run(warehouse: Connection) -> Run:
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute("insert into source values ('news', 'News', 'PL', 'press', 'https://news.example/', '{pl}')")
    with warehouse:
        return runs.open_run(warehouse, "test", TODAY, backfill=False, sources=["news"])


def fetched(url: str = URL, outcome: Outcome = Outcome.NEW) -> Fetched:
    page = Page(url, url, 200, (), b"x", NOW) if outcome is Outcome.NEW else None
    return Fetched(url, Purpose.ARTICLE, outcome, NOW, 0.1, status=200, page=page)


def stored(warehouse: Connection, run: Run, url: str = URL) -> tuple[int, int]:
    """An address and a fetch of it: their ids."""
    with warehouse:
        addresses.store_leads(warehouse, run, "news", [KeyedLead(url, Lead(url))])
        due = addresses.due_addresses(warehouse, run, "news", limit=99, recent=NOW - timedelta(days=3))
        address_id = next(item.address_id for item in due if item.url == url)
        ref = ArchiveRef("f.warc.gz", 0, 10, "ab" * 32)
        return address_id, fetches.store_fetch(warehouse, run, "news", fetched(url), address_id=address_id, ref=ref)


def loadable(address_id: int, fetch_id: int, run: Run, **changes: Any) -> Loadable:
    at = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    article = Article(
        source="news",
        url=URL,
        title="Ćwiczenia",
        body="Pierwszy akapit.\nDrugi akapit.",
        authors=("Anna Nowak",),
        language="pl",
        published=Published(at, Precision.MINUTE, "24.11.2026 9:30"),
    )
    mention = Mention("military-exercise", "title", 0, 9, "Ćwiczenia", "ćwiczeni*")
    item = Loadable(
        canonical_url=URL, address_id=address_id, fetch_id=fetch_id, run_id=run.run_id, article=article,
        mentions=(mention,), content_hash="h1", text_hash="t1", seen_at=NOW, matched=False,
    )  # fmt: skip
    return replace(item, **changes)


def rows(warehouse: Connection, statement: str) -> list[dict[str, Any]]:
    with warehouse, warehouse.cursor() as cursor:
        cursor.execute(statement)
        return [dict(row) for row in cursor.fetchall()]


def test_an_article_is_stored_whole_and_once(warehouse: Connection, run: Run) -> None:
    """Loading a batch twice stores it once: instants in UTC, the page's own offset and statement beside them."""
    item = loadable(*stored(warehouse, run), run)
    for _ in range(2):
        with warehouse:
            load.load_articles(warehouse, "news", [item])
    (article,) = rows(warehouse, "select * from article")
    seen = (article["title"], article["version"], article["authors"], article["published_at"].isoformat())
    assert seen == ("Ćwiczenia", 1, ["Anna Nowak"], "2026-11-24T08:30:00+00:00")
    assert (article["published_offset"], article["published_stated"]) == (60, "24.11.2026 9:30")
    assert rows(warehouse, "select version, body from article_version") == [
        {"version": 1, "body": "Pierwszy akapit.\nDrugi akapit."}
    ]
    assert rows(warehouse, "select concept, field, start_at, end_at, surface, name from mention") == [
        {"concept": "military-exercise", "field": "title", "start_at": 0, "end_at": 9, "surface": "Ćwiczenia",
         "name": "ćwiczeni*"}
    ]  # fmt: skip


def test_a_changed_text_is_a_new_version_beside_the_old(warehouse: Connection, run: Run) -> None:
    """An edit makes version 2, keeps version 1 with its mentions, and is due for the rules again."""
    first = loadable(*stored(warehouse, run), run, matched=True)
    edited = replace(
        first,
        article=replace(first.article, body="Nowy."),
        content_hash="h2",
        text_hash="t2",
        mentions=(),
        matched=False,
    )
    for item in (first, edited):
        with warehouse:
            load.load_articles(warehouse, "news", [item])
    assert rows(warehouse, "select version, matched_at is null as due from article") == [{"version": 2, "due": True}]
    versions = rows(warehouse, "select version, content_hash from article_version order by 1")
    assert [row["content_hash"] for row in versions] == ["h1", "h2"]
    assert rows(warehouse, "select version from mention") == [{"version": 1}]


ODD = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00") | st.sampled_from("\\N\"{},;\n\r\t'"),
    max_size=40,
)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ODD, body=ODD, authors=st.lists(ODD, max_size=3))
def test_odd_texts_come_back_as_they_were(
    warehouse: Connection, run: Run, title: str, body: str, authors: list[str]
) -> None:
    """Quotes, backslashes, braces, the NULL mark, newlines: what COPY takes in comes out the same."""
    address_id, fetch_id = stored_once(warehouse, run)
    article = replace(loadable(1, 1, run).article, title=title, body=body, authors=tuple(authors))
    with warehouse, warehouse.cursor() as cursor:
        load.load_articles(warehouse, "news", [loadable(address_id, fetch_id, run, article=article, mentions=())])
        cursor.execute("select a.title, v.body, a.authors from article a join article_version v using (article_id)")
        assert dict(cursor.fetchall()[0]) == {"title": title, "body": body, "authors": authors}
        cursor.execute("delete from article")


_once: dict[str, tuple[int, int]] = {}


def stored_once(warehouse: Connection, run: Run) -> tuple[int, int]:
    """The same address for all examples of one test."""
    key = str(warehouse.info.dbname)
    if key not in _once:
        _once[key] = stored(warehouse, run)
    return _once[key]


def test_what_a_site_says_of_itself_is_stored_whatever_it_is(warehouse: Connection, run: Run) -> None:
    """NUL and lone surrogates in a title, a header or a note of trouble are replaced and stop nothing."""
    with warehouse:
        addresses.store_leads(warehouse, run, "news", [KeyedLead(URL, Lead(URL, title="a\x00b\ud800"))])
        (due,) = addresses.due_addresses(warehouse, run, "news", limit=9, recent=NOW)
        odd = replace(fetched(), etag='"\x00"', note="\udc80", last_modified="\x00")
        ref = ArchiveRef("f", 0, 1, "00")
        fetches.store_fetch(warehouse, run, "news", odd, address_id=due.address_id, ref=ref)
    assert rows(warehouse, "select title, etag from address") == [{"title": "a\ufffdb?", "etag": '"\ufffd"'}]


def test_leads_wait_until_they_are_fetched(warehouse: Connection, run: Run) -> None:
    """A lead is due until its page is there; trouble that may pass keeps it due, a page that is gone does not."""
    recent = NOW - timedelta(days=3)
    with warehouse:
        leads = [KeyedLead(f"{URL}{n}", Lead(f"{URL}{n}")) for n in range(3)]
        addresses.store_leads(warehouse, run, "news", leads)
        first, second, third = addresses.due_addresses(warehouse, run, "news", limit=9, recent=recent)
        ref = ArchiveRef("f", 0, 1, "00")
        fetches.store_fetch(warehouse, run, "news", fetched(first.url), address_id=first.address_id, ref=ref)
        for address, outcome in ((second, Outcome.UNREACHABLE), (third, Outcome.GONE)):
            fetches.store_fetch(
                warehouse, run, "news", fetched(address.url, outcome), address_id=address.address_id, ref=None
            )
        due = addresses.due_addresses(warehouse, run, "news", limit=9, recent=recent)
        assert [address.url for address in due] == [second.url]
        tomorrow = replace(run, day=TODAY + timedelta(days=1))
        due = addresses.due_addresses(warehouse, tomorrow, "news", limit=9, recent=recent)
        assert {address.url for address in due} == {first.url, second.url, third.url}


@pytest.fixture
def waiting_mails(warehouse: Connection, run: Run) -> int:
    """Two mails of one alert."""
    item = loadable(*stored(warehouse, run), run)
    with warehouse:
        load.load_articles(warehouse, "news", [item])
    with warehouse:
        (article,) = load.known_articles(warehouse, "news", canonical_urls=[URL], address_ids=[])
        article_id = article["article_id"]
        story = stories.store_stories(warehouse, [("t1", article_id, 1, 1, 1)])["t1"]
        stories.join_stories(warehouse, [(article_id, story, None, None, None)])
        draft = AlertDraft("rule", story, article_id, 1, {}, ("a@example.org", "b@example.org"))
        store_twice(warehouse, draft)
    return story


def store_twice(warehouse: Connection, draft: AlertDraft) -> None:
    def post(draft: AlertDraft, to: str) -> alerts.Posting:
        return alerts.Posting(f"<{to}>", NOW)

    created = [alerts.store_alerts(warehouse, [draft], run_id=None, now=NOW, post=post) for _ in range(2)]
    assert created == [(draft,), ()]


def test_two_workers_never_hold_the_same_mail(warehouse: Connection, warehouse_url: str, waiting_mails: int) -> None:
    """A mail that one transaction holds is passed over by another; a worker that dies lets it go."""
    with connected(warehouse_url) as other:
        mine = alerts.claim_mail(warehouse, now=NOW, after=0)
        theirs = alerts.claim_mail(other, now=NOW, after=0)
        assert mine is not None
        assert theirs is not None
        assert {mine.recipient, theirs.recipient} == {"a@example.org", "b@example.org"}
        warehouse.rollback()
        again = alerts.claim_mail(other, now=NOW, after=0)
        assert again is not None
        assert again.recipient == mine.recipient


def test_unchanged_pages_point_to_the_record_with_their_bytes(warehouse: Connection, run: Run) -> None:
    """A 304 leads to the archived bytes just as the fetch before it does."""
    address_id, _ = stored(warehouse, run)
    with warehouse:
        fetches.store_fetch(warehouse, run, "news", fetched(outcome=Outcome.UNCHANGED), address_id=address_id, ref=None)
    places = rows(warehouse, 'select distinct archive_path, archive_offset, sha256 from "fetch"')
    assert places == [{"archive_path": "f.warc.gz", "archive_offset": 0, "sha256": "ab" * 32}]


def test_search_uses_the_languages_stemming(warehouse: Connection, run: Run) -> None:
    """A Russian article is found by another case form of its words."""
    item = loadable(*stored(warehouse, run), run)
    article = replace(item.article, language="ru", title="Учения", body="Манёвры прошли под Брестом.")
    with warehouse:
        load.load_articles(warehouse, "news", [replace(item, article=article, mentions=())])
        assert stories.index_text(warehouse, limit=10) == 1
        assert stories.index_text(warehouse, limit=10) == 0
    found = rows(
        warehouse, "select count(*) as n from article_search where document @@ to_tsquery('russian', 'учение')"
    )
    assert found == [{"n": 1}]


def test_views_answer(warehouse: Connection, run: Run) -> None:
    """The views for Grafana and Metabase count what was loaded."""
    item = loadable(*stored(warehouse, run), run)
    with warehouse:
        load.load_articles(warehouse, "news", [item])
        runs.sync_concepts(warehouse, {"military-exercise": "Military exercise"}, hashes={"military-exercise": "1"})
    assert rows(warehouse, "select day::text, concept, label, articles, mentions from mention_daily") == [
        {
            "day": "2026-11-24",
            "concept": "military-exercise",
            "label": "Military exercise",
            "articles": 1,
            "mentions": 1,
        }
    ]
    assert rows(warehouse, "select day::text, source, runs from source_daily") == [
        {"day": "2026-11-24", "source": "news", "runs": 1}
    ]
