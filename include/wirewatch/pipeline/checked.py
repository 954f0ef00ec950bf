"""What a check saw → how the source does, what is missing, and what to do about it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from statistics import median

from wirewatch.health import signs
from wirewatch.health.flow import OLD
from wirewatch.model import Article, Outcome
from wirewatch.sources import Entry, ExpectedField, SourceSpec

USUAL_FIELDS: tuple[ExpectedField, ...] = ("title", "body", "published")
"""What articles should have where the source file does not say (``expect.fields``)."""


class State(str, Enum):
    """How a source does, seen from here and now."""

    OK = "ok"
    INCOMPLETE = "incomplete"  # it yields articles, and something that it should have is missing
    STALE = "stale"  # it yields articles, and they are old
    EMPTY = "empty"  # its entry points answer and name nothing
    UNREADABLE = "unreadable"  # it names addresses, and none of those tried is read as an article
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"  # it may not be asked at this hour
    SLOW = "slow"  # the time for it was up before anything could be said


NOT_JUDGED = (State.CLOSED, State.SLOW)
"""States that say nothing of whether the source yields."""

STATE_OF = {outcome: State(state.value) for outcome, state in signs.STATE_OF.items()}
"""What a fetch that failed says of the source, here as in its daily judgement; all others say that it is broken."""


@dataclass(frozen=True)
class EntrySeen:
    """One address of an entry point."""

    entry: Entry
    url: str
    leads: int = 0
    problem: str | None = None
    outcome: Outcome = Outcome.NEW


@dataclass(frozen=True)
class PageSeen:
    """One article's address that was tried."""

    entry: Entry  # the one that named it
    url: str
    outcome: Outcome
    article: Article | None = None
    note: str | None = None  # why it is no article


@dataclass(frozen=True)
class Seen:
    """All that was asked of a source."""

    entries: tuple[EntrySeen, ...] = ()
    pages: tuple[PageSeen, ...] = ()
    newest: datetime | None = None  # aware; as listed or as read
    closed: str | None = None  # why it was not asked
    out_of_time: bool = False

    @property
    def leads(self) -> int:
        """Addresses named."""
        return sum(entry.leads for entry in self.entries)

    @property
    def articles(self) -> tuple[Article, ...]:
        """What was read."""
        return tuple(page.article for page in self.pages if page.article)


@dataclass(frozen=True)
class Checked:
    """A source after a check."""

    source: SourceSpec
    seen: Seen
    state: State
    missing: tuple[str, ...]  # fields that articles should have and at least half of those tried have not
    advice: tuple[str, ...]  # sentences: what to do

    @property
    def yields(self) -> bool:
        """Whether a run would yield articles."""
        return bool(self.seen.articles)

    @property
    def breaks_its_word(self) -> bool:
        """Whether its file says that it works, and it yields nothing."""
        return self.source.status.state == "works" and not self.yields and self.state not in NOT_JUDGED


def judge_check(source: SourceSpec, seen: Seen, *, now: datetime) -> Checked:
    """What was seen of a source at a time (UTC) → its state, with advice for whoever keeps its file."""
    missing = missing_fields(source, seen)
    faults = [*_entry_faults(seen), *_field_faults(source, missing), *_text_faults(source, seen)]
    state = _state(seen, is_complete=not faults, now=now)
    return Checked(
        source, seen, state, missing, tuple(dict.fromkeys([*_advice(source, seen, state, now=now), *faults]))
    )


def missing_fields(source: SourceSpec, seen: Seen) -> tuple[str, ...]:
    """Expected fields that more than half of the articles tried lack."""
    wanted = source.expect.fields or USUAL_FIELDS
    articles = seen.articles
    return tuple(name for name in wanted if sum(bool(getattr(item, name)) for item in articles) * 2 < len(articles))


def _state(seen: Seen, *, is_complete: bool, now: datetime) -> State:
    if seen.closed:
        return State.CLOSED
    if seen.articles:
        if seen.newest is not None and now - seen.newest > OLD:
            return State.STALE
        return State.OK if is_complete else State.INCOMPLETE
    if not seen.leads:
        return _without_leads(seen)
    if not seen.pages:
        return State.SLOW
    failed = Counter(page.outcome for page in seen.pages if page.outcome is not Outcome.NEW)
    if sum(failed.values()) < len(seen.pages):
        return State.UNREADABLE
    return STATE_OF.get(failed.most_common(1)[0][0], State.BROKEN)


def _without_leads(seen: Seen) -> State:
    failed = Counter(entry.outcome for entry in seen.entries if entry.outcome is not Outcome.NEW)
    if failed:
        return STATE_OF.get(failed.most_common(1)[0][0], State.BROKEN)
    if any(entry.problem for entry in seen.entries):
        return State.BROKEN
    return State.SLOW if seen.out_of_time else State.EMPTY


def _advice(source: SourceSpec, seen: Seen, state: State, *, now: datetime) -> list[str]:
    found = []
    if state is State.CLOSED:
        found.append(f"not asked: {seen.closed}")
    if state is State.SLOW:
        found.append(f"give it more time (--seconds): {source.crawl.delay:g} seconds lie between two requests")
    if state is State.EMPTY:
        found.append("it answers and names nothing: is this entry still fed?")
    if state is State.STALE and seen.newest:
        found.append(f"the newest is of {seen.newest.date()}: is this entry still fed?")
    if state in (State.UNREADABLE, State.BLOCKED, State.UNREACHABLE, State.BROKEN) and seen.pages:
        found.append(f"of {len(seen.pages)} pages none is read as an article: {seen.pages[0].note}")
    if state in (State.OK, State.INCOMPLETE) and source.status.state != "works":
        found.append(f"it yields articles: write status: {{state: works, seen: {now.date()}}}")
    return found


def _entry_faults(seen: Seen) -> list[str]:
    return [f"{entry.entry.kind}: {entry.problem}" for entry in seen.entries if entry.problem]


def _field_faults(source: SourceSpec, missing: tuple[str, ...]) -> list[str]:
    selectors = [f"article.{name}" for name in missing if not getattr(source.article, name)]
    wrong = [f"article.{name}" for name in missing if getattr(source.article, name)]
    found = [f"give a selector under {', '.join(selectors)}"] if selectors else []
    return [*found, f"look at the selector under {', '.join(wrong)}: it finds nothing"] if wrong else found


def _text_faults(source: SourceSpec, seen: Seen) -> list[str]:
    """Bodies shorter than expected, and articles in another language than their edition's."""
    found: list[str] = []
    middle = median(len(article.body) for article in seen.articles) if seen.articles else source.expect.body
    if middle < source.expect.body:
        found.append(f"the middle body has {middle:.0f} characters of {source.expect.body} expected: whole articles?")
    for page in seen.pages:
        language = page.article.language if page.article else None
        wanted = (page.entry.language,) if page.entry.language else source.expect.languages or source.languages
        if language and language not in wanted:
            found.append(f"{page.url} is in {language}, expected {' or '.join(wanted)}")
    return found
