"""Each answer of a known article's address → whether the article is there; after a run → what is withdrawn or back.

A page that is not the article any more (a notice, an empty page, the home page) never becomes a version of it, even
where it reads as an article: the last text stays, and what happened is told as a withdrawal once a second run has
confirmed it, or not at all when the article is there again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wirewatch.dedup.absence import Answer, absence
from wirewatch.dedup.tokens import keys
from wirewatch.model import Absence, ArchiveRef, ArticleChange, ChangeKind, Kind, Outcome, Reading
from wirewatch.parse.truncated import looks_truncated
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.judging import Item
from wirewatch.pipeline.reading import Read, read_archived
from wirewatch.pipeline.withdrawal import SILENT, THERE, Settled, settle
from wirewatch.sources import SourceSpec
from wirewatch.warehouse import changes, presence, recheck
from wirewatch.warehouse.changes import ChangeRow
from wirewatch.warehouse.connection import Connection
from wirewatch.warehouse.presence import Known, Sighting
from wirewatch.warehouse.runs import Run

TEASER_WORDS = 6
"""First words of a text by which its beginning is known; a teaser may cut what follows."""


def judge_pages(source: SourceSpec, items: Sequence[Item], *, known: dict[int, Known]) -> list[Item]:
    """Pages that were read, each of a known article with whether it is there; what is no article is marked as such."""
    return [_judge_page(source, item, known.get(item.page.address_id)) for item in items]


def _judge_page(source: SourceSpec, item: Item, known: Known | None) -> Item:
    if known is None:
        return item
    reading, page = item.read.reading, item.page
    if reading is None:
        return replace(item, presence=SILENT)
    gone = absence(
        _answer(source, item.read, Outcome.NEW, page.status, page.url, page.final_url),
        known_title=known.title,
        known_body=known.body,
    )
    if reading.article and _is_teaser(reading.article.body, known.body):
        return replace(item, presence=SILENT, withheld="a teaser stands in place of the text")
    if gone is None:
        return replace(item, presence=THERE if reading.article else SILENT)
    if reading.article and gone is not Absence.EMPTIED:
        read = Read(reading=Reading(Kind.OTHER, note=_INSTEAD[gone], title=reading.article.title))
        return replace(item, read=read, presence=gone.value)
    return replace(item, presence=gone.value, withheld="the text of the article is gone")


_INSTEAD = {
    Absence.SOFT_404: "a notice stands in place of the article",
    Absence.HOME: "the article's address leads to another page",
}


def _is_teaser(body: str, known: str) -> bool:
    """Whether a text breaks off after the beginning of the known one: behind a wall it may be as it was."""
    if not looks_truncated(body) or len(body) >= len(known):
        return False
    begins = keys(body)[:TEASER_WORDS]
    return bool(begins) and keys(known[: 2 * len(body)])[: len(begins)] == begins


def _answer(
    source: SourceSpec, read: Read, outcome: Outcome, status: int | None, url: str, final_url: str | None
) -> Answer:
    reading = read.reading
    article = reading.article if reading else None
    return Answer(
        outcome=outcome,
        status=status,
        url=url,
        final_url=final_url,
        home=source.home,
        kind=reading.kind if reading else None,
        title=article.title if article else reading.title if reading else None,
        body=article.body if article else None,
        note=reading.note if reading else None,
    )


def judge_answers(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection) -> list[Sighting]:
    """Judge the answers of a run that brought no page to read; how each known article answered in it."""
    with connection:
        waiting = presence.unjudged(connection, run, source.slug)
        marks = [(found["fetch_id"], _judge_fetch(desk, source, found)) for found in waiting]
        presence.mark_presence(connection, marks)
        return presence.sightings(connection, run, source.slug)


def settle_source(desk: Desk, run: Run, source: SourceSpec, *, connection: Connection) -> Settled:
    """The end of a source's reading: what its answers say together, stored. Doing it again adds nothing."""
    judge_answers(desk, run, source, connection=connection)
    with connection:
        presence.lock(connection, source.slug)
        settled = settle(
            presence.sightings(connection, run, source.slug),
            run_id=run.run_id,
            new_there=presence.new_articles(connection, run, source.slug),
        )
        _store(connection, run, settled)
    return settled


def _judge_fetch(desk: Desk, source: SourceSpec, found: dict[str, Any]) -> str:
    """An answer that brought no new page: what its bytes were judged to be when they came, or what its status says."""
    outcome = Outcome(found["outcome"])
    if outcome is Outcome.UNCHANGED:
        return found["before"] or (THERE if found["before_read_as"] == Kind.ARTICLE.value else SILENT)
    read = Read()
    if outcome is Outcome.BLOCKED and found["archive_path"]:
        # A wall is told from the refusal of one article by what it says.
        place = (found["archive_path"], found["archive_offset"], found["archive_length"], found["sha256"])
        read = read_archived(desk, source, ref=ArchiveRef(*place), url=found["url"])
    # Every short page about a refusal reads as a wall: its words tell, and beside them the neighbours.
    answer = replace(_answer(source, read, outcome, found["status"], found["url"], found["final_url"]), kind=None)
    gone = absence(answer, known_title=found["title"], known_body=found["body"])
    return gone.value if gone else SILENT


def _store(connection: Connection, run: Run, settled: Settled) -> None:
    presence.suspect(connection, run, settled.suspected)
    presence.confirm(connection, settled.confirmed)
    presence.end_absences(connection, settled.cleared)
    by_id = {each.article_id: each for each in settled.seen}
    rows = [
        _row(by_id[each.article_id], ArticleChange(ChangeKind.WITHDRAWN, absence=each.absence))
        for each in settled.confirmed
    ]
    rows += [_row(each, ArticleChange(ChangeKind.RESTORED)) for each in settled.back]
    changes.store_changes(connection, rows)
    recheck.mark_asked(connection, settled.seen)
    recheck.ask_again(connection, settled.again)
    recheck.end(connection, by_id)


def _row(seen: Sighting, change: ArticleChange) -> ChangeRow:
    began = seen.gone_at or seen.first_seen_at
    return ChangeRow(
        seen.article_id,
        seen.version,
        change,
        seen.fetched_at,
        seen.fetch_id,
        episode=began.isoformat() if began else "",
    )
