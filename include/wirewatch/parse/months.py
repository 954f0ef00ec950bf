"""Words that dates are written with, in the languages of the sources: months, relative days, zones.

A word names a month when it begins with one of the month's stems; stems are long enough to tell the months of all the
languages apart (Polish *listopad* is November; the Croatian October of the same spelling is left out on purpose).
"""

from __future__ import annotations

import re

_STEMS = {
    1: (
        "январ янв студз січ styczn sty saus sausio janv jaan jan ene gennaio gen oca led janu gennai enero "
        "janeir janvie січень січня січні stycze"
    ),
    2: (
        "феврал фев лют luty lutego lut vasar febr veebr feb fev févr únor şub helmi febru fever febbr lutij "
        "лютий лютог лютом люты лютаг"
    ),
    3: (
        "март мар сакав сак берез бер marz mārt märts mar mär märz mars kov kovo març mac maalis břez march "
        "marzo março marec kovas kovą marca marcu marts martā"
    ),
    4: "апрел апр красав крас квіт кві kwie apr abr avr aprill baland nis huhti dub april abril avril aprīl",
    5: "май мая мае трав тра maj mai may mayo maio maggio mag gegu touko květ maja maju maij",
    6: (
        "июн чэрв черв чер czerw cze birž jūn jun juuni juin june giu haz kesä červn junho junio giugn "
        "июнь июня июне jūnij"
    ),
    7: (
        "июл ліп лип lip lipca liep jūl jul juuli juil july lug tem heinä červenc julho julio lugli juill "
        "июль июля июле липень липня липні ліпен lipiec lipcu jūlij"
    ),
    8: "август авг жнів серп сер sierp sie rugpj aug ago août agosto ağu elo srp augus agost жніў",
    9: ("сентябр сен верас вер wrzes wrześ wrz rugs sep set eyl syys září zář septem setem settem septiem sept верес"),
    10: (
        "октябр окт кастр жовт жов paźdz paź pazdz spal okt oct out ott eki loka říj octob oktob octub outub ottob "
        "oktoo"
    ),
    11: "ноябр ноя ліста листоп лис listop lis lapkr nov kas marras novem noviem",
    12: (
        "декабр дек снеж груд гру grud gru gruod dec dets dez dic déc ara joulu pros decem dezem diciem décem "
        "dicem detsem"
    ),
}
# Short stems hold for whole words only ("mar", "мар."), else "Marines" and "мариновать" would be months.
_WHOLE = {stem: month for month, stems in _STEMS.items() for stem in stems.split() if len(stem) <= 4}
_PREFIX = {stem: month for month, stems in _STEMS.items() for stem in stems.split() if len(stem) >= 4}
_DAYS_BACK = {
    0: "сегодня сёння сьогодні dziś dzisiaj šiandien šodien täna today heute",
    1: "вчера учора вчора wczoraj vakar eile yesterday gestern",
    2: "позавчера пазаўчора позавчора przedwczoraj užvakar aizvakar üleeile vorgestern",
}
_BACK = {word: days for days, words in _DAYS_BACK.items() for word in words.split()}
RELATIVE_DAY = re.compile(rf"(?<!\w)({'|'.join(sorted(_BACK, key=len, reverse=True))})(?!\w)", re.I)

# Minutes east of UTC. Only names that mean one offset wherever such pages are written.
ZONES = {"z": 0, "utc": 0, "gmt": 0, "мск": 180, "msk": 180, "cet": 60, "cest": 120, "eet": 120, "eest": 180}
ZONES |= {
    "bst": 60,
    "est": -300,
    "edt": -240,
    "pst": -480,
    "pdt": -420,
    "cdt": -300,
    "et": -300,
    "jst": 540,
    "kst": 540,
}


def month_number(word: str) -> int | None:
    """Month (1–12) that the word names in any of the languages, or None."""
    word = word.lower().rstrip(".")
    if word in _WHOLE:
        return _WHOLE[word]
    return next((_PREFIX[word[:size]] for size in range(min(8, len(word)), 3, -1) if word[:size] in _PREFIX), None)


def days_back(word: str) -> int:
    """0 for a word that says today, 1 for yesterday, 2 for the day before; KeyError for another word."""
    return _BACK[word.lower()]
