"""Titles, authors, dates, kinds and languages on pages of different makes."""

from __future__ import annotations

import pytest

from wirewatch.parse.bylines import read_authors, split_names
from wirewatch.parse.extract import flat_text
from wirewatch.parse.headline import read_title
from wirewatch.parse.language import text_language
from wirewatch.parse.metadata import Head, read_head
from wirewatch.parse.page_tree import Tree, parse_tree
from wirewatch.parse.walls import missing_note, wall_note

URL = "https://harbour.example/story"


def opened(markup: str, url: str = URL) -> tuple[Tree, Head]:
    tree = parse_tree(markup)
    return tree, read_head(tree, url=url)


def script(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Bridge opens | Harbour Wire</title><h1>Bridge opens</h1>", "Bridge opens"),
        (
            '<meta property="og:site_name" content="Harbour Wire"><title>Bridge opens - Harbour Wire</title>',
            "Bridge opens",
        ),
        ("<title>Bridge opens - what we know</title>", "Bridge opens - what we know"),
        ('<meta property="og:title" content="Bridge &amp;amp; road"><h1>Other</h1>', "Bridge & road"),
        (script('{"@type":"NewsArticle","headline":"From the graph"}') + "<h1>a</h1><h1>b</h1>", "From the graph"),
        ("<svg><title>Icon</title></svg><h1>Bridge opens</h1>", "Bridge opens"),
        ("<p>no title</p>", ""),
    ],
)
def test_title_without_the_site_s_name(markup: str, title: str) -> None:
    """The site's name is cut where the page itself shows what it is, and nowhere else."""
    assert read_title(*opened(markup)) == title


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        (script('{"@type":"Article","author":{"name":"Anna Kowal"}}'), ("Anna Kowal",)),
        (script('{"@type":"Article","author":["Anna Kowal","By Piotr Zysk"]}'), ("Anna Kowal", "Piotr Zysk")),
        (script('{"@type":"Article","author":{"name":"Anna Kowal og Piotr Zysk"}}'), ("Anna Kowal", "Piotr Zysk")),
        (script('{"@type":"Article","author":{"name":"Land og Folk"}}'), ("Land og Folk",)),
        ('<meta name="author" content="Anna Kowal and Piotr Zysk">', ("Anna Kowal", "Piotr Zysk")),
        ('<meta property="article:author" content="https://social.example/anna">', ()),
        ('<a rel="author" href="/a">Anna Kowal</a>', ("Anna Kowal",)),
        ('<div class="byline">By Anna Kowal</div>', ("Anna Kowal",)),
        ("<li>Автор: Алесь Вербицкий</li>", ("Алесь Вербицкий",)),
        ('<meta name="author" content="admin">', ()),
    ],
)
def test_authors(markup: str, authors: tuple[str, ...]) -> None:
    """Names come from the best place that states any, cleaned of words and addresses."""
    assert read_authors(*opened(markup)) == authors


def test_names_in_one_line() -> None:
    """A line of names is split at the words and signs between them."""
    assert split_names("By Anna Kowal, Piotr Zysk und Jan Lis") == ["Anna Kowal", "Piotr Zysk", "Jan Lis"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Сапёры навели переправу через реку за один час, сообщили в пресс-службе округа.", "ru"),
        ("Сапёры навялі пераправу праз раку за гадзіну, паведамілі ў прэс-службе акругі, калона прайшла.", "be"),
        ("Сапери навели переправу через річку за годину, повідомили у пресслужбі округу, її бачили всі.", "uk"),
        ("Saperzy zbudowali przeprawę przez rzekę w ciągu godziny, podała służba prasowa okręgu.", "pl"),
        ("Inžinieriai per valandą nutiesė perkėlą per upę, pranešė apygardos spaudos tarnyba.", "lt"),
        ("Sapieri stundas laikā izbūvēja pārceltuvi pār upi, paziņoja apgabala preses dienests.", "lv"),
        ("Sapöörid rajasid tunniga ülekäigu üle jõe, teatas ringkonna pressiteenistus esmaspäeval.", "et"),
        ("Engineers laid a crossing over the river within an hour, the press service reported.", "en"),
    ],
)
def test_language_of_a_text(text: str, language: str) -> None:
    """Each of the sources' languages is told from one sentence, against what the page states."""
    assert text_language(text, stated="xx") == language


@pytest.mark.parametrize(("stated", "language"), [("uk-UA", "uk"), (None, None), ("nonsense", None)])
def test_short_text_has_the_stated_language(stated: str | None, language: str | None) -> None:
    """A text too short to judge has the language that the page states, if it states a code."""
    assert text_language("Так", stated=stated) == language


def test_walls_are_short() -> None:
    """The words of a wall make one only on a short page: an article may quote them."""
    words = "Access denied"
    assert wall_note(title="x", text=words, markup="") == 'a short page that says "Access denied"'
    assert wall_note(title="x", text=words + " wrote the guard on the gate." * 100, markup="") is None
    assert (
        wall_note(title="x", text="", markup="<div class='g-recaptcha'>")
        == "a short page with a challenge (g-recaptcha)"
    )


def test_missing_pages() -> None:
    """A soft 404 is told by its title."""
    assert missing_note(title="Nie znaleziono strony", text="") == 'a short page titled "Nie znaleziono strony"'
    assert missing_note(title="Bridge opens", text="") is None


def test_flat_reader_leaves_out_menus_and_scripts() -> None:
    """The reader for hostile pages keeps sentences and drops what stands around them."""
    menu = "<nav><p>Front page, exercises, about us, and much more of it</p></nav>"
    markup = f"{menu}<script>var x;</script><p>It ended.</p>Menu"
    assert flat_text(markup) == "It ended."
