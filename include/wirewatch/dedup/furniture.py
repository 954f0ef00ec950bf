"""Paragraph → whether it is the page's and not the article's: counters, stamps, read-also lines, pleas, credits.

Extractors let such lines through now and then; a version that differs in them alone is no edit. A line is furniture by
its make: a label with a number or a moment and nothing else; a heading's words at its beginning; a plea's words with
the name of a channel, or nothing but them. A sentence that says something is never furniture, so that a number changed
in it is never lost: "Просмотров: 12" is, «Число просмотров выросло до 12 тысяч, сообщили в штабе» is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from wirewatch.dedup import furniture_phrases as said
from wirewatch.dedup.tokens import keys
from wirewatch.written_dates.months import month_number

LONGEST = 300
"""Code points of a line that may be furniture by its words; longer ones are text."""
SHORT = 120
"""… by being a label and a number or a moment."""
PLEA_ALONE = 5
"""Words of a plea that names no channel."""
CREDIT_WORDS = 14
HEADED = 10
"""Lines at the most that a heading such as "Read also" stands over."""
HEADED_WORDS = 25

_SPACES = re.compile(r"[\s|•·●▪♦►▶→»>*_\\]+")
_EDGES = " .,:;!-()[]{}«»\"'…/"


def _any(table: Mapping[str, str]) -> str:
    return "(?:" + "|".join(table.values()) + ")"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_COUNT = r"[+~≈]?\d[\d.,' ]*(?:k|m|к|тыс|млн|tys|tūkst)?\.?"
_COUNTED = _any(said.COUNTED)
_AGO = rf"(?:{_COUNT} ?)?(?:{said.AGO})|{said.BEFORE}|{said.JUST_NOW}"
_WHOLE = (
    _compiled(rf"{_COUNTED} ?[:=-]? ?\(?{_COUNT}\)?|{_COUNT} ?{_COUNTED}|\(?{_COUNT}\)?"),
    _compiled(rf"(?:{_AGO})(?:,? (?:{said.AT} )?\d\d?[:.]\d\d)?"),
    _compiled(rf"(?:(?:{said.LABELS}|{_COUNT}|{_COUNTED})[ .,:;+/-]*)+"),
    _compiled(r"(?:https?://|www\.)\S+|@\w+|#\w+(?:[ ,]+#\w+)*"),
)
"""Lines that are this and nothing else."""
_STAMPED = _compiled(rf"{_any(said.STAMPED)} ?[:-]? ?")
_MOMENT_WORD = _compiled(rf"{said.MOMENT_WORDS}|{said.JUST_NOW}|{said.AT}")
_AGO_WHOLE = _compiled(_AGO)
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_READ_ALSO = _compiled(rf"{_any(said.READ_ALSO)}(?!\w)")
_PLEA = _compiled(rf"{_any(said.PLEAS)}(?!\w)")
_CHANNEL = _compiled(said.CHANNELS)
_JOINING = _compiled(said.JOINING)
_CREDIT = _compiled(rf"{_any(said.CREDITED)}(?: ?[:/©-]|\.| by | из | з | from )")
_RIGHTS = _compiled(rf"(?:{said.RIGHTS})")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*$")


def fold_paragraph(text: str) -> str:
    """Paragraph → what it is compared with other articles' paragraphs by: its words and numbers, case evened out.

    Numbers stay: a ministry's daily report says the same sentence every day, and its number is the news.
    """
    return " ".join(keys(text))


def is_furniture(paragraph: str, *, template: Collection[str] = frozenset()) -> bool:
    """Whether a paragraph, or a sentence that stands for one, is no part of an article's text.

    ``template``: folded paragraphs (see ``fold_paragraph``) that other articles of the source have too.
    """
    if template and fold_paragraph(paragraph) in template:
        return True
    if len(paragraph) > LONGEST:
        return False
    line = _evened(paragraph)
    if not any(char.isalnum() for char in line):
        return False  # a sign alone says nothing and hides nothing: it has no words to differ in
    return _is_label(line) or _is_read_also(line) or _is_plea(line) or _is_credit(line)


def furniture_of(paragraphs: Sequence[str], *, template: Collection[str] = frozenset()) -> list[bool]:
    """For each paragraph whether it is furniture; "Read also" alone takes the headlines that it stands over along."""
    found = [is_furniture(each, template=template) for each in paragraphs]
    for at, text in enumerate(paragraphs):
        if found[at] and len(text) <= SHORT and _READ_ALSO.fullmatch(_evened(text)):
            for under in range(at + 1, min(len(paragraphs), at + 1 + HEADED)):
                if not _may_be_headline(paragraphs[under]):
                    break
                found[under] = True
    return found


def _may_be_headline(text: str) -> bool:
    """Whether a line under "Read also" can be a teaser: short, and no sentence with a full stop."""
    line = text.rstrip()
    return len(line) <= LONGEST and len(line.split()) <= HEADED_WORDS and not _SENTENCE_END.search(line)


def _evened(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("ё", "е").replace("Ё", "Е").replace("’", "'").replace("ʼ", "'")
    plain = plain.replace("—", "-").replace("–", "-").replace("−", "-")
    marks = "".join("" if char != "©" and unicodedata.category(char) in ("So", "Cf", "Sk") else char for char in plain)
    return _SPACES.sub(" ", marks).strip(_EDGES)


def _is_label(line: str) -> bool:
    if len(line) > SHORT:
        return False
    if any(pattern.fullmatch(line) for pattern in _WHOLE) or _is_moment(line):
        return True
    label = _STAMPED.match(line)
    return label is not None and (label.end() == len(line) or _is_moment(line[label.end() :]))


def _is_moment(text: str) -> bool:
    """Whether a text is a date, a time, or how long ago, and nothing else."""
    if _AGO_WHOLE.fullmatch(text.strip(_EDGES)):
        return True
    pieces = _PIECE.findall(text)
    numbers = sum(piece.isdigit() for piece in pieces)
    return numbers + any(map(_is_month, pieces)) >= 2 and all(
        piece.isdigit() or _MOMENT_WORD.fullmatch(piece) is not None or _is_month(piece) for piece in pieces
    )


def _is_month(piece: str) -> bool:
    return not piece.isdigit() and month_number(piece) is not None


def _is_read_also(line: str) -> bool:
    """The words, then nothing, a colon, or the headline that they point to."""
    found = _READ_ALSO.match(line)
    if found is None:
        return False
    rest = line[found.end() :].lstrip()
    return not rest or rest[0] in ':.-«"“„' or rest[0].isupper()


def _is_plea(line: str) -> bool:
    if not _PLEA.match(line):
        return False
    return _CHANNEL.search(line) is not None or (len(line.split()) <= PLEA_ALONE and not _JOINING.match(line))


def _is_credit(line: str) -> bool:
    if _RIGHTS.match(line):
        return True
    return len(line.split()) <= CREDIT_WORDS and _CREDIT.match(line) is not None
