"""`wirewatch replay`: lines for people, lines for programs, and what wrong input gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.one_source import query
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def wirewatch(newsroom_desk: Desk) -> Run:
    """Runs a command against the newsroom and the test's warehouse, where one source of one day lies."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        environment = {**plain, **newsroom_desk.settings.to_environment()}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    assert run("run", "--source", "zastava", "--day", "2026-11-23").returncode == 0
    return run


def change_selector(desk: Desk) -> None:
    path = desk.settings.sources / "zastava.yml"
    text = path.read_text(encoding="utf-8")
    assert 'meta[name="author"]@content' in text
    path.write_text(text.replace('meta[name="author"]@content', 'meta[property="og:type"]@content'), encoding="utf-8")


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_difference_is_shown_then_applied_then_gone(wirewatch: Run, newsroom_desk: Desk) -> None:
    """Equal sums while nothing changed; then a line an article with old → new; applied once, there is nothing left."""
    first, second = wirewatch("replay", "--json"), wirewatch("replay", "--json")
    assert (first.returncode, first.stdout) == (0, second.stdout), first.stderr
    (quiet,) = objects(first.stdout)
    assert (quiet["summary"]["pages"], quiet["summary"]["unchanged"], quiet["summary"]["fields"]) == (10, 10, {})

    change_selector(newsroom_desk)
    told = wirewatch("replay")
    lines = told.stdout.splitlines()
    assert told.returncode == 0
    assert sum(line.startswith("zastava  http://") and '→ "article"' in line for line in lines) == 10
    assert lines[10] == "10 pages read: 0 unchanged, 10 differ (authors 10)"
    assert lines[-1] == "Nothing was stored; --apply stores it."

    *changed, last = objects(wirewatch("replay", "--apply", "--json").stdout)
    rows = query(newsroom_desk, "select article_id, authors from article")
    assert {item["article_id"]: item["changes"]["authors"]["new"] for item in changed} == {
        row["article_id"]: row["authors"] for row in rows
    }
    assert (last["summary"]["applied"], {item["applied"] for item in changed}) == (10, {True})
    assert [item["summary"]["changed"] for item in objects(wirewatch("replay", "--apply", "--json").stdout)] == [0]


def test_sources_and_days_narrow_it(wirewatch: Run) -> None:
    """A source without articles and days without fetches read nothing; a number of days counts back from today."""
    for arguments, pages in (
        (["--source", "amber-courier"], 0),
        (["--source", "zastava"], 10),
        (["--until", "2020-01-01"], 0),
        (["--since", "1d", "--until", "0d"], 10),
    ):
        (summary,) = objects(wirewatch("replay", "--json", *arguments).stdout)
        assert summary["summary"]["pages"] == pages, arguments


def test_quarantine_is_tried(wirewatch: Run) -> None:
    """The page that was cut off is still without a text, and is named with the reason."""
    done = wirewatch("replay", "--quarantine", "--json")
    *tried, last = objects(done.stdout)
    assert done.returncode == 0
    assert last == {"summary": {"pages": len(tried), **({"quarantined": len(tried)} if tried else {})}}
    assert all(item["note"] for item in tried)
    assert "quarantined pages tried" in wirewatch("replay", "--quarantine").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "last week"], "--since: 'last week' is neither a day"),
        (["--until", "2026-02-30"], "--until: '2026-02-30' is neither a day"),
        (["--source", "no-such"], "there is no source 'no-such'"),
    ],
)
def test_wrong_input_is_named(wirewatch: Run, arguments: list[str], message: str) -> None:
    """A day that is none and a source that is none end with exit code 2."""
    done = wirewatch("replay", *arguments)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
