"""The sources that come with Wirewatch: honest files, and selectors that read the markup they were written for."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from wirewatch.fetch.discover import discover
from wirewatch.model import Kind, Page, Precision
from wirewatch.parse.read import read_page
from wirewatch.settings import ROOT
from wirewatch.sources import Crawl, Entry, Expect, Layout, SourceKind, SourceSpec, Status, load_sources

SOURCES = load_sources(ROOT / "include/sources")
PAGES = ROOT / "tests/sources"
DAY = date(2026, 11, 24)
SUFFIX = {"feed": "xml", "sitemap": "xml", "listing": "html", "wordpress": "json", "api": "json"}
TYPES = {"xml": "application/xml", "html": "text/html; charset=utf-8", "json": "application/json"}


def test_pack_covers_the_watched_countries() -> None:
    """At least forty sources come along, from every country and alliance that is watched."""
    assert len(SOURCES) >= 40
    countries = {source.country for source in SOURCES.values()}
    assert countries >= {"BY", "RU", "UA", "PL", "LT", "LV", "EE", "NATO", "GB", "US", "CSTO"}


def test_pack_covers_every_kind_of_speaker() -> None:
    """Ministries and general staffs, presidents, governments, border guards, alliances, wires and the press."""
    assert {source.kind for source in SOURCES.values()} == set(SourceKind)


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_file_states_what_it_should_yield(slug: str) -> None:
    """A file says how many articles are usual and which fields they have, or silence could not be told from quiet."""
    expect = SOURCES[slug].expect
    assert expect.articles
    assert {"title", "body"} <= set(expect.fields)
    assert expect.body >= 100


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_file_says_what_it_is_and_how_it_is_known(slug: str) -> None:
    """A file names its schema and opens with a line of comment; its status tells who saw what, and when."""
    source = SOURCES[slug]
    schema, first = (ROOT / f"include/sources/{slug}.yml").read_text(encoding="utf-8").splitlines()[:2]
    assert schema == "# yaml-language-server: $schema=source.schema.json"
    assert first.startswith("# ")
    assert first.endswith(".")
    assert len(source.status.how) > 20
    # Only an observation has a day, and every observation has one.
    assert (source.status.seen is None) == (source.status.state == "unverified")
    assert source.status.seen is None or source.status.seen <= datetime.now(timezone.utc).date()


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_site_is_asked_gently(slug: str) -> None:
    """No site is asked more often than every two seconds, nor kept busy for longer than twenty minutes a run."""
    crawl = SOURCES[slug].crawl
    assert crawl.delay >= 2
    assert crawl.delay * crawl.pages <= 1200


def test_known_limits_are_kept() -> None:
    """Sites with a known limit are asked within it: a Crawl-delay of 60, and 403 after 150 quick requests."""
    assert SOURCES["redstar"].crawl.delay >= 60
    for slug in ("kremlin-ru", "kremlin-en"):
        assert SOURCES[slug].crawl.delay >= 10
        assert SOURCES[slug].crawl.pages < 150


def test_addresses_do_not_repeat() -> None:
    """No two entries of the pack ask the same address."""
    urls = [entry.url for source in SOURCES.values() for entry in source.entries]
    assert len(urls) == len(set(urls))


def test_every_source_has_its_pages() -> None:
    """Each source has an article, a page of its first entry point and what both must give; nothing else lies there."""
    expected = {
        slug: {"article.html", "expected.json", f"entry.{SUFFIX[source.entries[0].kind]}"}
        for slug, source in SOURCES.items()
    }
    found = {folder.name: {file.name for file in folder.iterdir()} for folder in PAGES.iterdir() if folder.is_dir()}
    assert found == expected


def test_the_guides_example_is_a_source(tmp_path: Path) -> None:
    """The file that docs/adding-a-source.md shows, with all the keys that may follow, loads."""
    guide = (ROOT / "docs/adding-a-source.md").read_text(encoding="utf-8")
    file = tmp_path / "example-mod.yml"
    file.write_text("".join(re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)), encoding="utf-8")
    example = load_sources(tmp_path)["example-mod"]
    # Each key that exists is shown, so that the guide stays complete.
    assert example.model_fields_set == set(SourceSpec.model_fields)
    assert example.article.model_fields_set == set(Layout.model_fields)
    assert set().union(*(entry.model_fields_set for entry in example.entries)) == set(Entry.model_fields)
    assert set().union(*(earlier.model_fields_set for earlier in example.earlier)) >= {"until", "body"}
    assert example.expect.model_fields_set == set(Expect.model_fields)
    assert example.crawl.model_fields_set == set(Crawl.model_fields)
    assert example.status.model_fields_set == set(Status.model_fields)


def _expected(slug: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((PAGES / slug / "expected.json").read_text(encoding="utf-8"))
    return expected


def _page(slug: str, name: str, url: str) -> Page:
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", TYPES[name.rpartition(".")[2]]),),
        body=(PAGES / slug / name).read_bytes(),
        fetched_at=datetime(2026, 11, 24, 6, 0, tzinfo=timezone.utc),
    )


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_markup_is_known_or_assumed_and_says_so(slug: str) -> None:
    """Beside each page stands how its markup is known: seen, reported by others, or assumed from the kind of system."""
    expected = _expected(slug)
    assert expected["markup"].partition(": ")[0] in ("observed", "reported", "assumed")
    assert len(expected["markup"]) > 30


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_entry_point_names_the_articles(slug: str) -> None:
    """A page of the first entry point, in the site's structure, names the articles that it lists and nothing else."""
    source = SOURCES[slug]
    entry = source.entries[0]
    found = discover(entry, _page(slug, f"entry.{SUFFIX[entry.kind]}", entry.url_on(DAY)), source=source)
    assert found.problem is None
    leads = [
        {"url": lead.url, "title": lead.title, "published": lead.published_at and lead.published_at.isoformat()}
        for lead in found.leads
    ]
    assert leads == _expected(slug)["leads"]
    assert len(leads) >= 2


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_page_in_the_sites_markup_is_read_whole(slug: str) -> None:
    """A page in the site's markup is read whole: title, the paragraphs and nothing around them, the time, the rest."""
    source, expected = SOURCES[slug], _expected(slug)
    reading = read_page(_page(slug, "article.html", expected["leads"][0]["url"]), source=source)
    assert reading.kind is Kind.ARTICLE, reading.note
    assert reading.note is None  # no selector missed
    article = reading.article
    assert article is not None
    assert article.published is not None
    assert {
        "title": article.title,
        "body": article.body.split("\n"),
        "authors": list(article.authors),
        "section": article.section,
        "language": article.language,
        "published": article.published.at.isoformat(),
        "precision": article.published.precision.value,
        "markup": expected["markup"],
        "leads": expected["leads"],
    } == expected
    assert article.published.precision is not Precision.NONE
    for name in source.expect.fields:
        assert getattr(article, name), name
    assert len(article.body) >= source.expect.body
