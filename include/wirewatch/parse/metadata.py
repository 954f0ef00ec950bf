"""Tree → what the page's head says of itself: OpenGraph, ``<meta>``, canonical address, JSON-LD nodes.

Gathers only; which statement is believed is decided in ``headline``, ``bylines`` and ``published``; section and lead
image, which need no more than this, are decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import html

from wirewatch.parse.jsonld import Node, article_nodes, by_id, first_text, flat, nodes_of, types
from wirewatch.parse.main_heading import Heading, find_heading
from wirewatch.parse.names import fold
from wirewatch.parse.outline import Outline
from wirewatch.parse.page_tree import Tree, squeeze

_TELLING = ("meta", "link", "base", "title", "script", "h1")
_LONGEST = 10_000_000  # characters of one value; a page is not larger
_LONGEST_ADDRESS = 2_000  # characters
_LONGEST_SECTION = 80  # characters; a longer one is a headline or a list of keywords
_MOST_PICTURES = 20
_SITES = frozenset(("WebSite", "Organization", "NewsMediaOrganization", "Corporation", "GovernmentOrganization"))
_HOME = frozenset(
    ("home", "homepage", "main", "startseite", "start", "accueil", "inicio", "главная", "головна", "галоўная", "начало")
) | {"stronagłówna", "pradžia", "sākums", "avaleht", "esileht", "etusivu", "forside", "hem", "домой", "úvod"}
_LOGO_TAIL = (
    r"(?:[_-](?:social|shar\w+|og|fb|big|small|square|white|black|default|new|[a-z]{2}|\d+(?:x\d+)?))*\.\w{3,4}$"
)
_PLACEHOLDER = re.compile(
    rf"(?:^|[_.-])logo(?:type)?{_LOGO_TAIL}|"  # and no photograph of a firm's logo: "alibaba-logo-getty-1024"
    r"(?:^|[_.-])(?:placeholder|no-?(?:image|photo|picture|img)|favicon|sprite|spacer|blank|stub|zaglushka|"
    r"(?:default|fallback)[_-](?:image|img|share|social|og|thumb\w*|picture|photo)|"
    r"(?:og|share|social|sharing|fb|facebook|twitter|vk)[_-](?:default|card|stub|img|image))(?=[_.\d-]|$)|\.svg$",
    re.I,
)


@dataclass(frozen=True)
class Head:
    """What the head of a page states."""

    url: str  # of the page
    metas: dict[str, list[str]]  # lower-case name, property or itemprop → contents in order, empty ones left out
    nodes: list[Node]  # JSON-LD
    articles: list[Node] = field(default_factory=list)  # those of the nodes that describe an article
    canonical: str | None = None  # absolute
    language: str | None = None  # of <html lang>, as written
    document_title: str = ""  # <title>, one line
    base: str | None = None  # of relative addresses, where <base> states another than the page's own
    heading: Heading = field(default_factory=Heading)  # the <h1> that is the article's headline
    crumbs: tuple[str, ...] = ()  # the trail in sight of readers, where JSON-LD has none

    @cached_property
    def names(self) -> frozenset[str]:
        """What the site calls itself, folded."""
        return frozenset(fold(name) for name in site_names(self)) - {""}

    def meta(self, *names: str) -> str | None:
        """First content under the first of these names that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_head(tree: Tree, *, url: str) -> Head:
    """Everything a page says of itself in markup meant for machines."""
    found = _found(tree)
    metas: dict[str, list[str]] = {}
    for element in found["meta"]:
        _gather(element, metas)
    base = next((address for each in found["base"] if (address := absolute(each.get("href") or "", url))), None)
    addresses = (_canonical(link, base or url, url) for link in found["link"])
    titles = (each for each in found["title"] if next(each.iterancestors("svg"), None) is None)
    title = next((squeeze(" ".join(each.itertext())) for each in titles), "")
    nodes = nodes_of(found["script"])
    articles = article_nodes(nodes)
    stated = [*metas.get("og:title", [])[:1], title, *(first_text(node.get("headline")) for node in articles[:3])]
    return Head(
        url=url,
        metas=metas,
        nodes=nodes,
        articles=articles,
        canonical=next((address for address in addresses if address), None),
        language=tree.root.get("lang") or tree.root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        document_title=title,
        base=base,
        heading=find_heading(found["h1"], url=url, stated=stated, sites=address_names(url)),
        crumbs=() if _has_section(metas, nodes) else tuple(_crumbs_in_sight(tree, url)),
    )


def _found(tree: Tree) -> dict[str, list[html.HtmlElement]]:
    """The elements that state something of the page, by tag: in one walk, as each costs as much as the reading."""
    found: dict[str, list[html.HtmlElement]] = {tag: [] for tag in _TELLING}
    for element in tree.root.iter(*_TELLING):
        found[element.tag].append(element)
    return found


def site_names(head: Head) -> tuple[str, ...]:
    """What the site calls itself, for telling it from titles and authors."""
    stated = [head.meta("og:site_name"), head.meta("application-name"), head.meta("apple-mobile-web-app-title")]
    stated += head.metas.get("publisher", [])[:1]
    stated += [first_text(node.get("publisher")) for node in head.articles]
    stated += [first_text(node.get("name")) for node in head.nodes if _SITES.intersection(types(node))]
    names = [squeeze(name) for name in stated if name and "://" not in name]
    short = [name.removeprefix("www.") for name in names if name.startswith("www.")]
    bracketed = [name.partition("(")[0].strip() for name in names if "(" in name]
    return tuple(dict.fromkeys(name for name in (*names, *short, *bracketed, *address_names(head.url)) if name))


def address_names(url: str) -> tuple[str, ...]:
    """Names of the site that its address tells: the host, its domain, and their words."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    longer = [".".join(labels[number:]) for number, label in enumerate(labels[:-1]) if label not in _SECOND_LEVEL]
    alone = [label for label in labels[:-1] if len(label) > 1 and label not in _SECOND_LEVEL]
    return tuple(dict.fromkeys((*longer, *alone)))


def section(head: Head) -> str | None:
    """The rubric the article stands in, as the page names it: JSON-LD, ``article:section``, the trail's last step."""
    titles = {fold(text) for text in (head.document_title, head.heading.text, head.meta("og:title")) if text}
    titles |= {fold(first_text(node.get("headline")) or "") for node in head.articles}
    for text in section_names(head):
        if len(text) <= _LONGEST_SECTION and "@" not in text and fold(text) not in titles:
            return text
    return None


def section_names(head: Head) -> list[str]:
    """Candidates for the section, best first."""
    stated = [first_text(node.get("articleSection")) for node in head.articles]
    stated += [head.meta("article:section", "og:article:section", "section", "articlesection")]
    stated += reversed(_trail(head))
    return [squeeze(text) for text in stated if text and squeeze(text)]


def image(head: Head) -> str | None:
    """Absolute http(s) address of the lead image; None where the page states none but its logo."""
    for address in _pictures(head):
        found = absolute(address, head.base or head.url)
        if found and not _PLACEHOLDER.search(urlsplit(found).path.rpartition("/")[2]):
            return found
    return None


def absolute(address: str, base: str) -> str | None:
    """Absolute http(s) address, or None for what is none."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    usable = address.strip() and parts.scheme in ("http", "https") and parts.netloc and len(joined) <= _LONGEST_ADDRESS
    return joined if usable else None


def _has_section(metas: dict[str, list[str]], nodes: list[Node]) -> bool:
    """Whether machines are told the section: only else the page is searched for its trail."""
    return "article:section" in metas or any(
        "articleSection" in node or "BreadcrumbList" in types(node) for node in nodes
    )


def _gather(element: html.HtmlElement, metas: dict[str, list[str]]) -> None:
    stated = element.get("content")
    if stated and (content := squeeze(stated[:_LONGEST])):
        for attribute in ("property", "name", "itemprop"):
            if name := (element.get(attribute) or "").strip().lower():
                metas.setdefault(name, []).append(content)


def _canonical(link: html.HtmlElement, base: str, url: str) -> str | None:
    """Address of a canonical link; one to the front page, from a page that is not it, is a template's mistake."""
    relation = link.get("rel")
    if not relation or "canonical" not in relation.lower():
        return None
    found = absolute(link.get("href") or "", base)
    if found and not urlsplit(found).path.strip("/") and not urlsplit(found).query and urlsplit(url).path.strip("/"):
        return None
    return found


def _pictures(head: Head) -> Iterator[str]:
    """Addresses of pictures that stand for the page, those for social networks first."""
    for name in ("og:image", "og:image:url", "og:image:secure_url"):
        yield from head.metas.get(name, ())[:_MOST_PICTURES]
    known = by_id(head.nodes)
    for node in head.articles:
        for picture in flat(node.get("image"), _MOST_PICTURES):
            if isinstance(picture, dict):
                picture = known.get(str(picture.get("@id")), picture) if "url" not in picture else picture
                picture = first_text(picture.get("contentUrl")) or first_text(picture.get("url"))
            if isinstance(picture, str):
                yield picture
    for name in ("twitter:image", "twitter:image:src", "image", "thumbnailurl"):
        yield from head.metas.get(name, ())[:_MOST_PICTURES]


def _trail(head: Head) -> list[str]:
    """Steps of the breadcrumbs between the front page and the article."""
    lists = [node for node in head.nodes if "BreadcrumbList" in types(node)]
    steps = [_step(item) for node in lists[:1] for item in flat(node.get("itemListElement"), 20)]
    names = (
        [name for name, address in steps if name and not _is_page(address, head.url)] if lists else list(head.crumbs)
    )
    skipped = _HOME | {fold(name) for name in address_names(head.url)}
    skipped |= {fold(name) for name in (head.meta("og:site_name"), head.document_title, head.meta("og:title")) if name}
    return [name for name in names if fold(name) not in skipped]


def _step(item: object) -> tuple[str, str]:
    """Name and address of one step."""
    if not isinstance(item, dict):
        return "", ""
    inner = item.get("item")
    if isinstance(inner, dict):
        return first_text(item.get("name")) or first_text(inner.get("name")) or "", str(
            inner.get("@id") or inner.get("url") or ""
        )
    return first_text(item.get("name")) or "", inner if isinstance(inner, str) else ""


def _is_page(address: str, url: str) -> bool:
    return bool(address) and urlsplit(address).path.rstrip("/") == urlsplit(url).path.rstrip("/") != ""


def _crumbs_in_sight(tree: Tree, url: str) -> list[str]:
    """Texts of the links of the first element whose class says breadcrumb."""
    if "readcrumb" not in tree.text:
        return []
    page = tree.outline
    typed = "BreadcrumbList" in tree.text  # as JSON-LD, where it is no element's, or as microdata
    trail = next((row for row in range(len(page.tags)) if _is_trail(page, row, typed=typed)), None)
    rows = [] if trail is None else [row for row in page.rows_of("a") if trail <= row < page.ends[trail]]
    links = [page.elements[row] for row in rows[:12]]
    inner = [link for link in links if _is_inside(link.get("href") or "", url)]
    return [text for link in inner if (text := squeeze("".join(link.itertext())))]


def _is_trail(page: Outline, row: int, *, typed: bool) -> bool:
    """Whether an element says that it is the trail, and holds a link."""
    says = "readcrumb" in (page.classes[row] or "")
    says = says or (typed and "BreadcrumbList" in (page.elements[row].get("itemtype") or ""))
    return says and "a" in page.tags[row + 1 : page.ends[row]]


def _is_inside(address: str, url: str) -> bool:
    """Whether a link leads to the same site: a trail may share its box with addresses of the author elsewhere."""
    found = absolute(address, url)
    return found is not None and urlsplit(found).netloc == urlsplit(url).netloc


_SECOND_LEVEL = frozenset(("com", "co", "org", "net", "gov", "gob", "gouv", "mil", "edu", "ac"))
"""Labels under which countries register domains: they name no site."""
