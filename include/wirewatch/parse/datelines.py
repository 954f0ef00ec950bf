"""Tree → the dates that a page shows beside its headline, each told apart: published, updated, or another page's.

A dateline is a line that holds a date and little else. It counts as *marked* when its element is a ``<time>``, its
class or id speaks of a date, or a label does ("Опубликовано", "Veröffentlicht am"). A sentence with a date in it, a
caption, a copyright line, the date of a teaser, a comment or a box of related pages is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from wirewatch.model import Precision
from wirewatch.parse.outline import NONE, Outline
from wirewatch.parse.page_tree import squeeze
from wirewatch.parse.surroundings import AFTER, BEFORE, Line, block_of, headline_of, lines_of, preceding
from wirewatch.written_dates.dates import Habits, Moment, Written, from_epoch, moments_in, read_moment
from wirewatch.written_dates.relative import may_count_back


class Sign(Enum):
    """What makes a line a dateline."""

    MARKED = "marked"
    LABELLED = "labelled"
    PLAIN = "plain"


@dataclass(frozen=True)
class Dateline:
    """One date that the page shows."""

    moment: Moment
    sign: Sign
    updated: bool = False  # the page calls it the time of its last change
    machine: bool = False  # from a datetime attribute


_DATE_WORD = re.compile(r"date|time|publi|posted|fecha|datum|data(?!-)|дата|meta|byline|info|stamp|created|godz", re.I)
_OTHERS = re.compile(
    r"comment|related|weather|copyright|event|expire|recent|popular|(?<![a-z])(?:next|prev)|teaser|recommend|"
    r"read-?(?:also|more|next)|most-?read|trending|more-?news|last-?news|latest|headlines|ticker|carousel|currency|"
    r"calendar|navbar|breadcrumb",
    re.I,
)
_MARGIN = re.compile(r"sidebar|footer", re.I)
_OWN = re.compile(r"byline|dateline|publish|(?:entry|post|article|story)[-_]{0,2}(?:meta|date|time|info|head)", re.I)
_OTHER_TAGS = frozenset({"aside", "nav", "footer", "figure", "figcaption", "select", "option", "button", "form"})
_UNREAD_TAGS = frozenset({"script", "style", "noscript", "template", "option", "textarea"})
_UPDATED_WORD = re.compile(
    r"updat|modifi|chang|revis|edited|обновл|измен|онов|змін|абноў|зменен|aktuali[zs]|zmodyf|zmian|edycj|atnauj|pakeist|"
    r"atjaun|labots|uuend|muudet|geändert|stand:|actuali[sz]|mis à jour|atuali|aggiorn|güncel|uppdat|oppdat|opdat|"
    r"bijgewerkt|gewijzigd|更新|수정|עודכן|تحديث",
    re.I,
)
_PUBLISHED_WORD = re.compile(
    r"publi[sckć]|posted|issued|released|created|dated?\b|опубл|размещ|добавл|дата|створ|розмі|апубл|размяш|"
    r"dodan|paskelb|įkel|ievie|avalda|lisatud|veröffentlicht|erstellt|datum|data\b|fecha|udgivet|julkais|yayın|"
    r"geplaatst|发布|発表|公開|פורסם|نشر|입력|등록",
    re.I,
)
_ELSE_WORD = re.compile(r"©|copyright|all rights|born|died|deadline|expires?|valid|since|until|joined|дедлайн", re.I)
_FIGURE = re.compile(r"\d")
_SHORT = 40  # characters of a text without figures that can be a relative date
_WORD = re.compile(r"[^\W\d_]{2,}")
_SCRIPTED = re.compile(r"^\s*[\w.]{1,40}\(\s*[\"'](?=[^\"']{0,20}\d)([^\"']{6,60})[\"']")
_TEXT = 160  # characters of a text node that can be part of a dateline
_BESIDE = 100  # characters beside the date in a marked line: an author, a place, a rubric
_BESIDE_PLAIN = 45
_NEAR_PLAIN = 40  # elements from the headline within which a line without a mark is believed
_MOST = 12  # datelines that are read
_BOX = 800  # characters of a teaser, white space included
_LINKED_TITLE = 35
_TEASER_UP = 4  # ancestors that can be the box of a teaser
_UP = 8  # ancestors that are looked at for whose date it is


@dataclass(frozen=True)
class _Place:
    """What tells the article's own dates from others': the rows around its headline, and its text."""

    frame: frozenset[int] = frozenset()
    headline: str = ""


def read_datelines(page: Outline, *, titles: Sequence[str], habits: Habits) -> list[Dateline]:
    """Dates near the headline: those after it by their distance, then those before it; marked and plain mixed."""
    headline = headline_of(page, titles=titles)
    if headline == NONE:
        return []
    text = squeeze("".join(page.elements[headline].itertext()))
    place = _Place(frame=frozenset((headline, *page.around(headline))), headline=text)
    found: list[Dateline] = []
    seen: set[int] = set()
    after = range(headline, min(headline + AFTER, len(page.tags)))
    for rows in (after, islice(preceding(page, headline), BEFORE)):
        for distance, row in enumerate(rows):
            for block in _dated_blocks(page, row):
                if block not in seen:
                    seen.add(block)
                    found += _of_block(page, block, row, place, habits=habits, far=distance > _NEAR_PLAIN)
            if len(found) >= _MOST:
                return found
    return found


def read_labelled(page: Outline, *, habits: Habits) -> Iterator[Dateline]:
    """Dates anywhere on the page that a label calls the publication's; one walk over the whole page."""
    seen: set[int] = set()
    for row in range(len(page.tags)):
        for block in _dated_blocks(page, row):
            if block not in seen:
                seen.add(block)
                for line in _of_block(page, block, row, _Place(), habits=habits, far=True):
                    if line.sign is Sign.LABELLED:
                        yield line


def _dated_blocks(page: Outline, row: int) -> list[int]:
    """Rows of the blocks in which the texts that belong to the element may state a date."""
    text, tail, tag = page.texts[row], page.tails[row], page.tags[row]
    found = [row] if tag == "time" else []
    if text and _may_date(text):
        if tag == "script":
            if _SCRIPTED.match(text):
                found.append(row)
        elif tag not in _UNREAD_TAGS:
            found.append(block_of(page, row))
    if tail and _may_date(tail) and (parent := page.parents[row]) != NONE:
        found.append(block_of(page, parent))
    return found


def _may_date(text: str) -> bool:
    """A figure, or a word such as "yesterday", in a text that is no paragraph. Asked of every text: kept cheap."""
    if text.isspace() or len(text) > 2 * _TEXT:
        return False
    if _FIGURE.search(text):
        return len(text.strip()) <= _TEXT
    return len(text) <= _SHORT and may_count_back(text)


def _of_block(page: Outline, block: int, row: int, place: _Place, *, habits: Habits, far: bool) -> list[Dateline]:
    """Datelines of a block in which that row has a date; ``far`` leaves out lines that nothing marks."""
    tag = page.tags[block]
    if tag == "time":
        found = list(_of_time(page, block, habits))
    elif tag == "script":
        match = _SCRIPTED.match(page.texts[block] or "")
        moment = read_moment(match[1], habits) if match else None
        found = [Dateline(moment=moment, sign=Sign.MARKED)] if moment else []
    else:
        marked = _is_dated(page, row) or _is_dated(page, block)
        found = [date for line in lines_of(page, block) for date in _of_line(line, marked=marked, habits=habits)]
    found = [line for line in found if not (far and line.sign is Sign.PLAIN)]
    return [] if found and _is_others(page, block, place) else found


def _of_time(page: Outline, row: int, habits: Habits) -> Iterator[Dateline]:
    """The moment of ``datetime``, and the one that readers see."""
    element = page.elements[row]
    line = next(iter(lines_of(page, row)), Line(text="", before=""))
    label = f"{_label_of_time(page, row)} {line.text[:40]}"
    named = f"{page.classes[row] or ''} {element.get('itemprop') or ''}"
    # WordPress writes class="published updated" where nothing was updated.
    updated = bool(_UPDATED_WORD.search(label) or (_UPDATED_WORD.search(named) and not _PUBLISHED_WORD.search(named)))
    sign = Sign.LABELLED if _PUBLISHED_WORD.search(label) and not updated else Sign.MARKED
    stamp = (element.get("datetime") or "").strip()
    if moment := from_epoch(stamp) or read_moment(stamp, Habits()):
        yield Dateline(moment=moment, sign=sign, updated=updated, machine=True)
    if len(line.text) <= _TEXT and (shown := read_moment(line.text, habits)):
        yield Dateline(moment=shown, sign=sign, updated=updated)


def _label_of_time(page: Outline, row: int) -> str:
    """What is written right before a <time> in its line."""
    previous = page.before(row)
    if previous != NONE:
        text = page.tails[previous] or ""
        if text.strip():
            return text
        return "" if page.tags[previous] == "time" else " ".join(islice(page.elements[previous].itertext(), 4))[-40:]
    return (page.texts[page.parents[row]] or "")[-40:] if page.parents[row] != NONE else ""


def _of_line(line: Line, *, marked: bool, habits: Habits) -> Iterator[Dateline]:
    if len(line.text) > _TEXT or not (_FIGURE.search(line.text) or may_count_back(line.text)):
        return
    if _ELSE_WORD.search(line.text):
        return
    written = list(moments_in(line.text, habits))
    if not written or not _is_dateline(line.text, written, marked=marked or bool(_PUBLISHED_WORD.match(line.text))):
        return
    place = 0
    for date in written:
        label = line.text[place : date.start]
        if not label.strip() and date is written[0] and not _FIGURE.search(line.before):
            label = line.before
        place = date.end
        sign = Sign.LABELLED if _is_label(label) else Sign.MARKED if marked else Sign.PLAIN
        if _is_bare_day_word(date, line.text) and (sign is Sign.PLAIN or not _alone(date, line.text)):
            continue
        yield Dateline(moment=date.moment, sign=sign, updated=bool(_UPDATED_WORD.search(label)))


def _is_label(label: str) -> bool:
    return len(label) <= 40 and bool(_PUBLISHED_WORD.search(label)) and not _UPDATED_WORD.search(label)


def _is_dateline(text: str, written: list[Written], *, marked: bool) -> bool:
    """Whether the line is about its date: little stands beside it, and it is no sentence."""
    beside = text[: written[0].start] + " " + text[written[-1].end :]
    words = len(_WORD.findall(beside))
    if marked:
        return len(beside) <= _BESIDE
    sentence = words >= 3 and text.rstrip()[-1:] in ".!?…:"
    inside = len(text[: written[0].start].split()) > 2 and len(text[written[-1].end :].split()) > 2
    return len(beside) <= _BESIDE_PLAIN and not sentence and not inside


def _is_bare_day_word(date: Written, text: str) -> bool:
    """A word for a day without a time: "USA Today" and a rubric "Сегодня" are no dates."""
    return date.moment.precision is Precision.DAY and not any(
        letter.isdigit() for letter in text[date.start : date.end]
    )


def _alone(date: Written, text: str) -> bool:
    beside = f"{text[: date.start]} {text[date.end :]}"
    return not _WORD.search(beside) or bool(_PUBLISHED_WORD.match(beside))


def _is_others(page: Outline, block: int, place: _Place) -> bool:
    """Whether the block belongs to a caption, a teaser, a comment or a box about other pages."""
    row, own = block, False  # a byline stands in margins and asides too, never in a comment or a teaser
    for step in range(_UP):
        if row == NONE or row in place.frame or page.tags[row] in ("body", "html"):
            return False
        said = _whose(f"{page.classes[row] or ''} {page.ids[row] or ''}")
        own = own or said.own
        if said.others or (not own and (page.tags[row] in _OTHER_TAGS or said.margin)):
            return True
        if step < _TEASER_UP and not own and _is_teaser(page, row, place.headline):
            return True
        row = page.parents[row]
    return False


def _is_teaser(page: Outline, row: int, headline: str) -> bool:
    """A date with a link as long as a title beside it, in a box of its own, is that of another page."""
    element = page.elements[row]
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > _BOX:
            return False
    texts = (squeeze("".join(link.itertext())) for link in islice(element.iter("a"), 4) if link.get("href"))
    return any(len(text) >= _LINKED_TITLE and text not in headline for text in texts)


class _Whose(NamedTuple):
    """Whose a thing of that name is: the article's own, other pages', the margin's."""

    own: bool
    others: bool
    margin: bool


@lru_cache(maxsize=4096)  # the boxes around one date are mostly those around the next
def _whose(named: str) -> _Whose:
    return _Whose(*(pattern.search(named) is not None for pattern in (_OWN, _OTHERS, _MARGIN)))


@lru_cache(maxsize=4096)
def _says_date(named: str) -> bool:
    return _DATE_WORD.search(named) is not None


def _is_dated(page: Outline, row: int) -> bool:
    """Whether the class or id of the element or its parent speaks of a date."""
    return any(
        _says_date(f"{page.classes[each] or ''} {page.ids[each] or ''}")
        for each in (row, page.parents[row])
        if each != NONE and (page.classes[each] or page.ids[each])
    )
