"""Bytes → text of a page: which charset it is in, decided without guessing over the whole body.

Order: byte order mark; strict UTF-8 (bytes that are valid UTF-8 with letters beyond ASCII are UTF-8, whatever the
page declares: a wrong declaration is common, valid UTF-8 by chance is not); HTTP header; ``<meta>`` in the first
4 KiB, where HTML wants it; ``<meta>`` anywhere in the first 64 KiB, where some pages have it; a look at which letters
come out under the Cyrillic code pages; windows-1252, which decodes anything.

Names are mapped as the WHATWG Encoding Standard does where Python differs (iso-8859-1 is windows-1252 on the web).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from wirewatch.errors import PageError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_NEAR, _FAR = 4096, 65536  # bytes
_SAMPLE = 200_000  # bytes of which the letters are looked at
_WEB_NAMES = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
}
_WEB_NAMES |= {
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
}
_WEB_NAMES |= {"ks_c_5601-1987": "cp949", "euc-kr": "cp949", "windows-874": "cp874", "tis-620": "cp874"}
_CYRILLIC = ("windows-1251", "koi8-r")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпу")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_STRAY_SHARE = 0.01  # of the bytes beyond ASCII: above it the page is not damaged UTF-8 but another charset


def page_text(body: bytes, *, content_type: str | None, url: str) -> str:
    """The page as NFC text. PageError for NUL bytes and lone surrogates: PostgreSQL stores neither."""
    text = unicodedata.normalize("NFC", _decode(body, content_type, url))
    if "\x00" in text:
        raise PageError(url, "the page contains NUL bytes")
    if not storable(text):
        raise PageError(url, "the page contains lone surrogates")
    return text


def storable(text: str) -> bool:
    """Whether a text column takes it: no NUL, no lone surrogate."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decode(body: bytes, content_type: str | None, url: str) -> str:
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    declared = _declared(body, content_type)
    escapes = b"\x1b" in body and declared.startswith("iso-2022")  # ISO-2022-JP is ASCII bytes throughout
    if not escapes and not declared.startswith("utf-16"):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        if _is_utf8_but_for_surrogates(body):
            raise PageError(url, "the page contains lone surrogates")
        if _nearly_utf8(body):
            return body.decode("utf-8", "replace")
    if declared and declared != "utf-8":
        return body.decode(declared, "replace")
    return body.decode(_sniffed(body), "replace")


def _declared(body: bytes, content_type: str | None) -> str:
    """The first charset declared that Python knows, in the order of the module's docstring; else ''."""
    header = _HEADER_CHARSET.search(content_type or "")
    near, far = _META_CHARSET.search(body[:_NEAR]), _META_CHARSET.search(body[:_FAR])
    names = [header.group(1) if header else ""]
    names += [found.group(1).decode("ascii", "replace") for found in (near, far) if found]
    return next((known for known in map(_known, names) if known), "")


def _known(name: str) -> str:
    name = name.strip().lower()
    try:
        codec = codecs.lookup(_WEB_NAMES.get(name, name))
    except LookupError:
        return ""
    # Python lists codecs that are no charsets (rot13, zlib) under the same roof.
    return codec.name if codec._is_text_encoding else ""


def _is_utf8_but_for_surrogates(body: bytes) -> bool:
    if not _SURROGATE.search(body):
        return False
    return _nearly_utf8(body) or _nearly_utf8(_SURROGATE.sub("é".encode(), body))


def _nearly_utf8(body: bytes) -> bool:
    """Whether a few stray bytes are all that keeps it from being UTF-8."""
    text = body.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    beyond_ascii = sum(1 for character in text[:_SAMPLE] if character > "\x7f")
    return beyond_ascii > stray and stray <= max(1, beyond_ascii * _STRAY_SHARE)


def _sniffed(body: bytes) -> str:
    """A Cyrillic code page where its commonest small letters dominate, else windows-1252."""
    sample = bytes(byte for byte in body[:_SAMPLE] if byte > 0x7F)
    best, score = "windows-1252", 0.5
    for charset in _CYRILLIC:
        text = sample.decode(charset, "replace")
        share = sum(character in _COMMON_CYRILLIC for character in text) / max(1, len(text))
        if share > score and len(text) > 20:
            best, score = charset, share
    return best
