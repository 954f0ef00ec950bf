"""`wirewatch story`: a story's time line for people and programs, old ids, unknown ids, strangers' text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from benchmarks.documents import invented_documents
from tests.support.shelf import Put, Shelf, at
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.story_evidence import copies_alone
from wirewatch.settings import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]

FIRST, SECOND = invented_documents(2, words=170, seed=5).texts
TEXT = " ".join(" ".join(FIRST.split()[start : start + 12]).capitalize() + "зимою." for start in range(0, 168, 12))
ADDED = "Мэр Куржина назвал это совпадением."


@pytest.fixture
def shelf(make_desk: Callable[..., Desk]) -> Shelf:
    """A wire and three papers."""
    made = Shelf(make_desk(now=at(24, "20:00")))
    made.source("veda", name="Агентство Веда", kind="wire")
    for slug in ("p1", "p2", "p3"):
        made.source(slug)
    made.open_day(at(24).date())
    return made


@pytest.fixture
def wirewatch(shelf: Shelf) -> Run:
    """Runs a command against the test's warehouse."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
        environment = {**plain, **shelf.desk.settings.to_environment()}
        command = [sys.executable, "-m", "wirewatch.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def put_story(shelf: Shelf) -> int:
    """A wire's piece, an exact copy, and an edited reprint that names the wire and adds a sentence."""
    shelf.put(
        Put("veda", "a", TEXT, at(24, "09:00"), title="Мост \x1b[31mоткрыт\u202e"),
        Put("p1", "a", TEXT, at(24, "10:00"), title="Открыт мост"),
        Put("p2", "a", f"{TEXT}\n{ADDED}\nСообщает Агентство Веда.", at(24, "11:30"), title="Мост"),
        seen=at(24, "18:00"),
    )
    link(shelf.desk, evidence=copies_alone)
    return shelf.story_of("veda/a")


def test_the_time_line_says_who_was_first_and_what_was_changed(shelf: Shelf, wirewatch: Run) -> None:
    """Each article in order with how it came by its text; added sentences, credits; nothing of strangers' controls."""
    story = put_story(shelf)
    ids = {row["source"]: row["article_id"] for row in shelf.rows("select source, article_id from article")}
    told = wirewatch("story", str(story))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        f"Story {story}: Мост \ufffd[31mоткрыт",
        "3 articles of 3 sources, 1 of them independent",
        "",
        "2026-11-24 09:00  veda  first",
        "                  [ru] Мост \ufffd[31mоткрыт",
        f"                  https://veda.example/a  (article {ids['veda']})",
        "",
        f"2026-11-24 10:00  p1  exact copy of veda (article {ids['veda']})",
        "                  [ru] Открыт мост",
        f"                  https://p1.example/a  (article {ids['p1']})",
        "",
        f"2026-11-24 11:30  p2  edited reprint of veda (article {ids['veda']}), {share(shelf, 'p2')} from there",
        "                  [ru] Мост",
        f"                  https://p2.example/a  (article {ids['p2']})",
        "                  names veda.example as its source: “Сообщает Агентство Веда.”",
        f"                  + {ADDED}",
    ]


def share(shelf: Shelf, source: str) -> str:
    rows = {
        row["source"]: row["copy_containment"] for row in shelf.rows("select source, copy_containment from article")
    }
    return f"{rows[source]:.0%} of its text"


def test_programs_get_one_object(shelf: Shelf, wirewatch: Run) -> None:
    """Figures, members with kind and containment, sentences and credits."""
    story = put_story(shelf)
    found: dict[str, Any] = json.loads(wirewatch("story", str(story), "--json").stdout)
    figures = {name: found[name] for name in ("asked", "story_id", "articles", "sources", "independent_sources")}
    assert figures == {"asked": story, "story_id": story, "articles": 3, "sources": 3, "independent_sources": 1}
    members = [(item["source"], item["first"], item["copy_kind"]) for item in found["members"]]
    assert members == [("veda", True, None), ("p1", False, "exact"), ("p2", False, "edited-reprint")]
    assert found["members"][2]["sentences"] == [{"change": "added", "text": ADDED, "was": None}]
    assert [item["publisher"] for item in found["members"][2]["credits"]] == ["veda.example"]


def test_an_old_id_leads_to_the_story_it_became_part_of(shelf: Shelf, wirewatch: Run) -> None:
    """A text that copies two stories' pieces makes them one; the younger id says which it is now."""
    words = (*FIRST.split()[:120], *SECOND.split()[:60])
    parts = {"p1": (0, 120), "p2": (50, 170), "p3": (25, 150)}
    puts = [
        Put(name, "b", " ".join(words[start:end]), at(24, "09:00") + timedelta(hours=place))
        for place, (name, (start, end)) in enumerate(parts.items())
    ]
    shelf.put(*puts[:2], seen=at(24, "18:00"))
    link(shelf.desk, evidence=copies_alone)
    older, newer = sorted((shelf.story_of("p1/b"), shelf.story_of("p2/b")))
    assert older < newer
    shelf.put(puts[2], seen=at(24, "19:00"))
    link(shelf.desk, evidence=copies_alone)
    lines = wirewatch("story", str(newer)).stdout.splitlines()
    assert lines[:2] == [f"story {newer} is now {older}", f"Story {older}: Title"]
    assert lines[-1] == f"2026-11-24 20:00  story {newer} became part of this one"


@pytest.mark.parametrize("unknown", ["999", "0", "-3", "99999999999999999999"])
def test_an_unknown_id_says_where_ids_are(wirewatch: Run, unknown: str) -> None:
    """Exit 1, and one line with what to do."""
    told = wirewatch("story", "--", unknown)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        f"wirewatch: there never was a story {unknown}; the view story_current has the ids of all stories, and so has"
        " every article in article_current\n"
    )
