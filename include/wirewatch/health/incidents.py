"""What the operator is told: once when a source fails, once when it works again, and not at every run. Pure.

An incident lasts from the first failing run to the first fine one, whatever kinds of failure it goes through. A source
that fails again before its recovery was told is still in the same incident. Of one source no two mails of the same kind
go out within ``QUIET``: what flaps every hour is told of once a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

QUIET = timedelta(hours=20)
"""Shorter than a day, for runs are not to the minute, and a daily run must never be passed over."""


@dataclass(frozen=True)
class Incident:
    """The latest incident of a source."""

    incident_id: int
    source: str
    opened_at: datetime  # UTC
    closed: bool
    failure_told: bool
    recovery_told: bool
    last_failure_mail: datetime | None  # UTC; of any incident of this source
    last_recovery_mail: datetime | None


@dataclass(frozen=True)
class Changes:
    """What a run makes of the incidents, by slugs of sources."""

    opened: tuple[str, ...] = ()  # a new incident
    reopened: tuple[str, ...] = ()  # the latest incident goes on
    seen: tuple[str, ...] = ()  # an open incident goes on
    closed: tuple[str, ...] = ()
    tell_failing: tuple[str, ...] = ()
    tell_recovered: tuple[str, ...] = ()


def settle(latest: Mapping[str, Incident], failing: Mapping[str, bool], *, now: datetime) -> Changes:
    """Latest incidents, and which of the judged sources fail → what changes. A source that was not judged stays."""
    steps = {source: _step(latest.get(source), fails) for source, fails in sorted(failing.items())}
    return Changes(
        opened=_those(steps, "opened"),
        reopened=_those(steps, "reopened"),
        seen=_those(steps, "seen"),
        closed=_those(steps, "closed"),
        tell_failing=tuple(
            source
            for source, step in steps.items()
            if failing[source]
            and _failure_untold(latest.get(source), step)
            and _may_tell(latest.get(source), now, failure=True)
        ),
        tell_recovered=tuple(
            source
            for source, step in steps.items()
            if not failing[source]
            and _recovery_untold(latest.get(source), step)
            and _may_tell(latest.get(source), now, failure=False)
        ),
    )


def _step(incident: Incident | None, fails: bool) -> str:
    if incident is not None and not incident.closed:
        return "seen" if fails else "closed"
    if not fails:
        return "fine"
    goes_on = incident is not None and incident.failure_told and not incident.recovery_told
    return "reopened" if goes_on else "opened"


def _those(steps: Mapping[str, str], wanted: str) -> tuple[str, ...]:
    return tuple(source for source, step in steps.items() if step == wanted)


def _failure_untold(incident: Incident | None, step: str) -> bool:
    return step == "opened" or (step == "seen" and incident is not None and not incident.failure_told)


def _recovery_untold(incident: Incident | None, step: str) -> bool:
    return incident is not None and step in ("closed", "fine") and incident.failure_told and not incident.recovery_told


def _may_tell(incident: Incident | None, now: datetime, *, failure: bool) -> bool:
    if incident is None:
        return True
    last = incident.last_failure_mail if failure else incident.last_recovery_mail
    return last is None or now - last >= QUIET


@dataclass(frozen=True)
class Told:
    """What a mail says of one source."""

    slug: str
    name: str
    state: str
    reason: str | None
    advice: str | None
    since: datetime  # UTC: since when it fails; of a recovered one: since when it failed


def notice_subject(failing: Iterable[Told], recovered: Iterable[Told]) -> str:
    """Subject of the operator's mail: names while they are few."""
    parts = [_counted(list(failing), "fails", "fail"), _counted(list(recovered), "works again", "work again")]
    return "Sources: " + "; ".join(part for part in parts if part)


def _counted(told: list[Told], one: str, many: str) -> str:
    if not told:
        return ""
    if len(told) > 2:
        return f"{len(told)} {many}"
    return f"{' and '.join(item.slug for item in told)} {one if len(told) == 1 else many}"


def notice_lines(failing: Iterable[Told], recovered: Iterable[Told], *, others: int, asked: int) -> list[str]:
    """Text of the operator's mail. ``others`` fail since earlier mails; ``asked`` sources were asked in this run."""
    failing, recovered = list(failing), list(recovered)
    lines: list[str] = []
    if asked > 2 and len(failing) == asked and all(item.state == "unreachable" for item in failing):
        lines += ["None of the sources could be reached: look at this machine's network first.", ""]
    for item in failing:
        lines += [f"{item.name} ({item.slug}): {item.state} since {item.since:%d %b %Y, %H:%M} UTC"]
        lines += [f"  {item.reason}"] if item.reason else []
        lines += [f"  What to do: {item.advice}", ""] if item.advice else [""]
    for item in recovered:
        lines += [f"{item.name} ({item.slug}): works again; it had failed since {item.since:%d %b %Y, %H:%M} UTC", ""]
    if others:
        lines += [f"{others} more {'fails' if others == 1 else 'fail'} since earlier mails.", ""]
    return [*lines, "All of them: wirewatch health"]
