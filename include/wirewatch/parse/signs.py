"""Tree, head and body → the countable signs by which kinds of pages differ.

Counts what ``survey`` (the page), ``address`` (its URL), ``metadata`` (its head) and ``labels`` (its classes, buttons
and words) show; what a sign is worth stands in ``kind_weights``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirewatch.parse.address import Address, read_address
from wirewatch.parse.jsonld import types
from wirewatch.parse.labels import Labels, read_labels
from wirewatch.parse.metadata import Head
from wirewatch.parse.outline import NONE
from wirewatch.parse.page_tree import Tree
from wirewatch.parse.survey import Survey, survey

_ARTICLE_TYPES = frozenset({"article", "news", "newsarticle", "blog.post", "post"})
_FORUMS = frozenset(("DiscussionForumPosting", "QAPage", "Question", "Comment"))
_GOODS = frozenset(
    ("Product", "ProductGroup", "Offer", "AggregateOffer", "SoftwareApplication", "Service", "LocalBusiness", "Hotel")
)
_LISTS = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "Blog", "ProfilePage"))
_DATE_META = re.compile(
    r"publish(?!er)|pubdate|date.?(?:issued|created)|dc\.date|dcterms\.|article[.:_-]?date|^date$|sailthru\.date"
)
_AUTHOR_META = re.compile(r"(?:^|[:._-])author$|creator$|^byl$")


@dataclass(frozen=True)
class Signs:
    """Signs of one page: yes or no, counts, and shares of 0..1 of its characters."""

    # What the head says.
    article_markup: bool  # JSON-LD describes an article
    social_article: bool  # og:type says article
    social_product: bool
    list_markup: bool  # JSON-LD describes a collection
    forum_markup: bool
    goods_markup: bool
    dated: bool  # the head states when the page was published
    signed: bool  # … and by whom
    # What the address says.
    home: bool
    depth: int
    slug_words: int
    dated_address: bool
    texts_folder: bool
    shelf_folder: bool
    section_end: bool
    goods_folder: bool
    services_folder: bool
    threads_folder: bool
    # What stands on the page.
    paragraphs: int  # <p> with 120 characters or more outside links
    told_share: float  # of those in all text outside nav, header and footer
    longest_run: int  # most of those under one parent
    run_share: float  # of that run in all text outside nav, header and footer
    link_share: float  # characters inside <a> in all text
    largest_group: int  # siblings of one tag and class that each hold a link and words
    group_share: float  # of such siblings in all text outside nav, header and footer
    one_article: bool  # exactly one <article>
    buttons: int
    # What its title, classes and words say.
    title_words: int
    title_tells: bool  # a question, a number of things, a colon
    card_share: float  # elements whose class speaks of cards, in all that have one
    single_body: bool  # the class of <body> is that of a single post
    archive_body: bool  # … of an archive
    pager: bool
    thread: int  # classes that speak of a forum
    shop: int  # classes that speak of a shop
    byline: bool  # some, but few, classes that speak of an author or a date
    comments: bool
    more: int  # links that bid to read or see more
    prices: int
    address_rate: float  # words that address the reader or name the firm, of 100


def read_signs(tree: Tree, head: Head, *, title: str) -> Signs:
    """The signs of a page that is not hostile, in one walk over its tree."""
    page = tree.outline
    counts = survey(page)
    body_class = "" if page.body == NONE else page.classes[page.body]
    labels = read_labels(counts, title=title, body_class=body_class or "")
    return _signs(head, read_address(head.url), counts, labels)


def _signs(head: Head, address: Address, counts: Survey, labels: Labels) -> Signs:
    kinds = {name for node in head.nodes for name in types(node)}
    social = (head.meta("og:type") or "").lower()
    main = max(1, counts.text - counts.framed)
    return Signs(
        article_markup=bool(head.articles),
        social_article=social in _ARTICLE_TYPES,
        social_product="product" in social,
        list_markup=bool(kinds & _LISTS),
        forum_markup=bool(kinds & _FORUMS),
        goods_markup=bool(kinds & _GOODS),
        dated=_is_dated(head),
        signed=_is_signed(head),
        home=address.depth == 0,
        depth=min(address.depth, 4),
        slug_words=min(address.slug_words, 6),
        dated_address=address.dated,
        texts_folder=address.texts,
        shelf_folder=address.shelf,
        section_end=address.section,
        goods_folder=address.goods,
        services_folder=address.services,
        threads_folder=address.threads,
        paragraphs=counts.paragraphs,
        told_share=min(1.0, counts.told / main),
        longest_run=counts.longest_run,
        run_share=min(1.0, counts.run_text / main),
        link_share=counts.linked / max(1, counts.text),
        largest_group=counts.largest_group,
        group_share=min(1.0, counts.group_text / main),
        one_article=counts.articles == 1,
        buttons=counts.buttons,
        title_words=labels.title_words,
        title_tells=labels.title_tells,
        card_share=labels.card_share,
        single_body=labels.single_body,
        archive_body=labels.archive_body,
        pager=labels.pager,
        thread=labels.thread,
        shop=labels.shop,
        byline=labels.byline,
        comments=labels.comments,
        more=labels.more,
        prices=labels.prices,
        address_rate=labels.address_rate,
    )


def _is_dated(head: Head) -> bool:
    return any("datePublished" in node for node in head.articles) or any(map(_DATE_META.search, head.metas))


def _is_signed(head: Head) -> bool:
    return any(node.get("author") for node in head.articles) or any(map(_AUTHOR_META.search, head.metas))
