"""A site's address → the text of its source file: what it offers, tried at once, and what may be expected of it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from statistics import median
from typing import Any

from wirewatch.errors import InputError, SpecError
from wirewatch.fetch.probe import Finding, probe, propose_slug, source_yaml
from wirewatch.fetch.propose import Tried
from wirewatch.model import Purpose
from wirewatch.pipeline.check import check_source, live_client
from wirewatch.pipeline.checked import Seen
from wirewatch.pipeline.desk import Desk
from wirewatch.sources import Expect, ExpectedField, SourceSpec, load_source

FIELDS: tuple[ExpectedField, ...] = ("title", "body", "published", "authors", "section", "image")
PROBE_DELAY = 0.5
"""Seconds between two requests while a person waits for the answer."""


@dataclass(frozen=True)
class NewSource:
    """A proposed source file."""

    slug: str
    text: str  # YAML
    findings: tuple[Finding, ...]  # best first
    tried: Tried


def new_source(desk: Desk, url: str, *, slug: str | None = None, **said: Any) -> NewSource | None:
    """Look for what could be watched at an address and read some of its articles; None when nothing was found.

    ``said``: what a person said of it (``name``, ``country``, ``kind``, ``timezone``, ``languages``; see
    ``source_yaml``). InputError when the address or what was said cannot be used.
    """
    slug = slug or propose_slug(url)
    today = desk.now().date()
    with live_client(desk) as client:
        findings = probe(url, ask=lambda target: client.fetch(target, purpose=Purpose.ENTRY, delay=PROBE_DELAY))
        if not findings:
            return None
        source = _loaded(slug, source_yaml(url, findings, slug=slug, today=today, **said))
        seen = check_source(client, source, now=desk.now).seen
    expect = expected(seen, findings[0].times, zone=source.zone, now=desk.now())
    languages = Counter(article.language for article in seen.articles if article.language)
    tried = Tried(len(seen.pages), len(seen.articles), expect, tuple(code for code, _ in languages.most_common()))
    text = source_yaml(url, findings, slug=slug, today=today, tried=tried, **said)
    _loaded(slug, text)
    return NewSource(slug, text, findings, tried)


def expected(seen: Seen, times: Sequence[datetime], *, zone: tzinfo, now: datetime) -> Expect:
    """What a source that was seen once should yield: half of the poorest whole day and of the middle body.

    Fields are those that every article had.
    """
    articles = seen.articles
    body = int(median(len(article.body) for article in articles)) // 2 if articles else 0
    fields = tuple(name for name in FIELDS if articles and all(getattr(article, name) for article in articles))
    return Expect(articles=_fewest(times, zone=zone, now=now), body=body // 50 * 50, fields=fields)


def _fewest(times: Sequence[datetime], *, zone: tzinfo, now: datetime) -> int:
    """Half of the articles on the poorest whole day that was listed; 0 when no two whole days were."""
    days = Counter(moment.astimezone(zone).date() for moment in times)
    if not days:
        return 0
    first, today = min(days), now.astimezone(zone).date()  # neither is whole
    whole = [days[first + timedelta(days=after)] for after in range(1, (today - first).days)]
    return min(whole) // 2 if len(whole) >= 2 else 0


def _loaded(slug: str, text: str) -> SourceSpec:
    with tempfile.TemporaryDirectory(prefix="wirewatch-") as folder:
        file = Path(folder) / f"{slug}.yml"
        file.write_text(text, encoding="utf-8")
        try:
            return load_source(file)
        except SpecError as error:  # the file is nowhere yet; what a person said is wrong
            raise InputError(f"{error.key}: {error.message}") from error
