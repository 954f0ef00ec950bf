"""Text → names: what stands around a name in a byline is taken off, several names are told apart. Pure text, no tree.

What holds for publishers in every language measured (the words are in ``name_words``):

* A **label** before a name is no part of it: "By", "Von", "Автор:", "Аўтар:", "Текст:", "Autorius:", "oprac.".
  A short preposition that may also begin a surname (von, di, par, av …) goes only before two capitalised words.
* What follows a **credit of another role** (photographs, translation, checking: "Фото:", "Nuotr.", "tłum.") is dropped.
* **Brackets, e-mail addresses, handles and markup** around a name are dropped; entities are decoded first.
* **Roles and academic titles** ("correspondent", "редактор", "PhD") are dropped, as are a lone word or a place after a
  full name and a comma ("Anna Kowal, Minsk"), unless it is a news agency ("dpa", "PAP", "БЕЛТА").
* **Conjunctions** part names only where every part is a full name: "Land og Folk" is one.
* A **date**, an address, a number, or a placeholder ("admin", "Гость") is no name.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from wirewatch.parse import name_words
from wirewatch.parse.page_tree import squeeze

_LONGEST = 5_000  # characters of one statement; a longer one is a text
_LONGEST_NAME = 80  # characters
MOST_NAMES = 12  # more are a list of contributors

_TAG = re.compile(r"<[^<>]{1,300}>")
_BRACKETS = re.compile(r"\([^()]{0,80}\)|（[^（）]{0,80}）|\[[^\[\]]{0,80}\]|<[^<>]{0,300}>")
_ADDRESS = re.compile(r"\S{0,80}@\S+|https?://\S+")
_FOR = re.compile(r"\s+(?:for|для|dla)\s+(?:the\s+)?\S+(?:\s\S+)?$", re.I)
_DASH = re.compile(r"\s+[-–—]\s+|/")
_SENTENCE = re.compile(r"(?<=\w{4})\.\s+(?=[^\W\d_a-z])")
_NO_WORDS = re.compile(r"\W+")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,30} [^\W\d_]{2,30}")
_EDGES = ' ,.;:-–—|/•·"“”«»'


class Weight(IntEnum):
    """How much a name says: the page's own site names itself on every page."""

    SITE = 0
    ORGANISATION = 1  # an agency, a ministry, a desk, a pen name
    PERSON = 2


def split_names(text: str) -> list[str]:
    """``By A. Writer and B. Other`` → its names, cleaned; [] when the text holds none."""
    return list(_split(text[:_LONGEST]))


@lru_cache(maxsize=1024)  # a page states its authors three or four times over
def _split(text: str) -> tuple[str, ...]:
    if _TWO_WORDS.fullmatch(text) and is_full(text) and not _is_labelled(text):  # as most are
        return (text,)
    found: list[str] = []
    for piece in _pieces(text):
        name = _cleaned(piece)
        if not _is_name(name) or (found and is_full(found[0]) and (_is_appendix(piece) or _is_appendix(name))):
            continue
        found.append(name)
    return tuple(found)


def fold(text: str) -> str:
    """Letters and figures only, case-folded, for comparing titles and names."""
    return _fold_line(text) if len(text) <= _LONGEST_NAME * 4 else _fold(text)


def _fold(text: str) -> str:
    return _NO_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


_fold_line = lru_cache(maxsize=4096)(_fold)  # titles and names of one page are compared with one another


def is_full(name: str) -> bool:
    """Whether a name reads as a person's: two to five words, capitalised where the script has capitals."""
    words = name.split() if len(name) <= _LONGEST_NAME else []
    if (
        not 2 <= len(words) <= 5
        or any(character.isdigit() for character in name)
        or name_words.ORGANISATION.search(name)
    ):
        return False
    if any(name_words.NO_PERSON.match(word) for word in words):
        return False
    strong = [word for word in words if word.casefold() not in name_words.PARTICLES]
    return len(strong) >= 2 and all(_is_capitalised(word) for word in strong)


def is_agency(name: str) -> bool:
    """Whether it is a known news agency, or says of itself that it is an organisation that writes."""
    known = name.casefold() in name_words.AGENCIES
    return known or (len(name) <= _LONGEST_NAME and bool(name_words.ORGANISATION.search(name)))


def credits_another(lead: str) -> bool:
    """Whether the words before a name give it another role than the author's ("Фото:", "fact checked by")."""
    return bool(name_words.OTHER_LEAD.search(lead))


def weigh(name: str, sites: Collection[str], *, stated_person: bool = False) -> Weight:
    """Site, organisation or person; ``stated_person`` where the markup gives the name the type Person.

    A lone "Redaktion", "Agenturen" says as little as the site's own name.
    """
    words = name.split()
    if is_site(name, sites) or (len(words) == 1 and "." not in name and name_words.ORGANISATION.search(name)):
        return Weight.SITE
    if is_full(name):
        return Weight.PERSON
    uncased = len(words) == 1 and 2 <= len(name) <= 5 and name.isalpha() and name.upper() == name.lower()
    if uncased or (stated_person and len(words) >= 2 and not name_words.ORGANISATION.search(name)):
        return Weight.PERSON
    return Weight.ORGANISATION


def is_site(name: str, sites: Collection[str]) -> bool:
    """Whether it is one of the site's names, or begins with one and adds what an organisation adds."""
    key = fold(name.removeprefix("www."))
    if key in sites:
        return True
    words = name.split()
    first, last = fold(words[0]), fold(words[-1])
    return len(words) > 1 and (first in sites or last in sites) and bool(name_words.ORGANISATION.search(name))


def _pieces(text: str) -> list[str]:
    text = html.unescape(html.unescape(text)) if "&" in text else text
    text = _TAG.sub(" ", text) if "<" in text else text
    text = _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text
    text = "\n".join(line for line in map(squeeze, text.splitlines()) if line)
    if text[:1] in "(（" and text[-1:] in ")）":
        text = text[1:-1]
    text = _without_label(name_words.OTHERS.sub("", _BRACKETS.sub(" ", text)))
    surely = islice((piece for piece in name_words.SURELY_BETWEEN.split(text) if piece), 20 * MOST_NAMES)
    return [piece for sure in surely for line in _tailed(sure) for piece in _parted(line)]


def _is_labelled(text: str) -> bool:
    marks = (name_words.LOOSE_LABEL, name_words.PREPOSITION, name_words.OTHERS)
    return any(mark.match(text) for mark in marks)


def _without_label(text: str) -> str:
    for pattern in (name_words.LABEL, name_words.LOOSE_LABEL, name_words.PREPOSITION, name_words.LABEL):
        text = pattern.sub("", text.lstrip(_EDGES), count=1)
    return text


def _tailed(text: str) -> list[str]:
    """A full name and what follows it behind a dash or a full stop; anything else whole."""
    for mark in (_DASH, _SENTENCE):
        parts = mark.split(text)
        if len(parts) > 1 and is_full(_without_label(parts[0])):
            return parts
    return [text]


def _parted(text: str) -> list[str]:
    """Parts at conjunctions, if each part is a full name."""
    pieces = [_without_label(piece) for piece in name_words.AND.split(text)]
    if len(pieces) < 2 or any(len(piece.split()) < 2 for piece in pieces):
        return [text]
    return pieces if is_full(pieces[0]) == is_full(pieces[-1]) else [text]


def _cleaned(name: str) -> str:
    name = squeeze(_without_label(name_words.OTHERS.sub("", name))).strip(_EDGES)
    name = name_words.HANGUL_ROLE.sub(r"\1", name)
    words = name.split()
    while len(words) > 2 and name_words.ROLE.match(words[-1]):
        words.pop()
    while len(words) > 2 and words[0].islower() and name_words.ROLE.match(words[0]):
        words.pop(0)
    name = " ".join(words)
    if len(words) > 2 and words[-1].casefold() in name_words.AGENCIES and words[-1].isupper():
        words.pop()
    shorter = _FOR.sub("", name_words.ASSOCIATED.sub("", " ".join(words)))
    return shorter if is_full(shorter) else name


def _is_name(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_NAME or "://" in text or text.startswith(("/", "#")) or len(text.split()) > 7:
        return False
    if any(character.isdigit() for character in text) and " " in text:  # a date, an hour, "3 min"
        return False
    if text.casefold().endswith((" by", " von")):
        return False
    return sum(character.isalpha() for character in text) >= 2 and fold(text) not in name_words.NOBODY


def _is_appendix(piece: str) -> bool:
    """What may follow a full name and a comma without being another name: a role, a title, a place, a department."""
    if any(name_words.ROLE.match(word) for word in re.split(r"[\s-]+", piece)):
        return True
    if piece.casefold() in name_words.AGENCIES or piece.upper() == piece.lower():
        return False
    described = any(word[0].islower() and word not in name_words.PARTICLES for word in piece.split())
    return " " not in piece or described or piece.casefold() in name_words.CREDENTIALS


def _is_capitalised(word: str) -> bool:
    first = next((character for character in word if character.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper() or "’" in word or "'" in word)
