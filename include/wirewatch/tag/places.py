"""Places: what ``include/concepts/places/*.yml`` may say, and which of them a sentence names.

A place has names as a concept has, all of them with capitals; they are looked for only in sentences that hold a mention
of a concept which asks for places. The place of a dateline («МИНСК, 12 сентября.») is where a text was written, and a
capital without a preposition is a government («Минск заявил»): neither is a place beside a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from wirewatch.errors import SpecError
from wirewatch.model import Mention
from wirewatch.specfile import Spec, load_spec
from wirewatch.tag.concepts import ConceptId, ConceptSpec, Country, Language
from wirewatch.tag.matcher import Matcher
from wirewatch.tag.phrase import check
from wirewatch.tag.sentence import Sentence, Stated

_PREPOSITION = re.compile(
    r"(?<![^\W_])(?:в|во|под|близ|около|возле|у|уў|пад|каля|біля|поблизу|під|in|near|at|around|outside|w|we|pod|kolo|prie|netoli"
    r"|из|из-под|от|з|із|з-пад|from|spod|is)\s[\"']?$"
)
_DATELINE = re.compile(r"\s?(?:[,.(/]|-\s)")


def _words(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[Annotated[str, AfterValidator(check)], ...], BeforeValidator(_words)]


class PlaceSpec(Spec):
    """One place."""

    label: str = Field(min_length=1)
    country: Country
    capital: bool = False  # its name stands for a government, too
    names: dict[Language, Words] = Field(min_length=1)  # capitals here must be capitals in the text


class PlacesSpec(Spec):
    """One file of places, by id."""

    places: dict[ConceptId, PlaceSpec] = Field(min_length=1)


@dataclass(frozen=True)
class Gazetteer:
    """All places by id."""

    places: Mapping[str, PlaceSpec]

    @cached_property
    def matcher(self) -> Matcher:
        """Their names, compiled when first asked for."""
        return Matcher.compile([_as_concept(name, place) for name, place in self.places.items()])


def load_places(folder: Path) -> Gazetteer:
    """All files of a folder; none when there is no such folder. SpecError names file, line and key."""
    places: dict[str, PlaceSpec] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, place in load_spec(path, PlacesSpec).places.items():
            if name in places:
                raise SpecError(path, f"{name!r} stands in another file too", key=f"places.{name}")
            places[name] = place
    return Gazetteer(places)


def places_in(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Stated]:
    """The places that a sentence names, by their ids, in order."""
    if not gazetteer.places:
        return
    first, last = sentence.folded.span(sentence.start, sentence.end) if sentence.end > sentence.start else (0, 0)
    original = sentence.folded.original[first:last]
    for found in _longest(gazetteer.matcher.find(title="", body=original)):
        start, end = (sentence.folded_index(first + place) for place in (found.start, found.end))
        if not _is_dateline(sentence, start, end) and not _is_government(
            sentence, start, gazetteer.places[found.concept]
        ):
            yield Stated(found.concept, start, end)


def _longest(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Those that lie in no other: "Borisov training ground" is not the town."""
    for mention in sorted(mentions, key=lambda each: (each.start, each.end, each.concept)):
        others = (each for each in mentions if (each.start, each.end) != (mention.start, mention.end))
        if not any(each.start <= mention.start and mention.end <= each.end for each in others):
            yield mention


def _is_dateline(sentence: Sentence, start: int, end: int) -> bool:
    return not sentence.text[sentence.start : start].strip(" \"'") and bool(_DATELINE.match(sentence.text, end))


def _is_government(sentence: Sentence, start: int, place: PlaceSpec) -> bool:
    return place.capital and not _PREPOSITION.search(sentence.text[max(0, start - 20) : start])


def _as_concept(name: str, place: PlaceSpec) -> ConceptSpec:
    return ConceptSpec.model_validate(
        {
            "id": name,
            "label": place.label,
            "definition": place.label,
            "names": {
                language: [{"name": word, "case": "exact"} for word in words] for language, words in place.names.items()
            },
            "examples": {"yes": [place.label]},
        }
    )
