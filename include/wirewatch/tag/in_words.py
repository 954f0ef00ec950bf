"""Conditions of concept files in the words of people: "needs one of учени*, манёвр* in the same sentence"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.tag.concepts import ConceptSpec, Context, Name, Wording

MOST = 6
"""Phrases of a list that are named; of longer ones the rest is counted."""


def conditions_of(name: Name) -> Iterator[str]:
    """A name's own conditions, one sentence part each."""
    if name.case == "exact":
        yield "capitals as written"
    if name.only:
        yield "only in texts of this language"
    if name.home:
        yield f"only in sources of {', '.join(name.home)}"
    for context in name.requires:
        yield f"needs {_one_of(context)} {reach_of(context)}"
    for context in name.excludes:
        yield f"not with {_one_of(context)} {reach_of(context)}"


def conditions_for_all(spec: ConceptSpec) -> Iterator[str]:
    """What holds for every name of a concept."""
    for context in spec.requires:
        yield f"needs {_one_of(context)} {reach_of(context)}"
    for context in spec.unless:
        yield f"not with {_one_of(context)} {reach_of(context)}"
    if spec.excludes:
        yield f"cancelled inside {phrases(spec.excludes)}"


def reach_of(context: Context) -> str:
    """Where a context is looked for."""
    side = "" if context.side == "either" else f" {context.side} it"
    if context.within == "article":
        return "anywhere in the article"
    if context.within == "sentence":
        return f"in the same sentence{side}"
    if context.within == 0:
        return f"right {'beside' if context.side == 'either' else context.side} it"
    return f"within {context.within} word{'s' * (context.within != 1)}{side}"


def phrases(wordings: tuple[Wording, ...]) -> str:
    """Phrases by commas, the first few of many."""
    shown = ", ".join(wording.name for wording in wordings[:MOST])
    return shown + (f" and {len(wordings) - MOST} more" if len(wordings) > MOST else "")


def _one_of(context: Context) -> str:
    return f"one of {phrases(context.any)}" if len(context.any) > 1 else context.any[0].name
