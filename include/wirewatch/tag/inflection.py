"""A Russian or Ukrainian word → all its forms, by the dictionaries of pymorphy3 (OpenCorpora and VESUM).

Used when concepts are compiled, never when text is read or a compiled plan is loaded: the dictionaries take a tenth of
a second and 30 MB. Only words that a dictionary has are inflected; a guessed paradigm finds words that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]

LANGUAGES = ("ru", "uk")


@lru_cache(maxsize=4096)
def forms_of(word: str) -> tuple[str, ...]:
    """A word as dictionaries list it (nominative singular, masculine for adjectives) → its forms, sorted, itself too.

    Capitals are as in the word. A word that both languages have gets the forms of both. ValueError when none has it.
    """
    forms = {form for language in LANGUAGES for form in _forms(word.lower(), language)}
    if not forms:
        raise ValueError(f"~{word}: no dictionary of {' or '.join(LANGUAGES)} lists this word; write its stem with a *")
    return tuple(sorted(_as_written(form, word) for form in forms))


def _forms(word: str, language: str) -> Iterator[str]:
    wanted = _plain(word)
    for parse in _analyzer(language).parse(word):
        if parse.is_known and _plain(parse.normal_form) == wanted:
            # Comparatives («союзнее») are no forms of a name.
            yield from (form.word for form in parse.lexeme if "COMP" not in form.tag)


def _plain(word: str) -> str:
    return word.replace("ё", "е")


def _as_written(form: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form.capitalize() if word[0].isupper() else form


@lru_cache(maxsize=len(LANGUAGES))
def _analyzer(language: str) -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)
