"""Section, lead image, canonical address and names of the site, from what the head states."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wirewatch.parse.jsonld import flat, read_nodes
from wirewatch.parse.metadata import Head, address_names, image, read_head, section, site_names
from wirewatch.parse.page_tree import parse_tree

URL = "https://www.harbour.example/coast/ferry-sails"


def head(markup: str, *, url: str = URL) -> Head:
    return read_head(parse_tree(markup), url=url)


def script(node: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def trail(*steps: tuple[str, str]) -> str:
    items = [{"@type": "ListItem", "item": {"@id": address, "name": name}} for name, address in steps]
    return script({"@type": "BreadcrumbList", "itemListElement": items})


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (script({"@type": "NewsArticle", "articleSection": ["Coast", "Ferries"]}), "Coast"),
        ('<meta property="article:section" content="Море">', "Море"),
        (trail(("Главная", "/"), ("Море", "/sea"), ("Паром вышел", URL)), "Море"),
        (trail(("Harbour", "/"), ("Wybrzeże", "/w"), ("Promy", "/w/p")), "Promy"),
        (trail(("Strona główna", "/")), None),
        ('<ul class="Breadcrumbs-list"><li><a href="/">Home</a><li><a href="/c">Coast</a></ul>', "Coast"),
        (
            '<div class="breadcrumb"><a href="mailto:a@b.example">Write</a><a href="//x.example/">Elsewhere</a></div>',
            None,
        ),
        (
            '<meta property="og:title" content="Ferry sails"><meta property="article:section" content="Ferry sails">',
            None,
        ),
        (f'<meta property="article:section" content="{"sea, " * 40}">', None),
    ],
)
def test_section(markup: str, expected: str | None) -> None:
    """JSON-LD, then the meta, then the last step of the trail; never the headline, the front page or keywords."""
    assert section(head(markup)) == expected


PHOTO = "https://cdn.harbour.example/2026/ferry.jpg"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f'<meta property="og:image" content="{PHOTO}">', PHOTO),
        ('<meta property="og:image" content="/2026/ferry.jpg">', "https://www.harbour.example/2026/ferry.jpg"),
        ('<base href="https://cdn.harbour.example/"><meta property="og:image" content="2026/ferry.jpg">', PHOTO),
        ('<meta property="og:image" content="/i/site-logo_social.png">'
         f'<meta name="twitter:image" content="{PHOTO}">', PHOTO),
        ('<meta property="og:image" content="/img/no-image.png">', None),
        ('<meta property="og:image" content="/share/default-image.jpg?v=2">', None),
        ('<meta property="og:image" content="/i/mark.svg">', None),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', None),
        ('<meta property="og:image" content="/2026/shipyard-logo-above-the-gate-1200.jpg">',
         "https://www.harbour.example/2026/shipyard-logo-above-the-gate-1200.jpg"),
        (script({"@type": "NewsArticle", "image": [{"@type": "ImageObject", "url": PHOTO}]}), PHOTO),
        (script({"@graph": [{"@type": "NewsArticle", "image": {"@id": "#p"}},
                            {"@type": "ImageObject", "@id": "#p", "contentUrl": PHOTO}]}), PHOTO),
        ("<p>none</p>", None),
    ],
)  # fmt: skip
def test_lead_image(markup: str, expected: str | None) -> None:
    """The first picture that stands for the page and is no logo or placeholder, as an absolute http(s) address."""
    assert image(head(markup)) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/coast/ferry-sails", "https://www.harbour.example/coast/ferry-sails"),
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=1"),
        ("", None),
        ("https://www.harbour.example/", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
    ],
)
def test_canonical(href: str, expected: str | None) -> None:
    """Absolute; an empty one, one to the front page and what is no address are none."""
    assert head(f'<link rel="Canonical" href="{href}">').canonical == expected


def test_front_page_may_be_its_own_canonical() -> None:
    """On the front page itself its address is right."""
    assert (
        head('<link rel="canonical" href="/">', url="https://harbour.example/").canonical == "https://harbour.example/"
    )


def test_names_of_the_site() -> None:
    """What the head says, and what the address tells, without the labels that name no site."""
    markup = (
        '<meta property="og:site_name" content="Harbour Wire"><meta name="publisher" content="Coast (coast.example)">'
    )
    assert site_names(head(markup, url="https://rus.coast.co.example/a")) == (
        "Harbour Wire", "Coast (coast.example)", "Coast", "rus.coast.co.example", "coast.co.example", "rus", "coast",
    )  # fmt: skip
    assert address_names("https://www.harbour.example/") == ("harbour.example", "harbour")


def test_lists_in_lists_are_opened_up_to_a_number() -> None:
    """Values of a property come flat and in order, and never more than asked for."""
    assert flat([["a", ["b"]], {"@list": ["c", None]}, "d"], 10) == ["a", "b", "c", "d"]
    assert flat(list(range(100_000)), 3) == [0, 1, 2]
    assert flat(None, 3) == []


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ([{"@type": "Article"}] * 20_000, 500),
        ([[[]] * 400] * 400, 0),
        ({"@graph": [{"@type": "Article", "text": "x" * 1_900_000}]}, 2),
        ({"@type": "Article", "text": "x" * 2_100_000}, 0),
    ],
)
def test_huge_documents_give_few_nodes(document: Any, count: int) -> None:
    """However large a document is, at most 500 nodes are kept, and one over two million characters is not read."""
    assert len(read_nodes(parse_tree(script(document)))) == count
