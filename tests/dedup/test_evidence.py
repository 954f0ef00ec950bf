"""Articles → what is compared of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.dedup.evidence import ENCODED, NAMES_KEPT, WORDS_KEPT, Evidence, gather, keys

TITLE = "Брестская область: мост через Муховец закрыт до 24 ноября"
BODY = (
    "Мост через реку Муховец закроют на 36 дней, сообщил начальник дистанции Пётр Ковалёв. "
    "Объезд пройдёт через Каменец. Ремонт стоит 12 500 рублей за метр и 4,5 млн рублей в целом."
)


def fake(text: str) -> Sequence[float]:
    """A vector that tells texts apart."""
    return (len(text) / 1000, 0.5, -1.0)


def test_evidence_of_an_article() -> None:
    """Names are capitals inside sentences, those that open one apart; numbers and days are those of the head."""
    found = gather(TITLE, BODY, language="ru")
    assert (found.names, found.head_names) == (
        ("муховец", "петр", "ковалев", "каменец"),
        ("муховец", "петр", "ковалев", "каменец"),
    )
    assert found.head_capitals == ("брестская", "мост", "обезд", "ремонт")
    assert (found.head_numbers, found.days) == (("24", "36", "12500", "4.5"), ("24.11",))
    assert found.headline == ("брест", "облас", "мост", "через", "мухов", "закри", "ноябр")
    assert (found.language, found.lead_vector, found.headline_vector) == ("ru", None, None)
    assert found.weights["мухов"] > found.weights["мост"] > found.weights["ремон"]


def test_vectors_are_made_of_the_headline_and_the_lead() -> None:
    """And of no more than their beginning; each number is kept in a byte."""
    asked: list[str] = []

    def encode(text: str) -> Sequence[float]:
        asked.append(text)
        return fake(text)

    found = gather(TITLE, BODY * 20, encode=encode)
    assert asked == [f"{TITLE}. {BODY * 20}"[:ENCODED], TITLE]
    assert (found.lead_vector, found.headline_vector) == (bytes([64, 64, 129]), bytes([7, 64, 129]))


def test_a_body_that_opens_with_its_headline_says_it_once() -> None:
    """Some extractors leave it there."""
    assert gather(TITLE, f"{TITLE}\n{BODY}") == gather(TITLE, BODY)


def test_without_a_headline_the_first_words_stand_for_it() -> None:
    """Telegrams have none."""
    assert gather("", BODY).headline == ("мост", "через", "реку", "мухов", "закро", "начал", "диста", "петр")


def test_a_headline_in_title_case_names_nobody_by_its_capitals() -> None:
    """Its capitals are kept apart, and count where a text has the same names."""
    found = gather("Army Chief Visits Border Town", "The chief of staff came to Kobryn on Tuesday.")
    assert (found.head_names, found.head_capitals) == (
        ("kobryn", "tuesday"),
        ("army", "chief", "visits", "border", "town", "the"),
    )


def test_what_machines_left_in_a_text_is_no_evidence() -> None:
    """Addresses and moments written for machines open some texts."""
    plain = gather("", f"2026-11-24T10:00:00+03:00https://news.example/logo.png {BODY}")
    assert plain == gather("", BODY)


@pytest.mark.parametrize(
    "day", ["24 ноября", "Nov. 24", "November 24", "lapkričio 24 d.", "24 listopada", "24 лістапада"]
)
def test_days_are_read_in_all_languages(day: str) -> None:
    """Day and month, in either order."""
    assert gather("", f"x {day} x").days == ("24.11",)


def test_evidence_is_stored_as_json_and_comes_back() -> None:
    """Nothing is lost on the way."""
    for found in (gather(TITLE, BODY, language="ru", encode=fake), gather("", "")):
        assert Evidence.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_articles_of_one_event_meet_by_their_keys() -> None:
    """Across alphabets by names; articles of other things do not meet."""
    russian = set(keys(gather(TITLE, BODY, language="ru")))
    english = gather("Mukhavets bridge shut", "The bridge over the Mukhavets near Kamenets is shut.", language="en")
    other = gather("Погода", "Завтра на севере ожидается снег, ветер усилится.", language="ru")
    assert (russian & set(keys(english)), russian & set(keys(other))) == ({"~mhvs", "~kmns"}, set())


@pytest.mark.parametrize(
    "hostile",
    [
        "Ы" * 200_000,
        "1 000" * 50_000,
        "А-" * 100_000,
        "Ab " * 100_000,
        "«" * 100_000,
        "\u0301" * 100_000,
        "\ud800 " * 50_000,
    ],
    ids=["one word", "one number", "hyphens", "names", "quotes", "marks", "surrogates"],
)
def test_hostile_texts_cost_no_more_than_others(hostile: str) -> None:
    """What is kept is bounded, and so is what is looked at."""
    found = gather(hostile[:300], hostile, encode=fake)
    assert len(found.weights) <= WORDS_KEPT
    assert len(found.names) <= NAMES_KEPT
    assert gather(hostile[:300], hostile[:20_000], encode=fake) == found


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_has_evidence(body: str, title: str) -> None:
    """Nothing raises, and storing loses nothing but what JSON cannot hold."""
    found = gather(title, body, encode=fake)
    assert Evidence.from_json(found.to_json()) == found
    assert len(keys(found)) <= 20 * 3
