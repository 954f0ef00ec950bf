"""Head and tree → names of the authors, as the page states them.

Order: JSON-LD ``author`` of the article; ``<meta name="author">`` and every meta whose name ends in "author"; JSON-LD
persons that describe the page; microdata and ``rel="author"``; elements whose class says author or byline; a labelled
line ("Автор: …"). A name is dropped when it is an address, the site itself beside a real name, or no
name at all (figures, a sentence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wirewatch.parse.headline import fold
from wirewatch.parse.jsonld import Node, by_id, first_text, listed, types
from wirewatch.parse.metadata import Head, site_names
from wirewatch.parse.page_tree import Tree, inner_text, squeeze

_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:author",
)
_PREFIX = re.compile(
    r"^(?:(?:written\s+|posted\s+|story\s+)?by|von|por|par|da|autorka|autorzy|autor|автор(?:ы|ка|и)?|аўтар|текст|"
    r"text|authors?|förf|opr\.|oprac\.)\s*[:.]?\s+(?=\S)",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*(?:;|\||•|·|、|\n|,(?!\s*(?:jr|sr|ph)\b)|\s(?:and|und|et|och|og|oraz|и|і|i|&|en)\s)\s*", re.I
)
_SURELY_BETWEEN = re.compile(r"\s*[;|•·\n]\s*|\s*,\s+(?!(?:jr|sr|ph)\b)", re.I)  # inside one person's name
_LABEL = re.compile(
    r"^(?:autorin/autor|autor(?:ka|zy|en|in)?|автор(?:ы|ка)?|аўтар|author|written by|责编|责任编辑)\s*[:：]?\s*", re.I
)
_SELECTORS = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//a[@rel='author' or contains(@rel, 'author ')]",
    "//*[self::a or self::span or self::div or self::p or self::address or self::li]["
    + " or ".join(
        f"@class[contains(translate(., 'ABUTHORYLINE', 'abuthoryline'), '{word}')]"
        for word in ("byline", "author-name", "author__name", "author_name", "article-author", "article__author")
    )
    + "]",
    "//*[contains(concat(' ', @class, ' '), ' author ')]",
)
_HOLDERS = frozenset({"div", "p", "ul", "li", "table", "section", "article"})  # of whole blocks, no single line
_MOST = 12  # names; more are a list of contributors


def read_authors(tree: Tree, head: Head) -> tuple[str, ...]:
    """Names in the order of the page, each once; () when none is stated."""
    sites = {fold(name) for name in site_names(head)}
    for names in _stated(tree, head):
        kept = _cleaned(names, sites)
        if kept:
            return kept
    return ()


def split_names(text: str) -> list[str]:
    """``By A. Writer and B. Other`` → its names."""
    text = _PREFIX.sub("", squeeze(text))
    return [part for part in _BETWEEN.split(text) if part]


def _stated(tree: Tree, head: Head) -> Iterator[list[str]]:
    """Names by precedence; the page's body is searched only when its head names nobody."""
    yield _from_nodes(head)
    yield _from_metas(head)
    yield _persons(head)
    for path in _SELECTORS:
        yield _from_markup(tree, path)
    yield _labelled(tree)


def _cleaned(names: list[str], sites: set[str]) -> tuple[str, ...]:
    unique: dict[str, str] = {}
    for name in names:
        name = _PREFIX.sub("", squeeze(name)).strip(" ,.;:-–—|")
        if _is_name(name):
            unique.setdefault(fold(name), name)
    people = [name for key, name in unique.items() if key not in sites]
    return tuple((people or list(unique.values()))[:_MOST])


def _is_name(text: str) -> bool:
    if not 2 <= len(text) <= 80 or "@" in text or "://" in text or text.startswith("/"):
        return False
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 2
        and len(text.split()) <= 7
        and fold(text) not in ("admin", "administrator", "author", "none", "null")
    )


def _from_nodes(head: Head) -> list[str]:
    known = by_id(head.nodes)
    for node in head.articles:
        names = [name for item in listed(node.get("author")) for name in _names(item, known)]
        if names:
            return names
    return []


def _names(item: Any, known: dict[str, Node]) -> list[str]:
    if isinstance(item, dict):
        if "name" not in item and item.get("@id") in known:
            item = known[item["@id"]]
        return [part for text in listed(item.get("name")) if isinstance(text, str) for part in _split_one(text)]
    return split_names(item) if isinstance(item, str) and "://" not in item else []


def _split_one(text: str) -> list[str]:
    """Names in the name of one author: a conjunction parts two full names, and may belong to a name otherwise."""
    names: list[str] = []
    for part in _SURELY_BETWEEN.split(text):
        pieces = split_names(part)
        names += pieces if all(len(piece.split()) >= 2 for piece in pieces) else [part]
    return names


def _from_metas(head: Head) -> list[str]:
    own = [name for name in head.metas if name not in _METAS and re.search(r"[:._-]author$", name)]
    for name in (*_METAS, *own):
        found = [part for text in head.metas.get(name, ()) if "://" not in text for part in split_names(text)]
        if found:
            return found
    return []


def _from_markup(tree: Tree, path: str) -> list[str]:
    elements = tree.root.xpath(path)[:20]
    texts = [inner_text(element) for element in elements]
    return [name for text in texts if len(text) <= 120 for name in split_names(text)]


def _persons(head: Head) -> list[str]:
    """Names of top-level persons: some pages list their writers beside the article."""
    persons = [node for node in head.nodes if "Person" in types(node)]
    names = [
        first_text(node.get("name")) or f"{node.get('givenName', '')} {node.get('familyName', '')}" for node in persons
    ]
    return [name for name in names if name.strip()]


def _labelled(tree: Tree) -> list[str]:
    """Names after a label, in the first short line that has one."""
    for element in tree.root.iter("li", "p", "div", "span", "dd", "td"):
        if len(element) <= 4 and not any(child.tag in _HOLDERS for child in element):
            text = inner_text(element)
            if len(text) <= 100 and (label := _LABEL.match(text)) and label.end() < len(text):
                return split_names(text[label.end() :].strip("()（） "))
    return []
