"""Concepts to measure matching with: the project's own, and invented ones made like them, up to a number of names.

Half of the names asked for are the project's, as far as they go; the others are invented from a fixed seed. One in
four of those is a single proper name, the others begin with words that the measured texts are full of ("ministry of …",
"министр обороны …"), so that the beginnings of names are met all the time. Words end in ``*`` where inflected; one name
in three requires or excludes what stands near it, again in words of the texts.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from typing import Any

from wirewatch.tag.concepts import ConceptSpec

SYLLABLES = {
    "ru": "бор ват гре дуб жил зан кор лим мур нев ост пел рез сол тул уст фед хол цар чер шум щел",
    "be": "баў ваў гры дзе жыў зар кры лаў мір наў орш пін рай сіл тра узд фаў хат цыр чаў шкл",
    "uk": "бій від гай дні жит зол кіл лис мік ніж оду пів рів сів тер ужг фаст хар цві чиг шос",
    "pl": "bąk czę drz gór jęd kło łęg mię noś prz rzą skł szc trz war wró zie żół",
    "lt": "auk bir čeb dau gel jon kėd lap mar nid pan rok šia tra ukm vėž zar žem",
    "en": "ash birk cold dun eld fair green hart iron kirk long marsh north oak penn rock stan thorn west",
    "ka": "ბათ გორ თელ კახ მცხ რუს სენ ქუთ ზუგ ფოთ",
}
_WORD = re.compile(r"[^\W\d_]{5,14}")
_COMMON = slice(40, 2000)  # ranks of the texts' words that names and contexts are made with
_NAMES_A_CONCEPT = 12


def concepts_of(size: int, own: list[ConceptSpec], texts: list[str]) -> list[ConceptSpec]:
    """So many names in concepts: own ones first, up to half of the names, then invented ones."""
    chosen: list[ConceptSpec] = []
    names = 0
    for spec in random.Random(20260714).sample(own, len(own)):
        added = sum(map(len, spec.names.values()))
        if names + added <= size // 2:
            chosen.append(spec.model_copy(update={"implies": ()}))
            names += added
    invented = islice(invented_names(common_words(texts)), size - names)
    for number in count():
        batch = list(islice(invented, _NAMES_A_CONCEPT))
        if not batch:
            return chosen
        chosen.append(_concept(f"invented-{number}", batch))
    raise AssertionError


def common_words(texts: list[str]) -> list[str]:
    """Words of the texts, by frequency, the most frequent ones left out."""
    counted = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    return [word for word, _ in counted.most_common(_COMMON.stop)][_COMMON]


def invented_names(words: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Language and name, without end."""
    chance = random.Random(7)
    seen: set[str] = set()
    while True:
        language = chance.choices(list(SYLLABLES), weights=(30, 10, 15, 10, 10, 24, 1))[0]
        proper = "".join(chance.choices(SYLLABLES[language].split(), k=chance.randint(2, 3))).capitalize()
        ending = "*" if chance.random() < 0.6 else ""
        before = [_inflected(word, chance) for word in chance.choices(words, k=chance.choice((0, 1, 1, 2)))]
        written = " ".join((*before, proper + ending))
        if written not in seen:
            seen.add(written)
            yield language, {"name": written, **_conditions(words, chance)}


def _inflected(word: str, chance: random.Random) -> str:
    return word[:-2] + "*" if len(word) > 6 and chance.random() < 0.5 else word


def _conditions(words: list[str], chance: random.Random) -> dict[str, Any]:
    if chance.random() > 1 / 3:
        return {}
    any_of = [_inflected(word, chance) for word in chance.choices(words, k=chance.randint(2, 6))]
    context = {"any": any_of, "within": chance.choice((3, 6, "sentence", "article"))}
    return {chance.choice(("requires", "excludes")): [context]}


def _concept(identity: str, names: list[tuple[str, dict[str, Any]]]) -> ConceptSpec:
    by_language: dict[str, list[dict[str, Any]]] = {}
    for language, name in names:
        by_language.setdefault(language, []).append(name)
    return ConceptSpec.model_validate(
        {
            "id": identity,
            "label": identity,
            "definition": "invented",
            "names": by_language,
            "examples": {"yes": ["invented"]},
        }
    )


def keywords_of(concepts: list[ConceptSpec]) -> list[str]:
    """One plain keyword for each name, as peers take them: no endings, lists by their first entry, small letters."""
    found: dict[str, None] = {}
    for spec in concepts:
        for names in spec.names.values():
            for name in names:
                words = [spec.lists[word[1:]][0] if word[0] == "$" else word for word in name.name.split()]
                kept = " ".join(word.rstrip("*") for word in words if word not in ("...", "{year}"))
                found[kept.replace("*", "").lower()] = None
    return list(found)
