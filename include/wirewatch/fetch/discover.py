"""Entry page to leads: what a feed, a sitemap or a listing names. No network, no clock."""

# mypy: allow-untyped-calls
# (google-re2 ships no types.)

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import re2

from wirewatch.fetch.feeds import feed_to_leads
from wirewatch.fetch.leads import Discovery
from wirewatch.fetch.listings import listing_to_leads
from wirewatch.fetch.sitemaps import sitemap_to_leads
from wirewatch.model import Page
from wirewatch.sources import Entry, SourceSpec

__all__ = ["Discovery", "discover"]


def discover(entry: Entry, page: Page, *, source: SourceSpec) -> Discovery:
    """Entry page → leads that the source's allow and deny patterns pass, and nested sitemaps.

    Times without an offset count in the source's zone. Never raises for what a page holds: a page that is not what
    the entry promises has a ``problem``, so that it is not taken for a quiet day.
    """
    zone = ZoneInfo(source.timezone)
    if entry.kind == "feed":
        found = feed_to_leads(page, zone=zone)
    elif entry.kind == "sitemap":
        found = sitemap_to_leads(page, zone=zone)
    else:
        found = listing_to_leads(page, links=entry.links or "", zone=zone)
    return _filtered(found, source)


def _filtered(found: Discovery, source: SourceSpec) -> Discovery:
    allow = re2.compile(source.allow) if source.allow else None
    deny = re2.compile(source.deny) if source.deny else None
    allowed = tuple(lead for lead in found.leads if allow is None or allow.search(lead.url))
    kept = tuple(lead for lead in allowed if deny is None or not deny.search(lead.url))
    if found.leads and not allowed:
        # A day on which all is denied may be; one on which nothing looks like an article means new addresses.
        return replace(found, leads=(), problem=f"allow passes none of the {len(found.leads)} addresses")
    return replace(found, leads=kept)
