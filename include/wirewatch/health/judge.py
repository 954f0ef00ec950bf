"""Figures of a run, and of the runs before it → the source's state, and why in one sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wirewatch.health.answers import entry_faults
from wirewatch.health.figures import Figures
from wirewatch.health.flow import all_unchanged, any_answered, day_figures, flow_faults
from wirewatch.health.pages import page_faults, pages_still_wrong
from wirewatch.health.signs import FAILING, Family, Finding, Sign
from wirewatch.health.usual import WEEK, WEEKS, Past, Usual
from wirewatch.model import Health
from wirewatch.sources import SourceSpec

HISTORY = WEEKS * WEEK + timedelta(days=7)
"""How far back runs are looked at: a silence of up to a week is laid over the eight weeks before it."""

_MOST_REASONS = 3


@dataclass(frozen=True)
class Standing:
    """How a source stood after the run before."""

    state: Health
    sign: Sign | None
    reason: str | None
    since: datetime  # UTC


@dataclass(frozen=True)
class Judgement:
    """How a source stands now."""

    state: Health
    sign: Sign | None  # None: nothing is wrong
    reason: str | None
    since: datetime  # UTC: since when it has failed, or has been fine
    usual: dict[str, object]  # what today's figures were compared with, JSON values

    @property
    def failing(self) -> bool:
        """Whether somebody must look."""
        return self.state in FAILING


def judge_source(
    figures: Figures,
    *,
    past: Sequence[Past],
    before: Standing | None,
    source: SourceSpec,
    now: datetime,
    leads: Sequence[datetime],
) -> Judgement:
    """Judge a source that was asked. ``past``: its runs of the last ``HISTORY``, oldest first; ``before``: the last.

    ``leads`` are the times of the newest articles it has listed, newest first.
    """
    usual = Usual.of(past)
    faults = entry_faults(figures, past, source)
    if any_answered(figures):
        faults += page_faults(figures, usual, source)
        faults = faults or _pages_not_over(before, figures, usual, source)
        faults = (
            faults or flow_faults(figures, past, source, now=now, leads=leads) or _silence_not_over(before, figures)
        )
    state = faults[0].state if faults else _fine_state(figures)
    reason = "; ".join(dict.fromkeys(finding.reason for finding in faults[:_MOST_REASONS])) or None
    since = before.since if before and (before.state in FAILING) == (state in FAILING) else now
    return Judgement(
        state=state,
        sign=faults[0].sign if faults else None,
        reason=reason,
        since=since,
        usual=_shown(figures, past, usual, source=source, now=now),
    )


def _pages_not_over(before: Standing | None, figures: Figures, usual: Usual, source: SourceSpec) -> list[Finding]:
    """The fault of the run before, where no page of this one shows that it is over: a silent day repairs none."""
    if before is None or before.sign is None or before.sign.family is not Family.PAGES:
        return []
    goes_on = pages_still_wrong(before.sign, figures, usual, source)
    return [Finding(before.state, before.sign, before.reason or before.sign.value)] if goes_on else []


def _silence_not_over(before: Standing | None, figures: Figures) -> list[Finding]:
    """A silence ends when something comes, and not when it has lasted until silence is usual."""
    if before is None or before.sign is None or before.sign.family is not Family.FLOW:
        return []
    goes_on = not figures.fresh and not figures.new
    return [Finding(before.state, before.sign, before.reason or before.sign.value)] if goes_on else []


def _fine_state(figures: Figures) -> Health:
    if figures.new or figures.changed:
        return Health.OK
    return Health.UNCHANGED if all_unchanged(figures) else Health.QUIET


def _shown(
    figures: Figures, past: Sequence[Past], usual: Usual, *, source: SourceSpec, now: datetime
) -> dict[str, object]:
    """What a person compares today's figures with."""
    came, rate = day_figures(figures, past, source, now=now)
    return {
        "new_today": came,
        "new": [round(rate.lowest), round(rate.middle), round(rate.highest)] if rate else None,
        "body_median": usual.body_median,
        "runs": usual.runs,
    }
