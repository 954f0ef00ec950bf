"""Feed files, written from the alerts of a real warehouse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from benchmarks.invented_alerts import NOW, RULE, Ground, ground, run_of
from tests.support.folders import passable_folder
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.feeds import ALL, LATEST, write_feeds
from wirewatch.pipeline.match import match
from wirewatch.warehouse.alert_log import newest_alerts

ARTICLES = LATEST + 3


@pytest.fixture(scope="module")
def here() -> Iterator[Ground]:
    with passable_folder() as folder, ground(folder / "ground", articles=ARTICLES, readers=["a@desk.example"]) as made:
        yield made


@pytest.fixture
def desk(here: Ground) -> Desk:
    quiet = here.folder / "rules" / "quiet.yml"
    quiet.write_text("name: quiet\ntitle: Quiet one\nwhen: {any: [invented]}\nlanguages: [ru]\n")
    return Desk(here.copied("feeds"), now=lambda: NOW + timedelta(hours=1))


def alert(desk: Desk) -> None:
    with desk.warehouse() as connection:
        run = run_of(connection)
    match(desk, run)


def read(path: Path) -> Any:
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo
    return found


def test_feed_files(desk: Desk, tmp_path: Path) -> None:
    """Each rule has its feeds and all alerts have one: the newest hundred, the newest first."""
    alert(desk)
    assert write_feeds(desk, tmp_path) == {"feeds": 3, "written": 3}
    names = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert names == {f"{name}.{ending}" for name in (ALL, RULE, "quiet") for ending in ("atom", "rss", "json")}
    with desk.warehouse() as connection:
        titles = [found["title"] for found in newest_alerts(connection, limit=LATEST)]
    assert len(set(titles)) == LATEST
    for name in (ALL, RULE):
        assert [entry.title for entry in read(tmp_path / f"{name}.atom").entries] == titles
        assert [entry.title for entry in read(tmp_path / f"{name}.rss").entries] == titles
        assert [item["title"] for item in json.loads((tmp_path / f"{name}.json").read_bytes())["items"]] == titles
    assert read(tmp_path / "quiet.atom").entries == []
    assert read(tmp_path / "quiet.rss").feed.title == "Quiet one"


def test_only_what_changed(desk: Desk, tmp_path: Path) -> None:
    """A feed is written when its alerts are others than before, or when it is not there; and then as before."""
    write_feeds(desk, tmp_path)
    alert(desk)
    assert write_feeds(desk, tmp_path) == {"feeds": 3, "written": 2}
    assert write_feeds(desk, tmp_path) == {"feeds": 3, "written": 0}
    before = (tmp_path / f"{RULE}.rss").read_bytes()
    (tmp_path / f"{RULE}.rss").unlink()
    assert write_feeds(desk, tmp_path) == {"feeds": 3, "written": 1}
    assert (tmp_path / f"{RULE}.rss").read_bytes() == before
    (tmp_path / ".state.json").write_text("{torn")
    assert write_feeds(desk, tmp_path) == {"feeds": 3, "written": 3}


def test_usual_place(desk: Desk) -> None:
    """Without a folder they lie in the home folder."""
    write_feeds(desk)
    assert (desk.settings.home / "feeds" / f"{ALL}.atom").exists()
