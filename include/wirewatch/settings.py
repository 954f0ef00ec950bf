"""The settings, read once from the environment; a ``.env`` file at the root of the project fills what is not set.

Every variable is a field of ``Settings``; ``.env.example`` lists them all, and a test holds the two together.
"""

from __future__ import annotations

import ipaddress
import math
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from wirewatch.errors import SettingError

ROOT = Path(__file__).resolve().parents[2]
"""The project's root: the folder that holds dags/, include/ and README.md."""


def _setting(variable: str, default: str, help: str) -> Any:
    return field(metadata={"variable": variable, "default": default, "help": help})


@dataclass(frozen=True)
class Settings:
    """All settings. A path that is not absolute counts from the project's root."""

    home: Path = _setting("WIREWATCH_HOME", ".wirewatch", "folder of everything that is kept on this machine")
    database_url: str = _setting("WIREWATCH_DATABASE_URL", "", "the warehouse; empty: the embedded PostgreSQL")
    archive: str = _setting("WIREWATCH_ARCHIVE", "", "folder or fsspec URL of the WARC archive; empty: HOME/archive")
    sources: Path = _setting("WIREWATCH_SOURCES", "include/sources", "folder of source files")
    concepts: Path = _setting("WIREWATCH_CONCEPTS", "include/concepts", "folder of concept files")
    packs: tuple[str, ...] = _setting(
        "WIREWATCH_PACKS", "core", "packs of concepts that are watched, by commas; all: every one there is"
    )
    rules: Path = _setting("WIREWATCH_RULES", "include/rules", "folder of alert rules")
    recipients: Path = _setting("WIREWATCH_RECIPIENTS", "include/recipients", "folder of files about readers of alerts")
    schedule: str = _setting("WIREWATCH_SCHEDULE", "0 5 * * *", "cron expression (UTC) of the daily run")
    recheck_schedule: str = _setting(
        "WIREWATCH_RECHECK_SCHEDULE", "20 * * * *", "cron expression (UTC) of asking known articles again"
    )
    contact: str = _setting(
        "WIREWATCH_CONTACT", "", "web or mail address in the User-Agent, by which a site's owner can reach you"
    )
    allow_hosts: tuple[str, ...] = _setting(
        "WIREWATCH_ALLOW_HOSTS", "", "hosts, addresses or networks that may be asked although not public; by commas"
    )
    connect_timeout: float = _setting("WIREWATCH_CONNECT_TIMEOUT", "10", "seconds until a connection stands")
    read_timeout: float = _setting("WIREWATCH_READ_TIMEOUT", "20", "seconds without a byte")
    deadline: float = _setting("WIREWATCH_DEADLINE", "60", "seconds a whole fetch may take, redirects included")
    max_bytes: int = _setting("WIREWATCH_MAX_BYTES", "10485760", "decoded bytes of one response at the most")
    smtp_url: str = _setting(
        "WIREWATCH_SMTP_URL",
        "",
        "smtp://user:password@host:587?starttls=true or smtps://…; empty: the local mailbox of make run",
    )
    mail_from: str = _setting("WIREWATCH_MAIL_FROM", "Wirewatch <wirewatch@localhost>", "sender of alerts")
    mail_to: tuple[str, ...] = _setting(
        "WIREWATCH_MAIL_TO", "analyst@localhost", "recipients of rules that name none; by commas"
    )
    operator: str = _setting("WIREWATCH_OPERATOR", "operator@localhost", "who is told of failures; never the analysts")
    timezone: str = _setting("WIREWATCH_TIMEZONE", "UTC", "the readers' IANA time zone, shown beside UTC")
    host: str = _setting("WIREWATCH_HOST", "127.0.0.1", "address on which Airflow's UI listens")
    port: int = _setting("WIREWATCH_PORT", "8080", "port of Airflow's UI")
    mailbox_port: int = _setting("WIREWATCH_MAILBOX_PORT", "8025", "port of the local mailbox")
    parallelism: int = _setting("WIREWATCH_PARALLELISM", "0", "tasks at once; 0: twice the cores")
    retention_days: int = _setting("WIREWATCH_RETENTION_DAYS", "400", "days that bulky rows (fetches) are kept")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Variables → settings; SettingError names the variable and says what it should look like."""
        values: dict[str, Any] = {}
        for entry in fields(cls):
            name = entry.metadata["variable"]
            text = environ.get(name, "").strip() or entry.metadata["default"]
            values[entry.name] = _parse(name, str(entry.type), text)
        known = {entry.metadata["variable"] for entry in fields(cls)} | OTHER_VARIABLES
        unknown = sorted(
            name
            for name in environ
            if name.startswith("WIREWATCH_") and name not in known and not name.startswith(CHANNEL_VARIABLES)
        )
        if unknown:
            raise SettingError(unknown[0], "is not a setting; .env.example lists those there are")
        return cls(**values)._checked()

    def to_environment(self) -> dict[str, str]:
        """The variables that give another process these very settings; paths are absolute."""
        values = {entry.metadata["variable"]: getattr(self, entry.name) for entry in fields(self)}
        return {name: ",".join(value) if isinstance(value, tuple) else str(value) for name, value in values.items()}

    def _checked(self) -> Settings:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SettingError("WIREWATCH_TIMEZONE", "must be an IANA zone such as Europe/Warsaw") from error
        scheme = urlsplit(self.smtp_url).scheme
        if self.smtp_url and scheme not in ("smtp", "smtps"):
            raise SettingError("WIREWATCH_SMTP_URL", "must start with smtp:// or smtps://")
        if self.database_url and urlsplit(self.database_url).scheme not in ("postgresql", "postgres"):
            raise SettingError("WIREWATCH_DATABASE_URL", "must start with postgresql://")
        return self

    @property
    def archive_root(self) -> str:
        """Folder or fsspec URL under which the WARC files lie."""
        if not self.archive:
            return str(self.home / "archive")
        return self.archive if "://" in self.archive else str(ROOT / self.archive)

    @property
    def cache(self) -> Path:
        """Folder of what can be made again at any time: compiled concepts."""
        return self.home / "cache"

    @property
    def postgres(self) -> Path:
        """Data folder of the embedded PostgreSQL."""
        return self.home / "postgres"

    @property
    def ui_address(self) -> str:
        """Where Airflow's UI is, seen from this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 (compared, not bound)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def mailbox(self) -> Path:
        """Maildir of the local mailbox."""
        return self.home / "mailbox"

    @property
    def effective_smtp_url(self) -> str:
        """Where mail goes: the stated server, else the local mailbox."""
        return self.smtp_url or f"smtp://127.0.0.1:{self.mailbox_port}"

    @property
    def loopback_only(self) -> bool:
        """Whether the UI can be reached from this machine alone."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def tasks_at_once(self) -> int:
        """Airflow tasks that may run at once. Fetching waits on the network, so twice the cores, 4 to 32."""
        return self.parallelism or max(4, min(32, 2 * (os.cpu_count() or 2)))


SITES_POOL = "wirewatch_sites"
"""Airflow's pool of the tasks that ask web sites; its slots say how many sites are asked at once."""

OTHER_VARIABLES = frozenset({"WIREWATCH_PYTHON", "WIREWATCH_VENV"})
"""Read by the Makefile, before there is a Python environment that could read settings."""


CHANNEL_VARIABLES = "WIREWATCH_CHANNEL_"
"""How the variables with addresses of channels begin; see ``alert/channels.py``."""


def _parse(name: str, kind: str, text: str) -> object:
    if kind == "Path":
        return ROOT / Path(text).expanduser()
    if kind in ("int", "float"):
        try:
            value = int(text) if kind == "int" else float(text)
        except ValueError as error:
            raise SettingError(name, f"must be a number, not {text!r}") from error
        if not 0 <= value < math.inf:
            raise SettingError(name, "must not be negative or without end")
        return value
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read at the first call and then kept."""
    return Settings.from_environment(environment())


def environment() -> dict[str, str]:
    """The variables of this process; the ``.env`` file fills what is not set."""
    stated = {key: value for key, value in dotenv_values(ROOT / ".env").items() if value is not None}
    return {**stated, **os.environ}


def new_password() -> str:
    """A password that nobody guesses: 120 bits, easy to select with a double click."""
    return secrets.token_hex(15)
