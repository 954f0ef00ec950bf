"""Tree → counts of what stands on the page, in one walk: text, links, paragraphs, cards, buttons.

Decides nothing; ``signs`` turns the counts into signs and ``kind`` weighs them. Linear in the number of elements.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree, html

_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object"))
_UNSAID = frozenset(("script", "style", "template", "title"))
_FRAME = frozenset(("nav", "header", "footer"))
_CARDS = frozenset(("div", "li", "article", "section", "tr", "a"))
_LONG = 120  # characters of a paragraph that tells something
_CARD = 40  # characters of a card
_LABEL = 40  # characters of a link or button that bids to do something


@dataclass
class Survey:
    """Counts of one page; lengths in characters, white space at the ends of text runs left out."""

    text: int = 0  # all visible text of the body
    linked: int = 0  # inside links
    framed: int = 0  # inside nav, header and footer
    paragraphs: int = 0  # <p> with 120 characters or more outside links
    told: int = 0  # characters of those
    longest_run: int = 0  # most of those under one parent
    run_text: int = 0  # most characters of those under one parent
    largest_group: int = 0  # most siblings of one tag and class that each hold a link and 40 characters
    group_text: int = 0  # characters in groups of three or more of those
    tags: Counter[str] = field(default_factory=Counter)
    labels: list[str] = field(default_factory=list)  # short texts of links and buttons
    names: list[str] = field(default_factory=list)  # class, else id, of all elements
    words: list[str] = field(default_factory=list)  # runs of visible text


def opening_text(root: html.HtmlElement, *, most: int) -> str:
    """The page's text on one line, what stands in <noscript> too, until ``most`` characters have been gathered.

    Text beyond is not read: whoever asks wants to know what a short page says.
    """
    body = root.find("body")
    parts: list[str] = []
    length = 0
    for event, element in () if body is None else etree.iterwalk(body, events=("start", "end")):
        inner = event == "start"
        text = element.text if inner else element.tail
        if text and not (inner and element.tag in _UNSAID) and (text := text.strip()):
            parts.append(text)
            length += len(text) + 1
            if length > most:
                break
    return " ".join(" ".join(parts).split())


class _Open:
    """An element whose end has not come."""

    __slots__ = ("begin", "groups", "length", "linked", "links", "runs", "told")

    def __init__(self, begin: int) -> None:
        self.length = self.linked = self.links = 0
        self.runs = self.told = 0  # long paragraphs right below it, and their characters
        self.begin = begin  # where its text begins in Survey.words
        self.groups: dict[str, list[int]] | None = None  # tag and class of its cards → members, characters


def survey(root: html.HtmlElement) -> Survey:
    """The counts of a page. For trees of ordinary depth and size (``Tree.hostile`` is not set)."""
    body = root.find("body")
    return Survey() if body is None else _Walk().over(body)


class _Walk:
    """The state of one walk: what is open, and in which kinds of elements we are."""

    def __init__(self) -> None:
        self.found = Survey()
        self.opened = [_Open(0)]
        self.framed = self.linking = 0  # how many of these are open

    def over(self, body: html.HtmlElement) -> Survey:
        """Counts of everything below ``body``."""
        found, opened = self.found, self.opened
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in _SILENT:
                    walk.skip_subtree()
                self._enter(element)
                text = None if element.tag in _SILENT else element.text
            else:
                self._leave(element)
                text = element.tail if len(opened) > 1 else None
            if text and (text := text.strip()):
                found.words.append(text)
                opened[-1].length += len(text)
                if self.linking:
                    opened[-1].linked += len(text)
        found.text, found.linked = opened[0].length, opened[0].linked
        return found

    def _enter(self, element: html.HtmlElement) -> None:
        tag = element.tag
        self.found.tags[tag] += 1
        if name := element.get("class") or element.get("id"):
            self.found.names.append(name)
        if tag in _FRAME:
            self.framed += 1
        elif tag == "a":
            self.linking += 1
        self.opened.append(_Open(len(self.found.words)))

    def _leave(self, element: html.HtmlElement) -> None:
        tag = element.tag
        here = self.opened.pop()
        above = self.opened[-1]
        if tag in _FRAME:
            self.framed -= 1
            if not self.framed:
                self.found.framed += here.length
        elif tag == "a":
            self.linking -= 1
        if here.length:
            self._add(element, tag, here, above)

    def _add(self, element: html.HtmlElement, tag: str, here: _Open, above: _Open) -> None:
        """What a closed element with text brings to the one above and to the counts."""
        found = self.found
        above.length += here.length
        above.linked += here.linked
        above.links += here.links + (tag == "a")
        if (tag == "a" or tag == "button") and here.length <= _LABEL:
            found.labels.append(" ".join(found.words[here.begin :]))
        if self.framed:
            return
        if tag == "p":
            self._paragraph(here, above)
        if here.runs:
            found.longest_run = max(found.longest_run, here.runs)
            found.run_text = max(found.run_text, here.told)
        if here.groups:
            self._gather(here.groups)
        if tag in _CARDS and here.length >= _CARD and (here.links or tag == "a"):
            name = (element.get("class") or "").split(None, 1)
            if name:
                above.groups = above.groups or {}
                group = above.groups.setdefault(f"{tag} {name[0]}", [0, 0])
                group[0] += 1
                group[1] += here.length

    def _paragraph(self, here: _Open, above: _Open) -> None:
        told = here.length - here.linked
        if told >= _LONG:
            self.found.paragraphs += 1
            self.found.told += told
            above.runs += 1
            above.told += told

    def _gather(self, groups: dict[str, list[int]]) -> None:
        for members, length in groups.values():
            self.found.largest_group = max(self.found.largest_group, members)
            if members >= 3:
                self.found.group_text += length
