"""Pages → readings."""

from __future__ import annotations

import codecs
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

import pytest

from wirewatch.errors import PageError
from wirewatch.model import Kind, Page, Precision
from wirewatch.parse.contract import extract_row
from wirewatch.parse.extract import without_headline
from wirewatch.parse.read import read_page
from wirewatch.sources import SourceSpec

FETCHED = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)
SENTENCE = "Совместное учение завершилось под Верасовой, сообщили в пресс-службе округа. "
META = "<meta property='article:published_time' content='{}'>"
LD = (
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
    '"datePublished":"2026-11-23T09:00:00Z"}]}</script>'
)
PARAGRAPHS = [f"{SENTENCE}Этап {number} прошёл без происшествий. {SENTENCE}".strip() for number in range(1, 5)]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(
    html: str | bytes, *, content_type: str = "text/html; charset=utf-8", url: str = "https://a.example/n/1"
) -> Page:
    body = html.encode() if isinstance(html, str) else html
    return Page(url, url, 200, (("Content-Type", content_type),), body, FETCHED)


def document(head: str = "", body: str = BODY, *, lang: str = "ru", title: str = "Учение завершилось") -> str:
    return (
        f"<!doctype html><html lang={lang}><head><title>{title} | Сайт</title>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{title}'>{head}</head>"
        f"<body><header><a href=/>Сайт</a></header><article><h1>{title}</h1>{body}</article></body></html>"
    )


def source(**changes: object) -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "slug": "a", "name": "A", "country": "BY", "kind": "press", "home": "https://a.example/",
            "languages": ["ru"], "timezone": "Europe/Minsk", "entries": [{"feed": "https://a.example/rss"}],
            "status": {"state": "works", "how": "invented"}, **changes,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        ("utf-8", "text/html; charset=utf-8", ""),
        ("windows-1251", "text/html; charset=windows-1251", ""),
        ("windows-1251", "text/html", "<meta charset=windows-1251>"),
        ("koi8-r", "text/html", "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>"),
        ("utf-8", "text/html; charset=windows-1251", ""),
        ("utf-16", "text/html", ""),
    ],
)
def test_letters_survive_their_charset(encoding: str, content_type: str, declared: str) -> None:
    """Declared in the header, in the page, wrongly, or by a mark at the start: the text is the same."""
    raw = document(declared).encode(encoding)
    assert encoding != "utf-16" or raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    reading = read_page(page(raw, content_type=content_type), source=source())
    assert reading.article is not None
    assert (reading.article.title, reading.article.language) == ("Учение завершилось", "ru")
    assert SENTENCE.strip() in reading.article.body


def test_the_headline_and_the_frame_are_no_part_of_the_body() -> None:
    """Title without the site's name; body in paragraphs, without headline and navigation."""
    article = read_page(page(document()), source=source()).article
    assert article is not None
    assert article.body.splitlines() == PARAGRAPHS
    assert without_headline("Сайт\nA\nb", "A") == "b"
    assert without_headline("A", "A") == ""
    assert without_headline("b\nc", "A") == "b\nc"


@pytest.mark.parametrize(
    ("head", "at", "precision"),
    [
        (META.format("2026-11-23T14:05:00+03:00"), "2026-11-23T14:05:00+03:00", "second"),
        (META.format("2026-11-23T14:05"), "2026-11-23T14:05:00+03:00", "minute"),
        (META.format("2026-11-23"), "2026-11-23T00:00:00+03:00", "day"),
        (LD,
         "2026-11-23T09:00:00+00:00", "second"),
    ],
)  # fmt: skip
def test_the_stated_time_keeps_its_offset_and_precision(head: str, at: str, precision: str) -> None:
    """The page's own offset where it states one, else the source's zone; never more exact than stated."""
    article = read_page(page(document(head)), source=source()).article
    assert article is not None
    assert article.published is not None
    assert (article.published.at.isoformat(), article.published.precision.value) == (at, precision)


@pytest.mark.parametrize(
    ("text", "zone", "at"),
    [
        ("24 ноября 2026, 09:15", "Europe/Moscow", "2026-11-24T09:15:00+03:00"),
        ("сегодня, 11:05", "Europe/Minsk", "2026-11-24T11:05:00+03:00"),
        ("15 чэрвеня 2026, 08:30", "Europe/Minsk", "2026-06-15T08:30:00+03:00"),
        ("15 червня 2026, 08:30", "Europe/Kyiv", "2026-06-15T08:30:00+03:00"),
        ("23 listopada 2026, 14:00", "Europe/Warsaw", "2026-11-23T14:00:00+01:00"),
        ("15 czerwca 2026, 14:00", "Europe/Warsaw", "2026-06-15T14:00:00+02:00"),
    ],
)
def test_visible_dates_are_read_in_their_language_and_zone(text: str, zone: str, at: str) -> None:
    """A date in words beside the headline, relative to the time of fetching, across summer time."""
    html = document(body=f"<div class=date>{text}</div>{BODY}")
    article = read_page(page(html), source=source(timezone=zone)).article
    assert article is not None
    assert article.published is not None
    assert article.published.at.isoformat() == at


def test_no_date_is_no_date() -> None:
    """What the page does not state is missing, and never the time of fetching."""
    article = read_page(page(document()), source=source()).article
    assert article is not None
    assert article.published is None


def test_selectors_of_the_source_go_first() -> None:
    """Title, body, time and authors by selectors, an attribute by @, and what is dropped is gone."""
    html = (
        "<html><body><div class=h>Заголовок</div><span class=by>Иван Петров</span>"
        "<time class=t datetime='2026-11-20T10:00:00+03:00'>вчера</time>"
        f"<div class=text><p>{SENTENCE}</p><div class=ad>Купите слона</div><p>{SENTENCE}</p></div></body></html>"
    )
    layout = {
        "title": ".h", "body": ".text", "published": "time.t@datetime", "authors": ".by", "drop": [".ad"],
    }  # fmt: skip
    article = read_page(page(html), source=source(article=layout)).article
    assert article is not None
    assert (article.title, article.authors) == ("Заголовок", ("Иван Петров",))
    assert article.body.splitlines() == [SENTENCE.strip()] * 2
    assert article.published is not None
    assert article.published.precision is Precision.SECOND


TEASERS = "".join(
    f"<article class=teaser><a href=/n/{n}>Новость номер {n} о сборах и учениях</a><time>24.11.2026</time></article>"
    for n in range(30)
)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (document(), Kind.ARTICLE),
        (f"<html><head><title>Новости</title></head><body><h1>Новости</h1>{TEASERS}</body></html>", Kind.LISTING),
        ("<html><head><title>Just a moment...</title></head><body>Checking your browser. Enable JavaScript and cookies"
         " to continue</body></html>", Kind.BLOCKED),
        ("<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You have no permission to access"
         " this page on this server.</body></html>", Kind.BLOCKED),
        ("<html><head><title>404 — Страница не найдена</title></head><body><h1>Страница не найдена</h1></body></html>",
         Kind.OTHER),
    ],
    ids=["article", "listing", "captcha", "denied", "soft-404"],
)  # fmt: skip
def test_only_articles_are_articles(html: str, kind: Kind) -> None:
    """Lists, walls and soft errors at status 200 are told apart."""
    reading = read_page(page(html), source=source())
    assert reading.kind is kind
    assert (reading.article is not None) == (kind is Kind.ARTICLE)


@pytest.mark.parametrize(
    "html",
    [
        document(body=BODY + "<p>\x00</p>"),
        document(title="т" * 5_000_000),
        document("<meta property='article:published_time' content='9999-01-01T00:00:00Z'>"),
        document(META.format("2026-11-23T14:05:00+03:00"), body=""),
    ],
    ids=["nul", "title of 5 MB", "year 9999", "no body"],
)
def test_what_cannot_be_rows_is_refused_with_a_reason(html: str) -> None:
    """Such a page raises PageError with one sentence, and so goes to quarantine."""
    with pytest.raises(PageError) as caught:
        read_page(page(html), source=source())
    assert caught.value.reason
    assert len(caught.value.reason) < 300


@pytest.mark.parametrize(
    "body",
    ["<div>" * 100_000 + "текст", "<a " * 50_000, "<!--" * 50_000, "<p>" + "слово " * 500_000, "<table>" * 20_000],
    ids=["deep", "attributes", "comments", "long", "tables"],
)
def test_hostile_markup_ends(body: str) -> None:
    """Deep nesting, quadratic inputs and megabytes end in a reading or a reason, and never in a crash."""
    with suppress(PageError):
        assert read_page(page(document(body=body)), source=source()).kind in Kind


def test_the_contract_answers_every_line(tmp_path: Path) -> None:
    """A file that is not there and a page with NUL bytes are errors in their own rows."""
    broken = tmp_path / "nul.html"
    broken.write_text(document(body=BODY + "\x00"), encoding="utf-8")
    rows = [extract_row({"id": str(n), "url": "https://a.example/", "path": str(path)}) for n, path in
            enumerate((tmp_path / "missing.html", broken))]  # fmt: skip
    assert [row["id"] for row in rows] == ["0", "1"]
    assert all(row["kind"] == "other" and row["error"] for row in rows)
