from __future__ import annotations

import pytest

from wirewatch.tag.inflection import forms_of


def test_a_word_becomes_all_its_forms() -> None:
    """Case forms with their vowels that come and go; both spellings of ё; no comparatives."""
    assert {"группировка", "группировок", "группировками"} <= set(forms_of("группировка"))
    assert {"союзный", "союзная", "союзного", "союзных"} <= set(forms_of("союзный"))
    assert "союзнее" not in forms_of("союзный")
    assert set(forms_of("маневр")) >= {"манёвр", "манёврами", "маневрами"}


def test_a_word_of_two_languages_has_the_forms_of_both() -> None:
    """«Союз» is inflected as a Russian and as a Ukrainian word."""
    assert {"союзы", "союзами", "союзові", "союзів"} <= set(forms_of("союз"))


@pytest.mark.parametrize(("word", "form"), [("Захід", "Заході"), ("ЗАПАД", "ЗАПАДЕ"), ("рада", "раді")])
def test_capitals_stay_as_written(word: str, form: str) -> None:
    """A capital at the beginning, or all through, is in every form."""
    assert form in forms_of(word)


@pytest.mark.parametrize("word", ["хренин", "союза", "zapad", "союз*", ""])
def test_what_no_dictionary_lists_is_refused(word: str) -> None:
    """A word that would have to be guessed, or that is not in its first form, is a ValueError."""
    with pytest.raises(ValueError, match="no dictionary"):
        forms_of(word)
