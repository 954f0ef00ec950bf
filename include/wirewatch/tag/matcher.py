"""Title and body → mentions, in one Aho–Corasick pass over each folded field.

Only names are looked for in that pass. Phrases of conditions and excluding phrases are looked for when a name stands
in the text whose fate they decide: most articles never ask for them. ``find`` and ``explain`` are two views of the
same judgements.

Pure: no clock, network, database or settings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wirewatch.model import Mention
from wirewatch.tag.explained import Cause, Explained, Verdict
from wirewatch.tag.fold import fold
from wirewatch.tag.plan import Plan, PlannedName
from wirewatch.tag.scan import Hit, Scanner
from wirewatch.tag.surroundings import Field, Span

if TYPE_CHECKING:
    from wirewatch.tag.concepts import ConceptSpec


class _Article(NamedTuple):
    fields: tuple[Field, ...]  # those that are not empty
    language: str | None
    country: str | None


class _Judgement(NamedTuple):
    """What became of a candidate, and by what."""

    span: Span
    name: PlannedName
    verdict: Verdict
    context: int | None = None  # the one that decided, as a place in the plan's contexts
    covering: Hit | None = None  # of an excluding phrase


class Matcher:
    """Compiled concepts. Make it with ``compile``; it does not change and can be shared between threads."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._cancels = {concept.id: concept.cancels for concept in plan.concepts}
        self._implies = {concept.id: concept.implies for concept in plan.concepts}
        uses: dict[int, list[PlannedName]] = defaultdict(list)
        for name in plan.names:
            for number in name.phrases:
                uses[number].append(name)
        self._uses = dict(uses)
        self._scanners: dict[tuple[int, ...], Scanner] = {}
        self._names = self._scanner(tuple(uses))

    @classmethod
    def compile(cls, concepts: Mapping[str, ConceptSpec] | Iterable[ConceptSpec]) -> Matcher:
        """Checked concepts → matcher."""
        # Here, so that a matcher made of a cached plan loads nothing of what reads concept files.
        from wirewatch.tag.compiler import compile_plan

        return cls(compile_plan(concepts))

    def find(
        self, *, title: str, body: str, language: str | None = None, country: str | None = None
    ) -> tuple[Mention, ...]:
        """Mentions of all concepts, sorted, each once. Offsets are code points of the field as given.

        ``language`` (ISO 639-1) matters only to names marked ``only:``; None lets them all count. ``country`` of the
        source (as source files state it) matters only to names with a ``home:``; None lets none of them count.
        """
        found: dict[Mention, None] = {}
        implied: dict[Mention, None] = {}
        article = _Article(_fields(title, body), language, country)
        for field in article.fields:
            for judgement in self._judged(field, article):
                if judgement.verdict is Verdict.MENTION:
                    name = judgement.name
                    start, end = field.folded.span(*judgement.span)
                    place = (field.name, start, end, field.folded.original[start:end], name.name)
                    found[Mention(name.concept, *place)] = None
                    for concept in self._implies[name.concept]:
                        implied[Mention(concept, *place)] = None
        # A mention may be stated and implied: what it says of its name is then the statement's.
        return tuple(sorted(found | implied))

    def explain(
        self, *, title: str, body: str, language: str | None = None, country: str | None = None
    ) -> tuple[Explained, ...]:
        """Every candidate, in order of field, place and concept, and what became of it. Arguments as for ``find``."""
        article = _Article(_fields(title, body), language, country)
        found: list[Explained] = []
        for field in article.fields:
            judgements = tuple(self._judged(field, article))
            mentions = [judgement for judgement in judgements if judgement.verdict is Verdict.MENTION]
            for judgement in judgements:
                causes = tuple(self._causes(judgement, field, article, mentions))
                found.append(self._explained(judgement, field, causes))
        return tuple(sorted(found, key=lambda e: (e.field, e.start, e.end, e.concept, e.name, e.language)))

    def _judged(self, field: Field, article: _Article) -> Iterator[_Judgement]:
        """Each place of each name, judged. This is where it is decided what a mention is."""
        kept: dict[str, list[_Judgement]] = defaultdict(list)
        for start, end, number in field.hits(self._names):
            for name in self._uses[number]:
                judgement = self._judge((start, end), name, field, article)
                if judgement.verdict is Verdict.MENTION:
                    kept[name.concept].append(judgement)
                else:
                    yield judgement
        for judgements in kept.values():
            yield from judgements if len(judgements) == 1 else _longest(judgements, len(field.folded.codes))

    def _judge(self, span: Span, name: PlannedName, field: Field, article: _Article) -> _Judgement:
        if name.only and article.language is not None and article.language != name.language:
            return _Judgement(span, name, Verdict.LANGUAGE)
        if name.home and article.country not in name.home:
            return _Judgement(span, name, Verdict.HOME)
        for context in name.requires:
            if not self._near(span, context, field, article):
                return _Judgement(span, name, Verdict.REQUIRES, context)
        for context in name.excludes:
            if self._near(span, context, field, article):
                return _Judgement(span, name, Verdict.EXCLUDES, context)
        cancels = self._cancels[name.concept]
        covering = field.covering(span, self._scanner(cancels)) if cancels else None
        return _Judgement(span, name, Verdict.COVERED if covering else Verdict.MENTION, covering=covering)

    def _near(self, span: Span, number: int, field: Field, article: _Article) -> tuple[Field, Hit] | None:
        """Where a context stands near enough to a span of a field."""
        context = self.plan.contexts[number]
        scanner = self._scanner(context.phrases)
        if context.within != "article":
            hit = field.near(span, scanner, within=context.within, side=context.side)
            return (field, hit) if hit else None
        for other in article.fields:
            hit = other.anywhere(scanner, apart_from=span if other is field else None)
            if hit:
                return other, hit
        return None

    def _scanner(self, numbers: tuple[int, ...]) -> Scanner:
        scanner = self._scanners.get(numbers)
        if scanner is None:
            scanner = self._scanners[numbers] = Scanner(self.plan.phrases, numbers)
        return scanner

    def _explained(self, judgement: _Judgement, field: Field, causes: tuple[Cause, ...]) -> Explained:
        name = judgement.name
        start, end = field.folded.span(*judgement.span)
        return Explained(
            concept=name.concept,
            field=field.name,
            start=start,
            end=end,
            surface=field.folded.original[start:end],
            name=name.name,
            language=name.language,
            form=field.folded.text[slice(*judgement.span)],
            verdict=judgement.verdict,
            causes=causes,
            implies=self._implies[name.concept] if judgement.verdict is Verdict.MENTION else (),
        )

    def _causes(
        self, judgement: _Judgement, field: Field, article: _Article, mentions: list[_Judgement]
    ) -> Iterator[Cause]:
        span, name, verdict = judgement.span, judgement.name, judgement.verdict
        if verdict is Verdict.LANGUAGE:
            yield Cause(f"counts in texts in {name.language!r} only")
        elif verdict is Verdict.HOME:
            yield Cause(f"counts in articles of sources of {', '.join(name.home)} only")
        elif verdict is Verdict.COVERED:
            yield self._seen("covered by an excluding phrase", (field, judgement.covering))
        elif verdict is Verdict.OVERLAPPED:
            other = next(m for m in mentions if m.name.concept == name.concept and _overlap(m.span, span))
            yield _cause("overlapped by a name as long or longer", other.name.name, field, other.span)
        else:
            kind = "excludes" if verdict is Verdict.EXCLUDES else "requires"
            for number in name.requires if judgement.context is None else (judgement.context,):
                condition = f"{kind} {self.plan.contexts[number].written}"
                yield self._seen(condition, self._near(span, number, field, article))

    def _seen(self, condition: str, seen: tuple[Field, Hit | None] | None) -> Cause:
        if seen is None or seen[1] is None:
            return Cause(condition)
        field, (start, end, number) = seen[0], seen[1]
        return _cause(condition, self.plan.phrases[number].written, field, (start, end))


def _fields(title: str, body: str) -> tuple[Field, ...]:
    return tuple(Field(name, fold(text)) for name, text in (("title", title), ("body", body)) if text)


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _cause(condition: str, wording: str, field: Field, span: Span) -> Cause:
    start, end = field.folded.span(*span)
    return Cause(condition, wording, field.name, start, end, field.folded.original[start:end])


def _longest(judgements: list[_Judgement], length: int) -> Iterator[_Judgement]:
    """Of one concept's mentions that overlap the longest one, of equally long ones the first. ``length``: of the text.

    A taken span is never shorter than the next one, so it cannot lie inside it: looking at both ends is enough.
    """
    taken = bytearray(length)
    for judgement in sorted(judgements, key=lambda j: (j.span[0] - j.span[1], j.span[0], j.name.name)):
        start, end = judgement.span
        if taken[start] or taken[end - 1]:
            yield judgement._replace(verdict=Verdict.OVERLAPPED)
        else:
            taken[start:end] = b"\1" * (end - start)
            yield judgement
