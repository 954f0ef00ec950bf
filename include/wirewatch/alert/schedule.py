"""When a mail goes out: at once, or with others in one mail (a digest) at the end of an hour, a day or a quiet night.

Pure: clock, reader and what was sent are given. A digest is named by its kind and its moment, so that all that waits
for it finds it, whichever run put it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from enum import Enum
from zoneinfo import ZoneInfo

from wirewatch.alert.recipients import Pace, RecipientSpec
from wirewatch.alert.severity import Severity


class DigestKind(str, Enum):
    """Why mails wait for one another."""

    HOURLY = "hourly"
    DAILY = "daily"
    QUIET = "quiet"  # they came in quiet hours
    CAP = "cap"  # they came when an hour had had its fill


@dataclass(frozen=True)
class Slot:
    """When a mail goes out."""

    at: datetime  # UTC
    digest: DigestKind | None  # None: as a mail of its own

    @property
    def key(self) -> str | None:
        """Name of the digest; None for a mail of its own."""
        return f"{self.digest.value} {self.at:%Y-%m-%dT%H:%MZ}" if self.digest else None


def slot(
    reader: RecipientSpec,
    severity: Severity,
    *,
    now: datetime,
    zone: ZoneInfo,
    pace: Pace | None = None,
    sent_this_hour: int = 0,
) -> Slot:
    """A new alert for a reader → its slot. ``pace`` is the rule's own; ``zone`` holds where the reader names none.

    ``sent_this_hour`` counts the mails of their own that the reader got, or is about to get, since the full hour.
    """
    here = ZoneInfo(reader.timezone) if reader.timezone else zone
    wanted = pace or reader.deliver
    if wanted is Pace.DAILY:
        return Slot(_next(reader.daily_at, now, here), DigestKind.DAILY)
    if wanted is Pace.HOURLY:
        found = Slot(_full_hour(now), DigestKind.HOURLY)
    elif sent_this_hour >= reader.cap:
        found = Slot(_full_hour(now), DigestKind.CAP)
    else:
        found = Slot(now, None)
    quiet = reader.quiet
    if quiet and not severity.reaches(quiet.unless) and is_within(found.at, quiet.start, quiet.end, zone=here):
        return Slot(_next(quiet.end, found.at, here), DigestKind.QUIET)
    return found


def is_within(moment: datetime, start: time, end: time, *, zone: ZoneInfo) -> bool:
    """Whether a moment lies in these hours of the zone's day; from 22:00 to 06:00 runs over midnight."""
    clock = moment.astimezone(zone).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def hour_of(moment: datetime) -> datetime:
    """The full hour before, UTC."""
    return moment.astimezone(timezone.utc).replace(minute=0, second=0, microsecond=0)


def _full_hour(now: datetime) -> datetime:
    return hour_of(now) + timedelta(hours=1)


def _next(clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The next time after now at which the zone's clocks show this; where they leap over it, just after the leap."""
    today = now.astimezone(zone).date()
    moments = (datetime.combine(today + timedelta(days=days), clock, tzinfo=zone) for days in (0, 1, 2))
    return next(found for moment in moments if (found := moment.astimezone(timezone.utc)) > now)
