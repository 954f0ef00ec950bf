"""What must hold before the stack starts; each failure is one sentence that says what to do."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from wirewatch.errors import StandaloneError

LEAST_FREE = 1024**3
"""Bytes. PostgreSQL's first start and Airflow's logs need some hundred megabytes; below that, things break midway."""


def check_disk(folder: Path) -> None:
    """Enough room under a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise StandaloneError(
            f"only {free // 1024**2} MiB are free for {folder}; "
            "make room for 1 GiB, or set WIREWATCH_HOME to another disk"
        )


def check_port(host: str, port: int, *, setting: str, purpose: str) -> None:
    """Nobody listens on a port that we are about to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StandaloneError(
                f"port {port} for {purpose} is not free ({error.strerror}); "
                f"end what uses it, or choose another, e.g. `make run {setting}={port + 1}`"
            ) from error
