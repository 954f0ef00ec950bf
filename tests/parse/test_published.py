"""Whole heads and bodies → the page's dates: precedence, updates, defaults, and what is nobody's date."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wirewatch.parse import datelines
from wirewatch.parse.metadata import Head, read_head
from wirewatch.parse.page_tree import Tree, parse_tree
from wirewatch.parse.published import Dates, read_dates
from wirewatch.written_dates.dates import Habits, Moment

URL = "https://harbour.example/story"
MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=MINSK)
HABITS = Habits(now=NOW, zone=MINSK)
NEW_YEAR_1990 = datetime(1990, 1, 1, tzinfo=timezone.utc)


def opened(markup: str, url: str = URL) -> tuple[Tree, Head]:
    tree = parse_tree(markup)
    return tree, read_head(tree, url=url)


def plausible(moment: Moment) -> bool:
    at = moment.at if moment.at.tzinfo else moment.at.replace(tzinfo=timezone.utc)
    return NEW_YEAR_1990 <= at <= NOW + timedelta(days=2)


def dates(markup: str, *, url: str = URL, habits: Habits = HABITS) -> Dates:
    return read_dates(*opened(markup, url), habits=habits, accept=plausible)


def stated(markup: str, *, url: str = URL, habits: Habits = HABITS) -> tuple[str | None, str | None]:
    """What was read as published and as modified, as written."""
    found = dates(markup, url=url, habits=habits)
    return found.published and found.published.stated, found.modified and found.modified.stated


def script(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


ARTICLE = script('{"@type":"Article","datePublished":"2026-11-24"}')
META = '<meta property="article:published_time" content="2026-11-23">'


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        (ARTICLE + '<meta name="date" content="2026-11-01">', "2026-11-24"),
        (META + '<time datetime="2026-11-02">', "2026-11-23"),
        ('<h1>Bridge</h1><time datetime="2026-11-24">today</time>', "2026-11-24"),
        ('<h1>Bridge</h1><div class="date">24 ноября 2026</div><p>It began on 3 May 2020.</p>', "24 ноября 2026"),
        ("<h1>Bridge</h1><p>24.11.2026</p>", "24.11.2026"),
        ("<div>24.11.2026, 14:05</div><h1>Bridge</h1>", "24.11.2026, 14:05"),
        ("<h1>Bridge</h1><p>Пресс-служба, Минск, 24 ноября 2026</p>", "24 ноября 2026"),
        ("<h1>Bridge</h1><p>Long.</p><div><b>Datum</b> 24.11.2026</div>", "24.11.2026"),
        ("<h1>Bridge</h1><dl><dt>Published:</dt><dd>24.11.2026</dd></dl>", "24.11.2026"),
        ('<h1>Bridge</h1><div><script>showDate("2026/11/24 01:43:09")</script></div>', "2026/11/24 01:43:09"),
        ("<title>Bridge | News | 24.11.2026</title><h1>Bridge</h1>", "24.11.2026"),
        ('<h1>Bridge</h1><span data-timestamp="1795518300"></span>', "1795518300"),
        ('<h1>Bridge</h1><script>var page = {publication_date: "2026-11-24 10:00:00"}</script>', "2026-11-24 10:00:00"),
        (script('{"@type":"Article",\n"datePublished":"2026-11-24", "x": bro"ken}'), "2026-11-24"),
        (script('{"@type":"Article","datePublished":"2026-11-24",}'), "2026-11-24"),
        (script('{"@type":"WebPage","dateCreated":"2026-11-24"}'), "2026-11-24"),
    ],
)
def test_where_a_date_is_found(markup: str, published: str) -> None:
    """Each place that states a date is read, the first in the order of precedence counts."""
    assert stated(markup)[0] == published


@pytest.mark.parametrize(
    "markup",
    [
        '<h1>Bridge</h1><p class="updated">Updated: 24.11.2026</p>',
        "<h1>Bridge</h1><p>Обновлено: 24 ноября 2026, 14:05</p>",
        "<h1>Bridge</h1><dl><dt>Last modified:</dt><dd>24.11.2026</dd></dl>",
        "<h1>Bridge</h1><p>© 2026 Harbour Wire, 24.11.2026</p>",
        "<h1>Bridge</h1><p>It began on 3 May 2020 and the bridge has been closed ever since.</p>",
        "<h1>Bridge</h1><figure><figcaption>Верасова, 3 мая 2020</figcaption></figure>",
        '<h1>Bridge</h1><div class="comments"><span class="date">24.11.2026</span> Nobody</div>',
        "<h1>Bridge</h1><aside><time datetime='2026-11-24'>24.11.2026</time></aside>",
        "<h1>Bridge</h1><li><i class=date>24.11.2026</i><a href=/2>The second bridge of the river is late again</a>",
        '<h1>Bridge</h1><a href="/today">Россия сегодня</a>',
        "<h1>Bridge</h1><p class=date>Just now</p>",
        "<h1>Bridge</h1><p class=date>31.02.2026</p>",
        ARTICLE.replace("2026-11-24", "1970-01-01T00:00:00Z"),
        META.replace("2026-11-23", "0001-01-01T00:00:00"),
        META.replace("2026-11-23", "{{ article.date }}"),
        script('{"@type":"ItemList","itemListElement":[{"@type":"Article","datePublished":"2026-11-24"}]}'),
        '<h1>Bridge</h1><script>a = {published_at: "2026-11-24"}; b = {published_at: "2026-11-01"}</script>',
    ],
)
def test_what_is_nobody_s_date_of_publication(markup: str) -> None:
    """Updates, copyrights, sentences, captions, comments, teasers, defaults and other pages are no date."""
    assert stated(markup)[0] is None


@pytest.mark.parametrize(
    ("markup", "both"),
    [
        (
            "<h1>Bridge</h1><p>24.11.2026, 10:00 (обновлено 24.11.2026, 12:00)</p>",
            ("24.11.2026, 10:00", "24.11.2026, 12:00"),
        ),
        ("<h1>Bridge</h1><p>Uuendatud 24.11.2026</p><p class=date>23.11.2026</p>", ("23.11.2026", "24.11.2026")),
        (
            "<h1>Bridge</h1><p>Updated <time datetime='2026-11-24T12:00Z'>noon</time></p>"
            "<p>Posted <time datetime='2026-11-23T12:00Z'>noon</time></p>",
            ("2026-11-23T12:00Z", "2026-11-24T12:00Z"),
        ),
        (
            "<h1>Bridge</h1><time class='entry-date published updated' datetime='2026-11-23T12:00Z'>x</time>",
            ("2026-11-23T12:00Z", None),
        ),
        (META + '<meta property="article:modified_time" content="2026-11-24">', ("2026-11-23", "2026-11-24")),
    ],
)
def test_the_time_of_the_last_change_is_told_apart(markup: str, both: tuple[str, str | None]) -> None:
    """A date called an update is the page's time of change and never its publication."""
    assert stated(markup) == both


def test_relative_dates_count_from_the_fetch_in_the_source_s_zone() -> None:
    """ "Вчера" beside the headline is the day before the fetch where the source lives; unread without that moment."""
    markup = "<h1>Мост открыт</h1><span class=date>вчера, 18:40</span>"
    late = Habits(now=datetime(2026, 11, 24, 22, 30, tzinfo=timezone.utc).astimezone(MINSK), zone=MINSK)
    found = dates(markup, habits=late).published
    assert found is not None
    assert found.at.isoformat() == "2026-11-24T18:40:00"
    assert dates(markup, habits=Habits()).published is None


def test_a_date_that_cannot_be_is_handed_on_only_when_there_is_no_other() -> None:
    """A future date gives way to a usable one; alone it is returned, for the caller to quarantine."""
    future = ARTICLE.replace("2026", "2031")
    assert stated(future + META)[0] == "2026-11-23"
    assert stated(future)[0] == "2031-11-24"


@pytest.mark.parametrize(
    "path", ["/2026/11/24/bridge", "/2026-11-24-bridge", "/news/20261124/x", "/2026/nov/24/bridge"]
)
def test_day_in_the_address_comes_last(path: str) -> None:
    """A full day in the page's own address is its date when nothing else states one."""
    assert stated("<h1>Bridge</h1>", url=f"https://harbour.example{path}")[0] in ("2026-11-24", "20261124")
    assert stated(META, url=f"https://harbour.example{path}")[0] == "2026-11-23"


def test_of_several_articles_the_page_s_own_counts() -> None:
    """JSON-LD that lists neighbours first is read at the node with the page's title."""
    graph = (
        '[{"@type":"NewsArticle","headline":"Another story of the day","datePublished":"2026-11-01"},'
        '{"@type":"NewsArticle","headline":"Engineers open the bridge","datePublished":"2026-11-24"}]'
    )
    assert stated(f"<title>Engineers open the bridge | Harbour</title>{script(graph)}")[0] == "2026-11-24"


def test_the_headline_is_the_one_that_the_title_repeats() -> None:
    """Where the site's name is the <h1>, the date stands beside the heading of the story."""
    markup = (
        "<title>Engineers open the bridge - Harbour</title><h1>Harbour</h1><p class=date>1 ноября 2026</p>"
        + "<p>Menu</p>" * 200
        + "<h3>Engineers open the bridge</h3><p class=date>24 ноября 2026</p>"
    )
    assert stated(markup)[0] == "24 ноября 2026"


def test_effort_does_not_grow_with_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near the headline a fixed number of lines is read, on a page of 25,000 dated elements as on one of 2,500."""
    calls = []
    monkeypatch.setattr(datelines, "moments_in", lambda text, habits: calls.append(text) or iter(()))
    efforts = []
    for size in (2_500, 25_000):
        calls.clear()
        filler = "<div><span>24.11.2026</span></div>" * (size // 2)
        tree, head = opened(f"{META}{filler}<h1>Engineers open the bridge</h1>{filler}")
        read_dates(tree, head, habits=HABITS, accept=plausible)
        efforts.append(len(calls))
    assert efforts[0] == efforts[1] > 0


def test_effort_is_linear_where_the_whole_page_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a date near the headline each line of the page is read once more, however deep or wide it is."""
    calls = []
    monkeypatch.setattr(datelines, "moments_in", lambda text, habits: calls.append(text) or iter(()))
    for filler in ("<p>1</p>" * 25_000, "<b>1" * 2_000, "<span>1</span>" * 25_000, "<td>1.1.2026<br>" * 8_000):
        calls.clear()
        read_dates(*opened(f"<h1>Bridge</h1>{filler}"), habits=HABITS, accept=plausible)
        assert len(calls) <= 40_000
