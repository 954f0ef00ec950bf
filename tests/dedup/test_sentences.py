"""What a copy says otherwise, sentence by sentence."""

from __future__ import annotations

import pytest

from wirewatch.dedup.sentences import Change, SentenceChange, changed_sentences, sentences

NAMES = ("БелТА", "РИА Новости", "PAP")
ORIGINAL = (
    "Паром вышел из порта утром. На борту было 300 человек. Капитан И. П. Лоцман вёл его сам.\n"
    "Рейс продлился два часа. По прибытии всех накормили."
)


@pytest.mark.parametrize(
    "copy",
    [
        ORIGINAL,
        ORIGINAL.replace(".", " !").replace("\n", " "),
        "МИНСК, 24 ноя — РИА Новости. " + ORIGINAL,
        ORIGINAL.replace("утром.", "утром, сообщает БелТА."),
        ORIGINAL + " Об этом сообщает агентство БелТА.",
    ],
)
def test_a_copy_that_says_the_same_has_no_changes(copy: str) -> None:
    """Punctuation, line breaks, a dateline and source lines change nothing, in either direction."""
    assert changed_sentences(ORIGINAL, copy, names=NAMES) == ()
    assert changed_sentences(copy, ORIGINAL, names=NAMES) == ()


def test_changed_added_and_dropped_sentences_are_shown() -> None:
    """Each as it is written; a changed one with what it was."""
    copy = "Паром вышел из порта утром. На борту было 12 человек. Рейс продлился два часа. Море было спокойным."
    assert changed_sentences(ORIGINAL, copy, names=NAMES) == (
        SentenceChange(Change.CHANGED, "На борту было 12 человек.", "На борту было 300 человек."),
        SentenceChange(Change.ADDED, "Море было спокойным."),
        SentenceChange(Change.DROPPED, "Капитан И. П. Лоцман вёл его сам."),
        SentenceChange(Change.DROPPED, "По прибытии всех накормили."),
    )


def test_a_new_name_is_a_change_and_no_credit() -> None:
    """Only words that say where a text is from are passed over."""
    (change,) = changed_sentences(ORIGINAL, ORIGINAL.replace("утром", "утром вопреки запрету"), names=NAMES)
    assert (change.change, change.was) == (Change.CHANGED, "Паром вышел из порта утром.")


def test_abbreviations_and_initials_end_no_sentence() -> None:
    """A full stop before a small letter or behind an initial goes on."""
    text = "Прибыл ген. лейтенант И. П. Лоцман. «Всё готово», — сказал он. Потом ушёл."
    assert sentences(text) == ["Прибыл ген. лейтенант И. П. Лоцман.", "«Всё готово», — сказал он.", "Потом ушёл."]
