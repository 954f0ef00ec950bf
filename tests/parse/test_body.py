"""Trees → bodies: whole, clean, in paragraphs."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from lxml import etree

from wirewatch.errors import PageError
from wirewatch.model import Page
from wirewatch.parse.body.assemble import own_body
from wirewatch.parse.body.names import Level, Verdict, names_lead, verdict
from wirewatch.parse.extract import read_body
from wirewatch.parse.page_tree import parse_tree
from wirewatch.parse.read import Findings, read_findings

FIRST = "Сапёры навели переправу через Лесную за один час, сообщили в пресс-службе округа во вторник утром."
SECOND = "По ней прошли сорок машин, хотя вода стояла выше, чем рассчитывали командиры перед началом занятий."
THIRD = "Вторую переправу наведут в четверг, когда учение переместится на полигон под Бродом, добавили там."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
LINES = [FIRST, SECOND, THIRD]
TOLD = "Another story is told here at some length, and it has nothing to do with the river or its bridge at all."
OTHER = f"<p>{TOLD}</p>"


def body(markup: str, *, head: str = "") -> list[str]:
    return own_body(parse_tree(f"<html><head>{head}</head><body>{markup}</body></html>")).splitlines()


@pytest.mark.parametrize(
    "piece",
    [
        f"<div class='share-bar'>{OTHER}</div>",
        f"<div class='article-related-news'>{OTHER}</div>",
        f"<div class='newsletterBox'>{OTHER}</div>",
        f"<aside>{OTHER}</aside>",
        f"<div class='c-author__bio'>{OTHER}</div>",
        f"<div class='picture'>{OTHER}</div>",
        f"<p class='wp-caption-text'>{TOLD}</p>",
        f"<figure><img src=a.jpg><figcaption>{TOLD}</figcaption></figure>",
        f"<a href=/n/2><h3>A headline of another story that is long enough to be told</h3>{OTHER}</a>",
        f"<p class='lead line-clamp-2'>{TOLD}</p>",
        "<p>Читайте также: <a href=/n/2>Мост через Лесную закрыли на ремонт до весны будущего года</a></p>",
        "<p>Czytaj także: <a href=/n/2>Most na Leśnej zamknięto do wiosny</a></p>",
        "<p>Фото: пресс-служба округа</p>",
        "<p>Реклама</p>",
        "<p>Нашли ошибку? Выделите её и нажмите Ctrl+Enter</p>",
        '<p>{"id": 17, "slot": "inline", "size": [300, 250], "lazy": true, "fallback": "none at all"}</p>',
    ],
)
def test_what_stands_among_the_paragraphs_and_is_no_text_is_left_out(piece: str) -> None:
    """Share bars, teasers, captions, "read also", labels and data are no part of the body."""
    assert body(f"<article><p>{FIRST}</p>{piece}<p>{SECOND}</p><p>{THIRD}</p></article>") == LINES


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("<h2>Вторая переправа</h2>", ["Вторая переправа"]),
        ("<ul><li>сорок машин</li><li>два понтона</li></ul>", ["сорок машин", "два понтона"]),
        ("<blockquote><p>Вода стояла высоко.</p></blockquote>", ["Вода стояла высоко."]),
        ("<div class=social-embed><blockquote>Вода стояла высоко.</blockquote></div>", ["Вода стояла высоко."]),
        ("<table><tr><td>Понтонов</td><td>два</td></tr></table>", ["Понтонов", "два"]),
        ("<p>Так было<br>и так будет.</p>", ["Так было", "и так будет."]),
        ("<p>Об этом <a href=/n/3>писали</a> и <b>раньше</b>.</p>", ["Об этом писали и раньше."]),
    ],
)
def test_headings_lists_quotes_and_tables_are_text(piece: str, kept: list[str]) -> None:
    """Whatever an article is made of stays in its place, one paragraph a line, and lines that were broken stay so."""
    assert body(f"<article><p>{FIRST}</p>{piece}<p>{SECOND}</p></article>") == [FIRST, *kept, SECOND]


def test_a_body_in_pieces_is_joined() -> None:
    """Blocks of one class that advertisements part from each other are one body, and the next article is not of it."""
    piece = "<div class=row><div class='article__body wide'><p>{}</p><p>{}</p></div></div><div class=ad>Buy</div>"
    end = f"<h2>More of today</h2><div class='article__body wide'>{OTHER * 3}</div>"
    markup = piece.format(FIRST, SECOND) + piece.format(THIRD, FIRST[:70] + ".") + end
    assert body(markup) == [FIRST, SECOND, THIRD, FIRST[:70] + "."]


def test_further_articles_on_the_page_are_not_of_the_body() -> None:
    """Of several articles the first long one is read; teasers before and articles after it are not."""
    teasers = "".join(f"<article><a href=/n/{number}>Story {number}</a></article>" for number in range(5))
    assert body(f"{teasers}<article>{STORY}</article><article>{OTHER * 3}</article>") == LINES


def test_comments_longer_than_the_article_are_not_the_article() -> None:
    """Readers may write more than the newsroom did."""
    comments = "".join(f"<li class=comment>{OTHER}</li>" for _ in range(8))
    assert body(f"<div class=entry-content>{STORY}</div><ol id=comments class=comment-list>{comments}</ol>") == LINES


@pytest.mark.parametrize(
    "wrapper", ["<div class='sidebar-right'>{}</div>", "<aside>{}", "<button>{}", "<div class=info>{}</div>"]
)
def test_a_frame_around_everything_is_no_frame(wrapper: str) -> None:
    """A name or a tag that was never closed does not take the whole article with it."""
    assert body(wrapper.format(STORY)) == LINES


@pytest.mark.parametrize(
    ("head", "lead"),
    [
        ("", "<div class='c-standfirst'><p>{}</p></div>"),
        ("", "<header><p class=articleLead>{}</p></header>"),
        ("<meta name=description content='{}'>", "<div class=x91><p>{}</p></div>"),
    ],
    ids=["by its name", "in a header", "by the page's description"],
)
def test_the_lead_outside_the_text_is_read_first(head: str, lead: str) -> None:
    """A standfirst between headline and text belongs to the body; other paragraphs there do not."""
    text = "Переправу через Лесную навели за час: учение инженерных войск закончится в четверг."
    markup = f"<article><h1>Переправа</h1>{lead.format(text)}{OTHER}<div class=article-body>{STORY}</div></article>"
    assert body(markup, head=head.format(text)) == [text, *LINES]


def test_labels_and_signatures_around_the_text_are_left_out() -> None:
    """Datelines, names of desks and invitations at the ends are none of the newsroom's sentences."""
    before = "<p>24.11.2026, 14:05</p><p>Новости округа</p>"
    after = "<p><a href=/t>Telegram</a>: подпишитесь на наш канал</p><p>Reporting by A. Kowal</p><p>agk/PAP</p>"
    assert body(f"<article>{before}{STORY}{after}</article>") == LINES


def test_a_paragraph_that_stands_twice_is_told_once() -> None:
    """Copies for small screens and pull quotes repeat what was read already."""
    assert body(f"<article>{STORY}<p>{SECOND}</p></article>") == LINES


def test_the_tree_stays_as_it_is() -> None:
    """Other readers find the page as it came, also after the careful reader was asked, and read the same again."""
    for markup in (f"<article>{STORY}</article>", "<div><p>Коротко о главном, без подробностей.</p></div>"):
        tree = parse_tree(f"<html><body>{markup}</body></html>")
        before = etree.tostring(tree.root)
        first = read_body(tree)
        assert etree.tostring(tree.root) == before
        assert read_body(tree) == first


def test_the_publisher_s_own_text_serves_where_the_markup_has_none() -> None:
    """A page that leaves its text to a script is read by its JSON-LD, tags taken out."""
    tree = parse_tree("<html><body><div id=app><p>Loading the story, please wait for it.</p></div></body></html>")
    assert read_body(tree, stated=f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").splitlines() == LINES
    whole = parse_tree(f"<html><body><article>{STORY}</article></body></html>")
    assert read_body(whole, stated=OTHER * 20).splitlines() == LINES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("articleBody", Verdict(Level.TEXT, marked=True)),
        ("c-article__body-text wide", Verdict(Level.TEXT, marked=True)),
        ("has-sidebar single", Verdict(Level.TEXT, marked=False)),
        ("sidebar-grid__content article__content", Verdict(Level.TEXT, marked=True)),
        ("sidebar-enabled--false", Verdict(Level.TEXT, marked=False)),
        ("subscription-content", Verdict(Level.TEXT, marked=False)),
        ("Layout_root__aDx4", Verdict(Level.TEXT, marked=False)),
        ("article-info", Verdict(Level.DOUBTFUL, marked=False)),
        ("shareBar", Verdict(Level.FRAME, marked=False)),
        ("read-also", Verdict(Level.FRAME, marked=False)),
        ("entry-content related_posts", Verdict(Level.FOREIGN, marked=False)),
        ("comment-list", Verdict(Level.FOREIGN, marked=False)),
        ("", Verdict(Level.TEXT, marked=False)),
    ],
)
def test_class_names_are_read_word_by_word(name: str, said: Verdict) -> None:
    """Case, dashes and underscores part words; states and build tools' hashes say nothing."""
    assert verdict(name) == said


def test_names_of_leads_are_known() -> None:
    """Standfirsts have their names in many languages."""
    assert [name for name in ("article__lead", "storyPerex", "vorspann", "leader") if names_lead(name)] == [
        "article__lead",
        "storyPerex",
        "vorspann",
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='article-body'>{OTHER}</div>" * 8_000,
        "<p>x</p>" * 8_000 + OTHER + "<h1>y</h1>" * 12_000,
        ("<aside class=share>" * 240 + TOLD + "</aside>" * 240) * 90 + OTHER,
        "<div class='" + "_aB9" * 100_000 + "'>" + STORY,
        f"<article><article>{OTHER}</article></article>" * 6_000,
    ],
    ids=["marked", "headlines", "frames", "a long name", "articles"],
)
def test_crowded_pages_cost_what_their_size_costs(markup: str) -> None:
    """Thousands of alike elements are read in linear time."""
    assert body(markup)


KIT = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


@pytest.mark.skipif(not KIT.exists(), reason="the evaluation kit is not beside this checkout")
@pytest.mark.parametrize("collection", ["kinds", "dates"])
def test_real_pages_of_every_kind_are_read(collection: str) -> None:
    """A fifth of news, shops, forums and wikis: findings or a reason, and the same ones when read again."""
    lines = (KIT / collection / "index.jsonl").read_text(encoding="utf-8").split("\n")  # texts hold other line ends
    rows = [json.loads(line) for line in lines if line]
    for row in rows[::5]:
        raw = gzip.decompress((KIT / collection / row["html"]).read_bytes())
        page = Page(row["url"], row["url"], 200, (), raw, datetime(2026, 11, 24, tzinfo=timezone.utc))
        assert outcome(page) == outcome(page), row["id"]


def outcome(page: Page) -> Findings | str:
    try:
        return read_findings(page)
    except PageError as error:
        return error.reason
