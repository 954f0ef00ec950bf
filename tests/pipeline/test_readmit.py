"""Quarantined pages tried again with a mended source file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.support.one_source import LAYOUT, PARAGRAPHS, OneSource, article
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.readmit import Retry, readmit
from wirewatch.warehouse.replay import Span

YESTERDAY = TODAY - timedelta(days=1)
UNREADABLE_LAYOUT = {**LAYOUT, "published": ".code"}
WITH_NUL = article("С нулём", paragraphs=(*PARAGRAPHS, "\x00"))
ARTICLES = "select title, version, matched_at is null as due, first_seen_at::date::text as seen from article order by 1"


@pytest.fixture
def source(make_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[OneSource]:
    """Two pages that a wrong selector keeps out, and one with a NUL."""
    with OneSource(make_desk, tmp_path / "sources", layout=dict(UNREADABLE_LAYOUT)) as running:
        running.pages |= {"/a": article("Первая"), "/b": article("Вторая"), "/nul": WITH_NUL}
        running.run(YESTERDAY)
        assert running.rows("select count(*)::int as n from quarantine") == [{"n": 3}]
        yield running


def retried(source: OneSource, span: Span = Span()) -> tuple[dict[str, str], dict[str, int]]:  # noqa: B008 - frozen
    told: list[Retry] = []
    counts = readmit(source.desk(TODAY), span, report=told.append)
    return {retry.quarantined.page.url.rpartition("/")[2]: retry.state for retry in told}, counts


def test_what_can_now_be_read_is_loaded(source: OneSource) -> None:
    """The two articles come out as new and due for the rules; the one with a NUL stays, with today's reason."""
    source.layout = dict(LAYOUT)
    states = {"a": "article", "b": "article", "nul": "quarantined"}
    assert retried(source) == (states, {"pages": 3, "article": 2, "quarantined": 1})
    seen = str(YESTERDAY)
    assert source.rows(ARTICLES) == [
        {"title": "Вторая", "version": 1, "due": True, "seen": seen},
        {"title": "Первая", "version": 1, "due": True, "seen": seen},
    ]
    open_rows = source.rows("select url, reason, resolved_at is null as open from quarantine order by url")
    assert [(row["url"].rpartition("/")[2], row["open"]) for row in open_rows] == [
        ("a", False),
        ("b", False),
        ("nul", True),
    ]
    assert "NUL" in open_rows[2]["reason"]
    assert source.rows(
        "select read_as, count(*)::int as n from \"fetch\" where purpose = 'article' group by 1 order by 1"
    ) == [
        {"read_as": "article", "n": 2},
        {"read_as": "quarantined", "n": 1},
    ]


def test_trying_again_loads_nothing_twice(source: OneSource) -> None:
    """A second try meets only what is still in quarantine."""
    source.layout = dict(LAYOUT)
    retried(source)
    once = source.rows(ARTICLES)
    assert retried(source) == ({"nul": "quarantined"}, {"pages": 1, "quarantined": 1})
    assert source.rows(ARTICLES) == once


def test_a_page_read_since_is_settled_and_its_old_text_not_loaded(source: OneSource) -> None:
    """Yesterday's quarantined bytes do not come out as a newer version than what was read today."""
    source.layout = dict(LAYOUT)
    source.pages["/a"] = article("Первая, дополнено", paragraphs=(*PARAGRAPHS, "Мост открыли к вечеру."))
    source.run(TODAY)
    assert retried(source)[0] == {"a": "superseded", "b": "article", "nul": "quarantined"}
    found = source.rows("select title, cause from article_current order by title")
    assert found == [{"title": "Вторая", "cause": "published"}, {"title": "Первая, дополнено", "cause": "published"}]


def test_a_span_leaves_other_days_alone(source: OneSource) -> None:
    """Pages fetched outside the span are not tried."""
    source.layout = dict(LAYOUT)
    desk = source.desk(TODAY)
    assert readmit(desk, Span(since=desk.now())) == {"pages": 0}
    assert source.rows(ARTICLES) == []


def test_what_a_backfill_fetched_alerts_nobody(source: OneSource) -> None:
    """An article that a backfill brought into quarantine comes out with its rules marked as tried."""
    source.rows("update run set backfill = true returning run_id")
    source.layout = dict(LAYOUT)
    retried(source)
    assert {row["due"] for row in source.rows(ARTICLES)} == {False}
