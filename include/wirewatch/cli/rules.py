"""Alert rules: list them, try one on what was seen before, explain an alert."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.cli.days import day_of, midnight
from wirewatch.cli.progress import now_and_then
from wirewatch.errors import InputError
from wirewatch.plaintext import on_lines, one_line

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.backtest import TriedAlert, Window


def add_commands(commands: Commands) -> None:
    """rules list, test and explain."""
    command = add(
        commands,
        "rules",
        list_rules,
        help="list the alert rules, try one on what was seen before, explain an alert",
        example="wirewatch rules test include/rules/csto-and-nuclear.yml --since 90d",
    )
    parts = command.add_subparsers(title="what", metavar="WHAT", required=True)
    part = add(parts, "list", list_rules, help="list the rule files", example="wirewatch rules list")
    part.add_argument("--json", action="store_true", help="one JSON object a line")
    part = add(
        parts,
        "test",
        test,
        help="show what a rule would have sent, had it been live; nothing is sent or stored",
        example="wirewatch rules test draft.yml --since 90d\n  wirewatch rules test draft.yml --mails mails",
    )
    part.add_argument("file", metavar="FILE", type=Path, help="a rule file; it need not lie in the rules' folder")
    part.add_argument("--since", metavar="WHEN", default="90d", help="a day, or so many days back (default: 90d)")
    part.add_argument("--mails", metavar="FOLDER", type=Path, help="write each mail there as an .eml file")
    part.add_argument("--json", action="store_true", help="one JSON object an alert, then the summary")
    part = add(
        parts,
        "explain",
        explain,
        help="say why an alert was sent, what matched, to whom it went, and what it kept quiet later",
        example="wirewatch rules explain 17",
    )
    part.add_argument("alert", metavar="ALERT", type=int, help="its number; `wirewatch rules alerts` lists them")
    part.add_argument("--json", action="store_true", help="one JSON object")
    part = add(parts, "alerts", list_alerts, help="list the newest alerts", example="wirewatch rules alerts --limit 50")
    part.add_argument("--limit", metavar="N", type=int, default=20, help="how many (default: 20)")
    part.add_argument("--json", action="store_true", help="one JSON object a line")


def list_rules(options: argparse.Namespace) -> int:
    """Each rule, and what it asks for."""
    from wirewatch.alert.rules import asks_in_words
    from wirewatch.pipeline.desk import desk

    here = desk()
    for rule in here.rules.values():
        asks = "; ".join(asks_in_words(rule, here.labels))
        if options.json:
            print(json.dumps(rule.model_dump(mode="json"), ensure_ascii=False))
        else:
            print(on_lines(f"{rule.name:<24} {rule.severity.value:<7} {asks}"))
    if not here.rules and not options.json:
        print(f"There is no rule in {here.settings.rules}; docs/writing-rules.md shows how to write one.")
    return 0


def test(options: argparse.Namespace) -> int:
    """Try a rule on the past."""
    from wirewatch.alert.rules import load_rule
    from wirewatch.pipeline.backtest import backtest, outgoing

    with ready_desk() as here:
        rule = load_rule(options.file, concepts=here.concepts, sources=here.sources)
        since = midnight(day_of(options.since, today=here.now().date(), option="--since"))
        found: list[TriedAlert] = []
        seen: list[Window] = []

        def progress(window: Window) -> None:
            seen[:] = [window]
            say(window)

        say = now_and_then(_how_far)
        for tried in backtest(here, {rule.name: rule}, since=since, until=here.now(), progress=progress):
            found.append(tried)
            print(json.dumps(_row(tried), ensure_ascii=False) if options.json else on_lines(_lines(tried)))
    written = _write_mails(outgoing(here, found), options.mails) if options.mails else 0
    summary = _summary(found, calls=seen[0].calls if seen else 0)
    print(json.dumps({"summary": summary}) if options.json else _in_words(summary, options.since))
    if options.mails and not options.json:
        print(f"{written} mails written to {options.mails}")
    return 0


def _how_far(window: Window, _: float) -> str:
    return f"{window.done:,} of {window.calls:,} runs looked at"


def _row(tried: TriedAlert) -> dict[str, Any]:
    passage = tried.facts.passage
    return {
        "at": tried.at.isoformat(),
        "story": tried.draft.story_id,
        "article": tried.draft.article_id,
        "title": tried.facts.title,
        "url": tried.facts.url,
        "passage": passage.text if passage else None,
        "again": bool(tried.draft.fact_key),
        "mails": [
            {
                "to": mail.recipient,
                "at": mail.slot.at.isoformat(),
                "digest": mail.slot.key,
                "message_id": mail.message_id,
            }
            for mail in tried.mails
        ],
    }


def _lines(tried: TriedAlert) -> str:
    again = "  (told again)" if tried.draft.fact_key else ""
    lines = [f"{tried.at:%Y-%m-%d %H:%M}  story {tried.draft.story_id}  {one_line(tried.facts.title)}{again}"]
    if tried.facts.passage:
        lines.append(f"    {one_line(tried.facts.passage.text)}")
    for mail in tried.mails:
        when = f"in the digest of {mail.slot.at:%Y-%m-%d %H:%M} UTC" if mail.slot.digest else "at once"
        lines.append(f"    to {mail.recipient}, {when}")
    return "\n".join(lines)


def _summary(found: Sequence[TriedAlert], *, calls: int) -> dict[str, int]:
    mails = [mail for tried in found for mail in tried.mails]
    digests = {(mail.recipient, mail.slot.key) for mail in mails if mail.slot.key}
    return {
        "runs": calls,
        "articles": len({tried.draft.article_id for tried in found}),
        "stories": len({tried.draft.story_id for tried in found}),
        "alerts": len(found),
        "told_again": sum(bool(tried.draft.fact_key) for tried in found),
        "mails": sum(mail.slot.key is None for mail in mails) + len(digests),
    }


def _in_words(summary: dict[str, int], since: str) -> str:
    if not summary["runs"]:
        return f"Nothing was kept to try a rule on since {since}; runs keep it from this version on."
    return (
        f"{summary['alerts']} alerts about {summary['stories']} stories, {summary['told_again']} of them told again,"
        f" in {summary['mails']} mails, from {summary['runs']} runs"
    )


def _write_mails(mails: Sequence[EmailMessage], folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, mail in enumerate(mails, start=1):
            (folder / f"{number:04}.eml").write_bytes(mail.as_bytes())
    except OSError as error:
        raise InputError(f"--mails: {folder} cannot be written: {error.strerror}") from error
    return len(mails)


def list_alerts(options: argparse.Namespace) -> int:
    """The newest alerts."""
    from wirewatch.warehouse.alert_log import newest_alerts

    with ready_desk() as here, here.warehouse() as connection, connection:
        found = newest_alerts(connection, limit=max(1, options.limit))
    for item in found:
        if options.json:
            print(json.dumps(item, ensure_ascii=False, default=str))
        else:
            again = " (told again)" if item["fact_key"] else ""
            mails = f"{item['sent']} of {item['mails']} sent"
            print(
                on_lines(
                    f"{item['alert_id']:>6}  {item['created_at']:%Y-%m-%d %H:%M}  {item['rule']:<24} {mails:<12}"
                    f" {one_line(item['title'], limit=100)}{again}"
                )
            )
    if not found and not options.json:
        print("No alert yet.")
    return 0


def explain(options: argparse.Namespace) -> int:
    """Why an alert was sent; exit 1 when there is none of that number."""
    from wirewatch.alert.facts import AlertFacts
    from wirewatch.warehouse.alert_log import find_alert

    with ready_desk() as here, here.warehouse() as connection, connection:
        found = find_alert(connection, options.alert)
    if found is None:
        print(f"There is no alert {options.alert}; `wirewatch rules alerts` lists the newest.")
        return 1
    if options.json:
        print(json.dumps(found, ensure_ascii=False, default=str))
        return 0
    print(on_lines("\n".join(_explained(found, AlertFacts.from_json(found["facts"])))))
    return 0


def _explained(found: dict[str, Any], facts: Any) -> list[str]:
    from wirewatch.alert.change_words import in_words

    lines = [
        f"Alert {found['alert_id']} of {found['created_at']:%Y-%m-%d %H:%M} UTC, rule {facts.rule}: {facts.rule_title}",
        f"  the rule's file was {found['rule_hash'] or 'of an older version'} then",
        f"  about {facts.source_name}: {one_line(facts.title)}",
        f"  {facts.url}",
        *(f"  asks for {ask}" for ask in facts.asks),
        *(f"  found {hit.label} ({hit.mentions})" for hit in facts.hits),
    ]
    if facts.passage:
        words = Counter(facts.passage.text[hit.start : hit.end] for hit in facts.passage.hits)
        lines.append(f"  in “{one_line(facts.passage.text)}” by {', '.join(f'“{word}”' for word in words)}")
    lines += [f"  changed: {in_words(it.change, concept=it.concept, listing=it.listing)}" for it in facts.changes]
    lines += [f"  new in the story: {concept}" for concept in facts.new_concepts]
    lines += ["  confirmed by an independent source"] * facts.confirmed
    lines += ["To:"] + [f"  {_fate(mail)}" for mail in found["mails"]]
    lines += ["Kept quiet, because this story was told:"] if found["quiet"] else []
    lines += [
        f"  {item['matched_at']:%Y-%m-%d %H:%M}  {item['source']}: {one_line(item['title'], limit=100)}"
        for item in found["quiet"]
    ]
    return lines


def _fate(mail: dict[str, Any]) -> str:
    state = mail["state"]
    digest = f" in the digest “{mail['digest']}”" if mail["digest"] else ""
    when = f" at {mail['sent_at']}" if mail["sent_at"] else ""
    why = f": {mail['last_error']}" if mail["last_error"] else ""
    return f"{mail['recipient']}  {state}{when}{digest}{why}"
