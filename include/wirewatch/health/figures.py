"""The figures of one source in one run: what its fetches, its pages and its texts add up to. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from wirewatch.health.signs import STATE_OF
from wirewatch.model import Kind, Outcome
from wirewatch.parse.missed import missed_names
from wirewatch.sources import SourceSpec

FIELDS = ("published", "authors", "section", "image")
"""Fields of a text that are counted; a title and a body every article has, or it is no article."""

_NOTES = 160  # characters of a note that are kept


@dataclass(frozen=True)
class EntryFetch:
    """One page of an entry point, in the order in which they were asked."""

    url: str
    final_url: str | None
    outcome: Outcome
    note: str | None
    leads: int | None  # addresses it named; None: it was not read
    fresh: int  # of them those that no run knew before
    problem: str | None  # why it is not what the entry promises
    wall: str | None = None  # set when a captcha or consent page was served in its place


@dataclass(frozen=True)
class PageFetch:
    """One article page that was asked."""

    url: str
    final_url: str | None
    outcome: Outcome
    note: str | None
    sha256: str | None  # of the body
    read_as: str | None  # a Kind, or quarantined; None: it was not read
    read_note: str | None
    had: bool  # whether the page was ever fetched well


@dataclass(frozen=True)
class Text:
    """One text that was loaded: of a new article, or a new version."""

    title: str
    length: int  # code points of the body
    cut: bool  # it breaks off, or sends the reader on
    language: str | None
    fields: frozenset[str]  # those of FIELDS that are there


@dataclass(frozen=True)
class EntryFigures:
    """How one entry point did."""

    entry: str  # address as the source's file has it
    outcome: Outcome  # of its first page
    note: str | None = None  # what was wrong: with the fetch, or with what came
    problem: bool = False  # what came is not what the entry promises
    wall: bool = False  # it is a captcha or consent page
    leads: int | None = None  # None: nothing was read, for it failed or was unchanged
    fresh: int = 0

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return self.outcome in STATE_OF or self.problem


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    count: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.count + other.count, self.total + other.total)

    def __str__(self) -> str:
        return f"{self.count} of {self.total}"


@dataclass(frozen=True)
class Figures:
    """What is judged, and kept for later judgements. JSON values only, by ``to_json``."""

    entries: tuple[EntryFigures, ...] = ()
    new: int = 0  # articles
    changed: int = 0
    shares: Mapping[str, Share] = field(default_factory=dict)  # by sign, see ``_page_shares`` and ``_text_shares``
    notes: Mapping[str, str] = field(default_factory=dict)  # by the same names: the commonest note
    outcomes: Mapping[str, int] = field(default_factory=dict)  # of article pages that failed
    texts: int = 0
    body_lowest: int | None = None  # code points
    body_median: int | None = None
    body_highest: int | None = None
    languages: Mapping[str, int] = field(default_factory=dict)

    @property
    def fresh(self) -> int:
        """New addresses that the entry points named."""
        return sum(entry.fresh for entry in self.entries)

    @property
    def pages(self) -> int:
        """Article pages that were read."""
        return self.share("no-articles").total

    def share(self, name: str) -> Share:
        """One of the shares; 0 of 0 when it was not counted."""
        return self.shares.get(name, Share())

    def to_json(self) -> dict[str, Any]:
        """Values that JSON can hold."""
        values = asdict(self)
        values["entries"] = [{**asdict(entry), "outcome": entry.outcome.value} for entry in self.entries]
        values["shares"] = {name: [share.count, share.total] for name, share in self.shares.items()}
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Figures:
        """What ``to_json`` gave, of this version or an earlier one; what it does not say is empty."""
        known = {name: value for name, value in values.items() if name in cls.__dataclass_fields__}
        entries = [
            EntryFigures(**{**entry, "outcome": Outcome(entry["outcome"])}) for entry in values.get("entries", ())
        ]
        shares = {name: Share(*share) for name, share in values.get("shares", {}).items()}
        return cls(**{**known, "entries": tuple(entries), "shares": shares})


def gather(
    source: SourceSpec,
    *,
    day: date,
    entries: Sequence[EntryFetch],
    pages: Sequence[PageFetch],
    texts: Sequence[Text],
    new: int,
    changed: int,
) -> Figures:
    """Everything a run did with a source → its figures. ``day`` is the run's, by which dated addresses were made."""
    shares, notes = _page_shares(source, day, pages)
    lengths = sorted(text.length for text in texts)
    return Figures(
        entries=_entry_figures(source, day, entries),
        new=new,
        changed=changed,
        shares={**shares, **_text_shares(source, texts)},
        notes=notes,
        outcomes=dict(Counter(page.outcome.value for page in pages if _failed(page))),
        texts=len(texts),
        body_lowest=lengths[0] if lengths else None,
        body_median=round(median(lengths)) if lengths else None,
        body_highest=lengths[-1] if lengths else None,
        languages=dict(Counter(text.language or "?" for text in texts)),
    )


def _entry_figures(source: SourceSpec, day: date, fetches: Iterable[EntryFetch]) -> tuple[EntryFigures, ...]:
    """One for each entry point: what follows its own address are its further pages and nested sitemaps."""
    found: dict[str, EntryFigures] = {}
    current: str | None = None
    for fetch in fetches:
        own = _entry_of(source, day, fetch.url)
        current = own or current
        if own is not None and (own not in found or found[own].failed):
            found[own] = _first_page(source, own, fetch)
        elif current is not None:
            found[current] = _further_page(found[current], fetch)
    return tuple(found.values())


def _entry_of(source: SourceSpec, day: date, url: str) -> str | None:
    """The entry whose address (its query left open) an address is; the day may be off by one in the source's zone."""
    for entry in (*source.entries, *source.archive):
        for near in (day, day - timedelta(days=1), day + timedelta(days=1)):
            own = entry.url_on(near)
            if url == own or (entry.kind in ("wordpress", "api") and url.startswith((f"{own}?", f"{own}&"))):
                return entry.url
    return None


def _first_page(source: SourceSpec, entry: str, fetch: EntryFetch) -> EntryFigures:
    note = fetch.wall or fetch.problem or (fetch.note if fetch.outcome in STATE_OF else None)
    if note and fetch.outcome not in STATE_OF and leads_home(source, fetch.url, fetch.final_url):
        note = f"{note}; it leads to the home page"
    return EntryFigures(
        entry=entry,
        outcome=fetch.outcome,
        note=(note or fetch.outcome.value)[:_NOTES] if note or fetch.outcome in STATE_OF else None,
        problem=bool(fetch.problem or fetch.wall),
        wall=fetch.wall is not None,
        leads=fetch.leads,
        fresh=fetch.fresh,
    )


def _further_page(figures: EntryFigures, fetch: EntryFetch) -> EntryFigures:
    if fetch.leads is None:
        return figures
    return replace(figures, leads=(figures.leads or 0) + fetch.leads, fresh=figures.fresh + fetch.fresh)


def leads_home(source: SourceSpec, url: str, final_url: str | None) -> bool:
    """Whether an address was redirected to the site's home page, of the whole site or of this source."""
    if final_url is None or _bare(url) == _bare(final_url):
        return False
    return _bare(final_url) == _bare(source.home) or not urlsplit(final_url).path.strip("/")


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _failed(page: PageFetch) -> bool:
    return page.outcome in STATE_OF and not _withdrawn(page)


def _withdrawn(page: PageFetch) -> bool:
    """An article that was there and is gone is news, and neither fine nor a fault; one that never was there is one."""
    return page.outcome is Outcome.GONE and page.had


def _page_shares(source: SourceSpec, day: date, pages: Sequence[PageFetch]) -> tuple[dict[str, Share], dict[str, str]]:
    read = [page for page in pages if page.read_as is not None]
    asked = [page for page in pages if not _withdrawn(page)]
    groups = {
        "articles-fail": ([page for page in asked if _failed(page)], asked),
        "home": ([page for page in read if leads_home(source, page.url, page.final_url)], read),
        "wall": ([page for page in read if page.read_as == Kind.BLOCKED.value], read),
        "no-articles": ([page for page in read if page.read_as in (Kind.LISTING.value, Kind.OTHER.value)], read),
        "quarantined": ([page for page in read if page.read_as == "quarantined"], read),
    }
    shares = {name: Share(len(some), len(of)) for name, (some, of) in groups.items()}
    notes = {name: note for name, (some, _) in groups.items() if (note := _commonest_note(some))}
    alike = _most_alike(page.sha256 for page in read)
    return {**shares, "alike": alike, **_missed_shares(source, day, read)}, notes


def _most_alike(values: Iterable[object]) -> Share:
    """How many have the commonest value; nothing is alike when all differ."""
    counted = Counter(values)
    most = max(counted.values(), default=0)
    return Share(most if most > 1 else 0, sum(counted.values()))


def _missed_shares(source: SourceSpec, day: date, read: Iterable[PageFetch]) -> dict[str, Share]:
    """For each selector of the source the articles on which it matched nothing, as the reader's note says."""
    layout = source.layout_on(day)
    names = [name for name in type(layout).model_fields if name not in ("drop", "until") and getattr(layout, name)]
    articles = [missed_names(page.read_note) for page in read if page.read_as == Kind.ARTICLE.value]
    return {f"missed:{name}": Share(sum(name in missed for missed in articles), len(articles)) for name in names}


def _commonest_note(pages: Iterable[PageFetch]) -> str | None:
    notes = Counter(note for page in pages if (note := page.note if page.read_as is None else page.read_note))
    return notes.most_common(1)[0][0][:_NOTES] if notes else None


def _text_shares(source: SourceSpec, texts: Sequence[Text]) -> dict[str, Share]:
    known = [text for text in texts if text.language]
    wanted = set(source.expect.languages or source.languages)
    return {
        **{f"without:{name}": Share(sum(name not in text.fields for text in texts), len(texts)) for name in FIELDS},
        "language": Share(sum(text.language not in wanted for text in known), len(known)),
        "same-text": _most_alike((text.title, text.length) for text in texts),
        "cut": Share(sum(text.cut for text in texts), len(texts)),
    }
