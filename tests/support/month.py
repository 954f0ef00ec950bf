"""Thirty invented days of news: what a month sends to readers, with an answer sheet of its own.

Each day has a few events. A wire tells an event first, papers reprint it in later runs, and some of the reports change
afterwards: a number, a watched concept that is taken out, a withdrawal. Nothing is fetched: rows are put as the read
step stores them, so that a month takes seconds.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone

from benchmarks.documents import invented_documents
from tests.support.shelf import Put, Shelf
from wirewatch.model import ChangeKind, Mention

DAYS = 30
BEGIN = date(2026, 10, 20)  # clocks in Warsaw go back on the 25th
RUNS = (time(4, 30), time(12, 10), time(21, 15))
PAPERS = ("p1", "p2", "p3", "p4")
CONCEPTS = ("csto", "nato", "zapad-exercise")
CHANGES = (None, None, None, ChangeKind.NUMBER, ChangeKind.CONCEPT_REMOVED, ChangeKind.WITHDRAWN)


@dataclass(frozen=True)
class Event:
    """One event and what becomes of its reports."""

    number: int
    run: int  # in which the wire tells it, counted from the first day
    concept: str
    body: str
    reprints: tuple[tuple[str, int], ...]  # paper, run
    change: ChangeKind | None  # of the wire's report
    change_run: int

    @property
    def report(self) -> Put:
        """The wire's report."""
        return Put("veda", f"e{self.number}", self.body, moment(self.run), title=f"Event {self.number}")

    @property
    def mention(self) -> Mention:
        """The watched concept in its body."""
        return Mention(self.concept, "body", 0, len(self.concept), self.concept)


def moment(run: int) -> datetime:
    """When a run begins, UTC."""
    day, part = divmod(run, len(RUNS))
    return datetime.combine(BEGIN + timedelta(days=day), RUNS[part], tzinfo=timezone.utc)


def events(seed: int = 7) -> list[Event]:
    """The month's events."""
    chance = random.Random(seed)
    bodies = invented_documents(DAYS * 6, words=120, seed=seed).texts[: DAYS * 5]  # the copies in it are at the end
    made: list[Event] = []
    for number, text in enumerate(bodies):
        run = chance.randrange(DAYS * len(RUNS) - 8)
        concept = chance.choice(CONCEPTS)
        papers = chance.sample(PAPERS, chance.choice((0, 0, 1, 3, 4)))
        made.append(
            Event(
                number,
                run,
                concept,
                f"{concept} {text}",
                tuple((paper, run + chance.randrange(3)) for paper in papers),
                chance.choice(CHANGES),
                run + chance.choice((1, 3, 6)),
            )
        )
    return made


@dataclass
class Month:
    """A shelf that lives through the month, run by run."""

    shelf: Shelf
    events: list[Event] = field(default_factory=events)

    def begin(self) -> None:
        """The sources."""
        self.shelf.source("veda", name="Агентство Веда", kind="wire")
        for paper in PAPERS:
            self.shelf.source(paper)

    def put(self, run: int) -> None:
        """What a run reads: reports, reprints, and changes of what was there."""
        seen = moment(run)
        self.shelf.open_day(seen.date())
        puts = [replace(it.report, mentions=(it.mention,)) for it in self.events if it.run == run]
        puts += [
            replace(it.report, source=paper, mentions=(it.mention,), published=moment(when))
            for it in self.events
            for paper, when in it.reprints
            if when == run
        ]
        if puts:
            self.shelf.put(*puts, seen=seen)
        for event in self.events:
            if event.change and event.change_run == run:
                self._change(event, seen)

    def _change(self, event: Event, seen: datetime) -> None:
        """The wire's report changes: another version where its text does, and the row that the read step makes."""
        version, concept, before, after = 1, None, None, None
        if event.change is ChangeKind.NUMBER:
            version, before, after = 2, "12", "2"
            self.shelf.put(replace(event.report, body=f"{event.body} 2", mentions=(event.mention,)), seen=seen)
        elif event.change is ChangeKind.CONCEPT_REMOVED:
            version, concept = 2, event.concept
            self.shelf.put(replace(event.report, body=event.body.removeprefix(event.concept)), seen=seen)
        self.shelf.execute(
            "insert into article_change (article_id, version, kind, before, after, concept, absence, seen_at,"
            " change_key) select article_id, %s, %s, %s, %s, %s, %s, %s, 'k' from article where url = %s",
            (
                version,
                event.change.value if event.change else None,
                before,
                after,
                concept,
                "gone" if event.change is ChangeKind.WITHDRAWN else None,
                seen,
                event.report.url,
            ),
        )

    def alerts_of(self, concept: str, *, again: bool) -> Counter[int]:
        """Answer sheet: event → how often a rule about the concept tells it."""
        return Counter(
            {
                event.number: 1 + (again and event.change is not None)
                for event in self.events
                if event.concept == concept
            }
        )
