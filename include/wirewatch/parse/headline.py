"""Head and tree → the article's title, without the site's name where that is certain.

Order: the source's selector (see ``selected``); og:title; JSON-LD ``headline``; the only ``<h1>``; twitter:title;
``<title>``; the first of many ``<h1>``. The site's name is cut from the end only when it is a name the page gives its
site, or when what is left is word for word the ``<h1>`` or the JSON-LD headline.
"""

from __future__ import annotations

import html
import re
import unicodedata

from wirewatch.parse.jsonld import first_text
from wirewatch.parse.metadata import Head, site_names
from wirewatch.parse.page_tree import Tree, inner_text, squeeze

_SEPARATOR = re.compile(r"\s+[-–—|•·»:/]{1,2}\s+|\s*[|»]\s*|:\s+")


def read_title(tree: Tree, head: Head) -> str:
    """The title, one line; '' when the page has none."""
    headings = _headings(tree)
    names = {fold(name) for name in site_names(head)}
    social = _plain(head.meta("og:title"), names, headings)
    linked = next(
        (text for node in head.articles if (text := _plain(first_text(node.get("headline")), names, headings))), ""
    )
    only = headings[0] if len(headings) == 1 else ""
    twitter = _plain(head.meta("twitter:title"), names, headings)
    document = _plain(head.document_title, names, [*headings, linked, social])
    return social or linked or only or twitter or document or (headings[0] if headings else "")


def fold(text: str) -> str:
    """Letters and figures only, case-folded, for comparing titles and names."""
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _headings(tree: Tree) -> list[str]:
    """Texts of the first few <h1> that say something."""
    texts = [inner_text(heading)[:5000] for heading in list(tree.root.iter("h1"))[:8]]
    return [text for text in texts if text]


def _plain(text: str | None, names: set[str], headings: list[str]) -> str:
    """Title without the site's name before or after it."""
    text = squeeze(html.unescape(text or ""))
    headings = [heading for heading in headings if heading]
    bare = {fold(heading) for heading in headings}
    if not text or fold(text) in bare or len(text) > 1000:
        return text
    for heading in headings:
        rest = text[len(heading) :]
        if text.startswith(heading) and any(name and name in fold(rest) for name in names if len(name) > 3):
            return heading
    for cut in _SEPARATOR.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        if fold(left) in bare or fold(right) in names:
            return left if fold(left) not in names else right
        if fold(left) in names and fold(right):
            return right
    return text
