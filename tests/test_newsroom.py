"""The newsroom itself: what it serves on each day is what its answer sheet says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import feedparser
import pytest
import requests
from bs4 import BeautifulSoup
from lxml import etree
from protego import Protego

from tests.newsroom.pieces import ARTICLES, Piece, load_pieces
from tests.newsroom.publishers import AMBER_COURIER, NADBUZHZHIA, PUBLISHERS, ZASTAVA
from tests.newsroom.server import Newsroom, Request
from tests.newsroom.world import State, Truth, truths
from wirewatch.sources import load_sources

DATE = date(2026, 11, 24)
PIECES = load_pieces()
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / ".." / "shared"

EVENTS = {
    "zastava/04-iskander-marsh": State.WITHDRAWN,
    "zastava/08-muzej-u-verasave": State.MOVED,
    "nadbuzhzhia/02-rakety-v-bilorusi": State.EDITED,
    "nadbuzhzhia/11-peremovyny-pro-miny": State.BROKEN,
    "amber-courier/06-border-crossing-shut": State.RETITLED,
    "amber-courier/08-hotel-winter-offer": State.DISALLOWED,
    "amber-courier/12-drone-wall-contract": State.FORBIDDEN,
}
"""All that happens on day two besides new articles and articles left alone."""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(date=DATE) as running:
        yield running


@pytest.fixture(params=[1, 2])
def day(request: pytest.FixtureRequest, newsroom: Newsroom) -> int:
    number = int(request.param)
    newsroom.set_day(number)
    return number


def get(newsroom: Newsroom, publisher: str, path: str, **headers: str) -> requests.Response:
    return requests.get(newsroom.bases[publisher] + path, headers=headers, timeout=10, allow_redirects=False)


def shown(page: bytes, truth: Truth) -> tuple[str, list[str], str | None]:
    """Headline, paragraphs and canonical path of a served article page."""
    soup = BeautifulSoup(page, "lxml")
    for box in soup.select(".news__also, .read-also"):
        box.decompose()
    body = {"zastava": ".news__text p", "nadbuzhzhia": ".post__body p", "amber-courier": ".story p"}[truth.publisher]
    canonical = soup.select_one("link[rel=canonical]")
    headline = soup.select_one("h1")
    assert headline is not None
    return (
        headline.get_text(),
        [paragraph.get_text() for paragraph in soup.select(body)],
        str(canonical["href"]) if canonical else None,
    )


def listed(newsroom: Newsroom, day: int, publisher: str) -> list[str]:
    base = newsroom.bases[publisher]
    return sorted(base + path for t in newsroom.articles(day) if t.publisher == publisher for path in t.listed)


def test_every_readable_article_is_served_with_its_text(newsroom: Newsroom, day: int) -> None:
    """Each article that can be read shows headline, paragraphs and canonical address under every name it has."""
    for truth in newsroom.articles(day):
        if not truth.readable:
            continue
        canonical = newsroom.bases[truth.publisher] + truth.path
        for path in {truth.path, *truth.listed}:
            answer = requests.get(newsroom.bases[truth.publisher] + path, timeout=10)
            expected = (200, truth.title, list(truth.paragraphs), canonical)
            assert (answer.status_code, *shown(answer.content, truth)) == expected, truth.key


def test_each_site_states_its_times_in_its_own_way(newsroom: Newsroom, day: int) -> None:
    """One site states times in meta, one in JSON-LD, and one in visible text only."""
    for truth in newsroom.articles(day):
        if not truth.readable:
            continue
        page = get(newsroom, truth.publisher, truth.path).content
        soup = BeautifulSoup(page, "lxml")
        meta = [str(tag["content"]) for tag in soup.select('meta[property="article:published_time"]')]
        data = [
            json.loads(tag.get_text())["datePublished"] for tag in soup.select('script[type="application/ld+json"]')
        ]
        dates = [tag.get_text() for tag in soup.select(".byline .date")]
        months = {"en": "November", "ru": "ноября"}
        at = truth.published
        spoken = f"{at.day} {months.get(truth.language)} {at.year}, {at:%H:%M}"
        expected = {
            "zastava": ([at.isoformat()], [], []),
            "nadbuzhzhia": ([], [at.isoformat()], []),
            "amber-courier": ([], [], [spoken]),
        }
        assert (meta, data, dates) == expected[truth.publisher], truth.key


def test_the_feed_lists_the_day(newsroom: Newsroom, day: int) -> None:
    """The feed names each article of the press service that stands, with title and time, and nothing else."""
    feed = feedparser.parse(get(newsroom, "zastava", ZASTAVA.entry_path).content)
    assert not feed.bozo
    expected = [
        (newsroom.bases["zastava"] + path, truth.title, truth.published.astimezone(timezone.utc))
        for truth in newsroom.articles(day)
        if truth.publisher == "zastava"
        for path in truth.listed
    ]
    found = [
        (entry.link, entry.title, datetime(*entry.published_parsed[:6], tzinfo=timezone.utc)) for entry in feed.entries
    ]
    assert sorted(found) == sorted(expected)


def test_the_sitemap_lists_the_day(newsroom: Newsroom, day: int) -> None:
    """The news sitemap names each article of the wire, its AMP address too."""
    tree = etree.fromstring(get(newsroom, "nadbuzhzhia", NADBUZHZHIA.entry_path).content)
    found = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(found) == listed(newsroom, day, "nadbuzhzhia")
    assert any(path.endswith("/amp") for path in found)


def test_the_listing_lists_the_day_on_two_pages(newsroom: Newsroom, day: int) -> None:
    """Two pages of the portal's listing, and no third, name all its articles and their tracked addresses."""
    pages = [get(newsroom, "amber-courier", f"/news/{tail}") for tail in ("", "page/2/", "page/3/")]
    links = [a["href"] for page in pages for a in BeautifulSoup(page.content, "lxml").select("article.card h2 a")]
    base = newsroom.bases["amber-courier"]
    assert [page.status_code for page in pages] == [200, 200, 404]
    assert sorted(base + str(link) for link in links) == listed(newsroom, day, "amber-courier")


def test_day_two_brings_the_declared_events() -> None:
    """Day two has twelve new articles and exactly the changes that are declared here."""
    states = {truth.key: truth.state for truth in truths(PIECES, day=2, date=DATE)}
    plain = {State.NEW, State.STANDING}
    assert {key: state for key, state in states.items() if state not in plain} == EVENTS
    assert sum(piece.day == 1 for piece in PIECES.values()) == 30
    assert sum(piece.day == 2 for piece in PIECES.values()) == 12


def test_the_edit_takes_a_watched_concept_out() -> None:
    """The edited article loses one paragraph's text and one concept, and keeps the rest."""
    key = "nadbuzhzhia/02-rakety-v-bilorusi"
    before, after = ({t.key: t for t in truths(PIECES, day=day, date=DATE)}[key] for day in (1, 2))
    assert before.concepts - after.concepts == {"oreshnik"}
    assert [old == new for old, new in zip(before.paragraphs, after.paragraphs, strict=True)] == [
        True,
        True,
        False,
        True,
    ]
    kept = replace(before, state=after.state, modified=after.modified, concepts=after.concepts)
    assert replace(kept, paragraphs=after.paragraphs) == after


def test_the_headline_change_leaves_the_text() -> None:
    """The retitled article has another headline and the same paragraphs under the same address."""
    key = "amber-courier/06-border-crossing-shut"
    before, after = ({t.key: t for t in truths(PIECES, day=day, date=DATE)}[key] for day in (1, 2))
    assert before.title != after.title
    assert replace(before, title=after.title, state=after.state, modified=after.modified) == after


def test_a_withdrawn_article_answers_404(newsroom: Newsroom) -> None:
    """The withdrawn article answers 404 with the site's own page, and no page of the site links to it."""
    newsroom.set_day(2)
    gone = next(t for t in newsroom.articles(2) if t.state is State.WITHDRAWN)
    answer = get(newsroom, gone.publisher, gone.path)
    never = get(newsroom, gone.publisher, "/ru/armiya/1.html")
    others = [t for t in newsroom.articles(2) if t.publisher == gone.publisher and t.readable]
    pages = [get(newsroom, gone.publisher, path).content for path in ("/", *(t.path for t in others))]
    assert (answer.status_code, "Страница не найдена" in answer.content.decode("windows-1251")) == (404, True)
    assert answer.content == never.content
    assert not [page for page in pages if gone.path.encode() in page]


def test_the_broken_page_ends_behind_its_headline(newsroom: Newsroom) -> None:
    """The broken page is answered with 200 and has a headline, NUL bytes, and no text."""
    newsroom.set_day(2)
    broken = next(t for t in newsroom.articles(2) if t.state is State.BROKEN)
    answer = get(newsroom, broken.publisher, broken.path)
    assert (answer.status_code, answer.content[-512:]) == (200, bytes(512))
    assert broken.title in answer.content.decode("utf-8")
    assert not [text for text in broken.paragraphs if text[:20] in answer.content.decode("utf-8")]


def test_the_forbidden_address_answers_403(newsroom: Newsroom) -> None:
    """The forbidden article is named by the listing and answers 403 without a word of its text."""
    newsroom.set_day(2)
    forbidden = next(t for t in newsroom.articles(2) if t.state is State.FORBIDDEN)
    answer = get(newsroom, forbidden.publisher, forbidden.listed[0])
    assert (answer.status_code, "Access denied" in answer.text) == (403, True)
    assert forbidden.paragraphs[0] not in answer.text


def test_the_moved_article_redirects(newsroom: Newsroom) -> None:
    """On day two the address that the feed still names leads by 301 to the new one; on day one there was no new one."""
    newsroom.set_day(2)
    moved = next(t for t in newsroom.articles(2) if t.state is State.MOVED)
    answer = get(newsroom, moved.publisher, moved.listed[0])
    assert (answer.status_code, answer.headers["Location"]) == (301, newsroom.bases[moved.publisher] + moved.path)
    newsroom.set_day(1)
    statuses = [get(newsroom, moved.publisher, path).status_code for path in (moved.listed[0], moved.path)]
    assert statuses == [200, 404]


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_robots_closes_one_section(newsroom: Newsroom, publisher: str) -> None:
    """robots.txt closes one section of each site; on the portal the listing names an article in it."""
    newsroom.set_day(1)
    rules = Protego.parse(get(newsroom, publisher, "/robots.txt").text)
    base = newsroom.bases[publisher]
    closed = [
        truth.state
        for truth in newsroom.articles(1)
        if truth.publisher == publisher and not rules.can_fetch(base + truth.path, "Wirewatch")
    ]
    assert not rules.can_fetch(base + PUBLISHERS[publisher].disallowed + "x", "Wirewatch")
    assert closed == ([State.DISALLOWED] if publisher == "amber-courier" else [])


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_entries_and_articles_answer_304(newsroom: Newsroom, publisher: str) -> None:
    """What has not changed answers 304 without a body, both to its ETag and to its Last-Modified."""
    newsroom.set_day(1)
    article = next(t for t in newsroom.articles(1) if t.publisher == publisher and t.readable)
    for path in (PUBLISHERS[publisher].entry_path, article.path):
        first = get(newsroom, publisher, path)
        etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        early = "Sat, 01 Jan 2000 00:00:00 GMT"
        answers = [
            get(newsroom, publisher, path, **{"If-None-Match": etag}),
            get(newsroom, publisher, path, **{"If-None-Match": f'"other", W/{etag}', "If-Modified-Since": early}),
            get(newsroom, publisher, path, **{"If-Modified-Since": modified}),
            get(newsroom, publisher, path, **{"If-None-Match": '"other"', "If-Modified-Since": modified}),
            get(newsroom, publisher, path, **{"If-Modified-Since": early}),
            get(newsroom, publisher, path, **{"If-Modified-Since": "yesterday"}),
        ]
        assert [answer.status_code for answer in answers] == [304, 304, 304, 200, 200, 200]
        assert [answer.content for answer in answers] == [b""] * 3 + [first.content] * 3


def test_pages_left_alone_answer_304_the_next_day_except_on_the_lively_site(newsroom: Newsroom) -> None:
    """Day one's validators hold on day two for articles left alone, except on the portal with its living sidebar."""
    newsroom.set_day(1)
    paths = {t.key: (t.publisher, t.path) for t in newsroom.articles(2) if t.state in (State.STANDING, State.EDITED)}
    tags = {key: get(newsroom, *place).headers["ETag"] for key, place in paths.items()}
    newsroom.set_day(2)
    statuses = {key: get(newsroom, *place, **{"If-None-Match": tags[key]}).status_code for key, place in paths.items()}
    changed = {key for key in paths if key.startswith("amber-courier/") or EVENTS.get(key) is State.EDITED}
    assert statuses == {key: 200 if key in changed else 304 for key in paths}


def test_the_old_site_is_in_windows_1251(newsroom: Newsroom) -> None:
    """The press service's pages name their charset in the page alone, and every letter of both languages fits it."""
    newsroom.set_day(2)
    answer = get(newsroom, "zastava", next(t.path for t in newsroom.articles(2) if t.language == "be"))
    text = answer.content.decode("windows-1251")
    assert answer.headers["Content-Type"] == "text/html"
    assert 'content="text/html; charset=windows-1251"' in text
    for piece in PIECES.values():
        if piece.publisher == "zastava":
            assert "\n".join(piece.paragraphs).encode("windows-1251")


def test_source_files_load(newsroom: Newsroom, tmp_path: Path) -> None:
    """The source files are valid, without delay, and lead to the running addresses."""
    paths = newsroom.write_sources(tmp_path / "sources")
    sources = load_sources(tmp_path / "sources")
    assert {path.stem for path in paths} == set(PUBLISHERS)
    assert {slug: spec.home for slug, spec in sources.items()} == {k: v + "/" for k, v in newsroom.bases.items()}
    assert {spec.crawl.delay for spec in sources.values()} == {0.0}
    statuses = [requests.get(entry.url, timeout=10).status_code for s in sources.values() for entry in s.entries]
    assert statuses == [200] * 4


def test_source_selectors_read_the_pages(newsroom: Newsroom, day: int, tmp_path: Path) -> None:
    """Where a source file has selectors, they match headline, paragraphs, time and author of each article."""
    newsroom.write_sources(tmp_path)
    for truth in newsroom.articles(day):
        layout = load_sources(tmp_path)[truth.publisher].article
        if not truth.readable or layout.body is None:
            continue
        soup = BeautifulSoup(get(newsroom, truth.publisher, truth.path).content, "lxml")
        for selector in layout.drop:
            for box in soup.select(selector):
                box.decompose()
        assert layout.title is not None
        assert [tag.get_text() for tag in soup.select(layout.title)] == [truth.title]
        assert [tag.get_text() for tag in soup.select(layout.body)] == list(truth.paragraphs)
        for selector in (layout.published, layout.authors):
            assert len(soup.select((selector or "").partition("@")[0])) == 1, selector


def test_requests_are_logged() -> None:
    """Each answered request is in the log with publisher, path, status and agent; turning the day is not."""
    with Newsroom(date=DATE) as newsroom:
        get(newsroom, "zastava", "/rss.xml?x=1", **{"User-Agent": "one"})
        requests.post(newsroom.bases["zastava"] + "/-/day/2", timeout=10)
        requests.head(newsroom.bases["nadbuzhzhia"] + "/nothing", headers={"User-Agent": "two"}, timeout=10)
        over_http = get(newsroom, "amber-courier", "/-/requests").json()
        assert newsroom.day == 2
        assert newsroom.requests == (
            Request("zastava", "/rss.xml?x=1", 200, "one"),
            Request("nadbuzhzhia", "/nothing", 404, "two"),
        )
        assert [Request(**entry) for entry in over_http] == list(newsroom.requests)


def test_each_publisher_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    """The publishers share a port on three loopback addresses, or 127.0.0.1 with three ports where asked."""
    port = newsroom.bases["zastava"].rpartition(":")[2]
    assert list(newsroom.bases.values()) == [f"http://127.77.0.{number}:{port}" for number in (1, 2, 3)]
    with Newsroom(date=DATE, addresses=False) as other:
        assert other.addresses == ["127.0.0.1"]
        assert len(set(other.bases.values())) == 3
        assert {get(other, slug, "/robots.txt").status_code for slug in PUBLISHERS} == {200}


def test_it_runs_as_a_process(tmp_path: Path) -> None:
    """As a process it writes its addresses and source files, serves the day asked for, and ends on SIGTERM with 0."""
    port_file = tmp_path / "port.json"
    options = ["--day", "2", "--date", "2026-11-24", "--port-file", str(port_file), "--sources", str(tmp_path / "s")]
    process = subprocess.Popen([sys.executable, "-m", "tests.newsroom", *options], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 60
        while not port_file.exists() and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.05)
        bases = json.loads(port_file.read_text(encoding="utf-8"))
        gone = next(t for t in truths(PIECES, day=2, date=DATE) if t.state is State.WITHDRAWN)
        assert requests.get(bases[gone.publisher] + gone.path, timeout=10).status_code == 404
        assert set(load_sources(tmp_path / "s")) == set(PUBLISHERS) == set(bases)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0


def test_articles_and_files_agree() -> None:
    """The truth of day two has one article for each file, in their order, and names the origins of the copies."""
    everything = truths(PIECES, day=2, date=DATE)
    files = sorted(f"{path.parent.name}/{path.stem}" for path in ARTICLES.glob("*/*"))
    copies = {truth.key: truth.copy_of for truth in everything if truth.copy_of}
    assert [truth.key for truth in everything] == files
    assert copies == {
        "amber-courier/04-zapad-2025-itogi": "zastava/01-zapad-2025-itogi",
        "amber-courier/05-odkb-plan-ksor": "zastava/03-odkb-plan-ksor",
        "amber-courier/13-hrenin-kazarmy": "zastava/02-doklad-hrenina",
    }


def test_texts_are_unique_except_declared_copies() -> None:
    """No two articles share a paragraph unless one is declared a copy; a copy comes after its origin."""
    everything = {truth.key: truth for truth in truths(PIECES, day=2, date=DATE)}
    count = Counter(text for truth in everything.values() if not truth.copy_of for text in truth.paragraphs)
    assert max(count.values()) == 1
    for truth in everything.values():
        if truth.copy_of:
            origin = everything[truth.copy_of]
            assert (truth.text, truth.publisher != origin.publisher) == (origin.text, True)
            assert truth.published > origin.published


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_an_article_is_written_with_care(piece: Piece) -> None:
    """An article is in a language of its site, has 80 to 250 words, is NFC, and mixes no alphabets within a word."""
    text = "\n".join((piece.title, *piece.paragraphs))
    words = re.findall(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", text)
    mixed = [w for w in words if re.search("[A-Za-z]", w) and re.search("[\u0400-\u04ff]", w)]
    assert piece.language in PUBLISHERS[piece.publisher].languages
    assert f"{piece.language}/{piece.section}" in PUBLISHERS[piece.publisher].sections
    assert 80 <= len(words) <= 250
    assert (mixed, text) == ([], unicodedata.normalize("NFC", text))


def test_all_languages_and_the_traps_are_there() -> None:
    """All five languages appear, a third of the articles mention nothing watched, and concepts follow the rules."""
    languages = Counter(piece.language for piece in PIECES.values())
    assert set(languages) == {"ru", "be", "uk", "pl", "en"}
    assert sum(not piece.concepts for piece in PIECES.values()) >= 12
    for piece in PIECES.values():
        if {"zapad-exercise", "union-shield-exercise"} & set(piece.concepts):
            assert "military-exercise" in piece.concepts, piece.key


def test_concepts_are_those_watched() -> None:
    """Every concept that an article is said to mention has a file."""
    known = {path.stem for path in (ROOT / "include" / "concepts").glob("*.yml")}
    if not known:
        pytest.skip("include/concepts has no files")
    assert {concept for piece in PIECES.values() for concept in piece.concepts} <= known


def test_the_articles_are_our_own() -> None:
    """No run of ten words of an article stands in the texts that are kept for measuring."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the folder of measuring texts is not beside the repository")
    ours = {run: piece.key for piece in PIECES.values() for text in piece.paragraphs for run in _runs(text)}
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.txt")]):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                assert not [ours[run] for run in ours.keys() & _runs(line)], path.name


def _runs(text: str) -> set[str]:
    """Ten words in a row: long enough that no institution's name is a run by itself."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + 10]) for at in range(len(words) - 9)}


def test_dates_follow_the_date_given() -> None:
    """Day two's articles are of the date given and day one's of the day before, in the publisher's zone."""
    summer = truths(PIECES, day=2, date=date(2026, 7, 1))
    for truth in summer:
        piece = PIECES[truth.key]
        assert truth.published.date() == date(2026, 7, 1) - timedelta(days=2 - piece.day)
        assert truth.published.tzinfo == PUBLISHERS[truth.publisher].tzinfo
    assert AMBER_COURIER.tzinfo.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=3)  # noqa: DTZ001 - a wall time
