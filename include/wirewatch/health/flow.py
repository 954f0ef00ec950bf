"""Faults of what flows: entry points that are frozen, far too few articles, a source that has grown old. Pure.

Silence is a fault when its chance is below 1 in 1,000: of nothing new since the last time something came, where the
same hours of earlier weeks give what is usual. A source of a dozen a day and more is told after one silent day, one of
three a day after four or five; a quiet weekend or holiday never is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from wirewatch.health.chance import RARE, at_most
from wirewatch.health.figures import Figures
from wirewatch.health.signs import Finding, Sign
from wirewatch.health.usual import DAY, NEARLY_A_DAY, STEADIEST, Past, Rate, expected, rate, spans, window
from wirewatch.model import Health, Outcome
from wirewatch.sources import SourceSpec

OLD = timedelta(days=14)
"""A source whose newest article is older is old, unless its own longest pause was more than half as long."""

_ONE_RUN = timedelta(hours=36)  # a longer pause between runs: a short listing has forgotten what came first
_FAR_TOO_FEW = RARE / 10  # some articles are no silence, and a count is judged at each run
_ANSWERED = frozenset({Outcome.NEW, Outcome.UNCHANGED})


def flow_faults(
    figures: Figures, past: Sequence[Past], source: SourceSpec, *, now: datetime, leads: Sequence[datetime]
) -> list[Finding]:
    """What is wrong with what came. ``leads``: times of the newest articles a source has listed, newest first."""
    if frozen := _frozen(figures, past, source, now=now):
        return [frozen]
    found = (_few(figures, past, source, now=now), _old(leads, now=now))
    return [finding for finding in found if finding is not None]


def _frozen(figures: Figures, past: Sequence[Past], source: SourceSpec, *, now: datetime) -> Finding | None:
    """Each entry point by itself, then all of them together: each may be too slow to tell alone."""
    answering = [entry for entry in figures.entries if not entry.failed]
    silent = {
        entry.entry: told
        for entry in answering
        if (told := _silence(entry.entry, entry.fresh, past, source, now=now)) is not None
    }
    if silent and len(silent) < len(answering):
        address, told = next(iter(silent.items()))
        reason = f"{len(silent)} of {len(figures.entries)} entry points frozen: {address}: {told}"
        return Finding(Health.STALE, Sign.FROZEN, reason)
    if not answering:
        return None
    told = next(iter(silent.values()), None) or _silence(None, figures.fresh, past, source, now=now)
    return Finding(Health.STALE, Sign.FROZEN, f"frozen: it answers, but {told}") if told else None


def _fresh_of(figures: Figures, address: str | None) -> int | None:
    """New addresses that an entry point (None: all of them) named; None when it did not answer."""
    found = [entry for entry in figures.entries if address in (None, entry.entry) and not entry.failed]
    return sum(entry.fresh for entry in found) if found else None


def _silence(address: str | None, fresh: int, past: Sequence[Past], source: SourceSpec, *, now: datetime) -> str | None:
    """A sentence when nothing new came for longer than is likely, else None."""
    known = spans(past, lambda figures: _fresh_of(figures, address))
    if fresh or not past:
        return None
    since = max((span.end for span in known if span.count), default=past[0].at)
    if now - since < NEARLY_A_DAY:
        return None
    usual = rate([span for span in known if span.end <= since], window(since, now, source), source)
    told = f"nothing new since {since:%a %d %b %H:%M} UTC, where"
    if usual is not None and at_most(0, mean=usual.middle, steadiness=usual.steadiness) < RARE:
        return f"{told} {usual} new addresses are usual"
    stated = expected(source, since, now) if address is None or len(source.entries) == 1 else 0
    if stated and at_most(0, mean=stated, steadiness=STEADIEST) < RARE:
        return f"{told} its file expects {stated} and more"
    return None


def _few(figures: Figures, past: Sequence[Past], source: SourceSpec, *, now: datetime) -> Finding | None:
    """Some articles, and far fewer than in the same day of earlier weeks."""
    if not past or now - past[-1].at > _ONE_RUN:
        return None
    came, usual = day_figures(figures, past, source, now=now)
    stated = expected(source, now - DAY, now)
    if usual is not None and _far_too_few(came, usual.middle, usual.steadiness):
        return Finding(Health.STALE, Sign.FEW, f"only {came} new articles in a day, where {usual} are usual")
    if _far_too_few(came, stated, STEADIEST):
        return Finding(Health.STALE, Sign.FEW, f"only {came} new articles in a day, where its file expects {stated}")
    return None


def day_figures(
    figures: Figures, past: Sequence[Past], source: SourceSpec, *, now: datetime
) -> tuple[int, Rate | None]:
    """New articles of the runs of the last day, this one included, and how many are usual in those hours."""
    known = spans(past, lambda earlier: earlier.new)
    came = figures.new + sum(span.count for span in known if span.end > now - 0.9 * DAY)
    return came, rate(known, window(now - DAY, now, source), source)


def _far_too_few(came: int, mean: float, steadiness: float) -> bool:
    return came * 4 < mean and at_most(came, mean=mean, steadiness=steadiness) < _FAR_TOO_FEW


def _old(leads: Sequence[datetime], *, now: datetime) -> Finding | None:
    if not leads:
        return None
    pauses = [newer - older for newer, older in pairwise(leads)]
    longest, age = max(pauses, default=timedelta()), now - leads[0]
    if age <= max(OLD, 2 * longest):
        return None
    usual = f"; its longest pause before was {longest.days} days" if longest >= DAY else ""
    return Finding(Health.STALE, Sign.OLD, f"its newest article is {age.days} days old{usual}")


def all_unchanged(figures: Figures) -> bool:
    """Whether every entry point said 304 or served the same bytes."""
    return bool(figures.entries) and all(entry.outcome is Outcome.UNCHANGED for entry in figures.entries)


def any_answered(figures: Figures) -> bool:
    """Whether an entry point answered, whatever it said."""
    return any(entry.outcome in _ANSWERED for entry in figures.entries)
