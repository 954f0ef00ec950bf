"""The commands of sources: list, check, add-source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom.server import Newsroom
from wirewatch.cli import main
from wirewatch.settings import settings
from wirewatch.source_schema import SCHEMA_LINE, schema_text
from wirewatch.sources import load_source


@pytest.fixture
def folder(newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Source files of the newsroom, in an environment of their own."""
    sources = tmp_path / "sources"
    newsroom.write_sources(sources)
    monkeypatch.setenv("WIREWATCH_SOURCES", str(sources))
    monkeypatch.setenv("WIREWATCH_ALLOW_HOSTS", "127.0.0.0/8")
    settings.cache_clear()
    yield sources
    settings.cache_clear()


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_sources_are_grouped_by_country_and_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a group, and below it its sources."""
    assert main(["sources"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["BY", "ministry"],
        ["zastava", "ru/be"],
        ["LT", "press"],
        ["amber-courier", "en/ru"],
        ["UA", "wire"],
        ["nadbuzhzhia", "uk/pl"],
    ]


def test_sources_are_filtered_and_told_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By country, by kind, or both; none left is wrong input."""
    assert main(["sources", "--country", "ua", "--kind", "wire", "--json"]) == 0
    (row,) = rows(capsys.readouterr().out)
    assert (row["source"], row["country"], row["kind"], row["entries"][0]["kind"]) == (
        "nadbuzhzhia",
        "UA",
        "wire",
        "sitemap",
    )
    assert main(["sources", "--country", "UA", "--kind", "press"]) == 2
    assert "no source file is of country UA and kind press" in capsys.readouterr().err


def test_the_schema_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`sources schema` gives the text of the file beside the source files."""
    assert main(["sources", "schema"]) == 0
    assert capsys.readouterr().out == schema_text()


def test_the_canary_prints_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Progress goes to standard error, the table to standard output; green while all that claim to work do."""
    assert main(["check", "--all"]) == 0
    told = capsys.readouterr()
    assert [line.split()[:5] for line in told.out.splitlines()[1:4]] == [
        ["zastava", "BY", "ministry", "works", "ok"],
        ["amber-courier", "LT", "press", "works", "ok"],
        ["nadbuzhzhia", "UA", "wire", "works", "ok"],
    ]
    assert "[3/3]" in told.err


def test_the_canary_is_red_when_a_word_is_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 for a source that is said to work and yields nothing; not for one that claims nothing."""
    file = folder / "amber-courier.yml"
    sound = file.read_text(encoding="utf-8")
    broken = sound.replace("links: article.card h2 a", "links: .no-such a")
    assert broken != sound
    file.write_text(broken, encoding="utf-8")
    assert main(["check", "--all", "--json"]) == 1
    states = {row["source"]: (row["state"], row["yields"]) for row in rows(capsys.readouterr().out)}
    assert states == {"zastava": ("ok", True), "amber-courier": ("broken", False), "nadbuzhzhia": ("ok", True)}
    assert main(["check", "--all", "--country", "by"]) == 0
    file.write_text(broken.replace("state: works", "state: unverified"), encoding="utf-8")
    assert main(["check", "--all"]) == 0
    assert main(["check", "amber-courier"]) == 1


def test_a_check_needs_to_know_what(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a name nor --all, an unknown name, a day that is none, a source without an archive: wrong input."""
    for arguments in ([], ["no-such"], ["zastava", "--day", "yesterday"], ["zastava", "--day", "2026-01-01"]):
        assert main(["check", *arguments]) == 2
    assert "zastava has no archive" in capsys.readouterr().err


def test_an_address_becomes_a_green_check(folder: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """The written file names its schema, which is written beside it, expects what was seen, and passes its check."""
    address = newsroom.bases["nadbuzhzhia"] + "/"
    assert main(["add-source", address, "--slug", "fresh", "--country", "UA", "--kind", "wire"]) == 0
    assert "3 of the 3 articles tried were read" in capsys.readouterr().out
    text = (folder / "fresh.yml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == SCHEMA_LINE
    assert (folder / "source.schema.json").read_text(encoding="utf-8") == schema_text()
    source = load_source(folder / "fresh.yml")
    assert source.expect.body > 0
    assert {"title", "body", "published"} <= set(source.expect.fields)
    assert main(["check", "fresh"]) == 0


def test_what_is_said_wrongly_writes_nothing(
    folder: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    """A country that is none is wrong input, and no file is left."""
    assert main(["add-source", newsroom.bases["zastava"], "--slug", "fresh", "--country", "Belarus"]) == 2
    assert "country: " in capsys.readouterr().err
    assert not (folder / "fresh.yml").exists()
