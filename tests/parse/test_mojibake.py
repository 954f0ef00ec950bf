"""UTF-8 that was read under a wrong code page: mended when sure, left alone otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirewatch.parse.mojibake import mended

KIT = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
RIGHT = {
    "ru": "Сапёры навели переправу через реку — «за один час», сообщили в пресс-службе.",
    "uk": "Сапери навели переправу через річку за годину, повідомили в пресслужбі об'єднаних сил.",
    "be": "Сапёры навялі пераправу праз раку за гадзіну, паведамілі ў прэс-службе акругі.",
    "pl": "Żołnierze przeprawili się przez rzekę, powiedział szef sztabu, gdzie stoją mosty i łodzie.",
    "lt": "Kariai persikėlė per upę, sakė štabo vadas, kur stovi tiltai ir valtys, ir grįžo namo.",
    "cs": "Vojáci překročili řeku, řekl náčelník štábu, když most stál a čluny byly připraveny.",
    "de": "Die Pioniere überquerten den Fluss, später kamen die übrigen Züge über die Brücke.",
}


def spoilt(text: str, charset: str) -> str:
    """UTF-8 read under another code page, as the web shows the bytes that the code page leaves open."""
    shown = []
    for value in text.encode():
        try:
            shown.append(bytes([value]).decode(charset))
        except UnicodeDecodeError:
            shown.append(chr(value))
    return "".join(shown)


@pytest.mark.parametrize("charset", ["cp1251", "cp1252", "latin-1"])
@pytest.mark.parametrize("language", ["ru", "uk", "be"])
def test_cyrillic_comes_back(language: str, charset: str) -> None:
    """A spoilt Cyrillic sentence amid right text is mended whole, its dashes and quotation marks too."""
    right = f"<p>Слева всё верно.</p><p>{RIGHT[language]}</p><p>И справа — тоже.</p>"
    page = right.replace(RIGHT[language], spoilt(RIGHT[language], charset))
    assert mended(page) == right


@pytest.mark.parametrize("charset", ["cp1252", "latin-1", "cp1250"])
@pytest.mark.parametrize("language", ["pl", "lt", "cs", "de"])
def test_latin_comes_back(language: str, charset: str) -> None:
    """Spoilt letters inside Latin words are mended, those at a word's beginning as well."""
    assert mended(spoilt(RIGHT[language], charset)) == RIGHT[language]


@pytest.mark.parametrize(
    "text",
    [
        *RIGHT.values(),
        "",
        "Pokój i Å w nazwie: Ålesund, Östersund, ÄÖÜ, NÃO, ÇA, ĂN.",
        "Р° и Рё — так пишут о порче букв.",
        "Он сказал: «С…» и ушёл. Р. С. Т. — инициалы; РС «Прибой», СЄ.",
        "Preis: 5 Â€ – Ä…",
        "Ð is a letter of Icelandic: Ð, ð; Ñandú, Ñ°.",
    ],
)
def test_right_text_is_never_touched(text: str) -> None:
    """What is right, and what is doubtful, stays as it is."""
    assert mended(text) == text


def test_lone_surrogates_do_not_stop_it() -> None:
    """A text that cannot be stored is passed on, for the caller to refuse."""
    assert mended("a\ud800b") == "a\ud800b"


def test_no_recorded_text_is_changed() -> None:
    """None of the texts of the evaluation kit, all of them right, comes out differently."""
    if not KIT.exists():
        pytest.skip("the evaluation kit is not beside this checkout")
    texts = [
        json.dumps(json.loads(line), ensure_ascii=False)
        for name in ("concepts/index.jsonl", "pairs/index.jsonl", "extraction/index.jsonl")
        for line in (KIT / name).read_text(encoding="utf-8").split("\n")
        if line
    ]
    texts += [path.read_bytes().decode("utf-8", "ignore") for path in (KIT / "texts").rglob("*.*") if path.is_file()]
    assert [text[:80] for text in texts if mended(text) != text] == []
    assert len(texts) > 1000
