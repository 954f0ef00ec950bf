"""Progress of long work, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

EVERY = 5.0
"""Seconds between two lines."""

T = TypeVar("T")


def now_and_then(line: Callable[[T, float], str]) -> Callable[[T], None]:
    """Something to call as often as one likes: every few seconds it prints ``line(figures, seconds since now)``."""
    begun = last = time.monotonic()

    def say(figures: T) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            print(line(figures, now - begun), file=sys.stderr, flush=True)

    return say
