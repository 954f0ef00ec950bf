"""What publishers do to articles, scripted, against its answer sheet: nothing missed, nothing told wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.newsroom.edited_sites import EditedSites
from tests.newsroom.edits import MOMENTS
from tests.newsroom.script import ARTICLES, CHANGES
from tests.support.one_source import query
from wirewatch.model import ArticleChange
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.recheck import run_recheck
from wirewatch.warehouse.alerts import article_change

Line = tuple[str, int, bool, ArticleChange]
"""Name of the article, moment, whether the listing showed it, and what changed."""

LOG = (
    "select d.title as named, c.change_id, c.kind, c.before, c.after, c.concept, c.paragraph, c.passage, c.absence,"
    " c.where_seen, a.source, first.title as title from article_change c join article a using (article_id)"
    " join article_version first on first.article_id = a.article_id and first.version = 1"
    " join address d on d.address_id = a.address_id where c.change_id > {after} order by c.change_id"
)


def lived(make_desk: Callable[..., Desk], folder: Path) -> list[Line]:
    """The whole script through the real jobs; what was told at each moment."""
    told: list[Line] = []
    clock = [MOMENTS[0].at]
    named = {(article.site, article.at(0).title): article.name for article in ARTICLES}
    with EditedSites() as sites:
        sites.write_sources(folder)
        desk = replace(make_desk(sources=folder, read_timeout=0.5, deadline=2.0), now=lambda: clock[0])
        last = 0
        for number, moment in enumerate(MOMENTS):
            clock[0] = moment.at
            sites.turn(number)
            if moment.job == "daily":
                run_day(desk, day=moment.at.date())
            else:
                run_recheck(desk)
            for row in query(desk, LOG.format(after=last)):
                last = row["change_id"]
                name = named[row["source"], row["title"]]
                told.append((name, number, row["where_seen"] == "listing", article_change(row)))
    return told


def test_every_scripted_change_is_told_once_and_rightly(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Over two daily runs and six rechecks each act is told at its moment by its name; furniture and faults are not."""
    seen = sorted(lived(make_desk, tmp_path / "sources"), key=repr)
    wanted = sorted(
        ((it.name, each.moment, each.listing, each.change) for it in ARTICLES for each in it.told), key=repr
    )
    missed = [line for line in wanted if line not in seen]
    wrong = [line for line in seen if line not in wanted]
    table = [f"missed {line}" for line in missed] + [f"false  {line}" for line in wrong]
    assert not table, "\n".join(table)
    assert len(seen) == len(wanted)


def test_the_script_has_what_it_should() -> None:
    """Fifty scripted changes or more, each article with a name and a headline of its own."""
    assert len(CHANGES) >= 50
    assert len({article.name for article in ARTICLES}) == len(ARTICLES)
    assert len({(article.site, article.title) for article in ARTICLES}) == len(ARTICLES)
