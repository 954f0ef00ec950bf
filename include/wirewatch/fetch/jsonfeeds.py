"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) to leads."""

from __future__ import annotations

from datetime import tzinfo
from itertools import islice
from typing import Any

from wirewatch.fetch.json_page import NotJsonError, page_to_json
from wirewatch.fetch.leads import Discovery, absolute, distinct, plain_title, stated_time, without_address
from wirewatch.model import Lead, Page

MAX_ITEMS = 5_000
"""Items that are looked at; feeds hold some dozens."""


def json_feed_to_leads(page: Page, *, zone: tzinfo) -> Discovery:
    """JSON Feed → its items' addresses, titles and stated times; ``next`` is its ``next_url``.

    An item's own page (``url``) goes before the one it points to (``external_url``), and an id that is an address
    serves where there is neither. ``zone`` is of times without an offset, which the format forbids and feeds have.
    """
    try:
        feed = page_to_json(page, "a feed")
    except NotJsonError as error:
        return Discovery((), problem=str(error))
    if not is_json_feed(feed):
        return Discovery((), problem="JSON in place of a feed")
    items = feed.get("items")
    if not isinstance(items, list):
        return Discovery((), problem="a JSON Feed without items")
    leads = distinct(
        lead for item in islice(items, MAX_ITEMS) if (lead := _item_to_lead(item, page.final_url, zone=zone))
    )
    ended = "the feed says of itself that it has ended (expired)" if feed.get("expired") is True else None
    following = absolute(page.final_url, _text(feed, "next_url"))
    return Discovery(leads, problem=ended or without_address(leads, len(items)), next=following)


def is_json_feed(document: Any) -> bool:
    """Whether a document says that it is a JSON Feed."""
    return isinstance(document, dict) and "jsonfeed.org/version/1" in str(document.get("version", ""))[:100]


def _item_to_lead(item: Any, base: str, *, zone: tzinfo) -> Lead | None:
    if not isinstance(item, dict):
        return None
    identity = _text(item, "id") or ""
    named = (_text(item, "url"), _text(item, "external_url"), identity if identity.startswith("http") else None)
    url = next((found for text in named if (found := absolute(base, text))), None)
    times = (stated_time(_text(item, key), zone) for key in ("date_published", "date_modified"))
    return Lead(url, plain_title(_text(item, "title")), next(filter(None, times), None)) if url else None


def _text(holder: dict[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) else None
