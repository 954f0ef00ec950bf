"""Title, text and markup of a page → one sentence when it is a wall, an error page or an empty shell.

Told by words, on pages too short to be anything else: an article about captchas, cookies or a missing page is long, or
its markup calls it an article. Consent pages are longer than other walls and speak of nothing but consent; a short
article with a consent banner speaks of other things on end.
"""

from __future__ import annotations

import re
from itertools import pairwise

from wirewatch.parse.wall_phrases import (
    CHALLENGES,
    CHECKS,
    CONSENT_WORDS,
    CONSENTS,
    FAULTS,
    LOGINS,
    MISSING,
    REFUSALS,
    SHELLS,
    one_of,
    only,
)

LOOKED_AT = 6000  # characters of a page's text that decide here; longer pages are no walls
_SHORT = 1500  # characters of text in all
_TITLED = 3000  # … where the title says it already
_CONSENT = 4000
_BARE = 600  # … with a challenge's script in the markup, or for a page that only a script draws
_FRAMED = 6000  # … of a soft 404 with menus around it
_GAP = 70  # words on end that say nothing of consent: menus around a wall; an article has more
_MARKED_GAP = 35  # … on a page that its markup calls an article
_LONGEST_TITLE = 300  # characters; more is no title of a wall
_CONSENT_RATE = 6.0  # words about consent in a hundred

_WALL = one_of(
    {f"{name} {code}": text for name, table in (("r", REFUSALS), ("c", CHECKS)) for code, text in table.items()}
)
_WALL_TITLE = re.compile(_WALL.pattern + r"(?:\W|$)", re.I)
_CONSENT_PHRASE = one_of(CONSENTS)
_CONSENT_WORD = re.compile(CONSENT_WORDS, re.I)
_MISSING = one_of(MISSING)
_MISSING_TITLE = only(
    MISSING, r"(?:error )?(?:404|410)(?: error)?", r"ошибка (?:404|410)", r"(?:404|410)\W+\w+(?: \w+)?"
)
_LOGIN_TITLE = only(LOGINS)
_FAULT = one_of(FAULTS)
_FAULT_TITLE = only(FAULTS)
_SHELL = one_of(SHELLS)
_PARTS = re.compile(r"\s+[-–—•·»/:]+\s+|\s*[|»]\s*")  # between a title and the site's name


def wall_note(*, title: str, text: str, markup: str, marked: bool = False) -> str | None:
    """One sentence when the page is a wall (captcha, consent, refusal), else None.

    ``text``: all text of the page, or its first LOOKED_AT characters and more. ``marked``: the page's own markup calls
    it an article, and it has paragraphs of one.
    """
    if len(text) > _CONSENT:
        return None
    if not marked and (words := _refusal(title, text)):
        return f'a short page that says "{words}"'
    if words := _consent(f"{title[:_LONGEST_TITLE]}\n{text}", longest_gap=_MARKED_GAP if marked else _GAP):
        return f'a page that only asks for consent: "{words}"'
    if not marked and len(text) <= _BARE and (challenge := CHALLENGES.search(markup)):
        return f"a short page with a challenge ({challenge.group(0).lower()})"
    return None


def missing_note(*, title: str, text: str, marked: bool = False) -> str | None:
    """One sentence when the page says that there is no such page, that it is out of order, or asks to log in."""
    if marked or len(text) > _FRAMED:
        return None
    title = title[:_LONGEST_TITLE]
    parts = [title, *_PARTS.split(title)]
    for pattern in (_MISSING_TITLE, _FAULT_TITLE, _LOGIN_TITLE):
        if any(pattern.fullmatch(part) for part in parts):
            return f'a short page titled "{title[:80]}"'
    if len(text) <= _SHORT and (found := _MISSING.search(text) or _FAULT.search(text)):
        return f'a short page that says "{found.group(0)}"'
    if len(text) <= _BARE and (found := _SHELL.search(text)):
        return f'a page without text of its own that says "{found.group(0)}"'
    return None


def _refusal(title: str, text: str) -> str | None:
    title = title[:_LONGEST_TITLE]
    if len(text) <= _SHORT:
        found = _WALL.search(f"{title}\n{text}")
    else:
        found = _WALL_TITLE.match(title) if len(text) <= _TITLED else None
    return found.group(0).strip() if found else None


def _consent(text: str, *, longest_gap: int) -> str | None:
    """The phrase that asks for consent, where hardly anything else is spoken of."""
    found = _CONSENT_PHRASE.search(text)
    if found is None:
        return None
    words = text.split()
    places = [-1, *(place for place, word in enumerate(words) if _CONSENT_WORD.search(word)), len(words)]
    rate = 100 * (len(places) - 2) / max(20, len(words))
    gap = max(after - before - 1 for before, after in pairwise(places))
    return found.group(0) if rate >= _CONSENT_RATE and gap <= longest_gap else None
