"""Tree, head and body → the countable signs by which kinds of pages differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from wirewatch.parse.headline import fold
from wirewatch.parse.jsonld import types
from wirewatch.parse.metadata import Head
from wirewatch.parse.page_tree import Tree, squeeze

_LISTS = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "Blog", "ProfilePage"))
_FORUMS = frozenset(("DiscussionForumPosting", "QAPage", "Question", "Comment"))
_GOODS = frozenset(
    ("Product", "ProductGroup", "Offer", "AggregateOffer", "SoftwareApplication", "Service", "LocalBusiness", "Hotel")
)
_LONG = 120  # characters of a paragraph that tells something
_PAGER = re.compile(r"\bpagin|pager\b|page-numbers|load-?more|infinite", re.I)
_THREAD = re.compile(r"\bthread|\bforum|post-?(?:body|message|content-author)|topic-|reply|answer", re.I)
_SHOP = re.compile(r"add.to.(?:cart|basket|bag)|cart-|buy-?now|\bprice\b|product-", re.I)


@dataclass(frozen=True)
class Signs:
    """Counts of one page; shares are 0..1 of characters."""

    article_markup: bool  # JSON-LD says so
    social_type: str  # og:type, lower case
    list_markup: bool
    forum_markup: bool
    goods_markup: bool
    dated: bool  # a time of publication is stated by the page's markup
    signed: bool  # an author is stated
    long_paragraphs: int  # <p> with 120 characters or more of text outside links
    link_share: float  # characters inside <a> in all text
    body_share: float  # of the body in all text outside links
    largest_group: int  # siblings of one class that each hold a link
    path_depth: int
    slug_words: int  # words of the last part of the address
    pager: bool
    thread: int  # elements whose class speaks of a forum
    shop: int  # elements whose class speaks of a shop
    times: int  # <time> elements
    told: int  # paragraphs of the body with 120 characters or more
    body_links: float  # share of the body in lines that are the text of a link


def read_signs(tree: Tree, head: Head, *, body: str, dated: bool, signed: bool) -> Signs:
    """One pass over the tree."""
    kinds = {name for node in head.nodes for name in types(node)}
    linked, free, paragraphs = _lengths(tree.root)
    classes = [f"{element.get('class') or ''} {element.get('id') or ''}" for element in tree.root.iter("*")]
    lines = body.splitlines()
    links = {fold(link.text_content()) for link in tree.root.iter("a")}
    path = [part for part in urlsplit(head.url).path.split("/") if part]
    return Signs(
        article_markup=bool(head.articles),
        social_type=(head.meta("og:type") or "").lower(),
        list_markup=bool(kinds & _LISTS),
        forum_markup=bool(kinds & _FORUMS),
        goods_markup=bool(kinds & _GOODS),
        dated=dated,
        signed=signed,
        long_paragraphs=paragraphs,
        link_share=linked / max(1, linked + free),
        body_share=min(1.0, len(body) / max(1, free)),
        largest_group=_largest_group(tree.root),
        path_depth=len(path),
        slug_words=len(re.findall(r"[^\W\d_]{2,}", path[-1])) if path else 0,
        pager=any(_PAGER.search(name) for name in classes),
        thread=sum(1 for name in classes if _THREAD.search(name)),
        shop=sum(1 for name in classes if _SHOP.search(name)),
        times=sum(1 for _ in tree.root.iter("time")),
        told=sum(len(line) >= _LONG for line in lines),
        body_links=sum(len(line) for line in lines if fold(line) in links) / max(1, len(body)),
    )


def _lengths(root: html.HtmlElement) -> tuple[int, int, int]:
    """Characters of text inside links, outside links, and the number of long paragraphs."""
    linked = free = 0
    paragraphs: dict[html.HtmlElement, int] = {}
    for text in root.xpath(
        "//body//text()[normalize-space()][not(parent::script or parent::style or parent::noscript)]"
    ):
        size = len(squeeze(text))
        holder = text.getparent() if not text.is_tail else text.getparent().getparent()
        inside_link = False
        paragraph = None
        for step, element in enumerate(_upwards(holder)):
            if element.tag == "a":
                inside_link = True
            if element.tag == "p" and paragraph is None:
                paragraph = element
            if step >= 6:
                break
        linked += size if inside_link else 0
        free += 0 if inside_link else size
        if paragraph is not None and not inside_link:
            paragraphs[paragraph] = paragraphs.get(paragraph, 0) + size
    return linked, free, sum(size >= _LONG for size in paragraphs.values())


def _upwards(element: html.HtmlElement | None) -> list[html.HtmlElement]:
    chain: list[html.HtmlElement] = []
    while element is not None and len(chain) < 8:
        chain.append(element)
        element = element.getparent()
    return chain


def _largest_group(root: html.HtmlElement) -> int:
    """The most siblings of one tag and class that each hold a link and some words, menus left out."""
    groups: dict[tuple[html.HtmlElement, str, str], int] = {}
    for element in root.iter("div", "li", "article", "section", "tr", "a"):
        name = (element.get("class") or "").strip()
        parent = element.getparent()
        if (
            not name
            or parent is None
            or element.xpath("boolean(ancestor::nav or ancestor::header or ancestor::footer)")
        ):
            continue
        if element.tag != "a" and element.find(".//a[@href]") is None:
            continue
        if len(squeeze(element.text_content())) >= 40:
            key = (parent, str(element.tag), name.split()[0])
            groups[key] = groups.get(key, 0) + 1
    return max(groups.values(), default=0)
