"""Secrets of the local stack: made once, kept in files that only their owner can read."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from wirewatch.settings import new_password

USER = "admin"


@dataclass(frozen=True, repr=False)
class Secrets:
    """What the processes share. Never printed, the password apart: once, when it is made."""

    password: str  # of the UI's user
    jwt: str  # signs the API's tokens
    fernet: str  # encrypts connections in Airflow's database
    fresh: bool  # made by this very call


def secrets_of(folder: Path) -> Secrets:
    """The secrets of an Airflow home, made at the first call."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secrets.json"
    fresh = not path.exists()
    if fresh:
        fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        write_private(path, json.dumps({"password": new_password(), "jwt": secrets.token_hex(32), "fernet": fernet}))
    kept = json.loads(path.read_text(encoding="utf-8"))
    write_private(folder / "passwords.json", json.dumps({USER: kept["password"]}))
    return Secrets(**kept, fresh=fresh)


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 600 from its first byte; replaced as a whole."""
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)
    part.replace(path)
