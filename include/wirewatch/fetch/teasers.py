"""A listing nobody described to the CSS selector of its article links: what repeats, reads like a headline, is dated.

Used by ``probe.py`` when a site offers neither feed nor sitemap. The rules are general: no publisher is known here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

import soupsieve
from bs4 import BeautifulSoup, NavigableString, Tag

from wirewatch.fetch.leads import absolute, same_site
from wirewatch.fetch.listings import base_address, near, plain_text

LINKS = 1500
"""Links of a page that are looked at."""

FEWEST = 3
"""Articles a selector must find: fewer is no list."""

_HEADLINE = 25
"""Characters from which a link's text reads like a headline; menus are shorter."""

_ARTICLE_PATH = re.compile(r"\d{4,}|[^/.]{25,}|\.s?html?$|/\d{2}/\d{2}/")
_DATE = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b20\d\d\b")
_HEADINGS = ("h1", "h2", "h3", "h4")
_FRAME_ROLES = ("navigation", "banner", "contentinfo")
_DEEP = 40  # ancestors that are climbed: hostile pages nest a hundred thousand deep
_TEASER_TAGS = ("article", "li", "main", "section", "tr", "td", "dd", *_HEADINGS)


@dataclass(frozen=True)
class _Link:
    url: str
    worth: float  # how much it is like an article: below 0 it is not


def article_selector(soup: BeautifulSoup, url: str) -> str | None:
    """Listing → selector of its article links, or None when no group of at least three is worth it.

    Every selector that a link's class and its nearest ancestors suggest is judged by all the links it matches: each
    article adds, each menu link takes away. Among equals the one said with a class of the teaser wins.
    """
    links: dict[str, dict[str, float]] = defaultdict(dict)
    for anchor, link in _links(soup, url):
        for selector in _selectors(anchor):
            known = links[selector].get(link.url, link.worth)
            links[selector][link.url] = max(known, link.worth)
    scores = {selector: sum(found.values()) for selector, found in links.items() if _is_list(found)}
    if not scores:
        return None
    return max(scores, key=lambda selector: (round(scores[selector], 3), -_brittleness(selector), selector))


def _is_list(found: dict[str, float]) -> bool:
    return sum(worth > 0 for worth in found.values()) >= FEWEST and sum(found.values()) > FEWEST / 2


def _links(soup: BeautifulSoup, url: str) -> Iterator[tuple[Tag, _Link]]:
    dated = _dated(soup)
    base = base_address(soup, url)
    anchors = [anchor for anchor in soup.find_all("a", href=True, limit=LINKS) if isinstance(anchor, Tag)]
    texts: dict[str, int] = defaultdict(int)
    for anchor in anchors:
        target = absolute(base, str(anchor["href"]))
        if target:
            texts[target] = max(texts[target], len(plain_text(anchor)))
    for anchor in anchors:
        target = absolute(base, str(anchor["href"]))
        if target:
            is_dated = any(id(element) in dated for element in near(anchor))
            yield anchor, _Link(target, _worth(anchor, target, home=url, length=texts[target], dated=is_dated))


def _worth(anchor: Tag, target: str, *, home: str, length: int, dated: bool) -> float:
    here, there = urlsplit(home), urlsplit(target)
    is_own = there.path.rstrip("/") == here.path.rstrip("/") and length < _HEADLINE
    if not same_site(home, target) or is_own:
        return -0.5  # another site, or a further page of this very listing
    if _in_frame(anchor):
        return -1.0
    worth = 0.5 * (length >= _HEADLINE) + 0.25 * (length >= 15)
    worth += 0.5 * bool(_ARTICLE_PATH.search(there.path + there.query)) + 0.5 * dated
    # Half a point is what a tag or an author beside an article has too: a short text, near a date.
    return worth if worth > 0.75 else -0.5


def _in_frame(anchor: Tag) -> bool:
    """Whether the link stands in the page's frame; a <header> inside an article is no frame."""
    for parent in islice(anchor.parents, _DEEP):
        if parent.name in ("nav", "form", "aside") or parent.get("role") in _FRAME_ROLES:
            return True
        if parent.name in ("header", "footer"):
            return not any(outer.name in ("article", "li", "main") for outer in islice(parent.parents, 3))
    return False


def _dated(soup: BeautifulSoup) -> set[int]:
    """Identities of elements that hold a date or a time close by."""
    found: set[int] = set()
    stamps: list[Tag] = [stamp for stamp in soup.find_all("time") if isinstance(stamp, Tag)]
    for text in soup.find_all(string=_DATE):
        if isinstance(text, NavigableString) and len(text) < 80 and text.parent is not None:
            stamps.append(text.parent)
    for stamp in stamps:
        found.update(id(element) for element in near(stamp))
    return found


def _selectors(anchor: Tag) -> Iterator[str]:
    """Selectors that match the link: by its own class, and by its nearest ancestors' classes and telling tags."""
    heading = next((element.name for element in near(anchor) if element.name in _HEADINGS), "")
    inner = ("a", f"{heading} a") if heading else ("a",)
    for name in _classes(anchor):
        yield f"a.{name}"
    for element in near(anchor)[1:]:
        marks = [f"{element.name}.{name}" for name in _classes(element)]
        if element.name in _TEASER_TAGS:
            marks.append(element.name)
        for mark in marks:
            for end in inner:
                if mark != heading or end == "a":
                    yield f"{mark} {end}"


def _classes(element: Tag) -> list[str]:
    names = element.get("class") or []
    return [soupsieve.escape(name) for name in names if isinstance(name, str) and len(name) <= 60]


def _brittleness(selector: str) -> float:
    """Less is better: a class says more than a bare tag, a class with digits is often made anew by each build."""
    return (2 if "." not in selector else 0) + len(re.findall(r"\d", selector)) + len(selector) / 1000
