"""Two versions of an article → what changed, each thing by its name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.dedup.changes import MOST_PASSAGES, Comparison, Version, compare_versions
from wirewatch.dedup.furniture import fold_paragraph
from wirewatch.model import ArticleChange, ChangeKind, Mention

NAUGHTY = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites" / "blns" / "blns.json"

TITLE = "Переправа через Лесную наведена"
BODY = (
    "Инженерная рота навела переправу за сорок минут, сообщили в штабе сборов.\n"
    "Учения ОДКБ под Верасовой продолжатся до конца недели, движение по мосту закрыто.\n"
    "Наблюдатели прибыли утром и осмотрели парк. На переправе ранены 12 человек. Их доставили в город."
)
NAMES = {"csto": r"ОДКБ|CSTO", "nato": r"НАТО"}

UNCHANGED = Comparison((), furniture=False)
FURNITURE = Comparison((), furniture=True)


def version(body: str = BODY, title: str = TITLE) -> Version:
    """An article with the mentions in it."""
    return Version(
        title,
        body,
        tuple(
            Mention(concept, field, found.start(), found.end(), found[0])
            for concept, names in NAMES.items()
            for field, text in (("title", title), ("body", body))
            for found in re.finditer(names, text)
        ),
    )


def edit(before: str, after: str) -> Comparison:
    """What is found when these words of the body change."""
    assert before in BODY
    return compare_versions(version(), version(BODY.replace(before, after)))


def changes(*found: ArticleChange) -> Comparison:
    return Comparison(found, furniture=False)


def test_nothing_changed() -> None:
    """The same version twice is no change, nor furniture."""
    assert compare_versions(version(), version()) == UNCHANGED


def test_one_word() -> None:
    """An edit has the words, the paragraph and the sentence around them."""
    sentence = "Наблюдатели прибыли вечером и осмотрели парк."
    assert edit("утром", "вечером") == changes(
        ArticleChange(ChangeKind.EDITED, "утром", "вечером", paragraph=3, passage=sentence)
    )


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("12 человек", "2 человека", ("12", "2")),
        ("12 человек", "12,5 млн человек", ("12", "12,5 млн")),
        ("ранены 12 человек", "ранен 1 человек", ("12", "1")),
        ("12 человек", "два человека", ("12", "два")),
        ("12 человек", "1 200 человек", ("12", "1 200")),
    ],
)
def test_a_number_alone(before: str, after: str, numbers: tuple[str, str]) -> None:
    """A sentence that differs in a number, and in the forms that it asks for, is a changed number and no edit."""
    sentence = "На переправе ранены 12 человек.".replace(before, after)
    assert edit(before, after) == changes(ArticleChange(ChangeKind.NUMBER, *numbers, paragraph=3, passage=sentence))


@pytest.mark.parametrize(
    ("old", "new", "numbers"),
    [
        ("It sent 1,200 men.", "It sent 1,500 men.", [("1,200", "1,500")]),
        ("Потери — 12 млн рублей.", "Потери — 12 млрд рублей.", [("12 млн", "12 млрд")]),
        ("Wysłano 12 tys. ludzi.", "Wysłano 2 tys. ludzi.", [("12 tys", "2 tys")]),
        ("Rannych: 10–15 osób.", "Rannych: 12–16 osób.", [("10", "12"), ("15", "16")]),
        ("Kohal oli kaks laeva.", "Kohal oli kolm laeva.", [("kaks", "kolm")]),
        ("Three soldiers were hurt.", "Four soldiers were hurt.", [("Three", "Four")]),
        ("Загинув один боєць.", "Загинуло двоє бійців.", None),  # no form of one word: told as an edit
        ("Погибли 12 военных утром.", "Погибли 2 военных вечером.", None),
        ("Счёт 5.", "Счёт пять.", []),
        ("Всего 1 200.", "Всего 1200.", []),
    ],
)
def test_numbers_in_all_their_forms(old: str, new: str, numbers: list[tuple[str, str]] | None) -> None:
    """Groups, decimals, multiples, ranges and words; another word in the sentence makes it an edit instead."""
    found = compare_versions(version(old), version(new)).changes
    if numbers is None:
        assert [change.kind for change in found] == [ChangeKind.EDITED]
    else:
        assert [(change.kind, change.before, change.after) for change in found] == [
            (ChangeKind.NUMBER, *pair) for pair in numbers
        ]


def test_a_headline_and_a_number_in_it() -> None:
    """Both are told; case, quotes, dashes and blanks are not."""
    old, new = version(title="Ранены 12 человек"), version(title="Ранены 2 человека")
    assert compare_versions(old, new) == changes(
        ArticleChange(ChangeKind.HEADLINE, "Ранены 12 человек", "Ранены 2 человека", passage="Ранены 2 человека"),
        ArticleChange(ChangeKind.NUMBER, "12", "2", passage="Ранены 2 человека"),
    )
    plain, set_otherwise = version(title="Учения «Щит» - начались"), version(title='УЧЕНИЯ "Щит" —  начались')
    assert compare_versions(plain, set_otherwise) == FURNITURE


def test_a_concept_that_goes_with_its_word() -> None:
    """It comes beside the edit, with its paragraph and the sentence as it was."""
    sentence = BODY.split("\n")[1]
    assert edit("Учения ОДКБ", "Учения") == changes(
        ArticleChange(ChangeKind.EDITED, "ОДКБ", None, paragraph=2, passage=sentence),
        ArticleChange(ChangeKind.CONCEPT_REMOVED, "ОДКБ", None, "csto", paragraph=2, passage=sentence),
    )


def concepts(old: Version, new: Version) -> list[tuple[str, str | None, int | None]]:
    """Kind, concept and paragraph of what came and went."""
    return [
        (change.kind.value, change.concept, change.paragraph)
        for change in compare_versions(old, new).changes
        if change.concept
    ]


def test_a_concept_that_stays_elsewhere() -> None:
    """It is removed from the paragraph that was rewritten or dropped, and is not added to another that mentions it."""
    more = BODY + "\nПредставитель ОДКБ следил за погрузкой."
    assert concepts(version(more), version(more.replace("Учения ОДКБ", "Учения"))) == [("concept-removed", "csto", 2)]
    dropped = "\n".join(line for line in more.split("\n") if "Верасовой" not in line)
    assert concepts(version(more), version(dropped)) == [("concept-removed", "csto", 2)]
    assert concepts(version(BODY), version(more)) == []
    titled = version(title="Рота ОДКБ навела переправу")
    assert concepts(titled, version()) == [("concept-removed", "csto", None)]


def test_a_concept_that_stood_in_several_places() -> None:
    """Gone from all of them it is one row, of the whole article; so is one that came into several."""
    more = BODY + "\nПредставитель ОДКБ следил за погрузкой."
    assert concepts(version(more), version(more.replace("ОДКБ", "союза"))) == [("concept-removed", "csto", None)]
    assert concepts(version(more.replace("ОДКБ", "союза")), version(more)) == [("concept-added", "csto", None)]


def test_a_concept_that_words_elsewhere_make_or_unmake() -> None:
    """A mention that comes or goes where no word changed is no change of the article."""
    new = BODY.replace("утром", "вечером")
    assert concepts(version(), Version(TITLE, new)) == []


def test_a_new_concept_in_a_new_paragraph() -> None:
    """With its paragraph; the edit has the paragraph's words."""
    line = "Наблюдал и представитель НАТО."
    assert compare_versions(version(), version(f"{BODY}\n{line}")) == changes(
        ArticleChange(ChangeKind.EDITED, None, line, paragraph=4, passage=line),
        ArticleChange(ChangeKind.CONCEPT_ADDED, None, "НАТО", "nato", paragraph=4, passage=line),
    )


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace(" ", "\u00a0").replace(",", " –"),
        BODY.replace("\n", " "),
        BODY.replace(". ", ".\n"),
        "\n".join(reversed(BODY.split("\n"))),
        f"{BODY}\nПросмотров: 15",
        f"Обновлено 24 ноября в 14:05\n{BODY}\nЧитайте также: ОДКБ и НАТО обменялись письмами",
        BODY.replace("закрыто.", "закрыто. Подписывайтесь на наш Telegram-канал."),
        f"{BODY}\nЧитайте также:\nНАТО ответило на письмо\nРанены 2 человека",
        f"{BODY}\nГазета «Застава» выходит по средам.",
    ],
)
def test_what_is_no_change_of_the_text(body: str) -> None:
    """Typography, another cut or order of paragraphs, and furniture with all that is mentioned in it."""
    template = {fold_paragraph("Газета «Застава» выходит по средам.")}
    assert compare_versions(version(), version(body), template=template) == FURNITURE
    assert compare_versions(version(body), version(), template=template) == FURNITURE


def test_furniture_beside_an_edit_is_not_told() -> None:
    """Only the edit is, and its paragraph is counted as the reader counts."""
    old, new = f"Просмотров: 12\n{BODY}", f"Просмотров: 99\n{BODY.replace('утром', 'вечером')}"
    assert [
        (change.kind.value, change.after, change.paragraph)
        for change in compare_versions(version(old), version(new)).changes
    ] == [("edited", "вечером", 4)]


def test_a_rewritten_article_has_a_bounded_number_of_rows() -> None:
    """Above the cap, what is left is one row."""
    old = "\n".join(f"Старый абзац номер {'а' * at} стоял тут." for at in range(1, 200))
    new = "\n".join(f"Новое известие {'б' * at} легло сюда!" for at in range(1, 200))
    found = compare_versions(version(old), version(new)).changes
    assert len(found) == MOST_PASSAGES + 1


WORDS = st.sampled_from(
    ["ОДКБ", "НАТО", "12", "2", "человек", "мост", "Просмотров:", ". ", "\n", " ", "Читайте также:"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map(" ".join))
def test_changes_say_what_there_is(old: str, new: str) -> None:
    """Rows name words of the versions; no change without a difference; furniture only without changes."""
    found = compare_versions(version(old), version(new))
    assert found.furniture is (old != new and not found.changes)
    for change in found.changes:
        for words, text in ((change.before, old), (change.after, new)):
            assert words is None or words in " ".join(text.split())


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/suites is not there")
def test_naughty_strings_are_compared() -> None:
    """Whatever the characters, a comparison comes back, and a text beside itself has no change."""
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    for old, new in zip(strings, [*strings[1:], strings[0]], strict=True):
        assert compare_versions(version(old, new), version(old, new)) == UNCHANGED
        assert isinstance(compare_versions(version(old, old), version(new, new)), Comparison)
