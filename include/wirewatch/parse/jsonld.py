"""JSON-LD of a page → its nodes (schema.org): lists and @graph opened, references resolved, broken JSON mended.

Only nodes that describe the page itself are kept: what hangs below an ItemList, ``hasPart`` or the like describes other
pages.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from lxml import html

from wirewatch.parse.page_tree import Tree

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|Report|ClaimReview|Review|LiveBlogPosting|Recipe)$")
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
_MOST_NODES = 500
_MOST_STEPS = 10_000  # values of one document opened
_LARGEST = 2_000_000  # characters of one script
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.S)
_SALVAGED = re.compile(
    r"\"(headline|datePublished|dateModified|articleSection|@type)\"\s*:\s*(\"(?:[^\"\\\n]|\\.){1,1000}\")"
)


def read_nodes(tree: Tree) -> list[Node]:
    """Nodes in the order of the page."""
    return nodes_of(tree.root.iter("script"))


def nodes_of(scripts: Iterable[html.HtmlElement]) -> list[Node]:
    """Nodes of those of the scripts that are JSON-LD."""
    nodes: list[Node] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower():
            text = script.text or ""
            if len(nodes) < _MOST_NODES and len(text) <= _LARGEST:
                for document in _documents(text):
                    nodes.extend(_open(document, _MOST_NODES - len(nodes)))
    return nodes


def article_nodes(nodes: list[Node]) -> list[Node]:
    """Nodes that describe an article, those with both a headline and a date first."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in types(node))]
    return sorted(articles, key=lambda node: -(("headline" in node) + ("datePublished" in node)))


def types(node: Node) -> tuple[str, ...]:
    """Names of a node's types, without the schema's address."""
    return tuple(str(kind).rpartition("/")[2] for kind in listed(node.get("@type")) if isinstance(kind, str))


def listed(value: Any) -> list[Any]:
    """A property's values: schema.org allows one where a list may stand."""
    return value if isinstance(value, list) else [] if value is None else [value]


def flat(value: Any, most: int) -> list[Any]:
    """A property's values with lists inside lists and ``@list`` opened; at most so many."""
    found: list[Any] = []
    waiting = deque([value])
    for _ in range(4 * most):
        if not waiting or len(found) >= most:
            break
        item = waiting.popleft()
        if isinstance(item, dict) and isinstance(item.get("@list"), list):
            item = item["@list"]
        if isinstance(item, list):
            waiting.extendleft(reversed(item[:most]))
        elif item is not None:
            found.append(item)
    return found


def first_text(value: Any) -> str | None:
    """First non-empty text of a property; of nodes and values given as objects, their name, value or address."""
    for item in listed(value):
        if isinstance(item, dict):
            item = next((item[key] for key in ("@value", "name", "url", "@id") if isinstance(item.get(key), str)), None)
        if isinstance(item, (str, int)) and not isinstance(item, bool) and str(item).strip():
            return unescape(str(item)).strip()
    return None


def by_id(nodes: list[Node]) -> dict[str, Node]:
    """Nodes that references (``{"@id": …}``) may mean."""
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def _documents(text: str) -> Iterator[Any]:
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip()
    if text.startswith("{&quot;"):
        text = unescape(text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            # strict=False: raw line breaks inside strings are the commonest fault.
            yield json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    yield _salvage(text)


def _salvage(text: str) -> Node:
    """Plain properties of a document that is no JSON; the first of each, as the outermost node comes first."""
    node: Node = {}
    for key, quoted in _SALVAGED.findall(text):
        try:
            node.setdefault(key, json.loads(quoted, strict=False))
        except ValueError:
            continue
    return node


def _open(document: Any, limit: int) -> list[Node]:
    nodes: list[Node] = []
    waiting = deque([document])
    for _ in range(_MOST_STEPS):
        if not waiting or len(nodes) >= limit:
            break
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extendleft(reversed(item[:limit]))
        elif isinstance(item, dict):
            nodes.append(item)
            waiting.extendleft(reversed([item[key] for key in _INTO if isinstance(item.get(key), (dict, list))]))
    return nodes
