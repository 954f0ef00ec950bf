"""`wirewatch concepts`, `wirewatch tag --why` and `wirewatch retag`: answers for people and programs, wrong input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.one_source import query
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]

DRILL = """\
id: drill
label: Drill
definition: >
  Anything that
  drills.
group: exercises
lists: {noise: [whistle*, shout*]}
names:
  en:
    - name: drill*
      requires: [{any: [$noise, 'bang'], within: 4, side: before}]
    - 'Big Drill {year}'
excludes: [oil Drill]
implies: [event]
attributes: {held: year}
examples:
  yes: [Big Drill 2025 began., A whistle and a drill.]
  no: [A drill is a tool.]
"""
EVENT = """\
id: event
label: Event
definition: Anything that happens.
names: {ru: [событи*], en: [event*]}
examples: {yes: [Событие.]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two concept files of a test."""
    path = tmp_path / "concepts"
    path.mkdir()
    (path / "drill.yml").write_text(DRILL, encoding="utf-8")
    (path / "event.yml").write_text(EVENT, encoding="utf-8")
    return path


@pytest.fixture
def wirewatch(folder: Path, tmp_path: Path) -> Run:
    """Runs a command on these files, with no warehouse."""

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        here = {"WIREWATCH_CONCEPTS": str(folder), "WIREWATCH_HOME": str(tmp_path / "home"), "WIREWATCH_PACKS": "all"}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        environment = {**plain, **here, **variables}
        return subprocess.run(
            command, input=stdin, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_list_names_each_concept(wirewatch: Run) -> None:
    """A line each by pack, of one or of all, for people and as JSON; without a warehouse nothing is said of one."""
    assert wirewatch("concepts", "list").stdout.splitlines() == [
        "core: 1 concepts, watched",
        "  event  Event  ru en                2 names    1+0 examples",
        "exercises: 1 concepts, watched",
        "  drill  Drill  en                   2 names    2+1 examples",
    ]
    off = wirewatch("concepts", "list", "--group", "exercises", WIREWATCH_PACKS="core").stdout.splitlines()[0]
    assert off == "exercises: 1 concepts, off (WIREWATCH_PACKS turns it on)"
    (row,) = lines(wirewatch("concepts", "list", "--group", "exercises", "--json").stdout)
    assert row == {
        "concept": "drill",
        "label": "Drill",
        "group": "exercises",
        "names": {"en": 2},
        "examples": {"yes": 2, "no": 1},
        "implies": ["event"],
        "attributes": {"held": "year"},
        "history": None,
        "watched": True,
    }
    refused = wirewatch("concepts", "list", "--group", "people")
    assert (refused.returncode, refused.stderr) == (
        2,
        "wirewatch: --group: no concept is of group 'people'; there are core, exercises\n",
    )


def test_show_says_a_file_in_words(wirewatch: Run, folder: Path) -> None:
    """Definition, relations, and names with their line, a form and their conditions."""
    assert wirewatch("concepts", "show", "drill").stdout == (
        f"drill: Drill\n{folder / 'drill.yml'}\n"
        "  Anything that drills.\n"
        "  group: exercises\n"
        "  implies: event\n"
        "  keeps: held\n"
        "  every name: cancelled inside oil Drill\n"
        "en:\n"
        "    10  drill*   drill …\n"
        "          needs one of $noise, bang within 4 words before it\n"
        "    12  Big Drill {year}   Big Drill 2025\n"
        "lists:\n"
        "  $noise: whistle*, shout*\n"
        "examples, yes:\n"
        "  Big Drill 2025 began.\n"
        "  A whistle and a drill.\n"
        "examples, no:\n"
        "  A drill is a tool.\n"
    )
    assert "  implied by: drill\n" in wirewatch("concepts", "show", "event").stdout
    refused = wirewatch("concepts", "show", "dril")
    assert refused.returncode == 2
    assert "there is no concept 'dril'" in refused.stderr


def test_new_writes_a_file_that_loads_and_lint_accepts(wirewatch: Run, folder: Path) -> None:
    """Its example holds; an id that is taken or cannot be one is refused and nothing is written."""
    done = wirewatch("concepts", "new", "blue-heron", "--label", "Blue Heron: the 'yearly' drill")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Wrote {folder / 'blue-heron.yml'}. Next:\n")
    checked = wirewatch("concepts", "lint", "blue-heron")
    assert (checked.returncode, checked.stderr) == (0, "0 errors, 1 warnings\n")
    assert checked.stdout.endswith("blue-heron.yml:11: warning: no names in ru, be, uk, pl, lt\n")
    text = (folder / "blue-heron.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["label"] == "Blue Heron: the 'yearly' drill"
    for wrong, message in (("blue-heron", "exists"), ("Blue Heron", "should match pattern")):
        refused = wirewatch("concepts", "new", wrong)
        assert refused.returncode == 2
        assert message in refused.stderr
    assert (folder / "blue-heron.yml").read_text(encoding="utf-8") == text
    assert len(list(folder.iterdir())) == 3


def test_the_comments_of_a_new_file_are_right(wirewatch: Run, folder: Path) -> None:
    """With every comment made a key the file still loads."""
    wirewatch("concepts", "new", "blue-heron")
    path = folder / "blue-heron.yml"
    kept = [
        line.replace("# ", "", 1) if (line.lstrip().startswith("# ") and ":" in line) or "#   " in line else line
        for line in path.read_text(encoding="utf-8").splitlines()
        if "docs/" not in line
    ]
    text = "\n".join(kept).replace("[military-exercise]", "[event]").replace("@military-exercise", "@event")
    names = ("be: []", "uk: []", "pl: []", "lt: []")
    path.write_text("\n".join(line for line in text.splitlines() if not line.strip().startswith(names)), "utf-8")
    shown = wirewatch("concepts", "show", "blue-heron")
    assert shown.returncode == 0, shown.stderr
    assert "needs one of $drill, @event in the same sentence" in shown.stdout
    assert "group: exercises" in shown.stdout
    assert "keeps: year, dates, unit, place" in shown.stdout


def test_lint_exits_1_on_errors(wirewatch: Run, folder: Path) -> None:
    """Failing examples and files that do not load are errors, with file and line; warnings alone are none."""
    assert wirewatch("concepts", "lint").returncode == 0
    (folder / "event.yml").write_text(EVENT.replace("Событие.", "Явление."), encoding="utf-8")
    failed = wirewatch("concepts", "lint", "event", "--json")
    assert failed.returncode == 1
    assert lines(failed.stdout)[-1] == {
        "file": str(folder / "event.yml"),
        "line": 5,
        "level": "error",
        "message": "this example must say yes, but finds nothing: Явление.",
    }
    (folder / "event.yml").write_text(EVENT.replace("names: {", "nams: {}\nnames: {"), encoding="utf-8")
    (folder / "drill.yml").write_text(DRILL.replace("within: 4", "within: 400"), encoding="utf-8")
    broken = wirewatch("concepts", "lint")
    assert (broken.returncode, broken.stderr) == (1, "2 errors, 0 warnings\n")
    first, second = broken.stdout.splitlines()
    assert first.startswith(f"{folder / 'drill.yml'}:11: error: names.en.0.requires.0.within")
    assert second.startswith(f"{folder / 'event.yml'}:4: error: nams: is not a key that can stand here")


def test_lint_names_a_reference_to_nothing(wirewatch: Run, folder: Path) -> None:
    """A concept that is implied and not there is an error of the file that names it."""
    (folder / "event.yml").unlink()
    done = wirewatch("concepts", "lint")
    assert done.returncode == 1
    assert done.stdout == f"{folder / 'drill.yml'}:14: error: implies: there is no concept 'event'\n"


def test_why_tells_mentions_and_rejections(wirewatch: Run, folder: Path) -> None:
    """Text with marks; each mention with name, line, conditions and attributes; each rejected name with the reason."""
    done = wirewatch(
        "tag", "--why", "A whistle, a drill, Big Drill 2025, a drill. No oil drill rings", "--title", "Events"
    )
    assert done.returncode == 0, done.stderr
    file = folder / "drill.yml"
    assert done.stdout == (
        "title: [Events]¹\n"
        "text: A whistle, a [drill]², [Big Drill 2025]³, a drill. No oil drill rings\n"
        "\n"
        f"  1 event: “Events” by the name 'event*' (en) of {folder / 'event.yml'}:4\n"
        f"  2 drill: “drill” by the name 'drill*' (en) of {file}:10\n"
        "        needs one of whistle*, shout*, bang within 4 words before it: “whistle” is there\n"
        "        so also event\n"
        f"  3 drill: “Big Drill 2025” by the name 'Big Drill {{year}}' (en) of {file}:12\n"
        "        so also event\n"
        "        held: 2025\n"
        "\n"
        "no mention:\n"
        "    drill: “drill” in “…drill, Big Drill 2025, a drill. No oil drill rings”\n"
        f"        rejected the name 'drill*' (en) of {file}:10:\n"
        "            needs one of whistle*, shout*, bang within 4 words before it; none is there\n"
        "    drill: “drill” in “…ll 2025, a drill. No oil drill rings”\n"
        f"        rejected the name 'drill*' (en) of {file}:10:\n"
        "            needs one of whistle*, shout*, bang within 4 words before it; none is there\n"
        "\n"
        "1 more names stand inside mentions of their concept, as long or shorter.\n"
    )


def test_why_names_what_cancels(wirewatch: Run) -> None:
    """A phrase that covers a name is quoted as the text has it."""
    done = wirewatch("tag", "--why", "--json", "A whistle at the OIL\u00a0drill")
    (rejected,) = json.loads(done.stdout)["rejected"]
    assert (rejected["verdict"], rejected["reason"]) == ("covered", "cancelled by “OIL drill”")


def test_why_takes_a_file_or_standard_input(wirewatch: Run, tmp_path: Path) -> None:
    """A path is read, - is standard input, and anything else is the text itself, however long."""
    path = tmp_path / "text.txt"
    path.write_text("An event", encoding="utf-8")
    texts = (str(path), "-", "An event", "An event " + "x" * 5000)
    found = [json.loads(wirewatch("tag", "--why", "--json", text, stdin="An event").stdout) for text in texts]
    assert [[each["surface"] for each in item["mentions"]] for item in found] == [["event"]] * 4
    assert {(each["file"], each["line"], each["field"]) for item in found for each in item["mentions"]} == {
        (str(tmp_path / "concepts" / "event.yml"), 4, "text")
    }


def test_why_shows_nothing_that_a_terminal_would_obey(wirewatch: Run) -> None:
    """Control characters of a text are replaced."""
    done = wirewatch("tag", "--why", "\x1b[31mAn event\x07")
    assert done.stdout.startswith("text: \ufffd[31mAn [event]¹\ufffd\n")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--why"], "--why needs a text, a file, or - for standard input"),
        (["An event"], "a text, --title, --lang, --country and --json go with --why"),
        (["--lang", "ru"], "a text, --title, --lang, --country and --json go with --why"),
    ],
)
def test_options_that_do_not_go_together_are_refused(wirewatch: Run, arguments: list[str], message: str) -> None:
    """The JSON Lines contract takes no text, and --why takes one."""
    refused = wirewatch("tag", *arguments)
    assert refused.returncode == 2
    assert message in refused.stderr


def test_the_contract_carries_attributes_where_there_are_some(wirewatch: Run) -> None:
    """A mention of a concept that asks for some has them; others are as they were."""
    done = wirewatch("tag", stdin='{"id": 1, "title": "", "text": "Big Drill 2025, an event"}\n')
    ((row),) = lines(done.stdout)
    place = {"field": "text", "start": 0, "end": 14, "surface": "Big Drill 2025"}
    assert row["mentions"] == [
        {"concept": "drill", **place, "attributes": [{"name": "held", "value": "2025", "start": 10, "end": 14}]},
        {"concept": "event", **place},
        {"concept": "event", "field": "text", "start": 19, "end": 24, "surface": "event"},
    ]


@pytest.fixture
def newsroom_run(newsroom_desk: Desk, tmp_path: Path) -> Run:
    """Runs a command against a warehouse that holds a source of the newsroom, with concept files of its own."""
    concepts = tmp_path / "all-concepts"
    shutil.copytree(newsroom_desk.settings.concepts, concepts)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        environment = {**plain, **newsroom_desk.settings.to_environment(), "WIREWATCH_CONCEPTS": str(concepts)}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    assert run("run", "--source", "zastava", "--day", "2026-11-23").returncode == 0
    return run


def test_a_changed_file_is_told_until_history_is_tagged_again(
    newsroom_run: Run, newsroom_desk: Desk, tmp_path: Path
) -> None:
    """`concepts list` names it, `retag` says what it did, and then it is current."""
    path = tmp_path / "all-concepts" / "military-exercise.yml"
    spec = yaml.safe_load(path.read_text(encoding="utf-8"))
    spec["names"]["ru"] = ["дивизион*"]
    path.write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")

    def told() -> list[str]:
        rows = lines(newsroom_run("concepts", "list", "--json").stdout)
        return [row["concept"] for row in rows if row["history"] != "current"]

    assert "military-exercise" in told()
    assert "changed since last retag" in newsroom_run("concepts", "list").stdout
    dry = newsroom_run("retag", "--concept", "military-exercise", "--dry-run")
    assert dry.stdout.splitlines()[-1] == "Nothing was stored; without --dry-run it is."
    assert "military-exercise" in told()
    (row,) = lines(newsroom_run("retag", "--concept", "military-exercise", "--json", "--batch", "3").stdout)
    assert (row["articles"], row["dry_run"], row["unsettled"]) == (10, False, [])
    assert row["removed"] == row["concepts"]["military-exercise"]["removed"] > 0
    assert "military-exercise" not in told()
    stored = query(newsroom_desk, "select count(*)::int as n from mention where concept = 'military-exercise'")
    names = query(newsroom_desk, "select distinct name from mention where concept = 'military-exercise' order by 1")
    assert row["added"] <= stored[0]["n"]
    assert {"name": "дивизион*"} in names


def test_lint_asks_the_warehouse(newsroom_run: Run) -> None:
    """With ten articles it says nothing of names that were never found, and starts nothing but what it asks."""
    done = newsroom_run("concepts", "lint", "csto", "--archive")
    assert "was found in none of" not in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name concepts with --concept ID, or say --all"),
        (["--all", "--concept", "csto"], "name concepts with --concept ID, or say --all"),
        (["--all", "--batch", "0"], "--batch: must be 1 or more"),
        (["--all", "--since", "yesterday"], "--since: 'yesterday' is neither a day"),
        (["--concept", "zapat"], "there is no concept 'zapat'"),
    ],
)
def test_retag_refuses_wrong_input(newsroom_desk: Desk, arguments: list[str], message: str) -> None:
    """Wrong input ends with exit code 2 and says what is wrong."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    environment = {**plain, **newsroom_desk.settings.to_environment()}
    done = subprocess.run(
        [sys.executable, "-m", "wirewatch.cli", "retag", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
