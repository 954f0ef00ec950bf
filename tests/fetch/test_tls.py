"""Certificates are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.certificates import self_signed, serving
from tests.support.fetching import LIMITS, NOW
from tests.support.sites import (
    Reply,
    Site,
)
from wirewatch.fetch.client import Client
from wirewatch.fetch.pace import LocalPace
from wirewatch.fetch.robots import MemoryRobots
from wirewatch.model import Outcome, Purpose

BODY = "<p>Вучэнні пачаліся ў аўторак.</p>".encode()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Self-signed certificates for 127.0.0.1, valid and expired, each in one PEM with its key."""
    folder = tmp_path_factory.mktemp("tls")
    return {
        "valid": self_signed(folder / "valid.pem", days=30),
        "expired": self_signed(folder / "expired.pem", days=-1),
    }


@pytest.mark.parametrize(
    ("served", "trusted", "outcome"),
    [("valid", True, Outcome.NEW), ("valid", False, Outcome.BROKEN), ("expired", True, Outcome.BROKEN)],
)
def test_certificates_are_checked(certificates: dict[str, Path], served: str, trusted: bool, outcome: Outcome) -> None:
    """A trusted certificate serves pages over TLS; an unknown or expired one is broken, and the note says so."""
    client = Client(
        LIMITS,
        pace=LocalPace(),
        robots=MemoryRobots(),
        now=lambda: NOW,
        ca_bundle=certificates[served] if trusted else None,
    )
    with Site({"/a": Reply(body=BODY)}, tls=serving(certificates[served])) as site:
        ends = [
            client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False, delay=0).outcome for _ in range(2)
        ]
        note = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, delay=0).note

    assert ends == [outcome, outcome]
    assert outcome is Outcome.NEW or "certificate" in (note or "")
