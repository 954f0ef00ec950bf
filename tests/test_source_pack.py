"""The sources that come with Wirewatch: honest files, and selectors that read the markup they were written for."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path

import pytest

from wirewatch.model import Kind, Page, Precision, Published
from wirewatch.parse.read import read_page
from wirewatch.settings import ROOT
from wirewatch.sources import Crawl, Layout, SourceSpec, Status, load_sources

SOURCES = load_sources(ROOT / "include/sources")
PAGES = ROOT / "tests/sources"
WITH_SELECTORS = sorted(slug for slug, source in SOURCES.items() if source.article != Layout())


def test_pack_covers_the_watched_countries() -> None:
    """At least twelve sources come along, and the region's countries, NATO and the United Kingdom are among them."""
    assert len(SOURCES) >= 12
    assert {source.country for source in SOURCES.values()} >= {"BY", "RU", "UA", "PL", "LT", "NATO", "GB"}


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_file_says_what_it_is_and_how_it_is_known(slug: str) -> None:
    """A file opens with a line of comment; its status tells who saw what, and the day of whatever was seen."""
    source = SOURCES[slug]
    first = (ROOT / f"include/sources/{slug}.yml").read_text(encoding="utf-8").splitlines()[0]
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


def test_every_layout_has_a_page() -> None:
    """A source with selectors has a page to try them on, and no page lies there without such a source."""
    assert sorted(folder.name for folder in PAGES.iterdir()) == WITH_SELECTORS


def test_the_guides_example_is_a_source(tmp_path: Path) -> None:
    """The file that docs/adding-a-source.md shows, with all the keys that may follow, loads."""
    guide = (ROOT / "docs/adding-a-source.md").read_text(encoding="utf-8")
    file = tmp_path / "example-mod.yml"
    file.write_text("".join(re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)), encoding="utf-8")
    example = load_sources(tmp_path)["example-mod"]
    # Each key that exists is shown, so that the guide stays complete.
    assert example.model_fields_set == set(SourceSpec.model_fields)
    assert example.article.model_fields_set == set(Layout.model_fields)
    assert example.crawl.model_fields_set == set(Crawl.model_fields)
    assert example.status.model_fields_set == set(Status.model_fields)


def _page(source: SourceSpec) -> Page:
    url = f"{source.home}news/example-1-2026/"
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=(PAGES / source.slug / "article.html").read_bytes(),
        fetched_at=datetime(2026, 11, 24, 6, 0, tzinfo=timezone.utc),
    )


@pytest.mark.parametrize("slug", WITH_SELECTORS)
def test_selectors_read_the_sites_markup(slug: str) -> None:
    """A page in the site's markup is read whole: title, the paragraphs and nothing around them, and the time."""
    source = SOURCES[slug]
    expected = json.loads((PAGES / slug / "expected.json").read_text(encoding="utf-8"))
    reading = read_page(_page(source), source=source)
    assert reading.kind is Kind.ARTICLE, reading.note
    assert reading.article is not None
    assert reading.article.published is not None
    published: Published = reading.article.published
    assert {
        "title": reading.article.title,
        "body": reading.article.body.split("\n"),
        "published": published.at.isoformat(),
        "precision": published.precision.value,
    } == expected
    assert published.precision is not Precision.NONE
