"""What a check saw, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirewatch.pipeline.checked import Checked, PageSeen
from wirewatch.plaintext import on_lines

HEADINGS = ("source", "country", "kind", "status", "state", "leads", "read", "newest", "missing", "what to do")


def checked_row(checked: Checked) -> dict[str, Any]:
    """A source's check as JSON values."""
    source, seen = checked.source, checked.seen
    return {
        "source": source.slug,
        "country": source.country,
        "kind": source.kind.value,
        "status": source.status.state,
        "state": checked.state.value,
        "yields": checked.yields,
        "leads": seen.leads,
        "tried": len(seen.pages),
        "read": len(seen.articles),
        "newest": seen.newest.isoformat() if seen.newest else None,
        "missing": list(checked.missing),
        "advice": list(checked.advice),
        "entries": [
            {"kind": entry.entry.kind, "url": entry.url, "leads": entry.leads, "problem": entry.problem}
            for entry in seen.entries
        ],
        "articles": [_page_row(page) for page in seen.pages],
    }


def _page_row(page: PageSeen) -> dict[str, Any]:
    article = page.article
    if article is None:
        return {"url": page.url, "outcome": page.outcome.value, "problem": page.note}
    return {
        "url": page.url,
        "outcome": page.outcome.value,
        "title": article.title,
        "published_at": article.published.at.isoformat() if article.published else None,
        "authors": list(article.authors),
        "language": article.language,
        "characters": len(article.body),
    }


def table(results: Sequence[Checked]) -> str:
    """One line a source, in columns as wide as what stands in them, and a line of counts."""
    rows = [HEADINGS, *(_cells(checked) for checked in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS) - 1)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    ]
    lost = [checked.source.slug for checked in results if checked.breaks_its_word]
    told = f"; said to work, and yield nothing: {', '.join(lost)}" if lost else ""
    lines.append(f"{sum(checked.yields for checked in results)} of {len(results)} sources yield articles{told}")
    return on_lines("\n".join(line.rstrip() for line in lines))


def _cells(checked: Checked) -> tuple[str, ...]:
    source, seen = checked.source, checked.seen
    return (
        source.slug,
        source.country,
        source.kind.value,
        source.status.state,
        checked.state.value,
        str(seen.leads),
        f"{len(seen.articles)}/{len(seen.pages)}",
        seen.newest.strftime("%Y-%m-%d %H:%M") if seen.newest else "-",
        ",".join(checked.missing) or "-",
        checked.advice[0] if checked.advice else "",
    )


def report(checked: Checked) -> str:
    """One source in full: each entry point, each article tried, what to do, the verdict."""
    source, seen = checked.source, checked.seen
    lines = [f"{source.name} ({source.slug}); status: {source.status.state}, {source.status.how}"]
    lines += [
        f"  {entry.entry.kind} {entry.url}: {entry.leads} leads{f'; {entry.problem}' if entry.problem else ''}"
        for entry in seen.entries
    ]
    lines += [line for page in seen.pages for line in _page_lines(page)]
    if seen.out_of_time:
        lines.append("  the time for this source was up; --seconds gives it more")
    if checked.missing:
        lines.append(f"  missing: {', '.join(checked.missing)}")
    lines += [f"  to do: {sentence}" for sentence in checked.advice]
    verdict = "yields articles" if checked.yields else "would yield nothing"
    counts = f"{seen.leads} leads, {len(seen.articles)} of the {len(seen.pages)} pages tried are articles"
    return on_lines("\n".join([*lines, f"{source.slug} {verdict} ({checked.state.value}): {counts}"]))


def _page_lines(page: PageSeen) -> list[str]:
    article = page.article
    if article is None:
        return [f"  article {page.url}: {page.note}"]
    published = article.published.at.isoformat() if article.published else "no date"
    return [
        f"  article {page.url}:",
        f"    {published}  {article.title}",
        f"    {len(article.body)} characters, language {article.language or 'unknown'},"
        f" authors {', '.join(article.authors) or 'none'}",
    ]
