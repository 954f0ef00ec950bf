"""The one tree of errors. Each carries its subject: an address, a source, a file with line and key.

What is expected to fail (a site that does not answer) is an outcome and no error; see ``model.Outcome``.
"""

from __future__ import annotations

from pathlib import Path


class WirewatchError(Exception):
    """Base of all errors that Wirewatch raises on purpose; its text says what to do next."""


class InputError(WirewatchError):
    """What a person wrote cannot be used. The command line ends with exit code 2."""


class SpecError(InputError):
    """A source, concept or rule file that cannot be used.

    Printed as ``file:line: key: message``; line counts from 1 and key is a dotted path such as ``entries.0.feed``.
    """

    def __init__(self, file: Path | str, message: str, *, line: int | None = None, key: str = "") -> None:
        self.file = Path(file)
        self.line = line
        self.key = key
        self.message = message
        place = f"{file}:{line}" if line else str(file)
        super().__init__(": ".join(part for part in (place, key, message) if part))


class SettingError(InputError):
    """A setting in the environment (or .env) that cannot be used."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(f"{name}: {message}")


class PageError(WirewatchError):
    """A page that cannot become rows: it goes to quarantine with this reason, the rest of its batch loads."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: {reason}")


class ArchiveError(WirewatchError):
    """An archive record that is missing, damaged or not the bytes it should be."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"archive {path}: {message}")


class SchemaError(WirewatchError):
    """The warehouse's tables are not those this version works with."""


class DeliveryError(WirewatchError):
    """A message that was not taken over. ``permanent`` tells a refusal (5xx) from a try-again (4xx, network)."""

    def __init__(self, recipient: str, message: str, *, permanent: bool) -> None:
        self.recipient = recipient
        self.permanent = permanent
        super().__init__(f"{recipient}: {message}")


class StandaloneError(WirewatchError):
    """The local stack of ``make run`` cannot start or has lost a part; the text says in one sentence what to do."""
