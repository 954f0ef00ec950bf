"""Entry points of every kind, asked on loopback through a whole run: what is asked, what is stored, what is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.conftest import NOW, TODAY
from tests.support.sites import Asked, Reply, Route, Site
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse.connection import connected

YESTERDAY = TODAY - timedelta(days=1)
MINSK = ZoneInfo("Europe/Minsk")
TEXT = "".join(f"<p>Этап {number} учения прошёл в срок, сообщили в штабе под Верасовой.</p>" for number in range(8))
HTML = (("Content-Type", "text/html; charset=utf-8"),)
JSON = (("Content-Type", "application/json"),)


def html(body: str) -> Reply:
    return Reply(headers=HTML, body=f"<html lang=ru><body>{body}</body></html>".encode())


def article(asked: Asked) -> Reply:
    """An article under any address; it states no time."""
    name = asked.path.rpartition("/")[2]
    meta = "<meta property=og:type content=article>"
    return html(f"{meta}<article><h1>Сборы, день {name}</h1>{TEXT}{name}</article>")


def listing(*numbers: int, following: str = "") -> Reply:
    links = "".join(f"<li><a href=/a/{number}>Сборы, день {number}</a></li>" for number in numbers)
    return html(f"<ul>{links}</ul>{following}")


def by_page(*pages: Route) -> Callable[[Asked], Any]:
    """A route that answers by the parameter p, and the last page for all further numbers, as many a site does."""

    def answer(asked: Asked) -> Any:
        number = int(parse_qs(urlsplit(asked.path).query).get("p", ["1"])[0])
        route = pages[min(number, len(pages)) - 1]
        return route(asked) if callable(route) else route

    return answer


class Watched:
    """One site with one source file, and the runs over it."""

    def __init__(self, desk: Desk, site: Site) -> None:
        self.desk, self.site = desk, site
        self.site.routes.update({f"/a/{number}": article for number in range(1, 200)})

    def declare(self, entry: dict[str, Any] | None = None, **more: Any) -> None:
        """Write the source file; addresses begin with a slash."""
        base = self.site.url("")
        document = {
            "slug": "mod", "name": "Ministry", "country": "BY", "kind": "ministry", "home": f"{base}/",
            "languages": ["ru"], "timezone": "Europe/Minsk", "crawl": {"delay": 0},
            "status": {"state": "works", "how": "served by this test"},
            "entries": [entry or {"feed": "/none"}], **more,
        }  # fmt: skip
        text = yaml.safe_dump(document, allow_unicode=True).replace(": /", f": {base}/").replace(": '/", f": '{base}/")
        (self.desk.settings.sources / "mod.yml").write_text(text, encoding="utf-8")
        self.desk = replace(self.desk)  # the files are read once a desk

    def run(self, *, day: date = TODAY, now: datetime | None = None, backfill: bool = False) -> list[str]:
        """Run a day; the paths asked, robots.txt left out."""
        start = len(self.site.asked)
        moment = now or NOW + (day - TODAY)
        run_day(replace(self.desk, now=lambda: moment), day=day, backfill=backfill)
        return [path for path in self.site.paths[start:] if path != "/robots.txt"]

    def query(self, statement: str) -> list[dict[str, Any]]:
        with connected(self.desk.database_url) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [dict(row) for row in cursor.fetchall()]

    @property
    def last(self) -> tuple[str | None, str | None]:
        """State and note of the last run."""
        (row,) = self.query("select health, note from run_source order by run_id desc limit 1")
        return row["health"], row["note"]

    @property
    def articles(self) -> set[str]:
        """Paths of the articles that are loaded."""
        return {urlsplit(row["url"]).path for row in self.query("select url from article")}


@pytest.fixture
def watched(make_desk: Callable[..., Desk], tmp_path: Path) -> Any:
    sources = tmp_path / "sources"
    sources.mkdir()
    with Site() as site:
        yield Watched(make_desk(sources=sources), site)


def paths(*numbers: int) -> set[str]:
    return {f"/a/{number}" for number in numbers}


# Paging


PAGED = {"listing": "/news?p={page}", "links": "li a", "pages": 5}


def entries_of(asked: list[str]) -> list[str]:
    return [path for path in asked if not path.startswith("/a/")]


def test_a_listing_is_read_page_by_page_until_all_is_known(watched: Watched) -> None:
    """The first run takes what there is; the next stops at the first page that names nothing new."""
    watched.declare(PAGED)
    watched.site.routes["/news"] = by_page(listing(6, 5), listing(4, 3), listing(2, 1))
    first = watched.run(day=YESTERDAY)
    assert entries_of(first) == [f"/news?p={number}" for number in (1, 2, 3, 4)]  # the fourth repeats the third
    assert watched.articles == paths(1, 2, 3, 4, 5, 6)
    watched.site.routes["/news"] = by_page(listing(9, 8), listing(7, 6), listing(5, 4), listing(3, 2))
    assert entries_of(watched.run()) == ["/news?p=1", "/news?p=2", "/news?p=3"]
    assert watched.articles == paths(1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert watched.last == ("ok", None)


def test_an_unchanged_listing_says_where_it_goes_on(watched: Watched) -> None:
    """What a broken run left out on page two is found by the next, although page one has not changed."""
    watched.declare(PAGED)
    watched.site.routes["/news"] = by_page(listing(4, 3), Reply(500), listing(2))
    watched.run()
    assert (watched.articles, watched.last[0]) == (paths(3, 4), "ok")
    assert "500" in (watched.last[1] or "")
    watched.site.routes["/news"] = by_page(listing(4, 3), listing(2, 1))
    assert entries_of(watched.run()) == ["/news?p=1", "/news?p=2", "/news?p=3"]
    assert (watched.articles, watched.last) == (paths(1, 2, 3, 4), ("ok", None))
    assert entries_of(watched.run()) == ["/news?p=1"]
    assert watched.last == ("unchanged", None)


def test_a_broken_run_leaves_no_page_out(watched: Watched) -> None:
    """A run dies when page two is in: the next finds page one unchanged, and still reads on behind it."""
    watched.declare(PAGED)
    watched.site.routes["/news"] = by_page(listing(4, 3), listing(2, 1))

    def now() -> datetime:
        if "/news?p=2" in watched.site.paths:
            raise RuntimeError("the power is gone")
        return NOW

    with pytest.raises(RuntimeError):
        run_day(replace(watched.desk, now=now), day=TODAY)
    assert watched.articles == set()
    watched.run()
    assert watched.articles == paths(1, 2, 3, 4)


def test_the_sites_own_pager_is_followed_and_left_in_time(watched: Watched) -> None:
    """`next` is followed through three pages and out of the circle they make."""
    watched.declare({"listing": "/news", "links": "li a", "next": "a.next", "pages": 9})
    watched.site.routes |= {
        "/news": listing(6, 5, following="<a class=next href=/two>on</a>"),
        "/two": listing(4, 3, following="<a class=next href=/three>on</a>"),
        "/three": listing(2, 1, following="<a class=next href=/news>on</a>"),
    }
    assert entries_of(watched.run()) == ["/news", "/two", "/three"]
    assert (watched.articles, watched.last) == (paths(1, 2, 3, 4, 5, 6), ("ok", None))
    watched.site.routes["/news"] = listing(7, 6)
    watched.run()
    assert watched.last == ("ok", f"{watched.site.url('/news')}: the selector of the next page matched nothing: a.next")


# WordPress and other JSON


def post(number: int, at: str) -> dict[str, Any]:
    return {"id": number, "link": f"/a/{number}", "date_gmt": at, "title": {"rendered": f"Сборы {number}"}}


def wordpress(posts: list[dict[str, Any]], *, size: int = 2) -> Callable[[Asked], Reply]:
    """A WordPress in Minsk that selects and pages as the real one does."""

    def answer(asked: Asked) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        chosen = [
            item for item in posts if _local(item) > query.get("after", "") and _local(item) < query.get("before", "9")
        ]
        number, most = int(query.get("page", "1")), min(int(query["per_page"]), size)
        total = -(-len(chosen) // most)
        if number > max(total, 1):
            return Reply(400, JSON, b'{"code": "rest_post_invalid_page_number", "message": "Too far."}')
        shown = chosen[(number - 1) * most : number * most]
        return Reply(headers=(*JSON, ("X-WP-TotalPages", str(total))), body=json.dumps(shown).encode())

    return answer


def _local(item: dict[str, Any]) -> str:
    moment = datetime.fromisoformat(item["date_gmt"] + "+00:00").astimezone(MINSK)
    return moment.replace(tzinfo=None).isoformat()


POSTS = [
    post(5, "2026-11-24T08:00:00"),
    post(4, "2026-11-23T20:59:59"),
    post(3, "2026-11-23T10:00:00"),
    post(2, "2026-11-22T21:00:00"),
    post(1, "2026-11-22T20:59:59"),
]


def test_wordpress_is_read_page_by_page(watched: Watched) -> None:
    """The server's number of pages ends the walk."""
    watched.declare({"wordpress": "/wp-json/wp/v2/posts", "pages": 10})
    watched.site.routes["/wp-json/wp/v2/posts"] = wordpress(POSTS)
    asked = entries_of(watched.run())
    assert [parse_qs(urlsplit(path).query).get("page") for path in asked] == [None, ["2"], ["3"]]
    assert (watched.articles, watched.last) == (paths(1, 2, 3, 4, 5), ("ok", None))


def test_a_backfill_asks_wordpress_for_the_day(watched: Watched) -> None:
    """A past day, counted in the site's zone, is selected by the site, all its pages are read, and none is news."""
    watched.declare({"wordpress": "/wp-json/wp/v2/posts", "pages": 10})
    watched.site.routes["/wp-json/wp/v2/posts"] = wordpress(POSTS)
    watched.run(day=YESTERDAY, now=NOW, backfill=True)
    assert watched.articles == paths(2, 3, 4)
    assert watched.query("select count(*) as n from article where matched_at is null") == [{"n": 0}]


def test_a_refusing_wordpress_is_no_quiet_day(watched: Watched) -> None:
    """The site's own words stand in the note."""
    watched.declare({"wordpress": "/wp-json/wp/v2/posts"})
    body = b'{"code": "rest_disabled", "message": "The REST API is switched off."}'
    watched.site.routes["/wp-json/wp/v2/posts"] = Reply(401, JSON, body)
    watched.run()
    health, note = watched.last
    assert (health, "rest_disabled: The REST API is switched off." in (note or "")) == ("blocked", True)


def test_an_api_is_read_by_its_paths(watched: Watched) -> None:
    """Addresses are made of ids, times of Unix seconds, and pages are numbered."""
    fields = {"items": "data.rows", "link": "/a/{id}", "title": "head", "published": "at"}
    watched.declare({"api": "/api/news?p={page}", "fields": fields, "pages": 3})
    rows = [{"id": number, "head": f"Сборы {number}", "at": 1795507200 - number} for number in (3, 2, 1)]
    watched.site.routes["/api/news"] = by_page(
        *(Reply(headers=JSON, body=json.dumps({"data": {"rows": [row]}}).encode()) for row in rows)
    )
    watched.run()
    assert (watched.articles, watched.last) == (paths(1, 2, 3), ("ok", None))
    listed = watched.query(
        "select extract(epoch from listed_at)::bigint as at from address where purpose = 'article' order by 1"
    )
    assert [row["at"] for row in listed] == [1795507197, 1795507198, 1795507199]


# Dated addresses and archives

DATED = {"listing": "/{date:%Y/%m/%d}/", "links": "li a"}


def test_a_daily_run_asks_today_and_yesterday(watched: Watched) -> None:
    """Late articles of yesterday are not missed, and a page of today that is not there yet is no failure."""
    watched.declare(DATED)
    watched.site.routes |= {"/2026/11/24/": listing(3), "/2026/11/23/": listing(2, 1)}
    assert entries_of(watched.run()) == ["/2026/11/24/", "/2026/11/23/"]
    assert (watched.articles, watched.last) == (paths(1, 2, 3), ("ok", None))
    del watched.site.routes["/2026/11/24/"]
    watched.run()
    assert watched.last == ("unchanged", None)
    del watched.site.routes["/2026/11/23/"]
    watched.run()
    assert watched.last[0] == "broken"
    assert "404" in (watched.last[1] or "")


def test_a_backfill_reads_the_archive_of_its_day(watched: Watched) -> None:
    """What a day's archive lists counts as that day's though it states no time; a daily run does not ask it."""
    archive = {"listing": "/archive/{date:%d-%m-%Y}?p={page}", "links": "li a", "pages": 3}
    watched.declare({"listing": "/news", "links": "li a"}, archive=[archive])
    watched.site.routes |= {"/news": listing(9), "/archive/20-11-2026": by_page(listing(3, 2), listing(1))}
    assert entries_of(watched.run()) == ["/news"]
    for _ in range(2):  # the second run of a day finds nothing more, and asks no article again
        asked = watched.run(day=date(2026, 11, 20), now=NOW, backfill=True)
        assert entries_of(asked) == [*(f"/archive/20-11-2026?p={number}" for number in (1, 2, 3)), "/news"]
        assert watched.articles == paths(1, 2, 3, 9)
    assert not paths(1, 2, 3, 9) & set(asked)
    assert set(watched.run(day=TODAY + timedelta(days=1))) == {"/news", "/a/9"}  # for edits, and of today's news alone


def test_an_archive_that_shows_other_days_is_told(watched: Watched) -> None:
    """A site that ignores the day in the address shows today's news: what states another day is not taken."""
    watched.declare({"listing": "/news", "links": "li a"}, archive=[DATED])
    stamp = "<time datetime=2026-11-24T08:00>today</time>"
    today = html(f"<ul><li><a href=/a/1>Сборы</a>{stamp}</li><li><a href=/a/2>Учения</a>{stamp}</li></ul>")
    watched.site.routes |= {"/2026/11/20/": today, "/news": listing(9)}
    watched.run(day=date(2026, 11, 20), now=NOW, backfill=True)
    assert watched.articles == set()
    assert "none of the 2 addresses is of 2026-11-20" in (watched.last[1] or "")


def test_what_a_backfill_left_is_not_told_as_news(watched: Watched) -> None:
    """Past articles beyond a backfill's limit wait for the next backfill, unless a daily run lists them itself."""
    watched.declare({"listing": "/news", "links": "li a"}, archive=[DATED], crawl={"delay": 0, "pages": 1})
    watched.site.routes |= {"/2026/11/20/": listing(3, 2, 1), "/news": listing(2)}
    watched.run(day=date(2026, 11, 20), now=NOW, backfill=True)
    assert watched.articles == paths(3)
    watched.run()
    watched.run()
    assert watched.articles == paths(3, 2)
    assert watched.query("select count(*) as n from article where matched_at is null") == [{"n": 0}]
    watched.run(day=date(2026, 11, 20), now=NOW, backfill=True)
    assert watched.articles == paths(3, 2, 1)


# Hours


@pytest.mark.parametrize(
    ("hours", "asked"), [("22:00-06:00", False), ("20:00-22:00", True), ("21:00-21:00", True), ("09:00-21:00", False)]
)
def test_a_source_is_asked_in_its_hours_only(watched: Watched, hours: str, asked: bool) -> None:
    """At 21:00 in Minsk a source that is open from 22:00 is left alone: no request, no failure, no change of state."""
    watched.declare({"listing": "/news", "links": "li a"})
    watched.site.routes["/news"] = listing(1)
    watched.run(day=YESTERDAY)
    watched.site.routes["/news"] = listing(2, 1)
    watched.declare({"listing": "/news", "links": "li a"}, crawl={"delay": 0, "hours": hours})
    paths_asked = watched.run()
    assert bool(paths_asked) is asked
    closed = (None, f"outside its hours ({hours} Europe/Minsk)")
    assert watched.last == (("ok", None) if asked else closed)
    (row,) = watched.query("select state from run_source order by run_id desc limit 1")
    assert row["state"] == "done"


def test_a_source_that_closes_is_left_in_time(watched: Watched) -> None:
    """A run that lasts into the closed hours stops there, and the next one goes on."""
    watched.declare({"listing": "/news", "links": "li a"}, crawl={"delay": 0, "hours": "09:00-21:01"})
    watched.site.routes["/news"] = listing(1, 2, 3)

    def now() -> datetime:
        return NOW + timedelta(minutes="/a/2" in watched.site.paths)

    run_day(replace(watched.desk, now=now), day=TODAY)
    assert watched.articles == paths(1, 2)
    assert "stopped after 2 of 3 articles: outside its hours (09:00-21:01 Europe/Minsk)" in (watched.last[1] or "")
