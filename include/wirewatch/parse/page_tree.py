"""Text of a page → element tree, with a measure of how hostile it is.

lxml alone drops every element below a depth of 255 without a word, and with ``huge_tree`` below 2,048; deeper pages are
marked ``hostile`` and their text is read by the flat reader of ``extract``, which keeps no tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

_MAX_DEPTH = 250  # of elements; the deepest page of publishers seen in measurements had 60
_MAX_ELEMENTS = 25_000  # trafilatura's cost is quadratic in siblings
# Goes down level by level, which is linear; a walk that counts would cost as much as parsing.
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (_MAX_DEPTH + 1)})")
_THRONG = re.compile(r"<[a-zA-Z][^<>]{20000,}>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2_000  # words of one tag; libxml2 compares each attribute with all before it


@dataclass(frozen=True)
class Tree:
    """A parsed page."""

    root: html.HtmlElement
    text: str  # the markup it was parsed from
    hostile: bool  # too deep or too large for readers whose cost grows with depth
    # Held so that lxml makes the Python object of each element once and not in every walk over the page.
    elements: list[html.HtmlElement] = field(default_factory=list, repr=False, compare=False)


def parse_tree(text: str) -> Tree:
    """Markup → tree; never fails: what is no markup gives an empty document."""
    # Bytes, because lxml refuses a str that opens with an XML declaration of an encoding.
    parser = _parser()
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)  # type: ignore[no-untyped-call]
    except etree.ParserError:  # an empty document
        root = html.document_fromstring("<html><body></body></html>")  # type: ignore[no-untyped-call]
    _rejoin(root)
    if _TOO_DEEP(root):
        return Tree(root=root, text=text, hostile=True)
    elements = list(root.iter())
    if len(elements) > _MAX_ELEMENTS:
        return Tree(root=root, text=text, hostile=True)
    return Tree(root=root, text=text, hostile=False, elements=elements)


def _rejoin(root: html.HtmlElement) -> None:
    """Back into the body what stands after a stray ``</html>``: libxml2 begins a second document there."""
    home = root.find("body")
    for stray in list(root.itersiblings()):
        (root if home is None else home).extend(list(stray))


def defused(markup: str) -> str:
    """Markup without tags of thousands of attributes, which take a parser minutes."""
    return _THRONG.sub(lambda tag: " " if _is_throng(tag.group(0)) else tag.group(0), markup)


def _is_throng(tag: str) -> bool:
    # A long quoted value (a description, a picture) is one attribute; so is each quoted value without a blank after it.
    return len(_QUOTED.sub("'' ", tag).split()) > _MAX_ATTRIBUTES


def _parser() -> html.HTMLParser:
    parser = html.HTMLParser(  # type: ignore[no-untyped-call]  # lxml ships no types
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    # One class for all elements, chosen in C: lxml's own choice (forms, inputs …) is Python called for every element.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def squeeze(text: str | None) -> str:
    """One line: white space of every kind becomes single blanks."""
    return " ".join((text or "").split())


def inner_text(element: html.HtmlElement) -> str:
    """All text of an element on one line, scripts and styles left out."""
    parts = element.xpath(".//text()[not(parent::script or parent::style or parent::noscript)]")
    return squeeze(" ".join(parts))
