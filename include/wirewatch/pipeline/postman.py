"""How each new alert goes to each reader: at once, in a digest, or, while it is muted, not at all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from wirewatch.alert.mail import mail_domain, message_id
from wirewatch.alert.recipients import reader_of
from wirewatch.alert.schedule import hour_of, slot
from wirewatch.model import AlertDraft
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import digests
from wirewatch.warehouse.alerts import Posting
from wirewatch.warehouse.connection import Connection


class Postman:
    """Decides for the alerts of one transaction; all of them have one moment."""

    def __init__(self, desk: Desk, connection: Connection, story_keys: dict[int, str]) -> None:
        """``story_keys`` are the natural keys of the stories by id."""
        self.now: datetime = desk.now()
        self._desk = desk
        self._connection = connection
        self._story_keys = story_keys
        self._domain = mail_domain(desk.settings.mail_from)
        self._sent: Counter[str] = Counter()
        self._counted: set[str] = set()

    @cached_property
    def _mutes(self) -> list[digests.Mute]:
        return digests.open_mutes(self._connection, now=self.now)

    def post(self, draft: AlertDraft, recipient: str) -> Posting:
        """A new alert and a reader → how it goes. Called once for each."""
        identity = message_id(
            draft.rule, self._story_keys[draft.story_id], recipient, domain=self._domain, fact=draft.fact_key
        )
        for mute in self._mutes:
            if mute.covers(draft.rule, recipient):
                why = f"muted until {mute.until:%Y-%m-%d %H:%M} UTC" + (f": {mute.reason}" if mute.reason else "")
                return Posting(identity, self.now, muted=why)
        rule = self._desk.rules[draft.rule]
        found = slot(
            reader_of(recipient, self._desk.readers),
            rule.severity,
            now=self.now,
            zone=ZoneInfo(self._desk.settings.timezone),
            pace=rule.deliver,
            sent_this_hour=self._sent_this_hour(recipient),
        )
        self._sent[recipient] += found.digest is None
        return Posting(identity, found.at, digest=found.key)

    def _sent_this_hour(self, recipient: str) -> int:
        if recipient not in self._counted:
            self._counted.add(recipient)
            self._sent.update(digests.sent_since(self._connection, [recipient], since=hour_of(self.now)))
        return self._sent[recipient]
