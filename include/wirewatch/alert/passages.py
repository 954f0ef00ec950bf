"""A mention in a text → the sentence around it, short enough for a mail, with the hits' places in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wirewatch.model import Mention

LIMIT = 400  # code points of a passage, ellipses not counted
CANDIDATES = 64  # mentions of a text that are compared: keeps a text that is nothing but mentions linear
ELLIPSIS = "…"

# A sentence may end at . ! ? … and the quotes or brackets that close it, before white space and what opens the next.
_END = re.compile(r"(?<![.!?…])[.!?…]+[»”\"’')\]]*(?=\s[«“„\"'(\[—–\s-]*([^\W_]))")
_LOOKAHEAD = 16  # code points after an end that _END may have to see
_LAST_WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*$")
# After these, or after one letter (initials, «г.»), a full stop ends no sentence.
_SHORT = frozenset(
    re.findall(
        r"\w+",
        "тыс млн млрд им ул пр обл гг см ст ген полк св напр "  # ru, be, uk
        "gen płk ppłk mjr kpt por dr prof ul nr tzw godz "  # pl
        "col lt maj capt sgt adm mr mrs ms st no vs jan feb mar apr jun jul aug sep sept oct nov dec",  # en
    )
)


@dataclass(frozen=True, order=True)
class Hit:
    """A mention inside a passage."""

    start: int  # code points from the start of the passage's text
    end: int  # exclusive
    concept: str


@dataclass(frozen=True)
class Passage:
    """A piece of an article in its own words."""

    field: str  # "title" or "body"
    text: str  # one line; starts or ends with an ellipsis where the sentence was cut
    hits: tuple[Hit, ...]  # by place; they may overlap


def strongest_passage(title: str, body: str, mentions: Iterable[Mention], *, limit: int = LIMIT) -> Passage | None:
    """Mentions → the passage that shows most of their concepts, the earlier one of equals; None without mentions.

    The body speaks before the title, which a mail shows anyway. Offsets of mentions count in the texts given.
    """
    found = sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.concept))
    for field, text in (("body", body), ("title", title)):
        here = [mention for mention in found if mention.field == field]
        passages = [passage_around(text, mention, here, limit=limit) for mention in here[:CANDIDATES]]
        if passages:
            return max(passages, key=lambda passage: len({hit.concept for hit in passage.hits}))  # max keeps the first
    return None


def passage_around(text: str, mention: Mention, others: Iterable[Mention], *, limit: int = LIMIT) -> Passage:
    """Text and a mention in it → the sentence around, cut at words to ``limit`` code points, all hits in it marked."""
    low, high = sentence_around(text, mention.start, mention.end, reach=limit)
    start, end = _cut(text, (low, high), (mention.start, mention.end), limit=limit)
    before, after = ELLIPSIS if start > low else "", ELLIPSIS if end < high else ""
    shift = len(before) - start
    hits = {
        Hit(max(other.start, start) + shift, min(other.end, end) + shift, other.concept)
        for other in (*others, mention)
        if other.field == mention.field and other.start < end and other.end > start
    }
    # One character for one, so that the places stay: a mention may run over a line break.
    shown = "".join(" " if character.isspace() else character for character in text[start:end])
    return Passage(mention.field, before + shown + after, tuple(sorted(hits)))


def sentence_around(text: str, start: int, end: int, *, reach: int = LIMIT) -> tuple[int, int]:
    """Bounds of the sentence (or sentences) that text[start:end] touches; a line break ends a sentence.

    Looks ``reach`` code points to either side. Where no bound is that near, it returns one just farther away.
    """
    first, last = max(0, start - reach - 1), min(len(text), end + reach + 1)
    low = max(first, text.rfind("\n", first, start) + 1, *_ends(text, first, start))
    line = text.find("\n", end, last)
    high = min([last if line < 0 else line, *_ends(text, end, last)])
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high


def marked(passage: Passage) -> tuple[tuple[str, bool], ...]:
    """Passage → its text in pieces, each with whether it is a hit; overlapping hits are one piece."""
    spans: list[tuple[int, int]] = []
    for hit in sorted(passage.hits):
        if spans and hit.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], hit.end))
        else:
            spans.append((hit.start, hit.end))
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, end in spans:
        pieces += [(passage.text[place:start], False), (passage.text[start:end], True)]
        place = end
    pieces.append((passage.text[place:], False))
    return tuple(piece for piece in pieces if piece[0])


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Ends of sentences within text[start:end], each the place after its last mark or closing quote."""
    for found in _END.finditer(text, start, min(len(text), end + _LOOKAHEAD)):
        if found.end() <= end and not found[1].islower() and not _abbreviates(text, found):
            yield found.end()


def _abbreviates(text: str, found: re.Match[str]) -> bool:
    """Whether the full stop belongs to a shortened word or an initial."""
    if found[0] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, found.start() - _LOOKAHEAD), found.start())
    last = re.split("[.-]", word[0])[-1].lower() if word else ""
    return last in _SHORT or (len(last) == 1 and last.isalpha())


def _cut(text: str, sentence: tuple[int, int], mention: tuple[int, int], *, limit: int) -> tuple[int, int]:
    """A sentence and a mention in it → at most ``limit`` code points around the mention, from word to word."""
    (low, high), (start, end) = sentence, mention
    if high - low <= limit:
        return low, high
    end = min(end, start + limit)
    left = max(low, min(start - (limit - (end - start)) // 2, high - limit))
    right = min(high, left + limit)
    if left > low and not text[left - 1].isspace():
        left = next((place + 1 for place in range(left, start) if text[place].isspace()), left)
    if right < high and not text[right].isspace():
        right = next((place for place in range(right - 1, end - 1, -1) if text[place].isspace()), right)
    return left, right
