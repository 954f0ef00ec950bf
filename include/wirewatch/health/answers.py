"""Faults of entry points: those that do not answer, or answer with something else. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wirewatch.health.figures import EntryFigures, Figures
from wirewatch.health.signs import FAILING, STATE_OF, Finding, Sign
from wirewatch.health.usual import Past
from wirewatch.model import Health, Outcome
from wirewatch.sources import SourceSpec

PASSING = frozenset({Outcome.UNREACHABLE, Outcome.TOO_SLOW, Outcome.LIMITED})
"""Troubles that often pass by themselves: where other entry points go on, they are a fault from the second run on."""

_FEWEST_RUNS = 5  # in which an entry point named articles, before an empty one is a fault
_LASTING = frozenset({"feed", "listing", "wordpress"})  # they keep the newest few: one run that named some is enough
_SOME = 3  # articles


@dataclass(frozen=True)
class _Trouble:
    entry: EntryFigures
    finding: Finding


def entry_faults(figures: Figures, past: Sequence[Past], source: SourceSpec) -> list[Finding]:
    """What is wrong with a source's entry points: one finding for all, or for each kind of fault among some."""
    troubles = [
        _Trouble(entry, finding)
        for entry in figures.entries
        if (finding := _failure(entry) or _emptiness(entry, past, source)) is not None
    ]
    if len(troubles) == len(figures.entries):
        return _together(troubles, of=len(figures.entries))
    lasting = [
        trouble
        for trouble in troubles
        if trouble.entry.outcome not in PASSING or _failed_before(trouble.entry.entry, past)
    ]
    return _together(lasting, of=len(figures.entries))


def _failure(entry: EntryFigures) -> Finding | None:
    if entry.outcome in STATE_OF:
        state = STATE_OF[entry.outcome]
        sign = Sign.REFUSED if state is Health.BLOCKED else Sign.NO_ANSWER
        return Finding(state, sign, entry.note or entry.outcome.value)
    if entry.wall:
        return Finding(Health.BLOCKED, Sign.ENTRY_WALL, f"a wall in its place: {entry.note}")
    if entry.problem:
        return Finding(Health.BROKEN, Sign.NOT_AN_ENTRY, entry.note or "not what it should be")
    return None


def _emptiness(entry: EntryFigures, past: Sequence[Past], source: SourceSpec) -> Finding | None:
    known = [(run.state, leads) for run in past if (leads := _leads(run, entry.entry)) is not None]
    now = entry.leads if entry.outcome is not Outcome.UNCHANGED else known[-1][1] if known else None
    if now != 0:
        return None
    before = [leads for state, leads in known if state not in FAILING]
    named = sorted(leads for leads in before if leads)
    usual = named[len(named) // 2] if named else 0
    lasting = usual >= _SOME and any(known.url == entry.entry and known.kind in _LASTING for known in source.entries)
    enough = lasting or len(named) >= _FEWEST_RUNS
    if not enough or len(named) < len(before) - 1:  # it is empty now and then
        return None
    return Finding(Health.BROKEN, Sign.EMPTY, f"empty: it answers and names no article, where {usual} are usual")


def _leads(run: Past, address: str) -> int | None:
    """Addresses that an entry point named in a run; None when it was not read then."""
    named = [entry.leads for entry in run.figures.entries if entry.entry == address and not entry.failed]
    return named[0] if named else None


def _failed_before(address: str, past: Sequence[Past]) -> bool:
    last = [entry for entry in past[-1].figures.entries if entry.entry == address] if past else []
    return bool(last) and last[0].failed


def _together(troubles: Sequence[_Trouble], *, of: int) -> list[Finding]:
    """One finding for each state and sign, the commonest first, with the address and its own words."""
    groups = Counter((trouble.finding.state, trouble.finding.sign) for trouble in troubles)
    found = []
    for (state, sign), count in groups.most_common():
        first = next(trouble for trouble in troubles if (trouble.finding.state, trouble.finding.sign) == (state, sign))
        share = f"{count} of {of} entry points: " if of > 1 else ""
        found.append(Finding(state, sign, f"{share}{first.entry.entry}: {first.finding.reason}"))
    return found
