"""Probing: what a site offers is found by asking it, and a source file comes of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from wirewatch.errors import InputError
from wirewatch.fetch.probe import Finding, probe, propose_slug, source_yaml
from wirewatch.fetch.propose import Tried
from wirewatch.fetch.teasers import article_selector
from wirewatch.model import Fetched, Outcome, Page, Purpose
from wirewatch.sources import Entry, Expect, SourceKind, SourceSpec, Status, load_source

TODAY = date(2026, 11, 24)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ministry: "news"</title><language>be-BY</language>
<item><title>One</title><link>/a/1</link><pubDate>Mon, 23 Nov 2026 09:00:00 +0300</pubDate></item>
<item><title>Two</title><link>/a/2</link><pubDate>Tue, 24 Nov 2026 09:00:00 +0300</pubDate></item></channel></rss>"""
EMPTY_FEED = '<rss version="2.0"><channel><title>Empty</title></channel></rss>'
NEWS_MAP = """<urlset><url><loc>/a/3</loc><news><publication_date>2026-11-24T05:00Z</publication_date>
<title>Three</title></news></url></urlset>"""
NEWEST = datetime(2026, 11, 24, 6, tzinfo=timezone.utc)


def teaser(number: int) -> str:
    return (
        f'<div class="card c{number}"><header><h3 class="t"><a href="/view/ministry-holds-a-drill-{number}">'
        f"The ministry holds a drill in region number {number}</a></h3></header>"
        f'<a class="tag" href="/tag/{number}">Drills</a><span>24.11.2026</span></div>'
    )


LISTING = (
    '<html lang="pl-PL"><head><title>News | Ministry</title></head><body>'
    '<nav><ul><li><a href="/about">About the ministry and its people</a></li><li><a href="/p">Press</a></li></ul></nav>'
    f'<main>{"".join(map(teaser, range(1, 7)))}<div class="pages"><a href="?page=2">2</a><a href="?page=3">3</a></div>'
    '</main><footer><a href="/privacy-policy-of-this-site">Privacy policy of this very site</a></footer></body></html>'
)


@contextmanager
def site(pages: dict[str, str], *, headers: dict[str, str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """A site on loopback that serves these pages and 404 for all others; its address, and the paths asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = pages.get(self.path, "<html>Not found</html>").encode()
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(url: str) -> Fetched:
    answer = requests.get(url, timeout=10)
    moment = datetime(2026, 11, 24, 7, tzinfo=timezone.utc)
    page = Page(url, answer.url, answer.status_code, tuple(answer.headers.items()), answer.content, moment)
    outcome = Outcome.NEW if answer.ok else Outcome.GONE
    return Fetched(url, Purpose.ENTRY, outcome, moment, 0.0, answer.status_code, page)


def test_the_feed_a_page_names_is_found_first() -> None:
    """rel=alternate leads to the feed; comments' feeds wait behind it; the page's list comes last."""
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/r">'
        '<link rel="alternate" hreflang="en" href="/en">'
    )
    pages = {"/news": LISTING.replace("<head>", f"<head>{head}"), "/r": FEED, "/comments/feed": EMPTY_FEED}
    with site(pages) as (base, _):
        findings = probe(f"{base}/news", ask=ask)
    assert findings == (
        Finding("feed", f"{base}/r", None, 2, NEWEST, ("One", "Two"), "feed", "be", 'Ministry: "news"'),
        Finding(
            "listing",
            f"{base}/news",
            "h3.t a",
            6,
            None,
            tuple(f"The ministry holds a drill in region number {number}" for number in (1, 2, 3)),
            "listing; the selector was derived from the page",
            "pl",
            "News | Ministry",
        ),
        Finding("feed", f"{base}/comments/feed", None, 0, None, (), "feed; it is valid, but empty now", "pl", "Empty"),
    )


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Ministry", "language": "lt-LT",
    "items": [{"id": "1", "url": "/a/1", "title": "One", "date_published": "2026-11-24T09:00:00+03:00"}]}"""
POSTS = '[{"link": "/a/1", "title": {"rendered": "One"}, "date_gmt": "2026-11-24T06:00:00"}]'
ASKED_POSTS = "/wp-json/wp/v2/posts?per_page=100&_fields=id,link,date_gmt,modified_gmt,title"


def test_a_json_feed_is_a_feed() -> None:
    """A page may name one by its type; other JSON there is none."""
    head = (
        '<link rel="alternate" type="application/json" href="/oembed.json">'
        '<link rel="alternate" type="application/feed+json" href="/feed.json">'
    )
    with site({"/": head, "/feed.json": JSON_FEED, "/oembed.json": '{"title": "x"}'}) as (base, _):
        findings = probe(base + "/", ask=ask)
    assert findings == (Finding("feed", f"{base}/feed.json", None, 1, NEWEST, ("One",), "JSON Feed", "lt", "Ministry"),)


@pytest.mark.parametrize("said", ["link", "header"])
def test_wordpress_is_found_where_it_announces_itself(said: str) -> None:
    """The head's link or the Link header leads to the list of posts, which is asked as a run would."""
    link = '<link rel="https://api.w.org/" href="/wp-json/">'
    header = {"Link": '</>; rel="shortlink", </wp-json/>; rel="https://api.w.org/"'}
    pages = {"/": f"<head>{link if said == 'link' else ''}</head>", ASKED_POSTS: POSTS}
    with site(pages, headers=header if said == "header" else None) as (base, _):
        findings = probe(base + "/", ask=ask)
    assert findings == (
        Finding("wordpress", f"{base}/wp-json/wp/v2/posts", None, 1, NEWEST, ("One",), "WordPress's own list of posts"),
    )


def test_a_wordpress_that_refuses_is_none() -> None:
    """Many sites announce the API and keep it shut."""
    page = '<link rel="https://api.w.org/" href="/wp-json/">'
    with site({"/": page, ASKED_POSTS: '{"code": "rest_disabled", "message": "No."}'}) as (base, _):
        assert probe(base + "/", ask=ask) == ()


def test_an_address_that_is_a_feed_is_its_own_finding() -> None:
    """The address itself is judged by what it serves, not by its name or content type."""
    with site({"/anything": FEED}) as (base, _):
        findings = probe(f"{base}/anything", ask=ask)
    assert [(item.kind, item.url) for item in findings] == [("feed", f"{base}/anything")]


def test_robots_txt_leads_to_a_news_sitemap() -> None:
    """Sitemap lines are followed, news sitemaps first, indexes one level down."""
    pages = {
        "/robots.txt": "User-agent: *\nSITEMAP: /all.xml\nSitemap: /news-map.xml\nSitemap: /index.xml",
        "/all.xml": "<urlset><url><loc>/about</loc></url></urlset>",
        "/index.xml": "<sitemapindex><sitemap><loc>/nested.xml</loc></sitemap></sitemapindex>",
        "/nested.xml": NEWS_MAP,
        "/news-map.xml": NEWS_MAP,
    }
    with site(pages) as (base, _):
        findings = probe(base + "/", ask=ask)
    paths = [(item.kind, item.url.removeprefix(base), item.leads) for item in findings]
    assert paths == [("sitemap", "/news-map.xml", 1), ("sitemap", "/index.xml", 1), ("sitemap", "/all.xml", 1)]


@pytest.mark.parametrize("path", ["/section/rss.xml", "/section/feed/", "/atom.xml", "/sitemap-news.xml"])
def test_usual_paths_are_tried_beside_the_page_and_at_the_root(path: str) -> None:
    """What nobody links to is found where it usually lies."""
    with site({"/section/page": "<html><body>Hello</body></html>", path: NEWS_MAP if "map" in path else FEED}) as (
        base,
        _,
    ):
        findings = probe(f"{base}/section/page", ask=ask)
    assert [item.url for item in findings] == [base + path]


def test_a_site_is_asked_no_more_than_it_takes() -> None:
    """Nothing is asked twice, and once a feed is found no paths are guessed."""
    page = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    with site({"/": page, "/feed.xml": FEED}) as (base, asked):
        probe(base + "/", ask=ask)
    assert asked == ["/", "/feed.xml", "/robots.txt"]
    with site({}) as (base, asked):
        assert probe(base + "/", ask=ask) == ()
    assert len(asked) == len(set(asked)) <= 12


def test_pages_that_answer_everything_offer_nothing() -> None:
    """A site that serves the same page under every address has no feed."""
    page = Page("", "", 200, (), b"<html><body>Welcome</body></html>", NEWEST)

    def welcome(url: str) -> Fetched:
        body = Page(url, url, 200, (), page.body, NEWEST)
        return Fetched(url, Purpose.ENTRY, Outcome.NEW, NEWEST, 0.0, 200, body)

    assert probe("http://mod.example/", ask=welcome) == ()


@pytest.mark.parametrize("url", ["mod.example", "ftp://mod.example/", "", "http://"])
def test_only_an_address_can_be_probed(url: str) -> None:
    """What is no http(s) address is refused before anything is asked."""
    with pytest.raises(InputError, match="is not an http"):
        probe(url, ask=ask)


# The selector of a listing


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        (LISTING, "h3.t a"),
        (
            "<table>"
            + "".join(
                f"<tr><td>{day:02}.11.2026<td><a href='n.php?id={day}0000'>Komunikat prasowy nr {day} ministra</a>"
                for day in range(1, 9)
            )
            + "</table><a href='mailto:x@mod.example'>mail</a>",
            "tr a",
        ),
        (
            "".join(
                f"<p><a class='news-link' href='/2026/11/{day}/story'>Штодзённыя навіны нумар {day}</a></p>"
                for day in range(1, 9)
            ),
            "a.news-link",
        ),
        (
            "<nav>"
            + "".join(f"<a class=m href='/s/{n}0000'>A long name of a section {n}</a>" for n in range(9))
            + "</nav>",
            None,
        ),
        ("<main><a href='/news/10001'>A headline that is long enough</a></main>", None),
        ("", None),
    ],
    ids=["cards", "table", "plain", "menu only", "one link", "empty"],
)
def test_the_selector_is_that_of_the_articles(html: str, selector: str | None) -> None:
    """Repeated, long and dated links are articles; menus, tags, paging and footers are not."""
    assert article_selector(BeautifulSoup(html, "lxml"), "http://mod.example/news") == selector


# The source file

FOUND = Finding(
    "feed", "https://www.mod.by/feed", None, 2, NEWEST, ("One:\n # two", "x\x00\u2028y"), "feed", "be", 'A: "b"\n- c'
)
LIST = Finding("listing", "https://www.mod.by/n", "div.card > h3 a", 6, None, (), "listing", None, None)


def written(text: str, folder: Path) -> SourceSpec:
    slug = next(line for line in text.splitlines() if line.startswith("slug: ")).removeprefix("slug: ")
    file = folder / f"{slug}.yml"
    file.write_text(text, encoding="utf-8")
    return load_source(file)


def test_the_file_that_is_written_can_be_loaded(tmp_path: Path) -> None:
    """Everything found stands in the file, whatever characters a title holds."""
    text = source_yaml("https://www.mod.by/news", (FOUND, LIST), today=TODAY)
    assert written(text, tmp_path) == SourceSpec(
        slug="mod-by",
        name='A: "b" - c',
        country="BY",
        kind=SourceKind.PRESS,
        home="https://www.mod.by/news",
        languages=("be",),
        timezone="Europe/Minsk",
        entries=(Entry(feed="https://www.mod.by/feed"),),
        status=Status(
            state="works",
            seen=TODAY,
            how="found by wirewatch add-source: 2 leads in the feed, newest 2026-11-24T06:00+00:00",
        ),
    )
    assert "#   - One: # two\n#   - x\ufffd y\n" in text
    assert "country: BY  # please check: taken from the domain .by\n" in text
    assert "  # - listing: https://www.mod.by/n  # also found: 6 leads in the listing" in text


def test_wordpress_becomes_the_archive(tmp_path: Path) -> None:
    """The feed stays the entry; for past days WordPress is asked."""
    posts = Finding("wordpress", "https://www.mod.by/wp-json/wp/v2/posts", None, 9, NEWEST, (), "")
    source = written(source_yaml("https://www.mod.by/news", (FOUND, posts), today=TODAY), tmp_path)
    assert source.entries == (Entry(feed="https://www.mod.by/feed"),)
    assert source.archive == (Entry(wordpress="https://www.mod.by/wp-json/wp/v2/posts"),)


def test_what_was_tried_is_what_is_expected(tmp_path: Path) -> None:
    """Articles that were read make the proposal; where none could be, the file does not say that the source works."""
    expect = Expect(articles=2, body=600, fields=("title", "body"))
    text = source_yaml("https://www.mod.by/", (FOUND,), tried=Tried(3, 2, expect), today=TODAY)
    source = written(text, tmp_path)
    assert (source.expect, source.status.state, source.status.seen) == (expect, "works", TODAY)
    assert source.status.how.endswith("newest 2026-11-24T06:00+00:00; 2 of 3 articles tried were read")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=source.schema.json"
    text = source_yaml("https://www.mod.by/", (FOUND,), tried=Tried(3, 2, expect, ("ru", "be")), today=TODAY)
    assert written(text, tmp_path).languages == ("be", "ru")
    source = written(source_yaml("https://www.mod.by/", (FOUND,), tried=Tried(3, 0, Expect()), today=TODAY), tmp_path)
    assert (source.expect, source.status.state, source.status.seen) == (Expect(), "unverified", None)
    assert source.status.how.endswith("on 2026-11-24; none of the 3 articles tried could be read")


def test_what_a_person_said_is_not_guessed(tmp_path: Path) -> None:
    """Given values stand as they are, without a mark."""
    text = source_yaml(
        "https://mod.example/",
        (LIST,),
        slug="norway",
        name="Ministry",
        country="NO",
        kind="ministry",
        languages=("no", "en"),
        today=TODAY,
    )
    source = written(text, tmp_path)
    assert (source.slug, source.name, source.country, source.kind) == ("norway", "Ministry", "NO", SourceKind.MINISTRY)
    assert (source.languages, source.timezone) == (("no", "en"), "Europe/Oslo")
    assert source.entries == (Entry(listing="https://www.mod.by/n", links="div.card > h3 a"),)
    assert "please set" not in text
    assert "Please check the selector" in text


@pytest.mark.parametrize(
    ("url", "country", "zone", "remarks"),
    [
        ("https://mil.gov.ua/", "UA", "Europe/Kyiv", ["please check: most of Ukraine"]),
        ("https://mil.ru/", "RU", "UTC", ["please set: RU has"]),
        ("https://www.mod.uk/", "GB", "Europe/London", ["taken from the domain .uk"]),
        ("https://news.tv/", "INT", "UTC", ["country: INT  # please set"]),
        ("http://127.0.0.1:80/x/", "INT", "UTC", ["country: INT  # please set"]),
    ],
)
def test_country_and_zone_are_marked(tmp_path: Path, url: str, country: str, zone: str, remarks: list[str]) -> None:
    """A domain suggests a country, a country its zone; where it does not, the file says what to set."""
    text = source_yaml(url, (LIST,), today=TODAY)
    source = written(text, tmp_path)
    assert (source.country, source.timezone, source.languages) == (country, zone, ("en",))
    for remark in [*remarks, "languages: [en]  # please set"]:
        assert remark in text


def test_a_frozen_feed_is_named() -> None:
    """A newest entry of last year makes the file ask whether the feed is still fed."""
    old = Finding("feed", "https://mod.by/feed", None, 2, datetime(2025, 1, 1, tzinfo=timezone.utc), (), "feed")
    assert "# Please check: the newest is of 2025-01-01; is this feed still fed?" in source_yaml(
        "https://mod.by/", (old,), today=TODAY
    )


def test_nothing_found_makes_no_file() -> None:
    """A source without an entry is no source."""
    with pytest.raises(InputError, match=r"nothing to watch was found at https://mod\.by/"):
        source_yaml("https://mod.by/", (), today=TODAY)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.belta.by/rss", "belta-by"),
        ("https://eng.belta.by:443/", "eng-belta-by"),
        ("http://127.88.1.3:8931/tass.ru/", "tass-ru"),
        ("http://127.88.1.3:8931/www.tass.ru/a/b", "tass-ru"),
        ("http://localhost:8000/mod_news", "mod-news"),
        ("http://127.0.0.1/", "127-0-0-1"),
        ("http://[::1]/", "1"),
        ("https://міноборони.укр/", "xn-90aokebebar9s-xn-j1amh"),
        ("http://" + "a" * 62 + ".by/", "a" * 60),
        ("http://127.0.0.1/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/", "xn-b1amnebsh"),
        ("http://127.0.0.1/новости/", "xn-b1amnebsh"),
    ],
)
def test_a_slug_is_proposed(url: str, slug: str) -> None:
    """The host's name without www, or the first folder of a bare address, in letters that a slug may have."""
    assert propose_slug(url) == slug
