"""Layouts → what they select."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from bs4 import BeautifulSoup

from wirewatch.model import Page
from wirewatch.parse.css import as_xpath
from wirewatch.parse.page_tree import parse_tree
from wirewatch.parse.read import read_page
from wirewatch.parse.selected import Selected, select_parts
from wirewatch.sources import Layout, SourceSpec

SENTENCE = "The ferry over the Lesna stops at nightfall, the harbour office said on Tuesday. "
MARKUP = f"""<html><head><meta property="og:image" content="/a.jpg"><title>T</title></head><body class="Page wide">
<nav><a href="/">Home</a></nav><div id=main class="col  text-col"><h1 class=title>Ferry stops <em>early</em></h1>
<p class="meta by">Anna Kowal, Piotr Zysk</p><time class=when datetime="2026-11-23T18:40:00+03:00">yesterday</time>
<span class=changed>24.11.2026 09:15</span><a class=rubric href=/r>Rivers</a><img class=main src="/pictures/ferry.jpg">
<div class=text><p>{SENTENCE * 2}</p><div class=ad>Buy</div><p data-x='a "b"'>{SENTENCE}</p>
<ul><li class=item>one</li><li>two</li></ul></div></div><div class=text><p>{SENTENCE}</p></div></body></html>"""
LAYOUT = Layout(
    title="h1.title",
    body="#main > .text, .text p",
    published="time.when@datetime",
    authors="p.meta.by",
    section="a.rubric",
    image="img.main@src",
    modified=".changed",
    drop=(".ad", "nav"),
)


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "*",
        ".text",
        "#main",
        "div.text-col#main",
        "div p",
        "div > p",
        "body>div>div.text>p",
        "h1, time , .ad",
        "[data-x]",
        "p[class~=by]",
        "p[class='meta by']",
        "[class^=te]",
        "[class$=col]",
        "[class*='tle']",
        "a[href='/r'].rubric",
        "H1",
        ".Page .text",
        ".page .text",
        "div.text > ul li.item",
        'p[data-x*="x, y"], li',
    ],
)
def test_plain_selectors_find_what_beautifulsoup_finds(selector: str) -> None:
    """Both ways of matching give the same elements in the same order."""
    find = as_xpath(selector)
    assert find is not None
    found = [(each.tag, dict(each.attrib)) for each in find(parse_tree(MARKUP).root)]
    soup = BeautifulSoup(MARKUP, "lxml", multi_valued_attributes=None)
    assert found == [(each.name, each.attrs) for each in soup.select(selector)]


@pytest.mark.parametrize(
    "selector",
    [
        "p:first-child",
        "h1 + p",
        "h1 ~ p",
        "a[href=/r]",
        "[class='a' i]",
        "p:not(.by)",
        ".\\31 a",
        "[rel=x]",
        "[id='']",
        "",
    ],
)
def test_other_selectors_are_left_to_beautifulsoup(selector: str) -> None:
    """What is not plain is not guessed at."""
    assert as_xpath(selector) is None


@pytest.mark.parametrize("title", ["h1.title", "h1.title:first-of-type"], ids=["on the tree", "by beautifulsoup"])
def test_a_layout_selects_every_field(title: str) -> None:
    """Title, body, times, authors, section and image, with what is dropped gone, whichever way they are matched."""
    layout = LAYOUT.model_copy(update={"title": title})
    selected = select_parts(parse_tree(MARKUP), layout)
    assert selected == Selected(
        rest=selected.rest,
        title="Ferry stops early",
        body="\n".join([(SENTENCE * 2).strip(), SENTENCE.strip(), "one", "two", SENTENCE.strip()]),
        published="2026-11-23T18:40:00+03:00",
        authors=("Anna Kowal", "Piotr Zysk"),
        section="Rivers",
        image="/pictures/ferry.jpg",
        modified="24.11.2026 09:15",
    )
    assert selected.rest.root.xpath("count(//nav)") == 0


@pytest.mark.parametrize("title", ["h2", "h2:first-of-type"], ids=["on the tree", "by beautifulsoup"])
def test_fields_that_match_nothing_are_named(title: str) -> None:
    """A selector that finds nothing, or only emptiness, is missed."""
    selected = select_parts(parse_tree(MARKUP), Layout(title=title, body=".gone", image="img@alt", authors="p.meta"))
    assert selected.missed == ("title", "image", "body")


def source() -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "slug": "ferry",
            "name": "Ferry",
            "country": "BY",
            "kind": "press",
            "home": "https://ferry.example/",
            "languages": ["en"],
            "timezone": "Europe/Minsk",
            "entries": [{"feed": "https://ferry.example/rss"}],
            "article": {"title": ".headline", "body": ".text"},
            "earlier": [{"title": "h1.title", "body": ".text", "section": "a.rubric", "until": "2026-11-24"}],
            "status": {"state": "unverified", "how": "invented for the tests"},
        }
    )


@pytest.mark.parametrize(
    ("day", "section", "note"),
    [(24, "Rivers", None), (25, None, "the source's selectors matched nothing for: title")],
)
def test_a_page_is_read_by_the_layout_of_its_day(day: int, section: str | None, note: str | None) -> None:
    """An old page fetched before a redesign is read with its old selectors."""
    url = "https://ferry.example/n/1"
    page = Page(url, url, 200, (), MARKUP.encode(), datetime(2026, 11, day, 12, tzinfo=timezone.utc))
    reading = read_page(page, source=source())
    assert reading.article is not None
    assert (reading.article.section, reading.note) == (section, note)


def test_values_of_a_layout_reach_the_article() -> None:
    """Section, lead image and time of change by selectors, the image's address made absolute."""
    url = "https://ferry.example/n/1"
    spec = source().model_copy(update={"article": LAYOUT, "earlier": ()})
    page = Page(url, url, 200, (), MARKUP.encode(), datetime(2026, 11, 25, 12, tzinfo=timezone.utc))
    article = read_page(page, source=spec).article
    assert article is not None
    assert article.modified is not None
    assert (article.section, article.image, article.modified.at.isoformat()) == (
        "Rivers",
        "https://ferry.example/pictures/ferry.jpg",
        "2026-11-24T09:15:00+03:00",
    )
