"""Elements → the lines a reader sees, read in bounded time whatever stands inside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from wirewatch.parse.page_tree import squeeze

LONGEST_LINE = 160  # characters
MOST_INDENTED = 800  # characters of one text node: templates indent with tabs
_MOST_EVENTS = 400  # starts and ends of elements looked at for one line
_MOST_PARTS = 20  # children or links of one line
SILENT = frozenset(("script", "style", "noscript", "template", "svg", "button", "time"))
_BREAKING = frozenset(("br", "p", "div", "li", "ul", "section", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "td", "tr"))


def line_of(element: html.HtmlElement) -> str:
    """Text of an element, a line for each block, cut off after about two lines' length."""
    parts: list[str] = []
    length = 0
    for piece in _texts(element):
        parts.append(piece)
        length += len(piece)
        if length > 2 * LONGEST_LINE:
            break
    lines = (squeeze(line) for line in " ".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def parts_of(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The first children that carry text."""
    return [child for child in islice(element, _MOST_PARTS) if child.tag not in SILENT]


def links_in(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The first links inside an element."""
    return (link for link in islice(element.iter("a"), _MOST_PARTS) if link is not element)


def lead_of(element: html.HtmlElement) -> str:
    """The words right before an element, which may say what it names."""
    before, above = element.getprevious(), element.getparent()
    if before is None:
        text = above.text if above is not None else None
    else:
        text = before.tail if (before.tail or "").strip() or before.tag == "br" else before.text
    return squeeze((text or "")[-LONGEST_LINE:])


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """Text nodes, what readers do not see left out. Walked, not recursed: pages may be deep."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _MOST_EVENTS):
        inside = node is not element
        if inside and node.tag in _BREAKING:
            yield "\n"
        if event == "start":
            if inside and node.tag in SILENT:
                walk.skip_subtree()
            elif node.text:
                yield squeeze(node.text[:MOST_INDENTED])
        elif inside and node.tail:
            yield squeeze(node.tail[:MOST_INDENTED])
