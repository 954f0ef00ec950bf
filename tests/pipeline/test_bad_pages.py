"""One source with every bad page there is: each is quarantined with its reason, and the good ones load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import TODAY
from tests.support.sites import Reply, Site
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse.connection import connected

TEXT = "".join(
    f"<p>Этап {number} учения прошёл в срок, сообщили в штабе сборов под Верасовой.</p>" for number in range(8)
)
DATED = '"datePublished": "2026-11-24T10:00:00+03:00"'


def page(title: str, *, text: str = TEXT, dated: str = DATED) -> Reply:
    data = f'{{"@type": "NewsArticle", "headline": "{title}", {dated}}}'
    html = (
        f"<html lang=ru><head><title>x</title><meta property=og:type content=article>"
        f'<script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>{title}</h1><div class=text>{text}</div></article></body></html>"
    )
    return Reply(headers=(("Content-Type", "text/html; charset=utf-8"),), body=html.encode())


PAGES = {
    "/good-1": page("Первая хорошая новость"),
    "/nul": page("С нулём", text=TEXT + "<p>\x00</p>"),
    "/surrogate": page("Половина \\ud83d знака"),
    "/long-title": page("т" * 2_500_000),
    "/year-9999": page("Из будущего", dated='"datePublished": "9999-12-31T23:59:59Z"'),
    "/no-body": page("Без текста", text=""),
    "/good-2": page("Вторая хорошая новость"),
}


def query(desk: Desk, statement: str) -> list[dict[str, Any]]:
    with connected(desk.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return [dict(row) for row in cursor.fetchall()]


def test_bad_pages_are_quarantined_and_the_rest_loads(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """NUL, a lone surrogate, a title of megabytes, the year 9999, no body: five reasons, two articles, no error."""
    sources = tmp_path / "bad"
    sources.mkdir()
    links = "".join(f"<li><a href={path}>Новость {path}</a></li>" for path in PAGES)
    listing = Reply(headers=(("Content-Type", "text/html"),), body=f"<ul class=news>{links}</ul>".encode())
    with Site({"/": listing, **PAGES}) as site:
        (sources / "bad.yml").write_text(
            f"slug: bad\nname: Bad\ncountry: BY\nkind: press\nhome: {site.url()}\nlanguages: [ru]\n"
            f"timezone: Europe/Minsk\nentries: [{{listing: '{site.url()}', links: '.news a'}}]\n"
            "crawl: {delay: 0}\nstatus: {state: works, how: invented}\n",
            encoding="utf-8",
        )
        desk = make_desk(sources=sources)
        summary = run_day(desk, day=TODAY)
    reasons = {
        row["url"].rpartition("/")[2]: row["reason"] for row in query(desk, "select url, reason from quarantine")
    }
    titles = {row["title"] for row in query(desk, "select title from article")}
    assert set(reasons) == {"nul", "surrogate", "long-title", "year-9999", "no-body"}, (reasons, titles)
    assert titles == {"Первая хорошая новость", "Вторая хорошая новость"}
    assert (summary["articles"]["new"], summary["articles"]["quarantined"]) == (2, 5)
    assert all(len(reason) < 300 for reason in reasons.values())
