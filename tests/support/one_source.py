"""A source of one site whose pages and source file a test changes between runs.

with OneSource(make_desk, tmp_path / "sources") as source:
    source.pages["/a"] = article("Title", paragraphs=("One.", "Two."))
    source.layout = {"title": "h1", "body": ".text p"}
    source.run(day)
    source.rows("select * from article")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone
from pathlib import Path
from typing import Any

import yaml

from tests.support.sites import Reply, Site
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse.connection import connected

PARAGRAPHS = (
    "Инженерная рота навела переправу через Лесную за сорок минут, сообщили в штабе сборов.",
    "Учения ОДКБ под Верасовой продолжатся до конца недели, движение по мосту закрыто.",
    "Наблюдатели соседних округов прибыли утром и осмотрели понтонный парк.",
)


def article(
    title: str, *, paragraphs: tuple[str, ...] = PARAGRAPHS, advert: str = "1", dated: str = "2026-11-23T10:00:00+03:00"
) -> Reply:
    """A page of the site; ``advert`` is what changes on every visit."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f"<html lang=ru><head><title>{title}</title><meta property=og:type content=article></head><body>"
        f"<div class=advert>{advert}</div><article><h1>{title}</h1><span class=date>{dated}</span>"
        f"<span class=code>1850-01-01</span><div class=text>{text}</div></article></body></html>"
    )
    return Reply(headers=(("Content-Type", "text/html; charset=utf-8"),), body=html.encode())


LAYOUT = {"title": "h1", "body": ".text p", "published": ".date"}


@dataclass
class OneSource:
    """The site, its source file and the runs."""

    make_desk: Callable[..., Desk]
    folder: Path
    pages: dict[str, Reply] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=lambda: dict(LAYOUT))

    def __enter__(self) -> OneSource:
        self.folder.mkdir(parents=True)
        self.site = Site().__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.site.__exit__()

    def desk(self, day: date) -> Desk:
        """A desk at noon of that day, with the source file as it is now."""
        content = {
            "slug": "one",
            "name": "One",
            "country": "BY",
            "kind": "press",
            "home": self.site.url(),
            "languages": ["ru"],
            "timezone": "Europe/Minsk",
            "entries": [{"listing": self.site.url(), "links": ".news a"}],
            "article": self.layout,
            "crawl": {"delay": 0},
            "status": {"state": "works", "how": "invented"},
        }
        (self.folder / "one.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        now = datetime.combine(day, time(12), tzinfo=timezone.utc)
        made: Desk = self.make_desk(now=now, sources=self.folder)
        return made

    def run(self, day: date) -> dict[str, Any]:
        """The whole day's job; its summary."""
        links = "".join(f"<li><a href={path}>Новость дня {path}</a></li>" for path in self.pages)
        listing = Reply(headers=(("Content-Type", "text/html"),), body=f"<ul class=news>{links}</ul>".encode())
        self.site.routes = {"/": listing, **self.pages}
        return run_day(self.desk(day), day=day)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """What the warehouse answers."""
        return query(self.make_desk(), statement)


def query(desk: Desk, statement: str) -> list[dict[str, Any]]:
    """Rows of a statement."""
    with connected(desk.database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return [dict(row) for row in cursor.fetchall()]
