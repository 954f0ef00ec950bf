"""Replay over recorded pages of many sites: archived, loaded, and read again twice with the network blocked."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import NOW, TODAY
from tests.support.one_source import query
from wirewatch.dedup.canonical import url_key
from wirewatch.model import Fetched, Lead, Outcome, Page, Purpose
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.ledger import Ledger
from wirewatch.pipeline.plan import open_run
from wirewatch.pipeline.read import read
from wirewatch.pipeline.replay import Finding, replay
from wirewatch.warehouse import addresses
from wirewatch.warehouse.addresses import KeyedLead
from wirewatch.warehouse.replay import Span
from wirewatch.warehouse.runs import Run

RECORDED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "extraction"
FETCHED = datetime(2026, 11, 24, 6, 0, tzinfo=timezone.utc)

pytestmark = pytest.mark.skipif(
    not (RECORDED / "index.jsonl").exists(), reason="the recorded pages (../shared) are not beside the repository"
)


def recorded() -> Iterator[Page]:
    """The visible pages, as if fetched on one morning; of pages with one address the first."""
    seen: set[str] = set()
    for line in (RECORDED / "index.jsonl").read_text(encoding="utf-8").splitlines():
        item: dict[str, Any] = json.loads(line)
        if url_key(item["url"]) not in seen:
            seen.add(url_key(item["url"]))
            body = gzip.decompress((RECORDED / item["html"]).read_bytes())
            yield Page(item["url"], item["url"], 200, (("Content-Type", "text/html"),), body, FETCHED)


@pytest.fixture
def desk(make_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A desk with one source, to which all pages belong."""
    sources = tmp_path / "sources"
    sources.mkdir()
    content = {
        "slug": "recorded", "name": "Recorded", "country": "INT", "kind": "press", "home": "https://recorded.example/",
        "languages": ["en"], "timezone": "UTC", "entries": [{"feed": "https://recorded.example/feed"}],
        "status": {"state": "unverified", "how": "pages recorded by others"},
    }  # fmt: skip
    (sources / "recorded.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    made: Desk = make_desk(now=NOW, sources=sources)
    return made


def archive(desk: Desk, run: Run, pages: Sequence[Page]) -> None:
    """Pages → the archive and their rows, in the order that a fetch keeps."""
    leads = [KeyedLead(url_key(page.url), Lead(page.url)) for page in pages]
    with desk.warehouse() as connection, desk.archive.writer("2026-11-24/recorded") as writer:
        ledger = Ledger(run, "recorded", connection=connection, writer=writer)
        ledger.flush(leads)
        with connection:
            due = addresses.due_addresses(connection, run, "recorded", limit=len(pages), recent=FETCHED)
        by_url = {address.url: address for address in due}
        for page in pages:
            fetched = Fetched(page.url, Purpose.ARTICLE, Outcome.NEW, FETCHED, 0.1, status=200, page=page)
            ledger.keep(fetched, address=by_url[page.url])
        ledger.flush()


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and from then on whatever reaches for the network fails the test."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"something reaches for the network: {arguments}")

    def block() -> None:
        for name in ("connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, refuse)
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            monkeypatch.setattr(socket, name, refuse)

    return block


def test_the_same_input_gives_the_same_output(desk: Desk, blocked: Callable[[], None]) -> None:
    """Every loaded page is read again to the very row it made, and two replays agree in their sum."""
    run, _ = open_run(desk, "recorded", TODAY)
    pages = tuple(recorded())
    archive(desk, run, pages)
    counts = read(desk, run, "recorded")
    blocked()
    told: list[Finding] = []
    sums = [replay(desk, Span(), report=told.append).summary() for _ in range(2)]
    assert [(finding.kept.url, finding.changes, finding.problem) for finding in told] == []
    assert sums[0] == sums[1]
    assert sums[0]["unchanged"] == sums[0]["pages"] == counts["new"]
    read_as = {
        row["read_as"]: row["n"] for row in query(desk, 'select read_as, count(*)::int as n from "fetch" group by 1')
    }
    assert sum(read_as.values()) == len(pages)
    assert read_as["article"] > len(pages) * 0.8
