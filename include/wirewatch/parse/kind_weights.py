"""What each sign is worth: log-odds for "article" and for "listing", written by ``benchmarks/fit_kinds.py --write``.

A count is damped, ln(1 + count), up to its ceiling; without a ceiling the value counts as it is (yes is 1).
Weights belong together: a small or odd one is what is left of a sign when its neighbours have spoken.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """One row of the table."""

    sign: str  # field of Signs
    ceiling: float | None
    article: float
    listing: float


ARTICLE_BASE = -1.68
LISTING_BASE = 0.29
WEIGHTS = (
    # What the head says.
    Weight("article_markup", None, 0.47, -0.43),  # JSON-LD describes an article
    Weight("social_article", None, 0.61, -0.26),  # og:type article
    Weight("social_product", None, -0.66, -0.31),
    Weight("list_markup", None, -0.26, 0.88),  # an ItemList stands on articles too
    Weight("forum_markup", None, -0.82, 0.12),
    Weight("goods_markup", None, -0.78, -1.23),  # Product, Offer, Service, LocalBusiness
    Weight("dated", None, 0.42, -0.37),  # the head states when it was published
    Weight("signed", None, 0.44, -0.08),  # … and by whom
    # What the address says.
    Weight("home", None, -0.99, 0.06),  # no path: a front page
    Weight("depth", None, 0.19, -0.24),
    Weight("slug_words", None, 0.12, -0.09),  # a headline in the address
    Weight("dated_address", None, 0.43, -0.34),
    Weight("texts_folder", None, 0.73, -0.48),  # /news/…, /blog/…
    Weight("shelf_folder", None, -0.91, 1.53),  # /category/…, /tag/…
    Weight("section_end", None, -0.94, 1.56),  # …/news
    Weight("goods_folder", None, -0.84, -0.19),
    Weight("services_folder", None, -1.59, -0.94),
    Weight("threads_folder", None, -1.45, -1.86),
    # What stands on the page.
    Weight("paragraphs", 3.5, 0.11, -0.25),  # that tell something
    Weight("told_share", None, 0.44, -0.03),
    Weight("longest_run", 3.0, 0.26, -0.38),  # of paragraphs under one parent
    Weight("run_share", None, 0.88, -0.68),
    Weight("link_share", None, -0.10, 1.09),
    Weight("largest_group", 4.0, -0.14, 0.44),  # of teasers alike
    Weight("group_share", None, -0.44, 0.12),
    Weight("one_article", None, 0.35, -0.17),  # a single <article>
    Weight("buttons", 4.0, -0.14, 0.05),
    # What its title, classes and words say.
    Weight("title_words", None, 0.06, -0.09),  # headlines are longer than names of sections
    Weight("title_tells", None, 0.60, -0.54),  # a question, a number of things, a colon
    Weight("card_share", None, -1.55, 2.18),
    Weight("single_body", None, 0.45, -0.30),  # WordPress names the kind in the class of <body>
    Weight("archive_body", None, -0.92, 1.52),
    Weight("pager", None, -0.46, 0.17),  # pages, filters, "load more"
    Weight("thread", 4.0, -0.02, -0.38),
    Weight("shop", 5.0, -0.12, 0.08),
    Weight("byline", None, 0.37, -0.24),  # some, not many: many are those of teasers
    Weight("comments", None, 0.35, -0.30),
    Weight("more", 3.5, -0.22, 0.20),  # "read more"
    Weight("prices", 4.0, -0.17, 0.16),
    Weight("address_rate", None, -0.12, 0.02),  # words that address the reader or name the firm
)
