"""Entry pages to leads: feeds, sitemaps and listings, sound and unsound."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.support import entry_pages
from tests.support.entry_pages import HOME
from wirewatch.fetch.discover import Discovery
from wirewatch.model import Lead
from wirewatch.sources import Entry

MINSK = ZoneInfo("Europe/Minsk")
EAST3 = timezone(timedelta(hours=3))
ENTRIES = {
    "feed": Entry(feed=f"{HOME}/ru/feed"),
    "sitemap": Entry(sitemap=f"{HOME}/ru/sitemap.xml"),
    "listing": Entry(listing=f"{HOME}/ru/news", links="li.news a"),
}


def found(
    kind: str,
    body: str | bytes,
    *,
    type_: str | None = None,
    allow: str | None = None,
    deny: str | None = None,
    links: str | None = None,
) -> Discovery:
    """What a source in Minsk discovers in an entry page of that kind."""
    entry = ENTRIES[kind] if links is None else Entry(listing=f"{HOME}/ru/news", links=links)
    headers = (("Content-Type", type_),) if type_ else ()
    return entry_pages.found(entry, body, headers=headers, allow=allow, deny=deny)


def rss(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Ministry</title>{items}</channel></rss>'


# Feeds


def test_an_rss_feed_yields_its_items() -> None:
    """Addresses are absolute, titles plain, and times keep their offset or count in the source's zone."""
    body = rss("""
        <item><title>Учения &amp;quot;Щит&amp;quot;</title><link>/ru/news/1#feed</link>
          <pubDate>Tue, 24 Nov 2026 10:00:00 +0200</pubDate></item>
        <item><title><![CDATA[<b>Visit</b> &mdash; day two]]></title><link> https://mod.example/ru/news/2
          </link><pubDate>Tue, 24 Nov 2026 10:00:00</pubDate></item>
        <item><title>Undated</title><link>news/3</link><pubDate>soon</pubDate></item>
        <item><title>Again</title><link>/ru/news/1</link></item>""")
    assert found("feed", body) == Discovery(
        (
            Lead(f"{HOME}/ru/news/1", 'Учения "Щит"', datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=2)))),
            Lead(f"{HOME}/ru/news/2", "Visit — day two", datetime(2026, 11, 24, 10, tzinfo=MINSK)),
            Lead(f"{HOME}/ru/news/3", "Undated", None),
        )
    )


def test_the_publishers_own_address_is_chosen() -> None:
    """A counting redirect, a self link and a guid that is no address give way to the article's own address."""
    body = rss("""
        <item xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><link>https://count.example/x</link>
          <feedburner:origLink>https://mod.example/a/1</feedburner:origLink></item>
        <item><guid>https://mod.example/a/2</guid></item>
        <item><guid isPermaLink="false">https://mod.example/not-a-page</guid></item>
        <item><guid>4711</guid></item>
        <item><guid>4712</guid><link>https://mod.example/a/3</link></item>""")
    assert [lead.url for lead in found("feed", body).leads] == [f"{HOME}/a/1", f"{HOME}/a/2", f"{HOME}/a/3"]


def test_an_atom_feed_yields_its_alternates() -> None:
    """rel=alternate is taken, HTML before other types, counted from xml:base; published comes before updated."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://mod.example/en/"><title>M</title>
        <entry><title type="html">A &amp;amp; B</title><id>tag:1</id><link rel="self" href="https://mod.example/s"/>
          <link rel="alternate" type="application/pdf" href="1.pdf"/><link type="text/html" href="1.html"/>
          <published>2026-11-24T10:00:00</published><updated>2026-11-24T12:00:00Z</updated></entry>
        <entry><title>C</title><id>tag:2</id><link href="2.html"/><updated>2026-11-24T12:00:00Z</updated></entry>
        </feed>"""
    assert found("feed", body, type_="application/atom+xml").leads == (
        Lead(f"{HOME}/en/1.html", "A & B", datetime(2026, 11, 24, 10, tzinfo=MINSK)),
        Lead(f"{HOME}/en/2.html", "C", datetime(2026, 11, 24, 12, tzinfo=timezone.utc)),
    )


def test_rss_1_and_old_charsets_are_read() -> None:
    """RDF feeds and windows-1251 are read, whatever charset the server forgot to state."""
    body = """<?xml version="1.0" encoding="windows-1251"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <item rdf:about="https://mod.example/1"><title>Сбор</title><link>https://mod.example/1</link>
        <dc:date>2026-11-24T10:00:00+03:00</dc:date></item></rdf:RDF>""".encode("windows-1251")
    assert found("feed", body, type_="text/xml").leads == (
        Lead("https://mod.example/1", "Сбор", datetime(2026, 11, 24, 10, tzinfo=EAST3)),
    )


def test_a_torn_feed_yields_what_it_holds() -> None:
    """Items before the place where the XML breaks are kept."""
    body = rss("<item><title>A & B</title><link>https://mod.example/1</link></item><item><title>C")[:-30]
    assert Lead("https://mod.example/1", "A & B") in found("feed", body).leads


@pytest.mark.parametrize(
    "body", [rss(""), '<feed xmlns="http://www.w3.org/2005/Atom"><title>M</title></feed>'], ids=["rss", "atom"]
)
def test_an_empty_feed_is_a_quiet_day(body: str) -> None:
    """A valid feed without entries has neither leads nor a problem."""
    assert found("feed", body) == Discovery(())


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<!doctype html><html><body><a href='/1'>Maintenance</a></body></html>", "HTML in place of a feed"),
        ("<div>Access denied</div>", "HTML in place of a feed"),
        ('{"items": []}', "JSON in place of a feed"),
        ("", "an empty body in place of a feed"),
        ("Service unavailable", "not a feed: neither RSS nor Atom"),
        ("<catalog><book/></catalog>", "not a feed: neither RSS nor Atom"),
        (rss("<item><title>No address</title></item>"), "none of the 1 entries has an address"),
        ("<rss version='2.0'><channel><title>Cut", "broken XML, and no entry could be read"),
    ],
)
def test_what_is_no_feed_is_a_problem(body: str, problem: str) -> None:
    """An outage served in a feed's place is named, and not taken for a quiet day."""
    result = found("feed", body, type_="application/rss+xml")
    assert result.leads == ()
    assert result.problem is not None
    assert result.problem.startswith(problem)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(12))
    + '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", ["a11", "f"])
def test_entities_stay_closed(entity: str) -> None:
    """Neither a billion laughs nor a file of this machine gets into a lead."""
    feed = found("feed", BOMB + rss(f"<item><title>x&{entity};</title><link>/1</link></item>")[21:])
    urlset = found("sitemap", BOMB + f"<urlset><url><loc>{HOME}/1</loc><title>x&{entity};</title></url></urlset>")
    for lead in feed.leads + urlset.leads:
        assert len(lead.title or "") < 50
        assert "root:" not in (lead.title or "")


# Sitemaps


def test_a_news_sitemap_yields_dated_leads_newest_first() -> None:
    """The news extension gives title and time; pictures do not disturb; lastmod only orders."""
    body = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
          xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://images.example/1">
        <url><loc>{HOME}/undated</loc></url>
        <url><loc>{HOME}/old</loc><lastmod>2025-01-01</lastmod></url>
        <url><loc> {HOME}/first </loc><news:news><news:publication_date>2026-11-24T08:00</news:publication_date>
          <news:title>First &amp; last</news:title></news:news></url>
        <url><loc>{HOME}/second</loc><image:image><image:loc>{HOME}/p.jpg</image:loc><image:title>P</image:title>
          </image:image><news:news><news:publication_date>2026-11-24T09:00:00+03:00</news:publication_date></news:news>
        </url></urlset>"""
    assert found("sitemap", body) == Discovery(
        (
            Lead(f"{HOME}/second", None, datetime(2026, 11, 24, 9, tzinfo=EAST3)),
            Lead(f"{HOME}/first", "First & last", datetime(2026, 11, 24, 8, tzinfo=MINSK)),
            Lead(f"{HOME}/old", None, None),
            Lead(f"{HOME}/undated", None, None),
        )
    )


def test_an_index_names_the_newest_sitemaps() -> None:
    """Few nested sitemaps are asked next: those called news, then the last changed, then the highest number."""
    rows = "".join(f"<sitemap><loc>/map-{year}.xml</loc></sitemap>" for year in range(2010, 2027))
    body = (
        f"<sitemapindex>{rows}<sitemap><loc>/pages.xml</loc><lastmod>2026-11-24</lastmod></sitemap>"
        "<sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    )
    names = ("news", "pages", "map-2026", "map-2025")
    assert found("sitemap", body) == Discovery((), sitemaps=tuple(f"{HOME}/{name}.xml" for name in names))


def test_a_packed_sitemap_is_opened() -> None:
    """A .xml.gz is read like the .xml; one that unpacks to more than the protocol allows is refused."""
    body = f"<urlset><url><loc>{HOME}/1</loc></url></urlset>".encode()
    assert found("sitemap", gzip.compress(body)) == Discovery((Lead(f"{HOME}/1"),))
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert "more than 50 MB" in (found("sitemap", bomb).problem or "")
    assert "damaged gzip" in (found("sitemap", gzip.compress(body)[:10] + b"xxxx").problem or "")


def test_feeds_and_lists_of_addresses_serve_as_sitemaps() -> None:
    """The protocol allows RSS and plain text in a sitemap's place."""
    assert found("sitemap", rss("<item><link>/1</link></item>")) == Discovery((Lead(f"{HOME}/1"),))
    packed = gzip.compress(rss("<item><link>/1</link></item>").encode())
    assert found("sitemap", packed) == Discovery((Lead(f"{HOME}/1"),))
    assert found("sitemap", f"{HOME}/1\r\n{HOME}/2\n") == Discovery((Lead(f"{HOME}/1"), Lead(f"{HOME}/2")))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<html><body>Not here</body></html>", "HTML in place of a sitemap"),
        ("", "an empty body in place of a sitemap"),
        ("hello", "not XML, nor a list of addresses"),
        ("<catalog/>", "not a sitemap: its first element is <catalog>"),
        ("<urlset><url><loc>mailto:x</loc></url></urlset>", "none of the 1 entries has an address"),
    ],
)
def test_what_is_no_sitemap_is_a_problem(body: str, problem: str) -> None:
    """Something else in a sitemap's place is named."""
    assert found("sitemap", body) == Discovery((), problem=problem)


def test_an_empty_sitemap_is_a_quiet_day() -> None:
    """A news sitemap holds two days only and may be empty."""
    assert found("sitemap", "<?xml version='1.0'?><urlset></urlset>") == Discovery(())


# Listings

LISTING = """<html><head><base href="/base/"></head><body><nav><a href="/">Home</a></nav><main><ul>
<li class="news"><a href="1.html#c"><img alt="" src="x"></a><h2><a href="1.html">Сборы
   прошли</a></h2><time datetime="2026-11-24T09:30">today</time></li>
<li class="news"><a href="https://mod.example/2"><img alt="Picture of it" src="y"></a></li>
<li class="news"><a href="javascript:open()">Player</a><a href="mailto:a@mod.example">Mail</a></li>
<li class="news"><a href="3">5 &lt; 6</a> <time datetime="2026-11-23">day</time></li>
</ul></main></body></html>"""


def test_a_listing_yields_what_its_selector_matches() -> None:
    """Addresses once each, counted from <base>; the text or the picture's alt as title; the teaser's own time."""
    assert found("listing", LISTING) == Discovery(
        (
            Lead(f"{HOME}/base/1.html", "Сборы прошли", datetime(2026, 11, 24, 9, 30, tzinfo=MINSK)),
            Lead(f"{HOME}/2", "Picture of it"),
            Lead(f"{HOME}/base/3", "5 < 6"),
        )
    )


@pytest.mark.parametrize("links", ["li.news", "li.news h2"])
def test_a_selector_may_name_the_teaser(links: str) -> None:
    """An element that is no link stands for the link in it."""
    assert found("listing", LISTING, links=links).leads[0].url == f"{HOME}/base/1.html"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<html><body><a href='/1'>x</a></body></html>", "the selector matched nothing: li.news a"),
        ("", "the selector matched nothing: li.news a"),
        ("<li class=news><a href='tel:1'>x</a></li>", "no usable address in the 1 links of the selector: li.news a"),
    ],
)
def test_a_selector_that_yields_nothing_is_a_problem(body: str, problem: str) -> None:
    """A redesign is noticed on the day it comes."""
    assert found("listing", body) == Discovery((), problem=problem)


@pytest.mark.parametrize(
    ("head", "charset", "type_"),
    [
        ("", "windows-1251", "text/html; charset=windows-1251"),
        ('<meta charset="koi8-r">', "koi8-r", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251", "text/html"),
        ('<meta charset="koi8-r">', "utf-8", "text/html; charset=utf-8"),
        ("", "utf-8", "text/html; charset=base64"),
        ("", "utf-8", "text/html; charset=punycode"),
        ("", "windows-1251", "text/html; charset=no-such-thing"),
        ("", "utf-16", None),
    ],
)
def test_titles_are_decoded_as_declared(head: str, charset: str, type_: str | None) -> None:
    """The header goes before the <meta>, both before what the bytes suggest; nonsense is passed over."""
    body = f"<head>{head}</head><li class=news><a href=/1>Оборона</a></li>".encode(charset)
    assert found("listing", body, type_=type_).leads == (Lead(f"{HOME}/1", "Оборона"),)


def test_a_doctype_is_passed_over() -> None:
    """Tens of thousands of entity declarations before a feed cost nothing; HTML's own entities are still known."""
    doctype = "<!DOCTYPE rss [" + "<!ENTITY a 'b'>\n" * 50_000 + "]>"
    body = doctype + rss("<item><title>A&nbsp;&mdash; B</title><link>/1</link></item>").partition("?>")[2]
    assert found("feed", body) == Discovery((Lead(f"{HOME}/1", "A — B"),))
    assert found("feed", body.encode("utf-16")) == Discovery((Lead(f"{HOME}/1", "A — B"),))


def test_hostile_mark_up_is_read() -> None:
    """Depth, unclosed tags and comments without end cost no more than their length."""
    for junk in ("<div>" * 20_000, "<a " * 50_000, "<!--" * 50_000, "<li class=news>" * 5_000):
        assert found("listing", "<li class=news><a href=/1>One</a></li>" + junk).leads[0] == Lead(f"{HOME}/1", "One")
    for junk in ("<item>" * 10_000, "<a " * 20_000, "<!--" * 50_000, "<![CDATA[" * 20_000, "&" * 50_000):
        result = found("feed", rss("<item><link>/1</link></item>" + junk))
        assert result.problem or result.leads


# Patterns of the source


def test_allow_and_deny_pick_leads() -> None:
    """Both search in the address; deny goes before allow."""
    body = rss("".join(f"<item><link>{path}</link></item>" for path in ("/news/1", "/sport/2", "/news/video/3")))
    assert [lead.url for lead in found("feed", body, allow="/news/").leads] == [
        f"{HOME}/news/1",
        f"{HOME}/news/video/3",
    ]
    assert [lead.url for lead in found("feed", body, allow="/news/", deny="video|sport").leads] == [f"{HOME}/news/1"]
    assert found("feed", body, deny=".") == Discovery(())
    assert found("feed", body, allow="/articles/") == Discovery((), problem="allow passes none of the 3 addresses")
