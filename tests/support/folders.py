"""Folders for servers that run as another user."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder of its own that any user may pass, removed at the end.

    As root, the embedded PostgreSQL runs as a user of its own. pytest's temporary folders are closed to that user
    again whenever another pytest starts on the machine, and the server would lose its data under way.
    """
    folder = Path(tempfile.mkdtemp(prefix="wirewatch-tests-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
