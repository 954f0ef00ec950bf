"""Entry page to leads: what a feed, a sitemap, a listing or an API names. No network, no clock."""

# mypy: allow-untyped-calls
# (google-re2 ships no types.)

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from zoneinfo import ZoneInfo

import re2

from wirewatch.fetch.api import api_to_leads
from wirewatch.fetch.feeds import feed_to_leads
from wirewatch.fetch.json_page import NotJsonError, looks_like_json, page_to_json, refusal
from wirewatch.fetch.leads import Discovery
from wirewatch.fetch.listings import listing_to_leads
from wirewatch.fetch.sitemaps import sitemap_to_leads
from wirewatch.fetch.wordpress import wordpress_to_leads
from wirewatch.model import Fetched, Page
from wirewatch.sources import Entry, SourceSpec

__all__ = ["Discovery", "discover", "trouble_of"]


def discover(entry: Entry, page: Page, *, source: SourceSpec) -> Discovery:
    """Entry page → leads that the source's allow and deny patterns pass, nested sitemaps, and the next page.

    Times without an offset count in the source's zone. Never raises for what a page holds: a page that is not what
    the entry promises has a ``problem``, so that it is not taken for a quiet day. ``entry.language`` is not put on
    leads: what language an article is in, its own text says best.
    """
    return _filtered(_read(entry, page, source.zone), source)


def _read(entry: Entry, page: Page, zone: ZoneInfo) -> Discovery:
    if entry.kind == "feed":
        return feed_to_leads(page, zone=zone)
    if entry.kind == "sitemap":
        return sitemap_to_leads(page, zone=zone)
    if entry.kind == "wordpress":
        return wordpress_to_leads(page)
    if entry.fields:
        return api_to_leads(page, fields=entry.fields, zone=zone)
    return listing_to_leads(page, links=entry.links or "", zone=zone, following=entry.next)


def trouble_of(fetched: Fetched) -> str:
    """Why a fetch of an entry point is of no use, in a sentence; with what an API says of it, where it does."""
    sentence = fetched.note or fetched.outcome.value
    if fetched.page is not None and looks_like_json(fetched.page.body):
        with suppress(NotJsonError):
            if said := refusal(page_to_json(fetched.page, "an answer")):
                return f"{sentence} It says: {said}"
    return sentence


def _filtered(found: Discovery, source: SourceSpec) -> Discovery:
    allow = re2.compile(source.allow) if source.allow else None
    deny = re2.compile(source.deny) if source.deny else None
    allowed = tuple(lead for lead in found.leads if allow is None or allow.search(lead.url))
    kept = tuple(lead for lead in allowed if deny is None or not deny.search(lead.url))
    if found.leads and not allowed:
        # A day on which all is denied may be; one on which nothing looks like an article means new addresses.
        return replace(found, leads=(), problem=f"allow passes none of the {len(found.leads)} addresses")
    return replace(found, leads=kept)
