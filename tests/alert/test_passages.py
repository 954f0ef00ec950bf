"""The sentence around a mention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.alert.passages import ELLIPSIS, Hit, Passage, marked, passage_around, sentence_around, strongest_passage
from wirewatch.model import Mention


def at(text: str, surface: str, concept: str = "zapad-exercise", field: str = "body") -> Mention:
    start = text.index(surface)
    return Mention(concept, field, start, start + len(surface), surface)


@pytest.mark.parametrize(
    ("text", "surface", "sentence"),
    [
        ("Было тихо. Учение «Запад» идёт! Потом отбой.", "Запад", "Учение «Запад» идёт!"),
        (
            "Ген. А. Б. Петров о «Западе» сказал в 9 ч. утра. Всё.",
            "Западе",
            "Ген. А. Б. Петров о «Западе» сказал в 9 ч. утра.",
        ),
        ("«Это „Запад“?» — «Да.» Конец.", "Запад", "«Это „Запад“?»"),
        ("Rozmawiał gen. Nowak o Zapad. Potem cisza.", "Zapad", "Rozmawiał gen. Nowak o Zapad."),
        (
            "Near 3.5 km of road, Zapad began... and went on. End.",
            "Zapad",
            "Near 3.5 km of road, Zapad began... and went on.",
        ),
        ("Заголовок без точки\nЗдесь «Запад»\nИ дальше", "Запад", "Здесь «Запад»"),
        ("Первая часть. ОДКБ\nи Запад вместе. Конец.", "ОДКБ\nи Запад", "ОДКБ\nи Запад вместе."),
        ("Запад", "Запад", "Запад"),
        ("  Запад.  ", "Запад", "Запад."),
    ],
)
def test_sentence(text: str, surface: str, sentence: str) -> None:
    """A sentence ends at its mark or at a line break, not at a shortened word, an initial or a number."""
    mention = at(text, surface)
    start, end = sentence_around(text, mention.start, mention.end)
    assert text[start:end] == sentence


def test_long_sentence_is_cut_at_words() -> None:
    """A sentence beyond the limit is cut at words on both sides, says so, and keeps the hit's place."""
    text = "слово " * 200 + "учение Запад " + "потом " * 200
    passage = passage_around(text, at(text, "Запад"), [], limit=60)
    assert passage == Passage(
        "body",
        "…слово слово слово учение Запад потом потом потом потом…",
        (Hit(25 + 1, 30 + 1, "zapad-exercise"),),
    )


def test_word_without_end() -> None:
    """Text without a space is cut hard rather than shown whole."""
    text = "ы" * 5000 + "Запад" + "ы" * 5000
    passage = passage_around(text, at(text, "Запад"), [], limit=60)
    assert len(passage.text) == 62
    assert [passage.text[hit.start : hit.end] for hit in passage.hits] == ["Запад"]


def test_line_break_in_a_mention() -> None:
    """A mention that runs over a line break is shown on one line, with its place kept."""
    text = "Союзное\nгосударство живёт."
    assert passage_around(text, at(text, "Союзное\nгосударство"), []) == Passage(
        "body", "Союзное государство живёт.", (Hit(0, 19, "zapad-exercise"),)
    )


def test_strongest() -> None:
    """The sentence with the most different concepts wins, the earlier of equals; the title only when alone."""
    body = "Запад, Запад, Запад. Здесь Запад и ОДКБ. Ещё ОДКБ и Запад."
    here = body.index("Здесь")
    mentions = [
        Mention("zapad-exercise", "body", here + 6, here + 11, "Запад"),
        at(body, "Запад"),
        at(body, "ОДКБ", "csto"),
        at("О Западе", "Западе", field="title"),
    ]
    assert strongest_passage("О Западе", body, mentions) == Passage(
        "body", "Здесь Запад и ОДКБ.", (Hit(6, 11, "zapad-exercise"), Hit(14, 18, "csto"))
    )
    assert strongest_passage("О Западе", body, mentions[3:]) == Passage(
        "title", "О Западе", (Hit(2, 8, "zapad-exercise"),)
    )
    assert strongest_passage("О Западе", body, []) is None


def test_marked_pieces() -> None:
    """Overlapping hits are one piece, touching ones two, and the pieces join to the text."""
    passage = Passage(
        "body", "учение Запад-31 и ОДКБ", (Hit(0, 15, "a"), Hit(7, 12, "b"), Hit(18, 20, "c"), Hit(20, 22, "d"))
    )
    assert marked(passage) == (("учение Запад-31", True), (" и ", False), ("ОД", True), ("КБ", True))


@given(st.text(alphabet=" .«»\nаБ1!", max_size=300), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    """Whatever the text, a passage keeps its limit, marks what was mentioned, and its pieces join to it."""
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(min(start + 1, len(text)), min(len(text), start + 20)))
    passage = passage_around(text, Mention("c", "body", start, end, text[start:end]), [], limit=40)
    assert len(passage.text.strip(ELLIPSIS)) <= 40
    assert "".join(piece for piece, _ in marked(passage)) == passage.text
    for hit in passage.hits:
        assert passage.text[hit.start : hit.end] == "".join(" " if c.isspace() else c for c in text[start:end])
