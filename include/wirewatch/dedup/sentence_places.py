"""A place in a text → the bounds of the sentence around it."""

from __future__ import annotations

import re
from itertools import pairwise

LIMIT = 400
"""Code points of a passage that is told."""
_END = re.compile(r"[.!?…]+[»”\"’')\]]*(?=\s+[«“„\"'(\[—–-]*\s*(?:[^\W_]))|\n")
_NEXT = re.compile(r"[«“„\"'(\[—–\s-]*([^\W_])")
_LAST_WORD = re.compile(r"[^\W_]+$")
# A full stop behind these, or behind one letter, ends no sentence.
_SHORT = frozenset(
    re.findall(
        r"\w+",
        "тыс млн млрд им ул пр обл гг см ст ген полк св напр руб кв пос тел вул гр тис"  # ru, be, uk
        " gen płk ppłk mjr kpt por dr prof ul nr tzw godz tys mln mld proc tūkst mlrd"  # pl, lt, lv, et
        " plk col lt maj capt sgt adm mr mrs ms no vs",
    )
)


def sentence_bounds(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of text[start:end] (code points), one behind the other without a gap; a line break ends one."""
    end = len(text) if end is None else end
    cuts = [start, *(found.end() for found in _END.finditer(text, start, end) if _ends(text, found)), end]
    return [(first, last) for first, last in pairwise(cuts) if last > first]


def _ends(text: str, found: re.Match[str]) -> bool:
    if found[0] == "\n":
        return True
    following = _NEXT.match(text, found.end())
    if following and following[1].islower():
        return False
    word = _LAST_WORD.search(text, max(0, found.start() - 24), found.start())
    short = word is not None and ((len(word[0]) == 1 and word[0].isalpha()) or word[0].lower() in _SHORT)
    return not (found[0] == "." and short)


def shown(text: str, *, limit: int = LIMIT) -> str:
    """Text → on one line, at most so many code points; cut at a word where it is longer."""
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit and len(text) <= limit * 4:
        return line
    head, space, _ = line[: limit - 1].rpartition(" ")
    return (head if space and len(head) > limit // 2 else line[: limit - 1]).rstrip() + "…"
