"""Selectors that matched nothing: the sentence, and what is read of it."""

from __future__ import annotations

import pytest

from wirewatch.parse.missed import missed_names, missed_note


@pytest.mark.parametrize("names", [("title",), ("published", "authors", "body")])
def test_what_is_written_is_read(names: tuple[str, ...]) -> None:
    """The names in a note are those it was made of, whatever stands before it."""
    note = missed_note(names)
    assert note == f"the source's selectors matched nothing for: {', '.join(names)}"
    assert missed_names(note) == names
    assert missed_names(f"read again; {note}") == names


def test_where_nothing_was_missed_there_is_no_note() -> None:
    """No names make no sentence, and other notes tell of no selector."""
    assert missed_note(()) is None
    assert [missed_names(note) for note in (None, "", "no text of its own")] == [(), (), ()]
