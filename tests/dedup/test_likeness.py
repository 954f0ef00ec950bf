"""Two articles' evidence → measures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirewatch.dedup.evidence import Evidence, gather
from wirewatch.dedup.likeness import Likeness, measure

EMPTY = gather("", "")


def article(*names: str, days: str = "", language: str = "ru") -> Evidence:
    """Evidence with these names in its head, and days apart by spaces."""
    lower = tuple(name.casefold() for name in names)
    return replace(EMPTY, language=language, names=lower, head_names=lower, days=tuple(days.split()))


def test_measures_of_a_text_and_itself() -> None:
    """Nothing strange, everything shared; vectors by their direction."""
    found = gather(
        "Мост в Бресте закрыт", "Мост через реку Муховец в Бресте закрыт до 24 ноября.", encode=lambda _: (3.0, 4.0)
    )
    alike = measure(found, found)
    assert alike == Likeness(
        meaning=pytest.approx(1.0),
        headline_meaning=pytest.approx(1.0),
        wording=pytest.approx(1.0),
        strange_names=0.0,
        strange_words=0.0,
        other_days=False,
    )


def test_empty_texts_have_nothing_in_common_and_nothing_strange() -> None:
    """And nothing is divided by nothing."""
    assert measure(EMPTY, EMPTY) == Likeness(None, None, 0.0, 0.0, 0.5, other_days=False)


def test_words_are_compared_within_a_language_only() -> None:
    """An unknown language may be any."""
    ru, en = gather("Мост", "закрыт", language="ru"), gather("Bridge", "shut", language="en")
    unknown = replace(en, language=None)
    assert [measure(ru, other).wording for other in (en, unknown)] == [None, 0.0]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (article("Минск", "Хренин"), article("Минске", "Хрениным"), 0.0),
        (article("Минск", "Хренин"), article("Минск", "Вольфович"), 0.5),
        (article("Минск", "Хренин"), article("Минск"), 0.0),
        (article("Минск"), article("Рига"), 1.0),
        (article(), article("Рига"), 0.0),
        (article("Вашингтон", "Лукашенко"), article("Washington", "Lukashenko", language="en"), 0.0),
        (article("Вашингтон"), article("Waszyngtonie", language="pl"), 0.0),
        (article("Вашингтон"), article("Lisbon", language="en"), 1.0),
    ],
)
def test_names_are_strange_when_both_name_what_the_other_does_not(
    left: Evidence, right: Evidence, expected: float
) -> None:
    """Across alphabets too. One who names fewer is told nothing strange."""
    left, right = (replace(side, weights=dict.fromkeys((n[:5] for n in side.names), 1.0)) for side in (left, right))
    assert (measure(left, right).strange_names, measure(right, left).strange_names) == (expected, expected)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("8.11", "16.11", True),
        ("8.11", "9.11", False),
        ("8.11 16.11", "16.11 20.11", False),
        ("31.12", "1.1", False),
        ("31.12", "2.1", True),
        ("8.11", "", False),
        ("29.2", "1.3", False),
    ],
)
def test_days_are_others_when_none_is_near_another(left: str, right: str, expected: bool) -> None:
    """Neighbouring days are near, over the end of the year too."""
    pair = (article(days=left), article(days=right))
    assert (measure(*pair).other_days, measure(*reversed(pair)).other_days) == (expected, expected)
