"""What a text states beside a mention, kept with it: the year in a name, dates, units, places, strengths.

A concept file asks for it: ``attributes: {year: year, dates: dates}``, name → reader. Only what is written in the
mention's own sentence counts, and each value keeps the place it was read from.

| reader       | reads                                              | value                                          |
|--------------|----------------------------------------------------|------------------------------------------------|
| ``year``     | the year in the mention, or right behind it        | ``2025``                                       |
| ``dates``    | a span of days; of several that of the same clause | ``2025-09-12/2025-09-16``, ``--09-12/--09-16`` |
| ``unit``     | units with a number                                | ``19 brigade``, ``military unit 12345``        |
| ``place``    | places of ``include/concepts/places/*.yml``        | their ids: ``obuz-lesnovsky``                  |
| ``strength`` | numbers of troops                                  | ``13000``                                      |

Pure. Costs nothing for concepts that ask for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wirewatch.model import Attribute, Mention
from wirewatch.tag.plan import Plan
from wirewatch.tag.sentence import Sentence, Stated, sentence_around
from wirewatch.tag.stated_spans import spans_in
from wirewatch.tag.stated_units import strengths_in, units_in

if TYPE_CHECKING:
    from wirewatch.tag.places import Gazetteer

FOLDER = "places"
"""Of the folder of concepts."""

MOST = 8
"""Values of one reader that are kept with a mention: a list of a hundred units is no attribute."""

_FIGURE = re.compile(r"\d")
_YEAR_IN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|['\-]\s?(\d\d)(?!\d)")
_YEAR_BEHIND = re.compile(r"[\"')]{0,2}[\s\-]{0,3}\(?(?:(?:в|у|ў|in|of|w|roku|m\.)\s)?((?:19|20)\d\d)(?!\d|[.,]\d)")
_CENTURY_TURNS = 70
"""Years '70 to '99 are of the last century: Zapad-81 was held in 1981."""


@dataclass(frozen=True)
class Attributes:
    """What each concept asks for: concept → attribute → reader, and the folder of the files of places."""

    wanted: Mapping[str, Mapping[str, str]]
    folder: Path

    @classmethod
    def of(cls, plan: Plan, concepts: Path) -> Attributes:
        """What the concepts of a plan ask for, and the places beside the files in the folder of concepts."""
        wanted = {concept.id: dict(concept.attributes) for concept in plan.concepts if concept.attributes}
        return cls(wanted, concepts / FOLDER)

    @cached_property
    def places(self) -> Gazetteer:
        """The places there are, read when a mention first asks for one; SpecError when a file is wrong."""
        from wirewatch.tag.places import load_places  # here, as it loads what reads YAML files: most starts need none

        return load_places(self.folder)

    def add(self, mentions: Iterable[Mention], *, title: str, body: str) -> tuple[Mention, ...]:
        """The mentions, in the same order, with their attributes."""
        texts = {"title": title, "body": body}

        @cache
        def sentence(field: str, start: int, end: int) -> Sentence:
            return sentence_around(texts[field], start, end)

        def with_attributes(each: Mention, wanted: Mapping[str, str]) -> Mention:
            found = attributes_in(sentence(each.field, each.start, each.end), wanted, lambda: self.places)
            return replace(each, attributes=found)

        return tuple(
            with_attributes(each, self.wanted[each.concept]) if each.concept in self.wanted else each
            for each in mentions
        )


def attributes_in(
    sentence: Sentence, wanted: Mapping[str, str], places: Callable[[], Gazetteer]
) -> tuple[Attribute, ...]:
    """The sentence around a mention, and attribute → reader → the attributes that it states, sorted.

    ``places`` is called only when a place is asked for.
    """
    readers: dict[str, Callable[[Sentence], Iterator[Stated]]] = {
        "year": _year,
        "dates": _dates,
        "unit": units_in,
        "strength": strengths_in,
        "place": lambda each: _places(each, places()),
    }
    found: set[Attribute] = set()
    figures = _FIGURE.search(sentence.text, sentence.start, sentence.end)
    for name, reader in wanted.items():
        if not figures and reader != "place":
            continue  # all but places begin with a figure
        values: dict[str, Attribute] = {}
        for stated in readers[reader](sentence):
            values.setdefault(stated.value, Attribute(name, stated.value, *sentence.place(stated.start, stated.end)))
        found.update(list(values.values())[:MOST])
    return tuple(sorted(found, key=lambda each: (each.name, each.start, each.value)))


def _year(sentence: Sentence) -> Iterator[Stated]:
    start, end = sentence.mention
    if match := _YEAR_IN.search(sentence.text, start, end):
        group = 1 if match[1] else 2
        year = match[1] or f"{'19' if int(match[2]) >= _CENTURY_TURNS else '20'}{match[2]}"
        yield Stated(year, *match.span(group))
    elif match := _YEAR_BEHIND.match(sentence.text, end, sentence.end):
        yield Stated(match[1], *match.span(1))


def _dates(sentence: Sentence) -> Iterator[Stated]:
    """The span of the mention's clause; else the one span of the sentence. Of several elsewhere none is its own."""
    spans = spans_in(sentence)
    first, last = sentence.clause()
    near = [span for span in spans if first <= span.start and span.end <= last] or spans
    if len(near) == 1:
        yield near[0]


def _places(sentence: Sentence, places: Gazetteer) -> Iterator[Stated]:
    from wirewatch.tag.places import places_in

    return places_in(sentence, places)
