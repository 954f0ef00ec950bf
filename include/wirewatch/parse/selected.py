"""Source's selectors and a page → what they select.

beautifulsoup4 on lxml, never ``html.parser``, which is quadratic on hostile pages. Every walk here visits a node once,
for pages of any depth. What a selector does not find is None, and the general readers take over.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag

from wirewatch.parse.bylines import split_names
from wirewatch.parse.extract import tidy
from wirewatch.parse.page_tree import squeeze
from wirewatch.sources import Layout

_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr", "article")
) | {"section", "figure", "figcaption", "dt", "dd"}
_SILENT = frozenset({"script", "style", "noscript", "template"})
_MOST_VALUES = 20  # matches of a title, date or author selector that are read
_INLINE_DEPTH = 50  # elements inside a paragraph (b, i, a, span ...) that are climbed to find it


@dataclass(frozen=True)
class Selected:
    """What a source's layout selected."""

    title: str | None = None
    body: str | None = None
    published: str | None = None  # as written
    authors: tuple[str, ...] = ()
    markup: str | None = None  # the page after ``drop``; None when nothing was dropped
    missed: tuple[str, ...] = ()  # names of the layout's fields that matched nothing


def select_parts(markup: str, layout: Layout) -> Selected:
    """Everything the layout names, read from the page."""
    if layout == Layout():
        return Selected()
    soup = BeautifulSoup(markup, "lxml")
    dropped = [element for selector in layout.drop for element in soup.select(selector)]
    for element in dropped:
        element.decompose()
    remaining = str(soup) if dropped else None
    title, published, authors = (
        _values(soup, selector) for selector in (layout.title, layout.published, layout.authors)
    )
    body = _body(soup, layout.body) if layout.body else None
    found = {"title": title, "body": body, "published": published, "authors": authors}
    return Selected(
        title=title[0] if title else None,
        body=body or None,
        published=published[0] if published else None,
        authors=tuple(dict.fromkeys(name for text in authors for name in split_names(text))),
        markup=remaining,
        missed=tuple(name for name, value in found.items() if getattr(layout, name) and not value),
    )


def _values(soup: BeautifulSoup, selector: str | None) -> list[str]:
    """Texts of all elements, or values of their attribute for ``css@attribute``; empty ones left out."""
    if selector is None:
        return []
    css, _, attribute = selector.rpartition("@")
    if not css:
        css, attribute = selector, ""
    texts = []
    for element in soup.select(css.strip(), limit=_MOST_VALUES):
        value = element.get(attribute) if attribute else element.get_text(" ")
        texts.append(squeeze(" ".join(value) if isinstance(value, list) else value))
    return [text for text in texts if text]


def _body(soup: BeautifulSoup, selector: str) -> str:
    """Paragraphs of all matches in order of the document; a match inside another match is not repeated."""
    inside: set[int] = set()
    texts = []
    for match in soup.select(selector):
        if id(match) not in inside:
            texts.extend(_paragraphs(match))
            inside.update(id(node) for node in match.descendants if isinstance(node, Tag))
    return tidy("\n".join(texts))


def _paragraphs(element: Tag) -> list[str]:
    paragraphs: list[list[str]] = []
    holder: Tag | None = None
    fresh = True  # a block began or a line broke since the last text
    for node in element.descendants:
        if isinstance(node, Tag):
            fresh = fresh or node.name in _BLOCKS
        elif type(node) is NavigableString:  # its subclasses are comments, scripts and the like
            block = _block_of(node, element)
            if block is None:
                continue
            if fresh or block is not holder:
                paragraphs.append([])
            paragraphs[-1].append(str(node))
            holder, fresh = block, False
    return [squeeze("".join(parts)) for parts in paragraphs]


def _block_of(text: NavigableString, root: Tag) -> Tag | None:
    """The block a text stands in; None for text that is not shown."""
    parent = text.parent
    for _ in range(_INLINE_DEPTH):
        if parent is None or parent.name in _SILENT:
            return None
        if parent is root or parent.name in _BLOCKS or parent.parent is None:
            return parent
        parent = parent.parent
    return parent
