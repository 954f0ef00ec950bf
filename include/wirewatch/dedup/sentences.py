"""What a copy says otherwise than what it copies, sentence by sentence: added, changed, dropped.

Cutting or joining sentences and another punctuation change nothing, nor do the words by which a reprint says where the
text is from: a dateline before the first sentence, «сообщает …» within one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from wirewatch.dedup.credits import is_reporting
from wirewatch.dedup.signatures import words

ALIKE = 0.5
"""Share of common words (Dice) from which a sentence is another's new wording and not a sentence of its own."""

DATELINE_WORDS = 8
CREDIT_WORDS = 6
"""Words at the most by which a sentence may differ and still only say where the text is from."""

_END = re.compile(r"(?<=[.!?…])[»\"”)]*\s+(?=[«\"“„(—–-]*\s*[^\W\d_])|\n+")
_INITIAL = re.compile(r"\b[^\W\d_]\.$")
_LOWER = re.compile(r"[«\"“„(—–-]*\s*[^\W\d_]")
_CREDITING = re.compile(
    r"об|этом|о|про|це|аб|гэтым|tym|apie|tai|со|з|са|на|the|to|by|аг[еэ]н[тц]\w*|agen[tc]\w*|aģentūr\w*"
)


class Change(str, Enum):
    """What became of a sentence in the copy."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class SentenceChange:
    """One sentence in which two texts differ, as it is written."""

    change: Change
    text: str  # of the copy; of a dropped one, as it was
    was: str | None = None  # for a changed one, as the other text has it


def sentences(text: str) -> list[str]:
    """Sentences in order, each stripped. A break before a small letter or behind an initial ends no sentence."""
    found: list[str] = []
    for part in (part.strip() for part in _END.split(text)):
        start = _LOWER.match(part)
        if found and ((start and start[0][-1].islower()) or _INITIAL.search(found[-1])):
            found[-1] += f" {part}"
        elif part:
            found.append(part)
    return found


def changed_sentences(original: str, copy: str, *, names: Iterable[str] = ()) -> tuple[SentenceChange, ...]:
    """How a copy differs, in the copy's order, what was dropped at the end; empty when it says the same.

    ``names`` are the names of publishers (see ``publishers.cited_names``): a credit is no change of the text.
    """
    theirs, ours = sentences(original), sentences(copy)
    credit = frozenset(word for name in names for word in words(name))
    kept = _running(original)
    same = {_running(sentence) for sentence in ours}
    left = [sentence for sentence in theirs if _running(sentence) not in same]
    changes: list[SentenceChange] = []
    for place, sentence in enumerate(ours):
        if _running(sentence) in kept or (place == 0 and _is_dateline(sentence)):
            continue
        near = _nearest(sentence, left)
        if near is not None:
            left.remove(near)
        if near is not None and not _only_credit(near, sentence, credit=credit, opens=place == 0):
            changes.append(SentenceChange(Change.CHANGED, sentence, near))
        elif near is None and not _only_credit("", sentence, credit=credit):
            changes.append(SentenceChange(Change.ADDED, sentence))
    return (*changes, *(SentenceChange(Change.DROPPED, it) for it in left if not _still_said(it, copy, credit=credit)))


def _still_said(sentence: str, copy: str, *, credit: frozenset[str]) -> bool:
    """Whether a sentence that the copy does not have as it is says nothing that the copy does not say."""
    if _running(sentence) in _running(copy) or _is_dateline(sentence) or _only_credit("", sentence, credit=credit):
        return True
    near = _nearest(sentence, sentences(copy))
    return near is not None and _only_credit(sentence, near, credit=credit)


def _running(text: str) -> str:
    return f" {' '.join(words(text))} "


def _nearest(sentence: str, others: Sequence[str]) -> str | None:
    """The first of the sentences most like this one; None when none is alike."""
    mine = Counter(words(sentence))
    best, chosen = ALIKE, None
    for other in others:
        theirs = Counter(words(other))
        alike = 2 * sum((mine & theirs).values()) / max(1, sum(mine.values()) + sum(theirs.values()))
        if alike > best or (alike == best and chosen is None):
            best, chosen = alike, other
    return chosen


def _only_credit(original: str, sentence: str, *, credit: frozenset[str], opens: bool = False) -> bool:
    """Whether two sentences differ in where the text is from and in nothing else."""
    was, now = words(original), words(sentence)
    if opens and was and _is_tail(was, now):
        return True
    differing = [*(Counter(was) - Counter(now)).elements(), *(Counter(now) - Counter(was)).elements()]
    told = any(word in credit for word in differing)
    return len(differing) <= CREDIT_WORDS and told and all(word in credit or _is_plain(word) for word in differing)


def _is_plain(word: str) -> bool:
    return is_reporting(word) or _CREDITING.fullmatch(word) is not None


def _is_dateline(sentence: str) -> bool:
    """Whether a first sentence is a place and a day: «МИНСК, 24 ноября.»"""
    found = words(sentence)
    return len(found) <= DATELINE_WORDS and any(word.isdigit() for word in found)


def _is_tail(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one is the other behind a dateline."""
    short, long = sorted((first, second), key=len)
    return len(long) - len(short) <= DATELINE_WORDS and list(long[len(long) - len(short) :]) == list(short)
