"""What a person sees while a run goes on, and at its end. Values in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wirewatch.plaintext import harmless

WIDTH = 22


def source_line(row: Mapping[str, Any]) -> str:
    """One finished source: its name, state and figures."""
    counts = [f"{row[key]} {label}" for key, label in COUNTS if row[key]]
    note = f" ({harmless(row['note'])})" if row["note"] else ""
    return f"  {row['source']:<{WIDTH}} {row['health'] or row['state']:<12} {', '.join(counts) or 'nothing new'}{note}"


COUNTS = (
    ("new", "new"),
    ("changed", "changed"),
    ("not_article", "no articles"),
    ("quarantined", "quarantined"),
)


def status_line(rows: Iterable[Mapping[str, Any]]) -> str:
    """How far a run is: sources by state and pages so far."""
    known = list(rows)
    states = [f"{sum(row['state'] == state for row in known)} {state}" for state in ("fetching", "reading", "waiting")]
    done = sum(row["state"] in ("done", "failed") for row in known)
    fetched = sum(row["fetched"] for row in known)
    return f"  {done}/{len(known)} sources done; {', '.join(states)}; {fetched} pages fetched"


def summary_lines(summary: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    """The figures of a run for people."""
    articles, alerts = summary["articles"], summary["alerts"]
    lines = [
        f"Run of {summary['day']} in {summary['seconds']:.0f} s",
        f"  sources   {_counts(summary['sources']) or 'none'}",
        f"  pages     {_counts(summary['outcomes']) or 'none asked'}",
        f"  articles  {articles['new']} new, {articles['changed']} changed, {articles['copies']} copies,"
        f" {articles['not_article']} pages that are no articles, {articles['quarantined']} quarantined",
        f"  alerts    {alerts['created']} new; mails: {alerts['sent']} sent, {alerts['waiting']} waiting,"
        f" {alerts['quarantined']} quarantined",
    ]
    mentions = summary["mentions"]
    if mentions:
        lines.append("  mentions by concept:")
        lines += [f"    {count:>5}  {labels.get(concept, concept)}" for concept, count in mentions.items()]
    return lines


def _counts(figures: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(figures.items(), key=lambda item: -item[1]))
