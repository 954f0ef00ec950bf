"""The state of a source after a run, judged by what it yielded. Pure: figures in, state and a sentence out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from wirewatch.model import Health, Outcome, Purpose

STALE = timedelta(days=14)
"""A source that answers, but whose newest article is older, is stale: a frozen feed looks just so."""

STATE_OF = {
    Outcome.UNREACHABLE: Health.UNREACHABLE,
    Outcome.TOO_SLOW: Health.UNREACHABLE,
    Outcome.BLOCKED: Health.BLOCKED,
    Outcome.ROBOTS: Health.BLOCKED,
    Outcome.LIMITED: Health.BLOCKED,
    Outcome.GONE: Health.BROKEN,
    Outcome.BROKEN: Health.BROKEN,
    Outcome.TOO_LARGE: Health.BROKEN,
    Outcome.REFUSED: Health.BROKEN,
}
"""What a failed fetch says of the source."""


def judge_source(
    outcomes: Mapping[tuple[str, str], int],
    *,
    read: Mapping[str, int],
    newest: datetime | None,
    now: datetime,
    note: str | None,
) -> tuple[Health, str | None]:
    """Judge a source in a run; (state, one sentence or None).

    ``outcomes`` counts fetches by (purpose, outcome); ``read`` counts new, changed, same, not_article and
    quarantined pages; ``newest`` is the newest article the source has ever listed; ``note`` is what went wrong
    at an entry point, if anything did.
    """
    entries = _of(outcomes, Purpose.ENTRY)
    articles = _of(outcomes, Purpose.ARTICLE)
    answered = entries.get(Outcome.NEW, 0) + entries.get(Outcome.UNCHANGED, 0)
    if not answered:
        return _worst(entries), note or "no entry point answered"
    yielded = read["new"] + read["changed"] + read["same"]
    failed = {outcome: count for outcome, count in articles.items() if outcome in STATE_OF}
    if (
        failed
        and not yielded
        and sum(failed.values()) == sum(articles.values())
        and _worst(failed) is not Health.BROKEN
    ):
        return _worst(failed), note or f"every article page: {_main(failed).value}"
    if (read["not_article"] or read["quarantined"]) and not yielded:
        pages = read["not_article"] + read["quarantined"]
        return Health.BROKEN, note or f"{pages} pages were fetched, and none could be read as an article"
    if note and not yielded:
        return _worst({outcome: count for outcome, count in entries.items() if outcome in STATE_OF}), note
    if read["new"] or read["changed"]:
        return Health.OK, note
    if newest is not None and now - newest > STALE:
        return Health.STALE, note or f"its newest article is {(now - newest).days} days old"
    if entries.get(Outcome.NEW, 0) == 0:
        return Health.UNCHANGED, note
    return Health.QUIET, note


def _of(outcomes: Mapping[tuple[str, str], int], purpose: Purpose) -> dict[Outcome, int]:
    return {Outcome(outcome): count for (kind, outcome), count in outcomes.items() if kind == purpose.value and count}


def _main(failed: Mapping[Outcome, int]) -> Outcome:
    return max(sorted(failed, key=lambda outcome: outcome.value), key=lambda outcome: failed[outcome])


def _worst(failed: Mapping[Outcome, int]) -> Health:
    return STATE_OF[_main(failed)] if failed else Health.BROKEN
