"""Head and tree → when the page says it was published and changed.

Statements are gathered in this order, and the first usable one is the candidate:

1. the source's selector (see ``selected``);
2. JSON-LD ``datePublished`` of the article, then of any node that describes the page;
3. ``article:published_time`` and the other ``<meta>`` names in ``_METAS``;
4. microdata or RDFa ``datePublished``, ``<time pubdate>``;
5. a ``<time>`` near the headline, then a marked line there (see ``datelines``);
6. a labelled date anywhere ("Datum 24.11.2026");
7. a line near the headline that nothing marks;
8. an attribute from which a script writes the date (``data-timestamp``), then a publication date in a plain variable of
   a script, when all such variables of the page name one day;
9. a date at the end of the document's title; a full day in the page's own address (``/2026/11/24/``);
10. JSON-LD ``dateCreated`` or ``uploadDate`` of any node that describes the page.

Where statements of 2–4 contradict what readers see, ``agreement`` decides by its written rules. A default of a template
(midnight of 1 January 1970, the year 1) states nothing. Nothing stated is None: the time of fetching is never a time of
publication. Relative words ("wczoraj") are reckoned from the moment of fetching in the source's zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from wirewatch.parse.agreement import is_default, reconciled
from wirewatch.parse.datelines import Dateline, Sign, read_datelines, read_labelled
from wirewatch.parse.jsonld import Node, first_text
from wirewatch.parse.metadata import Head
from wirewatch.parse.page_tree import Tree, inner_text, squeeze
from wirewatch.written_dates.dates import Habits, Moment, from_epoch, read_moment
from wirewatch.written_dates.months import month_number

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
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2]|[1-9])\2(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)")
_WORD_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)(?=/)")
_TITLE_END = re.compile(r"[|–—•·-]\s*(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\s[^\W\d_]{3,12}\s\d{4})\s*$")
_VARIABLE = re.compile(
    r"\b(?:first_?)?publi(?:cation|shed|sh)_?(?:date|at|time|on)(?:_?time)?[\"']?\s{0,3}[:=]\s{0,3}[\"']([^\"'\n]{8,40})[\"']",
    re.I,
)
_ATTRIBUTES = etree.XPath(
    "(//*[@itemprop='datePublished' or @property='datePublished'] | //time[@pubdate])[position() <= 12]"
)
_STAMPS = ("data-time", "data-timestamp", "data-utime", "data-datetime", "data-publish-date", "data-published")
_STAMPED = etree.XPath(f"(//*[{' or '.join(f'@{name}' for name in _STAMPS)}])[position() <= 3]")
_MOST = 12  # statements of one kind that are read

Accept = Callable[[Moment], bool]


@dataclass(frozen=True)
class Dates:
    """What a page states of itself."""

    published: Moment | None
    modified: Moment | None  # its last change, from its markup or else from a line near the headline that says so


def read_dates(tree: Tree, head: Head, *, habits: Habits, accept: Accept) -> Dates:
    """Both dates of the page.

    ``published`` is the first stated moment that ``accept`` takes; else the first stated one, for the caller to refuse.
    """
    lines = read_datelines(tree.outline, titles=_titles(head), habits=habits)
    modified = _modified(head, lines, habits)
    shown = [line for line in lines if not line.updated]
    return Dates(published=_published(tree, head, shown, modified, habits=habits, accept=accept), modified=modified)


def _titles(head: Head) -> list[str]:
    graph = [first_text(node.get("headline")) for node in head.articles[:3]]
    return [title for title in (head.document_title, head.meta("og:title"), *graph) if title]


def _published(
    tree: Tree, head: Head, shown: list[Dateline], modified: Moment | None, *, habits: Habits, accept: Accept
) -> Moment | None:
    machine = _moments(_head_texts(head), habits) or _moments(_attribute_texts(tree), habits)
    usable = [moment for moment in machine if accept(moment)]
    if usable:
        believable = [line for line in shown if accept(line.moment)]
        return reconciled(usable, shown=believable, modified=modified, address=_in_address(head.url), zone=habits.zone)
    refused = machine[0] if machine else None
    for moment in _shown_moments(tree, head, shown, habits):
        if accept(moment):
            return moment
        refused = refused or moment
    return refused


def _modified(head: Head, lines: list[Dateline], habits: Habits) -> Moment | None:
    texts = [first_text(node.get("dateModified")) for node in _own_first(head)]
    texts += [text for name in _MODIFIED for text in head.metas.get(name, ())]
    stated = _moments(texts, habits) + [line.moment for line in lines if line.updated]
    return stated[0] if stated else None


def _moments(texts: Iterator[str | None] | list[str | None], habits: Habits) -> list[Moment]:
    """What the texts state, each moment once, defaults of templates left out."""
    found = [moment for text in dict.fromkeys(texts) if (moment := _moment(text, habits))]
    return [moment for moment in dict.fromkeys(found) if not is_default(moment)]


def _moment(text: str | None, habits: Habits) -> Moment | None:
    return from_epoch(text or "") or read_moment(text, habits)


def _shown_moments(tree: Tree, head: Head, shown: list[Dateline], habits: Habits) -> Iterator[Moment]:
    """Moments from outside the machine-readable head, by precedence; the costly readers run only when it is reached."""
    yield from (line.moment for line in shown if line.machine and not is_default(line.moment))
    yield from (line.moment for line in shown if line.sign is not Sign.PLAIN)
    yield from (line.moment for line in islice(read_labelled(tree.outline, habits=habits), _MOST) if not line.updated)
    yield from (line.moment for line in shown if line.sign is Sign.PLAIN)
    if any(name in tree.text for name in _STAMPS):
        yield from _moments([text for element in _STAMPED(tree.root) for text in map(element.get, _STAMPS)], Habits())
    variables = [moment for text in islice(_variables(tree), 50) if (moment := _moment(text, habits))]
    if len({moment.at.date() for moment in variables}) == 1:
        yield variables[0]
    title = _TITLE_END.search(head.document_title)
    if title and (moment := read_moment(title[1])):
        yield moment
    if moment := _in_address(head.url):
        yield moment
    yield from _moments([first_text(node.get(name)) for node in head.nodes for name in _CREATED], habits)


def _head_texts(head: Head) -> Iterator[str | None]:
    for node in (*_own_first(head), *head.nodes):
        yield first_text(node.get("datePublished"))
    for name in _METAS:
        yield from head.metas.get(name, ())[:_MOST]


def _attribute_texts(tree: Tree) -> Iterator[str | None]:
    """Microdata, RDFa and HTML's own old attribute; a walk over the whole page."""
    marked = "datePublished" in tree.text or any(
        tree.outline.elements[row].get("pubdate") is not None for row in tree.outline.rows_of("time")
    )
    for element in _ATTRIBUTES(tree.root) if marked else ():
        yield element.get("content") or element.get("datetime") or inner_text(element)


def _own_first(head: Head) -> list[Node]:
    """Articles of the JSON-LD, the one with the page's own headline first: some pages list their neighbours too."""
    title = head.document_title.casefold()
    return (
        sorted(head.articles, key=lambda node: not _is_titled(node, title)) if len(head.articles) > 1 else head.articles
    )


def _is_titled(node: Node, title: str) -> bool:
    headline = squeeze(first_text(node.get("headline"))).casefold()
    return len(headline) > 10 and (headline in title or title in headline)


def _variables(tree: Tree) -> Iterator[str]:
    for script in tree.root.iter("script"):
        text = script.text or ""
        if "ubli" in text:
            yield from (match[1] for match in _VARIABLE.finditer(text))


def _in_address(url: str) -> Moment | None:
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    if match := _IN_ADDRESS.search(path):
        return read_moment(f"{match[1]}-{match[3]}-{match[4]}")
    if (match := _WORD_IN_ADDRESS.search(path)) and (month := month_number(match[2])):
        return read_moment(f"{match[1]}-{month}-{match[3]}")
    return None
