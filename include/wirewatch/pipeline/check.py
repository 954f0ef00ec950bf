"""Try a source live and store nothing: what its entry points name, and how its newest articles are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wirewatch.errors import PageError
from wirewatch.fetch.client import Client, Limits
from wirewatch.fetch.discover import discover
from wirewatch.fetch.pace import LocalPace
from wirewatch.fetch.robots import MemoryRobots
from wirewatch.model import Fetched, Kind, Lead, Outcome, Purpose, Reading
from wirewatch.parse.read import read_page
from wirewatch.pipeline.desk import Desk
from wirewatch.sources import Entry, SourceSpec

PAGES = 3
"""Articles read in a check: enough to see whether the selectors fit, few enough to be polite."""


@dataclass(frozen=True)
class Checked:
    """What a check saw."""

    lines: tuple[str, ...]  # for people
    leads: int
    articles: int  # of the pages tried, those read as articles
    missing: tuple[str, ...]  # fields that no article had

    @property
    def yields(self) -> bool:
        """Whether a run would yield articles."""
        return self.leads > 0 and self.articles > 0


@dataclass
class _Notes:
    lines: list[str] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


@contextmanager
def live_client(desk: Desk) -> Iterator[Client]:
    """A client with a budget of its own, for a person who looks at one site."""
    client = Client(Limits.from_settings(desk.settings), pace=LocalPace(), robots=MemoryRobots(), now=desk.now)
    try:
        yield client
    finally:
        client.close()


def check(desk: Desk, slug: str) -> Checked:
    """Ask each entry point of a source and read a few of the articles it names."""
    source = desk.source(slug)
    notes = _Notes([f"{source.name} ({slug}); status: {source.status.state}, {source.status.how}"])
    with live_client(desk) as client:
        for entry in source.entries:
            _try_entry(client, source, entry, notes)
        for lead in notes.leads[:PAGES]:
            _try_article(client, source, lead, notes)
    articles = [reading.article for reading in notes.readings if reading.article]
    found = {
        "published": any(article.published for article in articles),
        "authors": any(article.authors for article in articles),
        "language": any(article.language for article in articles),
    }
    missing = tuple(name for name, there in found.items() if articles and not there)
    return Checked(tuple(notes.lines), len(notes.leads), len(articles), missing)


def _ask(client: Client, source: SourceSpec, url: str, purpose: Purpose) -> Fetched:
    return client.fetch(url, purpose=purpose, delay=source.crawl.delay, user_agent=source.crawl.user_agent)


def _try_entry(client: Client, source: SourceSpec, entry: Entry, notes: _Notes) -> None:
    queue = [entry.url]
    for url in queue:
        fetched = _ask(client, source, url, Purpose.ENTRY)
        if fetched.outcome is not Outcome.NEW or fetched.page is None:
            notes.lines.append(f"  {entry.kind} {url}: {fetched.outcome.value} ({fetched.note or fetched.status})")
            continue
        found = discover(entry, fetched.page, source=source)
        notes.leads += found.leads
        queue += [nested for nested in found.sitemaps[:2] if nested not in queue]
        notes.lines.append(f"  {entry.kind} {url}: {found.problem or f'{len(found.leads)} leads'}")


def _try_article(client: Client, source: SourceSpec, lead: Lead, notes: _Notes) -> None:
    fetched = _ask(client, source, lead.url, Purpose.ARTICLE)
    if fetched.outcome is not Outcome.NEW or fetched.page is None:
        notes.lines.append(f"  article {lead.url}: {fetched.outcome.value} ({fetched.note or fetched.status})")
        return
    try:
        reading = read_page(fetched.page, source=source)
    except PageError as error:
        notes.lines.append(f"  article {lead.url}: would be quarantined ({error.reason})")
        return
    notes.readings.append(reading)
    if reading.kind is not Kind.ARTICLE or reading.article is None:
        notes.lines.append(f"  article {lead.url}: read as {reading.kind.value} ({reading.note or 'no article in it'})")
        return
    article = reading.article
    published = article.published.at.isoformat() if article.published else "no date"
    notes.lines.append(
        f"  article {lead.url}:\n    {published}  {article.title}\n"
        f"    {len(article.body)} characters, language {article.language or 'unknown'},"
        f" authors {', '.join(article.authors) or 'none'}"
    )
