"""Authors: which statement is believed, and what is taken off a name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wirewatch.parse.bylines import read_authors, split_names
from wirewatch.parse.metadata import read_head
from wirewatch.parse.names import Weight, weigh
from wirewatch.parse.page_tree import parse_tree

URL = "https://www.harbour.example/coast/ferry-sails"
HEADLINE = "<article><h1>Ferry sails</h1>"
TEXT = "<p>The ferry left the quay at noon and met no ice on its way across the sound.</p></article>"


def authors(markup: str) -> tuple[str, ...]:
    tree = parse_tree(markup)
    return read_authors(tree, read_head(tree, url=URL))


def linked(author: Any, **others: Any) -> str:
    node = {"@type": "NewsArticle", "author": author, **others}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Kowal and Piotr Zysk", ["Anna Kowal", "Piotr Zysk"]),
        ("Analysis by Anna Kowal, Harbour editor-at-large", ["Anna Kowal"]),
        ("Von Anna Schmidt, Kiel", ["Anna Schmidt"]),
        ("Ein Kommentar von Anna Schmidt und Jan Lis", ["Anna Schmidt", "Jan Lis"]),
        ("von der Heide Ursula", ["von der Heide Ursula"]),
        ("Автор: корреспондент Иван Лодочников", ["Иван Лодочников"]),
        ("Текст: Иван Лодочников, Фото: Анна Причальная", ["Иван Лодочников"]),
        ("Фото: Анна Причальная", []),
        ("Иван Лодочников, спецкор", ["Иван Лодочников"]),
        ("Автори: Іван Човен та Ганна Берег, УНІАН", ["Іван Човен", "Ганна Берег", "УНІАН"]),
        ("Підготувала: Ганна Берег", ["Ганна Берег"]),
        ("Аўтар: Алесь Човен, фота: Ян Бераг", ["Алесь Човен"]),
        ("oprac. Jan Nowak (PAP)", ["Jan Nowak"]),
        ("Rozmawiała: Anna Kowal", ["Anna Kowal"]),
        ("Jan Nowak/PAP", ["Jan Nowak", "PAP"]),
        ("Autorius: Jonas Upė, BNS; Nuotr.: Ona Krantė", ["Jonas Upė", "BNS"]),
        ("Autors: Jānis Upe un Anna Osta", ["Jānis Upe", "Anna Osta"]),
        ("Autor: Jaan Jõgi ja Mari Sadam", ["Jaan Jõgi", "Mari Sadam"]),
        ("Par AFP", ["AFP"]),
        ("Par Anne Rivage avec AFP", ["Anne Rivage avec AFP"]),
        ("Anna Kowal <anna@harbour.example>", ["Anna Kowal"]),
        ("Anna Kowal (@annak)", ["Anna Kowal"]),
        ('<a href="/a/1">Anna Kowal</a>', ["Anna Kowal"]),
        ("Jos&#xE9; Ribeiro", ["José Ribeiro"]),
        ("Anna Kowal, PhD, RD", ["Anna Kowal"]),
        ("Anna Kowal Reporter", ["Anna Kowal"]),
        ("Anna Kowal, 24 November 2026", ["Anna Kowal"]),
        ("Land og Folk", ["Land og Folk"]),
        ("责编：牛江、岳海", ["牛江", "岳海"]),
        ("Гость", []),
        ("admin", []),
        ("24.11.2026 14:05", []),
        ("https://social.example/anna", []),
    ],
)
def test_a_line_of_names(line: str, names: list[str]) -> None:
    """Labels, roles, places, credits of others and addresses go; agencies and full names stay."""
    assert split_names(line) == names


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("Anna Kowal", Weight.PERSON),
        ("María R. de la Ribera", Weight.PERSON),
        ("牛江", Weight.PERSON),
        ("ТАСС", Weight.ORGANISATION),
        ("Harbour News Agency", Weight.ORGANISATION),
        ("Пресс-служба округа", Weight.ORGANISATION),
        ("Read More", Weight.ORGANISATION),
        ("Redaktion", Weight.SITE),
        ("Coast", Weight.SITE),
        ("coast.example", Weight.SITE),
        ("Coast Media", Weight.SITE),
    ],
)
def test_what_a_name_weighs(name: str, weight: Weight) -> None:
    """Persons weigh more than organisations, these more than the site itself."""
    assert weigh(name, frozenset({"coast", "coastexample"})) is weight


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "givenName": "Anna", "familyName": "Kowal"}, ("Anna Kowal",)),
        ([{"name": ["Anna Kowal", "Piotr Zysk"]}, [{"name": "Jan Lis"}]], ("Anna Kowal", "Piotr Zysk", "Jan Lis")),
        ({"@type": "Person", "name": "anna kowal"}, ("anna kowal",)),
        ([{"name": "Anna Kowal"}, {"@type": "Organization", "name": "Harbour"}], ("Anna Kowal",)),
        ([{"name": "Anna Kowal Associated Press"}, "Anna Kowal"], ("Anna Kowal",)),
        ({"@type": "Organization", "name": "ТАСС"}, ("ТАСС",)),
        ({"@type": "Organization", "name": "Harbour"}, ("Harbour",)),
    ],
)
def test_json_ld(author: Any, names: tuple[str, ...]) -> None:
    """Names of nodes in every form; the site's own only where there is no other."""
    assert authors(linked(author)) == names


def test_references_are_followed() -> None:
    """An author given as a reference is the node it refers to."""
    graph = [{"@type": "Article", "author": {"@id": "#a"}}, {"@type": "Person", "@id": "#a", "name": "Anna Kowal"}]
    assert authors(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>') == ("Anna Kowal",)


SITE = linked({"@type": "Organization", "name": "Harbour"}, publisher={"name": "Harbour"})


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        (SITE + '<meta name="articleAuthor" content="Anadolu Ajansı">', ("Anadolu Ajansı",)),
        (SITE + '<meta name="cXenseParse:author" content="Anna Kowal">', ("Anna Kowal",)),
        (SITE + '<meta name="author" content="harbour.example">', ("harbour.example",)),
        (SITE + HEADLINE + "<ul><li>By <a>Anna Kowal</a>, <a>Piotr Zysk</a></li></ul>" + TEXT,
         ("Anna Kowal", "Piotr Zysk")),
        (SITE + HEADLINE + TEXT + "<ul><li><b>Autorin/Autor</b> Anna Schmidt</li></ul>", ("Anna Schmidt",)),
        (SITE + HEADLINE + '<div class="byline">Agenturen</div>' + TEXT, ("Harbour",)),
        (SITE + HEADLINE + TEXT + '<aside><p class="author">Piotr Zysk</p></aside>', ("Harbour",)),
        (linked("Reuters") + HEADLINE + '<p class="byline">By Anna Kowal</p>' + TEXT, ("Anna Kowal",)),
    ],
)  # fmt: skip
def test_the_site_in_the_head_gives_way(markup: str, names: tuple[str, ...]) -> None:
    """Where the head names its own site or an agency, a person or an agency stated elsewhere is the author."""
    assert authors(markup) == names


def test_a_byline_in_sight_completes_the_head() -> None:
    """The names in sight are taken where they are the stated ones and more of the same make."""
    row = '<div class="byline"><a rel="author" href="mailto:x@harbour.example">{}</a></div>'
    both = (
        HEADLINE + row.format("Piotr Zysk") + row.format("Anna Kowal") + '<a class="byline-share">Copy Link</a>' + TEXT
    )
    assert authors(linked("Anna Kowal") + both) == ("Piotr Zysk", "Anna Kowal")
    assert authors(linked("Jan Lis") + both) == ("Jan Lis",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<span itemprop="author creator">Текст: Иван Лодочников</span>', ("Иван Лодочников",)),
        ('<div itemprop="author"><meta itemprop="name" content="Anna Kowal"></div>', ("Anna Kowal",)),
        ('<span itemprop="author">БЕЛТА</span>', ("БЕЛТА",)),
        ('<div class="article__authors"><b>Авторы:</b><ul><li>Иван Лодочников</li><li>Анна Причальная</li></ul></div>',
         ("Иван Лодочников", "Анна Причальная")),
        ('<a href="/avtory/"></a><a href="/autorzy/anna-kowal">Anna Kowal</a>', ("Anna Kowal",)),
        ('<p class="byline">By Anna Kowal<br>Monday, 24 November</p>', ("Anna Kowal",)),
        ('<p class="byline">Reviewed by <a rel="author">Piotr Zysk</a></p>', ()),
        ('<p class="image--author">Foto: Piotr Zysk</p>', ()),
        ('<figure><span itemprop="author">Piotr Zysk</span></figure>', ()),
        ('<div class="author"><a>View More Articles</a></div>', ()),
        ('<div class="author">We publish what the harbour folk tell us</div>', ()),
        ('<p>Аўтар: Алесь Човен</p>', ("Алесь Човен",)),
        ('<p>Автор: ВЛ</p>', ("ВЛ",)),
        ('<p>By the numbers</p>', ()),
        ('<p>Автор: никто не знает, кто построил этот старый маяк на острове и зачем он там стоит</p>', ()),
    ],
)  # fmt: skip
def test_bylines_in_sight(byline: str, names: tuple[str, ...]) -> None:
    """Markup or a label says who wrote; photographers, reviewers, menus and sentences are nobody."""
    assert authors(HEADLINE + byline + TEXT) == names


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<section class="comments"><b class="author">Piotr Zysk</b></section>',
        '<div class="related-posts"><span class="author">Piotr Zysk</span></div>',
        '<footer><span class="author">Piotr Zysk</span></footer>',
        "".join(f'<li><span class="author">Piotr Zysk</span><p>{number}</p></li>' for number in range(8)),
    ],
)
def test_authors_of_other_things(elsewhere: str) -> None:
    """Commenters and the authors of other stories are none of this one's."""
    assert authors(HEADLINE + TEXT * 60 + elsewhere) == ()


def test_the_nearest_byline_before_a_headline() -> None:
    """Without any after it, the last group of bylines before the headline counts."""
    other = '<p class="byline">Jan Lis</p>' + "<i>x</i>" * 20
    assert authors(f'{other}<p class="byline">Anna Kowal</p><h1>Ferry sails</h1><p>x</p>') == ("Anna Kowal",)


@pytest.mark.parametrize(
    "markup",
    [
        linked([{"name": f"Anna{'a' * (n % 60)} Kowal"} for n in range(10_000)]),
        '<meta name="author" content="' + ", ".join(f"Anna{'a' * (n % 60)} Kowal" for n in range(10_000)) + '">',
        HEADLINE + "".join(f'<a rel="author">Anna{"a" * (n % 60)} Kowal</a>' for n in range(20_000)),
    ],
)
def test_thousands_of_authors(markup: str) -> None:
    """However many names a page states, at most twelve are kept."""
    assert len(authors(markup)) == 12


@pytest.mark.parametrize(
    "markup",
    [
        HEADLINE + '<div class="author">' * 200 + "<i></i>" * 20_000,
        HEADLINE + '<div class="author">' * 1_900 + "x",
        HEADLINE + '<div class="author"></div>' * 20_000,
        HEADLINE + "<b>Автор:</b>" * 20_000,
        "<b>Autor" * 20_000,
    ],
)
def test_thousands_of_empty_bylines(markup: str) -> None:
    """Deep, wide and empty bylines name nobody, and the reading ends."""
    assert authors(markup) == ()


def test_a_deep_line_is_read_to_its_bound() -> None:
    """A name at the bottom of hundreds of elements is beyond what one line may hold."""
    assert authors(HEADLINE + '<p rel="author">' + "<i>" * 30 + "Anna Kowal" + "</i>" * 30) == ("Anna Kowal",)
    assert authors(HEADLINE + '<p rel="author">' + "<i></i>" * 500 + "Anna Kowal</p>") == ()
