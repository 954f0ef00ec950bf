"""Silence and plenty: what comes in the same hours of earlier weeks decides, on any schedule."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from random import Random

import pytest

from wirewatch.health.chance import at_least, at_most
from wirewatch.health.figures import EntryFigures, Figures
from wirewatch.health.holidays import eastern_easter, is_holiday, western_easter
from wirewatch.health.judge import HISTORY, Judgement, Standing, judge_source
from wirewatch.health.signs import FAILING, Sign
from wirewatch.health.usual import Past, Rate, Span, expected, spans, window
from wirewatch.model import Health, Outcome
from wirewatch.sources import SourceSpec

FEED = "https://press.example/rss"
START = datetime(2026, 8, 24, tzinfo=timezone.utc)  # a Monday
DAY = timedelta(days=1)


def source(*, country: str = "PL", **expect: object) -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "slug": "press",
            "name": "Press",
            "country": country,
            "kind": "press",
            "home": "https://press.example/",
            "languages": ["pl"],
            "timezone": "Europe/Warsaw",
            "entries": [{"feed": FEED}],
            "expect": expect,
            "status": {"state": "works", "how": "invented"},
        }
    )


@dataclass
class Life:
    """A source that is asked again and again; what comes between two runs is drawn."""

    spec: SourceSpec
    weekday: float
    weekend: float
    steadiness: float | None = 8.0  # None: a Poisson process
    seed: int = 1

    def __post_init__(self) -> None:
        self.draw = Random(self.seed)
        self.moments: list[datetime] = []
        self.past: list[Past] = []
        self.before: Standing | None = None
        self.last: datetime | None = None
        for number in range(150):
            day = START + number * DAY
            holiday = is_holiday(day.date(), self.spec.country)
            mean = 0.0 if holiday else self.weekend if day.weekday() >= 5 else self.weekday
            if self.steadiness and mean:
                mean = self.draw.gammavariate(self.steadiness, mean / self.steadiness)
            self.moments += sorted(day + timedelta(hours=self._hour()) for _ in range(poisson(self.draw, mean)))

    def _hour(self) -> float:
        return min(23.9, max(0.0, self.draw.gauss(13, 4)))

    def ask(self, at: datetime, *, silent_from: datetime | None = None) -> Judgement:
        """One run; nothing comes after ``silent_from``."""
        there = [moment for moment in self.moments if moment <= min(at, silent_from or at)]
        fresh = len([moment for moment in there if self.last and moment > self.last]) if self.last else 20
        entry = EntryFigures(FEED, Outcome.NEW if fresh else Outcome.UNCHANGED, leads=20, fresh=fresh)
        figures = Figures(entries=(entry,), new=fresh, texts=fresh)
        found = judge_source(
            figures,
            past=[run for run in self.past if run.at > at - HISTORY],
            before=self.before,
            source=self.spec,
            now=at,
            leads=there[:-51:-1],
        )
        self.past.append(Past(at, found.state, figures))
        self.before = Standing(found.state, found.sign, found.reason, found.since)
        self.last = at
        return found


def poisson(draw: Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def runs(first: datetime, last: datetime, step: timedelta) -> list[datetime]:
    return [first + number * step for number in range(int((last - first) / step) + 1)]


SCHEDULES = [(timedelta(hours=24), 5), (timedelta(hours=24), 18), (timedelta(hours=6), 5)]


@pytest.mark.parametrize(("step", "hour"), SCHEDULES, ids=["daily at 5", "daily at 18", "every six hours"])
@pytest.mark.parametrize(("weekday", "weekend"), [(0.7, 0.0), (4.0, 0.3), (12.0, 2.0), (40.0, 15.0)])
def test_clean_weeks_raise_no_alarm(step: timedelta, hour: int, weekday: float, weekend: float) -> None:
    """From the first run on, through weekends and Polish holidays without a single article: nothing is wrong."""
    life = Life(source(), weekday, weekend)
    first = START + timedelta(hours=hour)
    alarms = [
        (at, found.reason) for at in runs(first, first + 100 * DAY, step) if (found := life.ask(at)).state in FAILING
    ]
    assert alarms == []


@pytest.mark.parametrize(
    ("weekday", "weekend", "days"),
    [(40.0, 15.0, 1), (20.0, 3.0, 1), (6.0, 1.0, 4), (3.0, 0.3, 7)],
)
def test_silence_is_told_when_it_is_unlikely(weekday: float, weekend: float, days: int) -> None:
    """Twenty a day are missed on the first silent day, three a day within a week; the reason says since when."""
    life = Life(source(), weekday, weekend)
    first = START + timedelta(hours=18)
    silent_from = first + 70 * DAY  # a Monday
    assert silent_from.weekday() == 0
    for at in runs(first, silent_from, DAY):
        assert life.ask(at).state not in FAILING
    states = [life.ask(silent_from + (number + 1) * DAY, silent_from=silent_from) for number in range(days)]
    assert (states[-1].state, states[-1].sign) == (Health.STALE, Sign.FROZEN), states
    assert "nothing new since" in (states[-1].reason or "")


def test_a_silent_weekend_is_a_weekend() -> None:
    """Where Saturdays and Sundays are always silent they stay so, and Monday morning too."""
    life = Life(source(), 20.0, 0.0)
    first = START + timedelta(hours=5)
    states = {at: life.ask(at).state for at in runs(first, first + 84 * DAY, DAY)}
    assert {state for at, state in states.items() if at.weekday() in (6, 0)} <= {Health.UNCHANGED, Health.OK}


def test_far_too_few_are_told() -> None:
    """A source of a hundred a day that brings two is stale, although it is not silent."""
    life = Life(source(), 100.0, 50.0)
    first = START + timedelta(hours=18)
    for at in runs(first, first + 70 * DAY, DAY):
        life.ask(at)
    last = first + 70 * DAY
    day = [moment for moment in life.moments if last < moment <= last + DAY]
    life.moments = [moment for moment in life.moments if moment not in day[2:]]
    found = life.ask(last + DAY)
    assert (found.state, found.sign) == (Health.STALE, Sign.FEW)
    assert (found.reason or "").startswith("only 2 new articles in a day, where ")


def test_a_gap_in_the_runs_is_no_silence() -> None:
    """The machine was off for ten days, then run again: what came is more than a day's, and nothing is wrong."""
    life = Life(source(), 20.0, 3.0)
    first = START + timedelta(hours=18)
    for at in runs(first, first + 63 * DAY, DAY):
        life.ask(at)
    states = [life.ask(first + number * DAY).state for number in range(73, 90)]
    assert set(states) <= {Health.OK, Health.QUIET, Health.UNCHANGED}


def test_a_new_source_is_held_to_its_file() -> None:
    """Without weeks of history ``expect.articles`` says what a day must bring; a weekday left out brings none."""
    spec = source(articles={"mon": 30, "tue": 30, "wed": 30, "thu": 30, "fri": 30})
    life = Life(spec, 40.0, 0.0)
    first = START + timedelta(hours=18)
    states = [life.ask(at).state for at in runs(first, first + 7 * DAY, DAY)]
    assert set(states) <= {Health.OK, Health.QUIET, Health.UNCHANGED}
    found = life.ask(first + 8 * DAY, silent_from=first + 7 * DAY)
    assert found.state is Health.STALE
    assert "where its file expects 30 and more" in (found.reason or "")


@pytest.mark.parametrize(
    ("longest", "age", "state"),
    [(1, 13, Health.UNCHANGED), (1, 15, Health.STALE), (10, 15, Health.UNCHANGED), (10, 21, Health.STALE)],
)
def test_a_source_is_old_by_its_own_pauses(longest: int, age: int, state: Health) -> None:
    """Two weeks without an article, and twice its longest pause: a monthly magazine is not stale."""
    now = START + 30 * DAY
    leads = [now - age * DAY - number * longest * DAY for number in range(10)]
    figures = Figures(entries=(EntryFigures(FEED, Outcome.UNCHANGED),))
    found = judge_source(figures, past=[], before=None, source=source(), now=now, leads=leads)
    assert found.state is state, found


def test_what_comes_is_shared_out_by_time() -> None:
    """A run that was left out leaves one longer stretch, and a run that could not tell leaves it to the next."""
    day = Figures(new=6)
    past = [Past(START + number * DAY, Health.OK, replace(day, new=number)) for number in (0, 1, 3, 4)]
    count: Callable[[Figures], int | None] = lambda figures: None if figures.new == 3 else figures.new  # noqa: E731
    assert spans(past, count) == (Span(START, START + DAY, 1), Span(START + DAY, START + 4 * DAY, 4))


def test_holidays_are_cut_out_of_a_window() -> None:
    """11 November is a holiday in Poland; of the days beside it only whole ones are left."""
    evening = datetime(2026, 11, 10, 18, tzinfo=timezone.utc)
    midnight = datetime(2026, 11, 11, 23, tzinfo=timezone.utc)  # of Warsaw
    assert window(evening, evening + DAY, source()) == ()
    assert window(evening, evening + 3 * DAY, source()) == ((midnight, evening + 3 * DAY),)
    assert window(evening, evening + DAY, source(country="GB")) == ((evening, evening + DAY),)


def test_a_night_belongs_to_the_quieter_of_its_days() -> None:
    """At five on Monday it is still Sunday's news that came; on a holiday none need come."""
    spec = source(articles={"sat": 1, "sun": 2, "mon": 30, "tue": 30, "wed": 30})
    five = datetime(2026, 11, 23, 5, tzinfo=timezone.utc)  # a Monday
    asked = [expected(spec, five + (number - 1) * DAY, five + number * DAY) for number in range(4)]
    assert asked == [2, 30, 30, 0]
    holiday = datetime(2026, 11, 11, 18, tzinfo=timezone.utc)
    assert expected(spec, holiday - DAY, holiday) == 0


def test_easter_and_what_hangs_on_it() -> None:
    """Computed days agree with published ones."""
    assert [western_easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
    ]
    assert [eastern_easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 5, 5),
        date(2025, 4, 20),
        date(2026, 4, 12),
    ]
    assert is_holiday(date(2026, 6, 4), "PL")  # Corpus Christi
    assert is_holiday(date(2026, 4, 21), "BY")  # Radunitsa
    assert is_holiday(date(2026, 11, 26), "US")  # Thanksgiving
    assert is_holiday(date(2026, 8, 31), "GB")  # the last Monday of August
    assert not is_holiday(date(2026, 11, 24), "PL")
    assert is_holiday(date(2026, 11, 11), "NATO")


def test_chances_are_those_of_the_tables() -> None:
    """Negative binomial and binomial, against values worked out by hand."""
    assert at_most(0, mean=2.0, steadiness=2.0) == pytest.approx(0.25)
    assert at_most(1, mean=2.0, steadiness=2.0) == pytest.approx(0.25 + 0.25)
    assert at_most(5, mean=0.0, steadiness=2.0) == 1.0
    assert at_least(2, 3, chance=0.5) == pytest.approx(0.5)
    assert at_least(3, 3, chance=0.1) == pytest.approx(0.001)
    assert at_least(0, 3, chance=0.1) == 1.0


def test_one_odd_week_moves_no_rate() -> None:
    """Median and median deviation: a week of an outage or of a scandal does not make silence likely."""
    even, odd = Rate.of([20, 21, 19, 20, 22, 18, 20, 20]), Rate.of([20, 21, 19, 90, 22, 18, 0, 20])
    assert even is not None
    assert odd is not None
    assert (even.middle, odd.middle) == (20, 20)
    assert at_most(0, mean=odd.middle, steadiness=odd.steadiness) < 0.001
    assert Rate.of([20, 20]) is None
