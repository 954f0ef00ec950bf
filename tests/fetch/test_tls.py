"""Certificates are checked."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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
        "valid": _certificate(folder / "valid.pem", days=30),
        "expired": _certificate(folder / "expired.pem", days=-1),
    }


def _certificate(path: Path, *, days: int) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "press.example")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    ("served", "trusted", "outcome"),
    [("valid", True, Outcome.NEW), ("valid", False, Outcome.BROKEN), ("expired", True, Outcome.BROKEN)],
)
def test_certificates_are_checked(certificates: dict[str, Path], served: str, trusted: bool, outcome: Outcome) -> None:
    """A trusted certificate serves pages over TLS; an unknown or expired one is broken, and the note says so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates[served])
    client = Client(
        LIMITS,
        pace=LocalPace(),
        robots=MemoryRobots(),
        now=lambda: NOW,
        ca_bundle=certificates[served] if trusted else None,
    )
    with Site({"/a": Reply(body=BODY)}, tls=context) as site:
        ends = [
            client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, obey_robots=False, delay=0).outcome for _ in range(2)
        ]
        note = client.fetch(site.url("/a"), purpose=Purpose.ARTICLE, delay=0).note

    assert ends == [outcome, outcome]
    assert outcome is Outcome.NEW or "certificate" in (note or "")
