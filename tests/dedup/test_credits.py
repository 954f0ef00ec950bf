"""Whom texts name as their source, and who that is."""

from __future__ import annotations

import pytest

from wirewatch.dedup.credits import Credit, CreditReader
from wirewatch.dedup.publishers import cited_names, publisher_of

READER = CreditReader(
    cited_names(
        [
            ("Zorza (Polish)", "wire", "https://www.zorza.example/pl"),
            ("Ministry of Ferries", "ministry", "https://ferries.example/"),
        ]
    )
)


def cited(body: str) -> list[str]:
    return [credit.publisher for credit in READER.read(body)]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Паром отходит в полдень, сообщает БелТА.", "belta.by"),
        ("Об этом передает РИА Новости.", "ria.ru"),
        ("МИНСК, 24 ноя — РИА Новости. Паром отходит в полдень.", "ria.ru"),
        ("МИНСК, 24 ноя - РИА Новости, Иван Лодочников. Паром отходит в полдень.", "ria.ru"),
        ("Минск. 24 ноября. ИНТЕРФАКС - Паром отходит в полдень.", "interfax.ru"),
        ("24 ноября, Минск /Корр. БЕЛТА/. Паром отходит в полдень.", "belta.by"),
        ("Паром отходит, сказал ТАСС начальник порта.", "tass.ru"),
        ("Паром отходит. Источник: Интерфакс-Украина", "interfax.com.ua"),
        ("Пором відходить опівдні, повідомляє Укрінформ.", "ukrinform.ua"),
        ("Паром адыходзіць апоўдні, паведамляе БелТА.", "belta.by"),
        ("Prom odpływa w południe – podaje PAP.", "pap.pl"),
        ("Prom odpływa w południe.\n(PAP)", "pap.pl"),
        ("Prom odpływa, poinformowała Polska Agencja Prasowa.", "pap.pl"),
        ("Prom odpływa w południe, podaje Zorza.", "zorza.example"),
        ("Keltas išplaukia vidurdienį, praneša BNS.", "bns.lt"),
        ("Prāmis atiet pusdienlaikā, ziņo LETA.", "leta.lv"),
        ("Parvlaev väljub keskpäeval, vahendab ERR.", "err.ee"),
        ("The ferry sails at noon, RIA Novosti reports.", "ria.ru"),
        ("The ferry sails at noon, according to Reuters.", "reuters.com"),
        ("MINSK, November 24. /TASS/. The ferry sails at noon.", "tass.ru"),
        ("MINSK (Reuters) - The ferry sails at noon.", "reuters.com"),
    ],
)
def test_a_stated_source_is_read(text: str, publisher: str) -> None:
    """By a word of reporting beside the name, a dateline, brackets or a closing line, in nine languages."""
    assert cited(text) == [publisher]


@pytest.mark.parametrize(
    "text",
    [
        "Паром отходит в полдень. Фото: ТАСС",
        "Prom odpływa w południe. fot. PAP",
        "Ранее ТАСС сообщал, что паром отходит в полдень.",
        "Paps podaje zupę z pap i sera.",
        "Журналист ТАСС упал за борт парома.",
        "The ferry sails at noon, the Ministry of Ferries reports.",
        "",
    ],
)
def test_what_only_names_somebody_is_no_source(text: str) -> None:
    """Photographs, earlier reports, words that look like names, people of an agency, and ministries by a phrase."""
    assert cited(text) == []


def test_only_lead_and_end_are_read() -> None:
    """In between a text quotes; a credit is kept with its phrase, once for each publisher."""
    filler = "Паром стоит у причала и ждёт пассажиров. " * 40
    assert cited(f"{filler}Это сообщает БелТА. {filler}") == []
    found = READER.read(f"Паром отходит, сообщает БелТА. {filler}\nИсточник: БелТА")
    assert found == (Credit("belta.by", "Паром отходит, сообщает БелТА."),)


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://eng.belta.by/", "belta.by"),
        ("https://tass.com/", "tass.ru"),
        ("https://www.mil.by/ru/", "mil.by"),
        ("https://function.mil.ru/", "mil.ru"),
        ("https://www.pravda.com.ua/", "pravda.com.ua"),
        ("https://president.gov.by/", "president.gov.by"),
        ("https://www.gov.uk/government/ministry-of-ferries/", "www.gov.uk/government/ministry-of-ferries"),
    ],
)
def test_editions_of_a_publisher_are_one(address: str, publisher: str) -> None:
    """By the domain, below a country's common labels; known sites of one publisher fall together."""
    assert publisher_of(address) == publisher
