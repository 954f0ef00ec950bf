"""Whom a text names as its source: "RIA Novosti reports", «сообщает БелТА», "podaje PAP", a dateline, a closing line.

Only the lead and the end are read, for there a text says where it comes from; in between it quotes. A name counts when
a word of reporting stands beside it, or when it stands alone between the signs of a dateline or a signature. Credits of
photographs and "as X reported earlier" are no sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LEAD_CHARACTERS = 900
END_CHARACTERS = 300
WORDS_BETWEEN = 3
"""That may stand between the name and the word of reporting: «сообщает пресс-служба агентства БелТА»."""

DATELINE = 8
"""Words of a dateline before the name at the most: «Минск, 24 ноября, корр. …»."""

_REPORTING = re.compile(
    r"""
    # Russian
    сообща\w*|сообщи\w*|сообщени\w*|переда\w*|пиш\w*|информиру\w*|ссыл\w*|данным|информации|рассказа\w*|
    заяви\w*|цитиру\w*|отмеча\w*|источник|корр|сказа\w*|корреспондент\w*|
    # Ukrainian
    повідомля\w*|повідоми\w*|посила\w*|даними|інформацією|інформу\w*|розпові\w*|джерело|цитує|кореспондент\w*|
    # Belarusian
    паведамля\w*|паведамі\w*|перада\w*|піш\w*|спасыл\w*|паводле|крыніца|інфарму\w*|карэспандэнт\w*|цытуе|
    # Polish
    podaj\w*|podał\w*|informuj\w*|poinformowa\w*|powołuj\w*|powołani\w*|cytuj\w*|przekaza\w*|donosi\w*|
    donosz\w*|pisze|piszą|napisa\w*|powiedzia\w*|według|za|źródło|relacjonuj\w*|
    # Lithuanian, Latvian, Estonian
    praneš\w*|skelb\w*|rašo|remia\w*|pasak|informuo\w*|cituo\w*|šaltinis|teigė|perdu\w*|ziņo\w*|vēst\w*|raksta|
    informē\w*|atsauc\w*|pavēst\w*|avots|teata\w*|vahenda\w*|kirjuta\w*|viita\w*|andmetel|allikas|edasta\w*|
    # English, German, French
    report\w*|said|says|told|according|citing|cite\w*|quot\w*|via|source|writes|wrote|inform\w*|bericht\w*|
    melde\w*|laut|berufung|zitier\w*|quelle|selon|rapport\w*|annonc\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words of reporting, with any ending where that matters."""

_EARLIER_WORDS = r"ранее|раньше|раніше|раней|wcześniej|anksčiau|iepriekš|varem|earlier|previously|früher"
_PHOTOGRAPH = r"(?:фото\w*|foto\w*|fot|photo\w*|nuotr\w*|video|видео|відео|відэа|bild)"

_SENTENCE = re.compile(r"(?<=[.!?…])(?<!fot\.)(?<!фот\.)(?<!корр\.)(?<!nuotr\.)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_EARLIER = re.compile(rf"\W*(?:\w+\W+)?(?:{_EARLIER_WORDS})\b", re.IGNORECASE)
_PHOTOGRAPH_BEFORE = re.compile(rf"\b{_PHOTOGRAPH}\W*(?:\w+\W+)?$", re.IGNORECASE)
_BEFORE_SIGNED = re.compile(r"(?:^|[/(\[—–-])\s*(?:корр\.?\s*|кор\.?\s*)?[«\"“„']?$", re.IGNORECASE)
_AFTER_SIGNED = re.compile(r"[»\"”“']?\s*(?:[/)\]—–.,-]|$)")


@dataclass(frozen=True, order=True)
class Credit:
    """A source that a text names, and the words in which it does."""

    publisher: str  # domain, see publishers.py
    phrase: str  # one line of the text, at most 160 code points


class CreditReader:
    """Finds the publishers that a text names as its source."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Publisher → its names, see ``publishers.cited_names``."""
        self._names: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        # Of two names that begin alike the longer one counts: Interfax-Ukraine is not Interfax.
        spelled = ((name, domain) for domain, given in names.items() for name in given)
        for name, domain in sorted(spelled, key=_longest_first):
            self._names.setdefault(_beginning(name), []).append((re.compile(_pattern(name)), domain))

    def read(self, body: str) -> tuple[Credit, ...]:
        """A body (paragraphs separated by newlines) → the publishers it names, each once, in order of their domains."""
        found: dict[str, str] = {}
        for line in (line for passage in _passages(body) for line in passage.split("\n")):
            words_before = 0
            for sentence in _SENTENCE.split(line):
                self._read_sentence(sentence, words_before=words_before, into=found)
                words_before += len(_WORD.findall(sentence))
        return tuple(sorted(Credit(domain, phrase) for domain, phrase in found.items()))

    def _read_sentence(self, sentence: str, *, words_before: int, into: dict[str, str]) -> None:
        for start, end, domain in self._named(sentence):
            before, after = sentence[:start], sentence[end:]
            if _PHOTOGRAPH_BEFORE.search(before) or _EARLIER.match(sentence):
                continue
            if _reported(before, after) or _signed(before, after, words_before=words_before):
                into.setdefault(domain, " ".join(sentence.split())[:160])

    def _named(self, sentence: str) -> Iterator[tuple[int, int, str]]:
        """Where names stand, and whose they are. By the first letters of each word: few words begin like a name."""
        end = 0
        for word in _WORD.finditer(sentence):
            if word.start() < end:
                continue
            for pattern, domain in self._names.get(_beginning(word[0]), ()):
                if name := pattern.match(sentence, word.start()):
                    end = name.end()
                    yield name.start(), end, domain
                    break


def _passages(body: str) -> list[str]:
    """The lead and the end, each once."""
    if len(body) <= LEAD_CHARACTERS + END_CHARACTERS:
        return [body]
    return [body[:LEAD_CHARACTERS], body[-END_CHARACTERS:]]


def is_reporting(word: str) -> bool:
    """Whether it is a word of reporting, in any form."""
    return _REPORTING.fullmatch(word) is not None


def _reported(before: str, after: str) -> bool:
    """Whether a word of reporting stands close on either side."""
    near = [*_WORD.findall(before)[-WORDS_BETWEEN - 1 :], *_WORD.findall(after)[: WORDS_BETWEEN + 1]]
    return any(map(is_reporting, near))


def _signed(before: str, after: str, *, words_before: int) -> bool:
    """Whether it stands alone: in a dateline (a paragraph's first words), in brackets or as a line of its own.

    ``words_before`` counts the paragraph's words in the sentences before this one: "Minsk. 24 November. INTERFAX -".
    """
    if not (_BEFORE_SIGNED.search(before) and _AFTER_SIGNED.match(after)):
        return False
    bracketed = before.rstrip(" «\"“„'")[-1:] in ("(", "/", "[") and after.lstrip(" »\"”“'")[:1] in (")", "/", "]")
    return bracketed or words_before + len(_WORD.findall(before)) <= DATELINE


def _longest_first(spelled: tuple[str, str]) -> tuple[int, str, str]:
    name, domain = spelled
    return (-len(name), name, domain)


def _pattern(name: str) -> str:
    """Acronyms of up to four capitals as they are (AP, PAP: in small letters they are words), all else in any case."""
    pattern = r"[\s-]+".join(_word_pattern(word) for word in re.split(r"[\s-]+", name)) + r"(?!\w)"
    return pattern if name.isupper() and len(name) <= 4 else f"(?i:{pattern})"


def _beginning(name: str) -> str:
    return name[:2].casefold()


def _word_pattern(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
