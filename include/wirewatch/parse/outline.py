"""Tree → the same page as lists, one row an element, in the order of the document.

Every step from element to element and every look at a tag or a text is a call into lxml. Readers that look at all
elements of a page go over these lists instead, which are filled once, at the cost of one such walk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import html

NONE = -1  # row of what is not there
_MOST = 100_000  # rows; what stands behind is read by nobody who walks over rows


@dataclass(frozen=True, eq=False)
class Outline:
    """Elements of a page and what they hold; a row's descendants are the rows up to its end.

    Of a page of more than 100,000 elements, the first so many.
    """

    elements: list[html.HtmlElement]
    tags: list[str]
    texts: list[str | None]  # before the first child
    tails: list[str | None]  # after the end
    classes: list[str | None]
    ids: list[str | None]
    parents: list[int]  # row of the element around; NONE for the root
    ends: list[int]  # the first row after the last descendant
    body: int  # row of <body>, NONE when the page has none
    depth: int  # of the deepest element; the root's is 1
    row_of: dict[html.HtmlElement, int]

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """Rows of each tag, in order; none for a tag that the page does not have."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, tag in enumerate(self.tags):
            found[tag].append(row)
        return found

    @cached_property
    def runs(self) -> list[tuple[int, str]]:
        """Texts of the body in order, white space at their ends left out and empty ones too.

        Each with the row that it opens (``row``) or that it follows (``~row``, which is negative).
        """
        if self.body == NONE:
            return []
        texts, tails, ends = self.texts, self.tails, self.ends
        found: list[tuple[int, str]] = []
        trailed: list[tuple[int, int, str]] = []  # end, row and tail of elements whose end has not come
        for row in range(self.body, ends[self.body]):
            while trailed and trailed[-1][0] <= row:
                _, before, text = trailed.pop()
                found.append((~before, text))
            if text := (texts[row] or "").strip():
                found.append((row, text))
            if text := (tails[row] or "").strip():
                trailed.append((ends[row], row, text))
        found.extend((~before, text) for _, before, text in reversed(trailed))
        return found

    def children(self, row: int) -> list[int]:
        """Rows of an element's children."""
        ends, end = self.ends, self.ends[row]
        found = []
        row += 1
        while row < end:
            found.append(row)
            row = ends[row]
        return found

    def around(self, row: int) -> Iterator[int]:
        """Rows of the elements around a row, nearest first."""
        while (row := self.parents[row]) != NONE:
            yield row

    def above(self, row: int, tag: str) -> int:
        """Row of the nearest element of that tag around a row; NONE for none."""
        return next((each for each in self.around(row) if self.tags[each] == tag), NONE)

    def before(self, row: int) -> int:
        """Row of the element before an element, under the same parent; NONE for the first."""
        parent = self.parents[row]
        if parent == NONE or row == parent + 1:
            return NONE
        row -= 1
        while self.parents[row] != parent:
            row = self.parents[row]
        return row

    def after(self, row: int) -> int:
        """Row of the element after an element, under the same parent; NONE for the last."""
        end = self.ends[row]
        return end if end < len(self.parents) and self.parents[end] == self.parents[row] else NONE

    def rows_of(self, *tags: str) -> list[int]:
        """Rows of any of these tags, in order."""
        return sorted(row for tag in tags if tag in self.rows for row in self.rows[tag])


def outline(root: html.HtmlElement) -> Outline:
    """The rows of a tree without comments; linear in its elements. The tree must not change after."""
    elements = list(islice(root.iter(), _MOST))
    row_of = {element: row for row, element in enumerate(elements)}
    parents = [row_of[element.getparent()] for element in elements[1:]]
    parents.insert(0, NONE)
    body = root.find("body")
    return Outline(
        elements=elements,
        tags=[element.tag for element in elements],
        texts=[element.text for element in elements],
        tails=[element.tail for element in elements],
        classes=[element.get("class") for element in elements],
        ids=[element.get("id") for element in elements],
        parents=parents,
        ends=_ends(parents),
        body=NONE if body is None else row_of.get(body, NONE),
        depth=_depth(parents),
        row_of=row_of,
    )


def _ends(parents: list[int]) -> list[int]:
    ends = list(range(1, len(parents) + 1))
    for row in range(len(parents) - 1, 0, -1):  # those inside before those around
        end, above = ends[row], parents[row]
        if end > ends[above]:
            ends[above] = end
    return ends


def _depth(parents: list[int]) -> int:
    depths = [1]
    for above in parents[1:]:
        depths.append(depths[above] + 1)
    return max(depths)
