"""`wirewatch changes` and `wirewatch diff`: lines for people, objects for programs, and what wrong input gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.one_source import PARAGRAPHS, OneSource, article
from wirewatch.pipeline.desk import Desk
from wirewatch.settings import ROOT
from wirewatch.warehouse.connection import connected

Run = Callable[..., "subprocess.CompletedProcess[str]"]
DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)
WITHOUT = PARAGRAPHS[1].replace("Учения ОДКБ", "Учения")


@pytest.fixture
def edited(make_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[OneSource]:
    """Two articles of which one loses a concept on the second day."""
    with OneSource(make_desk, tmp_path / "sources") as source:
        source.pages["/bridge"] = article("Переправа наведена")
        source.pages["/still"] = article("Осмотр парка", paragraphs=(PARAGRAPHS[2], PARAGRAPHS[0]))
        source.run(DAY)
        source.pages["/bridge"] = article("Переправа наведена", paragraphs=(PARAGRAPHS[0], WITHOUT, PARAGRAPHS[2]))
        source.run(NEXT)
        yield source


@pytest.fixture
def wirewatch(edited: OneSource) -> Run:
    """Runs a command against the test's warehouse."""
    desk = edited.desk(NEXT)

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        environment = {**plain, **desk.settings.to_environment(), **variables}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def put_changes(source: OneSource, *changes: dict[str, Any]) -> None:
    """Rows of the log, so that every kind is there whatever the site did."""
    with connected(source.desk(NEXT).database_url) as connection, connection, connection.cursor() as cursor:
        cursor.execute("delete from article_change")
        for number, change in enumerate(changes):
            row = {"before": None, "after": None, "concept": None, "paragraph": None, "passage": "", "absence": None}
            cursor.execute(
                "insert into article_change (article_id, version, kind, before, after, concept, paragraph, passage,"
                " absence, seen_at, change_key) select article_id, version, %(kind)s, %(before)s, %(after)s,"
                " %(concept)s, %(paragraph)s, %(passage)s, %(absence)s, %(seen_at)s, %(key)s"
                " from article where url like %(page)s",
                {**row, "page": "%/bridge", "key": str(number), "seen_at": "2026-11-24 12:00+00", **change},
            )


CHANGES: tuple[dict[str, Any], ...] = (
    {"kind": "edited", "before": "ОДКБ", "paragraph": 2, "passage": "Учения ОДКБ под Верасовой продолжатся."},
    {
        "kind": "concept-removed",
        "before": "ОДКБ",
        "concept": "csto",
        "paragraph": 2,
        "passage": "Учения ОДКБ под Верасовой продолжатся.",
    },
    {"kind": "number", "before": "12", "after": "2", "paragraph": 3, "passage": "Прибыли 2 роты\x1b[31m."},
    {"kind": "headline", "before": "Мост наведён", "after": "Переправа наведена", "passage": "Переправа наведена"},
    {"kind": "withdrawn", "absence": "gone", "seen_at": "2026-11-24 13:05+00"},
)


def test_changes_are_told_in_words_newest_first(wirewatch: Run, edited: OneSource) -> None:
    """The withdrawal comes first, each change is a line under its article, and no control character gets through."""
    put_changes(edited, *CHANGES)
    (kept,) = edited.rows("select article_id, version, url from article where url like '%/bridge'")
    told = wirewatch("changes", "--since", "2026-11-20")
    place = f"    one  {kept['url']}  (article {kept['article_id']}, version {kept['version']})"
    assert told.stdout.splitlines() == [
        "2026-11-24 13:05  Переправа наведена",
        place,
        "    withdrawn: its address answers that there is no such page (404 or 410), confirmed 2026-11-24 13:05 UTC",
        "2026-11-24 12:00  Переправа наведена",
        place,
        "    removed in paragraph 2: “ОДКБ” in “Учения ОДКБ под Верасовой продолжатся.”",
        "    csto removed from paragraph 2: Учения ОДКБ под Верасовой продолжатся.",
        "    number changed from 12 to 2 in paragraph 3: Прибыли 2 роты\ufffd[31m.",
        "    headline changed from “Мост наведён” to “Переправа наведена”",
    ], told.stderr
    assert told.returncode == 0


def test_changes_can_be_narrowed(wirewatch: Run, edited: OneSource) -> None:
    """By kind and by concept, as JSON with all columns; a period without any says so."""
    put_changes(edited, *CHANGES)
    found = [json.loads(line) for line in wirewatch("changes", "--since", "2026-11-20", "--json").stdout.splitlines()]
    assert [item["kind"] for item in found] == ["withdrawn", "edited", "concept-removed", "number", "headline"]
    narrowed = wirewatch("changes", "--since", "2026-11-20", "--concept", "csto", "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in narrowed] == ["concept-removed"]
    numbers = wirewatch("changes", "--since", "2026-11-20", "--kind", "number", "--json").stdout.splitlines()
    assert [(json.loads(line)["before"], json.loads(line)["after"]) for line in numbers] == [("12", "2")]
    assert wirewatch("changes", "--since", "2999-01-01").stdout == "No such change since 2999-01-01.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("changes", "--kind", "renamed"), 2, "--kind: 'renamed' is none of headline, edited, number,"),
        (("changes", "--source", "nobody"), 2, "there is no source 'nobody'"),
        (("changes", "--concept", "nothing"), 2, "there is no concept 'nothing'"),
        (("changes", "--since", "soon"), 2, "--since: 'soon' is neither a day"),
        (("diff", "bridge"), 2, "neither an article's id nor its address"),
        (("diff", "http://[bridge"), 2, "is not an address"),
        (("diff", "99999"), 1, "there is no article 99999; `wirewatch changes` lists ids"),
        (("diff", "9" * 40), 1, "there is no article 9999"),
    ],
)
def test_wrong_input_is_named(wirewatch: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    """What there is not is the answer no; what cannot be meant is wrong input."""
    told = wirewatch(*arguments)
    assert (told.returncode, told.stdout) == (code, "")
    assert message in told.stderr


def test_the_difference_is_shown_word_by_word(wirewatch: Run, edited: OneSource) -> None:
    """Removed words in brackets, far paragraphs as a count, the concept that is gone; the address does as the id."""
    (kept,) = edited.rows("select article_id, url from article where url like '%/bridge'")
    told = wirewatch("diff", str(kept["article_id"]))
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0] == f"article {kept['article_id']} of one  {kept['url']}"
    assert lines[3] == "Переправа наведена"
    assert f"        2  {PARAGRAPHS[1].replace('ОДКБ ', '[-ОДКБ -]')}" in lines
    assert lines[-1].startswith("csto removed from paragraph 2: Учения ОДКБ под Верасовой")
    assert "\x1b" not in told.stdout
    assert wirewatch("diff", kept["url"]).stdout == told.stdout


def test_the_difference_as_json_gives_both_texts_back(wirewatch: Run, edited: OneSource) -> None:
    """The parts before and after, put together, are the paragraphs of the two versions."""
    (kept,) = edited.rows("select article_id from article where url like '%/bridge'")
    found = json.loads(wirewatch("diff", str(kept["article_id"]), "--json").stdout)
    sides = {
        side: ["".join(part[side] for part in block["parts"]) for block in found["body_blocks"]]
        for side in ("before", "after")
    }
    assert sides == {"before": list(PARAGRAPHS), "after": [PARAGRAPHS[0], WITHOUT, PARAGRAPHS[2]]}
    assert [(each["kind"], each["concept"]) for each in found["changes"]] == [
        ("edited", None),
        ("concept-removed", "csto"),
    ]
    assert (found["from"], found["to"], found["furniture"]) == (1, 2, False)


def test_one_version_has_no_difference(wirewatch: Run, edited: OneSource) -> None:
    """An article that never changed says so; a version that there is not is named with those there are."""
    (still,) = edited.rows("select article_id from article where url like '%/still'")
    told = wirewatch("diff", str(still["article_id"]))
    assert (told.returncode, told.stdout) == (
        0,
        f"article {still['article_id']} of one has one version only: nothing has changed in it.\n",
    )
    (kept,) = edited.rows("select article_id from article where url like '%/bridge'")
    missing = wirewatch("diff", str(kept["article_id"]), "--to", "7")
    assert missing.returncode == 1
    assert "has no version 7; it has 1 (" in missing.stderr
