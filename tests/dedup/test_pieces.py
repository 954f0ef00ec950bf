"""Text → pieces of a vocabulary."""

from __future__ import annotations

from wirewatch.dedup.pieces import LONGEST_MEAN, SPACE, Pieces, read_pieces

WORDS = ["?", SPACE, "мо", "с", "т", "мост", f"{SPACE}мост", "ы", SPACE + "и"]
SCORES = [0.0, -3.0, -4.0, -4.0, -4.0, -6.0, -5.0, -4.0, -3.0]


def vocabulary() -> Pieces:
    """Nine pieces, the first of which is "unknown"."""
    raw = [word.encode() for word in WORDS]
    starts = [sum(map(len, raw[:place])) for place in range(len(raw) + 1)]
    return read_pieces(b"".join(raw), starts, SCORES, unknown=0, replaced={"М": "м", "\x00": "", "ﬆ": "ст"})


def names(text: str, limit: int = 99) -> list[str]:
    """Pieces as written."""
    return [WORDS[number] for number in vocabulary().cut(text, limit=limit)]


def test_the_likeliest_cut_is_taken() -> None:
    """One piece for the word with its space, though shorter ones would do."""
    assert names("мост и мосты") == [f"{SPACE}мост", f"{SPACE}и", f"{SPACE}мост", "ы"]


def test_what_the_vocabulary_lacks_is_unknown_letter_by_letter() -> None:
    """And the rest of the word is read all the same."""
    assert names("жмост") == [SPACE, "?", "мост"]


def test_characters_are_replaced_by_the_models_own_table() -> None:
    """Into one, several or none; white space is one space, and none at the ends."""
    assert names("  Мо\x00ﬆ \n и ") == [f"{SPACE}мост", f"{SPACE}и"]


def test_the_work_is_bounded_by_the_limit() -> None:
    """A character that becomes many does not make the text longer than the limit allows."""
    assert names("мост " * 50, limit=2) == [f"{SPACE}мост"] * 2
    assert len(names("ж" * 10_000, limit=3)) == 3
    assert LONGEST_MEAN * 3 < 10_000


def test_an_empty_text_is_a_space() -> None:
    """A vector is made of something."""
    assert names("") == [SPACE]
