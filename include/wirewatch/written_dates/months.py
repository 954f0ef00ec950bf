"""Names of months, in the languages of the sources and of those who write about them.

A word names a month when it begins with one of the month's stems; stems are long enough to tell the months of all the
languages apart (Polish *listopad* is November; the Croatian October of the same spelling is left out on purpose).
"""

from __future__ import annotations

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
# Romanian, Hungarian, Serbian, Bulgarian, Indonesian, Greek, Kazakh, Armenian, Arabic, Hebrew.
_STEMS_BEYOND = {
    1: "ianuar јануар януар қаңтар հունվար يناير ינואר ιανουαρ january",
    2: "februar фебруар ақпан փետրվար فبراير شباط פברואר φεβρουαρ",
    3: "maart maret martie március наурыз մարտ مارس آذار מרץ מרס μαρτ",
    4: "сәуір ապրիլ أبريل ابريل إبريل نيسان אפריל απριλ április",
    5: "mei мамыр մայիս مايو أيار מאי μαΐου μαϊου május touko",
    6: "iuni јун юни маусым հունիս يونيو حزيران יוני ιουν június",
    7: "iuli јул юли шілде հուլիս يوليو تموز יולי ιουλ július",
    8: "agust авгус тамыз օգոստոս أغسطس اغسطس آب אוגוסט αυγ",
    9: "septemb септембр септембар қыркүйек սեպտեմբեր سبتمبر أيلول ספטמבר σεπ szept",
    10: "октобар октомвр octomb қазан հոկտեմբեր أكتوبر اكتوبر אוקטובר οκτ",
    11: "новембар ноември noiemb қараша նոյեմբեր نوفمبر נובמבר νοεμ",
    12: "децембар декември желтоқсан desem դեկտեմբեր ديسمبر דצמבר δεκ",
}

_ALL = [(stem, month) for stems in (_STEMS, _STEMS_BEYOND) for month in stems for stem in stems[month].split()]
# Short stems hold for whole words only ("mar", "мар."), else "Marines" and "мариновать" would be months.
_WHOLE = {stem: month for stem, month in _ALL if len(stem) <= 4}
_PREFIX = {stem: month for stem, month in _ALL if len(stem) >= 4}


def month_number(word: str) -> int | None:
    """Month (1–12) that the word names in any of the languages, or None."""
    word = word.lower().rstrip(".")
    if word in _WHOLE:
        return _WHOLE[word]
    return next((_PREFIX[word[:size]] for size in range(min(8, len(word)), 3, -1) if word[:size] in _PREFIX), None)
