"""What a text costs grows with its length and no faster, whoever wrote it. Steps are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wirewatch.tag.concepts import ConceptSpec
from wirewatch.tag.fold import fold
from wirewatch.tag.matcher import Matcher
from wirewatch.tag.scan import Scanner

SHORT = 30_000  # characters
TEN_MEGABYTES = 10_000_000

NUT = ConceptSpec.model_validate(
    {
        "id": "nut",
        "label": "Nut",
        "definition": "invented",
        "lists": {"things": ["big thing*", "missile*"]},
        "names": {
            "en": [
                {"name": "nut", "requires": [{"any": ["$things"], "within": 5}]},
                {"name": "nut*", "excludes": [{"any": ["tree*"], "within": "sentence"}]},
                "nut ... nut ... nut",
                "brown* nut* $things",
                {"name": "big nut", "requires": [{"any": ["missile"], "within": "article"}]},
                "ODKB {year}",
            ]
        },
        "excludes": ["nut ... tree"],
        "examples": {"yes": ["x"]},
    }
)

TEXTS: dict[str, Callable[[int], str]] = {
    "one name": lambda size: "nut " * (size // 4),
    "one word without an end": lambda size: "nut" * (size // 3),
    "a condition far away": lambda size: "tree missile " + "nut " * (size // 4),
    "conditions everywhere": lambda size: "nut tree missile " * (size // 17),
    "beginnings without ends": lambda size: "brown brown nut " * (size // 16),
    "sentences": lambda size: "Big nut! " * (size // 9),
    "exclamation marks": lambda size: "nut " + "!" * size,
    "line breaks": lambda size: "nut \n" * (size // 5),
    "spaced letters": lambda size: "O D K B " * (size // 8),
    "entities": lambda size: "&quot;nut" * (size // 9),
    "half entities and tags": lambda size: "&amp <b <a " * (size // 11),
    "soft hyphens": lambda size: "n\u00adut " * (size // 5),
    "marks": lambda size: "nut" + "\u0301" * size,
    "line-end hyphens": lambda size: "nut-\n" * (size // 5),
    "look-alikes": lambda size: "nоt" * (size // 3),
    "a letter of another script": lambda size: "nut ნუტი 核桃 " * (size // 12),
}


class Steps:
    """Counts what the matcher does: patterns tried, places found and characters given to automata."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tries = self.scanned = self.hits = 0
        tried, scan = Scanner._try, Scanner.scan

        def counted_try(scanner: Scanner, *arguments: Any) -> None:
            self.tries += 1
            tried(scanner, *arguments)

        def counted_scan(
            scanner: Scanner, folded: Any, separated: bytes, first: int = 0, last: int | None = None
        ) -> Any:
            self.scanned += len(separated[first:last])
            found = scan(scanner, folded, separated, first, last)
            self.hits += len(found)
            return found

        monkeypatch.setattr(Scanner, "_try", counted_try)
        monkeypatch.setattr(Scanner, "scan", counted_scan)

    def of(self, text: str) -> tuple[int, int, int]:
        """Steps that a text takes."""
        self.tries = self.scanned = self.hits = 0
        Matcher.compile([NUT]).find(title="", body=text)
        return self.tries, self.scanned, self.hits


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_at_most_twice_the_steps(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a repeated name, condition, or trick, twice as much costs at most twice as many steps."""
    steps = Steps(monkeypatch)
    once, twice = steps.of(TEXTS[name](SHORT)), steps.of(TEXTS[name](2 * SHORT))
    assert all(more <= 2 * less + 1_000 for less, more in zip(once, twice, strict=True)), (once, twice)
    assert once[0] <= 4 * SHORT
    assert once[1] <= 12 * SHORT


def test_ten_megabytes_of_one_name_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says one name for ten megabytes is read like any other."""
    steps = Steps(monkeypatch)
    tries, scanned, hits = steps.of("brown nut tree. " * (TEN_MEGABYTES // 16))
    assert tries <= TEN_MEGABYTES
    assert scanned <= 10 * TEN_MEGABYTES
    # Two names and the condition: after some looks around single names, that is looked for in one pass for all of them.
    assert 0 <= hits - 3 * (TEN_MEGABYTES // 16) <= 1_000


@pytest.mark.parametrize("name", TEXTS)
def test_a_folded_text_has_pieces_only_where_it_needs_them(name: str) -> None:
    """Offsets of a long hostile text lead back in order."""
    text = TEXTS[name](2_000)
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.codes))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
