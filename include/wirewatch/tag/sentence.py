"""The sentence around a mention, folded, with the way back to the text: what attributes are read from.

A line ends a sentence here: the warehouse keeps a paragraph a line, and what stands in another paragraph is not beside
the mention. So does a contrast («…, а «Щит Союза» пройдёт …»): what follows is said of something else. A full stop
before a small letter or after the short name of a month does not (12,5 тыс. солдат; 12 сент. 2025).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from wirewatch.tag.fold import Folded, fold
from wirewatch.written_dates.months import month_number

REACH = 300
"""Code points before and after a mention that are looked at: a longer sentence is cut there, between words."""

_END = re.compile(r"[.!?;]{1,5}[\"')\]]{0,3}\s|\n")
_LAST_WORD = re.compile(r"([^\W_]*)[\"')\]]{0,3}$")
_SHORTEST = 3
"""Letters before a full stop that ends a sentence: fewer are an initial or an abbreviation, and "12." is an ordinal."""

_CONTRAST = re.compile(
    r",?\s(?:а(?!\sтак)|тогда\sкак|в\sто\sвремя\sкак|тоді\sяк|тады\sяк|while|whereas|natomiast|podczas\sgdy|o\stuo\starpu)\s"
)
_CLAUSE_END = re.compile(r",(?!\d)|;")


@dataclass(frozen=True)
class Sentence:
    """Folded text, the mention's place in it, and where it stands in the field."""

    folded: Folded
    start: int  # of the sentence, in the folded text
    end: int
    mention: tuple[int, int]  # in the folded text
    offset: int  # code points of the field before the folded text's original

    @property
    def text(self) -> str:
        """The folded text; look for things between ``start`` and ``end``."""
        return self.folded.text

    def clause(self) -> tuple[int, int]:
        """The part between commas that holds the mention."""
        before = [match.end() for match in _CLAUSE_END.finditer(self.text, self.start, self.mention[0])]
        after = _CLAUSE_END.search(self.text, self.mention[1], self.end)
        return (before[-1] if before else self.start), (after.start() if after else self.end)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Folded range → code points of the field."""
        first, last = self.folded.span(start, end)
        return self.offset + first, self.offset + last

    def folded_index(self, place: int) -> int:
        """Code point of the folded text's original → index of the folded text."""
        return _index(self.folded, place)

    def original(self, start: int, end: int) -> str:
        """The field's own text behind a folded range."""
        return self.folded.surface(start, end)


@dataclass(frozen=True)
class Stated:
    """A value that a sentence states, and where it stands (folded text)."""

    value: str
    start: int
    end: int


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """The sentence that holds a mention, given in code points of the text; it holds the whole mention at the least."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    folded = fold(text[first:last])
    begin, finish = _index(folded, start - first), _index(folded, end - first)
    ends = [match.end() for match in _END.finditer(folded.text) if _ends(match, folded)]
    ends += [match.end() for match in _CONTRAST.finditer(folded.text)]
    return Sentence(
        folded,
        start=max((at for at in ends if at <= begin), default=0),
        end=min((at for at in ends if at >= finish), default=len(folded.text)),
        mention=(begin, finish),
        offset=first,
    )


def _index(folded: Folded, place: int) -> int:
    return bisect_left(range(len(folded.text)), place, key=lambda at: folded.span(at, at + 1)[0])


def _ends(match: re.Match[str], folded: Folded) -> bool:
    """Whether what may end a sentence does, and is not the full stop of a short word."""
    if match[0].strip("\"')] ") != ".":
        return True
    found = _LAST_WORD.search(folded.text, max(0, match.start() - 24), match.start())
    word = found[1] if found else ""
    if len(word) < _SHORTEST:
        return False
    if folded.text[match.end() : match.end() + 1] and folded.surface(match.end(), match.end() + 1).islower():
        return False
    return len(word) > 5 or month_number(folded.surface(match.start() - len(word), match.start())) is None
