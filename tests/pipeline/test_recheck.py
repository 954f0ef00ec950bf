"""Known articles asked again: when they are, what becomes of them, and what says nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.support.one_source import OneSource, article, query
from tests.support.sites import Reply, redirect
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.recheck import open_recheck, recheck, run_recheck
from wirewatch.settings import ROOT

DAY = date(2026, 11, 23)
FIRST = datetime(2026, 11, 23, 10, 20, tzinfo=timezone.utc)  # when the daily job sees the article first
DATED = "2026-11-23T13:00:00+03:00"  # 10:00 UTC: twenty minutes before
BRIDGE = (
    "Инженерная рота навела переправу через Лесную за сорок минут, сообщили в штабе сборов.",
    "Учения ОДКБ под Верасовой продолжатся до конца недели, в них занято 12 расчётов.",
    "Наблюдатели соседних округов прибыли утром и осмотрели понтонный парк у деревни.",
    "Движение по старому мосту закрыто, объезд указан знаками на обоих берегах реки.",
)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
MISSING = Reply(404, HTML, b"<html><head><title>404</title></head><body><p>Not found</p></body></html>")
REFUSED = Reply(403, HTML, b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>")
CHANGES = "select kind, before, after, paragraph, absence, where_seen, version from article_change order by change_id"


def other(number: int) -> Reply:
    """An article of its own, with no paragraph that another has."""
    words = ("парад", "смотр", "набор", "ремонт", "склад", "полигон", "штаб", "рота", "полк")[number]
    lines = tuple(
        f"{words.title()} номер {number}-{line} прошёл по плану, рассказал дежурный {words}а." for line in "абвг"
    )
    return article(f"Вести {number}: {words} у Альховки", paragraphs=lines, dated=DATED)


@dataclass
class Watched(OneSource):
    """A source whose listing's titles and clock a test sets too."""

    titles: dict[str, str] = field(default_factory=dict)

    def at(self, moment: datetime) -> Desk:
        """A desk at that time, the site as it is now."""
        links = "".join(
            f"<li><a href={path}>{self.titles.get(path, f'Новость дня {path}')}</a></li>" for path in self.pages
        )
        self.site.routes = {"/": Reply(headers=HTML, body=f"<ul class=news>{links}</ul>".encode()), **self.pages}
        self.desk(moment.date())  # writes the source file
        made: Desk = self.make_desk(now=moment, sources=self.folder)
        return made

    def collect(self, moment: datetime) -> dict[str, Any]:
        """The daily job."""
        return run_day(self.at(moment), day=moment.date())

    def again(self, moment: datetime) -> dict[str, Any]:
        """The recheck: its summary, and ``paths``: what the site was asked for."""
        before = len(self.site.asked)
        summary = run_recheck(self.at(moment))
        paths = [asked.path for asked in self.site.asked[before:] if asked.path != "/robots.txt"]
        return {**summary, "paths": paths}

    @property
    def changes(self) -> list[tuple[object, ...]]:
        """What was recorded, without what is null."""
        return [tuple(value for value in row.values() if value is not None) for row in self.rows(CHANGES)]

    @property
    def gone(self) -> list[str]:
        """Titles of withdrawn articles."""
        return [row["title"] for row in self.rows("select title from article where gone_at is not null order by title")]


@pytest.fixture
def source(make_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Watched]:
    running = Watched(make_desk, tmp_path / "sources")
    with running:
        running.pages["/bridge"] = article("Переправа через Лесную", paragraphs=BRIDGE, dated=DATED)
        yield running


def hours(number: float) -> datetime:
    """That long after publication."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc) + timedelta(hours=number)


def test_each_stage_is_asked_once_at_its_time(source: Watched) -> None:
    """An hour, a day and a week after publication, and in no run between; the listing is not asked."""
    source.collect(FIRST)
    moments = (0.9, 1.1, 2, 23.9, 24.1, 25, 167.9)
    asked = {number: source.again(hours(number))["paths"] for number in moments}
    assert asked == {number: ["/bridge"] if number in (1.1, 24.1) else [] for number in moments}
    assert source.rows("select stage, outcome, tries from recheck order by due_at") == [
        {"stage": stage, "outcome": outcome, "tries": 0}
        for stage, outcome in (("1h", "there"), ("24h", "there"), ("7d", None))
    ]
    assert [source.again(hours(number))["paths"] for number in (168.1, 169)] == [["/bridge"], []]
    assert (source.changes, source.rows("select * from recheck")) == ([], [])


def test_stages_that_were_over_when_an_article_was_first_seen_are_left_out(source: Watched) -> None:
    """Seen six hours late it is not asked for its first hour; one dated to a day is counted from when it was seen."""
    source.pages["/dated"] = article("Без часа", paragraphs=BRIDGE[::-1], dated="2026-11-22")
    source.collect(hours(6))
    assert source.again(hours(6.5))["paths"] == []
    found = source.rows(
        "select d.url, r.stage, r.due_at from recheck r join article a using (article_id)"
        " join address d using (address_id) order by 1, 3"
    )
    assert [(row["url"].rsplit("/")[-1], row["stage"], row["due_at"]) for row in found] == [
        ("bridge", "24h", hours(24)),
        ("bridge", "7d", hours(168)),
        ("dated", "1h", hours(7)),
        ("dated", "24h", hours(30)),
        ("dated", "7d", hours(174)),
    ]


def test_an_edit_is_recorded_with_its_version(source: Watched) -> None:
    """The words, the number and the concept that went are rows of the version that lacks them."""
    source.collect(FIRST)
    edited = (
        BRIDGE[0].replace("сорок минут", "один час"),
        BRIDGE[1].replace("12", "2").replace("ОДКБ", "сил округа"),
        *BRIDGE[2:],
    )
    source.pages["/bridge"] = article("Переправа через Лесную", paragraphs=edited, dated=DATED)
    summary = source.again(hours(1.1))
    assert (summary["asked"], summary["changed"], summary["withdrawn"]) == (1, 1, 0)
    found = source.rows("select kind, concept, version, where_seen from article_change order by change_id")
    assert {"kind": "concept-removed", "concept": "csto", "version": 2, "where_seen": "page"} in found
    assert {row["kind"] for row in found} >= {"edited", "concept-removed"}
    assert source.rows("select count(*)::int as n from article_version where cause = 'edited'") == [{"n": 1}]
    once = source.changes
    assert source.again(hours(1.2))["paths"] == []
    assert source.changes == once


def test_furniture_makes_a_version_and_no_change(source: Watched) -> None:
    """A counter that leaks into the text is kept as a version, and neither counted nor told."""
    source.pages["/bridge"] = article("Переправа", paragraphs=(*BRIDGE, "Просмотров: 12"), dated=DATED)
    source.collect(FIRST)
    source.pages["/bridge"] = article("Переправа", paragraphs=(*BRIDGE, "Просмотров: 340"), dated=DATED)
    assert source.again(hours(1.1))["changed"] == 0
    assert source.rows("select cause from article_version order by version") == [
        {"cause": "published"},
        {"cause": "furniture"},
    ]
    assert (source.changes, source.rows("select changed_at from article")) == ([], [{"changed_at": None}])


WALL = Reply(
    403,
    HTML,
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    b"<p>Please enable JavaScript and complete the captcha to continue.</p></body></html>",
)
CONSENT = Reply(
    200,
    HTML,
    b"<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>"
    b"<p>We use cookies. Accept all cookies or reject all to continue to the site.</p></body></html>",
)


@pytest.mark.parametrize(
    "answer",
    [WALL, CONSENT, REFUSED, Reply(500), Reply(502), Reply(503)],
    ids=["wall", "consent", "refused", "500", "502", "503"],
)
def test_a_block_or_an_outage_withdraws_nothing(source: Watched, answer: Reply) -> None:
    """What answers so is asked again in the next runs, and found there when the trouble is over."""
    source.pages |= {"/one": other(1), "/two": other(2)}
    source.collect(FIRST)
    fine = dict(source.pages)
    source.pages = dict.fromkeys(fine, answer)
    for number in (1.1, 2.1, 3.1):
        assert source.again(hours(number))["suspected"] == 0
    source.pages = fine
    assert sorted(source.again(hours(4.1))["paths"]) == ["/bridge", "/one", "/two"]
    assert (source.changes, source.gone) == ([], [])
    assert {row["outcome"] for row in source.rows("select outcome from recheck where stage = '1h'")} == {"there"}


def test_a_teaser_in_place_of_the_text_is_neither_an_edit_nor_a_withdrawal(source: Watched) -> None:
    """A wall that shows the beginning of the text says nothing of the text."""
    with_neighbours(source)
    source.pages["/bridge"] = article("Переправа через Лесную", paragraphs=(BRIDGE[0][:60] + "…",), dated=DATED)
    for number in (1.1, 2.1, 3.1):
        assert source.again(hours(number))["silent"] == 1
    assert (source.changes, source.rows("select * from article_absence")) == ([], [])
    assert source.rows("select count(*)::int as n from article_version where version > 1") == [{"n": 0}]


def with_neighbours(source: Watched) -> None:
    """Eight more articles, and the first day."""
    source.pages |= {f"/{number}": other(number) for number in range(1, 9)}
    source.collect(FIRST)


NOTICE = "<html><head><title>Страница не найдена</title></head><body><h1>Страница не найдена</h1></body></html>"
FORMS = {
    "gone": MISSING,
    "soft-404": Reply(200, HTML, NOTICE.encode()),
    "home": redirect("/"),
    "emptied": article("Переправа через Лесную", paragraphs=("Материал удалён.",), dated=DATED),
    "denied": REFUSED,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawal_takes_two_runs_half_an_hour_apart(source: Watched, form: str) -> None:
    """Suspected by the first, told by the second in its form, once; told again that it is back."""
    with_neighbours(source)
    there = source.pages["/bridge"]
    source.pages["/bridge"] = FORMS[form]
    assert (source.again(hours(1.1))["suspected"], source.changes) == (1, [])
    assert source.again(hours(1.3))["paths"] == []
    second = source.again(hours(1.7))
    assert (second["withdrawn"], second["suspected"], source.gone) == (1, 0, ["Переправа через Лесную"])
    assert source.changes == [("withdrawn", form, "page", 1)]
    assert "/bridge" not in source.again(hours(2.4))["paths"]
    assert source.rows("select count(*)::int as n from article_version where version > 1") == [{"n": 0}]
    source.pages["/bridge"] = there
    assert (source.again(hours(24.1))["restored"], source.gone) == (1, [])
    assert source.changes == [("withdrawn", form, "page", 1), ("restored", "page", 1)]
    assert source.rows("select * from article_absence") == []


def test_the_daily_job_withdraws_too(source: Watched) -> None:
    """What a day's run sees first another day's run confirms."""
    with_neighbours(source)
    source.pages["/bridge"] = MISSING
    source.collect(hours(24.1))
    assert source.gone == []
    source.collect(hours(48.1))
    assert (source.gone, source.changes) == (["Переправа через Лесную"], [("withdrawn", "gone", "page", 1)])


def test_a_missing_article_that_is_back_was_never_withdrawn(source: Watched) -> None:
    """Absent once and there the next time: nothing is told, and nothing is suspected any more."""
    with_neighbours(source)
    there = source.pages["/bridge"]
    source.pages["/bridge"] = MISSING
    source.again(hours(1.1))
    source.pages["/bridge"] = there
    assert source.again(hours(2.1))["paths"] == ["/bridge"]
    assert (source.changes, source.rows("select * from article_absence")) == ([], [])


def test_when_most_are_absent_at_once_nothing_is_withdrawn(source: Watched) -> None:
    """A site that moved all its pages has withdrawn none; what is still missing when it is back is."""
    with_neighbours(source)
    fine = dict(source.pages)
    source.pages = dict.fromkeys(fine, MISSING)
    assert source.again(hours(1.1))["suspected"] == 9
    assert (source.again(hours(2.1))["suspected"], source.changes) == (9, [])
    source.pages = {**fine, "/bridge": MISSING}
    assert source.again(hours(3.2))["withdrawn"] == 1
    assert (source.changes, source.gone) == ([("withdrawn", "gone", "page", 1)], ["Переправа через Лесную"])


def test_one_refused_article_without_neighbours_says_nothing(source: Watched) -> None:
    """Nobody can tell a refused article from a refused visitor when there is no other to ask for."""
    source.collect(FIRST)
    source.pages["/bridge"] = REFUSED
    for number in (1.1, 2.1, 3.1):
        assert source.again(hours(number))["silent"] == 1
    assert source.rows("select * from article_absence") == []


def test_a_title_changed_on_the_listing_is_told_once(source: Watched) -> None:
    """The listing is compared with itself; the page is asked at once, and tells no second time what it says too."""
    source.titles["/bridge"] = "Через Лесную навели переправу"
    with_neighbours(source)
    source.titles["/bridge"] = "Через Лесную не навели переправу"
    source.pages["/bridge"] = article("Переправа через Лесную", paragraphs=BRIDGE, dated=DATED)
    source.collect(hours(2))
    told = ("headline", "Через Лесную навели переправу", "Через Лесную не навели переправу", "listing", 1)
    assert source.changes == [told]
    source.pages["/bridge"] = article("Через Лесную не навели переправу", paragraphs=BRIDGE, dated=DATED)
    assert "/bridge" in source.again(hours(2.1))["paths"]
    source.collect(hours(24.5))
    assert source.changes == [told]
    assert source.rows("select version from article where title like '%не навели%'") == [{"version": 2}]


def test_a_listing_that_shows_all_its_titles_otherwise_tells_nothing(source: Watched) -> None:
    """Cut elsewhere, set in capitals, or all of them other words: the listing changed, not the headlines."""
    source.titles = {
        "/bridge": "Через Лесную навели пере…",
        **{f"/{number}": f"Весть {number}" for number in range(1, 9)},
    }
    with_neighbours(source)
    source.titles["/bridge"] = "Через Лесную навели переправу за сорок…"
    source.titles["/1"] = "ВЕСТЬ «1»"
    source.collect(hours(2))
    source.titles = {path: f"Читать далее о {path}" for path in source.titles}
    source.collect(hours(3))
    assert source.changes == []


def test_watched_articles_come_first_and_suspected_before_them(source: Watched) -> None:
    """A run asks what is suspicious, then what mentions a concept, then the rest."""
    with_neighbours(source)
    source.pages["/3"] = MISSING
    first = source.again(hours(1.1))["paths"]
    assert first[0] == "/bridge"
    source.pages["/3"] = other(3)
    source.again(hours(1.2))
    query(source.at(hours(1.2)), "update recheck set due_at = '2026-11-23 11:50Z' where stage = '24h' returning 1")
    assert source.again(hours(2.1))["paths"][:2] == ["/3", "/bridge"]


KILLED = """
import sys
from datetime import datetime
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.recheck import open_recheck, recheck
from wirewatch.settings import settings
moment = datetime.fromisoformat(sys.argv[1])
desk = Desk(settings(), now=lambda: moment)
run, slugs = open_recheck(desk, "killed")
for slug in slugs:
    recheck(desk, run, slug)
"""


@pytest.mark.parametrize("pages", [1, 4, 8])
def test_killed_midway_and_run_again_is_as_if_never_killed(source: Watched, pages: int) -> None:
    """SIGKILL after some pages, then the same run again, three times: each change is there once."""
    with_neighbours(source)
    source.pages["/bridge"] = article("Переправа наведена", paragraphs=(*BRIDGE[:3], "Мост открыт."), dated=DATED)
    source.pages["/2"], source.pages["/7"] = MISSING, MISSING
    desk = source.at(hours(1.1))
    start = len(source.site.asked)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, hours(1.1).isoformat()],
        env={**os.environ, **desk.settings.to_environment()},
        cwd=ROOT,
    )
    while len(source.site.asked) - start < pages and child.poll() is None:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    for key in ("killed", "killed", "second", "second"):
        desk = source.at(hours(1.1 if key == "killed" else 2.1))
        run, slugs = open_recheck(desk, key)
        for slug in slugs:
            assert run is not None
            recheck(desk, run, slug)
    found = source.changes
    assert [row for row in found if row[0] == "withdrawn"] == [("withdrawn", "gone", "page", 1)] * 2
    assert [row[:3] for row in found if row[0] == "headline"] == [
        ("headline", "Переправа через Лесную", "Переправа наведена")
    ]
    assert source.rows("select outcome, count(*)::int as n from recheck where stage = '1h' group by 1 order by 1") == [
        {"outcome": "gone", "n": 2},
        {"outcome": "there", "n": 7},
    ]


def test_the_command_prints_what_it_came_to(source: Watched) -> None:
    """`wirewatch recheck` asks what is due and ends with its summary; with nothing due it asks nothing."""
    source.collect(FIRST)
    desk = source.at(FIRST)
    query(desk, "update recheck set due_at = '2000-01-01Z' where stage = '1h' returning 1")
    query(desk, "update recheck set due_at = '2100-01-01Z' where stage <> '1h' returning 1")
    environment = {**os.environ, **desk.settings.to_environment()}
    command = [sys.executable, "-m", "wirewatch.cli", "recheck", "--source", "one"]
    ended = [
        subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True) for _ in range(2)
    ]
    found = [json.loads(each.stdout.splitlines()[-1]) for each in ended]
    zero = {"changed": 0, "suspected": 0, "withdrawn": 0, "restored": 0, "silent": 0, "alerts": 0}
    assert found == [
        {"run_id": 2, "sources": 1, "asked": 1, **zero},
        {"run_id": None, "sources": 0, "asked": 0, **zero},
    ]


def test_it_may_run_beside_the_daily_job(source: Watched) -> None:
    """Both ask the same articles at the same time: what changed is recorded once, and nothing breaks."""
    with_neighbours(source)
    source.pages["/bridge"] = article("Переправа наведена", paragraphs=BRIDGE, dated=DATED)
    desk = source.at(hours(24.1))
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(run_day, desk, day=hours(24.1).date()), pool.submit(run_recheck, desk)]
    assert [each.exception() for each in both] == [None, None]
    assert source.changes == [("headline", "Переправа через Лесную", "Переправа наведена", "page", 2)]
    assert source.rows(
        "select count(*)::int as n from \"fetch\" where purpose = 'article' and outcome = 'new' and read_at is null"
    ) == [{"n": 0}]


def test_a_backfill_changes_nothing(source: Watched) -> None:
    """What a backfill brings is neither planned for rechecks nor told as changed."""
    source.pages["/bridge"] = article("Переправа через Лесную", paragraphs=BRIDGE, dated=DATED)
    run_day(source.at(FIRST), day=DAY, backfill=True)
    assert source.again(hours(1.1))["paths"] == []
    assert (source.rows("select * from recheck"), source.changes) == ([], [])
