"""WordPress's list of posts to leads."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from typing import Any

import pytest

from tests.support.entry_pages import HOME, found, page_of
from wirewatch.fetch.discover import trouble_of
from wirewatch.fetch.leads import Discovery
from wirewatch.fetch.wordpress import posts_address, wordpress_to_leads
from wirewatch.model import Fetched, Lead, Outcome, Purpose
from wirewatch.sources import Entry

POSTS = f"{HOME}/wp-json/wp/v2/posts"
ENTRY = Entry(wordpress=POSTS)
POST = {
    "id": 7,
    "link": f"{HOME}/sbory-proshli/",
    "date_gmt": "2026-11-24T06:30:00",
    "modified_gmt": "2026-11-24T07:00:00",
    "title": {"rendered": "Сборы &#8212; день второй"},
}
LEAD = Lead(f"{HOME}/sbory-proshli/", "Сборы — день второй", datetime(2026, 11, 24, 6, 30, tzinfo=timezone.utc))


def named(posts: Any, *, asked: str = POSTS, pages: str | None = None) -> Discovery:
    """What an answer to an address names; ``pages`` is the server's X-WP-TotalPages."""
    headers = (("X-WP-TotalPages", pages),) if pages is not None else ()
    return wordpress_to_leads(page_of(json.dumps(posts), url=asked, headers=headers))


def test_posts_become_leads() -> None:
    """Link, plain title and the instant in UTC; what lacks a link or is no post is passed over."""
    odd = [{"link": "/b/", "title": "Plain", "date_gmt": "0000-00-00T00:00:00"}, {"id": 8}, None, {"link": 5}]
    assert found(ENTRY, json.dumps([POST, *odd])) == Discovery((LEAD, Lead(f"{HOME}/b/", "Plain")))


@pytest.mark.parametrize(
    ("asked", "pages", "following"),
    [
        (f"{POSTS}?per_page=1", "3", f"{POSTS}?per_page=1&page=2"),
        (f"{POSTS}?per_page=1&page=2", "3", f"{POSTS}?per_page=1&page=3"),
        (f"{POSTS}?per_page=1&page=3", "3", None),
        (f"{POSTS}?per_page=1", "1", None),
        (f"{POSTS}?per_page=1", None, f"{POSTS}?per_page=1&page=2"),
        (f"{POSTS}?per_page=2", None, None),
        (f"{POSTS}?per_page=1", "nonsense", None),
    ],
)
def test_the_server_says_how_many_pages_there_are(asked: str, pages: str | None, following: str | None) -> None:
    """X-WP-TotalPages decides; where a proxy ate it, a page that is full has a next one."""
    assert named([POST], asked=asked, pages=pages) == Discovery((LEAD,), next=following)


def test_only_what_a_lead_needs_is_asked() -> None:
    """A hundred posts without their texts; what the source file says itself goes before."""
    fields = "_fields=id,link,date_gmt,modified_gmt,title"
    assert posts_address(POSTS) == f"{POSTS}?per_page=100&{fields}"
    assert posts_address(f"{HOME}/?rest_route=/wp/v2/posts&categories[]=5&categories[]=6&per_page=20") == (
        f"{HOME}/?rest_route=/wp/v2/posts&categories%5B%5D=5&categories%5B%5D=6&per_page=20&{fields}"
    )


def test_a_past_day_is_asked_by_its_bounds() -> None:
    """Both bounds are exclusive and count in the site's own zone, so midnight itself is inside."""
    assert posts_address(POSTS, day=date(2026, 11, 1)).endswith("&after=2026-10-31T23:59:59&before=2026-11-02T00:00:00")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            '{"code": "rest_forbidden", "message": "Sorry,\\nno.", "data": {"status": 401}}',
            "WordPress refuses: rest_forbidden: Sorry, no.",
        ),
        ('{"posts": []}', "JSON, but no list of posts; is the address that of /wp-json/wp/v2/posts?"),
        ('"text"', "JSON, but no list of posts; is the address that of /wp-json/wp/v2/posts?"),
        ("<!doctype html><html><body>Maintenance</body></html>", "HTML in place of WordPress's list of posts"),
        ("<div>Access denied</div>", "HTML in place of WordPress's list of posts"),
        ("<rss version='2.0'/>", "XML in place of WordPress's list of posts"),
        ("", "an empty body in place of WordPress's list of posts"),
        ('[{"id": 1}]', "none of the 1 entries has an address"),
    ],
)
def test_what_is_no_list_of_posts_is_a_problem(body: str, problem: str) -> None:
    """A refusal, a page and other JSON are named, and not taken for a quiet day."""
    assert found(ENTRY, body) == Discovery((), problem=problem)


def test_no_posts_are_a_quiet_day() -> None:
    """A past day without a post is an empty list."""
    assert named([], pages="0") == Discovery(())


def test_a_refusal_is_told_with_the_sites_own_words() -> None:
    """A 401 with WordPress's error document says why."""
    page = page_of('{"code": "rest_disabled", "message": "The REST API is switched off."}', url=POSTS)
    fetched = Fetched(POSTS, Purpose.ENTRY, Outcome.BLOCKED, page.fetched_at, 0.1, 401, page, "The site answered 401.")
    assert trouble_of(fetched) == "The site answered 401. It says: rest_disabled: The REST API is switched off."
