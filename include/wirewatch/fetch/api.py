"""JSON listings of any site to leads, by the paths that its source file gives (``ApiFields``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any
from urllib.parse import quote

from wirewatch.fetch.json_page import NotJsonError, page_to_json, refusal
from wirewatch.fetch.leads import Discovery, absolute, distinct, plain_title, stated_time, without_address
from wirewatch.model import Lead, Page, Precision
from wirewatch.sources import ApiFields
from wirewatch.written_dates.dates import Habits, as_published, from_epoch, read_moment

MAX_ITEMS = 5_000
"""Items that are looked at: a listing that names more is not asked for its news."""

MAX_NODES = 100_000
"""Elements that one path may pass through: ``*.*.*`` in a document made for it would pass through millions."""

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_ADDRESS_LETTERS = "/%:@!$&'()*+,;=-._~?"


def api_to_leads(page: Page, *, fields: ApiFields, zone: tzinfo) -> Discovery:
    """JSON document → what ``fields`` finds in it; ``zone`` is of times without an offset.

    A list without items is a quiet day; a path that leads nowhere is a problem, since that is how a redesign looks.
    """
    try:
        document = page_to_json(page, "a JSON listing")
    except NotJsonError as error:
        return Discovery((), problem=str(error))
    items = _items(document, fields.items)
    if items is None:
        said = refusal(document)
        found = f"the site says {said}" if said else f"there is {_described(document)}"
        return Discovery((), problem=f"nothing at {fields.items}: {found}")
    today = page.fetched_at.astimezone(zone).date()
    leads = distinct(
        Lead(url, plain_title(_text(item, fields.title)), _published(item, fields.published, zone, Habits(today)))
        for item in items
        if (url := absolute(page.final_url, _link(item, fields.link)))
    )
    problem = without_address(leads, len(items))
    return Discovery(leads, problem=f"{problem} at {fields.link}" if problem else None)


def _items(document: Any, path: str) -> list[Any] | None:
    """The articles at a path: the elements of each list it leads to, or each object; None when it leads nowhere."""
    found = list(islice(_at(document, path), MAX_ITEMS))
    if not found:
        return None if "*" not in path or not _prefix_exists(document, path) else []
    nested = (node if isinstance(node, list) else [node] for node in found)
    items = list(islice((item for group in nested for item in group), MAX_ITEMS))
    return items if all(isinstance(node, (list, dict)) for node in found) else None


def _prefix_exists(document: Any, path: str) -> bool:
    """Whether what stands before the first ``*`` is there: then the list is empty, and not missing."""
    before = path.partition("*")[0].rstrip(".")
    return any(node in ([], {}) for node in _at(document, before or "."))


def _at(node: Any, path: str) -> Iterator[Any]:
    """Nodes that a dotted path leads to; ``*`` is every element, a number one of a list, ``.`` the node itself."""
    nodes: list[Any] = [node]
    for part in filter(None, path.split(".")):
        nodes = list(islice((below for above in nodes for below in _below(above, part)), MAX_NODES))
    yield from nodes


def _below(node: Any, part: str) -> Iterator[Any]:
    if isinstance(node, dict):
        if part in node:
            yield node[part]
        elif part == "*":
            yield from node.values()
    elif isinstance(node, list):
        if part == "*":
            yield from node
        elif part.isdecimal() and len(part) < 6 and int(part) < len(node):
            yield node[int(part)]


def _value(item: Any, path: str | None) -> str | int | float | None:
    """The first text or number at a path of an item."""
    values = _at(item, path) if path else iter(())
    return next((v for v in values if isinstance(v, (str, int, float)) and not isinstance(v, bool) and v != ""), None)


def _text(item: Any, path: str | None) -> str | None:
    value = _value(item, path)
    return None if value is None else str(value)


def _link(item: Any, link: str) -> str | None:
    """An item's address: what the path leads to, or the template with every placeholder filled, or None."""
    if "{" not in link:
        return _text(item, link)
    values = {path: _text(item, path) for path in _PLACEHOLDER.findall(link)}
    if any(value is None for value in values.values()):
        return None
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]] or "", safe=_ADDRESS_LETTERS, errors="replace"), link)


def _published(item: Any, path: str | None, zone: tzinfo, habits: Habits) -> datetime | None:
    """Unix time in seconds or milliseconds, what feeds write, or a date as people write it; a day alone is no time."""
    value = _value(item, path)
    if value is None:
        return None
    text = str(int(value) if isinstance(value, float) and abs(value) < 1e15 else value).strip()
    if epoch := from_epoch(text):
        return epoch.at
    if stated := stated_time(text, zone):
        return stated
    moment = read_moment(text, habits)
    return as_published(moment, zone=zone).at if moment and moment.precision is not Precision.DAY else None


def _described(document: Any) -> str:
    if isinstance(document, dict):
        return f"an object with {', '.join(sorted(map(str, document))[:8])[:200] or 'no keys'}"
    return f"a list of {len(document)}" if isinstance(document, list) else "a single value"
