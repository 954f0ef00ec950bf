"""Numbers that are written in words, and the words that stand behind a number and change with it.

Forms are keys as ``tokens`` makes them (lower case, ё as е), in ru, uk, be, pl, lt, lv, et and en.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    1: r"один|одн(?:а|о|ого|ой|ому|у|им|ом)|адзін|адн(?:а|о|аго|ой|у)|jed(?:en|na|no|nego|nej|nemu|ną)|vien(?:as|"
    r"a|o|ą|u|am)|viens|üks|ühe|"
    r"üht|one",
    2: r"дв(?:а|е|ух|ум|умя|ое|оих|і|ох|ом|ома)|дзв(?:е|юх|юм)|двух|dw(?:a|ie|óch|u|om|oje|ojga)|du|dvi|dvi(?:ejų|"
    r"em)|div(?:i|as|u|iem|ām)|"
    r"kaks|kah(?:e|t|te)|two",
    3: r"тр(?:и|ех|ем|емя|ое|оих|ьох|ьом|ы|ох|ом)|trz(?:y|ech|em)|troje|trys|tris|trij(?:ų|u)|trīs|trim|kolm|"
    r"kolme|three",
    4: r"четыр(?:е|ех|ем|ьмя)|четвер(?:о|ых)|чотири|чотирьох|четверо|чатыр(?:ы|ох)|cztery|czterech|czworo|"
    r"keturi(?:os|s)?|keturių|četr(?:i|as|us|u|iem)|"
    r"neli|nelja|four",
    5: r"пят(?:ь|и|ью|еро|ерых)|п'ят(?:ь|и|ьох|еро)|пяц(?:ь|і|ёра|ера)|pięć|pięciu|pięcioro|penki(?:os|us)?|"
    r"penkių|piec(?:i|as|us|u|iem)|viis|viie|viit|five",
    6: r"шест(?:ь|и|ью|еро|ерых)|шість|шести|шістьох|шэсць|шасці|sześć|sześciu|sześcioro|šeši(?:os|us)?|šešių|"
    r"seš(?:i|as|us|u|iem)|kuus|kuue|kuut|six",
    7: r"сем(?:ь|и|ью|еро|ерых)|сім|сімох|семи|сямі|siedem|siedmiu|siedmioro|septyni(?:os|us)?|septynių|"
    r"septiņ(?:i|as|us|u|iem)|seitse|seitsme|"
    r"seitset|seven",
    8: r"вос(?:емь|ьми|емью|ьмеро|ьмерых)|вісім|вісьмох|восьми|восем|васьмі|osiem|ośmiu|ośmioro|aštuoni(?:os|us)?|"
    r"aštuonių|astoņ(?:i|as|us|u|iem)|"
    r"kaheksa|kaheksat|eight",
    9: r"девят(?:ь|и|ью|еро)|дев'ят(?:ь|и|ьох)|дзевяц(?:ь|і)|dziewięć|dziewięciu|devyni(?:os|us)?|devynių|"
    r"deviņ(?:i|as|us|u|iem)|üheksa|üheksat|nine",
    10: r"десят(?:ь|и|ью|еро)|десят(?:ьох)|дзесяц(?:ь|і)|dziesięć|dziesięciu|dešimt(?:is|ies)?|desmit(?:i|u|iem)?|"
    r"kümme|kümne|kümmet|ten",
    11: r"одиннадцат(?:ь|и)|одинадцят(?:ь|и)|адзінаццац(?:ь|і)|jedenaście|jedenastu|vienuolika|vienpadsmit|"
    r"üksteist|üheteistkümne|eleven",
    12: r"двенадцат(?:ь|и)|дванадцят(?:ь|и)|дванаццац(?:ь|і)|dwanaście|dwunastu|dvylika|divpadsmit|kaksteist|"
    r"kaheteistkümne|twelve|dozen",
    13: r"тринадцат(?:ь|и)|тринадцят(?:ь|и)|трынаццац(?:ь|і)|trzynaście|trzynastu|trylika|trīspadsmit|kolmteist|"
    r"thirteen",
    14: r"четырнадцат(?:ь|и)|чотирнадцят(?:ь|и)|чатырнаццац(?:ь|і)|czternaście|czternastu|keturiolika|četrpadsmit|"
    r"neliteist|fourteen",
    15: r"пятнадцат(?:ь|и)|п'ятнадцят(?:ь|и)|пятнаццац(?:ь|і)|piętnaście|piętnastu|penkiolika|piecpadsmit|"
    r"viisteist|fifteen",
    16: r"шестнадцат(?:ь|и)|шістнадцят(?:ь|и)|шаснаццац(?:ь|і)|szesnaście|szesnastu|šešiolika|sešpadsmit|"
    r"kuusteist|sixteen",
    17: r"семнадцат(?:ь|и)|сімнадцят(?:ь|и)|сямнаццац(?:ь|і)|siedemnaście|siedemnastu|septyniolika|septiņpadsmit|"
    r"seitseteist|seventeen",
    18: r"восемнадцат(?:ь|и)|вісімнадцят(?:ь|и)|васямнаццац(?:ь|і)|osiemnaście|osiemnastu|aštuoniolika|"
    r"astoņpadsmit|kaheksateist|eighteen",
    19: r"девятнадцат(?:ь|и)|дев'ятнадцят(?:ь|и)|дзевятнаццац(?:ь|і)|dziewiętnaście|dziewiętnastu|devyniolika|"
    r"deviņpadsmit|üheksateist|"
    r"nineteen",
    20: r"двадцат(?:ь|и)|двадцят(?:ь|и)|дваццац(?:ь|і)|dwadzieścia|dwudziestu|dvidešimt|divdesmit|kakskümmend|"
    r"twenty",
    30: r"тридцат(?:ь|и)|тридцят(?:ь|и)|трыццац(?:ь|і)|trzydzieści|trzydziestu|trisdešimt|trīsdesmit|kolmkümmend|"
    r"thirty",
    40: r"сорок(?:а)?|сорак(?:а)?|czterdzieści|czterdziestu|keturiasdešimt|četrdesmit|nelikümmend|forty",
    50: r"пят(?:ьдесят|идесяти)|п'ятдесят(?:и)?|пяцьдзесят|pięćdziesiąt|pięćdziesięciu|penkiasdešimt|piecdesmit|"
    r"viiskümmend|fifty",
    60: r"шест(?:ьдесят|идесяти)|шістдесят(?:и)?|шэсцьдзесят|sześćdziesiąt|sześćdziesięciu|šešiasdešimt|sešdesmit|"
    r"kuuskümmend|sixty",
    70: r"сем(?:ьдесят|идесяти)|сімдесят(?:и)?|семдзесят|siedemdziesiąt|siedemdziesięciu|septyniasdešimt|"
    r"septiņdesmit|seitsekümmend|"
    r"seventy",
    80: r"вос(?:емьдесят|ьмидесяти)|вісімдесят(?:и)?|восемдзесят|osiemdziesiąt|osiemdziesięciu|aštuoniasdešimt|"
    r"astoņdesmit|kaheksakümmend|"
    r"eighty",
    90: r"девяност(?:о|а)|дев'яност(?:о|а)|дзевяноста|dziewięćdziesiąt|dziewięćdziesięciu|devyniasdešimt|"
    r"deviņdesmit|üheksakümmend|"
    r"ninety",
    100: r"ст(?:о|а)|sto|stu|šimtas|šimt(?:o|ą)|simts|simt(?:u|i)|sada|saja|hundred",
}
_VALUES = [(value, re.compile(forms)) for value, forms in _WORDS.items()]
_SCALES = [
    (
        1e3,
        r"тыс|тысяч\w*|тис|тисяч\w*|тысяч\w*|tys|tysi[ąę]c\w*|tūkst|tūkstan[čt]\w*|tūksto\w*|tuhat|tuhan\w*|"
        r"thousands?",
    ),
    (1e6, r"млн|миллион\w*|мільйон\w*|мільён\w*|mln|milion\w*|milijon\w*|milj|miljon\w*|millions?|mn"),
    (1e9, r"млрд|миллиард\w*|мільярд\w*|mld|mlrd|miliard\w*|milijard\w*|miljard\w*|billions?|bn"),
    (1e12, r"трлн|триллион\w*|трильйон\w*|трыльён\w*|bln|bilion\w*|trln|trilijon\w*|triljon\w*|trillions?"),
]
_SCALE_FORMS = [(value, re.compile(forms)) for value, forms in _SCALES]

# Forms of one word that have no beginning in common.
_FAMILIES = [
    frozenset(line.split())
    for line in (
        "лет год года годы годов году",
        "человек человека люди людей",
        "день дня дней дни",
        "рік року роки років",
        "день дня днів дні людей людина людини люди",
        "год года гады гадоў",
        "дзень дня дзён дні",
        "чалавек чалавека чалавекі людзей людзі",
        "rok roku lata lat",
        "osoba osoby osób",
        "człowiek ludzie ludzi",
        "dzień dnia dni",
        "žmogus žmonės žmonių žmones",
        "was were",
        "is are",
        "has have",
        "man men",
        "woman women",
        "person people persons",
    )
]


@lru_cache(maxsize=4096)
def value_of(key: str) -> int | None:
    """A number in one word → it; None for other words."""
    return next((value for value, forms in _VALUES if forms.fullmatch(key)), None)


@lru_cache(maxsize=4096)
def scale_of(key: str) -> float | None:
    """A word that multiplies the number before it → by how much: млн, thousand; None for other words."""
    return next((value for value, forms in _SCALE_FORMS if forms.fullmatch(key)), None)


def agree(before: str, after: str) -> bool:
    """Whether two words may be one in the forms that two numbers ask for: человек and человека, was and were."""
    if any(before in family and after in family for family in _FAMILIES):
        return True
    longest = max(len(before), len(after))
    shared = next((at for at in range(len(before)) if not after.startswith(before[: at + 1])), len(before))
    return shared >= 3 and longest - shared <= 3 and before.isalpha() and after.isalpha()
