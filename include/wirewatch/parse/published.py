"""Head and tree → when the page says it was published and changed.

Order of precedence, the first that states a usable date wins:

1. the source's selector (see ``selected``);
2. JSON-LD ``datePublished`` of the article;
3. ``article:published_time`` and the other ``<meta>`` names in ``_METAS``;
4. microdata ``itemprop=datePublished``;
5. ``<time>`` marked ``pubdate``, or else the first ``<time>`` near the headline;
6. the text of an element near the headline whose class or id speaks of a date;
7. a date in plain text right above or below the headline;
8. a labelled date anywhere ("Datum 24.11.2026");
9. a full day in the page's own address (``/2026/11/24/``), which is the publisher's statement too;
10. JSON-LD ``dateCreated`` or ``uploadDate`` of any node that describes the page.

Nothing stated is None: the time of fetching is never a time of publication. Relative words ("wczoraj") are reckoned
from the day of fetching in the source's zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from lxml import html

from wirewatch.parse.dates import Habits, Moment, from_epoch, read_moment
from wirewatch.parse.jsonld import first_text
from wirewatch.parse.metadata import Head
from wirewatch.parse.page_tree import Tree, inner_text

_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "published_time", "publishdate", "publish_date", "publish-date", "published-date", "date_published", "pubdate",
    "publication_date", "publicationdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "article.published", "dcterms.created", "dcterms.issued", "dcterms.date",
    "dc.date.issued", "dc.date.created", "dc.date", "citation_publication_date", "citation_date",
    "article_date_original", "originalpublicationdate", "displaydate", "rnews:datepublished", "timestamp",
    "article:post_date", "shareaholic:article_published_time", "created", "date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod")
_CREATED = ("dateCreated", "uploadDate", "datePosted")
_DATE_WORD = re.compile(r"date|time|publi|posted|fecha|datum|data(?!-)|дата|meta|byline|info|stamp|created|godz", re.I)
_NOT_THIS = re.compile(
    r"modif|updat|comment|related|sidebar|footer|weather|copyright|event|expire|recent|popular|next|prev", re.I
)
_UPDATED = re.compile(
    r"^\W*(?:last\s+)?(?:updated|modified|обновлен|оновлен|абноўлен|aktualiz|aktualis|atnauj|atjaun|uuend)", re.I
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2]|[1-9])\2(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)")
_LABEL = re.compile(
    r"^(?:datum|date|data|дата|published|publication date|posted|veröffentlicht|опубликован[оа]?|опубліковано|"
    r"апублікавана|opublikowano|paskelbta|publicēts|avaldatud)(?:\s+on)?\s*[:：]?\s*(?=\d|\w+\s\d)",
    re.I,
)
_NEAR = 40  # text-bearing elements after the headline, 25 before it
_BEFORE = 25
_HOLDERS = frozenset({"div", "p", "ul", "li", "table", "section", "article"})  # of whole blocks, no single line
_LONGEST = 120  # characters of a text that can be a dateline

Accept = Callable[[Moment], bool]


def read_published(tree: Tree, head: Head, *, habits: Habits, accept: Accept) -> Moment | None:
    """The first stated moment that ``accept`` takes; else the first stated one, for the caller to refuse; else None."""
    refused = None
    for moment in _stated(tree, head, habits):
        if accept(moment):
            return moment
        refused = refused or moment
    return refused


def read_modified(head: Head, *, habits: Habits) -> Moment | None:
    """The page's own time of its last change."""
    texts = [first_text(node.get("dateModified")) for node in head.articles]
    texts += [head.meta(*_MODIFIED)]
    return next((moment for text in texts if (moment := _moment(text, habits))), None)


def _moment(text: str | None, habits: Habits) -> Moment | None:
    return from_epoch(text or "") or read_moment(text, habits)


def _stated(tree: Tree, head: Head, habits: Habits) -> Iterator[Moment]:
    """Stated moments by precedence; the readers of the body run only when the head says nothing."""
    for text in _machine_texts(tree, head):
        if moment := _moment(text, habits):
            yield moment
    for reader in (_time_elements, _marked_near_headline, _plain_near_headline, _labelled):
        for text in reader(tree):
            if moment := read_moment(text, habits):
                yield moment
    match = _IN_ADDRESS.search(urlsplit(head.url).path)
    if match and (moment := read_moment(f"{match[1]}-{match[3]}-{match[4]}")):
        yield moment
    for node in head.nodes:
        for name in _CREATED:
            if moment := _moment(first_text(node.get(name)), habits):
                yield moment


def _machine_texts(tree: Tree, head: Head) -> Iterator[str | None]:
    for node in head.articles:
        yield first_text(node.get("datePublished"))
    for node in head.nodes:
        yield first_text(node.get("datePublished"))
    for name in _METAS:
        yield from head.metas.get(name, ())
    for element in tree.root.xpath("//*[@itemprop='datePublished' or @property='datePublished']")[:3]:
        yield element.get("content") or element.get("datetime") or inner_text(element)


def _headline(tree: Tree) -> html.HtmlElement | None:
    """The heading of the article: the last <h1> in the page's main part, else the first heading."""
    for path in ("//article//h1", "//main//h1", "//h1[@itemprop='headline']", "//h1", "//h2"):
        found: list[html.HtmlElement] = tree.root.xpath(path)
        if found:
            return found[0]
    return None


def _around(tree: Tree) -> list[html.HtmlElement]:
    """Elements near the headline: those that follow it first, then those before it, nearest first."""
    headline = _headline(tree)
    if headline is None:
        return []
    after = headline.xpath(f"following::*[text()[normalize-space()] or self::time][position() <= {_NEAR}]")
    before = headline.xpath(f"preceding::*[text()[normalize-space()] or self::time][position() <= {_BEFORE}]")
    return [*after, *before[::-1]]


def _time_elements(tree: Tree) -> Iterator[str]:
    for element in tree.root.xpath("//time[@pubdate] | //time[contains(@itemprop, 'datePublished')]"):
        yield element.get("datetime") or inner_text(element)
    near = [element for element in _around(tree) if element.tag == "time"]
    articles = tree.root.xpath("//article//time | //main//time")
    for element in (*near, *articles[:3]):
        if not _named(element, _NOT_THIS):
            yield element.get("datetime") or inner_text(element)


def _marked_near_headline(tree: Tree) -> Iterator[str]:
    for element in _around(tree):
        if _named(element, _DATE_WORD) and not _named(element, _NOT_THIS):
            yield from _dateline(element)


def _plain_near_headline(tree: Tree) -> Iterator[str]:
    for element in _around(tree):
        if element.tag not in ("a", "option", "button", "script", "style") and not _named(element, _NOT_THIS):
            yield from _dateline(element)


def _labelled(tree: Tree) -> Iterator[str]:
    for element in tree.root.iter("li", "p", "div", "span", "dd", "td"):
        if len(element) <= 4 and not any(child.tag in _HOLDERS for child in element):
            text = inner_text(element)
            if len(text) <= _LONGEST and _LABEL.match(text):
                yield text


def _dateline(element: html.HtmlElement) -> Iterator[str]:
    text = inner_text(element)
    if 6 <= len(text) <= _LONGEST and not _UPDATED.match(text):
        yield text


def _named(element: html.HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether the class or id of the element or its parent speaks of it."""
    places = [element] if element.getparent() is None else [element, element.getparent()]
    return any(pattern.search(f"{place.get('class') or ''} {place.get('id') or ''}") for place in places)
