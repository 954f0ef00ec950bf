"""Bytes → text of a page: which charset it is in, decided without guessing over the whole body.

Order: byte order mark; UTF-16 by its NUL bytes; strict UTF-8 (bytes that are valid UTF-8 with letters beyond ASCII are
UTF-8, whatever the page declares: a wrong declaration is common, valid UTF-8 by chance is not); HTTP header; ``<meta>``
or XML declaration in the first 4 KiB, where HTML wants it; ``<meta>`` anywhere in the first 64 KiB, where some pages
have it; all of these only where the letters do not plainly speak for another charset (``charsets``). What was decoded
wrongly before it reached the page is mended by ``mojibake``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from wirewatch.errors import PageError
from wirewatch.parse.charsets import known, likeliest
from wirewatch.parse.mojibake import beyond_ascii, mended

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_NEAR, _FAR = 4096, 65536  # bytes
_SAMPLE = 200_000  # characters of which those beyond ASCII are counted
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_STRAY_SHARE = 0.01  # of the characters beyond ASCII: above it the page is not damaged UTF-8 but another charset
_WIDE_SHARE = 0.2  # NUL bytes at every other place: markup in UTF-16
_SOME = 400  # bytes in which UTF-16 without a mark is looked for


# Blocks whose characters NFC leaves alone, whatever stands beside them.
_COMPOSED = (
    "\x00-\u02ff\u0388-\u0482\u048a-\u052f\u05d0-\u05ea\u0621-\u064a\u1e00-\u1eff\u2002-\u205e\u20a0-\u20bf\u2190-\u21ff"
    "\u25a0-\u26ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\ufeff-\uffee\U0001f300-\U0001faff"
)
_UNCERTAIN = re.compile(f"[^{_COMPOSED}]")


@dataclass(frozen=True)
class Decoded:
    """A page's text, and the same in UTF-8: the page's own bytes where they are that already."""

    text: str
    raw: bytes


def page_text(body: bytes, *, content_type: str | None, url: str) -> str:
    """The page as NFC text. PageError for NUL bytes and lone surrogates: PostgreSQL stores neither."""
    return decoded(body, content_type=content_type, url=url).text


def decoded(body: bytes, *, content_type: str | None, url: str) -> Decoded:
    """As ``page_text``, with its bytes."""
    read, is_utf8 = _decode(body, content_type, url)
    text = read
    if not read.isascii():
        beyond = beyond_ascii(body if is_utf8 else read.encode("utf-8", "surrogatepass"))
        text = mended(read, beyond)
        if _UNCERTAIN.search(beyond) or text != read:
            text = unicodedata.normalize("NFC", text)
    if (b"\x00" in body) if is_utf8 else ("\x00" in text):
        raise PageError(url, "the page contains NUL bytes")
    try:
        return Decoded(text, body if is_utf8 and text == read else text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise PageError(url, "the page contains lone surrogates") from error


def storable(text: str) -> bool:
    """Whether a text column takes it: no NUL, no lone surrogate."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decode(body: bytes, content_type: str | None, url: str) -> tuple[str, bool]:
    """The text, and whether the body is this text in UTF-8."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), False
    if wide := _wide(body):
        return body.decode(wide, "replace"), False
    declared = _declared(body, content_type)
    if not (b"\x1b" in body and declared.startswith("iso2022")):  # ISO-2022-JP is ASCII bytes throughout
        try:
            return body.decode("utf-8"), True
        except UnicodeDecodeError:
            pass
        if _is_utf8_but_for_surrogates(body):
            raise PageError(url, "the page contains lone surrogates")
        if _nearly_utf8(body):
            return body.decode("utf-8", "replace"), False
        # A page in UTF-16 has NUL bytes, and UTF-8 has been tried.
        declared = likeliest(body, declared="" if declared.startswith(("utf", "iso2022")) else declared)
    return body.decode(declared, "replace"), False


def _wide(body: bytes) -> str:
    """UTF-16 without a mark, which every other byte of its markup tells; else ''."""
    head = body[:_SOME]
    even, odd = head[::2].count(0) / max(1, len(head[::2])), head[1::2].count(0) / max(1, len(head[1::2]))
    if b"<\x00" in head and odd >= _WIDE_SHARE and even <= odd / 20:
        return "utf-16-le"
    return "utf-16-be" if b"\x00<" in head and even >= _WIDE_SHARE and odd <= even / 20 else ""


def _declared(body: bytes, content_type: str | None) -> str:
    """The first charset declared that Python knows, in the order of the module's docstring; else ''."""
    header = _HEADER_CHARSET.search(content_type or "")
    near = _META_CHARSET.search(body[:_NEAR])
    names = [header.group(1) if header else ""]
    names += [near.group(1).decode("ascii", "replace")] if near else []
    if found := next((charset for charset in map(known, names) if charset), ""):
        return found
    far = _META_CHARSET.search(body[:_FAR])
    return known(far.group(1).decode("ascii", "replace")) if far else ""


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
