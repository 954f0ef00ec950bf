"""Sources tried live on loopback: how each does, what is missing, what to do, and how long that may take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import NOW
from tests.support.sites import Asked, Reply, Site, hang
from wirewatch.errors import InputError
from wirewatch.pipeline.check import OutOfTimeError, Patience, check, check_all
from wirewatch.pipeline.checked import Checked, Seen, State
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.new_source import expected
from wirewatch.settings import Settings

TEXT = "".join(f"<p>Этап {number} учения прошёл в срок, сообщили в штабе под Верасовой.</p>" for number in range(8))
HTML = (("Content-Type", "text/html; charset=utf-8"),)
RSS = '<rss version="2.0"><channel><title>M</title>{items}</channel></rss>'


def page(body: str, *, status: int = 200) -> Reply:
    return Reply(status, HTML, f"<html lang=ru><body>{body}</body></html>".encode())


def article(asked: Asked) -> Reply:
    stated = "<meta property=article:published_time content=2026-11-24T10:00:00+03:00>"
    title = f"<h1>Сборы под Верасовой, день {asked.path.rpartition('/')[2]}</h1>"
    return page(f"<meta property=og:type content=article>{stated}<article>{title}{TEXT}</article>")


def feed(*paths: str, day: str = "24 Nov 2026") -> Reply:
    items = "".join(f"<item><link>{path}</link><pubDate>{day} 10:00:00 +0300</pubDate></item>" for path in paths)
    return Reply(headers=(("Content-Type", "application/rss+xml"),), body=RSS.format(items=items).encode())


class Bench:
    """Source files over one site."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        settings = replace(Settings.from_environment({}), sources=folder, allow_hosts=("127.0.0.0/8",))
        self.desk = Desk(settings, now=lambda: NOW)
        site.routes.update({f"/a/{number}": article for number in range(1, 9)})

    def declare(self, slug: str = "mod", entry: dict[str, Any] | None = None, **more: Any) -> None:
        base = self.site.url("")
        document = {
            "slug": slug,
            "name": slug.title(),
            "country": "BY",
            "kind": "ministry",
            "home": f"{base}/",
            "languages": ["ru"],
            "timezone": "Europe/Minsk",
            "crawl": {"delay": 0},
            "status": {"state": "works", "seen": date(2026, 11, 20), "how": "served by this test"},
            "entries": [entry or {"feed": "/feed"}],
            **more,
        }
        text = yaml.safe_dump(document, allow_unicode=True).replace(": /", f": {base}/").replace(": '/", f": '{base}/")
        (self.folder / f"{slug}.yml").write_text(text, encoding="utf-8")
        self.desk = replace(self.desk)

    def check(self, **options: Any) -> Checked:
        return check(self.desk, "mod", **options)


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    with Site() as site:
        yield Bench(tmp_path, site)


def test_a_sound_source_is_ok(bench: Bench) -> None:
    """Three articles are read, nothing is missing, nothing is to be done, and nothing was stored."""
    bench.declare()
    bench.site.routes["/feed"] = feed(*(f"/a/{number}" for number in range(1, 9)))
    checked = bench.check()
    assert (checked.state, checked.missing, checked.advice) == (State.OK, (), ())
    assert (checked.seen.leads, len(checked.seen.pages), len(checked.seen.articles)) == (8, 3, 3)
    assert checked.seen.newest == datetime(2026, 11, 24, 7, tzinfo=timezone.utc)
    assert bench.site.paths == ["/robots.txt", "/feed", "/a/1", "/a/2", "/a/3"]
    assert not bench.desk.settings.archive


@pytest.mark.parametrize(
    ("routes", "state", "advice"),
    [
        ({}, State.BROKEN, "feed: The site answered 404"),
        ({"/feed": Reply(403)}, State.BLOCKED, "feed: The site answered 403"),
        ({"/feed": page("Maintenance")}, State.BROKEN, "feed: HTML in place of a feed"),
        ({"/feed": feed()}, State.EMPTY, "it answers and names nothing: is this entry still fed?"),
        ({"/feed": feed("/b/1")}, State.BROKEN, "of 1 pages none is read as an article: The site answered 404"),
        ({"/feed": feed("/c/1"), "/c/1": Reply(403)}, State.BLOCKED, "of 1 pages none is read as an article: The site"),
        (
            {"/feed": feed("/c/1"), "/c/1": page("<p>Nothing")},
            State.UNREADABLE,
            "of 1 pages none is read as an article",
        ),
        ({"/feed": feed("/a/1", day="24 Oct 2026")}, State.OK, ""),
        ({"/robots.txt": Reply(body=b"User-agent: *\nDisallow: /")}, State.BLOCKED, "feed: robots.txt forbids"),
    ],
)
def test_what_is_wrong_is_named(bench: Bench, routes: dict[str, Any], state: State, advice: str) -> None:
    """Each way in which a source yields nothing has its name and its sentence."""
    bench.declare()
    bench.site.routes |= routes
    checked = bench.check()
    assert (checked.state, (checked.advice or ("",))[0][: len(advice)]) == (state, advice)
    assert checked.breaks_its_word is (state is not State.OK)


def test_a_frozen_source_is_stale(bench: Bench) -> None:
    """Articles are read, and the newest is weeks old."""
    bench.declare()
    bench.site.routes["/feed"] = feed("/a/1", day="1 Oct 2026")
    bench.desk = replace(bench.desk, now=lambda: NOW + timedelta(days=20))
    checked = bench.check()
    assert (checked.state, checked.advice) == (State.STALE, ("the newest is of 2026-11-24: is this entry still fed?",))


def test_what_is_expected_and_missing_is_named(bench: Bench) -> None:
    """Fields, length and language are compared with the file, and each comes with what to do."""
    expect = {"articles": 1, "body": 5000, "fields": ["title", "authors", "section"], "languages": ["be"]}
    bench.declare(expect=expect, article={"section": ".no-such"})
    bench.site.routes["/feed"] = feed("/a/1")
    checked = bench.check()
    length = len(checked.seen.articles[0].body)
    assert (checked.state, checked.missing, checked.advice) == (
        State.INCOMPLETE,
        ("authors", "section"),
        (
            "give a selector under article.authors",
            "look at the selector under article.section: it finds nothing",
            f"the middle body has {length} characters of 5000 expected: whole articles?",
            f"{bench.site.url('/a/1')} is in ru, expected be",
        ),
    )


def test_every_edition_is_tried(bench: Bench) -> None:
    """One article of each entry at least; an edition in another language than its entry says is named."""
    entries = [{"feed": f"/feed/{number}", "language": "be" if number == 4 else "ru"} for number in range(1, 5)]
    bench.declare(entries=entries, languages=["ru", "be"])
    bench.site.routes |= {f"/feed/{number}": feed(f"/a/{number}", "/a/8") for number in range(1, 5)}
    checked = bench.check()
    assert [page.url.rpartition("/")[2] for page in checked.seen.pages] == ["1", "2", "3", "4"]
    assert checked.advice == (f"{bench.site.url('/a/4')} is in ru, expected be",)


def test_one_broken_entry_of_two_is_named(bench: Bench) -> None:
    """A source that yields by its other entry is incomplete, not ok."""
    bench.declare(entries=[{"feed": "/feed"}, {"sitemap": "/gone.xml"}])
    bench.site.routes["/feed"] = feed("/a/1")
    checked = bench.check()
    assert (checked.state, checked.yields) == (State.INCOMPLETE, True)
    assert checked.advice[0].startswith("sitemap: The site answered 404")


def test_todays_page_may_be_missing(bench: Bench) -> None:
    """A dated listing whose page of today is not there yet is in order when yesterday's is."""
    bench.declare(entry={"listing": "/{date:%Y-%m-%d}", "links": "a"})
    bench.site.routes["/2026-11-23"] = page("<a href=/a/1>Сборы</a>")
    assert bench.check().state is State.OK


def test_the_archive_is_tried_for_a_day(bench: Bench) -> None:
    """--day asks what a backfill would ask; without an archive that is wrong input, said before anything is asked."""
    bench.declare(archive=[{"listing": "/{date:%Y-%m-%d}?p={page}", "links": "a", "pages": 9}])
    bench.site.routes["/2026-10-01"] = lambda asked: page(f"<a href=/a/{asked.path[-1]}>Сборы</a>")
    assert [entry.url.rpartition("/")[2] for entry in bench.check(day=date(2026, 10, 1)).seen.entries] == [
        "2026-10-01?p=1",
        "2026-10-01?p=2",
    ]
    bench.declare()
    with pytest.raises(InputError, match="mod has no archive"):
        bench.check(day=date(2026, 10, 1))


def test_a_source_outside_its_hours_is_not_asked(bench: Bench) -> None:
    """At 21:00 in Minsk; nobody breaks a word by that."""
    bench.declare(crawl={"hours": "22:00-06:00"})
    checked = bench.check()
    assert (checked.state, checked.breaks_its_word, bench.site.asked) == (State.CLOSED, False, [])
    assert checked.advice == ("not asked: outside its hours (22:00-06:00 Europe/Minsk)",)


def test_a_source_that_yields_says_so(bench: Bench) -> None:
    """Who keeps the file of an unverified source is told what to write."""
    bench.declare(status={"state": "unverified", "how": "never tried by anybody"})
    bench.site.routes["/feed"] = feed("/a/1")
    assert bench.check().advice == ("it yields articles: write status: {state: works, seen: 2026-11-24}",)


# Time


def test_waiting_ends_with_the_time() -> None:
    """A wait that would outlast a source's time is not begun."""
    now, slept = [100.0], list[float]()
    patience = Patience(clock=lambda: now[0], sleep=slept.append)
    patience.begin(10)
    patience.sleep(10)
    now[0] = 105.0
    with pytest.raises(OutOfTimeError):
        patience.sleep(6)
    assert slept == [10]


def test_a_slow_manner_takes_no_more_than_the_time_there_is(bench: Bench) -> None:
    """A minute between two requests and a second of time: what was seen stands, and nobody waits for the rest."""
    bench.declare(crawl={"delay": 60})
    bench.site.routes |= {"/feed": feed("/a/1"), "/robots.txt": Reply(404)}
    checked = bench.check(seconds=1)
    assert (checked.state, checked.breaks_its_word, bench.site.paths) == (State.SLOW, False, ["/robots.txt"])
    assert checked.advice == ("give it more time (--seconds): 60 seconds lie between two requests",)


def test_a_site_that_hangs_is_unreachable(bench: Bench) -> None:
    """No answer within a source's time ends the fetch."""
    bench.declare()
    bench.site.routes["/feed"] = hang()
    assert bench.check(seconds=1).state is State.UNREACHABLE


# All


def test_all_are_tried_and_told_in_order(bench: Bench) -> None:
    """Results come in the order asked for, whichever was done first; each is heard of once."""
    for number in range(12):
        bench.declare(f"s{number:02}", {"feed": f"/feed/{number}"})
        bench.site.routes[f"/feed/{number}"] = feed("/a/1")
    heard: list[str] = []
    slugs = [f"s{number:02}" for number in range(11, -1, -1)]
    results = check_all(bench.desk, slugs, progress=lambda checked: heard.append(checked.source.slug))
    assert [checked.source.slug for checked in results] == slugs
    assert sorted(heard) == sorted(slugs)
    assert {checked.state for checked in results} == {State.OK}


# What a new source may be expected to yield


def test_half_of_the_poorest_whole_day_is_expected() -> None:
    """The first and the last day of a feed are not whole; two days are the least from which anything is said."""
    zone = timezone(timedelta(hours=3))

    def times(*counts: int) -> list[datetime]:
        start = datetime(2026, 11, 24, 12, tzinfo=zone) - timedelta(days=len(counts) - 1)
        return [start + timedelta(days=day) for day, count in enumerate(counts) for _ in range(count)]

    def fewest(*counts: int) -> int | dict[Any, int]:
        return expected(Seen(), times(*counts), zone=zone, now=NOW).articles

    assert (fewest(1, 9, 6, 8, 2), fewest(1, 9, 2), fewest(5), fewest(), fewest(1, 9, 0, 8, 2)) == (3, 0, 0, 0, 0)


# The command line


def test_the_table_and_the_lines_tell_the_same(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """One row a source; exit 1 only for those that are said to work and yield nothing."""
    from wirewatch.cli.check_table import checked_row, report, table

    bench.declare("good")
    bench.declare("lost", {"feed": "/gone"})
    bench.declare("maybe", {"feed": "/gone"}, status={"state": "unverified", "how": "never tried by anybody"})
    bench.site.routes["/feed"] = feed("/a/1", "/a/2")
    results = check_all(bench.desk, ["good", "lost", "maybe"])
    lines = table(results).splitlines()
    assert [line.split()[:7] for line in lines[1:4]] == [
        ["good", "BY", "ministry", "works", "ok", "2", "2/2"],
        ["lost", "BY", "ministry", "works", "broken", "0", "0/0"],
        ["maybe", "BY", "ministry", "unverified", "broken", "0", "0/0"],
    ]
    assert lines[-1] == "1 of 3 sources yield articles; said to work, and yield nothing: lost"
    row = checked_row(results[0])
    assert json.loads(json.dumps(row)) == row
    assert (row["state"], row["read"], row["articles"][0]["language"]) == ("ok", 2, "ru")
    assert "good yields articles (ok): 2 leads, 2 of the 2 pages tried are articles" in report(results[0])
