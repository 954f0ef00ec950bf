"""Try sources live and store nothing: what their entry points name, and how the newest articles are read."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import zip_longest

from wirewatch.errors import InputError, PageError, WirewatchError
from wirewatch.fetch.client import Client, Limits
from wirewatch.fetch.discover import discover, trouble_of
from wirewatch.fetch.pace import LocalPace, Pace
from wirewatch.fetch.robots import MemoryRobots
from wirewatch.fetch.walk import Walk, days_asked
from wirewatch.model import Fetched, Kind, Lead, Outcome, Purpose
from wirewatch.parse.read import read_page
from wirewatch.pipeline.checked import Checked, EntrySeen, PageSeen, Seen, judge_check
from wirewatch.pipeline.desk import Desk
from wirewatch.sources import Entry, SourceSpec

PAGES = 3
"""Articles read in a check: enough to see whether the selectors fit, few enough to be polite."""

WALKED = 2
"""Pages asked of an entry point that has several: enough to see that the second is found."""

SECONDS = 180.0
"""Time for one source: a site that wants a minute between two requests is tried with one article."""

AT_ONCE = 8
"""Sources tried at once."""

log = logging.getLogger(__name__)


class OutOfTimeError(WirewatchError):
    """The time for a source is up; what was seen so far stands."""


class Patience:
    """Time for each thread's source: waiting for a host's turn ends with an error when the time would be up by then."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._own = threading.local()

    def begin(self, seconds: float) -> None:
        """The calling thread begins with a source."""
        self._own.until = self._clock() + seconds

    def sleep(self, seconds: float) -> None:
        """Sleep; OutOfTimeError when that would take longer than there is time."""
        if self._clock() + seconds > self._own.until:
            raise OutOfTimeError("the time for this source is up")
        self._sleep(seconds)


@dataclass
class _Notes:
    entries: list[EntrySeen] = field(default_factory=list)
    leads: dict[Entry, list[Lead]] = field(default_factory=dict)
    pages: list[PageSeen] = field(default_factory=list)
    out_of_time: bool = False

    def seen(self) -> Seen:
        listed = [lead.published_at for leads in self.leads.values() for lead in leads if lead.published_at]
        read = [page.article.published.at for page in self.pages if page.article and page.article.published]
        newest = max([*listed, *read], default=None)
        return Seen(tuple(self.entries), tuple(self.pages), newest, out_of_time=self.out_of_time)


@contextmanager
def live_client(desk: Desk, *, pace: Pace | None = None, seconds: float | None = None) -> Iterator[Client]:
    """A client with a budget of its own, for a person who looks at sites. ``seconds`` bounds a fetch further."""
    limits = Limits.from_settings(desk.settings)
    if seconds is not None:
        limits = replace(limits, deadline=min(limits.deadline, seconds))
    client = Client(limits, pace=pace or LocalPace(), robots=MemoryRobots(), now=desk.now)
    try:
        yield client
    finally:
        client.close()


def check(desk: Desk, slug: str, *, day: date | None = None, seconds: float = SECONDS) -> Checked:
    """Ask each entry point of a source and read a few of the articles it names.

    With a ``day`` its archive is asked for that day, as a backfill would; InputError when it has none.
    """
    (checked,) = check_all(desk, [slug], day=day, seconds=seconds)
    return checked


def check_all(
    desk: Desk,
    slugs: Sequence[str],
    *,
    day: date | None = None,
    seconds: float = SECONDS,
    progress: Callable[[Checked], object] = bool,
) -> list[Checked]:
    """Try sources side by side, each for so many seconds at the most; in the order given.

    Two sources of one host share its budget. ``progress`` hears of each when it is done.
    """
    sources = [desk.source(slug) for slug in slugs]
    for source in sources:
        _entries(source, day)  # wrong input is said before anything is asked
    patience = Patience()
    done: dict[str, Checked] = {}
    with live_client(desk, pace=LocalPace(sleep=patience.sleep), seconds=seconds) as client:

        def one(source: SourceSpec) -> Checked:
            patience.begin(seconds)
            return check_source(client, source, now=desk.now, day=day)

        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="check") as pool:
            for future in as_completed([pool.submit(one, source) for source in sources]):
                checked = future.result()
                done[checked.source.slug] = checked
                progress(checked)
    return [done[source.slug] for source in sources]


def check_source(
    client: Client, source: SourceSpec, *, now: Callable[[], datetime], day: date | None = None
) -> Checked:
    """As ``check``, with a client that is there already."""
    if closed := source.closed_at(now()):
        return judge_check(source, Seen(closed=closed), now=now())
    notes = _Notes()
    try:
        for entry in _entries(source, day):
            _try_entry(client, source, entry, notes, day=day, now=now())
        for entry, lead in _some(notes.leads):
            notes.pages.append(_try_article(client, source, entry, lead))
    except OutOfTimeError:
        notes.out_of_time = True
    return judge_check(source, notes.seen(), now=now())


def _entries(source: SourceSpec, day: date | None) -> tuple[Entry, ...]:
    if day is None:
        return source.entries
    past = (*source.archive, *(entry for entry in source.entries if entry.reaches_back))
    if not past:
        raise InputError(f"{source.slug} has no archive: nothing of it can be asked for {day}")
    return past


def _some(leads: dict[Entry, list[Lead]]) -> list[tuple[Entry, Lead]]:
    """The first leads of each entry in turn, so that every edition is tried: ``PAGES``, or one of each entry."""
    rounds = zip_longest(*([(entry, lead) for lead in named] for entry, named in leads.items()))
    mixed = [pair for together in rounds for pair in together if pair]
    distinct = {lead.url: (entry, lead) for entry, lead in reversed(mixed)}
    return list(reversed(distinct.values()))[: max(PAGES, len(leads))]


def _ask(client: Client, source: SourceSpec, url: str, purpose: Purpose) -> Fetched:
    return client.fetch(url, purpose=purpose, delay=source.crawl.delay, user_agent=source.crawl.user_agent)


def _try_entry(
    client: Client, source: SourceSpec, entry: Entry, notes: _Notes, *, day: date | None, now: datetime
) -> None:
    days = days_asked(entry, day=day or now.date(), backfill=day is not None, now=now, zone=source.zone)
    seen = [_walk(client, source, Walk(entry, day=one, backfill=day is not None), notes, entry=entry) for one in days]
    if len(seen) > 1 and not any(address.problem for address in seen[1]):
        # Today's page may not be there yet; with yesterday's in order, nothing is wrong.
        seen[0] = [replace(address, problem=None, outcome=Outcome.NEW) for address in seen[0]]
    notes.entries += [address for addresses in seen for address in addresses]


def _walk(client: Client, source: SourceSpec, walk: Walk, notes: _Notes, *, entry: Entry) -> list[EntrySeen]:
    seen: list[EntrySeen] = []
    while (len(seen) < WALKED or entry.kind == "sitemap") and (url := walk.next_address()):
        fetched = _ask(client, source, url, Purpose.ENTRY)
        if fetched.outcome is not Outcome.NEW or fetched.page is None:
            seen.append(EntrySeen(entry, url, problem=trouble_of(fetched), outcome=fetched.outcome))
            break
        found = discover(entry, fetched.page, source=source)
        wrong_way = walk.took(found)
        seen.append(EntrySeen(entry, url, len(found.leads), found.problem or wrong_way))
        notes.leads.setdefault(entry, []).extend(found.leads)
    return seen


def _try_article(client: Client, source: SourceSpec, entry: Entry, lead: Lead) -> PageSeen:
    fetched = _ask(client, source, lead.url, Purpose.ARTICLE)
    if fetched.outcome is not Outcome.NEW or fetched.page is None:
        return PageSeen(entry, lead.url, fetched.outcome, note=fetched.note or fetched.outcome.value)
    try:
        reading = read_page(fetched.page, source=source)
    except PageError as error:
        return PageSeen(entry, lead.url, fetched.outcome, note=f"it would be quarantined: {error.reason}")
    except Exception as error:
        log.exception("reading %s failed", lead.url)  # a page is hostile input; the other sources go on
        return PageSeen(entry, lead.url, fetched.outcome, note=f"reading it failed: {type(error).__name__}: {error}")
    if reading.kind is not Kind.ARTICLE or reading.article is None:
        note = f"it is read as {reading.kind.value} ({reading.note or 'no article in it'})"
        return PageSeen(entry, lead.url, fetched.outcome, note=note)
    return PageSeen(entry, lead.url, fetched.outcome, article=reading.article)
