"""Kinds of invented whole pages, and the table of weights."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timezone

import pytest

from wirewatch.model import Kind, Page, Reading
from wirewatch.parse.kind_weights import WEIGHTS
from wirewatch.parse.read import read_page
from wirewatch.parse.signs import Signs
from wirewatch.sources import SourceSpec

SITE = "https://harbour.example"
STORY = {
    "en": "The patrols met nobody on the road that night, and the outpost reported nothing unusual at dawn, it said.",
    "ru": "Патрули никого не встретили на дороге той ночью, и застава на рассвете ничего не сообщила, заявил штаб.",
    "pl": "Patrole nikogo tej nocy na drodze nie spotkały, a placówka o świcie nie zgłosiła niczego, podał sztab.",
}


def read(body: str, *, path: str, title: str, head: str = "", source: bool = False) -> Reading:
    markup = f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}{FOOT}</body></html>"
    page = Page(
        url=f"{SITE}{path}",
        final_url=f"{SITE}{path}",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=markup.encode(),
        fetched_at=datetime(2026, 11, 24, tzinfo=timezone.utc),
    )
    return read_page(page, source=SOURCE if source else None)


MENU = "<nav>" + "".join(f'<a href="/s{n}">Section number {n}</a>' for n in range(8)) + "</nav>"
FOOT = "<footer><p>Harbour Wire. All rights are with the harbour. Letters to the editor are welcome.</p></footer>"
SOURCE = SourceSpec.model_validate(
    {
        "slug": "harbour-wire",
        "name": "Harbour Wire",
        "country": "BY",
        "kind": "wire",
        "home": f"{SITE}/",
        "languages": ["en"],
        "timezone": "Europe/Minsk",
        "entries": [{"feed": f"{SITE}/rss"}],
        "status": {"state": "unverified", "how": "invented for the tests"},
    }
)


def teasers(count: int, *, card: str = "teaser") -> str:
    return "".join(
        f'<div class="{card}"><h3><a href="/news/{n}">Engineers open bridge number {n} over the river</a></h3>'
        f"<p>It was opened on Tuesday.</p><a href='/news/{n}'>Read more</a></div>"
        for n in range(count)
    )


@pytest.mark.parametrize("language", STORY)
@pytest.mark.parametrize("source", [True, False], ids=["source", "unknown"])
def test_plain_article(language: str, source: bool) -> None:
    """Paragraphs under a headline are an article without any markup, in any language."""
    body = f"<h1>Quiet day on the border</h1><div>{f'<p>{STORY[language]}</p>' * 6}</div>"
    reading = read(
        body, path="/news/2026/11/24/quiet-day-on-the-border", title="Quiet day on the border", source=source
    )
    assert (reading.kind, reading.note) == (Kind.ARTICLE, None)


def test_article_with_teasers_below() -> None:
    """What is read next does not make an article a listing."""
    paragraphs = f"<p>{STORY['en']} {STORY['en']}</p>" * 6
    body = f"<article><h1>Quiet day on the border</h1>{paragraphs}</article>{teasers(8)}"
    head = '<meta property="og:type" content="article">'
    assert read(body, path="/news/quiet-day-on-the-border", title="Quiet day", head=head).kind is Kind.ARTICLE


@pytest.mark.parametrize("path", ["/", "/news", "/category/exercises", "/news/page/2"])
@pytest.mark.parametrize("source", [True, False], ids=["source", "unknown"])
def test_listing(path: str, source: bool) -> None:
    """Teasers alike are a listing, also where an entry of a source led to them: a redirect to the front page."""
    reading = read(teasers(20), path=path, title="Harbour Wire", source=source)
    assert (reading.kind, reading.article) == (Kind.LISTING, None)
    assert reading.note == "many links and little text of its own"


def test_shop_page_is_something_else() -> None:
    """A thing for sale is neither an article nor a listing, and the note says what was missing."""
    body = (
        '<div class="product"><h1>Rope</h1><span class="price">$20</span><p class="product-text">Strong rope.</p>'
        '<button class="add-to-cart">Add to cart</button><form><input><select></select></form></div>'
    )
    head = '<script type="application/ld+json">{"@type":"Product","name":"Rope"}</script>'
    reading = read(body, path="/product/rope", title="Rope", head=head)
    assert (reading.kind, reading.note) == (Kind.OTHER, "too few signs of an article")


def test_forum_is_something_else() -> None:
    """A thread of posts is no article."""
    post = f'<div class="post-body"><p>{STORY["en"]}</p><a>Reply</a> <a>Quote</a></div>'
    head = '<script type="application/ld+json">{"@type":"DiscussionForumPosting","headline":"Ropes"}</script>'
    body = f'<h1>Ropes</h1><div class="thread">{post * 5}</div>'
    assert read(body, path="/threads/ropes.12", title="Ropes", head=head).kind is Kind.OTHER


def test_page_of_nothing_is_something_else() -> None:
    """A page without text is no article for want of one."""
    reading = read(
        "<h1>Quiet day</h1>", path="/news/2026/11/24/quiet-day-on-the-border", title="Quiet day", source=True
    )
    assert reading == Reading(kind=Kind.OTHER, note="no text of its own", title="Quiet day")


def test_wall_comes_before_the_balance() -> None:
    """A consent page at 200 is blocked, whatever its address promises."""
    markup = (
        "<h1>We value your privacy</h1><p>We and our 120 partners store and access cookies and personal data to "
        "personalise advertising. Accept all cookies, reject all, or manage your consent preferences and settings.</p>"
    )
    page = Page(
        url=f"{SITE}/news/2026/quiet-day-on-the-border",
        final_url=f"{SITE}/news/2026/quiet-day-on-the-border",
        status=200,
        headers=(),
        body=f"<html><head><title>Harbour Wire</title></head><body>{markup}</body></html>".encode(),
        fetched_at=datetime(2026, 11, 24, tzinfo=timezone.utc),
    )
    assert read_page(page, source=SOURCE) == Reading(
        kind=Kind.BLOCKED,
        note='a page that only asks for consent: "We value your privacy"',
        title="We value your privacy",
    )


def test_every_sign_has_a_weight() -> None:
    """The table weighs each sign exactly once, in the order of the signs."""
    assert [weight.sign for weight in WEIGHTS] == [field.name for field in fields(Signs)]
