"""Titles: which statement is believed, and what is cut from it."""

from __future__ import annotations

import pytest

from wirewatch.parse.headline import read_title
from wirewatch.parse.metadata import read_head
from wirewatch.parse.page_tree import parse_tree

URL = "https://harbour.example/news/old-lighthouse-keeper-saves-three-sailors"


def title(markup: str, *, url: str = URL) -> str:
    tree = parse_tree(markup)
    return read_title(tree, read_head(tree, url=url))


def social(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def linked(headline: str, **others: str) -> str:
    rest = "".join(f', "{key}": "{value}"' for key, value in others.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}"{rest}}}</script>'


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Мост открыли раньше срока - harbour.example", "Мост открыли раньше срока"),
        ("Міст відкрили раніше | Harbour", "Міст відкрили раніше"),
        ("Most otwarto przed czasem – Gospodarka – Harbour", "Most otwarto przed czasem"),
        ("Harbour: Tiltas atidarytas anksčiau", "Tiltas atidarytas anksčiau"),
        ("Tilts atklāts agrāk › Ekonomika › www.harbour.example", "Tilts atklāts agrāk"),
        ("Sild avati varem｜Harbour", "Sild avati varem"),
        ("Bridge opens - what Harbour folk know", "Bridge opens - what Harbour folk know"),
        ("Мост адкрылі раней: што вядома", "Мост адкрылі раней: што вядома"),
    ],
)
def test_the_site_and_the_section_go_from_the_ends(stated: str, expected: str) -> None:
    """Names of the site go from either end, and the sections right before them; nothing else does."""
    sections = '<meta property="article:section" content="Gospodarka"><meta name="section" content="x">'
    crumbs = '<nav class="breadcrumbs"><a href="/">Harbour</a> <a href="/e">Ekonomika</a></nav>'
    head = crumbs if "Ekonomika" in stated else sections
    assert title(social(stated) + head) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (social("Opinion | The ferry can wait") + "<h1>The ferry can wait</h1>", "The ferry can wait"),
        (
            social("After the storm: ferry sails again") + "<h1>Ferry sails again</h1>",
            "After the storm: ferry sails again",
        ),
        (social("The ferry sails again - all news") + "<h1>The ferry sails again</h1>", "The ferry sails again"),
        (
            "<title>Quick start of the ferry — Handbook two</title><h1>Handbook two</h1>",
            "Quick start of the ferry — Handbook two",
        ),
    ],
)
def test_what_a_heading_shows_to_be_no_title(markup: str, expected: str) -> None:
    """A tail or a short kicker goes where the rest is word for word the heading; one before a colon belongs."""
    assert title(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        social("The keeper of the lighthouse saw…") + "<h1>The keeper of the lighthouse saw nothing</h1>",
        social("The keeper of the lighthouse saw ...") + linked("The keeper of the lighthouse saw nothing"),
        "<title>The keeper of the lighthouse saw…</title><h1>The keeper of the lighthouse saw nothing</h1>",
    ],
)
def test_a_title_cut_short_is_completed(markup: str) -> None:
    """A title that ends in dots gives way to the statement that goes on."""
    assert title(markup) == "The keeper of the lighthouse saw nothing"


def test_dots_of_the_author_s_own_stay() -> None:
    """A title that ends in dots and is nowhere longer is whole."""
    assert title(social("And the sea was calm…") + "<h1>And the sea was calm…</h1>") == "And the sea was calm…"


FIRST = "Old lighthouse keeper saves three sailors at night"
SOCIAL = "You will not believe what this man did"


@pytest.mark.parametrize(
    ("markup", "url", "expected"),
    [
        (linked(FIRST) + f"<h1>{FIRST}</h1>", URL, FIRST),
        (linked(FIRST) + f"<title>{FIRST} | Harbour</title><h1>Three are saved</h1>", URL, FIRST),
        (linked(FIRST) + f"<h1>{FIRST}</h1>", "https://harbour.example/4711", SOCIAL),
        (linked(FIRST) + "<h1>Three are saved</h1>", URL, SOCIAL),
        (linked(FIRST) + f"<h1>{SOCIAL}</h1>", URL, SOCIAL),
    ],
)
def test_the_headline_of_the_address(markup: str, url: str, expected: str) -> None:
    """og:title gives way to a JSON-LD headline that the page repeats and the address spells, and to no other."""
    assert title(social(SOCIAL) + markup, url=url) == expected


@pytest.mark.parametrize(
    "markup",
    [
        '<h1><a href="/">Coastal news</a></h1><h1>Ferry sails</h1>',
        "<h1>harbour</h1><h1>Ferry sails</h1>",
        "<h1><svg><title>Drawn</title></svg>Ferry sails</h1>",
        "<title>Ferry sails - Harbour</title><h1>We value your privacy</h1><h1>Ferry sails</h1>",
    ],
)
def test_logos_and_banners_are_no_headlines(markup: str) -> None:
    """A heading that links to the front page, names the site, is drawn, or that the head contradicts is none."""
    assert title(markup) == "Ferry sails"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Fish &amp;amp; ships", "Fish & ships"),
        ("Ship&lt;b&gt;yard&lt;/b&gt; opens", "Shipyard opens"),
        ("Кафе\u0301 откры\u0301лось  рано", "Кафе́ откры́лось рано"),
        ("Cafe\u0301 opens", "Café opens"),
    ],
)
def test_one_clean_line(stated: str, expected: str) -> None:
    """Entities are decoded, markup and white space go, letters are composed."""
    assert title(social(stated)) == expected


def test_a_page_of_separators_ends() -> None:
    """A title of thousands of separators is kept as it is."""
    long = "a | " * 20_000
    assert title(social(long)) == long.strip()
