"""Replay over the newsroom: what differs is shown, and stored as what it is."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import wirewatch.pipeline.replay as replay_module
from tests.conftest import NOW, TODAY
from tests.newsroom.server import Newsroom
from tests.support.one_source import query
from wirewatch.alert.mailbox import list_messages
from wirewatch.errors import InputError
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.plan import find_run
from wirewatch.pipeline.replay import Finding, Tally, replay
from wirewatch.warehouse.replay import Span

YESTERDAY = TODAY - timedelta(days=1)
EVERYTHING = Span()
FIRST_PARAGRAPH_LEFT_OUT = (".news__text p", ".news__text p:not(:first-child)")
ROWS = (
    "select a.source, a.canonical_url, a.version, a.title, a.authors, a.published_at, a.language, a.content_hash,"
    " a.changed_at, a.matched_at, a.story_id, a.copy_of, a.reread_at is not null as reread, a.reread_as,"
    " v.version as of, v.body, v.text_hash, v.fetch_id, v.cause, v.seen_at,"
    " (select array_agg(array[m.concept, m.field, m.start_at::text] order by m.concept, m.field, m.start_at)"
    "    from mention m where m.article_id = v.article_id and m.version = v.version) as mentions"
    " from article a join article_version v using (article_id) order by a.source, a.canonical_url, v.version"
)


def with_source(desk: Desk, slug: str, old: str, new: str) -> Desk:
    """The desk after an edit of a source file."""
    path = desk.settings.sources / f"{slug}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return replace(desk)


def findings(desk: Desk, span: Span = EVERYTHING, *, apply: bool = False) -> tuple[list[Finding], Tally]:
    told: list[Finding] = []
    return told, replay(desk, span, apply=apply, report=told.append)


def one_day(desk: Desk) -> None:
    run_day(replace(desk, now=lambda: NOW - timedelta(days=1)), day=YESTERDAY)


def two_days(desk: Desk, newsroom: Newsroom) -> None:
    one_day(desk)
    newsroom.set_day(2)
    run_day(desk, day=TODAY)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever reaches for the network fails the test."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"something reaches for the network: {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def test_the_same_code_reads_the_same(newsroom_desk: Desk, newsroom: Newsroom, request: pytest.FixtureRequest) -> None:
    """After two days with edits and moves nothing differs, and two replays without network agree in their sum."""
    two_days(newsroom_desk, newsroom)
    before = query(newsroom_desk, ROWS)
    request.getfixturevalue("no_network")
    (first, one), (second, two) = (findings(newsroom_desk, apply=apply) for apply in (False, True))
    articles = query(newsroom_desk, "select count(*)::int as n from article")[0]["n"]
    assert (first, second) == ([], [])
    assert one.summary() == two.summary()
    assert (one.summary()["pages"], one.summary()["unchanged"]) == (articles, articles)
    assert query(newsroom_desk, ROWS) == before


def test_a_changed_selector_shows_exactly_its_sources_articles(newsroom_desk: Desk) -> None:
    """Each article of the source is named with the one field that the selector reads, and no other article."""
    one_day(newsroom_desk)
    told, tally = findings(
        with_source(newsroom_desk, "zastava", 'meta[name="author"]@content', 'meta[property="og:type"]@content')
    )
    wanted = query(newsroom_desk, "select canonical_url, authors from article where source = 'zastava'")
    assert {finding.kept.canonical_url: finding.changes for finding in told} == {
        row["canonical_url"]: {"authors": (row["authors"], ["article"])} for row in wanted
    }
    assert (tally.fields, tally.counts["changed"]) == ({"authors": len(wanted)}, len(wanted))


def test_without_apply_nothing_is_stored(newsroom_desk: Desk) -> None:
    """Looking changes no row, and the sum of what was read is another."""
    one_day(newsroom_desk)
    before, same = query(newsroom_desk, ROWS), findings(newsroom_desk)[1].summary()["checksum"]
    told, tally = findings(with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT))
    assert {name for finding in told for name in finding.changes} == {"body"}
    assert tally.summary()["checksum"] != same
    assert query(newsroom_desk, ROWS) == before


def test_another_text_becomes_a_version_that_is_no_news(newsroom_desk: Desk, mailbox: tuple[Path, int]) -> None:
    """The version is marked re-read, has its own mentions, keeps story and matching; no alert, no mail, no edit."""
    one_day(newsroom_desk)
    before = {row["canonical_url"]: row for row in query(newsroom_desk, ROWS)}
    mails, alerts = len(list_messages(mailbox[0])), query(newsroom_desk, "select * from alert order by alert_id")
    changed = with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT)
    told, tally = findings(changed, apply=True)
    assert all(finding.applied for finding in told)
    after = [row for row in query(changed, ROWS) if row["source"] == "zastava" and row["of"] == row["version"]]
    assert len(after) == tally.counts["applied"] == tally.counts["changed"] > 5
    for row in after:
        was = before[row["canonical_url"]]
        kept = ("changed_at", "matched_at", "story_id", "copy_of", "fetch_id", "seen_at", "title", "authors")
        assert {name: row[name] for name in kept} == {name: was[name] for name in kept}
        assert (row["version"], row["cause"], row["reread"]) == (2, "reread", True)
        assert row["body"] == was["body"].partition("\n")[2]
        assert row["text_hash"] != was["text_hash"]
        found = changed.matcher.find(title=row["title"], body=row["body"], language=row["language"])
        assert row["mentions"] == ([[m.concept, m.field, str(m.start)] for m in sorted(found)] or None)
    link(changed)
    match(changed, find_run(changed, 1))
    assert query(changed, "select * from alert order by alert_id") == alerts
    assert len(list_messages(mailbox[0])) == mails
    assert query(changed, "select count(*)::int as n from article where search_due") == [{"n": 0}]


def test_applying_again_changes_nothing(newsroom_desk: Desk) -> None:
    """A second replay finds nothing to do and leaves every row as it is, the time of re-reading too."""
    one_day(newsroom_desk)
    changed = with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT)
    changed = with_source(changed, "amber-courier", ".byline .author", "h1.headline")
    findings(changed, apply=True)
    dump = ROWS.replace("is not null as reread", "as reread_at")
    once = query(changed, dump)
    told, tally = findings(changed, apply=True)
    assert (told, tally.counts["applied"], query(changed, dump)) == ([], 0, once)


def test_other_fields_are_put_right_in_place(newsroom_desk: Desk) -> None:
    """Authors are corrected without a version; the row says that it was read again."""
    one_day(newsroom_desk)
    changed = with_source(newsroom_desk, "zastava", 'meta[name="author"]@content', 'meta[property="og:type"]@content')
    findings(changed, apply=True)
    rows = [row for row in query(changed, ROWS) if row["source"] == "zastava"]
    assert {(row["version"], row["cause"], row["reread"], row["changed_at"]) for row in rows} == {
        (1, "published", True, None)
    }
    assert all(row["authors"] == ["article"] for row in rows)
    others = [row for row in query(changed, ROWS) if row["source"] != "zastava"]
    assert {row["reread"] for row in others} == {False}


def test_the_next_day_is_judged_beside_the_re_read_text(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """After a re-read only what the newsroom really edited is an edit, and nothing differs from its bytes."""
    one_day(newsroom_desk)
    changed = with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT)
    findings(changed, apply=True)
    newsroom.set_day(2)
    run_day(changed, day=TODAY)
    edited = query(
        changed,
        "select a.source, a.title from article_version v join article a using (article_id) where cause = 'edited'",
    )
    wanted = [truth for truth in newsroom.articles(2) if truth.state.value in ("edited", "retitled")]
    visible = {(truth.publisher, truth.title) for truth in wanted}
    assert {(row["source"], row["title"]) for row in edited} <= visible
    assert {row["source"] for row in edited} == {truth.publisher for truth in wanted}
    assert findings(changed)[0] == []


def test_a_span_is_of_sources_and_days_of_fetching(newsroom_desk: Desk, newsroom: Newsroom) -> None:
    """Days are cut where they are said to be, and sources left out are not read."""
    two_days(newsroom_desk, newsroom)
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=timezone.utc)
    seen = query(
        newsroom_desk,
        "select source, seen_at >= '2026-11-24' as later, count(*)::int as n from article_archived group by 1, 2",
    )
    for later, span in ((False, Span(until=midnight)), (True, Span(since=midnight))):
        wanted = sum(row["n"] for row in seen if row["later"] is later)
        assert findings(newsroom_desk, span)[1].pages == wanted > 0
    wanted = sum(row["n"] for row in seen if row["source"] == "zastava")
    assert findings(newsroom_desk, Span(sources=("zastava",)))[1].pages == wanted
    with pytest.raises(InputError, match="no-such"):
        findings(newsroom_desk, Span(sources=("no-such",)))


def test_two_replays_at_once_make_each_version_once(newsroom_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Side by side, they give every article one version, and a run after them finds nothing."""
    monkeypatch.setattr(replay_module, "BATCH", 3)
    one_day(newsroom_desk)
    changed = with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda desk: findings(desk, apply=True)[1], (replace(changed), replace(changed))))
    versions = query(
        changed,
        "select version, cause from article_current where source = 'zastava'",
    )
    assert {(row["version"], row["cause"]) for row in versions} == {(2, "reread")}
    assert sum(tally.counts["applied"] for tally in done) == len(versions)
    assert findings(changed, apply=True)[0] == []


class KilledError(Exception):
    """The end of a process, as far as the warehouse can tell."""


@pytest.mark.parametrize("batches", [1, 2])
def test_cut_off_and_run_again_is_as_if_never_cut_off(
    batches: int, newsroom_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of a replay that died after some batches is whole batches, and the next one does the rest."""
    monkeypatch.setattr(replay_module, "BATCH", 4)
    one_day(newsroom_desk)
    changed = with_source(newsroom_desk, "zastava", *FIRST_PARAGRAPH_LEFT_OUT)
    left = batches

    def die(finding: Finding) -> None:
        nonlocal left
        left -= finding.applied
        if left < 0:
            raise KilledError

    with pytest.raises(KilledError):
        replay(changed, EVERYTHING, apply=True, report=die)
    partly = query(changed, "select count(*)::int as n from article_version where cause = 'reread'")[0]["n"]
    told, _ = findings(changed, apply=True)
    rows = [row for row in query(changed, ROWS) if row["source"] == "zastava"]
    assert 0 < partly < partly + len(told) == len(rows) // 2
    assert {row["version"] for row in rows} == {2}


def test_a_damaged_record_is_told_and_changes_nothing(newsroom_desk: Desk) -> None:
    """One byte of the archive turned over: that article is named, the others are read, no row changes."""
    one_day(newsroom_desk)
    before = query(newsroom_desk, ROWS)
    (place,) = query(
        newsroom_desk, "select * from article_archived where source = 'zastava' order by article_id limit 1"
    )
    path = Path(newsroom_desk.settings.archive_root) / place["archive_path"]
    content = bytearray(path.read_bytes())
    content[place["archive_offset"] + place["archive_length"] // 2] ^= 1
    path.write_bytes(content)
    told, tally = findings(newsroom_desk, apply=True)
    assert [finding.kept.article_id for finding in told] == [place["article_id"]]
    assert "damaged" in (told[0].problem or "")
    assert (tally.counts["failed"], tally.counts["applied"], query(newsroom_desk, ROWS)) == (1, 0, before)


def test_a_source_whose_file_is_gone_is_left_as_it_is(newsroom_desk: Desk) -> None:
    """Without a source file nothing is read by guess: its articles are named and kept."""
    one_day(newsroom_desk)
    before = query(newsroom_desk, ROWS)
    (newsroom_desk.settings.sources / "zastava.yml").unlink()
    told, tally = findings(replace(newsroom_desk), apply=True)
    assert {(finding.kept.source, finding.changes == {}) for finding in told} == {("zastava", True)}
    assert all("no source file" in (finding.problem or "") for finding in told)
    assert (tally.counts["failed"], query(newsroom_desk, ROWS)) == (len(told), before)
