"""All ``<h1>`` of a page → the one that is the article's headline.

The first that the head confirms (the same words as og:title, JSON-LD or ``<title>`` begin with, or most of them), else
the only one, else the first. A logo (a link to the front page, the site's name) is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from wirewatch.parse.names import fold
from wirewatch.parse.page_tree import squeeze

_MOST_HEADINGS = 8
_LONGEST = 5_000  # characters
_FRONT = frozenset(("", "index.php", "index.html"))


@dataclass(frozen=True)
class Heading:
    """The page's headline; ``sure`` when the head confirms it or there is no other."""

    element: html.HtmlElement | None = None
    text: str = ""
    sure: bool = False


def find_heading(
    headings: Sequence[html.HtmlElement], *, url: str, stated: Iterable[str | None], sites: Iterable[str]
) -> Heading:
    """``headings``: all <h1>; ``stated``: titles in the head; ``sites``: names of the site, which are no headlines."""
    if not headings:
        return Heading()
    names, keys = {fold(name) for name in sites}, [fold(text) for text in stated if text]
    found = [
        (element, text, key)
        for element in headings[:_MOST_HEADINGS]
        if (text := _text(element)) and (key := fold(text)) not in names and not _is_logo(element, url)
    ]
    for element, text, key in found:
        if any(_confirms(key, other) for other in keys):
            return Heading(element, text, sure=True)
    if not found:
        return Heading()
    element, text, key = found[0]
    return Heading(element, text, sure=len(found) == 1 and not any(other.endswith(key) for other in keys))


def _confirms(heading: str, stated: str) -> bool:
    """Whether a folded heading is what the head states, but for a site's name or a kicker."""
    shorter, longer = sorted((heading, stated), key=len)
    return len(shorter) > 3 and (longer.startswith(shorter) or (shorter in longer and 2 * len(shorter) > len(longer)))


def _text(element: html.HtmlElement) -> str:
    """Text of a heading; drawings inside it have titles of their own."""
    if not len(element):
        return squeeze(element.text)[:_LONGEST]
    silent = {text for part in element.iter("svg", "script", "style", "noscript") for text in part.itertext()}
    texts = element.itertext()
    return squeeze(" ".join(text for text in texts if text not in silent) if silent else " ".join(texts))[:_LONGEST]


def _is_logo(element: html.HtmlElement, url: str) -> bool:
    """Whether a heading links to the front page."""
    link = next(element.iter("a"), None) if len(element) else None
    address = (link.get("href") or "").strip() if link is not None else ""
    if not address or "#" in address:
        return False
    try:
        there, here = urlsplit(urljoin(url, address)), urlsplit(url)
    except ValueError:  # no address
        return False
    return there.netloc == here.netloc and there.path.strip("/") in _FRONT and here.path.strip("/") not in _FRONT
