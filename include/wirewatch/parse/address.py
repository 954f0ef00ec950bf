"""URL → what its words say of the page behind it: the home page, a section, a shop's shelf, a thread, one text.

Sites of all languages name their folders in few words, mostly English or transliterated. An address is a hint among
others; ``kind`` weighs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?|global|intl", re.I)  # /en/, /en-us/: no depth of its own
_INDEX = re.compile(r"(?:index|default|home|main)(?:\.\w{2,5})?", re.I)
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|htm|do|cfm)$", re.I)
_DATED = re.compile(r"/(?:19|20)\d\d(?:/|-)?(?:0?[1-9]|1[0-2]|[a-z]{3})?(?:/|-|$)", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 500  # characters of a path that are looked at

# Folders in which single texts lie, when something follows them.
_TEXTS = re.compile(
    r"/(?:blogs?|posts?|articles?|art|story|stories|news|newsroom|press(?:-?(?:releases?|room|cent(?:er|re)))?|"
    r"insights?|learn|guides?|magazine|journal|reviews?|research|opinion|analysis|features?|tips|how-?to|academy|"
    r"glossary|terms|recipes?|interviews?|reports?|p|a|novosti|novost|novyny|naviny|stat(?:ya|i)|aktualnosci|"
    r"wiadomosci|artykuly?|naujienos|straipsnis|zinas|raksts|uudised|nachrichten|artikel|noticias?|actualites?)/[^/]",
    re.I,
)
# Folders that gather, wherever they stand, and the number of a page.
_SHELF = re.compile(
    r"/(?:categor(?:y|ies)|cat|c|tags?|topics?|subjects?|sections?|rubric?s?|archives?|browse|search|directory|"
    r"catalog(?:ue|s)?|collections?|listings?|market|genre|series|shows?|authors?|users?|jobs|careers|events?|"
    r"product-category|lists?|all|latest|trending|top|rankings?|issues|page|kategori[aey]|temat|tematy|t[eé]ma|"
    r"tegi|razdel|themen)(?:/|$|:)|[-_/]list(?:ings?)?(?:\.|/|$)",
    re.I,
)
_SECTION = re.compile(  # the bare name of a section at the end
    r"(?:all-?)?(?:latest-?)?(?:blogs?|news|newsroom|articles|stories|posts|insights|press-?releases?|media|updates|"
    r"latest|archives?|shop|store|products?|collections?|categories|courses|resources|library|events|jobs|reviews|"
    r"recipes|schedule|topics|novosti|novyny|naviny|aktualnosci|wiadomosci|naujienos|zinas|uudised|nachrichten)",
    re.I,
)
_GOODS = re.compile(
    r"/(?:products?|items?|itm|dp|p|shop|store|app|buy|buy-\w+|pricing|cart|deals|coupons?|sku|gp)(?:/|$)", re.I
)
_SERVICES = re.compile(
    r"/(?:platform|programs?|insurance|department|certifications?|training|treatments?|tools?|uslugi|paslaugos|"
    r"(?:[\w-]+-)?(?:services?|solutions?|calculator|certification|pricing|coupons))(?:/|\.\w+$|$)",
    re.I,
)
_THREADS = re.compile(
    r"/(?:threads?|t|viewtopic|showthread|discussions?|questions?|boards?|forums?|comments|r|messages|groups)"
    r"(?:/|\.php|$)|/thread-|/topic/\d|-t\d+\.html",
    re.I,
)
_TEXTS_HOST = re.compile(r"(?:^|\.)(?:blogs?|news|press|stories)\.|(?:^|\.)(?:substack|medium)\.com$")
_GOODS_HOST = re.compile(r"(?:^|\.)(?:shop|store|buy)\.")
_THREADS_HOST = re.compile(r"(?:^|\.)(?:community|discuss(?:ion)?|boards?|answers)\.|forums?\.")


@dataclass(frozen=True)
class Address:
    """Words of one address."""

    depth: int  # folders and file, a leading language left out; 0 is the home page
    slug_words: int  # words of the last part
    dated: bool  # a year and month in the path
    texts: bool  # in a folder of single texts
    shelf: bool  # in a folder that gathers
    section: bool  # ends in the bare name of a section
    goods: bool
    services: bool
    threads: bool


def read_address(url: str) -> Address:
    """The signs of an address; one that cannot be split counts as a home page."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return read_address("")
    steps = [step for step in unquote(parts.path)[:_LONGEST].split("/") if step]
    if steps and _LANGUAGE.fullmatch(steps[0]):
        steps = steps[1:]
    if steps and _INDEX.fullmatch(steps[-1]):
        steps = steps[:-1]
    path = "/" + "/".join(steps)
    last = _EXTENSION.sub("", steps[-1]) if steps else ""
    return Address(
        depth=len(steps),
        slug_words=len(_WORD.findall(last)),
        dated=_DATED.search(path) is not None,
        texts=bool(steps) and (_TEXTS.search(path) or _TEXTS_HOST.search(host)) is not None,
        shelf=_SHELF.search(path) is not None,
        section=_SECTION.fullmatch(last) is not None,
        goods=(_GOODS.search(path) or _GOODS_HOST.search(host)) is not None,
        services=_SERVICES.search(path) is not None,
        threads=(_THREADS.search(path) or _THREADS_HOST.search(host)) is not None,
    )
