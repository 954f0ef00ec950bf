"""The archive read again by today's code: what would change, and (told so) the changes stored."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.cli.days import day_of, midnight
from wirewatch.cli.progress import now_and_then
from wirewatch.plaintext import harmless

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.desk import Desk
    from wirewatch.pipeline.readmit import Retry
    from wirewatch.pipeline.replay import Finding, Tally
    from wirewatch.warehouse.replay import Span

SHOWN = 60
"""Characters shown of an old and of a new value."""

LEAD_IN = 15
"""Characters shown before the first that differs."""


def add_commands(commands: Commands) -> None:
    """replay."""
    command = add(
        commands,
        "replay",
        replay,
        help="read the archive again with today's code, network off, and show which fields would change",
        example="wirewatch replay --source belta-ru --since 90d",
    )
    command.add_argument("--source", action="append", default=[], metavar="SLUG", help="only this source; repeatable")
    command.add_argument("--since", metavar="DAY|90d", help="first day of fetching (UTC), or so many days back")
    command.add_argument("--until", metavar="DAY|90d", help="last day of fetching (UTC), or so many days back")
    command.add_argument("--apply", action="store_true", help="store what differs; no alert, no edit by the publisher")
    command.add_argument("--quarantine", action="store_true", help="try the quarantined pages, load those now readable")
    command.add_argument("--json", action="store_true", help="one JSON object a line; the last is the summary")


def replay(options: argparse.Namespace) -> int:
    """Exit 0, whatever differs."""
    from wirewatch.warehouse.replay import Span

    with ready_desk() as here:
        here.check_files()
        today = here.now().date()
        since = options.since and day_of(options.since, today=today, option="--since")
        until = options.until and day_of(options.until, today=today, option="--until")
        span = Span(
            sources=tuple(dict.fromkeys(options.source)),
            since=midnight(since) if since else None,
            until=midnight(until + timedelta(days=1)) if until else None,
        )
        return (_readmit if options.quarantine else _replay)(here, span, options)


def _replay(desk: Desk, span: Span, options: argparse.Namespace) -> int:
    from wirewatch.pipeline.replay import replay as run

    show = _print_json if options.json else _print_line
    tally = run(desk, span, apply=options.apply, report=show, progress=now_and_then(_how_far))
    summary = tally.summary()
    print(json.dumps({"summary": summary}) if options.json else _summary(summary, applied=options.apply))
    return 0


def _readmit(desk: Desk, span: Span, options: argparse.Namespace) -> int:
    from wirewatch.pipeline.readmit import readmit

    counts = readmit(desk, span, report=_print_retry_json if options.json else _print_retry)
    if options.json:
        print(json.dumps({"summary": counts}))
        return 0
    states = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()) if state != "pages")
    print(f"{counts['pages']:,} quarantined pages tried{': ' if states else ''}{states}")
    return 0


def _how_far(tally: Tally, seconds: float) -> str:
    rate = tally.pages / seconds
    return f"{tally.pages:,} pages read, {tally.counts['changed']:,} differ, {rate:.0f} a second"


def _print_json(finding: Finding) -> None:
    kept = finding.kept
    item = {
        "source": kept.source,
        "url": kept.url,
        "article_id": kept.article_id,
        "version": kept.version,
        "fetched_at": kept.seen_at.isoformat(),
        "changes": {name: {"old": old, "new": new} for name, (old, new) in finding.changes.items()},
        "note": finding.problem or finding.read.reason or (finding.read.reading.note if finding.read.reading else None),
        "applied": finding.applied,
    }
    print(json.dumps(item, ensure_ascii=False), flush=True)


def _print_line(finding: Finding) -> None:
    parts = [f"{name}: {_before_after(*change)}" for name, change in finding.changes.items()]
    if finding.problem or finding.read.reason:
        parts.append(harmless(finding.problem or finding.read.reason or ""))
    print(f"{finding.kept.source}  {harmless(finding.kept.url)}  {'; '.join(parts)}", flush=True)


def _print_retry_json(retry: Retry) -> None:
    quarantined = retry.quarantined
    item = {"url": quarantined.page.url, "state": retry.state, "was": quarantined.reason, "note": retry.read.reason}
    print(json.dumps(item, ensure_ascii=False), flush=True)


def _print_retry(retry: Retry) -> None:
    note = f"  {harmless(retry.read.reason)}" if retry.read.reason else ""
    print(f"{retry.state:<12} {harmless(retry.quarantined.page.url)}{note}", flush=True)


def _before_after(old: Any, new: Any) -> str:
    """Old → new, from shortly before the first character that differs."""
    if not isinstance(old, str) or not isinstance(new, str):
        return f"{_shown(old, 0)} → {_shown(new, 0)}"
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    start = max(0, (min(len(old), len(new)) if same is None else same) - LEAD_IN)
    start = 0 if max(len(old), len(new)) <= SHOWN else start
    return f"{_shown(old, start)} → {_shown(new, start)}"


def _shown(value: Any, start: int) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else ", ".join(map(str, value)) or "nobody"
    piece = text[start : start + SHOWN]
    return f'"{"…" if start else ""}{harmless(piece)}{"…" if len(text) > start + SHOWN else ""}"'


def _summary(summary: dict[str, Any], *, applied: bool) -> str:
    fields = ", ".join(f"{name} {count:,}" for name, count in summary["fields"].items())
    lines = [
        f"{summary['pages']:,} pages read: {summary['unchanged']:,} unchanged, {summary['changed']:,} differ"
        + (f" ({fields})" if fields else ""),
        f"{summary['not_article']:,} are no article now, {summary['unreadable']:,} cannot be read,"
        f" {summary['failed']:,} failed",
        f"checksum of all that was read: {summary['checksum']}",
    ]
    if applied:
        lines.insert(1, f"{summary['applied']:,} articles put right")
    elif summary["changed"]:
        lines.append("Nothing was stored; --apply stores it.")
    return "\n".join(lines)
