"""Whose change it is: a fetched page that differs is an edit only as far as its publisher changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.support.one_source import LAYOUT, PARAGRAPHS, OneSource, article
from tests.support.sites import Reply
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.differences import Change
from wirewatch.pipeline.replay import Finding, replay
from wirewatch.warehouse.replay import Span

YESTERDAY = TODAY - timedelta(days=1)
OTHER_LAYOUT = {**LAYOUT, "body": ".text p:not(:first-child)"}
UNREADABLE_LAYOUT = {**LAYOUT, "published": ".code"}
EDITED = (PARAGRAPHS[0], PARAGRAPHS[1].replace("закрыто", "открыто"), PARAGRAPHS[2])


@pytest.fixture
def source(make_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[OneSource]:
    with OneSource(make_desk, tmp_path / "sources") as running:
        running.pages["/a"] = article("Переправа через Лесную")
        yield running


def history(source: OneSource) -> list[tuple[int, str, str]]:
    """Version, cause and text of the one article."""
    found = source.rows("select version, cause, body from article_version order by version")
    return [(row["version"], row["cause"], row["body"]) for row in found]


def marks(source: OneSource) -> dict[str, Any]:
    """What rules and readers go by."""
    (row,) = source.rows("select version, changed_at, matched_at, reread_at is not null as reread from article")
    return row


def text(paragraphs: tuple[str, ...]) -> str:
    return "\n".join(paragraphs)


def again(source: OneSource, *, apply: bool = False) -> list[Finding]:
    told: list[Finding] = []
    replay(source.desk(TODAY), Span(), apply=apply, report=told.append)
    return told


def changes(findings: list[Finding]) -> list[dict[str, Change]]:
    return [finding.changes for finding in findings]


def test_another_advert_is_nothing(source: OneSource) -> None:
    """Bytes that differ outside the article make no version, by the same code."""
    source.run(YESTERDAY)
    source.pages["/a"] = article("Переправа через Лесную", advert="2")
    assert source.run(TODAY)["articles"]["same"] == 1
    assert history(source) == [(1, "published", text(PARAGRAPHS))]


def test_an_edit_is_the_publishers(source: OneSource) -> None:
    """Another sentence under the same selectors is an edit, with its time, and due for the rules."""
    source.run(YESTERDAY)
    source.pages["/a"] = article("Переправа через Лесную", paragraphs=EDITED)
    assert source.run(TODAY)["articles"]["changed"] == 1
    assert history(source) == [(1, "published", text(PARAGRAPHS)), (2, "edited", text(EDITED))]
    assert marks(source)["changed_at"] is not None


def test_our_own_change_is_no_edit(source: OneSource) -> None:
    """The source file changed between two fetches of one text: a re-read version, no edit, no rule tried."""
    source.run(YESTERDAY)
    before = marks(source)
    source.layout = dict(OTHER_LAYOUT)
    source.pages["/a"] = article("Переправа через Лесную", advert="2")
    figures = source.run(TODAY)["articles"]
    assert (figures["same"], figures["changed"]) == (1, 0)
    assert history(source) == [(1, "published", text(PARAGRAPHS)), (2, "reread", text(PARAGRAPHS[1:]))]
    assert marks(source) == {**before, "version": 2, "reread": True}
    assert before["matched_at"] is not None


def test_both_at_once_are_two_versions(source: OneSource) -> None:
    """The source file and the text changed: first our re-read of the old bytes, then the edit alone."""
    source.run(YESTERDAY)
    source.layout = dict(OTHER_LAYOUT)
    source.pages["/a"] = article("Переправа через Лесную", paragraphs=EDITED)
    assert source.run(TODAY)["articles"]["changed"] == 1
    assert history(source) == [
        (1, "published", text(PARAGRAPHS)),
        (2, "reread", text(PARAGRAPHS[1:])),
        (3, "edited", text(EDITED[1:])),
    ]
    fetches = source.rows("select version, fetch_id from article_version order by version")
    assert fetches[0]["fetch_id"] == fetches[1]["fetch_id"] < fetches[2]["fetch_id"]


def test_after_a_replay_the_same_page_is_the_same(source: OneSource) -> None:
    """A page fetched again with another advert is judged beside the re-read version, not beside the first."""
    source.run(YESTERDAY)
    source.layout = dict(OTHER_LAYOUT)
    again(source, apply=True)
    stored = history(source)
    source.pages["/a"] = article("Переправа через Лесную", advert="2")
    assert source.run(TODAY)["articles"]["same"] == 1
    assert history(source) == stored == [(1, "published", text(PARAGRAPHS)), (2, "reread", text(PARAGRAPHS[1:]))]


def test_a_copy_of_the_re_read_text_joins_its_story(source: OneSource) -> None:
    """Stories go on from the re-read text: a reprint that comes later is a copy of the article."""
    source.run(YESTERDAY)
    source.layout = dict(OTHER_LAYOUT)
    again(source, apply=True)
    source.pages["/b"] = article("Переправа", dated="2026-11-24T09:00:00+03:00")
    source.run(TODAY)
    rows = source.rows("select version, story_id, copy_of is not null as copy from article order by article_id")
    assert [(row["version"], row["copy"]) for row in rows] == [(2, False), (1, True)]
    assert rows[0]["story_id"] == rows[1]["story_id"] is not None


def test_a_page_that_cannot_be_read_any_more_is_flagged_and_kept(source: OneSource) -> None:
    """A selector that finds a date of 1850 makes the page unreadable: flagged once, text kept, freed when mended."""
    source.run(YESTERDAY)
    kept = history(source)
    source.layout = dict(UNREADABLE_LAYOUT)
    assert changes(again(source)) == [{"kind": ("article", "unreadable")}]
    (told,) = again(source, apply=True)
    assert (told.applied, told.problem, "1850" in (told.read.reason or "")) == (True, None, True)
    assert source.rows("select reread_as from article") == [{"reread_as": "unreadable"}]
    assert (again(source, apply=True), history(source)) == ([], kept)
    source.layout = dict(LAYOUT)
    assert changes(again(source, apply=True)) == [{"kind": ("unreadable", "article")}]
    assert source.rows("select reread_as from article") == [{"reread_as": None}]
    assert history(source) == kept


def test_what_is_no_article_any_more_is_flagged_and_kept(source: OneSource) -> None:
    """Without its selectors a page of links is a listing: replay says so, flags it, and deletes nothing."""
    cards = "".join(
        f"<div class=card><h2><a href=/x/{number}>Сводка номер {number} за неделю</a></h2></div>"
        for number in range(60)
    )
    html = f"<html lang=ru><head><title>Сводки</title></head><body><h1>Сводки</h1>{cards}</body></html>"
    source.pages = {"/all": Reply(headers=(("Content-Type", "text/html; charset=utf-8"),), body=html.encode())}
    source.layout = {"title": "h1", "body": ".card h2"}
    source.run(YESTERDAY)
    source.layout = {}
    (told,) = again(source, apply=True)
    (was, now) = told.changes["kind"]
    assert (set(told.changes), told.applied, was, now in ("listing", "other")) == ({"kind"}, True, "article", True)
    assert source.rows("select title, reread_as, version from article") == [
        {"title": "Сводки", "reread_as": now, "version": 1}
    ]
    assert again(source, apply=True) == []
