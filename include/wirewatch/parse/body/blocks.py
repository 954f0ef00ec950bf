"""Page → blocks of text in order, each with the frame it stands in, and the elements that are marked as the text.

One walk over the page's rows (``outline``), every element once. Its depth is bounded by ``page_tree``: deeper pages
have no rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wirewatch.parse.body.names import NOTHING, Level, Verdict, name_of, verdict, word_set
from wirewatch.parse.outline import NONE, Outline

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
_HOLDERS = ("div", "section", "span")  # that may carry schema.org's mark of a body
_BREAK = "\x1f"
_TELLING = 60  # characters outside links of a block that tells something
_TELLING_DENSE = 25  # the same in scripts that write a word in one or two characters
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_MOST_LINKED = 0.4  # share of link text above which a block is a menu or a teaser


@dataclass(eq=False, slots=True)
class Frame:
    """An element that by its tag or name holds no text of the article; ``choose`` may find that it does."""

    outer: Frame | None
    level: Level
    marked: bool = False  # an element marked as an article's text stands inside


@dataclass(eq=False, slots=True)
class Block:
    """Text between two block tags."""

    row: int  # of the innermost block element around it
    text: str  # lines squeezed; one a ``<br>``
    linked: int  # characters inside links
    frame: Frame | None  # the innermost, and after ``choose.lift_frames`` the surest
    is_heading: bool  # one of h1 … h6
    weight: int = 0  # characters outside links if the block tells something, else 0

    @property
    def level(self) -> Level:
        """Level of the frame it stands in."""
        return self.frame.level if self.frame else Level.TEXT


@dataclass
class Page:
    """Blocks of a page."""

    outline: Outline
    body: int  # row of the body, or of the root of a page without one
    blocks: list[Block] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)  # rows in order of the document
    frames: list[Frame] = field(default_factory=list)  # each after the one around it


def read_blocks(outline: Outline, *, marks: bool = True) -> Page:
    """All blocks of a page of at most some 250 levels; ``marks``: whether its markup may name an ``articleBody``."""
    bodies = _bodies(outline) if marks else frozenset()
    walk = _Walk(Page(outline, 0 if outline.body == NONE else outline.body), bodies)
    walk.run()
    return walk.page


def _bodies(outline: Outline) -> frozenset[int]:
    """Rows that schema.org's mark calls the text of an article."""
    rows = (row for tag in _HOLDERS for row in outline.rows.get(tag, ()))
    return frozenset(row for row in rows if outline.elements[row].get("itemprop") == "articleBody")


def _telling(outline: Outline) -> dict[int, Verdict]:
    """Rows whose tag or name may make them a frame, or that are marked as the text; nearly all are not."""
    found = {}
    for row, (tag, class_, id_) in enumerate(zip(outline.tags, outline.classes, outline.ids, strict=True)):
        if (class_ or id_) and tag not in _UNNAMED and tag not in _UNREAD:
            said = verdict(name_of(class_, id_))
            if said is not NOTHING:
                found[row] = said
    for tag in ("blockquote", *_FRAMES):
        for row in outline.rows.get(tag, ()):
            found.setdefault(row, NOTHING)
    return found


class _Walk:
    """What was said since the last block tag, and in which frame."""

    def __init__(self, page: Page, bodies: frozenset[int]) -> None:
        self.page = page
        rows = page.outline
        self._tags, self._texts, self._tails, self._ends = rows.tags, rows.texts, rows.tails, rows.ends
        self._bodies = bodies
        self._telling = dict.fromkeys(bodies, NOTHING) | _telling(rows)
        self._parts: list[str] = []
        self._linked = 0

    def run(self) -> None:
        """Fills the page."""
        body = self.page.body
        self._inside(body, body, None, linked=False)
        self._flush(body, None)

    def _children(self, above: int, holder: int, frame: Frame | None, *, linked: bool) -> None:
        tags, tails, ends = self._tags, self._tails, self._ends
        parts, telling = self._parts, self._telling
        row, end = above + 1, ends[above]
        while row < end:
            tag, after = tags[row], ends[row]
            if tag in _BLOCKS:
                if parts:
                    self._flush(holder, frame)
                inner = self._frame_of(row, tag, frame) if row in telling else frame
                self._inside(row, row, inner, linked=linked)
                if parts:
                    self._flush(row, inner)
            elif tag == "br":
                parts.append(_BREAK)
            elif tag not in _UNREAD:
                inner = self._frame_of(row, tag, frame) if row in telling else frame
                if inner is frame or inner is None or inner.level < Level.FRAME:
                    self._inside(row, holder, frame, linked=linked or tag == "a")
                else:
                    self._apart(row, inner, linked=linked or tag == "a")
            text = tails[row]
            if text and (parts or not text.isspace()):
                parts.append(text)
                if linked:
                    self._linked += len(text)
            row = after

    def _inside(self, row: int, holder: int, frame: Frame | None, *, linked: bool) -> None:
        text = self._texts[row]
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)
            if linked:
                self._linked += len(text)
        if self._ends[row] > row + 1:
            self._children(row, holder, frame, linked=linked)

    def _apart(self, row: int, frame: Frame, *, linked: bool) -> None:
        """A label or a button inside a sentence, which goes on after it."""
        before, counted = self._parts[:], self._linked
        self._parts.clear()
        self._linked = 0
        self._inside(row, row, frame, linked=linked)
        self._flush(row, frame)
        self._parts += [*before, " "]
        self._linked = counted

    def _frame_of(self, row: int, tag: str, frame: Frame | None) -> Frame | None:
        """The frame inside a telling element, which is the one around it unless its tag or name says otherwise."""
        if tag == "blockquote" and frame is not None and frame.level < Level.FOREIGN:
            return None  # what is quoted is text, also in a box for social media
        said = self._telling[row]
        level = max(_FRAMES.get(tag, Level.TEXT), said.level)
        if said.marked:
            self._mark(row, frame)
        if row in self._bodies:
            self._mark(row, frame)
        if not level or (level == Level.DOUBTFUL and tag in HEADINGS):  # "heading-title" is what every heading is
            return frame
        inner = Frame(frame, level)
        self.page.frames.append(inner)
        return inner

    def _mark(self, row: int, frame: Frame | None) -> None:
        self.page.marked.append(row)
        while frame is not None and not frame.marked:  # those around a marked one are marked
            frame.marked = True
            frame = frame.outer

    def _flush(self, row: int, frame: Frame | None) -> None:
        parts, linked = self._parts, self._linked
        joined = "".join(parts)
        parts.clear()
        self._linked = 0
        if _BREAK in joined:
            text = "\n".join(line for part in joined.split(_BREAK) if (line := " ".join(part.split())))
        else:
            text = " ".join(joined.split())
        if text:
            size = len(text)
            block = Block(row, text, min(linked, size), frame, self._tags[row] in HEADINGS)
            if size - block.linked >= _TELLING_DENSE and not block.is_heading:
                block.weight = _weight(text, block.linked)
            self.page.blocks.append(block)


def _weight(text: str, linked: int) -> int:
    free = len(text) - linked
    if linked >= _MOST_LINKED * len(text):
        return 0
    return free if free >= _TELLING or _DENSE.search(text) else 0
