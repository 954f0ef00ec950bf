"""An answer to a question after an article that was there → in which form it is there no more, or that it is.

One answer confirms nothing: who asks waits for a second, and looks at the neighbours. A wall, a page for consent, an
outage or a limit says nothing at all, in whatever status it comes. What a page says is looked for in its title, in why
it was read as no article, and in a body of a few lines; an article about a missing page is longer, and has its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from wirewatch.dedup.absence_phrases import CHECKS, MISSING, NOTICES, TITLES, TROUBLES
from wirewatch.dedup.canonical import site_host, url_key
from wirewatch.dedup.tokens import keys
from wirewatch.model import Absence, Kind, Outcome

EMPTY = 0.15
"""Share of the words it had, from which on an article's page has no text any more."""
STANDS = 0.5
"""Share of the known text's words that an answer's text must have (in order of counting, not of place) to be it."""
SHORT = 1_500
"""Code points of a text that can be a notice."""
NOTICE_WORDS = 60
"""Words of a text that can be nothing but a notice of removal."""
SAME_TITLE = 0.6
"""Share of common words (Dice) from which two titles are one."""

_SILENT = frozenset(
    (
        Outcome.LIMITED,
        Outcome.UNREACHABLE,
        Outcome.BROKEN,
        Outcome.TOO_LARGE,
        Outcome.TOO_SLOW,
        Outcome.REFUSED,
        Outcome.ROBOTS,
    )
)
_DENYING = frozenset((401, 403, 451))
_FRONT = re.compile(r"/(?:[a-z]{2,3}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home|main)(?:\.\w{2,5})?/?)?", re.I)
_QUOTED = re.compile(r'"(.+)"\s*$', re.S)


def _one_of(table: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(table.values()) + r")(?!\w)", re.I)


_NOTICE, _MISSING = _one_of(NOTICES), _one_of(MISSING)
_CODE_TITLE = re.compile(TITLES, re.I)
_CHECK = re.compile(CHECKS, re.I)
_TROUBLE = re.compile(f"{CHECKS}|{TROUBLES}", re.I)

FEW_LINES = 4
LABELS = 0.2
"""Lines, and the share of them that may end as sentences, from which a text is no text but what stands around one."""
_SENTENCE_END = re.compile(r"[.!?…][»\"”’)\]]*$")


@dataclass(frozen=True)
class Answer:
    """How one article's address answered."""

    outcome: Outcome
    status: int | None
    url: str  # asked
    final_url: str | None  # where the redirects ended
    home: str  # address of the source's home page
    kind: Kind | None  # what the page was read as; None: it was not read
    title: str | None
    body: str | None
    note: str | None  # why it is no article


def says_nothing(answer: Answer) -> bool:
    """Whether an answer tells neither that the article is there nor that it is gone: a block, an outage, a limit.

    False for a bare 401, 403 or 451, and for one whose page only speaks of a refusal: that may be this one article's,
    and only its neighbours tell. A page that was read as a wall (kind "blocked") says nothing in any status; who cannot
    tell a wall from a refusal by its reading leaves the kind out.
    """
    if answer.kind is Kind.BLOCKED or answer.outcome in _SILENT:
        return True
    if answer.outcome is Outcome.BLOCKED:
        return answer.status not in _DENYING or _speaks_of(_CHECK, answer)
    return answer.kind in (Kind.OTHER, Kind.LISTING) and not _is_missing(answer) and _speaks_of(_TROUBLE, answer)


def absence(answer: Answer, *, known_title: str, known_body: str) -> Absence | None:
    """The form in which the article is not there; None when it is, or nothing can be said.

    ``known_title``, ``known_body``: of the article's last version.
    """
    if answer.outcome is Outcome.GONE:
        return Absence.GONE
    if says_nothing(answer):
        return None
    if answer.outcome is Outcome.BLOCKED:
        return Absence.DENIED
    if answer.outcome not in (Outcome.NEW, Outcome.UNCHANGED) or _is_it(answer, known_body):
        return None
    if _leads_home(answer):
        return Absence.HOME
    titled = _same_title(answer.title, known_title)
    if not titled and _is_missing(answer):
        return Absence.SOFT_404
    if titled and _is_emptied(answer, known_body):
        return Absence.EMPTIED
    return Absence.SOFT_404 if _is_list_instead(answer, known_title) else None


def _is_it(answer: Answer, known_body: str) -> bool:
    """Whether most of the known text stands there."""
    known = keys(known_body)
    if answer.kind is not Kind.ARTICLE or not known:
        return False
    there = set(keys(answer.body or ""))
    return sum(word in there for word in known) >= STANDS * len(known)


def _leads_home(answer: Answer) -> bool:
    """Whether the redirects ended at a front page: the site's, a language's, or that of a section of the address."""
    if not answer.final_url:
        return False
    with suppress(ValueError):  # an address whose port is no number leads nowhere
        asked, ended, home = url_key(answer.url), url_key(answer.final_url), url_key(answer.home)
        if asked in (ended, home):
            return False
        if ended == home:
            return True
        if answer.kind is Kind.ARTICLE:
            return False  # it moved, or another article stands there
        path, other = urlsplit(asked).path, urlsplit(ended).path.rstrip("/")
        if _FRONT.fullmatch(urlsplit(answer.final_url).path or "/") and not urlsplit(ended).query:
            return True
        return site_host(asked) == site_host(ended) and path.startswith(f"{other}/")
    return False


def _is_missing(answer: Answer) -> bool:
    """Whether the page says that there is no such page, or that the article was removed."""
    title, note = _plain(answer.title), _said(answer.note)
    if _CODE_TITLE.fullmatch(title) or _CODE_TITLE.fullmatch(note):
        return True
    body = _plain(answer.body)
    if answer.kind is Kind.ARTICLE and len(keys(body[:SHORT])) > NOTICE_WORDS:
        body = ""  # an article of its own: "not found" is told of somebody
    texts = [text for text in (title, note, body) if len(text) <= SHORT]
    return any(pattern.search(text) for pattern in (_MISSING, _NOTICE) for text in texts)


def _said(note: str | None) -> str:
    """A note of the reader → the words of the page that it quotes; other notes speak of the page, not for it."""
    found = _QUOTED.search(note or "")
    return _plain(found[1]) if found else ""


def _plain(text: str | None) -> str:
    """As the phrases are written; a text too long for any of them is not copied."""
    return text.replace("ё", "е").replace("’", "'") if text and len(text) <= SHORT else text or ""


def _is_emptied(answer: Answer, known_body: str) -> bool:
    """Whether of the text nothing, or nearly nothing, or a notice of removal is left."""
    known, now = keys(known_body), keys(answer.body or "")
    if answer.kind is None or not known or _speaks_of(_TROUBLE, answer):
        return False
    if now and len(now) <= NOTICE_WORDS and len(now) < len(known) and _NOTICE.search(_plain(answer.body)[:SHORT]):
        return True
    if not now and answer.kind is not Kind.ARTICLE:
        return answer.kind is Kind.OTHER
    return len(now) < EMPTY * len(known) or _is_labels_instead(answer.body or "", known_body)


def _is_labels_instead(body: str, known_body: str) -> bool:
    """Whether menus and teasers, which end no sentence, are all that a reader finds where sentences stood."""
    lines, known = _lines(body), _lines(known_body)
    if len(lines) < FEW_LINES or _share_of_sentences(known) < 0.5:
        return False
    return _share_of_sentences(lines) <= LABELS and not set(lines) & set(known)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _share_of_sentences(lines: list[str]) -> float:
    return sum(_SENTENCE_END.search(line) is not None for line in lines) / max(1, len(lines))


def _speaks_of(pattern: re.Pattern[str], answer: Answer) -> bool:
    """Whether a short page says such a thing."""
    texts = (_plain(answer.title), _said(answer.note), _plain(answer.body))
    return any(len(text) <= SHORT and pattern.search(text) for text in texts)


def _same_title(title: str | None, known: str) -> bool:
    """Whether two titles are one, possibly with the site's name behind it."""
    first, second = keys(title or ""), keys(known)
    if not first or not second:
        return False
    shared = len(set(first) & set(second))
    return 2 * shared >= SAME_TITLE * (len(set(first)) + len(set(second))) or shared == len(set(second))


def _is_list_instead(answer: Answer, known_title: str) -> bool:
    """Whether a list with another title stands where the article stood, without a redirect."""
    return (
        answer.kind is Kind.LISTING
        and bool(answer.title)
        and not set(keys(answer.title or "")) & set(keys(known_title))
    )
