"""Days as options: a date, or so many days back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from wirewatch.errors import InputError


def day_of(text: str, *, today: date, option: str) -> date:
    """``2026-11-24`` or ``90d`` → that day; InputError names the option."""
    try:
        back = re.fullmatch(r"(\d{1,5})d", text)
        return today - timedelta(days=int(back[1])) if back else date.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{option}: {text!r} is neither a day such as 2026-11-24 nor a number of days: 90d") from error


def midnight(day: date) -> datetime:
    """The day's beginning, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
