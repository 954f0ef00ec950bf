"""Tree → what the page's head says of itself: OpenGraph, ``<meta>``, canonical address, JSON-LD nodes.

Gathers only; which statement is believed is decided in ``headline``, ``bylines`` and ``published``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from wirewatch.parse.jsonld import Node, article_nodes, first_text, listed, read_nodes
from wirewatch.parse.page_tree import Tree, squeeze

_LONGEST = 10_000_000  # characters of one value; a page is not larger


@dataclass(frozen=True)
class Head:
    """What the head of a page states."""

    url: str  # base of relative addresses
    metas: dict[str, list[str]]  # lower-case name, property or itemprop → contents in order, empty ones left out
    nodes: list[Node]  # JSON-LD
    articles: list[Node] = field(default_factory=list)  # those of the nodes that describe an article
    canonical: str | None = None  # absolute
    language: str | None = None  # of <html lang>, as written
    document_title: str = ""  # <title>, one line

    def meta(self, *names: str) -> str | None:
        """First content under the first of these names that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_head(tree: Tree, *, url: str) -> Head:
    """Everything a page says of itself in markup meant for machines."""
    metas: dict[str, list[str]] = {}
    for element in tree.root.iter("meta"):
        content = squeeze((element.get("content") or "")[:_LONGEST])
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                metas.setdefault(name, []).append(content)
    nodes = read_nodes(tree)
    titles = tree.root.xpath("//title[not(ancestor::svg)]")
    return Head(
        url=url,
        metas=metas,
        nodes=nodes,
        articles=article_nodes(nodes),
        canonical=_canonical(tree, url),
        language=tree.root.get("lang") or tree.root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        document_title=squeeze(titles[0].text_content()) if titles else "",
    )


def site_names(head: Head) -> tuple[str, ...]:
    """What the site calls itself, for telling it from titles and authors."""
    names = [head.meta("og:site_name"), head.meta("application-name"), head.meta("apple-mobile-web-app-title")]
    names += [first_text(node.get("publisher")) for node in head.articles]
    names += [first_text(node.get("name")) for node in head.nodes if node.get("@type") in ("WebSite", "Organization")]
    names += [first_text(node.get("name")) for node in head.nodes if node.get("@type") == "NewsMediaOrganization"]
    host = (urlsplit(head.url).hostname or "").removeprefix("www.")
    names += [host, host.partition(".")[0]]
    return tuple(dict.fromkeys(squeeze(name) for name in names if name))


def section(head: Head) -> str | None:
    """The rubric the article stands in, as the page names it."""
    stated = [first_text(node.get("articleSection")) for node in head.articles]
    found = next((text for text in stated if text), None) or head.meta("article:section", "section")
    return squeeze(found)[:200] or None if found else None


def image(head: Head) -> str | None:
    """Absolute http(s) address of the lead image."""
    found = head.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    if found is None:
        pictures = [picture for node in head.articles for picture in listed(node.get("image"))]
        found = next((picture.get("url") if isinstance(picture, dict) else picture for picture in pictures), None)
    return absolute(found, head.url) if isinstance(found, str) else None


def absolute(address: str, base: str) -> str | None:
    """Absolute http(s) address, or None for what is none."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc and len(joined) <= 2000 else None


def _canonical(tree: Tree, url: str) -> str | None:
    for link in tree.root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return absolute(link.get("href") or "", url)
    return None
