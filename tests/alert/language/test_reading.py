"""Words of texts, and where they stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alert.language.articles import READER


@given(st.text(st.sampled_from("аБёЁйE\u0301éßﬁСc'’ʼ-–—­ \n<>b&;0…№İǅ가中"), max_size=30))
@settings(max_examples=500, deadline=None)
def test_each_word_stands_where_it_says(text: str) -> None:
    """There are as many places as words; they ascend, and what stands there holds letters or digits."""
    read = READER.read(text)
    assert len(read.keys) == len(read.spans)
    assert read.spans == sorted(read.spans)
    for start, end in read.spans:
        assert 0 <= start < end <= len(text)


def test_words_are_runs_of_letters_and_digits() -> None:
    """Case, quotes, dashes, ё and accents of one letter are equal; a hyphen parts words."""
    read = READER.read("Учёния «Запад‑2031»: С-400, об’єкт")
    assert read.keys == ["учения", "запад", "2031", "с", "400", "об", "єкт"]
    assert [read.original[start:end] for start, end in read.spans] == [
        "Учёния",
        "Запад",
        "2031",
        "С",
        "400",
        "об",
        "єкт",
    ]


def test_places_to_words() -> None:
    """A stretch of text is known by the first and the last word that it touches."""
    read = READER.read("a bc-d , e")
    assert read.numbers(2, 6) == (1, 2)
    assert read.numbers(3, 4) == (1, 1)
    assert read.numbers(6, 9) is None
    assert read.numbers(7, 10) == (3, 3)


def test_the_lead_is_two_sentences_after_any_dateline() -> None:
    """A dateline and a picture's credit are no sentences of the lead."""
    body = "МИНСК, 5 сентября.\nПервое предложение этого текста. Второе предложение в нём. Третье уже дальше."
    read = READER.read(body)
    start, end = read.spans[read.lead_end]
    assert read.original[start:end] == "Третье"
    assert READER.read("Одно короткое.").lead_end == 2
    assert READER.read("").lead_end == 0
