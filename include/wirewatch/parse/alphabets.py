"""Letters and small words by which neighbouring languages are told apart where a model for 176 languages is unsure.

``cyrillic_odds`` weighs Russian, Ukrainian and Belarusian by how often each writes a letter (naive Bayes over single
letters) and by small words; ``latin_hints`` weighs languages written in Latin letters by their small words and by
letters they never write.
"""

from __future__ import annotations

import math
import re
from collections import Counter

# Letters of a thousand, rounded, in running text; what is not listed is written alike by all three or hardly at all.
_FREQUENCIES = {
    "ru": "о109 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7 "
    "ю6 ц5 щ4 э3 ф3 ъ0.4 ё0.6",
    "uk": "о94 а83 н68 и61 і57 в54 т53 е49 р47 с41 к36 л36 у34 д32 м31 п29 я22 з22 ь18 б17 г16 ч14 й11 х11 ц10 ї8 "
    "ж8 ю8 є7 щ6 ш5 ф4 ґ0.2",
    "be": "а150 н62 і64 о35 е45 р52 с48 т42 к38 в33 д34 л37 п28 у38 ы42 м28 з28 я38 ц38 ў21 ч15 б18 г18 э13 ь12 й12 "
    "х12 ж9 ш8 ю7 ё4 ф3",
}
_NEVER = 0.05  # of a thousand: a name, a quotation, a slip
_LOGS = {
    language: {entry[0]: math.log(float(entry[1:])) for entry in table.split()}
    for language, table in _FREQUENCIES.items()
}
_LETTERS = frozenset().union(*_LOGS.values())

# What one of the three writes where the others write something else: small words, and bends of longer ones.
_MARKS = {
    "ru": (
        r"тся\b|(?:ени|ани|ити)[еяйюи]|(?<!ь)(?:ск|цк)[аиоу]|\b(?:и|с|со|что|из|от|или|это|его|её|их|уже|был[аио]?|"
        r"быть|после|перед|против|более|если|будет|который|сообщил[аи]?)\b"
    ),
    "uk": (
        r"ьк[аиоі]|[^\W]нн[яіюї]|ться\b|\b(?:та|й|із|зі|що|від|або|це|цей|його|її|їх|вже|бу(?:в|ла|ло|ли|ти|де)|"
        r"після|перед|проти|більше|якщо|який|повідоми(?:в|ли|ла))\b"
    ),
    "be": (
        r"дз[еіяьё]|цца\b|(?<!ь)(?:ск|цк)[аіоу]|нн[еяі]|\b(?:і|з|ды|што|ад|або|гэт[аы]|яго|яе|іх|ужо|"
        r"бы(?:ў|ла|ло|лі|ць)|пасля|перад|супраць|больш|калі|будзе|які|паведамі(?:ў|лі|ла))\b"
    ),
}
# In Latin letters, the languages of the sources whose neighbours the model takes them for.
_SMALL_WORDS = {
    "en": "the of and to in a is for on with by that from at as was were has have be it its will not are his over "
    "says said after new against who more than",
    "pl": "w i na z ze że się do nie o jest przez po dla od oraz jak za są był była było przed to ma ich jego wobec "
    "przy nad pod czy który która które może będzie",
    "lt": "ir į su kad apie dėl iš prie po bei už yra ne tik nuo kaip buvo bus per prieš jo jų arba taip pat šis ši",
    "lv": "un ir ar no par ka uz pie kas tiek arī pēc bet vai lai kā tika nav šo tas tā viņš gada",
    "et": "ja on ei et ka oma kui ning mis pärast oli ole see aga või seda kuid vastu üle kes tema",
}
_OWN_LETTERS = {"en": "", "pl": "ąćęłńóśźż", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"}
_UNWRITTEN = {"lt": "wqx", "lv": "wqxy", "et": "wqxy", "pl": "qvx"}  # but in names
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_WORD_WEIGHT = 0.7  # log-odds a small word
_FOREIGN_WEIGHT = 1.0  # … a letter that the language does not have
_UNWRITTEN_WEIGHT = 0.5
_MARK_WEIGHT = 1.5  # nats
_MOST = 6.0  # log-odds either way
_EXTRA = re.compile("[à-ɏ]")
_MARK_PATTERNS = {language: re.compile(pattern) for language, pattern in _MARKS.items()}


def common_letters() -> dict[str, float]:
    """How often each letter stands in Russian, Ukrainian or Belarusian, whichever writes it most, of a thousand."""
    found: dict[str, float] = {}
    for table in _LOGS.values():
        for letter, log in table.items():
            found[letter] = max(found.get(letter, 0.0), math.exp(log))
    return found


def cyrillic_odds(sample: str) -> dict[str, float]:
    """Log-likelihoods, in nats, of a lower-case text as ru, uk and be."""
    counts = Counter(character for character in sample if character in _LETTERS)
    least = math.log(_NEVER)
    return {
        language: sum(number * table.get(letter, least) for letter, number in counts.items())
        + _MARK_WEIGHT * len(_MARK_PATTERNS[language].findall(sample))
        for language, table in _LOGS.items()
    }


def latin_hints(sample: str) -> dict[str, float]:
    """Log-odds that small words and letters add to each language, for a lower-case text."""
    tokens = _TOKEN.findall(sample)
    letters = Counter(sample)
    extra = {letter: number for letter, number in letters.items() if _EXTRA.match(letter)}
    hints = {}
    for language, words in _WORDS.items():
        foreign = sum(number for letter, number in extra.items() if letter not in _OWN_LETTERS[language])
        unwritten = sum(letters[letter] for letter in _UNWRITTEN.get(language, ""))
        hint = _WORD_WEIGHT * sum(token in words for token in tokens)
        hint -= _FOREIGN_WEIGHT * foreign + _UNWRITTEN_WEIGHT * unwritten
        hints[language] = max(-_MOST, min(_MOST, hint))
    return hints
