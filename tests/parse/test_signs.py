"""Signs of page kinds: addresses, counts, and whole pages of both kinds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirewatch.parse.address import Address, read_address
from wirewatch.parse.metadata import read_head
from wirewatch.parse.page_tree import parse_tree
from wirewatch.parse.signs import Signs, read_signs
from wirewatch.parse.survey import opening_text

SENTENCE = "The patrols met nobody on the road that night, and the outpost reported nothing unusual at dawn, it said. "
PLAIN = Address(
    depth=1,
    slug_words=1,
    dated=False,
    texts=False,
    shelf=False,
    section=False,
    goods=False,
    services=False,
    threads=False,
)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://harbour.example/", replace(PLAIN, depth=0, slug_words=0)),
        ("https://harbour.example/ru/", replace(PLAIN, depth=0, slug_words=0)),
        ("https://harbour.example/en/index.html", replace(PLAIN, depth=0, slug_words=0)),
        ("https://harbour.example/bridge", PLAIN),
        ("https://harbour.example/news", replace(PLAIN, section=True)),
        (
            "https://harbour.example/news/2026/11/24/engineers-open-bridge.html",
            replace(PLAIN, depth=5, slug_words=3, texts=True, dated=True),
        ),
        ("https://harbour.example/novosti/12345", replace(PLAIN, depth=2, slug_words=0, texts=True)),
        ("https://harbour.example/category/exercises/", replace(PLAIN, depth=2, shelf=True)),
        ("https://harbour.example/news/page/2", replace(PLAIN, depth=3, slug_words=0, texts=True, shelf=True)),
        ("https://shop.harbour.example/product/rope", replace(PLAIN, depth=2, goods=True)),
        ("https://harbour.example/our-services", replace(PLAIN, slug_words=2, services=True)),
        ("https://forum.harbour.example/threads/ropes.12", replace(PLAIN, depth=2, threads=True)),
        ("http://[broken", replace(PLAIN, depth=0, slug_words=0)),
    ],
)
def test_words_of_addresses(url: str, address: Address) -> None:
    """Folders, dates and names of sections are read from the address."""
    assert read_address(url) == address


def signs_of(markup: str, *, url: str, title: str) -> Signs:
    tree = parse_tree(markup)
    return read_signs(tree, read_head(tree, url=url), title=title)


def test_signs_of_an_article() -> None:
    """A marked-up article gives its signs, what stands in menus left out."""
    markup = (
        '<html><head><meta property="og:type" content="article"><meta name="author" content="Anna Kowal">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-24"}</script></head>'
        '<body class="single-post"><nav><ul><li class="x"><a href="/">Front page of the harbour wire and more</a></li>'
        "</ul></nav>"
        f'<article class="byline"><h1>Why the bridge was opened</h1><time>today</time><p>{SENTENCE * 2}</p>'
        f"<p>{SENTENCE * 2}</p></article><div><a>read more</a></div></body></html>"
    )
    signs = signs_of(
        markup, url="https://harbour.example/news/2026/why-the-bridge", title="Why the bridge was opened today"
    )
    text = len(SENTENCE.strip()) * 4 + 2  # two paragraphs of two sentences, a blank between them
    main = text + len("Why the bridge was opened") + len("today") + len("read more")
    assert signs == Signs(
        article_markup=True,
        social_article=True,
        social_product=False,
        list_markup=False,
        forum_markup=False,
        goods_markup=False,
        dated=True,
        signed=True,
        home=False,
        depth=3,
        slug_words=3,
        dated_address=True,
        texts_folder=True,
        shelf_folder=False,
        section_end=False,
        goods_folder=False,
        services_folder=False,
        threads_folder=False,
        paragraphs=2,
        told_share=pytest.approx(text / main),
        longest_run=2,
        run_share=pytest.approx(text / main),
        link_share=pytest.approx((39 + 9) / (main + 39)),
        largest_group=0,
        group_share=0.0,
        one_article=True,
        buttons=0,
        title_words=6,
        title_tells=True,
        card_share=0.0,
        single_body=True,
        archive_body=False,
        pager=False,
        thread=0,
        shop=0,
        byline=True,
        comments=False,
        more=1,
        prices=0,
        address_rate=0.0,
    )


def test_signs_of_a_listing() -> None:
    """Teasers alike are counted, with their share of the text."""
    teaser = '<div class="card"><a href="/a">Engineers open a bridge over the Lesna river</a></div>'
    signs = signs_of(f'<body class="archive">{teaser * 7}</body>', url="https://harbour.example/news", title="News")
    assert (signs.largest_group, signs.group_share, signs.link_share) == (7, 1.0, 1.0)
    assert (signs.archive_body, signs.section_end, signs.card_share) == (True, True, 7 / 8)  # the body has a class too
    assert (signs.paragraphs, signs.title_tells, signs.dated) == (0, False, False)


def test_shop_and_forum_words_are_counted() -> None:
    """Prices in several currencies and classes of shops and threads are counted."""
    markup = '<body><p class="product-price">$20, 30 руб. und 40 €</p><div class="thread reply"></div></body>'
    signs = signs_of(markup, url="https://harbour.example/rope", title="Rope")
    assert (signs.prices, signs.shop, signs.thread) == (3, 2, 2)


def test_opening_text_stops_when_enough_is_read() -> None:
    """Text of short pages is whole, <noscript> too; of long ones the beginning is enough."""
    markup = "<body><script>var x;</script><noscript>Enable it</noscript><p> One\n two </p></body>"
    assert opening_text(parse_tree(markup).outline, most=1000) == "Enable it One two"
    long = "<body>" + "<p>word word</p>" * 1000 + "</body>"
    assert len(opening_text(parse_tree(long).outline, most=100)) < 120


@pytest.mark.parametrize(
    "markup",
    [
        "<body>" + "<div class='card'><a href='/x'>" + "word " * 20 + "</a></div>" * 20_000,
        "<body>" + "<p>" * 20_000,
        "<body>" + "<a class=x href=y>" * 20_000,
        "",
    ],
    ids=["cards", "paragraphs", "links", "empty"],
)
def test_crowded_pages_end(markup: str) -> None:
    """Twenty thousand elements alike are counted in one walk."""
    assert signs_of(markup, url="https://harbour.example/x", title="").title_words == 0
