"""Head and tree → the article's title, without the site's name or the section where that is certain.

Order: the source's selector (see ``selected``); og:title; JSON-LD ``headline``; the page's headline (``<h1>``);
twitter:title; ``<title>``.

* **The page's headline** is found by ``main_heading``, and believed where the head confirms it or there is no other.
* **The site's name** is cut from either end where it is a name the page gives its site, and a section's name before it;
  anything is cut where what is left is word for word the ``<h1>`` or the JSON-LD headline. A kicker before a colon
  belongs to the title.
* **A title cut short** ("…") gives way to the longer statement that begins with it.
* **og:title is written for social networks** and may be another headline altogether. Where JSON-LD has one that the
  ``<h1>`` or ``<title>`` repeats, and the words of the page's own address are clearly those, that one is taken: the
  address keeps the words of the first publication.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote, urlsplit

from wirewatch.parse.jsonld import first_text
from wirewatch.parse.metadata import Head, section_names
from wirewatch.parse.names import fold
from wirewatch.parse.page_tree import Tree, squeeze

__all__ = ["fold", "read_title"]

_SEPARATOR = re.compile(r"\s+[-–—|•·»:/›]{1,2}\s+|\s*[|｜»›]\s*|:\s+|\s+-(?=\w)|--")
_MOST_CUTS = 12  # separators of one title
_LONGEST = 1_000  # characters; longer is no title but a text
_KICKER_WORDS, _KICKER_LENGTH = 2, 24  # words and characters before a bar: "Opinion | …"
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")
_TELLING = 3  # words of the address in a headline that is nearly it
_CLEARLY = 2  # words of the address by which one headline must be nearer than the other
_STEM = 6  # letters by which words are compared: endings differ
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ı": "i", "œ": "oe"})


def read_title(_: Tree, head: Head) -> str:
    """The title, one line; '' when the page has none."""
    names, sections = set(head.names), {fold(name) for name in section_names(head)} - {""}
    found = head.heading
    heading = _line(found.text)
    stated = next((text for node in head.articles if (text := first_text(node.get("headline")))), "")
    linked = _bare(stated, names, sections, [heading])
    anchors = [heading, linked]
    social, twitter = (_bare(head.meta(name), names, sections, anchors) for name in ("og:title", "twitter:title"))
    document = _bare(head.document_title, names, sections, [*anchors, social])
    chosen = social or linked or (heading if found.sure else "") or twitter or document
    if social and linked and _is_first_published(linked, social, others=(heading, document), url=head.url):
        chosen = linked
    chosen = chosen or heading or _line(head.meta("og:title")) or _line(head.document_title)
    return _whole(chosen, (heading, linked, document, twitter))


def _line(text: str | None) -> str:
    """Markup and entities out, one line, NFC."""
    text = html.unescape(text or "")
    return squeeze(unicodedata.normalize("NFC", _TAG.sub("", text) if "<" in text else text))


def _bare(text: str | None, names: set[str], sections: set[str], headings: Iterable[str]) -> str:
    """Title without the site's name, at either end."""
    text = _line(text)
    headings = [heading for heading in headings if heading]
    bare = {fold(heading) for heading in headings}
    if not text or len(text) > _LONGEST or fold(text) in bare:
        return text
    if fold(text) in names:
        return ""
    for heading in headings:
        rest = fold(text[len(heading) :])
        if text.startswith(heading) and any(name in rest for name in names if len(name) > 3):
            return heading
    return _as_headed(text, bare) or _without_ends(text, names, sections)


def _as_headed(text: str, bare: set[str]) -> str:
    """The part before or after a separator that is word for word a headline; '' for none."""
    for cut in islice(_SEPARATOR.finditer(text), _MOST_CUTS):
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
        if ":" in cut.group():
            continue
        if fold(left) in bare:
            return left
        if fold(right) in bare and len(left.split()) <= _KICKER_WORDS and len(left) <= _KICKER_LENGTH:
            return right
    return ""


def _without_ends(text: str, names: set[str], sections: set[str]) -> str:
    """Site and section cut from the end, the site from the beginning; something is always left."""
    for _ in range(_MOST_CUTS):
        parts = [
            (text[: cut.start()].strip(), text[cut.end() :].strip())
            for cut in islice(_SEPARATOR.finditer(text), 2 * _MOST_CUTS)
        ]
        before = next((left for left, right in parts if left and _is_of_site(right, names)), None)
        after = next((right for left, right in parts if right and fold(left) in names), None)
        if before is None and after is None:
            break
        text, names = before or after or text, names | sections
    return text


def _is_of_site(text: str, names: set[str]) -> bool:
    key = fold(text.removeprefix("www."))
    return key in names or (len(text.split()) <= 4 and any(len(name) > 4 and key.startswith(name) for name in names))


def _whole(text: str, others: Iterable[str]) -> str:
    """The longer statement, where this one was cut short."""
    stem = fold(_CUT_SHORT.sub("", text)) if _CUT_SHORT.search(text) else ""
    if len(stem) < 10:
        return text
    longer = (other for other in others if fold(other).startswith(stem) and not _CUT_SHORT.search(other))
    return next((other for other in longer if len(fold(other)) > len(stem)), text)


def _is_first_published(linked: str, social: str, *, others: tuple[str, str], url: str) -> bool:
    """Whether JSON-LD has the headline of the first publication, and og:title one for social networks."""
    keys = [fold(other) for other in others]
    if fold(social) in (fold(linked), keys[0]) or fold(linked) not in keys:
        return False
    words = {word[:_STEM] for word in _words(_slug(url)) if len(word) > 2 and not word.isdigit()}
    near, far = (len(words & {word[:_STEM] for word in _words(text)}) for text in (linked, social))
    return near >= _TELLING and near - far >= _CLEARLY


def _slug(url: str) -> str:
    """The part of an address with the most words."""
    parts = unquote(urlsplit(url).path).split("/")
    return max(parts, key=lambda part: part.count("-") + part.count("_"))


def _words(text: str) -> set[str]:
    """Words without accents, as addresses write them."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return set(re.findall(r"[^\W_]+", "".join(mark for mark in plain if not unicodedata.combining(mark))))
