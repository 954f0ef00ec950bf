"""The command line as a user runs it, on a test's warehouse."""

from __future__ import annotations

import os
import subprocess
import sys

from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT


def wirewatch(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the desk's settings and nothing of this machine's."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    return subprocess.run(
        [sys.executable, "-m", "wirewatch.cli", *arguments],
        env={**plain, **desk.settings.to_environment()},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
