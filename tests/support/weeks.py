"""A simulated source over weeks: a desk whose clock is turned from run to run, and the weeks before as signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.gazette import LISTED, Gazette
from wirewatch.alert.mailbox import list_messages, show_message
from wirewatch.health.figures import EntryFigures, Figures, Share
from wirewatch.model import Outcome
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import health, runs
from wirewatch.warehouse.connection import Row, connected

DAY = timedelta(days=1)
SELECTORS = ("title", "body", "published", "authors")


@dataclass
class Weeks:
    """The gazette as Wirewatch sees it, run after run."""

    desk: Desk  # its clock is the gazette's
    gazette: Gazette
    mailbox: Path

    @classmethod
    def begin(cls, desk: Desk, gazette: Gazette, *, folder: Path, mailbox: Path, more: str = "") -> Weeks:
        """A desk for the gazette alone, with no concepts and no rules."""
        gazette.write_source(folder / "sources", more=more)
        for name in ("concepts", "rules"):
            (folder / name).mkdir()
        settings = replace(
            desk.settings, sources=folder / "sources", concepts=folder / "concepts", rules=folder / "rules"
        )
        return cls(Desk(settings, now=lambda: gazette.now), gazette, mailbox)

    def run(self, at: datetime) -> Row:
        """One whole run at that time; how the source stands after it."""
        self.gazette.now = at
        run_day(self.desk, day=at.date())
        with connected(self.desk.database_url) as connection, connection, connection.cursor() as cursor:
            # The one clock that cannot be given: the server's. What this run saw first it saw at its own time.
            cursor.execute(
                "update address set first_seen_at = %s where first_run_id = (select max(run_id) from run)", (at,)
            )
        return self.stands()

    def stands(self) -> Row:
        """Its row in ``source_health``."""
        with connected(self.desk.database_url) as connection, connection:
            return next(row for row in health.source_health(connection) if row["source"] == "gazette")

    def query(self, statement: str) -> list[Row]:
        """Rows of a statement."""
        with connected(self.desk.database_url) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [dict(row) for row in cursor.fetchall()]

    def mails(self) -> list[str]:
        """Subjects of what the operator got, oldest first."""
        return [mail.subject for mail in sorted(self._mails(), key=lambda mail: mail.key)]

    def last_mail(self) -> str:
        """Text of the operator's last mail."""
        return show_message(self.mailbox, max(mail.key for mail in self._mails()))

    def _mails(self) -> list[Any]:
        operator = self.desk.settings.operator
        return [mail for mail in list_messages(self.mailbox) if operator in mail.recipients]

    def remember(self, *, until: datetime, days: int = 63) -> None:
        """Daily runs before ``until`` as their signals alone, with the figures the gazette gives on those days."""
        with connected(self.desk.database_url) as connection, connection:
            runs.sync_sources(connection, self.desk.sources)
            for back in range(days, 0, -1):
                at = until - back * DAY
                run = runs.open_run(connection, f"past:{at:%Y-%m-%d}", at.date(), backfill=False, sources=["gazette"])
                fresh = [piece for piece in self.gazette.out(at) if piece.at > at - DAY]
                values = {"judged_at": at, "state": "ok", "sign": None, "reason": None, "since": at}
                figures = self._figures([(piece.number, sum(map(len, piece.paragraphs))) for piece in fresh])
                health.store_signal(connection, run, "gazette", values=values, figures=figures.to_json(), usual={})

    def _figures(self, articles: list[tuple[int, int]]) -> Figures:
        lengths = sorted(length for _, length in articles)
        count, feeds = len(articles), self.gazette.feeds
        pages = ("articles-fail", "home", "wall", "no-articles", "quarantined", "alike", "language")
        texts = ("without:published", "without:authors", "cut", "same-text")
        missed = [f"missed:{name}" for name in SELECTORS]
        return Figures(
            entries=tuple(
                EntryFigures(
                    f"{self.gazette.base}{path}",
                    Outcome.NEW,
                    leads=LISTED,
                    fresh=sum(number % len(feeds) == edition for number, _ in articles),
                )
                for edition, path in enumerate(feeds)
            ),
            new=count,
            shares={name: Share(0, count) for name in (*pages, *texts, *missed)},
            texts=count,
            body_lowest=lengths[0] if lengths else None,
            body_median=lengths[count // 2] if lengths else None,
            body_highest=lengths[-1] if lengths else None,
            languages={"ru": count},
        )
