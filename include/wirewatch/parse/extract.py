"""Tree → the article's text: paragraphs in order, nothing of the page around them.

Three readers, the next one only where the one before it found too little: our own (``body``), which is the cheapest
and measures best; the publisher's ``articleBody`` in JSON-LD, for pages that leave their text to a script; trafilatura,
first with its stricter setting and then with its generous one, on copies, as it takes a tree apart.
Pages too deep or too large for a tree are read by a flat reader whose cost is linear whatever the markup.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from copy import deepcopy
from typing import Any

from lxml import etree

from wirewatch.parse.body.assemble import own_body
from wirewatch.parse.page_tree import Tree, squeeze

# It warns of every page without a text; what a page lacks is told by the reading.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_BREAKING = frozenset(("p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6")) | {
    "blockquote",
    "pre",
    "tr",
    "td",
    "th",
    "article",
    "section",
    "figure",
}
_SILENT = frozenset(("script", "style", "noscript", "template", "nav", "footer", "header", "aside")) | {
    "form",
    "button",
    "select",
    "svg",
    "title",
}
_SHORT = 400  # characters
_ENOUGH = 250  # characters: a body of so many needs no second reader
_MARKUP = re.compile(r"<[^<>]{0,500}>")


def read_body(tree: Tree, *, stated: str = "") -> str:
    """Paragraphs separated by one newline, NFC; '' when the page has no text of its own.

    ``stated`` is the text by the page's JSON-LD, '' where it gives none. The tree stays as it is.
    """
    if tree.hostile:
        return flat_text(tree.text)
    body = tidy(own_body(tree))
    if len(body) >= _ENOUGH:
        return body
    if len(stated) > max(_ENOUGH, 2 * len(body)):
        return tidy(_MARKUP.sub("\n", stated))
    careful = _carefully(tree)
    return careful if len(careful) > 1.5 * len(body) else body


def _carefully(tree: Tree) -> str:
    body = _extracted(tree, precise=True)
    if len(body) >= _SHORT:
        return body
    generous = _extracted(tree, precise=False)
    return generous if len(generous) > 1.2 * len(body) else body


def tidy(text: str) -> str:
    """NFC, one paragraph a line, no blank lines."""
    lines = (squeeze(line) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def flat_text(markup: str) -> str:
    """Text of all paragraphs of a page of any depth, linear in its length; lines without a sentence are left out."""
    parser = etree.HTMLParser(target=_Paragraphs(), encoding="utf-8", huge_tree=True, recover=True)
    parser.feed(markup.encode("utf-8"))
    paragraphs: list[str] = parser.close()
    return tidy("\n".join(paragraphs))


def _extracted(tree: Tree, *, precise: bool) -> str:
    from trafilatura import bare_extraction  # few pages need it, and it takes half a second to load

    document = bare_extraction(
        deepcopy(tree.root),
        fast=not precise,
        favor_precision=precise,
        favor_recall=not precise,
        include_comments=False,
        with_metadata=False,
    )
    return tidy(getattr(document, "text", None) or "")


class _Paragraphs:
    """Target of lxml's event parser: collects text between block tags, without building a tree."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._done: list[str] = []
        self._silent = 0  # depth inside elements that carry no article text

    def start(self, tag: str, _: Any) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BREAKING:
            self._flush()

    def end(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BREAKING:
            self._flush()

    def data(self, text: str) -> None:
        if not self._silent:
            self._parts.append(text)

    def comment(self, _: str) -> None:
        """Comments are no text."""

    def close(self) -> list[str]:
        self._flush()
        return self._done

    def _flush(self) -> None:
        text = squeeze("".join(self._parts))
        self._parts = []
        if len(text) >= 40 or text.endswith((".", "!", "?", "…")):
            self._done.append(text)


def without_headline(body: str, title: str) -> str:
    """The body without the headline, and without short lines (a kicker, the site's name) before it.

    A headline inside the body would make a change of the headline look like one of the text, and a reprint under
    another headline like another text. A body that is nothing else is none.
    """
    lines = body.split("\n")
    for number, line in enumerate(lines[:HEADLINE_WITHIN]):
        if title and " ".join(line.split()).casefold() == title.casefold():
            return without_headline("\n".join(lines[number + 1 :]), title)
        if len(line) > KICKER:
            break
    return body


HEADLINE_WITHIN = 3
KICKER = 40
"""Lines and characters: what stands above a headline is short, and there is little of it."""
