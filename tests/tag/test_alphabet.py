from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.tag.alphabet import OTHER_LETTERS, OTHER_SIGN, SPECIAL, UNKNOWN, decode, encode, separated
from wirewatch.tag.characters import MARKS, fold_cluster

# Beside each of these a character goes through another codec: ASCII, watched languages, Western Europe, all others.
BESIDE = ("", "я", "é", "ў é", "日本")


@pytest.mark.parametrize("beside", BESIDE)
def test_a_character_has_the_same_code_in_every_company(beside: str) -> None:
    """Whatever else a text holds, a character's code is that of what it folds to, and SPECIAL where that is not one."""
    for char in map(chr, (*range(0x600), *range(0x1E00, 0x2100), *range(0x10A0, 0x1100), *range(0xFF00, 0xFF60))):
        (code,) = encode(char + beside)[:1]
        folded = fold_cluster(char)
        if len(folded) != 1 or re.match(f"[{MARKS}]", char):
            assert code == SPECIAL, hex(ord(char))
        elif decode(bytes([code])) != UNKNOWN:
            assert decode(bytes([code])) == fold_cluster(folded), hex(ord(char))  # U+1FEF folds to `, that to '
        else:
            assert (code in OTHER_LETTERS) is folded.isalnum(), hex(ord(char))
            assert code in OTHER_LETTERS or code == OTHER_SIGN, hex(ord(char))


@given(st.text(st.characters(codec=None), max_size=60))
def test_each_character_has_one_code(text: str) -> None:
    """Any text, lone surrogates and İ too, has as many codes as characters, and letters are told from the rest."""
    codes = encode(text)
    assert len(codes) == len(text)
    spaced = separated(codes)
    assert len(spaced) == len(text) + 2
    for code, kept in zip(codes, spaced[1:-1], strict=True):
        assert (kept == ord(" ")) is not (code in OTHER_LETTERS or decode(bytes([code])).isalnum())


@pytest.mark.parametrize(
    ("text", "words"), [("«Щит-2025», п. 4", "  щит 2025   п  4 "), ("Żółw & Ёж_1", " zolw   еж 1 ")]
)
def test_separated_codes_are_words_and_spaces(text: str, words: str) -> None:
    """All that is neither letter nor digit becomes a space, one for one, with a space before and after."""
    assert decode(separated(encode(text))) == words
