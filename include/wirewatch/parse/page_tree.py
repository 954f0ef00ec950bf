"""Text of a page → element tree, with a measure of how hostile it is.

lxml alone drops every element below a depth of 255 without a word, and with ``huge_tree`` below 2,048; deeper pages are
marked ``hostile`` and their text is read by the flat reader of ``extract``, which keeps no tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from wirewatch.parse.outline import Outline, outline

_MAX_DEPTH = 250  # of elements; the deepest page of publishers seen in measurements had 60
_MAX_ELEMENTS = 25_000  # trafilatura's cost is quadratic in siblings
_LONG_TAG = 20_000  # characters
_THRONG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG_TAG},}}>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2_000  # words of one tag; libxml2 compares each attribute with all before it


@dataclass(frozen=True)
class Tree:
    """A parsed page."""

    root: html.HtmlElement
    text: str  # the markup it was parsed from
    # Also holds the elements, so that lxml makes the Python object of each once and not in every walk over the page.
    outline: Outline = field(repr=False, compare=False)
    hostile: bool = False  # too deep or too large for readers whose cost grows with depth

    def again(self) -> Tree:
        """The same after elements were taken out of the tree."""
        return replace(self, outline=outline(self.root))


def parse_tree(text: str, *, raw: bytes | None = None) -> Tree:
    """Markup → tree; never fails: what is no markup gives an empty document. ``raw``: the text in UTF-8, if known."""
    # Bytes, because lxml refuses a str that opens with an XML declaration of an encoding.
    encoded = text.encode("utf-8") if raw is None else raw
    parser = _parser()
    try:
        root = html.document_fromstring(encoded, parser=parser)  # type: ignore[no-untyped-call]
    except etree.ParserError:  # an empty document
        root = html.document_fromstring("<html><body></body></html>")  # type: ignore[no-untyped-call]
    _rejoin(root)
    rows = outline(root)
    return Tree(root=root, text=text, outline=rows, hostile=rows.depth > _MAX_DEPTH or len(rows.tags) > _MAX_ELEMENTS)


def _rejoin(root: html.HtmlElement) -> None:
    """Back into the body what stands after a stray ``</html>``: libxml2 begins a second document there."""
    home = root.find("body")
    for stray in list(root.itersiblings()):
        (root if home is None else home).extend(list(stray))


def defused(markup: str) -> str:
    """Markup without tags of thousands of attributes, which take a parser minutes; the same object for most pages."""
    if not _may_throng(markup):
        return markup
    return _THRONG.sub(lambda tag: " " if _is_throng(tag.group(0)) else tag.group(0), markup)


def _may_throng(markup: str) -> bool:
    """Whether a ``<`` is followed by so many characters other than ``<`` and ``>``; looks at few of a page's."""
    place = 0
    while (end := place + _LONG_TAG) <= len(markup):
        last = max(markup.rfind("<", place, end), markup.rfind(">", place, end))
        if last >= 0:
            place = last + 1
        elif place and markup[place - 1] == "<":
            return True
        else:
            place = end  # the text of a script
    return False


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
