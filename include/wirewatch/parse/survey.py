"""Page → counts of what stands on it: text, links, paragraphs, cards, buttons.

Decides nothing; ``signs`` turns the counts into signs and ``kind`` weighs them. Linear in the number of elements.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from wirewatch.parse.outline import NONE, Outline

_SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_UNSAID = frozenset(("script", "style", "template", "title"))
_FRAME = ("nav", "header", "footer")
_CARDS = ("div", "li", "article", "section", "tr", "a")
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
    articles: int = 0  # <article>
    buttons: int = 0
    labels: list[str] = field(default_factory=list)  # short texts of links and buttons
    names: list[str] = field(default_factory=list)  # class, else id, of all elements
    words: list[str] = field(default_factory=list)  # runs of visible text


def opening_text(page: Outline, *, most: int) -> str:
    """The page's text on one line, what stands in <noscript> too, until ``most`` characters have been gathered.

    Text beyond is not read: whoever asks wants to know what a short page says.
    """
    parts: list[str] = []
    length = 0
    for row, text in page.runs:
        if row < 0 or page.tags[row] not in _UNSAID:
            parts.append(text)
            length += len(text) + 1
            if length > most:
                break
    return " ".join(" ".join(parts).split())


def survey(page: Outline) -> Survey:
    """The counts of a page. For trees of ordinary depth and size (``Tree.hostile`` is not set)."""
    return Survey() if page.body == NONE else _Count(page).made()


class _Count:
    """What is counted for each row, and then for the page."""

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.found = Survey()
        self.first, self.last = page.body, page.ends[page.body]
        self.unseen = self._unseen()
        self.framed = self._within(_FRAME)
        # Characters of each row, and those of them inside links.
        self.lengths = [0] * len(page.tags)
        self.linked = [0] * len(page.tags)

    def made(self) -> Survey:
        """All counts of the body."""
        found, page, unseen = self.found, self.page, self.unseen
        self._read()
        found.text, found.linked = self.lengths[self.first], self.linked[self.first]
        outermost = (row for row in self._rows(_FRAME) if not self.framed[page.parents[row]])
        found.framed = sum(self.lengths[row] for row in outermost)
        found.articles = sum(not unseen[row] for row in self._rows(("article",)))
        found.buttons = sum(not unseen[row] for row in self._rows(("button",)))
        body = slice(self.first, self.last)
        named = zip(page.classes[body], page.ids[body], unseen[body], strict=True)
        found.names = [class_ or id_ or "" for class_, id_, hidden in named if (class_ or id_) and hidden != _HIDDEN]
        self._paragraphs()
        self._cards()
        return found

    def _rows(self, tags: Iterable[str]) -> list[int]:
        """Rows of these tags inside the body."""
        rows = self.page.rows
        return [row for tag in tags if tag in rows for row in rows[tag] if self.first <= row < self.last]

    def _within(self, tags: Iterable[str]) -> bytearray:
        """Of each row, whether it is or stands in an element of these tags."""
        found = bytearray(self.last)
        for row in self._rows(tags):
            end = self.page.ends[row]
            found[row:end] = b"\1" * (end - row)
        return found

    def _unseen(self) -> bytearray:
        """Of each row, whether its text is hidden: _UNSHOWN for an element that hides it, _HIDDEN for those inside."""
        found = bytearray(self.last)
        rows = self._rows(_SILENT)
        for row in rows:
            found[row] = _UNSHOWN
        for row in rows:
            end = self.page.ends[row]
            if end > row + 1:
                found[row + 1 : end] = bytes((_HIDDEN,)) * (end - row - 1)
        return found

    def _read(self) -> None:
        """Lengths of all rows, what stands below them included; words and labels."""
        parents, ends, unseen, lengths, linked = (
            self.page.parents, self.page.ends, self.unseen, self.lengths, self.linked,
        )  # fmt: skip
        links = self._within(("a",))
        words = self.found.words
        places: list[int] = []  # of the words, growing
        for row, text in self.page.runs:
            home = row if row >= 0 else parents[~row]
            if home < self.first or unseen[home]:  # what follows the body is not its text
                continue
            words.append(text)
            places.append(2 * row + 1 if row >= 0 else 2 * ends[~row])
            lengths[home] += len(text)
            if links[home]:
                linked[home] += len(text)
        for row in range(self.last - 1, self.first, -1):
            if size := lengths[row]:
                lengths[parents[row]] += size
                linked[parents[row]] += linked[row]
        self.found.labels = [
            self._label(row, bisect_left(places, 2 * row + 1))
            for row in self._rows(("a", "button"))
            if 0 < lengths[row] <= _LABEL
        ]

    def _label(self, row: int, begin: int) -> str:
        """The words of an element, the first of which has that number."""
        words, left, end = self.found.words, self.lengths[row], begin
        while left > 0:
            left -= len(words[end])
            end += 1
        return " ".join(words[begin:end])

    def _paragraphs(self) -> None:
        """Paragraphs that tell something, and the most of them under one parent."""
        runs: dict[int, tuple[int, int]] = {}
        for row in self._rows(("p",)):
            told = self.lengths[row] - self.linked[row]
            if told >= _LONG and not self.framed[row]:
                number, length = runs.get(self.page.parents[row], (0, 0))
                runs[self.page.parents[row]] = number + 1, length + told
        self.found.paragraphs = sum(number for number, _ in runs.values())
        self.found.told = sum(length for _, length in runs.values())
        self.found.longest_run = max((number for number, _ in runs.values()), default=0)
        self.found.run_text = max((length for _, length in runs.values()), default=0)

    def _cards(self) -> None:
        """Siblings made alike that each hold a link and words."""
        page, lengths = self.page, self.lengths
        with_link = self._with_link()
        groups: dict[tuple[int, str, str], tuple[int, int]] = {}
        for row in self._rows(_CARDS):
            if lengths[row] < _CARD or self.framed[row] or not with_link[row]:
                continue
            if name := (page.classes[row] or "").split(None, 1):
                group = (page.parents[row], page.tags[row], name[0])
                members, length = groups.get(group, (0, 0))
                groups[group] = members + 1, length + lengths[row]
        self.found.largest_group = max((members for members, _ in groups.values()), default=0)
        self.found.group_text = sum(length for members, length in groups.values() if members >= 3)

    def _with_link(self) -> bytearray:
        """Of each row, whether it is or holds a link with words."""
        found = bytearray(self.last)
        for row in self._rows(("a",)):
            if self.lengths[row]:
                while row >= self.first and not found[row]:
                    found[row] = 1
                    row = self.page.parents[row]
        return found


_UNSHOWN, _HIDDEN = 1, 2
