"""Days as options: a date, or so many days back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from wirewatch.errors import InputError


def begin_of_day(text: str, *, today: date, option: str) -> datetime:
    """``2026-11-24`` or ``90d`` → that day's beginning, UTC; InputError names the option."""
    try:
        back = re.fullmatch(r"(\d{1,5})d", text)
        day = today - timedelta(days=int(back[1])) if back else date.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{option}: {text!r} is neither a day such as 2026-11-24 nor a number of days: 90d") from error
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
