"""Tree → names in the byline that a reader sees.

A byline is an element whose markup says author (``itemprop``, ``rel``, a class, a link to an author's page) or a line
that opens with a label ("By …", "Автор: …"). Which of them belongs to the article: the first group of neighbouring ones
after the headline; on a page without any there, the last group before it. Nothing is taken from inside captions,
asides, menus, comments, lists of other stories, nor a line that is no plain names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import html

from wirewatch.parse.names import Weight, credits_another, fold, is_agency, split_names, weigh
from wirewatch.parse.outline import NONE, Outline
from wirewatch.parse.page_lines import LONGEST_LINE, MOST_INDENTED, lead_of, line_of, links_in, parts_of
from wirewatch.parse.page_tree import Tree

_NEAR = 90  # elements after a headline in which its byline stands
_TOLD = 60  # characters of a paragraph of the text
_STANDFIRST = 3  # paragraphs of text that may stand above a byline
_MOST_ALIKE = 4  # elements of other bylines: more are a list of stories
_GAP = 10  # elements between two names of one byline
_FEW_WORDS = 3  # after a label with a colon: initials, a desk, a pen name
_MOST_NODES = 60  # text nodes looked at for one line
_MOST_CANDIDATES = 200  # of one page: forums and lists have thousands
_UP = 9  # ancestors looked at
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|auth?ors?|autor(?:en|zy|ka|s|es|ius|iai|i)?|avtor\w*|auteurs?|authored|reporters?|"
    r"journalists?|writers?|skribent\w*|signature|news-?author|article-?author)(?=$|[\s_-])|"
    r"[a-z](?:Author|Byline|Autor)(?=$|[\s_A-Z-])|^(?:Author|Byline)[A-Z]",
)
_NOT_CLASS = re.compile(
    r"photo|pict|image|img|avatar|thumb|caption|figure|media|bio\b|desc|about|social|follow|share|e?-?mail|date|time|"
    r"comment|related|teaser|preview|recommend|popular|sidebar|promo|read-?more|reviewer|search|filter|widget|"
    r"newsletter|nav|menu|copyright",
    re.I,
)
_PICTURE = re.compile(r"photo|pict|image|img|caption|figure|embed", re.I)
_ELSEWHERE = re.compile(
    r"comment|related|teaser|preview|recommend|popular|promo|read-?(?:more|next|also)|most-?read|latest|trending|"
    r"caption|gallery|disqus|respond|newsletter|carousel|similar",
    re.I,
)
_ASIDE = re.compile(r"sidebar|footer|widget", re.I)  # of a page; close to a headline they are the article's own
_OUTSIDE = frozenset(("figure", "figcaption", "nav", "form", "picture", "select", "blockquote"))
_NO_LINES = _OUTSIDE | frozenset(("meta", "link", "script", "style", "img", "svg", "path", "body", "html", "head"))
_ASIDES = frozenset(("aside", "footer"))
_AUTHOR_PAGE = re.compile(
    r"/(?:auth?ors?|autor(?:en|zy|ka|es)?|avtor[iy]?|autoriai|autorius|auteurs?|reporters?|journalists?|columnists?|"
    r"contributors?|signataires?|skribent(?:er)?|redaktion|eksperci)/[^/?#\d]",
    re.I,
)
_BY = re.compile(
    r"^[\s(（]*(?:(?:written |posted |reported |story |words )?by|von|par|por|av|af|door|di)\s*:?(?:\s|$)", re.I
)
_LABEL = re.compile(
    r"^[\s(（]*(?:written by|autorin/autor|author|autor(?:ka|zy|en|in|i|ius|ė|s|e|es|id|\(ka\))?|автор(?:ы|ка|ки|и)?"
    r"(?:\s+(?:текста|статьи|материала|статті|тексту))?|аўтар(?:ы|ка|кі)?|текст|тэкст|tekst(?:as|s|i)?|oprac\.?|"
    r"opracował[ai]?|rozmawiał[ai]?|parengė|sagatavoja|piše|责编|责任编辑|作者|记者)\s*(?:[:：]|$)|"
    r"^[\s(（]*oprac\.\s",
    re.I,
)
_BY_OR_LABEL = re.compile(f"(?:{_BY.pattern})|(?:{_LABEL.pattern})", re.I)
_STEMS = ("uth", "utor", "vtor", "yline", "y-line", "eporter", "ournalist", "riter", "kribent", "ignature", "uteur")
_LABEL_IN_MARKUP = re.compile(
    r">[\s(（]{0,100}(?:[AaАа](?:uto|uth|вто|ўта)|[TtТт](?:екст|экст|ekst)|[Oo]prac|Written|Parengė|Piše|[责作记])"
    r"[\w/() ]{0,20}\s{0,100}[:：<.]"
)
"""Quick, as most pages have none: a text that opens with a word for author, and a colon or nothing after it."""


@dataclass(frozen=True)
class _Named:
    """A name and how the element that holds it is made."""

    name: str
    make: tuple[str, str | None]  # tag and class


@dataclass(frozen=True)
class _Group:
    """Names of one byline."""

    names: tuple[str, ...] = ()
    make: tuple[str, str | None] | None = None


def near_headline(page: Outline, heading: int, *, closely: bool = False) -> list[str]:
    """Names of the byline that follows a headline (its row), [] for none; ``closely``: within a third of the rows."""
    begin = page.ends[heading]
    rows = range(begin, min(begin + (_NEAR // 3 if closely else _NEAR), len(page.tags)))
    return list(_first_group(page, _before_the_text(page, heading, rows), heading, label=_BY_OR_LABEL).names)


def _before_the_text(page: Outline, heading: int, rows: Iterable[int]) -> Iterator[int]:
    """Rows until the article is well under way, or has ended."""
    article = page.above(heading, "article")
    end = NONE if article == NONE else page.after(article)
    told = 0
    for row in rows:
        told += page.tags[row] == "p" and len(page.texts[row] or "") >= _TOLD
        if told > _STANDFIRST or row == end:
            break
        yield row


def marked(tree: Tree, heading: int) -> list[str]:
    """Names of the byline that belongs to the page's headline, wherever it stands; NONE for a page without one."""
    if not any(stem in tree.text for stem in _STEMS):
        return []
    page = tree.outline
    every = range(len(page.tags))
    group = _first_group(page, every[page.ends[heading] :], heading, far=True) if heading != NONE else _Group()
    if not group.names:
        group = _first_group(page, every, heading, until=heading, far=True)
    return list(group.names) if not _is_repeated(page, group) else []


def labelled(tree: Tree) -> list[str]:
    """Names after the first label that says author, anywhere on the page."""
    if _LABEL_IN_MARKUP.search(tree.text) is None:
        return []
    page = tree.outline
    tried = 0
    for row in page.rows_of("li", "p", "div", "span", "dd", "td", "dt", "strong", "b", "em", "i", "small", "h6"):
        text = page.texts[row]
        if text and _LABEL.match(text, 0, MOST_INDENTED):
            tried += 1
            elsewhere = _stands_elsewhere(page, row, frozenset(), far=True)
            if not elsewhere and (found := _labelled_names(page.elements[row], _LABEL)):
                return [line.name for line in found]
            if tried > _MOST_CANDIDATES:
                break
    return []


def _first_group(
    page: Outline,
    rows: Iterable[int],
    heading: int,
    *,
    label: re.Pattern[str] | None = None,
    until: int = NONE,
    far: bool = False,
) -> _Group:
    """Names of neighbouring candidates; with ``until``, of the last group before that row."""
    shared = frozenset() if heading == NONE else frozenset(page.around(heading))
    names: dict[str, str] = {}
    make = None  # tag and class of the first name's element: other names of a byline are made alike
    within: set[int] = set()  # rows of a candidate already read
    last = tried = 0
    for place, row in enumerate(rows):
        if row == until and names:
            break
        if names and until == NONE and place - last > _GAP:
            break
        if page.parents[row] in within:
            within.add(row)
            last = place
            continue
        found = _candidate_names(page, row, label)
        tried += found is not None
        if tried > _MOST_CANDIDATES:
            break
        if found and not _stands_elsewhere(page, row, shared, far=far):
            within.add(row)
            if until != NONE and place - last > _GAP:
                names, make = {}, None
            make = make or found[0].make
            for line in found:
                if line.make == make:
                    names.setdefault(fold(line.name), line.name)
            last = place
    return _Group(tuple(names.values()), make)


def _is_repeated(page: Outline, group: _Group) -> bool:
    """Whether elements made like the byline are all over the page: those of other stories or of a thread."""
    if group.make is None or not group.make[1]:
        return False
    alike = sum(page.classes[row] == group.make[1] for row in page.rows_of(group.make[0]))
    return alike > len(group.names) + _MOST_ALIKE


def _candidate_names(page: Outline, row: int, label: re.Pattern[str] | None) -> list[_Named] | None:
    """None for what is no byline; [] for a byline without names."""
    tag, text = page.tags[row], page.texts[row]
    if tag in _NO_LINES:
        return None
    element = page.elements[row]
    if label is not None and text and not text.isspace() and label.match(text, 0, MOST_INDENTED):
        return _labelled_names(element, label)
    surely = _is_marked(element)
    return _names_in(element, surely) if surely or _says_author(element, tag, page.classes[row]) else None


def _is_marked(element: html.HtmlElement) -> bool:
    """Whether standard markup (schema.org, HTML's link types) says that it is the author."""
    mark, link = element.get("itemprop"), element.get("rel")
    if not mark and not link:
        return False
    return "author" in f"{mark} {link}".lower().split() and not _PICTURE.search(element.get("class") or "")


@lru_cache(maxsize=8192)
def _names_author(kind: str) -> bool:
    """Whether a class says author; the pattern, which is slow, is tried on few."""
    return any(stem in kind for stem in _STEMS) and bool(_CLASS.search(kind)) and not _NOT_CLASS.search(kind)


def _says_author(element: html.HtmlElement, tag: str, kind: str | None) -> bool:
    if kind and _names_author(kind):
        return True
    return tag == "a" and bool(_AUTHOR_PAGE.search(element.get("href") or ""))


def _names_in(element: html.HtmlElement, surely: bool) -> list[_Named]:
    """Names in a byline: of its microdata, its links, its children, or of the whole line."""
    named = [child for child in islice(element.iterdescendants("*"), _MOST_NODES) if child.get("itemprop") == "name"]
    if named:
        return [pair for child in named for pair in _plain(child, child.get("content") or line_of(child), surely)]
    whole = line_of(element)
    if not whole or len(whole) > 2 * LONGEST_LINE:
        return []
    linked = [pair for link in links_in(element) for pair in _plain(link, line_of(link), surely)]
    if linked:
        return linked
    children = parts_of(element)
    while len(children) == 1 and not (element.text or "").strip():
        element, children = children[0], parts_of(children[0])
    parts = [pair for child in children for pair in _plain(child, line_of(child))] if len(children) > 1 else []
    return parts or _plain(element, whole, surely)


def _labelled_names(element: html.HtmlElement, label: re.Pattern[str]) -> list[_Named]:
    """Names after a label: in the element that holds it, else in the line that this element opens."""
    line = line_of(element)
    match = label.match(line)
    said = match.group() if match else ""
    if said and not line[len(said) :].strip(" :：") and (above := element.getparent()) is not None:
        element, line = above, line_of(above)
    if not said or not line.startswith(said) or len(line) > LONGEST_LINE:
        return []
    linked = [pair for link in links_in(element) for pair in _plain(link, line_of(link))]
    told = line[len(said) :].strip(" ()（）:：\n")
    return linked or _plain(element, told, said.endswith((":", "：")) and len(told.split()) <= _FEW_WORDS)


def _plain(element: html.HtmlElement, text: str, surely: bool = False) -> list[_Named]:
    """Names of a line: in sight of readers only a person's full name or an agency is sure to be one.

    ``surely``: standard markup says so, and a pen name or a desk will do.
    """
    if not text or len(text) > LONGEST_LINE or credits_another(lead_of(element)):
        return []
    names = split_names(text)
    if not surely:
        names = [name for name in names if is_agency(name) or weigh(name, ()) is Weight.PERSON]
    make = (element.tag, element.get("class"))
    return [_Named(name, make) for name in names]


def _stands_elsewhere(page: Outline, row: int, shared: frozenset[int], *, far: bool) -> bool:
    """Whether it belongs to something else than the headline, whose own ancestors (``shared``) say nothing."""
    for above in islice(page.around(row), _UP):
        if above in shared:
            break
        tag, kind = page.tags[above], page.classes[above] or ""
        if tag in _OUTSIDE or (tag != "body" and _ELSEWHERE.search(kind)):
            return True
        if far and (tag in _ASIDES or (tag != "body" and _ASIDE.search(kind))):
            return True
    return False
