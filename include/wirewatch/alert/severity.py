"""How urgent an alert is."""

from __future__ import annotations

from enum import Enum


class Severity(str, Enum):
    """How urgent; readers sort by it, and high ones may come in quiet hours."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"

    def reaches(self, other: Severity) -> bool:
        """Whether this is as urgent as the other, or more."""
        order = list(Severity)
        return order.index(self) >= order.index(other)
