"""Words that are frequent in a language: a name that is one of them finds more than it means.

The lists are those of the justext package: the most frequent words of each language's Wikipedia.
"""

from __future__ import annotations

from functools import cache

from justext.utils import get_stoplist  # type: ignore[import-untyped]

from wirewatch.tag.fold import fold

_LISTS = {
    "ru": "Russian",
    "be": "Belarusian",
    "uk": "Ukrainian",
    "pl": "Polish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "et": "Estonian",
    "en": "English",
    "de": "German",
}


def frequent_in(word: str) -> tuple[str, ...]:
    """Languages (ISO 639-1) in which a word is frequent; case, diacritics and ё make no difference."""
    folded = fold(word).text
    return tuple(language for language in _LISTS if folded in _words(language))


@cache
def _words(language: str) -> frozenset[str]:
    # Proper names are frequent in an encyclopedia, too; they are no words that a name could be mistaken for.
    return frozenset(fold(word).text for word in get_stoplist(_LISTS[language]) if word.islower())
