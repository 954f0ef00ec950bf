"""The JSON schema of source files: generated from the code, and of one mind with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from wirewatch.errors import SpecError
from wirewatch.settings import ROOT
from wirewatch.source_schema import SCHEMA_NAME, field_comments, schema_text, source_schema
from wirewatch.sources import Crawl, EarlierLayout, load_source

FOLDER = ROOT / "include/sources"
SOUND = """
slug: mod
name: Ministry
country: LT
kind: ministry
home: https://mod.example/
languages: [lt, en]
timezone: Europe/Vilnius
entries:
  - {feed: 'https://mod.example/feed', language: en}
  - {listing: 'https://mod.example/news?p={page}', links: li a, pages: 3}
  - {api: 'https://mod.example/api', fields: {items: data.rows, link: 'https://mod.example/news/{id}', published: at}}
archive: [{wordpress: 'https://mod.example/wp-json/wp/v2/posts', pages: 5}]
article: {title: h1, published: time@datetime, drop: [.ad]}
earlier: [{body: .text p, until: 2025-03-01}]
since: 1998-01-01
crawl: {delay: 5, hours: '22:00-06:00'}
expect: {articles: {mon: 5, sat: 1}, body: 400, fields: [title, body]}
status: {state: works, seen: 2026-11-24, how: invented for this test}
"""


def validator() -> Draft7Validator:
    Draft7Validator.check_schema(source_schema())
    return Draft7Validator(source_schema())


def document(text: str) -> Any:
    """YAML as an editor sees it: dates are texts."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_file_equals_what_the_code_generates() -> None:
    """`wirewatch sources schema > include/sources/source.schema.json` puts it right."""
    assert (FOLDER / SCHEMA_NAME).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_file_of_the_pack_agrees(path: Path) -> None:
    """An editor marks nothing in a file that loads."""
    assert [error.message for error in validator().iter_errors(document(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("slug: mod", "slug: Mod!"),
        ("kind: ministry", "kind: ministery"),
        ("country: LT", "country: Lithuania"),
        ("languages: [lt, en]", "languages: []"),
        ("languages: [lt, en]", "languages: [lit]"),
        ("feed: 'https://mod.example/feed'", "rss: 'https://mod.example/feed'"),
        ("links: li a,", "links: li a, feed: 'https://mod.example/feed',"),
        ("pages: 3", "pages: 0"),
        ("items: data.rows, ", ""),
        ("delay: 5", "delay: -1"),
        ("mon: 5", "monday: 5"),
        ("mon: 5", "mon: many"),
        ("fields: [title, body]", "fields: [headline]"),
        ("state: works", "state: perhaps"),
        (", how: invented for this test", ""),
        ("until: 2025-03-01", "to: 2025-03-01"),
        ("since: 1998-01-01", "founded: 1998"),
    ],
)
def test_what_an_editor_marks_does_not_load(tmp_path: Path, old: str, new: str) -> None:
    """The schema refuses what the code refuses, and both take the sound file."""
    assert old in SOUND
    file = tmp_path / "mod.yml"
    for text, is_sound in ((SOUND, True), (SOUND.replace(old, new, 1), False)):
        file.write_text(text, encoding="utf-8")
        assert validator().is_valid(document(text)) is is_sound
        if is_sound:
            load_source(file)
        else:
            with pytest.raises(SpecError):
                load_source(file)


def test_comments_beside_the_fields_are_the_descriptions() -> None:
    """What a reader of the code sees, an editor shows, inherited fields included."""
    assert field_comments(Crawl)["delay"] == "seconds between two requests to a host"
    assert set(field_comments(EarlierLayout)) >= {"body", "until"}
    definitions = source_schema()["$defs"]
    assert definitions["Crawl"]["properties"]["delay"]["description"] == "Seconds between two requests to a host"
