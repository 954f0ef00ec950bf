"""Entry pages for tests: what a source in Minsk discovers in a page that it was served."""

from __future__ import annotations

from datetime import date, datetime, timezone

from wirewatch.fetch.discover import Discovery, discover
from wirewatch.model import Page
from wirewatch.sources import Entry, SourceKind, SourceSpec, Status

HOME = "https://mod.example"
FETCHED = datetime(2026, 11, 24, 7, tzinfo=timezone.utc)


def source_with(entry: Entry, *, allow: str | None = None, deny: str | None = None) -> SourceSpec:
    """A ministry in Minsk with that entry point."""
    return SourceSpec(
        slug="mod",
        name="Ministry",
        country="BY",
        kind=SourceKind.MINISTRY,
        home=HOME,
        languages=("ru",),
        timezone="Europe/Minsk",
        entries=(entry,),
        allow=allow,
        deny=deny,
        status=Status(state="works", seen=date(2026, 11, 24), how="invented"),
    )


def page_of(body: str | bytes, *, url: str, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    """A page as the client gives it."""
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    return Page(url=url, final_url=url, status=200, headers=headers, body=content, fetched_at=FETCHED)


def found(
    entry: Entry,
    body: str | bytes,
    *,
    headers: tuple[tuple[str, str], ...] = (),
    allow: str | None = None,
    deny: str | None = None,
) -> Discovery:
    """What the source discovers in the entry's first page."""
    page = page_of(body, url=entry.url_on(FETCHED.date()), headers=headers)
    return discover(entry, page, source=source_with(entry, allow=allow, deny=deny))
