"""Digests that are due, and what readers got and do not want."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wirewatch.warehouse.alerts import Waiting
from wirewatch.warehouse.connection import Connection, row, rows


@dataclass(frozen=True)
class Mute:
    """Somebody does not want to hear of something for a while."""

    mute_id: int
    rule: str | None  # None: of no rule
    recipient: str | None  # None: nobody does
    until: datetime
    reason: str
    created_at: datetime

    def covers(self, rule: str, recipient: str) -> bool:
        """Whether an alert of this rule to this reader is not sent."""
        return self.rule in (None, rule) and self.recipient in (None, recipient)


def due_digests(connection: Connection, *, now: datetime) -> list[tuple[str, str]]:
    """(recipient, digest) of all that are due."""
    return [(found["recipient"], found["digest"]) for found in rows(connection, "due_digests", {"now": now})]


def hold_digest(connection: Connection, *, recipient: str, digest: str) -> list[Waiting]:
    """The mails of a digest, held until the transaction ends; none when another worker has it or it was sent."""
    values = {"recipient": recipient, "digest": digest}
    if not row(connection, "lock_digest", values)["held"]:
        return []
    return [Waiting(**found) for found in rows(connection, "digest_mails", values)]


def sent_since(connection: Connection, recipients: Iterable[str], *, since: datetime) -> dict[str, int]:
    """Mails of their own that readers got, or are about to get, since a moment; those without one are left out."""
    found = rows(connection, "sent_since", {"recipients": sorted(set(recipients)), "since": since})
    return {item["recipient"]: item["mails"] for item in found}


def open_mutes(connection: Connection, *, now: datetime) -> list[Mute]:
    """Mutes that hold now, the first to end first."""
    return [Mute(**found) for found in rows(connection, "open_mutes", {"now": now})]


def mute(
    connection: Connection, *, rule: str | None, recipient: str | None, until: datetime, reason: str, now: datetime
) -> int:
    """Begin a mute; its id."""
    values = {"rule": rule, "recipient": recipient, "until": until, "reason": reason, "now": now}
    mute_id: int = row(connection, "store_mute", values)["mute_id"]
    return mute_id


def unmute(connection: Connection, *, rule: str | None, recipient: str | None, now: datetime) -> int:
    """End the mutes of exactly this rule and reader; how many held."""
    return len(rows(connection, "end_mutes", {"rule": rule, "recipient": recipient, "now": now}))
