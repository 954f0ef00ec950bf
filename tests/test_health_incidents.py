"""What the operator is told: once when a source fails, once when it works again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

import pytest

from wirewatch.health.incidents import Changes, Incident, Told, notice_lines, notice_subject, settle

NOW = datetime(2026, 11, 24, 5, tzinfo=timezone.utc)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPEN = Incident(
    1, "a", NOW - DAY, closed=False, failure_told=True, recovery_told=False,
    last_failure_mail=NOW - DAY, last_recovery_mail=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("latest", "fails", "changes"),
    [
        (None, False, Changes()),
        (None, True, Changes(opened=("a",), tell_failing=("a",))),
        (OPEN, True, Changes(seen=("a",))),
        (OPEN, False, Changes(closed=("a",), tell_recovered=("a",))),
        (replace(OPEN, closed=True, recovery_told=True), True, Changes(opened=("a",), tell_failing=("a",))),
        (replace(OPEN, closed=True, recovery_told=True), False, Changes()),
        # Failed again before its recovery was told: for the operator it never worked.
        (replace(OPEN, closed=True), True, Changes(reopened=("a",))),
        # Told of within the day: it waits for a later run, and is told if it still stands.
        (
            replace(OPEN, closed=True, recovery_told=True, last_failure_mail=NOW - 2 * HOUR),
            True,
            Changes(opened=("a",)),
        ),
        (replace(OPEN, failure_told=False, last_failure_mail=NOW - 2 * HOUR), True, Changes(seen=("a",))),
        (replace(OPEN, failure_told=False), True, Changes(seen=("a",), tell_failing=("a",))),
        (replace(OPEN, failure_told=False), False, Changes(closed=("a",))),
        (replace(OPEN, last_recovery_mail=NOW - 2 * HOUR), False, Changes(closed=("a",))),
        (replace(OPEN, closed=True, last_recovery_mail=NOW - DAY), False, Changes(tell_recovered=("a",))),
    ],
)
def test_one_run_settles_a_source(latest: Incident | None, fails: bool, changes: Changes) -> None:
    """Incident and state → what is opened, closed and told."""
    assert settle({"a": latest} if latest else {}, {"a": fails}, now=NOW) == changes


def test_a_source_that_was_not_judged_stays_as_it_is() -> None:
    """A run of some sources, or one outside a source's hours, ends no incident."""
    assert settle({"a": OPEN}, {}, now=NOW) == Changes()


@dataclass
class Office:
    """Incidents of one source as the warehouse keeps them."""

    incident: Incident | None = None

    def hear(self, fails: bool, now: datetime) -> str | None:
        """What the operator is told in this run."""
        changes = settle({"a": self.incident} if self.incident else {}, {"a": fails}, now=now)
        if changes.opened:
            old = self.incident
            self.incident = replace(
                OPEN,
                failure_told=False,
                last_failure_mail=old.last_failure_mail if old else None,
                last_recovery_mail=old.last_recovery_mail if old else None,
            )
        if self.incident is None:
            return None
        closed = bool(changes.closed) or (self.incident.closed and not changes.reopened)
        self.incident = replace(self.incident, closed=closed)
        if changes.tell_failing:
            self.incident = replace(self.incident, failure_told=True, last_failure_mail=now)
            return "fails"
        if changes.tell_recovered:
            self.incident = replace(self.incident, recovery_told=True, last_recovery_mail=now)
            return "works again"
        return None


def test_a_source_that_flaps_every_hour_is_told_of_once_a_day() -> None:
    """Three days of failing in every other hour: at most one mail of each kind a day, and the last one is true."""
    office = Office()
    told = [office.hear(hour % 2 == 0, NOW + hour * HOUR) for hour in range(72)]
    assert told[:2] == ["fails", "works again"]
    assert told.count("fails") == 4
    assert told.count("works again") <= 4
    end = [office.hear(False, NOW + hour * HOUR) for hour in range(72, 120)]
    believed = [word for word in [*told, *end] if word]
    assert believed[-1] == "works again"


def told(slug: str, state: str = "broken") -> Told:
    return Told(slug, slug.title(), state, "no feed", f"wirewatch check {slug}", NOW)


def test_the_mail_says_what_fails_since_when_and_what_to_do() -> None:
    """Failing sources first, each with its reason; recovered ones; how many others still fail."""
    assert notice_lines([told("ria")], [told("tass")], others=2, asked=9) == [
        "Ria (ria): broken since 24 Nov 2026, 05:00 UTC",
        "  no feed",
        "  What to do: wirewatch check ria",
        "",
        "Tass (tass): works again; it had failed since 24 Nov 2026, 05:00 UTC",
        "",
        "2 more fail since earlier mails.",
        "",
        "All of them: wirewatch health",
    ]


def test_a_machine_without_network_is_named_first() -> None:
    """When nothing could be reached the mail begins with this machine."""
    away = [told(slug, "unreachable") for slug in ("a", "b", "c")]
    assert "this machine's network" in notice_lines(away, [], others=0, asked=3)[0]
    assert "this machine's network" not in notice_lines(away, [], others=0, asked=4)[0]


@pytest.mark.parametrize(
    ("failing", "recovered", "subject"),
    [
        (["a"], [], "Sources: a fails"),
        (["a", "b"], ["c"], "Sources: a and b fail; c works again"),
        ([], ["a", "b", "c"], "Sources: 3 work again"),
    ],
)
def test_the_subject_names_them_while_they_are_few(failing: list[str], recovered: list[str], subject: str) -> None:
    """Up to two names, then a number."""
    assert notice_subject(map(told, failing), map(told, recovered)) == subject
