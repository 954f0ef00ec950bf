"""What may be asked: addresses as text and addresses on the network."""

from __future__ import annotations

import ipaddress
import json
from pathlib import Path

import pytest

from wirewatch.errors import SettingError
from wirewatch.fetch.guard import AddressPolicy, check_url, is_public
from wirewatch.fetch.trouble import GuardError

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites" / "ssrf-vectors" / "ssrf_vectors.json"


@pytest.fixture(scope="module")
def vectors() -> dict[str, list[dict[str, str]]]:
    """The collected SSRF vectors."""
    if not VECTORS.exists():
        pytest.skip("the SSRF vectors are not beside this repository")
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def test_no_collected_address_that_must_be_blocked_passes(vectors) -> None:
    """Of the vectors' addresses, all that must be blocked are, and all that must be allowed are."""
    blocked = [entry["ip"] for entry in vectors["ip_block"]]
    allowed = [entry["ip"] for entry in vectors["ip_allow"]]

    assert (len(blocked) > 100, len(allowed) > 5) == (True, True)
    assert [ip for ip in blocked if is_public(ipaddress.ip_address(ip))] == []
    assert [ip for ip in allowed if not is_public(ipaddress.ip_address(ip))] == []


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "127.8.9.1", "10.1.2.3", "172.31.0.9", "192.168.3.4", "169.254.169.254", "100.100.100.200",
        "192.0.0.9", "192.88.99.7", "198.19.255.1", "203.0.113.5", "239.1.1.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.4.4", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::808:808",
        "2002:a00:1::", "2002:808:808::1", "2001:0:4136:e378::1", "2001:db8::5", "3fff::9", "fc00::1", "fd12::1",
        "fe80::1", "fec0::1", "ff0e::1", "100::1", "5f00::1",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    """Private, local, reserved, multicast and embedding addresses are never asked."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.4.4", "185.60.216.35", "2a00:1450:4001::8a", "64:ff9b::808:808"])
def test_global_addresses_are_public(address: str) -> None:
    """Ordinary addresses are asked, and the IPv4 web as a network without IPv4 sees it (NAT64)."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://press.example/", "file:///etc/passwd", "//press.example/", "press.example", "http:press.example/",
        "http:///press.example/", "http://", "http://user@press.example/", "http://a:b@press.example/",
        "http://press.example\\@other.example/", "http://press.example/a b", " http://press.example/",
        "http://press.example/\r\nHost: x", "http://press.example/\x00", "http://press.example/\u00a0",
        "http://press.example/\ud800", "http://[::1/", "http://[fe80::1%25lo]/", "http://press%2eexample/",
        "http://press.example:99999/", "http://press.example:x/", "http://press.example:22/",
        "http://press.example:6379/", "http://press.example:81/", "https://press.example:5432/",
    ],
)  # fmt: skip
def test_malformed_addresses_are_refused(url: str) -> None:
    """An address that two readers could read in two ways, or that is no web site's, is refused."""
    with pytest.raises(GuardError):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://press.example", "press.example", None),
        ("HTTPS://Press.Example:443/a?b=c@d#e", "press.example", 443),
        ("http://прэса.example:8080/навіны", "прэса.example", 8080),
        ("http://[2a00:1450::1]:8443/", "2a00:1450::1", 8443),
        ("http://press.example:/x", "press.example", None),
    ],
)
def test_ordinary_addresses_pass(url: str, host: str, port: int | None) -> None:
    """Names, literals, letters of any script and the usual ports of web sites pass."""
    parts = check_url(url)
    assert (parts.hostname, parts.port) == (host, port)


@pytest.mark.parametrize(
    ("entries", "host", "address", "permitted"),
    [
        ((), "press.example", "127.0.0.1", False),
        (("127.0.0.1",), "127.0.0.1", "127.0.0.1", True),
        (("127.0.0.1",), "localhost", "127.0.0.1", True),
        (("127.0.0.1",), "press.example", "127.0.0.2", False),
        (("127.88.0.0/16",), "press.example", "127.88.7.9", True),
        (("10.1.2.3/8",), "press.example", "10.200.0.1", True),
        (("[::1]",), "press.example", "::1", True),
        (("Press.Example",), "press.example.", "10.0.0.1", True),
        (("press.example",), "www.press.example", "10.0.0.1", False),
        (("press.example",), "other.example", "8.8.4.4", True),
    ],
)
def test_operators_can_permit_hosts_and_networks(
    entries: tuple[str, ...], host: str, address: str, permitted: bool
) -> None:
    """A name permits all its addresses, an address or network permits itself under any name, and nothing more."""
    policy = AddressPolicy.from_entries(entries)
    assert policy.permits(host, ipaddress.ip_address(address)) is permitted


@pytest.mark.parametrize("entry", ["10.0.0.0/33", "http://press.example", "press.example/8", "10.0.0.300", ""])
def test_a_wrong_entry_is_an_error_of_the_setting(entry: str) -> None:
    """What is neither name, address nor network is refused under the setting's name."""
    with pytest.raises(SettingError, match="WIREWATCH_ALLOW_HOSTS"):
        AddressPolicy.from_entries((entry,))
