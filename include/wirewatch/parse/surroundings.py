"""Headline → the elements and lines around it: a bounded walk in the order of the document.

A page states its date within a screen of its headline. The walk visits a fixed number of elements, so that its cost
does not grow with the page; lines are what a reader sees between two breaks, whatever elements they are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

from wirewatch.parse.page_tree import Tree, squeeze

AFTER = 100  # elements after the headline that are looked at
BEFORE = 40
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "data", "em", "font", "i", "label", "mark", "s", "small", "span", "strong")
) | {"sub", "sup", "time", "u", "svg", "use", "path", "img", "nobr"}
_HEADING_TAGS = frozenset({"h1", "h2", "h3"})
_HEADINGS = 20  # that are looked at
_SURE = 0.5  # share of the longest title that no site's name has
_TITLE = 10  # characters of a text that can be told as a title
_SILENT = frozenset({"script", "style", "noscript", "template"})
_LINE = 160  # characters of a line that can hold a date and little else
_CLIMB = 6  # inline elements around a text that are climbed to find its line


@dataclass(frozen=True)
class Line:
    """Text between two breaks."""

    text: str  # one line
    before: str  # the line or element before it, when it is short: "Updated:"


def headline_of(tree: Tree, *, titles: Sequence[str] = ()) -> html.HtmlElement | None:
    """Heading of the article: the one that repeats most of a title of the page, else the first <h1> of its main part.

    A page without headings has the first element whose text is a title.
    """
    wanted = [title for title in (squeeze(title).casefold() for title in titles) if len(title) >= _TITLE]
    first = list(islice(tree.root.iter("h1"), _HEADINGS))
    best = _titled(first, wanted, enough=_SURE)
    if best is None:
        best = _titled([*first, *islice(tree.root.iter("h2", "h3"), _HEADINGS)], wanted)
    if best is None and wanted:
        texts = tree.root.iter("td", "div", "span", "strong", "b", "a", "font", "p")
        best = next((element for element in texts if _repeats(element, wanted)), None)
    if best is None:
        best = next((heading for heading in first if _in_main(heading)), None)
    return best if best is not None else next(tree.root.iter("h1", "h2"), None)


def _in_main(heading: html.HtmlElement) -> bool:
    return next(heading.iterancestors("article", "main"), None) is not None


def _titled(
    headings: Sequence[html.HtmlElement], wanted: Sequence[str], *, enough: float = 0
) -> html.HtmlElement | None:
    """The first heading that repeats most of a title, and at least that share of the longest."""
    best, most = None, max(0.0, enough * max(map(len, wanted), default=0))
    for heading in headings:
        size = _repeats(heading, wanted)
        if size > most:
            best, most = heading, size
    return best


def _repeats(element: html.HtmlElement, wanted: Sequence[str]) -> int:
    """Characters that the element's text shares with a title as a whole; 0 when neither contains the other."""
    if element.tag not in _HEADING_TAGS and len(element.text or "") < _TITLE:
        return 0
    text = squeeze("".join(islice(element.itertext(), 20))).casefold()
    if len(text) < _TITLE:
        return 0
    return max((min(len(text), len(title)) for title in wanted if text in title or title in text), default=0)


def following(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The element, what is in it and what follows it, in the order of the document."""
    yield from start.iter(etree.Element)
    node: html.HtmlElement | None = start
    while node is not None:
        for sibling in node.itersiblings(etree.Element):
            yield from sibling.iter(etree.Element)
        node = node.getparent()


def preceding(start: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What stands before the element, nearest first; its ancestors are left out."""
    node: html.HtmlElement | None = start
    while node is not None:
        for sibling in node.itersiblings(etree.Element, preceding=True):
            yield from _backwards(sibling)
        node = node.getparent()


def _backwards(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements below a root and itself from the last to the first, without a list of them."""
    path = [(root, root.iterchildren(etree.Element, reversed=True))]
    while path:
        node, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            yield node
        else:
            path.append((child, child.iterchildren(etree.Element, reversed=True)))


def block_of(element: html.HtmlElement) -> html.HtmlElement:
    """The element whose lines hold the text: inline elements are climbed."""
    for _ in range(_CLIMB):
        parent = element.getparent()
        if element.tag not in _INLINE or parent is None or parent.tag in ("body", "html"):
            break
        element = parent
    return element


def lines_of(block: html.HtmlElement) -> list[Line]:
    """The block's first lines, each with what stands before it; long ones are cut, they are no datelines."""
    texts = [text for text in map(squeeze, _texts(block)) if text]
    before = [_before(block), *texts]
    return [Line(text=text, before=before[number][-40:]) for number, text in enumerate(texts)]


def _texts(block: html.HtmlElement) -> Iterator[str]:
    """Text between breaks; at most the first 60 elements of the block."""
    parts: list[str] = []
    size = 0
    for event, element in islice(etree.iterwalk(block, events=("start", "end")), 120):
        if event == "start":
            if element is not block and element.tag not in _INLINE:
                yield " ".join(parts)
                parts, size = [], 0
            text = None if element.tag in _SILENT else element.text
        elif element is block:
            break
        else:
            if element.tag not in _INLINE and element.tag not in _SILENT:
                yield " ".join(parts)
                parts, size = [], 0
            text = element.tail
        if text and size <= 2 * _LINE:
            parts.append(text[: 2 * _LINE])
            size += len(text)
    yield " ".join(parts)


def _before(block: html.HtmlElement) -> str:
    """Text of the element before, when it is a short one such as a label."""
    previous = next(block.itersiblings(etree.Element, preceding=True), None)
    if previous is None or previous.tag in _SILENT:
        return ""
    text = squeeze(" ".join(islice(previous.itertext(), 8)))
    return text if len(text) <= 40 else ""
