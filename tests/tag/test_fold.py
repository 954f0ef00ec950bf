from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.tag.characters import in_other_script
from wirewatch.tag.fold import fold

SUITES = Path(__file__).resolve().parents[3] / "shared" / "suites"

# Any code points, lone surrogates among them, and often those that folding treats in a way of its own.
ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("аоeЁё\u0301\u0306йїўЗ3-–‑\n\u00ad\u200b\u00a0«»&;#quotſßİﬁ½ŁłСC"),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ШОЙГУ", "шойгу"),
        ("Ёлка", "елка"),
        ("Белоу\u0301сов", "белоусов"),
        ("и\u0306 \u0439 ў ї", "й й ў ї"),
        ("і\u0308жак", "їжак"),
        ("Łukaszenka Šiauliai", "lukaszenka siauliai"),
        ("a–b—c‑d−e", "a-b-c-d-e"),
        ("«а» “б” „в”", '"а" "б" "в"'),
        ("д’ю ʼ", "д'ю '"),
        ("С\u00a0400\u2009км", "с 400 км"),
        ("без\u00adопас\u200bность", "безопасность"),
        ("&quot;Запад&#8209;2021&quot;&nbsp;!", '"запад-2021" !'),
        ("&amp;nbsp;a &amp;laquo;", ' a "'),
        ("AT&T; R&D", "at&t; r&d"),
        ('<b>Щит</b> <a href="/x?y=1&amp;z">Союза</a>', "щит союза"),
        ("Щит<br/>Союза</p>", "щит\nсоюза\n"),
        ("a < b and c > d, <...>", "a < b and c > d, <...>"),
        ("№ 5 … конец", "№ 5 . конец"),
        ("ДОГОВОР О СО-\nЮЗНОМ ГОСУДАРСТВЕ", "договор о союзном государстве"),
        ("диалог РФ-\nНАТО идёт", "диалог рф-\nнато идет"),
        ("Саюз-\nная", "саюзная"),
        ("Минск-\nАрена", "минск-\nарена"),
        ("ОДKБ Lukаshеnkо", "одкб lukashenko"),
        ("3апад, 3 апреля", "запад, 3 апреля"),
        ("SMSки IT-компания", "smsки it-компания"),
        ("ﬁnal ½ Straße", "final 1⁄2 strasse"),
        ("\ud800х", "\ud800х"),
        ("", ""),
    ],
)
def test_what_typography_makes_different_folds_to_the_same(text: str, folded: str) -> None:
    """Case, ё, stress, dashes, quotes, spaces, entities, hyphenation and look-alikes fold away; letters stay."""
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "name", "surface"),
    [
        ("сегодня О\u200bД\u200bК\u200bБ, да", "одкб", "О\u200bД\u200bК\u200bБ"),
        ("в Саюз-\nнай дзяржаве", "саюзнай", "Саюз-\nнай"),
        ("Учения &laquo;Запад&raquo;", '"запад"', "&laquo;Запад&raquo;"),
        ("Белоу\u0301сов.", "белоусов", "Белоу\u0301сов"),
        ("ﬁle ﬁn", "fin", "ﬁn"),
    ],
)
def test_offsets_lead_back_to_the_original(text: str, name: str, surface: str) -> None:
    """A range of the folded text gives exactly the original's characters that it stands for."""
    folded = fold(text)
    start = folded.text.index(name)
    assert folded.surface(start, start + len(name)) == surface


@given(ANY_TEXT)
def test_folding_any_text_keeps_offsets_in_order(text: str) -> None:
    """No text makes folding raise; each folded character has a place in the original, and places never go back."""
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщьыэюяіўabcdefxyz '\""), max_size=60))
def test_text_that_is_folded_already_stays_in_length_and_place(text: str) -> None:
    """Where nothing needs folding, offsets are those of the original."""
    folded = fold(text)
    assert [folded.span(i, i + 1) for i in range(len(folded.text))] == [(i, i + 1) for i in range(len(text))]


@given(ANY_TEXT)
def test_pieces_make_no_difference_to_the_rest(text: str) -> None:
    """A text folds to the same, at the same places, whether or not something in it must be taken to pieces."""
    alone, beside = fold(text), fold(f"{text} \u00ad")
    assert beside.codes == alone.codes + b" "
    places = range(len(alone.codes))
    assert [beside.span(i, i + 1) for i in places] == [alone.span(i, i + 1) for i in places]
    assert beside.text == alone.text + " "


def test_naughty_strings_fold_without_shifting_an_offset() -> None:
    """Every string of the big list of naughty strings folds, and a name put behind it is found where it stands."""
    path = SUITES / "blns" / "blns.json"
    if not path.exists():
        pytest.skip("the suite of naughty strings is not beside the repository")
    for text in json.loads(path.read_text(encoding="utf-8")):
        folded = fold(f"{text} одкб")
        assert folded.surface(len(folded.text) - 4, len(folded.text)) == "одкб"


@pytest.mark.parametrize(("word", "other"), [("НАТО", "HATO"), ("С-400", "C-400"), ("CHATO", "СНАТО"), ("ОДКБ", None)])
def test_a_word_of_look_alikes_has_a_twin_in_the_other_script(word: str, other: str | None) -> None:
    """Only a word all of whose letters have a look-alike can be written in the other script."""
    assert in_other_script(word) == other
