"""Names of charsets as the web means them, and a guess at the charset of bytes that are no UTF-8.

Names follow the labels of the WHATWG Encoding Standard where Python differs (iso-8859-1 is windows-1252 on the web).
The guess reads the letters beyond ASCII under each code page, beside their neighbours: letters that a language of that
code page writes often speak for it; capitals inside words, signs between letters and control characters against.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from wirewatch.parse.alphabets import common_letters

# WHATWG labels that Python does not know, or takes for another charset.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb4",
    "windows-1252": "iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 latin1 l1 cp819 ibm819 iso-ir-100 "
    "csisolatin1 us-ascii ascii ansi_x3.4-1968 x-cp1252 ansi",
    "windows-1251": "x-cp1251 cp-1251 win-1251 win1251 windows1251 windows_1251",
    "windows-1250": "x-cp1250 cp-1250 win-1250 windows1250",
    "windows-1257": "x-cp1257 cp-1257 win-1257 windows1257",
    "windows-1254": "iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 iso-ir-148 csisolatin5 x-cp1254",
    "windows-1253": "x-cp1253",
    "windows-1255": "x-cp1255",
    "windows-1256": "x-cp1256",
    "windows-1258": "x-cp1258",
    "iso-8859-2": "iso88592",
    "iso-8859-4": "iso88594",
    "iso-8859-5": "iso88595",
    "iso-8859-13": "iso885913",
    "iso-8859-15": "iso885915 csisolatin9",
    "iso-8859-8": "logical visual iso-8859-8-i iso-8859-8-e csiso88598i",
    "cp866": "csibm866 dos-866",
    "koi8-r": "koi koi8 koi8r cskoi8r",
    "koi8-u": "koi8-ru koi8u",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "mac-roman": "x-mac-roman mac",
    "gb18030": "gb2312 gbk x-gbk gb_2312 gb_2312-80 csgb2312 iso-ir-58 chinese csiso58gb231280",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis ms932 windows-31j",
    "euc-jp": "x-euc-jp cseucpkdfmtjapanese",
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr "
    "csksc56011987 iso-ir-149",
    "cp950": "big5 csbig5 cn-big5 x-x-big5",
    "cp874": "windows-874 tis-620 dos-874 iso-8859-11 iso885911",
}
_MEANT = {label: name for name, labels in _LABELS.items() for label in labels.split()}


@dataclass(frozen=True)
class Reading:
    """A code page, and the small letters that texts of one language in it write."""

    charset: str
    letters: str  # those beyond ASCII; for Cyrillic without those of one language alone


_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф"
_READINGS = (
    *(Reading(name, _CYRILLIC) for name in ("windows-1251", "koi8-r", "iso-8859-5", "cp866")),
    *(Reading(name, _CYRILLIC + "іїєґў") for name in ("windows-1251", "koi8-u", "iso-8859-5")),
    Reading("windows-1252", "äöüßàâçéèêëîïôùûœ"),
    Reading("windows-1252", "áéíñóúüãõçàêô"),
    Reading("windows-1252", "åäöæøé"),
    *(Reading(name, "ąćęłńóśźż") for name in ("windows-1250", "iso-8859-2", "windows-1257")),
    *(Reading(name, "áčďéěíňóřšťúůýžľĺôä") for name in ("windows-1250", "iso-8859-2")),
    *(Reading(name, "áéíóöőúüű") for name in ("windows-1250", "iso-8859-2")),
    *(Reading(name, "ąčęėįšųūž") for name in ("windows-1257", "iso-8859-13", "iso-8859-4")),
    *(Reading(name, "āčēģīķļņšūž") for name in ("windows-1257", "iso-8859-13", "iso-8859-4")),
    *(Reading(name, "äõöüšž") for name in ("windows-1257", "windows-1252", "iso-8859-15")),
    Reading("windows-1254", "çğıöşüâî"),
)
_SAMPLE = 6000  # characters beyond ASCII that are weighed
_FREQUENT = common_letters()
_FREQUENT_ENOUGH = 50.0  # of a thousand; a letter as common as that counts in full
_TYPOGRAPHIC = frozenset("„“”‚‘’«»–—…№°§\u00a0•€©®·\u00ad")
_CLUSTER = re.compile(rb"[A-Za-z]?[\x80-\xff]+(?:[A-Za-z]+[\x80-\xff]+)*[A-Za-z]?")
_DECLARED_LEAD = 0.3  # points a character by which another charset must beat the declared one
_DECLARED_SUM = 4.0  # … and in all: a few letters prove nothing


def known(name: str) -> str:
    """Python's name of the charset that a label means on the web; '' for what is none."""
    label = name.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_MEANT.get(label, label))
    except (LookupError, ValueError):
        return ""
    # Python lists codecs that are no charsets (rot13, zlib) under the same roof.
    return codec.name if codec._is_text_encoding else ""


def likeliest(body: bytes, *, declared: str) -> str:
    """The charset of bytes that are no UTF-8: the declared one, unless the letters plainly speak for another."""
    found = _neighbours(body)
    if not found:
        return declared or "cp1252"
    points = {reading: _points(found, reading) for reading in _READINGS}
    letters = sum(found.values())
    best = max(points, key=lambda reading: points[reading])
    name = known(best.charset)
    if not declared:
        return name if points[best] > 0 else "cp1252"
    own = [value for reading, value in points.items() if known(reading.charset) == declared]
    if not own:  # a charset that is not weighed here: believed when it decodes the bytes
        return declared if _decodes(body, declared) or points[best] <= _DECLARED_LEAD else name
    lead = points[best] - max(own)
    return name if lead > _DECLARED_LEAD and lead * letters > _DECLARED_SUM else declared


def _neighbours(body: bytes) -> dict[tuple[int, int, int], int]:
    """How often each byte beyond ASCII stands between two others, in the first words that have some."""
    words: list[bytes] = []
    length = 0
    for match in _CLUSTER.finditer(body):
        words.append(match.group(0)[:200])
        length += len(words[-1])
        if length > _SAMPLE:
            break
    text = b" ".join([b"", *words, b""])
    counts = Counter(zip(text, text[1:], text[2:], strict=False))
    return {each: count for each, count in counts.items() if each[1] > 0x7F}


def _points(found: dict[tuple[int, int, int], int], reading: Reading) -> float:
    """Mean points of a byte beyond ASCII; every code page gives one character for one byte."""
    table = bytes(range(256)).decode(reading.charset, "replace")
    total = sum(
        count * _worth(table[before], table[byte], table[after], reading.letters)
        for (before, byte, after), count in found.items()
    )
    return total / sum(found.values())


@lru_cache(maxsize=65536)
def _worth(before: str, character: str, after: str, letters: str) -> float:
    """Points of one character between its neighbours."""
    if character.isalpha() and _mixes(before, character, after):
        return -0.7
    if character.isalpha():
        return _letter_worth(before, character, after, letters)
    if character in _TYPOGRAPHIC:
        return -1.0 if before.isalpha() and after.isalpha() and character not in "’–-\u00ad\u00a0" else 0.2
    unseen = character < "\u00a0" or character == "\ufffd"
    return -2.0 if unseen or (before.isalpha() and after.isalpha()) else -1.0


def _letter_worth(before: str, character: str, after: str, letters: str) -> float:
    small = character.lower()
    if small not in letters:
        return -1.0
    # Every byte is a letter in Cyrillic code pages: how common it is must tell, in headlines of capitals too.
    common = min(1.0, _FREQUENT.get(small, _FREQUENT_ENOUGH) / _FREQUENT_ENOUGH)
    if character == small:
        return common
    if before.islower():
        return -1.0
    return 0.8 * common if before.isupper() or after.isupper() else 0.3


def _mixes(before: str, character: str, after: str) -> bool:
    """A Cyrillic letter beside an ASCII one, or a Latin one amid others beyond ASCII: not so in words."""
    if character >= "\u0400":
        return any(one.isascii() and one.isalpha() for one in (before, after))
    return all(one > "\x7f" and one.isalpha() for one in (before, after))


def _decodes(body: bytes, charset: str) -> bool:
    """Whether hardly a byte is wrong under a charset."""
    text = body.decode(charset, "replace")
    return text.count("\ufffd") <= max(1, len(text) // 500)
