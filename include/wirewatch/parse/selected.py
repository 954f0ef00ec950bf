"""Source's selectors and a page → what they select.

beautifulsoup4 on lxml, never ``html.parser``, which is quadratic on hostile pages. What a selector does not find is None, and the general readers take over.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from wirewatch.parse.bylines import split_names
from wirewatch.parse.extract import tidy
from wirewatch.parse.page_tree import squeeze
from wirewatch.sources import Layout

_BLOCKS = (
    "p, div, li, ul, ol, br, h1, h2, h3, h4, h5, h6, blockquote, pre, tr, article, section, figure, figcaption, dt, dd"
)
_BREAK = "\x1e"  # stands for a paragraph's edge while white space of the markup is squeezed


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
    for element in soup.select(css.strip()):
        value = element.get(attribute) if attribute else element.get_text(" ")
        texts.append(squeeze(" ".join(value) if isinstance(value, list) else value))
    return [text for text in texts if text]


def _body(soup: BeautifulSoup, selector: str) -> str:
    """Paragraphs of all matches in order of the document; a match inside another match is not repeated."""
    matches = soup.select(selector)
    known = {id(match) for match in matches}
    outer = [match for match in matches if not any(id(parent) in known for parent in match.parents)]
    return tidy("\n".join(_paragraphs(match) for match in outer))


def _paragraphs(element: Tag) -> str:
    for silent in element.select("script, style, noscript, template"):
        silent.decompose()
    for block in element.select(_BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    return "\n".join(squeeze(part) for part in element.get_text().split(_BREAK))
