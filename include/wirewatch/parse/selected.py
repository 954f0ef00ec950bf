"""Source's selectors and a page → what they select.

Plain selectors are matched on the tree that was parsed already, and beautifulsoup4 reads the text of the elements they
find. Others, and pages too deep for a tree, are matched by beautifulsoup4 on the whole page; always on lxml, never on
``html.parser``, which is quadratic on hostile pages. Every walk here visits a node once, for pages of any depth. What
a selector does not find is None, and the general readers take over.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag
from lxml import etree

from wirewatch.parse.bylines import split_names
from wirewatch.parse.css import as_xpath
from wirewatch.parse.extract import tidy
from wirewatch.parse.page_tree import Tree, parse_tree, squeeze
from wirewatch.sources import Layout

_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr", "article")
) | {"section", "figure", "figcaption", "dt", "dd"}
_SILENT = frozenset({"script", "style", "noscript", "template"})
_VALUES = ("title", "published", "authors", "section", "image", "modified")  # fields of a layout besides the body
_MOST_VALUES = 20  # matches of a value's selector that are read
_INLINE_DEPTH = 50  # elements inside a paragraph (b, i, a, span ...) that are climbed to find it


@dataclass(frozen=True)
class Selected:
    """What a source's layout selected; None for what it does not name or did not find."""

    rest: Tree  # the page without what the layout drops
    title: str | None = None
    body: str | None = None
    published: str | None = None  # as written
    authors: tuple[str, ...] = ()
    section: str | None = None
    image: str | None = None  # address as written
    modified: str | None = None  # as written
    missed: tuple[str, ...] = ()  # names of the layout's fields that matched nothing


def select_parts(tree: Tree, layout: Layout) -> Selected:
    """Everything the layout names, read from the page; the tree loses what the layout drops."""
    # An earlier layout has a field of its own, its last day, so layouts are not compared as wholes.
    if not any((layout.body, layout.drop, *(getattr(layout, name) for name in _VALUES))):
        return Selected(rest=tree)
    finder = _on_tree(tree, layout) or _Soup(tree, layout)
    values = {name: finder.values(getattr(layout, name)) for name in _VALUES}
    body = finder.body(layout.body) if layout.body else ""
    found = {**values, "body": body}
    first = {name: texts[0] if texts else None for name, texts in values.items() if name != "authors"}
    return Selected(
        rest=finder.rest,
        body=body or None,
        authors=tuple(dict.fromkeys(name for text in values["authors"] for name in split_names(text))),
        missed=tuple(name for name, value in found.items() if getattr(layout, name) and not value),
        **first,
    )


def _split(selector: str) -> tuple[str, str]:
    """CSS and attribute of ``css@attribute``."""
    css, _, attribute = selector.rpartition("@")
    return (css.strip(), attribute) if css else (selector.strip(), "")


def _on_tree(tree: Tree, layout: Layout) -> _Picked | None:
    """A finder on the lxml tree; None when a selector is not plain or the tree does not hold the whole page."""
    named = [_split(selector)[0] for selector in (getattr(layout, name) for name in _VALUES) if selector]
    named += [layout.body] if layout.body else []
    if tree.hostile or any(as_xpath(css) is None for css in (*named, *layout.drop)):
        return None
    return _Picked(tree, layout)


class _Picked:
    """Elements found by lxml; beautifulsoup4 reads each one's text."""

    def __init__(self, tree: Tree, layout: Layout) -> None:
        self.rest = tree
        dropped = False
        for selector in layout.drop:
            for element in self._find(selector):
                if element.getparent() is not None:
                    element.drop_tree()
                    dropped = True
        if dropped:
            self.rest = tree.again()

    def values(self, selector: str | None) -> list[str]:
        """Texts of all elements, or values of their attribute for ``css@attribute``; empty ones left out."""
        if selector is None:
            return []
        css, attribute = _split(selector)
        texts = []
        for element in self._find(css)[:_MOST_VALUES]:
            texts.append(squeeze(element.get(attribute) if attribute else _soup_of(element).get_text(" ")))
        return [text for text in texts if text]

    def body(self, selector: str) -> str:
        """Paragraphs of all matches in order of the document; a match inside another match is not repeated."""
        matches = self._find(selector)
        chosen = set(matches)
        outer = [match for match in matches if not any(above in chosen for above in match.iterancestors())]
        return tidy("\n".join(text for match in outer for text in _paragraphs(_soup_of(match))))

    def _find(self, css: str) -> list[etree._Element]:
        find = as_xpath(css)
        return [] if find is None else list(find(self.rest.root))


def _soup_of(element: etree._Element) -> Tag:
    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    soup = BeautifulSoup(markup, "lxml")
    # lxml puts <html> and <body> around a part of a page, and <p> around bare text.
    found = soup.find(element.tag)
    return found if isinstance(found, Tag) else soup


class _Soup:
    """The whole page in beautifulsoup4."""

    def __init__(self, tree: Tree, layout: Layout) -> None:
        self._soup = BeautifulSoup(tree.text, "lxml")
        dropped = [element for selector in layout.drop for element in self._soup.select(selector)]
        for element in dropped:
            element.decompose()
        self.rest = parse_tree(str(self._soup)) if dropped else tree

    def values(self, selector: str | None) -> list[str]:
        """As of ``_Picked``."""
        if selector is None:
            return []
        css, attribute = _split(selector)
        texts = []
        for element in self._soup.select(css, limit=_MOST_VALUES):
            value = element.get(attribute) if attribute else element.get_text(" ")
            texts.append(squeeze(" ".join(value) if isinstance(value, list) else value))
        return [text for text in texts if text]

    def body(self, selector: str) -> str:
        """As of ``_Picked``."""
        inside: set[int] = set()
        texts = []
        for match in self._soup.select(selector):
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
