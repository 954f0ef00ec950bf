"""Class names and ids → what publishers mean by them, word by word.

``articleBody``, ``article__body`` and ``article-body`` are the same two words. A word says how sure it is that an
element is no part of an article's text; a pair of words such as *article body* marks the text itself. Words of every
language that the measured pages use are English or its borrowings; the few others are listed with them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple


class Level(IntEnum):
    """How sure a name is that what it names is no text of the article."""

    TEXT = 0
    DOUBTFUL = 1  # labels and tools are, paragraphs are not: "info", "embed", "title"
    FRAME = 2  # unless it turns out to hold the article: "sidebar", "share", "caption"
    FOREIGN = 3  # readers' comments, other articles, advertisements


class Verdict(NamedTuple):
    """What a name says."""

    level: Level
    marked: bool  # it names the text of an article


NOTHING = Verdict(Level.TEXT, marked=False)  # what nearly all names say


def word_set(words: str) -> frozenset[str]:
    """Set of words that are written one after the other."""
    return frozenset(words.split())


_LONGEST = 500  # characters of a name that are looked at
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DIGIT = re.compile(r"\d")
# What build tools append: "Layout_root__dYT4f".
_HASH = re.compile(r"_{1,3}(?=[A-Za-z0-9]*(?:\d|[A-Za-z][A-Z]))[A-Za-z0-9]{4,5}$")

# A first word that tells of a state, a column or a rubric: "has-sidebar", "no-comments", "category-video".
_STATES = word_set(
    "under below above after has with no is not without category tag postid page u js col row font bg border"
)
_SWITCHES = word_set("enabled disabled true false")
_FOREIGN = word_set("comment comments commentlist respond newsletter newsletters cookie cookies consent gdpr")
_FOREIGN |= word_set("outbrain taboola ad ads adsense relativecontent relatedcontent relatedpost relatedposts")
_FOREIGN_STEMS = ("disqus", "trackback", "pingback", "related", "recommend", "advert")
_FRAME = word_set(
    "share shares sharer sharing sharebar sharethis sharedaddy social socials socialmedia socialicons socialbar "
    "sociallinks teaser teasers subscribe subscription subscriptions signup commentary popup modal overlay lightbox"
    " breadcrumb breadcrumbs caption captions copyright pager pagination adv popular trending readmore readalso "
    "readnext seealso seemore seenext ticker sronly visuallyhidden tag tags taglist author authors bio credit "
    "credits slideshow carousel slider gallery toolbar rail sidebar menu menus navbar nav navigation breaker widget"
    " widgets widgetarea factbox aisummary image images img photo photos picture pictures foto print noprint "
    "breaking clamp picbox mediablock mediatitle donate donation donations"
)
_FRAME |= frozenset(
    f"{which}{what}{plural}"
    for which, what, plural in product(
        ("most", "also", "next", "previous", "prev"),
        ("read", "popular", "viewed", "post", "article", "story"),
        ("", "s"),
    )
)
_FRAME |= frozenset(f"more{what}" for what in word_set("news stories from article articles post posts"))
_FRAME_STEMS = ("recirc", "sponsor", "byline", "promo", "footer", "screenreader", "subscri")
_DOUBTFUL = word_set(
    "keywords topics banner banners tools rating ratings vote votes poll player video timestamp dateline datetime "
    "login skip hidden meta metadata postmeta info infos action actions button buttons btn cta support follow reply"
    " disclaimer hinweis embed link links linkbox weiterlesen date time headline kicker title"
)
_TEXTS = frozenset(
    "".join(pair)
    for pair in product(
        word_set("article body entry post story main page news content single text blog"),
        word_set("body text copy content article contents main paragraph paragraphs story"),
    )
)
_TEXTS |= word_set("content wysiwyg richtext prose")
_MARKS = frozenset(
    "".join(pair)
    for pair in product(word_set("article entry post story news body"), word_set("body text copy content contents"))
)
_LEADS = word_set(
    "standfirst perex intro summary excerpt deck dek leadtext zajawka abstract subtitle subheadline subhead "
    "description teasertext anons strapline chapeau vorspann preamble ingress spot catenaccio occhiello entradilla "
    "bajada"
)
# "sidebar-grid", "menu-main": names of a page's layout, in which such a word stands for a column.
_LAYOUT_STEMS = ("sidebar", "rail", "widget", "footer", "menu", "nav", "slider", "print")
_STRUCTURES = ("grid", "layout", "tall", "main", "elementor", "title", "vc-")
_METERED = ("content", "article", "text", "body", "replace")  # "subscription-content" is the article behind a meter


def name_of(class_: str | None, id_: str | None) -> str:
    """One string for ``verdict``; ids with digits are numbers of articles and say nothing."""
    if id_ and not _DIGIT.search(id_):
        return f"{class_} {id_}"[:_LONGEST] if class_ else id_[:_LONGEST]
    return (class_ or "")[:_LONGEST]


@lru_cache(maxsize=16_384)
def verdict(name: str) -> Verdict:
    """What a class attribute says, or an id: its strongest word decides, unless it names a text."""
    level, texts, marks = Level.TEXT, False, False
    for token in name.split():
        each = _of_token(token)
        if each is not _PLAIN:
            level = max(level, each.level)
            texts, marks = texts or each.texts, marks or each.marks
    if level < Level.FRAME and texts:
        return Verdict(Level.TEXT, marked=True) if marks else NOTHING
    return Verdict(level, marked=False) if level else NOTHING


@lru_cache(maxsize=4_096)
def names_lead(name: str) -> bool:
    """Whether a class attribute names the paragraph under the headline (standfirst, perex, Vorspann …)."""
    words = [word for token in name.split() for word in _words(token)]
    return any(word in _LEADS or word.endswith("lead") or word.startswith("manchet") for word in words)


class _Token(NamedTuple):
    level: Level
    texts: bool
    marks: bool


_PLAIN = _Token(Level.TEXT, texts=False, marks=False)
_STEM_HEADS = frozenset(stem[:3] for stem in _FOREIGN_STEMS + _FRAME_STEMS)
_KNOWN = _FOREIGN | _FRAME | _DOUBTFUL | _TEXTS | _LEADS | _MARKS


@lru_cache(maxsize=65_536)
def _of_token(token: str) -> _Token:
    words = _words(token)
    if len(words) > 1 and (words[0] in _STATES or not _SWITCHES.isdisjoint(words)):
        return _PLAIN
    terms = words + [first + second for first, second in pairwise(words)]
    # Sites have a hundred classes of their own: most are told to say nothing by this alone.
    telling = [term for term in terms if term in _KNOWN or term[:3] in _STEM_HEADS or term[-4:] == "lead"]
    if not telling:
        return _PLAIN
    texts = any(term in _TEXTS or term in _LEADS or term.endswith("lead") for term in telling)
    return _Token(_level(telling, "-".join(words)), texts=texts, marks=not _MARKS.isdisjoint(telling))


def _level(terms: list[str], name: str) -> Level:
    if any(term in _FOREIGN or term.startswith(_FOREIGN_STEMS) for term in terms):
        return Level.FOREIGN
    if any(_is_frame(term, name) for term in terms):
        return Level.FRAME
    return Level.DOUBTFUL if any(term in _DOUBTFUL for term in terms) else Level.TEXT


def _is_frame(term: str, name: str) -> bool:
    if term not in _FRAME and not term.startswith(_FRAME_STEMS):
        return False
    if term.startswith("subscri"):
        return not any(word in name for word in _METERED)
    return not (term.startswith(_LAYOUT_STEMS) and any(word in name for word in _STRUCTURES))


def _words(token: str) -> list[str]:
    if "_" in token:
        token = _HASH.sub("", token).replace("_", "-")
    if not token.islower():
        token = _CAMEL.sub("-", token).lower()
    if ":" in token:
        token = token.replace(":", "-")
    return [word for word in token.split("-") if word] if "-" in token else [token] if token else []
