"""Which addresses of an entry point are asked, in which order, and when to stop. No network, no clock.

A listing may go on for ever, lead in a circle or show the same page under every number; an index names more sitemaps
than anyone needs. The one who walks asks ``next_address`` until there is none, and tells what each named.
"""

from __future__ import annotations

from collections import deque
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wirewatch.fetch.leads import Discovery, same_site
from wirewatch.fetch.wordpress import posts_address
from wirewatch.model import Lead
from wirewatch.sources import Entry

MOST_SITEMAPS = 5
"""Nested sitemaps asked in one walk: the newest ones."""


def days_asked(entry: Entry, *, day: date, backfill: bool, now: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """Days whose address of an entry is asked in a run for ``day`` (UTC), the newest first.

    A backfill asks for its day. A daily run asks for the day that it is at the source, and for the day before, whose
    last articles came after yesterday's run; where both have one address, once.
    """
    if backfill or not entry.dated:
        return (day,)
    today = now.astimezone(zone).date() if now.date() == day else day
    both = (today, today - timedelta(days=1))
    return both if entry.url_on(both[0]) != entry.url_on(both[1]) else both[:1]


def names_its_day(entry: Entry, day: date) -> bool:
    """Whether what an entry lists for a day is of that day alone: ``{date:%Y/%m}`` names a month."""
    if entry.kind == "wordpress":
        return True
    beside = (day - timedelta(days=1), day + timedelta(days=1))
    return all(entry.url_on(other) != entry.url_on(day) for other in beside)


def of_the_day(lead: Lead, day: date, *, zone: ZoneInfo) -> bool:
    """Whether a lead from a page of one day counts as that day's: unless it states another day."""
    return lead.published_at is None or lead.published_at.astimezone(zone).date() == day


class Walk:
    """One entry point on one day: a page after the other, or the sitemaps of an index."""

    def __init__(self, entry: Entry, *, day: date, backfill: bool = False) -> None:
        self._entry = entry
        self._day = day
        first = entry.url_on(day)
        if entry.kind == "wordpress":
            first = posts_address(first, day=day if backfill else None)
        self._first = first
        self._waiting = deque([first])
        self._asked: set[str] = set()
        self._shown: set[frozenset[str]] = set()

    def next_address(self) -> str | None:
        """The address to ask now, or None when the walk is over."""
        if not self._waiting:
            return None
        url = self._waiting.popleft()
        self._asked.add(url)
        return url

    def following(self, found: Discovery) -> str | None:
        """The page after the one that named ``found``, if it may be asked at all."""
        if len(self._asked) >= self._entry.pages or not found.leads or found.problem:
            return None
        numbered = self._entry.url_on(self._day, page=len(self._asked) + 1)
        url = numbered if numbered != self._entry.url_on(self._day) else found.next
        return url if url and url not in self._asked and same_site(url, self._first) else None

    def took(self, found: Discovery, *, go_on: bool = True) -> str | None:
        """Note what the last address named; what is wrong with the way it goes on, in a sentence, or None.

        ``go_on``: whether a further page may name something that is not known yet.
        """
        room = MOST_SITEMAPS + 1 - len(self._asked) - len(self._waiting)
        nested = [url for url in found.sitemaps if url not in self._asked and url not in self._waiting]
        self._waiting.extend(nested[: max(room, 0)])
        named = frozenset(lead.url for lead in found.leads)
        following = self.following(found)
        if following and go_on and named not in self._shown:
            self._waiting.append(following)
        self._shown.add(named)
        return self._wrong_way(found)

    def _wrong_way(self, found: Discovery) -> str | None:
        if self._entry.pages == 1 or not found.leads:
            return None
        if found.next and not same_site(found.next, self._first):
            return f"its next page is on another site and was not asked: {found.next}"
        if self._entry.next and not found.next and len(self._asked) == 1 and not self._entry.dated:
            return f"the selector of the next page matched nothing: {self._entry.next}"
        return None
