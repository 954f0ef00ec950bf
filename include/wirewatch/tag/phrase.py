"""The syntax of names: a phrase as people write it in a concept file → a pattern over folded text.

| written      | matches                                                                            |
|--------------|------------------------------------------------------------------------------------|
| ``word``     | that word, whatever its case, dashes, quotes and look-alike letters                |
| ``word*``    | the word with any ending of up to five letters: its case forms                      |
| a space      | spaces, line breaks, quotes and dashes, up to four of them                          |
| ``-``        | a dash with or without spaces, or nothing: ``S-400`` is also S400                   |
| ``...``      | up to three words of any kind in the same sentence                                  |
| ``{year}``   | 2021, '21, -21, with or without a separator before it                               |
| ``$list``    | any phrase of that list in the same file                                            |

Patterns are made here, never by a user, and every repetition in them is bounded: the time of a try is bounded too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wirewatch.tag.fold import fold, in_other_script

ENDING_LETTERS = 5
"""Letters that ``*`` may stand for: the longest case endings of the watched languages, -iajame in Lithuanian nearly."""

_SHORTEST_STOPPED = 3
"""Letters of the shortest acronym that is also looked for with full stops: т.о. and м.о. mean other things."""

_LETTER = r"[^\W_]"
_ENDING = rf"[^\W\d_]{{0,{ENDING_LETTERS}}}"
_GAP = r"[\s\"'\-_]{1,4}"
_DASH = r"(?:\s?-\s?)?"
_DASHES = ("-", "", " - ", " -", "- ")
_WORDS_BETWEEN = rf"(?:{_LETTER}{{1,40}}[\s\"',\-()]{{1,3}}){{0,3}}"
_YEAR = r"(?:[\s\"'\-_]{0,4}(?:19|20)\d\d|[\s\"]{0,2}['\-]\s?\d\d)"


@dataclass(frozen=True)
class Phrase:
    """One phrase ready to be tried: where to begin looking, what to match, which letters must be capitals."""

    written: str
    anchors: tuple[str, ...]  # one of them begins every match; to be looked for in ``separated`` text
    pattern: re.Pattern[str]  # over folded text; to be tried at an anchor
    capitals: tuple[tuple[int, ...], ...]  # for each group of the pattern, places that must be capitals; () if any case


def check(written: str) -> str:
    """The phrase itself when it can be compiled; ValueError says what is wrong with it."""
    words = written.split()
    if not words:
        raise ValueError("is empty")
    if words[0] == "..." or words[0] == "{year}" or words[-1] == "...":
        raise ValueError(f"{written!r} must begin with a word and not end with '...'")
    for word in words:
        if word not in ("...", "{year}") and not word.startswith("$"):
            _check_word(word, written)
    return written


def _check_word(word: str, written: str) -> None:
    literal = word.removesuffix("*")
    if not separated(fold(literal).text).strip():
        raise ValueError(f"{written!r}: a * or a mark needs letters before it")
    if any(mark in literal for mark in "*{}$"):
        raise ValueError(f"{written!r}: * stands at the end of a word; {{year}} and $list stand alone")


def lists_in(written: str) -> tuple[str, ...]:
    """Names of the lists that a phrase calls."""
    return tuple(word[1:] for word in written.split() if word.startswith("$"))


def compile_phrase(written: str, lists: Mapping[str, tuple[str, ...]], *, exact: bool) -> tuple[Phrase, ...]:
    """Phrase → patterns: one, or as many as its list has entries when it begins with a list.

    ``exact`` asks that capitals of the phrase be capitals in the text (small letters may be either).
    """
    first, _, rest = written.partition(" ")
    if first.startswith("$"):
        begun = (f"{entry} {rest}".strip() for entry in lists[first[1:]])
        return tuple(part for entry in begun for part in compile_phrase(entry, lists, exact=exact))
    return tuple(_compile_one(written, variant, rest, lists, exact=exact) for variant in _variants(first))


def _compile_one(written: str, first: str, rest: str, lists: Mapping[str, tuple[str, ...]], *, exact: bool) -> Phrase:
    capitals: list[tuple[int, ...]] = []
    source = _words([first, *rest.split()], lists, capitals)
    pattern = re.compile(f"(?<!{_LETTER}){source}(?!{_LETTER})")
    return Phrase(written, _anchors(first, rest), pattern, tuple(capitals) if exact else ())


def _variants(word: str) -> tuple[str, ...]:
    """A word as written; an acronym also with full stops (О.Д.К.Б.), and in the look-alikes of the other script."""
    if not word.isupper():
        return (word,)
    stopped = ".".join(word) if word.isalpha() and len(word) >= _SHORTEST_STOPPED else None
    return tuple(variant for variant in (word, stopped, in_other_script(word)) if variant)


def _words(words: list[str], lists: Mapping[str, tuple[str, ...]], capitals: list[tuple[int, ...]]) -> str:
    source: list[str] = []
    for number, word in enumerate(words):
        if number and word != "{year}" and words[number - 1] != "...":
            source.append(_GAP)
        if word == "{year}":
            source.append(_YEAR)
        elif word == "...":
            source.append(_WORDS_BETWEEN)
        elif word.startswith("$"):
            entries = [_words(entry.split(), lists, capitals) for entry in lists[word[1:]]]
            source.append(f"(?:{'|'.join(entries)})")
        else:
            source.append(_word(word, capitals))
    return "".join(source)


def _word(word: str, capitals: list[tuple[int, ...]]) -> str:
    folded = fold(word.removesuffix("*"))
    parts: list[str] = []
    place = 0
    for literal in folded.text.split("-"):
        places = range(place, place + len(literal))
        capitals.append(tuple(i - place for i in places if folded.surface(i, i + 1).isupper()))
        parts.append(f"({re.escape(literal)})")
        place += len(literal) + 1
    return _DASH.join(parts) + (_ENDING if word.endswith("*") else "")


def _anchors(word: str, following: str) -> tuple[str, ...]:
    """Literals that begin with a separator, and end with one where the word cannot go on: few false starts."""
    head, *tail = fold(word.removesuffix("*")).text.split("-")
    # The dash may be absent or have spaces: each way is a literal of its own, so that "с" alone never anchors "с-400".
    literals = [head + dash + tail[0] for dash in _DASHES] if tail else [head]
    closed = not word.endswith("*") and not following.startswith("{year}") and len(tail) < 2
    return tuple(dict.fromkeys(separated(literal).rstrip(" ") + " " * closed for literal in literals))


class _Separators(dict[int, str]):
    """Code point → itself when it is a letter or digit, else a space; filled as they are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = kept = char if char.isalnum() else " "
        return kept


_SEPARATORS = _Separators()


def separated(folded: str) -> str:
    """Folded text → a space, the text with a space for all that is neither letter nor digit, a space.

    An anchor found at index n of it begins with a separator, so the word begins at index n of the folded text.
    """
    return f" {folded.translate(_SEPARATORS)} "
