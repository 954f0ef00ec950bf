"""Head and tree → names of the authors, as the page states them.

Statements, in order: JSON-LD ``author`` of the article; ``<meta>`` whose name is or ends in "author"; JSON-LD persons
that describe the page; the byline beneath the headline; markup that says author elsewhere; a labelled line anywhere
("Автор: …"). See ``byline_markup`` for the last three and ``names`` for what is taken off a name.

Which statement is believed: the first that names a person; else the first that names an agency or another organisation;
else the first that names the site. A publisher's JSON-LD often names the publisher on every page, and counts least.
The byline in sight replaces the stated names only where it has all of them and more: many templates write one author
of several into the head. Beside another name the site's own is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from wirewatch.parse.byline_markup import labelled, marked, near_headline
from wirewatch.parse.jsonld import Node, by_id, first_text, flat, types
from wirewatch.parse.metadata import Head
from wirewatch.parse.names import MOST_NAMES, Weight, fold, is_full, split_names, weigh
from wirewatch.parse.outline import NONE
from wirewatch.parse.page_tree import Tree

__all__ = ["read_authors", "split_names"]

_METAS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_OWN_META = re.compile(r"(?:^|[:._-])author(?:[_-]?name)?$|^articleauthors?$")
_PAGES = frozenset(("WebPage", "ItemPage", "VideoObject", "AudioObject", "MediaObject", "PodcastEpisode"))
_MOST_STATED = 200  # entries of a list that are looked at


@dataclass(frozen=True)
class _Statement:
    """Names from one place, and the best of their weights."""

    names: tuple[str, ...]
    weight: Weight
    boilerplate: bool = False  # the publisher, where its template writes itself on every page

    @property
    def rank(self) -> tuple[Weight, bool]:
        """For comparing."""
        return self.weight, not self.boilerplate


def read_authors(tree: Tree, head: Head) -> tuple[str, ...]:
    """Names in the order of the page, each once, at most 12; () when none is stated."""
    sites = head.names
    best = _best(_of_head(head, sites))
    page = tree.outline
    heading = NONE if head.heading.element is None else page.row_of.get(head.heading.element, NONE)
    named = best is not None and best.weight is Weight.PERSON
    seen = _weighed(near_headline(page, heading, closely=named) if heading != NONE else [], sites)
    if best is not None and named:
        return seen.names if _completes(seen, best) else best.names
    if seen.weight is Weight.PERSON:
        return seen.names
    if best is not None and best.weight > Weight.SITE and not seen.names:
        return best.names
    further = _best(chain([seen], _of_page(tree, heading, sites, stated=best is not None)))
    if best is None or (further is not None and further.weight > best.weight):
        return further.names if further else ()
    return best.names


def _best(statements: Iterable[_Statement]) -> _Statement | None:
    """The first of the greatest weight, boilerplate last; None when nobody is named. Looks no further than a person."""
    best = None
    for each in statements:
        if each.names and (best is None or each.rank > best.rank):
            best = each
        if best is not None and best.weight is Weight.PERSON:
            break
    return best


def _completes(seen: _Statement, stated: _Statement) -> bool:
    """Whether a byline has all the stated names and another one."""
    mine, theirs = {fold(name) for name in seen.names}, {fold(name) for name in stated.names}
    return theirs < mine and len(mine) <= MOST_NAMES // 2


def _of_head(head: Head, sites: frozenset[str]) -> Iterator[_Statement]:
    """What the markup for machines states; later places only while no person was named."""
    yield _of_nodes(head, sites)
    for name in (*_METAS, *(name for name in head.metas if name not in _METAS and _OWN_META.search(name))):
        texts = head.metas.get(name, [])[:_MOST_STATED]
        yield _weighed([part for text in texts if "://" not in text for part in split_names(text)], sites)
    persons = [node for node in head.nodes if "Person" in types(node)]
    yield _weighed([name for node in persons for name in _node_names(node)], sites)


def _of_page(tree: Tree, heading: int, sites: frozenset[str], *, stated: bool) -> Iterator[_Statement]:
    """What readers see: classes only where the head names nobody at all, as they may belong to other stories."""
    if not stated:
        yield _weighed(marked(tree, heading), sites)
    yield _weighed(labelled(tree), sites)


def _of_nodes(head: Head, sites: frozenset[str]) -> _Statement:
    known = by_id(head.nodes)
    nodes = head.articles or [node for node in head.nodes if _PAGES.intersection(types(node))]
    for key in ("author", "creator"):
        for node in nodes:
            items = [_resolved(item, known) for item in flat(node.get(key), _MOST_STATED)]
            names = [name for item in items for name in _node_names(item)]
            persons = {fold(name) for item in items if "Person" in _types(item) for name in _node_names(item)}
            statement = _weighed(names, sites, persons=persons)
            if statement.names:
                publisher = first_text(node.get("publisher")) or ""
                own = statement.weight is Weight.SITE and fold(publisher) == fold(statement.names[0])
                return _Statement(statement.names, statement.weight, boilerplate=own)
    return _Statement((), Weight.SITE)


def _resolved(item: Any, known: dict[str, Node]) -> Any:
    if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
        return known.get(item["@id"], item)
    return item


def _types(item: Any) -> tuple[str, ...]:
    return types(item) if isinstance(item, dict) else ()


def _node_names(item: Any) -> list[str]:
    """Names of one author given as a node or as text."""
    if isinstance(item, dict):
        texts = [text for text in flat(item.get("name"), _MOST_STATED) if isinstance(text, str)]
        parts = [item.get("givenName"), item.get("familyName")]
        whole = " ".join(part for part in parts if isinstance(part, str))
        return [name for text in texts or [whole] for name in split_names(text)]
    return split_names(item) if isinstance(item, str) and "://" not in item else []


def _weighed(
    names: list[str], sites: frozenset[str], *, persons: set[str] | frozenset[str] = frozenset()
) -> _Statement:
    """Each name once; the site's beside others dropped; a person's name with an affiliation behind it dropped."""
    unique: dict[str, tuple[str, Weight]] = {}
    for name in (_without_site(name, sites) for name in names):
        key = fold(name)
        unique.setdefault(key, (name, weigh(name, sites, stated_person=key in persons)))
    full = [name for name, _ in unique.values() if is_full(name)]
    found = [
        pair for pair in unique.values() if is_full(pair[0]) or not pair[0].startswith(tuple(f"{n} " for n in full))
    ]
    others = [pair for pair in found if pair[1] is not Weight.SITE]
    found = others or found
    weight = max((weight for _, weight in found), default=Weight.SITE)
    return _Statement(tuple(name for name, _ in found[:MOST_NAMES]), weight)


def _without_site(name: str, sites: frozenset[str]) -> str:
    """A full name without the site's behind it."""
    words = name.split()
    for count in range(1, min(4, len(words) - 1)):
        left = " ".join(words[:-count]).rstrip(" ,")
        if fold("".join(words[-count:])) in sites and is_full(left):
            return left
    return name
