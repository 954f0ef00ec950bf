"""An address to what could be watched there: a feed, an API, a sitemap, or a listing with the selector of its links.

``ask`` does the fetching, with its robots.txt, its pace and its guard; here is only what to ask and how to judge it.
The source file that comes of it is written by ``propose.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timezone
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from wirewatch.errors import InputError
from wirewatch.fetch.feeds import feed_to_leads, read_feed
from wirewatch.fetch.json_page import looks_like_json, page_to_json
from wirewatch.fetch.leads import Discovery, absolute, plain_title, root_name
from wirewatch.fetch.listings import base_address, listing_to_leads, page_to_soup
from wirewatch.fetch.propose import Finding, propose_slug, source_yaml
from wirewatch.fetch.sitemaps import sitemap_to_leads
from wirewatch.fetch.teasers import article_selector
from wirewatch.fetch.wordpress import posts_address, wordpress_to_leads
from wirewatch.model import Fetched, Page
from wirewatch.sources import EntryKind

__all__ = ["Ask", "Finding", "probe", "propose_slug", "source_yaml"]

Ask = Callable[[str], Fetched]
"""Fetches an address; never raises for what a site does."""

USUAL_FEEDS = ("feed/", "rss.xml", "feed.xml", "rss", "atom.xml")
USUAL_SITEMAPS = ("sitemap-news.xml", "sitemap.xml")

MOST_ALTERNATES = 4
MOST_SITEMAPS = 3
"""Addresses tried of those a page or robots.txt names."""

_FEED_TYPES = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/feed+json", "application/json"),
)
_WORDPRESS_REL = "https://api.w.org/"
_FEED_ROOTS = ("rss", "feed", "rdf")
_SITEMAP_ROOTS = ("urlset", "sitemapindex")


@dataclass
class _Search:
    """One probe: what was asked already, and what was found in the order it was found."""

    ask: Ask
    findings: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def fetch(self, url: str) -> Page | None:
        """Page with a 2xx status, or None; each address is asked once."""
        if url in self.asked:
            return None
        self.asked.add(url)
        page = self.ask(url).page
        return page if page is not None and 200 <= page.status < 300 else None

    def consider(self, url: str) -> None:
        """Ask an address that may be a feed or a sitemap, and note it when it is."""
        page = self.fetch(url)
        if page is not None and (finding := self.judge(page)):
            self.note(finding)

    def judge(self, page: Page) -> Finding | None:
        """Feed or sitemap → finding; None when it is neither."""
        if looks_like_json(page.body):
            return _json_feed_finding(page)
        root = root_name(page.body)
        if root in _FEED_ROOTS:
            return _feed_finding(page)
        if root in _SITEMAP_ROOTS or page.body.startswith(b"\x1f\x8b"):
            return self.sitemap_finding(page)
        return None

    def sitemap_finding(self, page: Page) -> Finding | None:
        found = sitemap_to_leads(page, zone=timezone.utc)
        note = "sitemap"
        if found.sitemaps:
            nested = self.fetch(found.sitemaps[0])
            note = f"sitemap index; looked into {found.sitemaps[0]}"
            found = sitemap_to_leads(nested, zone=timezone.utc) if nested else Discovery((), problem="no answer")
        if found.problem:
            return None
        return _finding("sitemap", page, found, note=note)

    def note(self, finding: Finding) -> None:
        """Keep a finding, unless another address led to the same."""
        if all(known.url != finding.url for known in self.findings):
            self.findings.append(finding)

    def found_leads(self, *kinds: str) -> bool:
        return any(finding.leads for finding in self.findings if finding.kind in kinds)


def probe(url: str, *, ask: Ask) -> tuple[Finding, ...]:
    """Address → what could be watched there, best first; empty when there is nothing.

    Asked in this order: the address itself, the feeds and the WordPress API its page names, the sitemaps robots.txt
    names, and, while nothing that leads to articles was found, the usual paths beside the page and at the host's root.
    A page's own list of articles comes last: its selector is a proposal. InputError when ``url`` is not an http(s)
    address.
    """
    if absolute("", url) is None:
        raise InputError(f"{url!r} is not an http(s) address")
    search = _Search(ask)
    page = search.fetch(url)
    soup = None
    if page is not None and (itself := search.judge(page)):
        search.note(itself)
    elif page is not None:
        soup = page_to_soup(page)
        for feed in _alternates(soup, page.final_url)[:MOST_ALTERNATES]:
            search.consider(feed)
        _try_wordpress(search, soup, page)
    base = page.final_url if page is not None else url
    _try_robots(search, base)
    _try_usual(search, base)
    if page is not None and soup is not None and (listing := _listing_finding(soup, page)):
        search.note(listing)
    language = _language(soup) if soup is not None else None
    findings = [item if item.language else replace(item, language=language) for item in search.findings]
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> int:
    """What leads nowhere now is last; a sitemap without news dates names everything there is, so a listing goes first.

    Sorting is stable: among equals the order in which they were found stays.
    """
    if not finding.leads:
        return 2
    return 1 if finding.kind == "sitemap" and finding.newest is None else 0


def _alternates(soup: BeautifulSoup, url: str) -> list[str]:
    """Feeds that a page names, those of comments last."""
    base = base_address(soup, url)
    found: dict[str, bool] = {}
    for link in soup.find_all("link", href=True, rel="alternate"):
        if isinstance(link, Tag) and str(link.get("type", "")).split(";")[0].strip().lower() in _FEED_TYPES:
            target = absolute(base, str(link["href"]))
            if target:
                found.setdefault(target, "comment" in f"{target} {link.get('title', '')}".lower())
    return sorted(found, key=lambda target: found[target])


def _try_wordpress(search: _Search, soup: BeautifulSoup, page: Page) -> None:
    """The API that WordPress announces (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/)."""
    link = soup.find("link", href=True, rel=_WORDPRESS_REL)
    stated = str(link["href"]) if isinstance(link, Tag) else _header_link(page)
    root = absolute(base_address(soup, page.final_url), stated)
    if root is None:
        return
    posts = f"{root.rstrip('/')}/wp/v2/posts"  # a root may also be /?rest_route=/
    answer = search.fetch(posts_address(posts))
    found = wordpress_to_leads(answer) if answer is not None else Discovery((), problem="no answer")
    if answer is not None and not found.problem:
        search.note(replace(_finding("wordpress", answer, found, note="WordPress's own list of posts"), url=posts))


def _header_link(page: Page) -> str | None:
    """The API's root as the Link header states it (RFC 8288)."""
    stated = (value for name, value in page.headers if name.lower() == "link")
    links = (
        re.search(r"<([^<>]{1,2000})>\s*;[^<>,]{0,200}?rel=\"?" + re.escape(_WORDPRESS_REL), text) for text in stated
    )
    return next((link[1] for link in links if link), None)


def _try_robots(search: _Search, base: str) -> None:
    """Sitemap lines of robots.txt (https://www.sitemaps.org/protocol.html#submit_robots), news sitemaps first."""
    robots = search.fetch(urljoin(base, "/robots.txt"))
    if robots is None:
        return
    named = []
    for line in robots.body.decode("utf-8-sig", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "sitemap" and (target := absolute(base, value)):
            named.append(target)
    named.sort(key=lambda target: "news" not in target.lower())
    for target in dict.fromkeys(named[:MOST_SITEMAPS]):
        search.consider(target)


def _try_usual(search: _Search, base: str) -> None:
    folders = dict.fromkeys((urljoin(base, "."), urljoin(base, "/")))
    for kinds, names in ((("feed",), USUAL_FEEDS), (("feed", "sitemap"), USUAL_SITEMAPS)):
        for target in _usual(folders, names):
            if search.found_leads(*kinds):
                break
            search.consider(target)


def _usual(folders: dict[str, None], names: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for name in names:
            yield urljoin(folder, name)


def _feed_finding(page: Page) -> Finding | None:
    found = feed_to_leads(page, zone=timezone.utc)
    if found.problem:
        return None
    feed = read_feed(page).feed
    finding = _finding("feed", page, found, note="feed")
    return replace(finding, language=_short(feed.get("language")), title=plain_title(feed.get("title")))


def _json_feed_finding(page: Page) -> Finding | None:
    found = feed_to_leads(page, zone=timezone.utc)
    if found.problem:
        return None
    feed = page_to_json(page, "a feed")
    language, title = (value if isinstance(value := feed.get(key), str) else None for key in ("language", "title"))
    finding = _finding("feed", page, found, note="JSON Feed")
    return replace(finding, language=_short(language), title=plain_title(title))


def _listing_finding(soup: BeautifulSoup, page: Page) -> Finding | None:
    selector = article_selector(soup, page.final_url)
    if selector is None:
        return None
    found = listing_to_leads(page, links=selector, zone=timezone.utc)
    finding = _finding("listing", page, found, note="listing; the selector was derived from the page")
    title = soup.find("title")
    return replace(finding, links=selector, title=plain_title(title.get_text()) if isinstance(title, Tag) else None)


def _finding(kind: EntryKind, page: Page, found: Discovery, *, note: str) -> Finding:
    dated = sorted((lead.published_at for lead in found.leads if lead.published_at), reverse=True)
    examples = [lead.title or lead.url for lead in found.leads[:3]]
    if not found.leads:
        note += "; it is valid, but empty now"
    newest = dated[0] if dated else None
    return Finding(kind, page.final_url, None, len(found.leads), newest, tuple(examples), note, times=tuple(dated))


def _language(soup: BeautifulSoup) -> str | None:
    html = soup.find("html", lang=True)
    return _short(str(html["lang"])) if isinstance(html, Tag) else None


def _short(tag: str | None) -> str | None:
    """Language tag (RFC 5646) → its ISO 639-1 code, or None."""
    code = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None
