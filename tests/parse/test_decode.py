"""Charsets: declared, undeclared, wrongly declared."""

from __future__ import annotations

import pytest

from wirewatch.parse.decode import page_text

TEXT = "Сапёры навели переправу через реку за один час, сообщили в пресс-службе округа."


def decoded(body: bytes, content_type: str | None = None) -> str:
    return page_text(body, content_type=content_type, url="https://harbour.example/")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode("utf-8-sig"), "text/html; charset=koi8-r"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode(), None),
        (TEXT.encode(), "text/html; charset=windows-1251"),
        (TEXT.encode("koi8-r"), 'text/html; charset="KOI8-R"'),
        (TEXT.encode("windows-1251"), None),
        (TEXT.encode("koi8-r"), None),
        (TEXT.encode("windows-1251"), "text/html; charset=no-such-charset"),
        (TEXT.encode("windows-1251"), "text/html; charset=utf-8"),
    ],
    ids=["mark", "utf-16", "plain", "wrong", "header", "sniff 1251", "sniff koi8", "unknown name", "wrong utf-8"],
)
def test_same_text_from_every_charset(body: bytes, content_type: str | None) -> None:
    """The text comes out whole, whatever the charset and whatever is said of it."""
    assert decoded(body, content_type) == TEXT


@pytest.mark.parametrize("padding", [0, 6000])
def test_meta_is_read_near_and_far(padding: int) -> None:
    """A meta declaration counts in the first 4 KiB and beyond."""
    page = f'<!--{"x" * padding}--><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">Zażółć'
    assert decoded(page.encode("windows-1250")) == page


def test_latin_1_is_windows_1252() -> None:
    """iso-8859-1 is windows-1252 on the web: its quotes are no control characters."""
    assert decoded("“Ordre”".encode("windows-1252"), "text/html; charset=iso-8859-1") == "“Ordre”"


def test_few_stray_bytes_do_not_change_the_charset() -> None:
    """UTF-8 with a broken character stays UTF-8."""
    assert decoded((TEXT * 5).encode() + b"\xd0", None) == TEXT * 5 + "\ufffd"


def test_text_is_composed() -> None:
    """Decomposed letters come out as NFC."""
    assert decoded("и\u0306од".encode()) == "йод"
