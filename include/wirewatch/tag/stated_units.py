"""Military units by their numbers, and strengths of troops, as texts of the region write them. Read in folded text.

«1004-я бригада», "19 гв. мехбригада", "12 Brygada", "4th Brigade", «в/ч 12345» name a unit. «3 бригады» and
"12 brigades" count them, and are none: a bare number from 1 to 4 is taken for a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirewatch.tag.fold import fold
from wirewatch.tag.sentence import Sentence, Stated

# In the singular: the genitive plural («12 бригад») is a count's. Compounds («мехбригада») are found by their end.
_UNITS = {
    "brigade": "бригада бригады бригаде бригаду бригадой бригадою бригади бригаді бригадзе бригадай brygada brygady"
    " brygadzie brygadę brygadą brygado brigada brigados brigadai brigadą brigadoje brigāde brigaad brigade",
    "regiment": "полк полка полку полком полке полкові полці pułk pułku pułkowi pułkiem pulkas pulko pulkui pulką pulke"
    " pulks pulka regiment",
    "division": "дивизия дивизии дивизию дивизией дивізія дивізії дивізію дивізією дывізія дывізіі дывізію дывізіяй"
    " dywizja dywizji dywizję dywizją divizija divizijos divizijai diviziją divizijoje divīzija divīzijas division",
    "army": "армия армии армию армией армія армії армію армією арміі арміяй armia armii armię armią armija armijos"
    " armijai armiją armijoje army",
    "corps": "корпус корпуса корпусу корпусом корпусе корпусі корпусам korpus korpusu korpusem korpusowi korpusie"
    " korpusas korpuso korpusui korpusą korpuse corps",
    "battalion": "батальон батальона батальону батальоном батальоне батальйон батальйону батальйоном батальйоні"
    " батальён батальёна батальёну батальёнам batalion batalionu batalionem batalionowi batalionie batalionas bataliono"
    " batalionui batalioną batalione bataljon bataljons bataljona battalion",
}
_COMPOUND = {"brigade", "regiment", "division", "battalion"}
_SMALLEST_BARE = 5

_ORDINAL_ENDINGS = (
    "й ї ый ий ой я ая ья ю ую ью го ого му ому м ом е ое ша та га ша ту шу гу ої ій ога аму ай ым ы а у"
    " st nd rd th oji osios ajai ąją oje asis ojo ajam ąjį ios ji a ej y ą ym ego emu"
)
# Adjectives in the singular, abbreviations, and English words that stand between number and noun.
_ADJECTIVE_ENDINGS = (
    "ая яя ой ей ую юю ый ий ого его ому ему ым им ом ем ої ій ою і ага яга аму яму ай аю ы а у"
    " a ej y ego emu ym ą oji osios iosios ioji oje iajai"
)
_ABBREVIATIONS = "гв отд мех мотостр танк десантно вдв sep mech"
_ENGLISH = (
    "guard guards separate independent motor motorised motorized rifle mechanised mechanized tank armoured armored air"
    " assault airborne artillery rocket missile infantry mountain marine naval cavalry engineer combined arms special"
    " signal territorial defence defense field"
)
_CODED = (
    "воинск{} част{} войсков{} част{} військов{} частин{} вайсков{} частк{} jednostk{} wojskow{} karin{} dalin{}"
    " military unit"
)
_THOUSANDS = "тысяч тысячи тысяча тысячами тыс тисяч тисячі тис тысячы thousand tysięcy tysiące tys tūkst tūkstančių"
_TROOPS = (
    "военнослужащ* солдат* бойц* військовослужб* військовослужбов* вояк*"
    " ваеннаслужачы* вайскоўц* вайскоўцаў жаўнер* żołnierz* karių kariai kariais karius soldiers troops servicemen"
    " servicemembers personnel"
)


def _any_of(words: str) -> str:
    """Words (``*``: any ending) → alternatives over folded text, the longest first."""
    folded = {fold(word.removesuffix("*")).text: word.endswith("*") for word in words.split()}
    longest = sorted(folded, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) + r"[^\W\d_]{0,8}" * folded[word] for word in longest)


def _pairs(words: str) -> str:
    """Pairs of words (``{}``: a short ending) → alternatives over folded text."""
    each = [re.escape(fold(word.removesuffix("{}")).text) + r"[^\W\d_]{1,4}" * ("{}" in word) for word in words.split()]
    return "|".join(rf"{first}\s{second}" for first, second in zip(each[::2], each[1::2], strict=True))


def _unit(kind: str) -> str:
    before = r"[^\W\d_]{0,16}" if kind in _COMPOUND else ""
    return f"(?P<{kind}>{before}(?:{_any_of(_UNITS[kind])}))"


_KINDS = "|".join(map(_unit, _UNITS))
_BETWEEN = (
    rf"(?:(?:{_any_of(_ABBREVIATIONS)})\.?\s?"
    rf"|(?:{_any_of(_ENGLISH)})\s"
    rf"|[^\W\d_]{{2,20}}(?:-[^\W\d_]{{2,20}})?(?:{_any_of(_ADJECTIVE_ENDINGS)})\s){{0,4}}?"
)
_UNIT = re.compile(
    rf"(?<![\d.,:/-])(?P<number>\d{{1,4}})(?P<ordinal>(?:\s?-\s?)?(?:{_any_of(_ORDINAL_ENDINGS)})(?![^\W_])|\.)?\s"
    rf"{_BETWEEN}(?:{_KINDS})(?![^\W_])"
)
_CODE = re.compile(
    rf"(?<![^\W_])(?:{_pairs(_CODED)}|в/ч|jw)\s?(?:№|no\.?|nr\.?)?\s?(?P<code>[аa]?\d{{4,5}})(?!\d)",
)
_NUMBER = r"\d{1,3}(?:[ ,.]\d{3}){1,2}|\d{1,6}(?:[.,]\d)?"
_STRENGTH = re.compile(
    rf"(?<![\d.,:/-])(?P<figure>{_NUMBER})(?![.,]?\d)(?P<thousand>\s(?:{_any_of(_THOUSANDS)})\.?)?"
    rf"\s(?:[^\W\d_]{{3,22}}\s)?(?:{_any_of(_TROOPS)})(?![^\W_])"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+")


def units_in(sentence: Sentence) -> Iterator[Stated]:
    """Units that a sentence names by number: ``19 brigade``, ``military unit 12345``."""
    for match in _UNIT.finditer(sentence.text, sentence.start, sentence.end):
        if match["ordinal"] or int(match["number"]) >= _SMALLEST_BARE:
            kind = next(kind for kind in _UNITS if match[kind] is not None)
            yield Stated(f"{int(match['number'])} {kind}", match.start(), match.end())
    for match in _CODE.finditer(sentence.text, sentence.start, sentence.end):
        # Ukrainian units have a letter, which is typed in either script.
        code = sentence.original(*match.span("code")).upper().replace("А", "A")
        yield Stated(f"military unit {code}", match.start(), match.end())


def strengths_in(sentence: Sentence) -> Iterator[Stated]:
    """Numbers of troops that a sentence states, as figures: ``13000``."""
    for match in _STRENGTH.finditer(sentence.text, sentence.start, sentence.end):
        figure = match["figure"]
        grouped = _GROUPED.fullmatch(figure)
        number = float(re.sub(r"[ ,.]", "", figure) if grouped else figure.replace(",", "."))
        number *= 1000 if match["thousand"] else 1
        if number >= 1 and number == int(number):
            yield Stated(str(int(number)), match.start(), match.end())
