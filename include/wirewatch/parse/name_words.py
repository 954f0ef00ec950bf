"""The words that stand around names in bylines, by language, compiled to patterns for ``names``.

Belarusian, Russian, Ukrainian, Polish, Lithuanian, Latvian, Estonian, English and German first; then the languages of
other wire services. A new language is a few words in each list, and nothing else.
"""

from __future__ import annotations

import re

_LABELS = (
    r"(?:\w+\s+)?by|words|text|authors?|contributors?|"  # English: "Written by", "Analysis by"
    r"autorin\s*/\s*autor|autor[:*/_]in(?:nen)?|autor(?:in|en)?|"  # German
    r"autor(?:ka|ki|zy)?|tekst|opr(?:ac)?|opracowa(?:nie|ł|ła|li)|przygotowa(?:ł|ła|li)|napisa(?:ł|ła|li)|"  # Polish
    r"rozmawia(?:ł|ła|li)|"
    r"автор(?:ы|ка)?(?:\s+(?:текста|статьи|материала))?|текст|(?:материал\s+)?подготовил[аи]?|"  # Russian
    r"написал[аи]?|беседовал[аи]?|"
    r"автор(?:и|ки)?(?:\s+(?:тексту|статті|матеріалу))?|підготува(?:в|ла|ли)|"  # Ukrainian
    r"напис(?:ав|ала)|розмовля(?:в|ла)|"
    r"аўтар(?:ы|ка|кі)?|тэкст|падрыхтава(?:ў|ла|лі)|"  # Belarusian
    r"autor(?:ius|iai|ė|ės)|tekstas|parengė|parašė|aut|"  # Lithuanian
    r"autor(?:s|e|i|es)|teksts|sagatavoja|rakstīja|autorid|kirjutas|"  # Latvian, Estonian
    r"auteurs?|texte|propos\s+recueillis\s+par|autor(?:es)?|texto|autor[ei]|testo|a\s+cura\s+di|"  # Romance
    r"förf(?:attare)?|forfatter|skribent|skrevet\s+av|teksti|kirjoittanut|napsala?|piše|yazan|haber|"
    r"责编|责任编辑|作者|记者|記者|編集|著者|執筆|文"
)
_OTHER_ROLES = (
    r"photos?|photograph\w*|pictures?|images?|video|illustrations?|infographics?|translat(?:ed|ion)|edited|updated|"
    r"(?:medically\s+)?reviewed|fact[- ]checked|curated|bild(?:er)?|foto(?:grafie?|graf\w*)?|übersetz\w+|"
    r"zdjęcia|zdj|fot|grafika|tłum(?:aczy\w+)?|"
    r"фото(?:граф\w*)?|снимк\w*|видео|иллюстраци\w*|перев(?:од|[её]л\w*)|редактор|редактура|"
    r"відео|світлин\w*|ілюстраці\w*|перекла\w+|здымк\w*|відэа|пераклад|рэдактар|"
    r"nuotr|vertė|redagavo|tulkoja|redigēja|tõlki(?:s|nud)|toimetas|traduc\w+|traduit|redigerad"
)
LABEL = re.compile(rf"^(?:{_LABELS})(?:\s*[:：/]|(?<=[a-zл])\.|(?<=\.))\s*|^(?:\w+\s+)?by\s+(?=\S)", re.I)
LOOSE_LABEL = re.compile(rf"^(?:{_LABELS})\.?\s*[:：]?\s+(?=\S)", re.I)
PREPOSITION = re.compile(
    r"^(?i:(?:eine?\s+\w+\s+)?von|par|por|di|av|af|door|från|od|от|від|ад)"
    r"(?:\s*[:：]\s*|\s+(?=[A-Z]{2,6}$|\S+\.[a-z]{2,4}$)|"
    r"\s+(?=(?![a-zà-ÿа-яё])[^\W\d_]\S*\s+(?![a-zà-ÿа-яё])[^\W\d_]))"
)
"""Before two capitalised words, an acronym or a domain: "von Anna Schmidt", and never "von der Leyen"."""
OTHERS = re.compile(
    rf"(?:^|(?<=[\s,;|/(•·]))(?:{_OTHER_ROLES})"
    r"(?:\s*[:：.]|\s+(?:by|von|par|por|av|af|од|из|з|от|від)\b|\s*/).*$|^(?:фото|foto|photo)\b.*$",
    re.I | re.S,
)
OTHER_LEAD = re.compile(rf"(?:^|[\s,;|/(•·])(?:{_OTHER_ROLES})(?:\s+(?:by|von|par|por|av|af))?\s*[:：./]?$", re.I)
SURELY_BETWEEN = re.compile(r"\s*[;|•·、\n]\s*|\s+/\s+|\s*,\s+(?!(?:jr|sr|ph)\b)", re.I)
AND = re.compile(r"\s(?:and|und|et|och|og|oraz|и|і|й|та|ды|i|&|en|y|e|ja|ir|un|ve|a|with|mit|avec)\s", re.I)
ROLE = re.compile(
    r"^(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|producers?|analysts?|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journalist(?:in)?|volontär(?:in)?|"
    r"\w*корреспондент\w*|журналист\w*|редактор\w*|обозревател\w*|политолог\w*|собкор\w*|спецкор\w*|"
    r"кореспондент\w*|журналіст\w*|оглядач\w*|карэспандэнт\w*|рэдактар\w*|аглядальнік\w*|"
    r"redaktor(?:ka|ius|ė)?|dziennikar(?:z|ka)|korespondent(?:ka|as|ė|s|e)?|publicyst(?:a|ka)|"
    r"žurnalist(?:as|ė)|žurnālist(?:s|e)|ajakirjanik|toimetaja|toimittaja|redaktör|skribent|muhabir\w*)$",
    re.I,
)
NO_PERSON = re.compile(
    r"^(?:view|more|all|articles?|about|posts?|posted|published|updated|follow\w*|read|share|see|profile|contact|e?mail|"
    r"subscribe|comments?|writer|reporter|correspondent|editor|columnist|journalist|contributor|former|consultant|"
    r"director|manager|president|founder|expert|specialist|minutes?|ago|advertisement|"
    r"все|подробнее|читать|больше|подписаться|усі|всі|читати|усе|чытаць|więcej|wszystkie|zobacz|czytaj|artykuły|daugiau|"
    r"visi|skatīt|vairāk|lasīt|rohkem|kõik|loe|mehr|alle|artikel|lesen|folgen)$",
    re.I,
)
"""Words of menus and of descriptions, which are capitalised as names are."""
HANGUL_ROLE = re.compile(r"^(?:[^=\s]{1,12}=)?(\S{2,5})\s*(?:기자|특파원|記者|记者)$")
ORGANISATION = re.compile(
    r"\b(?:news(?:room)?|media|agenc\w*|agentur\w*|aģentūra|agentūra|ajans\w*|агентств\w*|агенци\w*|агенц\w*|redak\w*|"
    r"redac\w*|redação|редакц\w*|рэдакц\w*|пресс?\W?служб\w*|прэс\W?служб\w*|министерств\w*|міністерств\w*|"
    r"міністэрств\w*|ministry|ministerstw\w*|ministerij\w*|staff|team|desk|bureau|editorial|newspaper|zespół|toimetus|"
    r"police|polizei|press|associated|телеканал\w*|radio|радио|радіо|tv|gmbh|ltd|inc|llc)\b|"
    r"\b\w[\w-]*\.[a-z]{2,5}$",
    re.I,
)
ASSOCIATED = re.compile(r"\s+(?:(?:the\s+)?(?:associated|canadian) press|agence france-presse|риа новости)$", re.I)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CREDENTIALS = _words("ms md rd rdn phd ph.d ph.d. mph rn do ma ba bsc msc mba jd esq esq. cpa cfp dds llb")
AGENCIES = _words(
    "afp ap dpa reuters pap bns elta leta тасс tass риа интерфакс interfax уніан унан unian укринформ укрінформ "
    "ukrinform belta белта бета белапан efe ansa apa čtk tasr ntb tt ritzau kna epd sid pti ani upi xinhua kyodo "
    "yonhap mti agerpres anp belga stt apn рбк spk lusa"
)
NOBODY = _words(
    "admin administrator author authors autor автор none null undefined guest гость гість госць user root webmaster "
    "anonymous anonym аноним unknown editor by names name"
)
PARTICLES = _words(
    "de da do dos das du des del della di la le el al van von der den ter ten zu zur af av bin ibn y e of the"
)
