"""The command line: contracts, answers, and what wrong input gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom.server import Newsroom
from wirewatch.cli import GROUPS, parser
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]

RULE = "name: {name}\ntitle: T\nwhen: {{any: [{concept}]}}\n"


@pytest.fixture
def wirewatch(newsroom_desk: Desk) -> Run:
    """Runs a command against the newsroom and the test's warehouse; keyword arguments are variables."""

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        environment = {**plain, **newsroom_desk.settings.to_environment(), **variables}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        return subprocess.run(
            command, input=stdin, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_extract_answers_its_contract(wirewatch: Run, tmp_path: Path) -> None:
    """Each input line gets one answer with the same id; a file that is not there is an error in its own row."""
    page = tmp_path / "page.html"
    text = "<p>" + "Учения прошли под Верасовой, сообщили в пресс-службе округа. " * 8 + "</p>"
    page.write_text(
        "<html lang=ru><head><title>Учения прошли</title><meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2026-11-23T14:05:00+03:00'></head>"
        f"<body><article><h1>Учения прошли</h1>{text}</article></body></html>",
        encoding="utf-8",
    )
    items = [
        {"id": "1", "url": "https://a.example/1", "path": str(page)},
        {"id": "2", "url": "https://a.example/2", "path": "no"},
    ]
    done = wirewatch("extract", stdin="".join(json.dumps(item) + "\n" for item in items))
    first, second = lines(done.stdout)
    keys = ["id", "kind", "title", "authors", "published_at", "published_precision", "language", "body", "error"]
    assert (list(first), list(second)) == (keys, keys)
    seen = (first["id"], first["kind"], first["title"], first["published_at"], first["language"], first["error"])
    assert seen == ("1", "article", "Учения прошли", "2026-11-23T14:05:00+03:00", "ru", None)
    assert second["error"]
    assert done.returncode == 0


def test_tag_answers_its_contract(wirewatch: Run) -> None:
    """Offsets are code points of the text as given, and quote it."""
    text = "😀 Страны ОДКБ проведут учения."
    done = wirewatch("tag", stdin=json.dumps({"id": "1", "title": "", "text": text}) + "\n")
    (answer,) = lines(done.stdout)
    assert answer["concepts"] == ["csto", "military-exercise"]
    for mention in answer["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["surface"]
        assert mention["field"] == "text"


def test_compare_answers_its_contract(wirewatch: Run) -> None:
    """Relation and score for a pair."""
    pair = {"id": "1", "left": {"text": "один два три"}, "right": {"text": "один два три"}}
    assert lines(wirewatch("compare", stdin=json.dumps(pair) + "\n").stdout) == [
        {"id": "1", "relation": "same", "score": 1.0}
    ]


@pytest.mark.parametrize("command", ["extract", "tag", "compare"])
def test_a_line_that_is_no_item_is_named(wirewatch: Run, command: str) -> None:
    """Wrong input ends with exit code 2 and the number of the line."""
    done = wirewatch(command, stdin='{"id": \n')
    assert done.returncode == 2
    assert "line 1" in done.stderr


def test_run_ends_with_a_summary(wirewatch: Run, newsroom: Newsroom) -> None:
    """`run` takes the sources it is told, and its last line is a JSON summary."""
    done = wirewatch("run", "--source", "zastava", "--day", "2026-11-23")
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, summary["sources"], summary["articles"]["new"]) == (0, {"ok": 1}, 10)
    assert {request.publisher for request in newsroom.requests} == {"zastava"}
    health = {row["source"]: row["health"] for row in lines(wirewatch("health", "--json").stdout)}
    assert health == {"amber-courier": "never", "nadbuzhzhia": "never", "zastava": "ok"}
    assert lines(wirewatch("checksum").stdout)[0]["articles"] == 10
    assert lines(wirewatch("summary").stdout)[0]["run_id"] == summary["run_id"]


def test_check_says_whether_a_source_yields(wirewatch: Run, newsroom_desk: Desk) -> None:
    """Exit 0 with what was read, and exit 1 when a run would yield nothing."""
    good = wirewatch("check", "zastava")
    assert (good.returncode, "yields articles" in good.stdout) == (0, True)
    path = newsroom_desk.settings.sources / "amber-courier.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("links:", "links: a.no-such-class #"), encoding="utf-8")
    bad = wirewatch("check", "amber-courier")
    assert (bad.returncode, "would yield nothing" in bad.stdout) == (1, True)
    assert wirewatch("check", "no-such").returncode == 2


def test_add_source_writes_a_file_that_works(wirewatch: Run, newsroom: Newsroom) -> None:
    """From an address to a green check; a file that is there is not overwritten."""
    address = newsroom.bases["zastava"] + "/"
    done = wirewatch("add-source", address, "--slug", "fresh", "--country", "BY")
    assert (done.returncode, "Wrote" in done.stdout) == (0, True), done.stderr
    assert wirewatch("check", "fresh").returncode == 0
    again = wirewatch("add-source", address, "--slug", "fresh")
    assert (again.returncode, "exists" in again.stderr) == (2, True)
    assert wirewatch("add-source", "http://127.0.0.1:65001/", "--slug", "none").returncode == 1


WRONG_SOURCES = [
    ("slug: zastava", "slug: zastava\nunknown: 1", "unknown: is not a key"),
    ("slug: zastava", "slug: other", "slug: is 'other', but the file is called zastava.yml"),
    ("slug: zastava", "slug: zastava\nslug: zastava", "slug: is given twice"),
    ("  body: ", "  body: 'p['  # ", "article.body: 'p[' is not a CSS selector"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG_SOURCES)
def test_a_wrong_source_is_refused_before_anything_is_asked(
    wirewatch: Run, newsroom: Newsroom, newsroom_desk: Desk, old: str, new: str, message: str
) -> None:
    """File, line and key are named, the exit code is 2, and no site was asked."""
    path = newsroom_desk.settings.sources / "zastava.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = wirewatch("run")
    assert done.returncode == 2
    assert message in done.stderr
    assert f"{path}:" in done.stderr
    assert newsroom.requests == ()


def test_a_wrong_rule_or_concept_is_refused(wirewatch: Run, newsroom: Newsroom, tmp_path: Path) -> None:
    """A rule on a concept that is not there, and a concept with a wrong key, are named with line and key."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "r.yml").write_text(RULE.format(name="r", concept="zapad-exercize"), encoding="utf-8")
    done = wirewatch("run", WIREWATCH_RULES=str(folder))
    assert (done.returncode, "r.yml:3: when.any.0" in done.stderr) == (2, True), done.stderr
    (folder / "r.yml").write_text("id: r\nlabel: R\nnamez: {}\n", encoding="utf-8")
    done = wirewatch("run", WIREWATCH_CONCEPTS=str(folder))
    assert (done.returncode, "r.yml:" in done.stderr) == (2, True), done.stderr
    assert newsroom.requests == ()


def test_a_wrong_setting_is_named(wirewatch: Run) -> None:
    """A variable that is none of ours, and one that is no number, are named; exit code 2."""
    for variables in ({"WIREWATCH_SORCES": "x"}, {"WIREWATCH_DEADLINE": "soon"}):
        done = wirewatch("health", **variables)
        assert (done.returncode, next(iter(variables)) in done.stderr) == (2, True)


def test_an_empty_mailbox_says_so(wirewatch: Run) -> None:
    """An empty state is a sentence, a number that is not there an error."""
    done = wirewatch("mailbox")
    assert (done.returncode, "is empty" in done.stdout) == (0, True)
    assert wirewatch("mailbox", "3").returncode == 2


def test_every_command_explains_itself() -> None:
    """Each command has a help with an example that begins with the command."""
    (commands,) = (action for action in parser()._actions if hasattr(action, "choices") and action.choices)
    assert len(commands.choices) > 10
    assert len(GROUPS) > 3
    for name, command in commands.choices.items():
        assert f"wirewatch {name}" in command.format_help()


def test_a_reader_who_goes_away_is_no_error() -> None:
    """`wirewatch … | head -1` ends quietly, also with more to say than a pipe holds."""
    pair = json.dumps({"id": "1", "left": {"text": "a"}, "right": {"text": "b"}}) + "\n"
    command = f"{sys.executable} -m wirewatch.cli compare | head -1"
    done = subprocess.run(
        ["bash", "-c", command], input=pair * 20_000, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
