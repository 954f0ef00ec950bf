from __future__ import annotations

import pytest

from wirewatch.tag.alphabet import decode, separated
from wirewatch.tag.fold import fold
from wirewatch.tag.phrase import check, compile_phrase, looked_for
from wirewatch.tag.scan import Scanner


def found(written: str, text: str, lists: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    """What a phrase matches, as folded text, in order."""
    folded = fold(text)
    phrases = [
        looked_for(phrase, [1.0] * len(phrase.anchors)) for phrase in compile_phrase(written, lists or {}, exact=False)
    ]
    hits = Scanner(phrases, range(len(phrases))).scan(folded, separated(folded.codes))
    return [decode(folded.codes[start:end]) for start, end, _ in sorted(hits)]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("Хренин", "Хренин и Хренина", ["хренин"]),
        ("дрон*", "дронами, дронавтикой", ["дронами"]),
        ("Союзн* государств*", "Союзного\u00a0«государства»", ['союзного "государства']),
        ("S-400", "S-400, S400, S – 400, S 400", ["s-400", "s400", "s - 400"]),
        ("Запад {year}", "Запад-2021 Запад — 2025 запад: 2021", ["запад-2021", "запад - 2025"]),
        ("Zapad {year}", "#zapad2025 Zapad'25 Zapad 1", ["zapad2025", "zapad'25"]),
        ("ЧВК ... Вагнер", "ЧВК «Вагнер», ЧВК имени некоего Вагнер", ['чвк "вагнер', "чвк имени некоего вагнер"]),
        ("НАТО", "в НАТО, HATO и Н.А.Т.О.; сенатор", ["нато", "hato", "н.а.т.о"]),
        ("НАТО", "Н А Т О и Н. А. Т. О., но не н а т о", ["н а т о", "н. а. т. о"]),
        ("саммит НАТО", "саммит Н.А.Т.О. саммит HATO", ["саммит н.а.т.о", "саммит hato"]),
        (
            "~группировка ~войско",
            "группировок войск; группировкой войска",
            ["группировок войск", "группировкой войска"],
        ),
        ("~захід", "Захід, заходу, на заході, західний", ["захід", "заходу", "заході"]),
        ("Russia's fleet", "Russia’s fleet", ["russia's fleet"]),
    ],
)
def test_a_phrase_matches_its_forms_and_no_more(written: str, text: str, expected: list[str]) -> None:
    """Endings, gaps, dashes, years, words between and acronyms with full stops match as the syntax says."""
    assert found(written, text) == expected


def test_a_list_stands_for_any_of_its_phrases_in_any_place() -> None:
    """A list matches wherever it is called, at the beginning of a phrase too."""
    lists = {"office": ("Минобороны", "министр* обороны"), "land": ("России", "РФ")}
    assert found("$office $land", "Минобороны РФ; министру обороны России; Минобороны США", lists) == [
        "минобороны рф",
        "министру обороны россии",
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "is empty"),
        ("*", "needs letters before it"),
        ("- слово", "needs letters before it"),
        ("сло*во", "stands at the end of a word"),
        ("~хренин", "no dictionary of ru or uk lists this word"),
        ("~союз*", "no dictionary of ru or uk lists this word"),
        ("Запад{year}", "stand alone"),
        ("{year} Запад", "must begin with a word"),
        ("Запад ...", "must begin with a word"),
    ],
)
def test_a_phrase_that_cannot_work_is_refused(written: str, message: str) -> None:
    """A phrase without letters, or with a misplaced mark, is a ValueError that says so."""
    with pytest.raises(ValueError, match=message):
        check(written)
