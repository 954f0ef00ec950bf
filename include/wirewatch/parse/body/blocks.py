"""Tree → blocks of text in order, each with the frame it stands in, and the elements that are marked as the text.

One walk over the page, every element once. Its depth is bounded by ``page_tree``: deeper pages have no tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html

from wirewatch.parse.body.names import Level, name_of, verdict, word_set
from wirewatch.parse.page_tree import squeeze

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNREAD = word_set(
    "script style noscript template select option svg iframe textarea input object embed video audio canvas map "
    "head title dialog datalist label figcaption math"
)
# Frames by their tag; the step to the next level as in ``names``.
_FRAMES = {"nav": Level.FRAME, "aside": Level.FRAME, "button": Level.FRAME, "header": Level.DOUBTFUL}
_FRAMES |= {"menu": Level.FRAME, "footer": Level.FOREIGN}
_BLOCKS = HEADINGS | word_set(
    "p div li ul ol blockquote pre table tbody thead tfoot tr td th article section main header figure dl dt dd "
    "form fieldset center address details summary hgroup body html nav footer aside button menu"
)
# Their classes tell of the page's kind ("has-sidebar") or of a cell's row, not of what they are.
_UNNAMED = frozenset(("article", "main", "body", "html", "tr", "td", "th", "tbody", "table"))
_HOLDERS = frozenset(("div", "section", "span"))  # that may carry schema.org's mark of a body
_BREAK = "\x1f"
_TELLING = 60  # characters outside links of a block that tells something
_TELLING_DENSE = 25  # the same in scripts that write a word in one or two characters
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_MOST_LINKED = 0.4  # share of link text above which a block is a menu or a teaser


@dataclass(eq=False, slots=True)
class Frame:
    """An element that by its tag or name holds no text of the article; ``choose`` may find that it does."""

    element: html.HtmlElement
    outer: Frame | None
    level: Level
    marked: bool = False  # an element marked as an article's text stands inside


@dataclass(eq=False, slots=True)
class Block:
    """Text between two block tags."""

    element: html.HtmlElement  # the innermost block element around it
    text: str  # lines squeezed; one a ``<br>``
    linked: int  # characters inside links
    frame: Frame | None  # the innermost, and after ``choose.lift_frames`` the surest
    weight: int = 0  # characters outside links if the block tells something, else 0

    @property
    def is_heading(self) -> bool:
        """Whether it is one of h1 … h6."""
        return self.element.tag in HEADINGS

    @property
    def level(self) -> Level:
        """Level of the frame it stands in."""
        return self.frame.level if self.frame else Level.TEXT


@dataclass
class Page:
    """Blocks of a page."""

    body: html.HtmlElement
    blocks: list[Block] = field(default_factory=list)
    marked: list[html.HtmlElement] = field(default_factory=list)  # in order of the document
    frames: list[Frame] = field(default_factory=list)  # each after the one around it


def read_blocks(root: html.HtmlElement) -> Page:
    """All blocks of a page of at most some 250 levels; the tree stays as it is."""
    body = root.find("body")
    walk = _Walk(Page(root if body is None else body))
    walk.run()
    return walk.page


class _Walk:
    """What was said since the last block tag, and in which frame."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._parts: list[str] = []
        self._linked = 0

    def run(self) -> None:
        """Fills the page."""
        body = self.page.body
        self._say(body.text, linked=False)
        self._children(body, body, None, linked=False)
        self._flush(body, None)

    def _children(
        self, element: html.HtmlElement, holder: html.HtmlElement, frame: Frame | None, *, linked: bool
    ) -> None:
        parts = self._parts
        for child in element:
            tag = child.tag
            if tag in _BLOCKS:
                if parts:
                    self._flush(holder, frame)
                inner = self._frame_of(child, tag, frame)
                self._say(child.text, linked=linked)
                if len(child):
                    self._children(child, child, inner, linked=linked)
                if parts:
                    self._flush(child, inner)
            elif tag == "br":
                parts.append(_BREAK)
            elif tag not in _UNREAD and isinstance(tag, str):
                self._inline(child, holder, frame, linked=linked or tag == "a")
            tail = child.tail
            if tail and (parts or not tail.isspace()):
                parts.append(tail)
                if linked:
                    self._linked += len(tail)

    def _inline(self, child: html.HtmlElement, holder: html.HtmlElement, frame: Frame | None, *, linked: bool) -> None:
        inner = self._frame_of(child, child.tag, frame)
        if inner is frame or inner is None or inner.level < Level.FRAME:
            self._say(child.text, linked=linked)
            if len(child):
                self._children(child, holder, frame, linked=linked)
            return
        # A label or a button inside a sentence: apart, and the sentence goes on after it.
        before, counted = self._parts[:], self._linked
        self._parts.clear()
        self._linked = 0
        self._say(child.text, linked=linked)
        self._children(child, child, inner, linked=linked)
        self._flush(child, inner)
        self._parts += [*before, " "]
        self._linked = counted

    def _say(self, text: str | None, *, linked: bool) -> None:
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)
            if linked:
                self._linked += len(text)

    def _frame_of(self, element: html.HtmlElement, tag: str, frame: Frame | None) -> Frame | None:
        """The frame inside an element, which is the one around it unless its tag or name says otherwise."""
        if tag in _UNNAMED:
            return frame
        if tag == "blockquote" and frame is not None and frame.level < Level.FOREIGN:
            return None  # what is quoted is text, also in a box for social media
        level = _FRAMES.get(tag, Level.TEXT)
        class_, id_ = element.get("class"), element.get("id")
        if class_ or id_:
            said = verdict(name_of(class_, id_))
            if said.level > level:
                level = said.level
            if said.marked:
                self._mark(element, frame)
        if tag in _HOLDERS and element.get("itemprop") == "articleBody":
            self._mark(element, frame)
        if not level or (level == Level.DOUBTFUL and tag in HEADINGS):  # "heading-title" is what every heading is
            return frame
        inner = Frame(element, frame, level)
        self.page.frames.append(inner)
        return inner

    def _mark(self, element: html.HtmlElement, frame: Frame | None) -> None:
        self.page.marked.append(element)
        while frame is not None and not frame.marked:  # those around a marked one are marked
            frame.marked = True
            frame = frame.outer

    def _flush(self, element: html.HtmlElement, frame: Frame | None) -> None:
        joined, linked = "".join(self._parts), self._linked
        self._parts.clear()
        self._linked = 0
        if _BREAK in joined:
            text = "\n".join(line for part in joined.split(_BREAK) if (line := squeeze(part)))
        else:
            text = squeeze(joined)
        if text:
            block = Block(element, text, min(linked, len(text)), frame)
            block.weight = _weight(block)
            self.page.blocks.append(block)


def _weight(block: Block) -> int:
    size = len(block.text)
    free = size - block.linked
    if free < _TELLING_DENSE or block.linked >= _MOST_LINKED * size or block.is_heading:
        return 0
    return free if free >= _TELLING or _DENSE.search(block.text) else 0
