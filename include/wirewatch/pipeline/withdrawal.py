"""How the known articles of a source answered in a run → which are suspected, withdrawn or back. Pure.

Nothing is withdrawn by one look. A second run must find the article absent, half an hour later or more. And where
most of the articles that were asked are absent at once, it is the site that has changed or failed: nothing is confirmed
then, and what was suspected stays so. An article that is refused is absent only while its neighbours are shown, and one
whose text stands at another address of the site has moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wirewatch.model import Absence
from wirewatch.warehouse.presence import Absent, Sighting

THERE = "there"
SILENT = "silent"

APART = timedelta(minutes=30)
"""Between the two looks that withdraw an article."""

MANY = 4
"""Articles answered from which most being absent says that it is the site."""

SUSPECTED = timedelta(days=7)
"""How long an absence that is not confirmed is looked after; the stages that are left are asked all the same."""


@dataclass(frozen=True)
class Settled:
    """What a run says of a source's known articles."""

    seen: tuple[Sighting, ...]  # as they count: refused ones without neighbours are silent
    suspected: tuple[Absent, ...]
    confirmed: tuple[Absent, ...]
    back: tuple[Sighting, ...]  # withdrawn before, and there again
    cleared: tuple[int, ...]  # articles whose absence, confirmed or not, is over
    again: tuple[tuple[int, datetime], ...]  # (article, when it is to be asked again)


def settle(sightings: Sequence[Sighting], *, run_id: int, new_there: int = 0) -> Settled:
    """``new_there``: articles that the run read for the first time; they show that the site answers.

    They do not show that it is the site it was: one that was built anew lists its old articles at new addresses.
    """
    seen = _without_lone_refusals([_unless_elsewhere(each) for each in sightings], new_there)
    absent = [each for each in seen if each.presence not in (THERE, SILENT)]
    answered = sum(each.presence != SILENT for each in seen)
    is_site = answered >= MANY and 2 * len(absent) > answered
    open_ones = [each for each in absent if each.confirmed_at is None and each.gone_at is None]
    confirmed = [] if is_site else [each for each in open_ones if _is_second_look(each, run_id)]
    suspected = [each for each in open_ones if each not in confirmed]
    there = [each for each in seen if each.presence == THERE]
    return Settled(
        seen=tuple(seen),
        suspected=tuple(map(_absent, suspected)),
        confirmed=tuple(map(_absent, confirmed)),
        back=tuple(each for each in there if each.gone_at is not None),
        cleared=tuple(each.article_id for each in there if each.gone_at is not None or each.first_seen_at is not None),
        again=tuple((each.article_id, when) for each in suspected if (when := _next_look(each)) is not None),
    )


def _unless_elsewhere(seen: Sighting) -> Sighting:
    """A text that the site shows at another address has moved, with or without a redirect: its old one says nothing."""
    return replace(seen, presence=SILENT) if seen.elsewhere else seen


def _without_lone_refusals(sightings: Sequence[Sighting], new_there: int) -> list[Sighting]:
    """Refused articles count as absent while more of their neighbours are shown than refused."""
    denied = sum(each.presence == Absence.DENIED.value for each in sightings)
    shown = new_there + sum(each.presence == THERE for each in sightings)
    if shown > denied:
        return list(sightings)
    return [replace(each, presence=SILENT) if each.presence == Absence.DENIED.value else each for each in sightings]


def _is_second_look(seen: Sighting, run_id: int) -> bool:
    if seen.first_seen_at is None or seen.first_run == run_id:
        return False
    return seen.fetched_at - seen.first_seen_at >= APART


def _next_look(seen: Sighting) -> datetime | None:
    """Half an hour later; the longer it has been so without being confirmed, the later. None: no more."""
    if seen.first_seen_at is None:
        return seen.fetched_at + APART
    so_long = seen.fetched_at - seen.first_seen_at
    return seen.fetched_at + max(APART, so_long / 2) if so_long < SUSPECTED else None


def _absent(seen: Sighting) -> Absent:
    return Absent(seen.article_id, Absence(seen.presence), seen.fetched_at, seen.fetch_id)
