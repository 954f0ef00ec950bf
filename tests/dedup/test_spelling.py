"""Words → what they are compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.dedup.function_words import is_function_word
from wirewatch.dedup.spelling import STEM, plain, skeleton, spellings, stem


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("учения", "Учений"),
        ("навучэнні", "навучэннях"),
        ("ćwiczenia", "cwiczeniami"),
        ("pratybos", "PRATYBŲ"),
        ("Минобороны", "Міноборони"),
        ("партнёры", "партнерами"),
    ],
)
def test_forms_of_a_word_have_one_stem(first: str, second: str) -> None:
    """Endings, case, accents, ё and the letters of Ukrainian and Belarusian make no other word."""
    assert stem(first) == stem(second)


@pytest.mark.parametrize(
    ("one", "english", "other"),
    [
        ("Вашингтон", False, "Waszyngton"),
        ("Washington", True, "Вашингтон"),
        ("Лукашенко", False, "Łukaszenka"),
        ("Lukashenko", True, "Лукашэнка"),
        ("Szumowski", False, "Шумовский"),
        ("Černihiv", False, "Чернігів"),
        ("Chernihiv", True, "Чернигов"),
        ("Johnson", True, "Джонсон"),
        ("Зеленський", False, "Зеленский"),
        ("Putinem", False, "Путиным"),
    ],
)
def test_a_name_is_one_name_in_any_alphabet(one: str, english: bool, other: str) -> None:
    """Transliterations and endings share a spelling of the skeleton."""
    first = spellings(skeleton(plain(one), english=english))
    assert not set(first).isdisjoint(spellings(skeleton(plain(other))))


@pytest.mark.parametrize(("one", "other"), [("Путин", "Пентагон"), ("Минск", "Москва"), ("Киев", "Кишинёв")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    """A skeleton is coarse, not blind."""
    assert set(spellings(skeleton(plain(one)))).isdisjoint(spellings(skeleton(plain(other))))


def test_names_of_few_consonants_are_compared_by_their_beginning() -> None:
    """Duda and Dodo have the same consonants, and are two."""
    assert skeleton(plain("Иран")) == skeleton(plain("Iranu")) == "=iran"
    assert skeleton(plain("Duda")) != skeleton(plain("Dodo"))


def test_numbers_are_their_own_stems() -> None:
    """A long number is not cut to its beginning."""
    assert (stem("1234567"), stem("Т-90М")) == ("1234567", "т90м")


def test_grammar_and_the_words_of_reporting_say_nothing() -> None:
    """Whatever the form in which they stand; a word that only begins like one of them says something."""
    said = ("сообщает", "Сообщениями", "который", "said", "Under", "jest", "yra", "слова")
    assert [word for word in said if not is_function_word(plain(word))] == []
    assert [
        word for word in ("ракета", "Словакия", "Сталинград", "Undersecretary") if is_function_word(plain(word))
    ] == []


@given(st.text(max_size=60))
def test_any_text_has_a_stem_and_a_skeleton(word: str) -> None:
    """Nothing raises, and nothing grows."""
    key = stem(word)
    assert len(key) <= STEM or key[0].isdigit()
    assert all(spellings(skeleton(plain(word))))
