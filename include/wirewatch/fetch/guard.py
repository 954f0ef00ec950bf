"""What may be asked at all: addresses as text, ports, and the network addresses a name resolves to.

Pure: ``gate`` resolves names and connects, and asks here before it does. A name is judged by the very address
that is then connected to, so a name that changes its mind between check and connection (rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import SplitResult, urlsplit

from wirewatch.errors import SettingError
from wirewatch.fetch.trouble import GuardError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA special-purpose registries (RFC 6890 and updates). ``ipaddress.is_global`` differs between Python 3.10 and 3.13
# and passes several of these, so the list stands here and that property is asked as well.
_CLOSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent: looks public, answers only from inside
        "169.254.0.0/16",  # link-local, the clouds' metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# All global unicast there is (RFC 4291 2.4, IANA allocation): leaves out ::/8 with its mapped and compatible forms,
# fc00::/7, fe80::/10, fec0::/10 and ff00::/8.
_GLOBAL_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo and ORCHID among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries any IPv4 address inside; given up by RFC 7526
        "3fff::/20",
    )
)
# A network with IPv6 only reaches all of IPv4 through this prefix (RFC 6052), so it is judged by the address inside.
_NAT64 = IPv6Network("64:ff9b::/96")

# "Port blocking" of the WHATWG Fetch standard from 1024 on, then the usual ports of databases and engines.
_WHATWG_PORTS = {
    1719,
    1720,
    1723,
    2049,
    3659,
    4045,
    4190,
    5060,
    5061,
    6000,
    6566,
    *range(6665, 6670),
    6679,
    6697,
    10080,
}
_SERVICE_PORTS = {1433, 1521, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 5984, 6379, 10250, 11211, 27017}

# Scheme, then host or [IPv6], then perhaps a port. No user information, no zone, no escapes in the host.
_SHAPE = re.compile(r"https?://(?:\[[0-9A-Fa-f:.]+\]|[^\[\]@%:/?#\\]+)(?::[0-9]{0,5})?(?:[/?#]|$)", re.IGNORECASE)


def check_url(url: str) -> SplitResult:
    """Address → its parts, or GuardError saying why it is never asked.

    http and https only. Refused are ``\\`` (read in two ways by libraries), whitespace, control characters, lone
    surrogates, user information, and ports other than 80, 443 and 1024 upwards without the well-known services.
    """
    if "\\" in url or any(char.isspace() or unicodedata.category(char) in ("Cc", "Cs") for char in url):
        raise GuardError("The address has a backslash, whitespace or a control character in it.")
    if not _SHAPE.match(url):
        raise GuardError("The address is not of the form http(s)://host[:port]/path without user information.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise GuardError(f"The address cannot be read: {error}.") from error
    if not parts.hostname:
        raise GuardError("The address names no host.")
    check_port(port or (443 if parts.scheme == "https" else 80))
    return parts


def check_port(port: int) -> None:
    """GuardError unless web sites are found on that port; see ``check_url``."""
    if port not in (80, 443) and (port < 1024 or port > 65535 or port in _WHATWG_PORTS | _SERVICE_PORTS):
        raise GuardError(f"Port {port} is not one of a web site.")


def is_public(address: Address) -> bool:
    """True when the address is globally routable unicast."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _CLOSED_V4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and address in _GLOBAL_V6 and not any(address in network for network in _CLOSED_V6)


@dataclass(frozen=True)
class AddressPolicy:
    """Which addresses may be connected to: the public ones, and what the operator names."""

    hosts: frozenset[str] = frozenset()  # lower-case names, without a final dot
    networks: tuple[Network, ...] = ()

    @classmethod
    def from_entries(cls, entries: tuple[str, ...]) -> AddressPolicy:
        """Host names, addresses and CIDR networks as the operator wrote them; SettingError for what is none."""
        hosts, networks = set[str](), list[Network]()
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError as error:
                if not re.fullmatch(r"[\w.-]*[^\W\d][\w.-]*", entry):
                    raise SettingError(
                        "WIREWATCH_ALLOW_HOSTS", f"{entry!r} is not a host name, an address or a network"
                    ) from error
                hosts.add(_plain_name(entry))
        return cls(frozenset(hosts), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        """May ``address`` be connected to, having been found under the name ``host``?"""
        if _plain_name(host) in self.hosts:
            return True
        return is_public(address) or any(address in network for network in self.networks)


def _plain_name(host: str) -> str:
    return host.lower().rstrip(".")
