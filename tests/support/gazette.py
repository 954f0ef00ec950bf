"""An invented daily on loopback for tests that need weeks of news: a feed, articles, weekends, a holiday, and faults.

    with Gazette(country="PL") as gazette:
        gazette.write_source(folder)
        gazette.now = datetime(2026, 11, 24, 18, tzinfo=timezone.utc)   # what is out by then is served
        gazette.fault = soft_404                                        # how answers are spoilt from now on

How much comes on a day is drawn with the day as the seed, so that every run of a test sees the same weeks.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from random import Random
from ssl import SSLContext

from tests.support.sites import Reply, Route, Site, redirect

Fault = Callable[["Gazette", str, Reply], Reply]
"""The site, the path asked and the right answer → the answer given."""

FEED, HOME = "/rss.xml", "/"
LISTED = 25  # articles in the feed
HTML = (("Content-Type", "text/html; charset=utf-8"),)

_PLACES = ("Верасова", "Альховка", "Грыбова", "Сасновец", "Ясенец", "Крынічнае", "Тополевка", "Бродец")
_UNITS = ("мостовой батальон", "рота связи", "учебный центр", "полигонная команда", "топографический взвод")
_DEEDS = ("завершил сборы", "принял пополнение", "проверил технику", "провёл занятие", "открыл новый класс")
_SENTENCES = (
    "Как рассказали в штабе, занятия шли по утверждённому плану и закончились к вечеру.",
    "Командир отметил слаженность расчётов и попросил уделить больше внимания мелочам.",
    "Местные жители заранее знали о колонне, и движение по дороге прерывали лишь ненадолго.",
    "Погода не помешала: дождь прекратился ещё утром, а к полудню вышло солнце.",
    "Следующий этап назначен на конец месяца, его подробности сообщат отдельно.",
    "В классе поставили новые столы и карты, прежние передали сельской школе.",
    "Ветераны части вспомнили, как тридцать лет назад начинали на том же поле.",
)


@dataclass(frozen=True)
class Piece:
    """One article."""

    day: date
    number: int  # of the day, from 1
    at: datetime  # UTC

    @property
    def path(self) -> str:
        """Its address on the site."""
        return f"/news/{self.day:%Y/%m/%d}/{self.number}-soobshchenie-shtaba"

    @property
    def title(self) -> str:
        """Different for each."""
        draw = Random(f"title {self.path}")
        return (
            f"{draw.choice(_PLACES)}: {draw.choice(_UNITS)} {draw.choice(_DEEDS)}, сводка {self.day:%d%m}-{self.number}"
        )

    @property
    def paragraphs(self) -> list[str]:
        """Five to nine."""
        draw = Random(f"text {self.path}")
        return [
            f"{draw.choice(_PLACES)}, {draw.randint(2, 60)}-й день. {' '.join(draw.sample(_SENTENCES, 3))}"
            for _ in range(draw.randint(5, 9))
        ]


@dataclass
class Gazette:
    """The site, listening while the context is open; ``weekday`` and ``weekend`` are articles a day, about."""

    country: str = "BY"
    weekday: int = 16
    weekend: int = 3
    holidays: frozenset[date] = frozenset()  # nothing comes
    tls: SSLContext | None = None
    editions: int = 1  # feeds, articles shared out among them
    now: datetime = datetime(2026, 11, 1, 18, tzinfo=timezone.utc)
    fault: Fault | None = None
    _site: Site = field(init=False, repr=False)

    def __enter__(self) -> Gazette:
        self._site = Site(_Routes(self), tls=self.tls).__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._site.__exit__(*error)

    @property
    def base(self) -> str:
        """Address without a slash at the end."""
        return self._site.url("")

    @property
    def feeds(self) -> list[str]:
        """Paths of the feeds."""
        return [FEED, *(f"/{number}{FEED}" for number in range(2, self.editions + 1))]

    def swap_certificate(self, tls: SSLContext) -> None:
        """What connections from now on are shown."""
        self._site.tls = tls

    def count(self, day: date) -> int:
        """Articles of a day: the usual number, give or take a third."""
        if day in self.holidays:
            return 0
        usual = self.weekend if day.weekday() >= 5 else self.weekday
        draw = Random(f"count {day}")
        return sum(draw.random() < 0.5 * draw.uniform(0.8, 1.2) for _ in range(2 * usual))

    def pieces(self, day: date) -> list[Piece]:
        """Articles of a day, spread from 6 to 17 o'clock UTC."""
        count = self.count(day)
        start = datetime.combine(day, time(6), timezone.utc)
        return [Piece(day, number + 1, start + timedelta(hours=11) * number / count) for number in range(count)]

    def out(self, moment: datetime) -> list[Piece]:
        """The newest articles at a time, newest first."""
        days = [moment.date() - timedelta(days=back) for back in range(12)]
        return [piece for day in days for piece in reversed(self.pieces(day)) if piece.at <= moment]

    def write_source(self, folder: Path, *, slug: str = "gazette", more: str = "") -> None:
        """The source file with the running address in it; ``more``: further lines of YAML."""
        folder.mkdir(parents=True, exist_ok=True)
        entries = "".join(f"  - feed: {self.base}{path}\n" for path in self.feeds)
        (folder / f"{slug}.yml").write_text(
            f"slug: {slug}\nname: The Gazette\ncountry: {self.country}\nkind: press\nhome: {self.base}/\n"
            f"languages: [ru]\ntimezone: Europe/Warsaw\nentries:\n{entries}"
            "article: {title: h1.news-title, body: .news-text p, published: .news-time@datetime,"
            " authors: .news-author}\n"
            f"crawl: {{delay: 0}}\nstatus: {{state: works, how: invented}}\n{more}",
            encoding="utf-8",
        )

    def answer(self, path: str) -> Reply:
        """What the site says to a path at its present time."""
        reply = self.right(path, self.now)
        return self.fault(self, path, reply) if self.fault and path != "/robots.txt" else reply

    def right(self, path: str, moment: datetime) -> Reply:
        """What it would say with nothing wrong."""
        if path in self.feeds:
            edition = self.feeds.index(path)
            pieces = [piece for piece in self.out(moment) if piece.number % self.editions == edition]
            return self.feed(pieces[:LISTED])
        if path == HOME:
            return self.front(self.out(moment)[:40])
        day = path.removeprefix("/news/").rpartition("/")[0].replace("/", "-")
        found = (
            [piece for piece in self.pieces(date.fromisoformat(day)) if piece.path == path] if day[:2] == "20" else []
        )
        return article(found[0]) if found else Reply(404, HTML, b"<p>404</p>")

    def feed(self, pieces: list[Piece]) -> Reply:
        """RSS."""
        items = "".join(
            f"<item><title>{piece.title}</title><link>{self.base}{piece.path}</link>"
            f"<pubDate>{format_datetime(piece.at)}</pubDate></item>"
            for piece in pieces
        )
        text = f"<rss version='2.0'><channel><title>The Gazette</title><link>{self.base}/</link>{items}</channel></rss>"
        return Reply(200, (("Content-Type", "application/rss+xml; charset=utf-8"),), text.encode())

    def front(self, pieces: list[Piece]) -> Reply:
        """The home page: links and teasers."""
        items = "".join(
            f"<li class=teaser><a href={piece.path}>{piece.title}</a><p>{piece.paragraphs[0][:80]}</p></li>"
            for piece in pieces
        )
        return page("The Gazette", f"<h1>Все новости</h1><ul>{items}</ul>")


class _Routes(dict[str, Route]):
    """Every path, answered as the gazette has it at that moment."""

    def __init__(self, gazette: Gazette) -> None:
        super().__init__()
        self._gazette = gazette

    def get(self, key: str, default: object = None) -> Route:
        return lambda asked: self._gazette.answer(key)


def page(title: str, body: str) -> Reply:
    """An HTML page."""
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    return Reply(200, HTML, f"<!doctype html><html lang=ru>{head}<body>{body}</body></html>".encode())


def article(piece: Piece, *, teaser: bool = False) -> Reply:
    """An article's page; as a teaser, only the beginning of its text."""
    paragraphs = [f"{piece.paragraphs[0][:110]}…"] if teaser else piece.paragraphs
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return page(
        f"{piece.title} — The Gazette",
        f"<nav><a href=/>Главная</a></nav><article><h1 class=news-title>{piece.title}</h1>"
        f"<time class=news-time datetime='{piece.at.isoformat()}'>{piece.at:%d.%m.%Y %H:%M}</time>"
        f"<span class=news-author>Иван Верас</span><div class=news-text>{text}</div></article>",
    )


# Faults


def forbidden(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """403 to everything."""
    return Reply(403, HTML, b"<h1>Forbidden</h1>")


def html_as_rss(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """The home page in place of the feed."""
    return gazette.right(HOME, gazette.now) if path in gazette.feeds else reply


def other_class_names(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A redesign: the same pages with other class names."""
    return replace(reply, body=reply.body.replace(b"class=news-", b"class=entry__"))


def captcha(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A challenge in place of everything."""
    return page(
        "Проверка браузера",
        "<h1>Подтвердите, что вы не робот</h1><div class=g-recaptcha></div><p>Это займёт минуту.</p>",
    )


def consent(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A consent page at 200 in place of each article."""
    if not path.startswith("/news/"):
        return reply
    return page(
        "The Gazette",
        "<h1>Before you continue</h1><p>We value your privacy. We and our partners store cookies on your device.</p>"
        "<form><button>Accept all</button><button>Reject all</button></form>",
    )


def frozen(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """The feed as it was yesterday; the rest of the site goes on."""
    return gazette.right(path, gazette.now - timedelta(days=1)) if path in gazette.feeds else reply


def empty(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A valid feed without items."""
    return gazette.feed([]) if path in gazette.feeds else reply


def soft_404(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """ "Not found" at 200 in place of each article."""
    if not path.startswith("/news/"):
        return reply
    return page(
        "Страница не найдена", f"<h1>Страница не найдена</h1><p>Адрес {path} устарел.</p><a href=/>На главную</a>"
    )


def truncated_gzip(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """Everything compressed, and cut in the middle."""
    packed = gzip.compress(reply.body)
    return Reply(reply.status, (*reply.headers, ("Content-Encoding", "gzip")), packed[: len(packed) // 2])


def to_the_home_page(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """Each article's address leads to the home page."""
    return redirect(f"{gazette.base}/") if path.startswith("/news/") else reply


def teasers(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """The beginning of the text in place of the text."""
    found = [piece for piece in gazette.out(gazette.now) if piece.path == path]
    return article(found[0], teaser=True) if found else reply
