"""Charsets: declared, undeclared, wrongly declared."""

from __future__ import annotations

import codecs

import pytest

from wirewatch.errors import PageError
from wirewatch.parse.charsets import known
from wirewatch.parse.decode import page_text

TEXT = "Сапёры навели переправу через реку за один час, сообщили в пресс-службе округа."
TEXTS = {
    "ru": "Сапёры навели переправу через реку за один час, сообщили в пресс-службе «Округа» — № 1.",
    "RU": "САПЁРЫ НАВЕЛИ ПЕРЕПРАВУ. Колонна прошла без задержек, хотя вода стояла выше обычного.",
    "uk": "Сапери навели переправу через річку за годину, повідомили в пресслужбі; її охороняє рота з Києва.",
    "be": "Сапёры навялі пераправу праз раку за гадзіну, паведамілі ў прэс-службе ўзброеных сіл.",
    "pl": "Żołnierze przeszli rzekę w ciągu godziny, mówią później świadkowie, którzy stali na wąskiej ścieżce.",
    "lt": "Kariai per valandą persikėlė per upę, sakė štabo vadas; šią savaitę jų laukia dar viena užduotis ir žygis.",
    "lv": "Karavīri stundas laikā šķērsoja upi, sacīja štāba priekšnieks; šonedēļ viņus gaida vēl viens uzdevums.",
    "et": "Sõdurid ületasid jõe tunni ajaga, ütles staabiülem; sel nädalal ootab neid ees veel üks ülesanne.",
    "cs": "Vojáci překročili řeku během hodiny, řekl náčelník štábu, když čluny a mosty byly připraveny.",
    "de": "Die Pioniere überquerten den Fluss binnen einer Stunde, später folgten größere Züge über die Brücke.",
    "fr": "Les sapeurs ont traversé la rivière en une heure, a déclaré le chef d’état-major à la presse étrangère.",
}
CODE_PAGES = [
    *((language, charset) for language in ("ru", "RU") for charset in ("windows-1251", "koi8-r", "cp866")),
    *((language, "windows-1251") for language in ("uk", "be")),
    *((language, charset) for language in ("ru", "uk", "be") for charset in ("iso-8859-5",)),
    ("uk", "koi8-u"),
    *((language, charset) for language in ("pl", "cs") for charset in ("windows-1250", "iso-8859-2")),
    *((language, charset) for language in ("lt", "lv") for charset in ("windows-1257", "iso-8859-13")),
    ("et", "windows-1257"),
    ("de", "windows-1252"),
    ("fr", "windows-1252"),
]


def decoded(body: bytes, content_type: str | None = None) -> str:
    return page_text(body, content_type=content_type, url="https://harbour.example/")


def as_bytes(text: str, charset: str) -> bytes:
    """Bytes of a page; what the charset does not have is left out, as a publisher must."""
    return text.encode(charset, "ignore")


@pytest.mark.parametrize(("language", "charset"), CODE_PAGES)
@pytest.mark.parametrize("said", ["charset", "utf-8", "nothing", "unknown"])
def test_code_page_is_read(language: str, charset: str, said: str) -> None:
    """Bytes of a code page come out right when it is declared, when nothing is, and when UTF-8 is declared instead."""
    header = {"charset": charset, "utf-8": "utf-8", "unknown": "no-such-charset"}.get(said)
    body = as_bytes(f"<p>{TEXTS[language]}</p>", charset)
    wanted = body.decode(charset)
    assert decoded(body, f"text/html; charset={header}" if header else "text/html") == wanted


@pytest.mark.parametrize(
    ("language", "bytes_in", "declared"),
    [
        ("ru", "koi8-r", "windows-1251"),
        ("ru", "windows-1251", "koi8-r"),
        ("uk", "windows-1251", "koi8-u"),
        ("ru", "windows-1251", "iso-8859-1"),
        ("be", "windows-1251", "windows-1252"),
        ("pl", "windows-1250", "iso-8859-2"),
        ("pl", "iso-8859-2", "windows-1250"),
        ("pl", "windows-1250", "iso-8859-1"),
        ("lt", "windows-1257", "iso-8859-1"),
        ("lv", "windows-1257", "windows-1252"),
    ],
)
def test_wrong_declaration_is_overruled(language: str, bytes_in: str, declared: str) -> None:
    """A declared code page gives way where the letters plainly speak for another."""
    body = as_bytes(TEXTS[language], bytes_in)
    assert decoded(body, f"text/html; charset={declared}") == body.decode(bytes_in)


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "iso-8859-2", "utf-16", "gb2312"])
def test_utf_8_is_utf_8_whatever_is_declared(declared: str) -> None:
    """Valid UTF-8 is read as such under any declaration."""
    assert decoded(TEXT.encode(), f"text/html; charset={declared}") == TEXT


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False], ids=["mark", "no mark"])
def test_utf_16(charset: str, mark: bool) -> None:
    """UTF-16 is read with a byte order mark and without one, undeclared."""
    page = f"<html><head><title>Переправа</title></head><body><p>{TEXT}</p></body></html>"
    head = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[charset] if mark else b""
    assert decoded(head + page.encode(charset)) == page


def test_byte_order_mark_comes_before_the_header() -> None:
    """A mark outranks what the header says (WHATWG Encoding, decode)."""
    assert decoded(TEXT.encode("utf-8-sig"), "text/html; charset=koi8-r") == TEXT


@pytest.mark.parametrize("padding", [0, 2000, 6000])
def test_meta_is_read_near_and_far(padding: int) -> None:
    """A meta declaration counts in the first 1,024 bytes, in the first 4 KiB and beyond."""
    page = f'<!--{"x" * padding}--><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">Zażółć'
    assert decoded(page.encode("windows-1250")) == page


def test_xml_declaration_is_read() -> None:
    """XHTML may state its charset in the XML declaration alone."""
    page = f'<?xml version="1.0" encoding="koi8-r"?><html><body>{TEXT}</body></html>'
    assert decoded(page.encode("koi8-r")) == page


def test_header_comes_before_meta() -> None:
    """Header and meta at odds: the header is believed while the letters allow it."""
    page = '<meta charset="windows-1252"><p>Zażółć gęślą jaźń, napisał żołnierz.</p>'
    assert decoded(page.encode("windows-1250"), "text/html; charset=windows-1250") == page


def test_latin_1_is_windows_1252() -> None:
    """iso-8859-1 is windows-1252 on the web: its quotes are no control characters."""
    assert decoded("“Ordre”".encode("windows-1252"), "text/html; charset=iso-8859-1") == "“Ordre”"


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("UTF8", "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("x-cp1251", "cp1251"),
        ("cp1251", "cp1251"),
        ("win-1251", "cp1251"),
        ("cskoi8r", "koi8-r"),
        ("koi8-ru", "koi8-u"),
        ("iso_8859-1:1987", "cp1252"),
        ("us-ascii", "cp1252"),
        ("latin5", "cp1254"),
        ("x-sjis", "cp932"),
        ("gb_2312-80", "gb18030"),
        ("windows-949", "cp949"),
        ("x-mac-ukrainian", "mac-cyrillic"),
        ("no-such-charset", ""),
        ("rot13", ""),
        ("", ""),
    ],
)
def test_labels_mean_what_the_web_means(label: str, charset: str) -> None:
    """Labels of the WHATWG Encoding Standard give its charsets; what is no charset gives none."""
    assert known(label) == charset


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [
        ("部隊は一時間で川を渡った、と参謀長が述べた。", "cp932", "x-sjis"),
        ("部隊は一時間で川を渡った、と参謀長が述べた。", "iso2022_jp", "iso-2022-jp"),
        ("부대는 한 시간 만에 강을 건넜다고 참모장이 말했다.", "cp949", "ks_c_5601-1987"),
        ("部队在一小时内渡过了河，参谋长说。", "gb18030", "gb2312"),
        ("部隊在一小時內渡過了河，參謀長說。", "cp950", "big5"),
    ],
)
def test_declared_charsets_of_east_asia(text: str, charset: str, label: str) -> None:
    """Declared multi-byte charsets are believed."""
    assert decoded(text.encode(charset), f"text/html; charset={label}") == text


def test_few_stray_bytes_do_not_change_the_charset() -> None:
    """UTF-8 with a broken character stays UTF-8."""
    assert decoded((TEXT * 5).encode() + b"\xd0", None) == TEXT * 5 + "\ufffd"


def test_text_is_composed() -> None:
    """Decomposed letters come out as NFC."""
    assert decoded("и\u0306од".encode()) == "йод"


def test_mojibake_in_a_right_page_is_mended() -> None:
    """Text that was decoded wrongly before it reached the page is put right, the rest stays."""
    spoilt = "переправу через реку".encode().decode("cp1251")
    assert decoded(f"<p>Верно.</p><p>{spoilt}</p>".encode()) == "<p>Верно.</p><p>переправу через реку</p>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"a\x00b" * 200, "the page contains NUL bytes"), (b"a\xed\xa0\x80b", "the page contains lone surrogates")],
)
def test_unstorable_page_is_refused(body: bytes, reason: str) -> None:
    """NUL bytes and lone surrogates are refused with a reason: PostgreSQL stores neither."""
    with pytest.raises(PageError) as caught:
        decoded(body)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "body",
    [b"\xe0" * 2_000_000, b"<meta " * 300_000 + b"\xff", b"\xd0\xc3" * 1_000_000, "Ð Ñ".encode() * 500_000],
    ids=["one letter", "meta", "pairs", "doubly coded"],
)
def test_hostile_bytes_are_read_to_the_end(body: bytes) -> None:
    """Megabytes without sense are decoded like any others."""
    assert decoded(body)
