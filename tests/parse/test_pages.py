"""Whole pages: what is read from them, what is refused, and that hostile ones end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from wirewatch.errors import PageError
from wirewatch.model import Article, Kind, Page, Precision, Published, Reading
from wirewatch.parse.read import read_page
from wirewatch.sources import SourceSpec

PAGES = Path(__file__).parent / "pages"
URL = "https://harbour.example/news/2026/engineers-open-bridge"
MINSK = timezone(timedelta(hours=3))


def page(body: bytes | str, *, url: str = URL, content_type: str = "text/html; charset=utf-8") -> Page:
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", content_type),),
        body=body if isinstance(body, bytes) else body.encode(),
        fetched_at=datetime(2026, 11, 24, 22, 30, tzinfo=timezone.utc),
    )


def saved(name: str, **options: Any) -> Page:
    return page((PAGES / name).read_bytes(), **options)


def source(**layout: Any) -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "slug": "harbour-wire",
            "name": "Harbour Wire",
            "country": "BY",
            "kind": "wire",
            "home": "https://harbour.example/",
            "languages": ["be"],
            "timezone": "Europe/Minsk",
            "entries": [{"feed": "https://harbour.example/rss"}],
            "article": layout,
            "status": {"state": "unverified", "how": "invented for the tests"},
        }
    )


def story(
    *, title: str = "A quiet day on the border", date: str = "2026-11-24T10:00:00Z", body: str | None = None
) -> str:
    text = "The patrols met nobody on the road that night, and the outpost reported nothing unusual at dawn. " * 4
    return (
        '<html lang="en"><head><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{date}"></head>'
        f"<body><article><h1>{title[:100]}</h1>{body if body is not None else f'<p>{text}</p>'}</article></body></html>"
    )


def refusal(body: bytes | str) -> str:
    with pytest.raises(PageError) as caught:
        read_page(page(body))
    assert caught.value.url == URL
    return caught.value.reason


def test_marked_up_article_is_read_whole() -> None:
    """An article with JSON-LD and OpenGraph gives all its fields, the page's own offset kept."""
    body = (
        "Engineer troops laid a floating bridge across the Lesna on Tuesday morning, the district's press service "
        "reported.\n"
        "The crossing carried forty vehicles within an hour, and the water stood higher than the planners had expected "
        "it to.\n"
        "A second bridge is planned for Thursday, when the exercise moves to the training ground near Brod, officers "
        "said."
    )
    article = Article(
        source="",
        url=URL,
        title="Engineers open a bridge over the Lesna",
        body=body,
        authors=("Anna Kowal", "Piotr Zysk"),
        language="en",
        published=Published(
            at=datetime(2026, 11, 24, 14, 5, tzinfo=MINSK),
            precision=Precision.SECOND,
            stated="2026-11-24T14:05:00+03:00",
        ),
        canonical_url=URL,
        section="Exercises",
        image="https://harbour.example/pictures/bridge.jpg",
        modified=Published(
            at=datetime(2026, 11, 24, 15, 30, tzinfo=MINSK),
            precision=Precision.SECOND,
            stated="2026-11-24T15:30:00+03:00",
        ),
    )
    assert read_page(saved("brief.html")) == Reading(kind=Kind.ARTICLE, article=article, title=article.title)


def test_source_selectors_come_first() -> None:
    """A source's selectors give title, body, date and authors; relative days are reckoned in the source's zone."""
    spec = source(title="h1", body=".text", published=".when", authors=".by", drop=[".ad"])
    reading = read_page(saved("plain.html"), source=spec)
    assert reading.kind is Kind.ARTICLE
    assert reading.article == Article(
        source="harbour-wire",
        url=URL,
        title="Сапёры навялі пераправу праз раку Лясную",
        body="Сапёры навялі пераправу праз раку Лясную за гадзіну, паведамілі ў прэс-службе акругі.\n"
        "Вада стаяла вышэй, чым разлічвалі камандзіры, але калона прайшла без затрымак.",
        authors=("Алесь Вербіцкі",),
        language="be",
        # 22:30 UTC of the 24th is the 25th in Minsk, so "yesterday" is the 24th.
        published=Published(
            at=datetime(2026, 11, 24, 18, 40, tzinfo=ZoneInfo(spec.timezone)),
            precision=Precision.MINUTE,
            stated="Учора, 18:40",
        ),
    )


def test_selector_without_a_match_is_told() -> None:
    """A selector that matches nothing is named in the note, and the general reader takes its place."""
    reading = read_page(saved("brief.html"), source=source(title="h1.gone", body="article"))
    assert (reading.kind, reading.title, reading.note) == (
        Kind.ARTICLE,
        "Engineers open a bridge over the Lesna",
        "the source's selectors matched nothing for: title",
    )


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("listing.html", "https://harbour.example/exercises", Kind.LISTING),
        ("wall.html", URL, Kind.BLOCKED),
        ("missing.html", URL, Kind.OTHER),
    ],
)
def test_pages_that_are_no_articles(name: str, url: str, kind: Kind) -> None:
    """Listings, walls and error pages are told from articles, and say why."""
    reading = read_page(saved(name, url=url))
    assert (reading.kind, reading.article) == (kind, None)
    assert reading.note


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (story() + "\x00", "the page contains NUL bytes"),
        (story().encode().replace(b"patrols", b"p\xed\xa0\x80"), "the page contains lone surrogates"),
        (story(title="x " * 2_500_000), "the title has 4,999,999 characters, over 2,000"),
        (
            story(date="9999-01-01T00:00:00Z"),
            "the stated date '9999-01-01T00:00:00Z' is not between 1990 and two days from now",
        ),
        (story(date="1985-04-03"), "the stated date '1985-04-03' is not between 1990 and two days from now"),
        (story(date="2026-11-27"), "the stated date '2026-11-27' is not between 1990 and two days from now"),
        (story(body=""), "the page is marked as an article and has no body"),
    ],
    ids=["nul", "surrogate", "title", "year 9999", "before 1990", "future", "no body"],
)
def test_broken_articles_are_refused(body: bytes | str, reason: str) -> None:
    """What cannot become a row raises PageError with the address and one sentence."""
    assert refusal(body) == reason


def test_escaped_surrogate_in_json_ld_is_refused() -> None:
    """A lone surrogate that only a JSON escape makes is found as well."""
    script = '<script type="application/ld+json">{"@type":"NewsArticle","author":"Jan \\ud800 Zysk"}</script>'
    assert refusal(story() + script) == "a value of the page contains NUL or a lone surrogate"


def test_usable_date_is_preferred_to_a_broken_one() -> None:
    """A default such as year 1 in one place does not hide a good date in another."""
    script = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00"}</script>'
    article = read_page(page(story() + script)).article
    assert article is not None
    assert article.published == Published(
        at=datetime(2026, 11, 24, 10, tzinfo=timezone.utc), precision=Precision.SECOND, stated="2026-11-24T10:00:00Z"
    )


def test_no_date_stated_is_none() -> None:
    """An article that states no date has none: the time of fetching is not put in its place."""
    article = read_page(page(story(date=""), url="https://harbour.example/news/a-quiet-day-on-the-border")).article
    assert article is not None
    assert article.published is None


def test_day_without_an_offset_is_the_source_s_midnight() -> None:
    """A bare day is that day's midnight in the source's zone, with precision day."""
    article = read_page(page(story(date="2026-11-24")), source=source()).article
    assert article is not None
    assert article.published is not None
    assert (article.published.at.isoformat(), article.published.precision) == (
        "2026-11-24T00:00:00+03:00",
        Precision.DAY,
    )


DEEP = 100_000
TEXT = "<p>" + "Deep below all these elements the patrol still reports. " * 3 + "</p>"
HEAD = '<html><head><meta property="og:type" content="article"><meta property="og:title" content="Deep"></head><body>'


@pytest.mark.parametrize("depth", [300, 3000, DEEP])
@pytest.mark.parametrize("layout", [{}, {"body": "p"}], ids=["general", "selector"])
def test_deep_nesting_keeps_the_text(depth: int, layout: dict[str, str]) -> None:
    """Text below any depth is read, where a plain lxml tree would have dropped it."""
    body = (
        HEAD
        + "<div>" * depth
        + TEXT
        + "</div>" * depth
        + "<p>The last paragraph stands after it all, and it is kept.</p>"
    )
    article = read_page(page(body), source=source(**layout)).article
    assert article is not None
    assert article.body == (
        ("Deep below all these elements the patrol still reports. " * 3).strip()
        + "\nThe last paragraph stands after it all, and it is kept."
    )


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "body",
    [
        HEAD + "<a " * 50_000,
        HEAD + "<!--" * 50_000,
        HEAD + "<h1>" * DEEP,
        HEAD + "<b>x" * DEEP,
        HEAD + "<div " + " ".join(f'a{number}="x"' for number in range(100_000)) + ">" + TEXT,
        HEAD + '<li class="x"><a href="/x">a</a> 24.11.2026</li>' * 39_000,
        HEAD + TEXT * 50_000,
        HEAD + '<script type="application/ld+json">' + "[" * DEEP + "</script>" + TEXT,
        '<meta name="author" content="A B">' * DEEP,
        "",
    ],
    ids=[
        "open a",
        "open comments",
        "deep h1",
        "deep b",
        "attributes",
        "siblings",
        "8 MB",
        "deep json",
        "metas",
        "empty",
    ],
)
def test_hostile_pages_end(body: str) -> None:
    """Hostile markup gives a reading or a refusal; it neither crashes nor goes on for minutes."""
    with suppress(PageError):
        assert read_page(page(body), source=source(title="h1", body="p", published="time@datetime")).kind in Kind


def test_text_after_a_stray_end_is_kept() -> None:
    """What follows a stray </html> belongs to the page, as in a browser."""
    article = read_page(page(story().replace("<article>", "</body></html><article>"))).article
    assert article is not None
    assert article.body.startswith("The patrols met nobody")


def test_an_article_dated_before_its_site_began_is_refused() -> None:
    """With ``since:`` a date before it is no date of this site; the day itself is."""
    begun = source().model_copy(update={"since": date(2026, 11, 24)})
    assert read_page(page(story()), source=begun).kind is Kind.ARTICLE
    with pytest.raises(PageError) as caught:
        read_page(page(story(date="2026-11-23T10:00:00Z")), source=begun)
    assert caught.value.reason == ("the stated date '2026-11-23T10:00:00Z' is before 2026-11-24, when the site began")
