"""Two versions → their difference: what the parts are, that they lose nothing, and that hostile texts cost little."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.dedup.alignment import agreeing_runs
from wirewatch.dedup.word_diff import Fate, Part, PartKind, TextDiff, word_diff

NAUGHTY = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites" / "blns" / "blns.json"

FIRST = "Сводная рота вышла к переправе на рассвете и заняла оба берега."
SECOND = "Понтонный парк прибыл позже, его собрали за сорок минут."
THIRD = "Комендант закрыл мост для гражданских машин до вечера."


def told(diff: TextDiff) -> list[tuple[str, tuple[int, ...], tuple[int, ...], str]]:
    """Fate, paragraphs of either side, and the words with marks around what went and came."""
    marks = {PartKind.SAME: "{}", PartKind.REMOVED: "[-{}-]", PartKind.ADDED: "[+{}+]"}
    return [
        (
            block.fate.value,
            block.old,
            block.new,
            "".join(marks[part.kind].format(part.after or part.before) for part in block.parts),
        )
        for block in diff.blocks
    ]


def rebuilt(diff: TextDiff, side: str) -> str:
    """A text put together from the parts, each where it says it stands; what no part has is white space."""
    text = diff.old if side == "before" else diff.new
    places: dict[int, str] = {}
    for block in diff.blocks:
        for part in block.parts:
            start = part.old_start if side == "before" else part.new_start
            for at, character in enumerate(getattr(part, side), start):
                assert at not in places
                places[at] = character
    return "".join(places.get(at, character if character.isspace() else "?") for at, character in enumerate(text))


def test_a_changed_word_is_shown_in_its_paragraph() -> None:
    """One word went and one came, with their places in either text."""
    old, new = f"{FIRST}\n{SECOND}", f"{FIRST}\n{SECOND.replace('позже', 'вовремя')}"
    diff = word_diff(old, new)
    assert told(diff) == [
        ("same", (1,), (1,), FIRST),
        ("changed", (2,), (2,), "Понтонный парк прибыл [-позже-][+вовремя+], его собрали за сорок минут."),
    ]
    assert diff.blocks[1].parts[1:3] == (
        Part(PartKind.REMOVED, "позже", "", old.index("позже"), new.index("вовремя"), 2, None),
        Part(PartKind.ADDED, "", "вовремя", old.index("позже") + 5, new.index("вовремя"), None, 2),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Учения ОДКБ под Верасовой.", "Учения под Верасовой.", "Учения [-ОДКБ -]под Верасовой."),
        ("Учения под Верасовой.", "Учения ОДКБ под Верасовой.", "Учения [+ОДКБ +]под Верасовой."),
        ("Мост закрыт, сказал комендант.", "Мост закрыт.", "Мост закрыт[-, сказал комендант-]."),
        ("Утром мост закрыт.", "Мост закрыт.", "[-Утром -]Мост закрыт."),
    ],
)
def test_a_word_takes_its_blank_along(old: str, new: str, expected: str) -> None:
    """What stays reads as the new text does, without a blank too many or too few."""
    assert [words for *_, words in told(word_diff(old, new))] == [expected]


def test_moved_paragraphs_are_no_edit() -> None:
    """The one that left the others' order is moved, and no word is marked."""
    diff = word_diff(f"{FIRST}\n{SECOND}\n{THIRD}", f"{THIRD}\n{FIRST}\n{SECOND}")
    assert told(diff) == [
        ("moved", (3,), (1,), THIRD),
        ("same", (1,), (2,), FIRST),
        ("same", (2,), (3,), SECOND),
    ]
    assert not diff.differs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{FIRST} {SECOND}\n{THIRD}", f"{FIRST}\n{SECOND} {THIRD}"),
        (f"{FIRST}\n{SECOND}\n{THIRD}", f"{FIRST} {SECOND} {THIRD}"),
        (f"{FIRST} {SECOND} {THIRD}", f"{FIRST}\n\n{SECOND}\n{THIRD}\n"),
        (FIRST, f"  {FIRST.replace(' ', chr(160))}  "),
        ("«Буря-3» — учения: 1 200 человек, 12,5 км", "„Буря–3” - Учения; 1200 человек (12.5 км)"),
        ("Щит ещё стоит.", "Щи\u0301т еще\u00ad стоит…"),
        ("об'єднання", "об’єднання"),
    ],
)
def test_typography_and_other_paragraphs_are_no_edit(old: str, new: str) -> None:
    """Quotes, dashes, commas, case, blanks, ё, stress marks, digit groups and the cut of paragraphs change nothing."""
    assert not word_diff(old, new).differs


@pytest.mark.parametrize(
    ("old", "new"),
    [("12,5 км", "125 км"), ("рост 5", "рост -5"), ("5 %", "5"), ("Мост закрыт.", "Мост закрыт?"), ("$5", "€5")],
)
def test_what_changes_the_sense_is_an_edit(old: str, new: str) -> None:
    """A decimal, a minus, a percent or currency sign and a question mark count as words do."""
    assert word_diff(old, new).differs


def test_dropped_and_added_paragraphs_stand_where_they_stood() -> None:
    """A dropped paragraph comes behind the one it followed."""
    new = "Совсем иное известие пришло из столицы к полуночи."
    diff = word_diff(f"{FIRST}\n{SECOND}\n{THIRD}", f"{FIRST}\n{THIRD}\n{new}")
    assert [(block.fate, block.old, block.new) for block in diff.blocks] == [
        (Fate.SAME, (1,), (1,)),
        (Fate.REMOVED, (2,), ()),
        (Fate.SAME, (3,), (2,)),
        (Fate.ADDED, (), (3,)),
    ]


TEXTS = st.lists(
    st.sampled_from([*"abcdefgh", " ", "\n", "\n\n", "«", "12", "1 200", "—", "ё", "\u0301", ". ", "\u00a0", "\r"]),
    max_size=60,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(TEXTS | st.text(max_size=80), TEXTS | st.text(max_size=80))
def test_the_parts_give_both_texts_back(old: str, new: str) -> None:
    """Each character but white space between paragraphs lies in exactly one part; equal texts have no difference."""
    diff = word_diff(old, new)
    assert rebuilt(diff, "before") == old
    assert rebuilt(diff, "after") == new
    assert not word_diff(old, old).differs


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_runs_are_common_and_in_order(left: list[str], right: list[str]) -> None:
    """Each run says the same on both sides, and none overlaps the one before; nothing in common is next to a run."""
    last = (0, 0)
    for run in agreeing_runs(left, right):
        assert run.size > 0
        assert (run.left >= last[0], run.right >= last[1]) == (True, True)
        assert left[run.left : run.left + run.size] == right[run.right : run.right + run.size]
        last = (run.left + run.size, run.right + run.size)


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/suites is not there")
def test_naughty_strings_are_compared_without_loss() -> None:
    """Whatever the characters, the parts give both texts back."""
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    for old, new in zip(strings, [*strings[1:], strings[0]], strict=True):
        diff = word_diff(old, new)
        assert (rebuilt(diff, "before"), rebuilt(diff, "after")) == (old, new)


HOSTILE = {
    "one word": ("x" * 300_000, "x" * 300_001),
    "two words over and over": ("a b " * 50_000, "b a " * 50_001),
    "paragraphs that share all words": ("\n".join(["a b c d e f"] * 9_000), "\n".join(["f e d c b a g"] * 9_000)),
    "a word in every paragraph": (
        "\n".join(f"a {n}" for n in range(9_000)),
        "\n".join(f"a -{n}" for n in range(9_000)),
    ),
    "line breaks": ("\n" * 300_000, "\n" * 299_999),
    "random words": tuple(" ".join(random.Random(seed).choices("abcdefgh", k=60_000)) for seed in (1, 2)),
    "stress marks": ("a" + "\u0301" * 200_000, "b"),
    "apostrophes": ("a'" * 100_000, "a'" * 100_001),
    "digits": ("1 " * 100_000, "111 " * 100_000),
}


@pytest.mark.timeout(60)  # a quadratic reader takes an hour on these; seconds are no part of the claim
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_cost_little_and_lose_nothing(name: str) -> None:
    """Texts made to cost much end, and their parts give them back."""
    old, new = HOSTILE[name]
    diff = word_diff(old, new)
    assert (rebuilt(diff, "before"), rebuilt(diff, "after")) == (old, new)
