"""Posts of WordPress's REST API (https://developer.wordpress.org/rest-api/reference/posts/) to leads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from wirewatch.fetch.json_page import NotJsonError, page_to_json, refusal
from wirewatch.fetch.leads import Discovery, absolute, distinct, plain_title, stated_time, without_address
from wirewatch.model import Lead, Page

PER_PAGE = 100
"""Posts asked in one page: as many as WordPress gives. Without their texts that is some 30 KB."""

FIELDS = "id,link,date_gmt,modified_gmt,title"


def posts_address(url: str, *, day: date | None = None) -> str:
    """Address of the posts → the one to ask: the newest posts, or those of a day in the site's own zone.

    What the address says itself (``categories=5``, ``per_page=20``) stays.
    """
    given = _query(url)
    wanted = {"per_page": str(PER_PAGE), "_fields": FIELDS}
    ours = [(name, value) for name, value in wanted.items() if name not in dict(given)]
    if day is not None:
        # Both bounds are left out of what they bound; without an offset they count in the zone the site is set to.
        last_second = datetime.combine(day, time()) - timedelta(seconds=1)
        ours += [("after", last_second.isoformat()), ("before", f"{day + timedelta(days=1)}T00:00:00")]
    return _with_query(url, given + ours)


def wordpress_to_leads(page: Page) -> Discovery:
    """List of posts → their addresses, titles and times (UTC, as ``date_gmt`` is); ``next`` while there are more."""
    try:
        posts = page_to_json(page, "WordPress's list of posts")
    except NotJsonError as error:
        return Discovery((), problem=str(error))
    if said := refusal(posts):
        return Discovery((), problem=f"WordPress refuses: {said}")
    if not isinstance(posts, list):
        return Discovery((), problem="JSON, but no list of posts; is the address that of /wp-json/wp/v2/posts?")
    found = (_post_to_lead(post, page.final_url) for post in islice(posts, PER_PAGE))
    leads = distinct(lead for lead in found if lead)
    following = _next_page(page, len(posts)) if posts else None
    return Discovery(leads, problem=without_address(leads, len(posts)), next=following)


def _post_to_lead(post: Any, base: str) -> Lead | None:
    if not isinstance(post, dict):
        return None
    link, title, at = post.get("link"), post.get("title"), post.get("date_gmt")
    url = absolute(base, link) if isinstance(link, str) else None
    rendered = title.get("rendered") if isinstance(title, dict) else title
    published = stated_time(at, timezone.utc) if isinstance(at, str) else None
    return Lead(url, plain_title(rendered if isinstance(rendered, str) else None), published) if url else None


def _next_page(page: Page, posts: int) -> str | None:
    """The next page by the number of pages the server states; without that, by a page that is full."""
    query = _query(page.final_url)
    named = dict(query)
    number, size = _number(named.get("page"), 1), _number(named.get("per_page"), 10)  # 10: WordPress's own default
    stated = page.header("X-WP-TotalPages")
    more = number < _number(stated, 0) if stated is not None else posts >= size
    others = [(name, value) for name, value in query if name != "page"]
    return _with_query(page.final_url, [*others, ("page", str(number + 1))]) if more else None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _with_query(url: str, query: list[tuple[str, str]]) -> str:
    return urlunsplit(urlsplit(url)._replace(query=urlencode(query, safe=",/:"), fragment=""))
