"""Languages of short and long texts, neighbours told apart, and what the page's own word is worth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirewatch.parse.language import text_language

KIT = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
SENTENCES = {
    "ru": "Сапёры навели переправу через реку за один час, сообщили в пресс-службе округа.",
    "uk": "Сапери навели переправу через річку за одну годину, повідомили в пресслужбі округу.",
    "be": "Сапёры навялі пераправу праз раку за адну гадзіну, паведамілі ў прэс-службе акругі.",
    "bg": "Сапьорите изградиха мост над реката за един час, съобщиха от пресслужбата на щаба.",
    "pl": "Saperzy zbudowali most przez rzekę w ciągu godziny, podała służba prasowa okręgu.",
    "lt": "Pionieriai per valandą nutiesė tiltą per upę, pranešė apygardos spaudos tarnyba.",
    "lv": "Sapieri stundas laikā uzcēla tiltu pār upi, paziņoja apgabala preses dienests.",
    "et": "Sapöörid ehitasid tunni ajaga silla üle jõe, teatas ringkonna pressiteenistus.",
    "en": "The sappers built a bridge over the river within an hour, the press service said.",
    "de": "Die Pioniere bauten binnen einer Stunde eine Brücke über den Fluss, hieß es.",
    "fr": "Les sapeurs ont construit un pont sur la rivière en une heure, selon la presse.",
    "cs": "Ženisté postavili most přes řeku během jedné hodiny, uvedla tisková služba.",
    "sv": "Ingenjörssoldaterna byggde en bro över floden på en timme, uppgav presstjänsten.",
    "fi": "Pioneerit rakensivat sillan joen yli tunnissa, esikunnan tiedottaja kertoi.",
    "ka": "მესანგრეებმა ერთ საათში ააგეს ხიდი მდინარეზე, განაცხადა პრესსამსახურმა.",
    "ja": "部隊は一時間で川に橋を架けた、と参謀長が記者団に述べた。",
}
SHORT = {
    "ru": [
        "Сапёры навели мост",
        "Учения начались на полигоне",
        "Бывший министр вышел из тюрьмы",
        "ШТАБ: МОСТ ОТКРЫТ ДЛЯ КОЛОНН",
    ],
    "uk": [
        "Сапери навели міст",
        "Навчання почалися на полігоні",
        "Є втрати, заявив їхній речник",
        "МІСТ ВІДКРИТО ДЛЯ КОЛОН",
    ],
    "be": [
        "Сапёры навялі мост",
        "Вучэнні пачаліся на палігоне",
        "Узброеныя сілы ў гатоўнасці",
        "МОСТ АДКРЫТЫ, ПАВЕДАМІЎ ШТАБ",
    ],
    "pl": ["Saperzy zbudowali most przez rzekę", "ŻOŁNIERZE WRÓCILI DO KOSZAR PO ĆWICZENIACH"],
    "lt": ["Kariai grįžo į kareivines po pratybų", "Pratybos prasidės pirmadienį, teigia vadas"],
    "en": ["The Bridge Over The River Was Opened", "TROOPS RETURN TO BARRACKS AFTER THE EXERCISE"],
}


@pytest.mark.parametrize("language", SENTENCES)
def test_sentence(language: str) -> None:
    """One sentence is enough, whatever the page says of itself."""
    assert [text_language(SENTENCES[language], stated=stated) for stated in (None, "en", "uk")] == [language] * 3


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in SHORT.items() for text in texts]
)
def test_headline(language: str, text: str) -> None:
    """A headline is enough where its letters or small words tell, capitals or not."""
    assert text_language(text, stated=None) == language


def test_belarusian_in_latin_letters() -> None:
    """Łacinka is Belarusian, not Polish or Esperanto; and the classical spelling is Belarusian as well."""
    assert text_language("Sapiory naviali pierapravu praz raku, paviedamili ŭ prec-słužbie.", stated=None) == "be"
    assert (
        text_language("Сапёры зьбілі мост праз раку, паведамілі ў прэс-службе; сьнег ідзе дагэтуль.", stated="ru")
        == "be"
    )


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("Так", "uk", "uk"),
        ("Так", "pl", None),
        ("Так", None, None),
        ("Москва", "ru-RU", "ru"),
        ("Москва", "be_BY", "be"),
        ("OK", "en-GB", "en"),
        ("OK", "ru", None),
        ("", "lt", "lt"),
        ("1:0", None, None),
        ("2024 – 2026", "not a code", None),
    ],
)
def test_page_s_word_breaks_ties_only(text: str, stated: str | None, language: str | None) -> None:
    """Too short a text takes the page's word where its script allows it, and has no language otherwise."""
    assert text_language(text, stated=stated) == language


def test_russian_page_of_a_ukrainian_site() -> None:
    """Clear evidence is not overruled by <html lang>."""
    assert text_language(SENTENCES["ru"] * 3, stated="uk") == "ru"
    assert text_language(SENTENCES["uk"] * 3, stated="ru") == "uk"


def test_text_with_a_quotation_is_of_the_larger_part() -> None:
    """A quotation in a neighbour's language does not decide."""
    assert text_language(f"{SENTENCES['uk'] * 3} «{SENTENCES['ru'][:40]}»", stated=None) == "uk"


def test_placeholder_text_takes_the_page_s_word() -> None:
    """Latin is a printer's placeholder, and no language of news."""
    lorem = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. " * 3
    assert text_language(lorem, stated="de") == "de"


def test_lone_surrogates_do_not_stop_it() -> None:
    """A text that cannot be stored still has a language."""
    assert text_language("\ud800 " + SENTENCES["ru"], stated=None) == "ru"


def test_recorded_texts() -> None:
    """Of the evaluation kit's labelled items at least 98 in 100 are right, in each language at least 90."""
    if not KIT.exists():
        pytest.skip("the evaluation kit is not beside this checkout")
    rows = [
        json.loads(line) for line in (KIT / "concepts" / "index.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    right: dict[str, list[bool]] = {}
    for row in rows:
        found = text_language(f"{row['title']}\n{row['text']}", stated=None)
        right.setdefault(row["lang"], []).append(found == row["lang"])
    shares = {language: sum(hits) / len(hits) for language, hits in right.items()}
    assert {language: share for language, share in shares.items() if share < 0.9} == {}
    assert sum(map(sum, right.values())) / len(rows) >= 0.98
