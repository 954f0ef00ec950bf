"""Headline → the rows and lines around it, in the order of the document (``outline``).

A page states its date within a screen of its headline. A fixed number of elements is looked at, so that the cost does
not grow with the page; lines are what a reader sees between two breaks, whatever elements they are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from wirewatch.parse.outline import NONE, Outline
from wirewatch.parse.page_tree import squeeze

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
_MOST_EVENTS = 120  # beginnings and ends of elements in which a block's lines are looked for
_CLIMB = 6  # inline elements around a text that are climbed to find its line


class Line(NamedTuple):
    """Text between two breaks."""

    text: str  # one line
    before: str  # the line or element before it, when it is short: "Updated:"


def headline_of(page: Outline, *, titles: Sequence[str] = ()) -> int:
    """Row of the article's heading: the one that repeats most of a title of the page, else the first <h1> of its main
    part; NONE for none. A page without headings has the first element whose text is a title.
    """
    wanted = [title for title in (squeeze(title).casefold() for title in titles) if len(title) >= _TITLE]
    first = page.rows_of("h1")[:_HEADINGS]
    best = _titled(page, first, wanted, enough=_SURE)
    if best == NONE:
        best = _titled(page, [*first, *page.rows_of("h2", "h3")[:_HEADINGS]], wanted)
    if best == NONE and wanted:
        texts = page.rows_of("td", "div", "span", "strong", "b", "a", "font", "p")
        best = next((row for row in texts if _repeats(page, row, wanted)), NONE)
    if best == NONE:
        best = next(
            (row for row in first if page.above(row, "article") != NONE or page.above(row, "main") != NONE), NONE
        )
    return best if best != NONE else next(iter(page.rows_of("h1", "h2")), NONE)


def _titled(page: Outline, headings: Sequence[int], wanted: Sequence[str], *, enough: float = 0) -> int:
    """The first heading that repeats most of a title, and at least that share of the longest."""
    best, most = NONE, max(0.0, enough * max(map(len, wanted), default=0))
    for heading in headings:
        size = _repeats(page, heading, wanted)
        if size > most:
            best, most = heading, size
    return best


def _repeats(page: Outline, row: int, wanted: Sequence[str]) -> int:
    """Characters that the element's text shares with a title as a whole; 0 when neither contains the other."""
    if page.tags[row] not in _HEADING_TAGS and len(page.texts[row] or "") < _TITLE:
        return 0
    text = squeeze("".join(islice(page.elements[row].itertext(), 20))).casefold()
    if len(text) < _TITLE:
        return 0
    return max((min(len(text), len(title)) for title in wanted if text in title or title in text), default=0)


def preceding(page: Outline, start: int) -> Iterator[int]:
    """Rows of what stands before an element, nearest first; those around it are left out."""
    above = page.parents[start]
    for row in range(start - 1, -1, -1):
        if row == above:
            above = page.parents[row]
        else:
            yield row


def block_of(page: Outline, row: int) -> int:
    """Row of the element whose lines hold the text: inline elements are climbed."""
    tags, parents = page.tags, page.parents
    for _ in range(_CLIMB):
        parent = parents[row]
        if tags[row] not in _INLINE or parent == NONE or tags[parent] in ("body", "html"):
            break
        row = parent
    return row


def lines_of(page: Outline, block: int) -> list[Line]:
    """The block's first lines, each with what stands before it; long ones are cut, they are no datelines."""
    texts = [text for text in map(squeeze, _texts(page, block)) if text]
    if not texts:
        return []
    before = [_before(page, block), *texts]
    return [Line(text, above[-40:]) for text, above in zip(texts, before, strict=False)]


def _texts(page: Outline, block: int) -> Iterator[str]:
    """Text between breaks; at most the first 60 elements of the block."""
    parts: list[str] = []
    size = 0
    for row, begins in islice(_begins_and_ends(page, block), _MOST_EVENTS):
        tag = page.tags[row]
        if row != block and tag not in _INLINE and (begins or tag not in _SILENT):
            yield " ".join(parts)
            parts, size = [], 0
        text = page.tails[row] if not begins else None if tag in _SILENT else page.texts[row]
        if text and size <= 2 * _LINE:
            parts.append(text[: 2 * _LINE])
            size += len(text)
    yield " ".join(parts)


def _begins_and_ends(page: Outline, block: int) -> Iterator[tuple[int, bool]]:
    """Of an element and those in it where each begins (True) and ends, in order; its own end is left out."""
    ends = page.ends
    opened: list[int] = []
    for row in range(block, ends[block]):
        while opened and ends[opened[-1]] <= row:
            yield opened.pop(), False
        yield row, True
        opened.append(row)
    while len(opened) > 1:
        yield opened.pop(), False


def _before(page: Outline, block: int) -> str:
    """Text of the element before, when it is a short one such as a label."""
    previous = page.before(block)
    if previous == NONE or page.tags[previous] in _SILENT:
        return ""
    text = squeeze(" ".join(islice(page.elements[previous].itertext(), 8)))
    return text if len(text) <= 40 else ""
