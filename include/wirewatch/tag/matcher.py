"""Title and body → mentions, in one Aho–Corasick pass over each folded field.

The automaton finds the literals with which phrases begin; a bounded pattern then verifies the phrase on the spot.
Names, excluding phrases and phrases of contexts are all found in that one pass, so its cost does not grow with the
number of concepts. What stands near what is decided afterwards, in ``surroundings.py``.

Pure: no clock, network, database or settings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from wirewatch.model import Mention
from wirewatch.tag.concepts import ConceptSpec, Context, Wording
from wirewatch.tag.fold import Folded, fold
from wirewatch.tag.phrase import Phrase, compile_phrase, separated
from wirewatch.tag.surroundings import Field, Span

_Key = tuple[str, bool, tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True)
class _Near:
    """A context, its phrases replaced by their numbers."""

    phrases: frozenset[int]
    within: int | str
    side: str


@dataclass(frozen=True)
class _Use:
    """A name as a concept uses it."""

    concept: str
    name: str
    language: str | None  # set when the name counts in texts of that language only
    requires: tuple[_Near, ...]
    excludes: tuple[_Near, ...]


@dataclass(frozen=True)
class _Candidate:
    span: Span
    use: _Use


class Matcher:
    """Compiled concepts. Make it with ``compile``; it does not change and can be shared between threads."""

    def __init__(
        self,
        *,
        phrases: tuple[Phrase, ...],
        uses: Mapping[int, tuple[_Use, ...]],
        cancels: Mapping[str, frozenset[int]],
        implies: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._phrases = phrases
        self._uses = uses
        self._cancels = cancels
        self._implies = implies
        begun: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(phrases):
            for anchor in dict.fromkeys(phrase.anchors):
                begun[anchor].append(number)
        self._begun = tuple(tuple(numbers) for numbers in begun.values())
        self._automaton = AhoCorasick(tuple(begun), matchkind=MatchKind.Standard) if begun else None

    @classmethod
    def compile(cls, concepts: Mapping[str, ConceptSpec] | Iterable[ConceptSpec]) -> Matcher:
        """Checked concepts → matcher. A phrase that several concepts use is looked for once."""
        specs = tuple(concepts.values() if isinstance(concepts, Mapping) else concepts)
        builder = _Builder({spec.id: spec for spec in specs})
        for spec in specs:
            builder.add(spec)
        return cls(
            phrases=tuple(builder.phrases),
            uses={number: tuple(uses) for number, uses in builder.uses.items()},
            cancels=builder.cancels,
            implies={spec.id: _closure(spec.id, builder.specs) for spec in specs},
        )

    def find(self, *, title: str, body: str, language: str | None = None) -> tuple[Mention, ...]:
        """Mentions of all concepts, sorted, each once. Offsets are code points of the field as given.

        ``language`` (ISO 639-1) matters only to names marked ``only:``; None lets them all count.
        """
        fields = {name: self._scan(fold(text)) for name, text in (("title", title), ("body", body))}
        mentions: set[Mention] = set()
        for name, field in fields.items():
            article = tuple(fields.values())
            mentions.update(self._mentions(name, field, article, language))
        return tuple(sorted(mentions))

    def _scan(self, folded: Folded) -> Field:
        hits: dict[int, list[Span]] = defaultdict(list)
        text = folded.text
        found = self._automaton.find_matches_as_indexes(separated(text), overlapping=True) if self._automaton else []
        for anchor, start, _ in found:
            for number in self._begun[anchor]:
                phrase = self._phrases[number]
                match = phrase.pattern.match(text, start)
                if match and _capitals_agree(phrase, match.regs, folded):
                    hits[number].append(match.span())
        # Several anchors of a phrase may begin at one place: the set keeps one of them.
        return Field(folded, {number: sorted(set(spans)) for number, spans in hits.items()})

    def _mentions(self, name: str, field: Field, article: tuple[Field, ...], language: str | None) -> Iterator[Mention]:
        kept: dict[str, list[_Candidate]] = defaultdict(list)
        for candidate in self._candidates(field, language):
            if _holds(candidate, field, article):
                kept[candidate.use.concept].append(candidate)
        for concept, candidates in kept.items():
            free = [c for c in candidates if not field.covered(c.span, self._cancels[concept])]
            for candidate in _longest(free):
                start, end = field.folded.span(*candidate.span)
                surface = field.folded.original[start:end]
                for mentioned in (concept, *self._implies[concept]):
                    yield Mention(mentioned, name, start, end, surface, candidate.use.name)

    def _candidates(self, field: Field, language: str | None) -> Iterator[_Candidate]:
        for number, spans in field.hits.items():
            for use in self._uses.get(number, ()):
                if use.language is None or language is None or use.language == language:
                    yield from (_Candidate(span, use) for span in spans)


class _Builder:
    """Collects the phrases of all concepts, each once, and who uses them for what."""

    def __init__(self, specs: Mapping[str, ConceptSpec]) -> None:
        self.specs = specs
        self.phrases: list[Phrase] = []
        self.uses: dict[int, list[_Use]] = defaultdict(list)
        self.cancels: dict[str, frozenset[int]] = {}
        self._known: dict[_Key, tuple[int, ...]] = {}

    def add(self, spec: ConceptSpec) -> None:
        """One concept's names, conditions and excluding phrases."""
        always = tuple(self._near(context, spec) for context in spec.requires)
        never = tuple(self._near(context, spec) for context in spec.unless)
        for language, names in spec.names.items():
            for name in names:
                use = _Use(
                    concept=spec.id,
                    name=name.name,
                    language=language if name.only else None,
                    requires=always + tuple(self._near(context, spec) for context in name.requires),
                    excludes=never + tuple(self._near(context, spec) for context in name.excludes),
                )
                for number in self._numbers(name, spec):
                    self.uses[number].append(use)
        self.cancels[spec.id] = self._all(spec.excludes, spec)

    def _near(self, context: Context, spec: ConceptSpec) -> _Near:
        return _Near(self._all(context.any, spec), context.within, context.side)

    def _all(self, wordings: Iterable[Wording], spec: ConceptSpec) -> frozenset[int]:
        return frozenset(number for wording in wordings for number in self._numbers(wording, spec))

    def _numbers(self, wording: Wording, spec: ConceptSpec) -> tuple[int, ...]:
        if wording.name.startswith("@"):
            other = self.specs[wording.name[1:]]
            names = (n for names in other.names.values() for n in names if not (n.requires or n.excludes or n.only))
            return tuple(number for name in names for number in self._numbers(name, other))
        exact = wording.case == "exact"
        lists = tuple(sorted((key, entries) for key, entries in spec.lists.items() if f"${key}" in wording.name))
        key = (wording.name, exact, lists)
        if key not in self._known:
            compiled = compile_phrase(wording.name, spec.lists, exact=exact)
            self._known[key] = tuple(range(len(self.phrases), len(self.phrases) + len(compiled)))
            self.phrases.extend(compiled)
        return self._known[key]


def _closure(concept: str, specs: Mapping[str, ConceptSpec]) -> tuple[str, ...]:
    """Ids that a concept implies, directly or through others, itself left out."""
    found: dict[str, None] = {}
    waiting = list(specs[concept].implies)
    while waiting:
        name = waiting.pop(0)
        if name != concept and name not in found:
            found[name] = None
            waiting.extend(specs[name].implies)
    return tuple(found)


def _capitals_agree(phrase: Phrase, groups: tuple[Span, ...], folded: Folded) -> bool:
    """Whether the letters that must be capitals are; groups of a list's other phrases (-1) did not take part."""
    for places, (start, _) in zip(phrase.capitals, groups[1:], strict=False):
        if start >= 0 and not all(folded.surface(start + i, start + i + 1)[:1].isupper() for i in places):
            return False
    return True


def _holds(candidate: _Candidate, field: Field, article: tuple[Field, ...]) -> bool:
    """Whether the conditions of a name are fulfilled where it stands."""

    def near(context: _Near) -> bool:
        if context.within == "article":
            return any(
                other.has(context.phrases, apart_from=candidate.span if other is field else None) for other in article
            )
        return field.near(candidate.span, context.phrases, within=context.within, side=context.side)

    return all(map(near, candidate.use.requires)) and not any(map(near, candidate.use.excludes))


def _longest(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of candidates that overlap the longest one, of equally long ones the first."""
    kept: list[_Candidate] = []
    taken: list[Span] = []  # sorted, free of overlaps: only the two neighbours of a place can be in the way
    for candidate in sorted(candidates, key=lambda c: (c.span[0] - c.span[1], c.span[0], c.use.name)):
        start, end = candidate.span
        place = bisect_left(taken, (start, end))
        if (place == 0 or taken[place - 1][1] <= start) and (place == len(taken) or end <= taken[place][0]):
            taken.insert(place, candidate.span)
            kept.append(candidate)
    return kept
