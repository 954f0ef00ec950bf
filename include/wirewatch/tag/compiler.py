"""Concept files → a plan for the matcher: phrases compiled, each once, and who uses them for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from wirewatch.tag.concepts import ConceptSpec, Context, Wording
from wirewatch.tag.phrase import Anchor, Phrase, compile_phrase, looked_for
from wirewatch.tag.plan import Plan, PlannedConcept, PlannedContext, PlannedName

_Key = tuple[str, bool, tuple[tuple[str, tuple[str, ...]], ...]]


def compile_plan(concepts: Mapping[str, ConceptSpec] | Iterable[ConceptSpec]) -> Plan:
    """Checked concepts → plan. A phrase that several concepts use is looked for once."""
    specs = tuple(concepts.values() if isinstance(concepts, Mapping) else concepts)
    builder = _Builder({spec.id: spec for spec in specs})
    for spec in specs:
        builder.add(spec)
    return Plan(
        phrases=_by_rarest_anchors(builder.phrases),
        contexts=tuple(builder.contexts),
        names=tuple(builder.names),
        concepts=tuple(
            PlannedConcept(
                spec.id,
                builder.cancels[spec.id],
                _closure(spec.id, builder.specs),
                tuple(sorted(spec.attributes.items())),
            )
            for spec in specs
        ),
    )


class _Builder:
    def __init__(self, specs: Mapping[str, ConceptSpec]) -> None:
        self.specs = specs
        self.phrases: list[Phrase] = []
        self.contexts: dict[PlannedContext, int] = {}
        self.names: list[PlannedName] = []
        self.cancels: dict[str, tuple[int, ...]] = {}
        self._known: dict[_Key, tuple[int, ...]] = {}

    def add(self, spec: ConceptSpec) -> None:
        """One concept's names, conditions and excluding phrases."""
        always = tuple(self._context(context, spec) for context in spec.requires)
        never = tuple(self._context(context, spec) for context in spec.unless)
        for language, names in spec.names.items():
            self.names += (
                PlannedName(
                    concept=spec.id,
                    name=name.name,
                    language=language,
                    only=name.only,
                    home=name.home,
                    requires=always + tuple(self._context(context, spec) for context in name.requires),
                    excludes=never + tuple(self._context(context, spec) for context in name.excludes),
                    phrases=self._numbers(name, spec),
                )
                for name in names
            )
        self.cancels[spec.id] = self._all(spec.excludes, spec)

    def _context(self, context: Context, spec: ConceptSpec) -> int:
        words = " | ".join(wording.name for wording in context.any)
        place = f"within {context.within} words" if isinstance(context.within, int) else f"in the same {context.within}"
        side = "" if context.side == "either" else f", {context.side} it"
        planned = PlannedContext(
            self._all(context.any, spec), context.within, context.side, written=f"{words}, {place}{side}"
        )
        return self.contexts.setdefault(planned, len(self.contexts))

    def _all(self, wordings: Iterable[Wording], spec: ConceptSpec) -> tuple[int, ...]:
        return tuple(sorted({number for wording in wordings for number in self._numbers(wording, spec)}))

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


def _by_rarest_anchors(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Each phrase with the anchor that news texts are likely to have least often, and that few other phrases share.

    "Ministry of Defence of Z" is found by Z: else each ministry in a text would be tried for every Z there is.
    """
    shared: Counter[bytes] = Counter()
    for phrase in phrases:
        shared.update({literal for anchor in phrase.anchors for literal in anchor.literals})

    def cost(anchor: Anchor) -> float:
        # A letter more makes a literal half as frequent, or so: only the order of the costs counts.
        frequency = sum(shared[literal] * 0.5 ** len(literal) for literal in anchor.literals)
        return frequency * anchor.common

    return tuple(looked_for(phrase, [cost(anchor) for anchor in phrase.anchors]) for phrase in phrases)
