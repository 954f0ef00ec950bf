"""Mail addresses: written text → checked parts, and back to what a header may say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirewatch.alert.encoded import encode_phrase
from wirewatch.plaintext import one_line

# RFC 5322 dot-atom, widened to all letters by RFC 6531; quoted local parts are not in use and only make trouble.
_LOCAL = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_DOMAIN = r"[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f.:]+\]"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>{_DOMAIN})")
_NAMED = re.compile(r'"?(?P<name>[^<>"]*)"?\s*<(?P<address>[^<>]+)>')
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 255  # octets, RFC 5321 section 4.5.3.1
_LONGEST_NAME = 100  # code points


@dataclass(frozen=True)
class Address:
    """One mail address."""

    name: str  # display name; "" when there is none
    local: str  # what stands before the @
    domain: str  # ASCII: an international name is in its IDNA form

    @classmethod
    def parse(cls, text: str) -> Address:
        """``ann@host`` or ``Ann Lee <ann@host>`` → address; ValueError says what is wrong."""
        named = _NAMED.fullmatch(text.strip())
        found = _ADDRESS.fullmatch(named["address"] if named else text.strip())
        # "=?" opens an RFC 2047 encoded word: a reader would decode it into another address.
        # A line break would be a command or header of its own, were it let through.
        if found is None or "=?" in found["local"] or not text.strip().isprintable():
            raise ValueError(f"{one_line(text, limit=120)!r} is not a mail address such as ann@example.org")
        domain = _ascii_domain(found["domain"])
        if len(found["local"].encode()) > _LONGEST_LOCAL or len(domain) > _LONGEST_DOMAIN:
            raise ValueError(f"{one_line(text, limit=120)!r} is longer than a mail address may be")
        return cls(
            name=one_line(named["name"], limit=_LONGEST_NAME) if named else "", local=found["local"], domain=domain
        )

    @property
    def spec(self) -> str:
        """``local@domain``, for the envelope."""
        return f"{self.local}@{self.domain}"

    @property
    def international(self) -> bool:
        """Whether the local part needs SMTPUTF8 (RFC 6531); a domain never does, having its IDNA form."""
        return not self.local.isascii()

    @property
    def header(self) -> str:
        """The address as From and To have it, the name quoted or encoded where it must be."""
        return f"{encode_phrase(self.name)} <{self.spec}>" if self.name else self.spec


def checked(text: str) -> str:
    """A bare address as given; ValueError when it is none. For files that people write."""
    if Address.parse(text).name or "<" in text:
        raise ValueError(f"{text!r} must be the address alone, without a name")
    return text.strip()


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{one_line(domain, limit=120)!r} is not a domain name") from error
