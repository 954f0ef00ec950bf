"""What is usual of a source: how much came in the same hours of earlier weeks, and how its pages and texts were. Pure.

Counts are compared as stretches of time, not as calendar days: a run says how many articles came since the run before
it, and a window of today is laid over the same hours of the same weekdays, one to eight weeks back. So any schedule
will do, daily or hourly, and a run that was left out or made twice changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from wirewatch.health.figures import Figures, Share
from wirewatch.health.holidays import is_holiday
from wirewatch.health.signs import FAILING
from wirewatch.model import Health
from wirewatch.sources import SourceSpec

WEEKS = 8
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
NEARLY_A_DAY = timedelta(hours=20)  # runs are not to the minute
FEWEST_WEEKS = 3
"""Earlier weeks that must be known before counts are compared."""

LONGEST_SPAN = timedelta(days=4)
"""Between two runs; what came in a longer pause says little of any day in it."""

STEADIEST = 8.0
"""A source's daily rate is taken to vary by a third (1/√8) at least, however even its weeks were."""

Piece = tuple[datetime, datetime]
"""A stretch of time, from and until."""


@dataclass(frozen=True)
class Past:
    """An earlier run in which the source was asked."""

    at: datetime  # UTC
    state: Health
    figures: Figures


@dataclass(frozen=True)
class Span:
    """How many came between two runs."""

    start: datetime
    end: datetime
    count: int


@dataclass(frozen=True)
class Rate:
    """How many are usual in a window: the same hours of earlier weeks."""

    lowest: float
    middle: float
    highest: float
    steadiness: float  # see ``chance.at_most``

    @classmethod
    def of(cls, samples: Sequence[float]) -> Rate | None:
        """None when too few weeks are known. By median and median deviation: one odd week moves neither."""
        if len(samples) < FEWEST_WEEKS:
            return None
        middle = median(samples)
        spread = 1.4826 * median(abs(sample - middle) for sample in samples)  # of a normal distribution
        surplus = spread**2 - middle
        fitted = middle**2 / surplus if surplus > 0 else STEADIEST
        return cls(min(samples), middle, max(samples), min(fitted, STEADIEST, 2.0 * len(samples)))

    def __str__(self) -> str:
        low, high = round(self.lowest), round(self.highest)
        return f"{low} to {high}" if low < high else f"{high}"


def spans(past: Iterable[Past], count: Callable[[Figures], int | None]) -> tuple[Span, ...]:
    """What came between runs, oldest first. ``count`` gives None for a run that could not tell: the next one does."""
    found: list[Span] = []
    start: datetime | None = None
    for run in past:
        number = count(run.figures)
        if number is None:
            continue
        if start is not None and start < run.at:
            found.append(Span(start, run.at, number))
        start = run.at
    return tuple(found)


def window(start: datetime, end: datetime, source: SourceSpec) -> tuple[Piece, ...]:
    """A stretch of time without the source's public holidays: on them nothing need come.

    Beside a holiday only whole days are left: of runs a day apart nobody knows how much of a day comes in its evening.
    """
    zone = source.zone
    pieces: list[Piece] = []
    day, working = start.astimezone(zone).date(), False
    while (midnight := datetime.combine(day, time(), zone)) < end:
        until = min(end, datetime.combine(day + DAY, time(), zone))
        if is_holiday(day, source.country):
            working = False
        elif working:
            pieces[-1] = (pieces[-1][0], until)
        else:
            pieces.append((max(start, midnight), until))
            working = True
        day += DAY
    if pieces == [(start, end)]:
        return tuple(pieces)
    return tuple((since, until) for since, until in pieces if until - since >= NEARLY_A_DAY)


def rate(known: Sequence[Span], pieces: Sequence[Piece], source: SourceSpec) -> Rate | None:
    """How many are usual in a window; None when too few earlier weeks are known. Weeks with a holiday in it are not."""
    if not pieces:
        return None
    length = pieces[-1][1] - pieces[0][0]
    first = max(1, -(-length // WEEK))  # a window longer than a week is laid over whole weeks before it
    shifts = [weeks * WEEK for weeks in range(first, WEEKS + 1)]
    samples = [_came(known, pieces, shift=shift) for shift in shifts if not _touches_holiday(pieces, shift, source)]
    return Rate.of([sample for sample in samples if sample is not None])


def _touches_holiday(pieces: Sequence[Piece], shift: timedelta, source: SourceSpec) -> bool:
    zone = source.zone
    days = {(moment - shift).astimezone(zone).date() for piece in pieces for moment in piece}
    return any(is_holiday(day, source.country) for day in days)


def _came(known: Sequence[Span], pieces: Sequence[Piece], *, shift: timedelta) -> float | None:
    """How many came in an earlier window, spans shared out by time; None where runs cover less than nine tenths."""
    came, covered, length = 0.0, timedelta(), timedelta()
    for start, end in pieces:
        start, end = start - shift, end - shift
        length += end - start
        for span in known[bisect_right(known, start, key=lambda span: span.end) :]:
            if span.start >= end:
                break
            common = min(end, span.end) - max(start, span.start)
            if span.end - span.start <= LONGEST_SPAN:
                covered += common
                came += span.count * (common / (span.end - span.start))
    return came if covered >= 0.9 * length else None


def expected(source: SourceSpec, start: datetime, end: datetime) -> int:
    """Articles that the source's own file calls the fewest usual in a window, counted in whole days back from its end.

    A day that reaches over midnight is as good as the quieter of its two: early on Monday it is still Sunday's news.
    """
    zone = source.zone
    total, until = 0, end
    while until - start >= NEARLY_A_DAY:
        days = {moment.astimezone(zone).date() for moment in (until - timedelta(minutes=1), until - DAY * 0.9)}
        total += min(_fewest(source, day) for day in days)
        until -= DAY
    return total


def _fewest(source: SourceSpec, day: date) -> int:
    return 0 if is_holiday(day, source.country) else source.expect.fewest(day)


@dataclass(frozen=True)
class Usual:
    """How a source's pages and texts were in earlier runs that were fine."""

    shares: dict[str, Share]
    texts: int = 0
    body_median: int | None = None  # the middle one of the runs' medians
    lowest_median: int | None = None  # of runs with three texts and more
    body_lowest: int | None = None
    runs: int = 0

    @classmethod
    def of(cls, past: Iterable[Past]) -> Usual:
        """Runs in which something was wrong do not say what is usual."""
        fine = [run.figures for run in past if run.state not in FAILING]
        shares: dict[str, Share] = {}
        for figures in fine:
            for name, share in figures.shares.items():
                shares[name] = shares.get(name, Share()) + share
        medians = [(figures.body_median, figures.texts) for figures in fine if figures.body_median is not None]
        return cls(
            shares=shares,
            texts=sum(figures.texts for figures in fine),
            body_median=round(median(middle for middle, _ in medians)) if medians else None,
            lowest_median=min((middle for middle, texts in medians if texts >= 3), default=None),
            body_lowest=min((low for figures in fine if (low := figures.body_lowest) is not None), default=None),
            runs=len(fine),
        )

    def share(self, name: str) -> Share:
        """One of the shares; 0 of 0 when nothing is known."""
        return self.shares.get(name, Share())
