"""The benchmark of copies, small."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.copies import wirewatch
from benchmarks.documents import invented_documents
from wirewatch.settings import ROOT


def test_edited_copies_are_found_and_nothing_else() -> None:
    """Of 200 copies those with 1 and 3 % of their words replaced are all found, with 10 % nearly all; none is wrong."""
    found = wirewatch(invented_documents(2000, seed=11))
    assert (found["recall"]["0.01"], found["precision"]) == (1.0, 1.0)
    assert found["recall"]["0.03"] >= 0.98
    assert found["recall"]["0.1"] >= 0.9


@pytest.mark.skipif(not (ROOT / ".venv-peers/bin/python").exists(), reason="the peers are not installed: make peers")
def test_the_benchmark_runs_to_its_end() -> None:
    """Every reader and the look-ups have their figures in the last line."""
    command = [sys.executable, "-m", "benchmarks.copies", "--documents", "600", "--rows", "2000", "--lookups", "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr  # a busy machine may break a promise about time
    figures = json.loads(done.stdout.splitlines()[-1])
    assert set(figures["readers"]) == {"wirewatch", "datasketch", "datasketch-bulk", "simhash"}
    assert figures["lookup"]["lookup"]["p95"] > 0
