"""The faults that can be told, what each means, and what a person can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wirewatch.model import Health, Outcome

FAILING = frozenset({Health.BLOCKED, Health.BROKEN, Health.STALE, Health.UNREACHABLE})
"""States in which somebody must look; the others are a day like any other."""

STATE_OF = {
    Outcome.UNREACHABLE: Health.UNREACHABLE,
    Outcome.TOO_SLOW: Health.UNREACHABLE,
    Outcome.BLOCKED: Health.BLOCKED,
    Outcome.ROBOTS: Health.BLOCKED,
    Outcome.LIMITED: Health.BLOCKED,
    Outcome.GONE: Health.BROKEN,
    Outcome.BROKEN: Health.BROKEN,
    Outcome.TOO_LARGE: Health.BROKEN,
    Outcome.REFUSED: Health.BROKEN,
}
"""What a failed fetch says of the source."""


class Family(str, Enum):
    """On what a fault is seen, and so what must be seen again before it is over."""

    ANSWERS = "answers"  # entry points do not answer, or with something else: over when they answer
    PAGES = "pages"  # what article pages hold: over when such pages were read, and are right
    FLOW = "flow"  # nothing new comes: over when something new came


class Sign(str, Enum):
    """One kind of fault."""

    NO_ANSWER = "no-answer"  # entry points: no connection, an error status, a body that cannot be decoded
    REFUSED = "refused"  # entry points: 401, 403, robots.txt, 429
    NOT_AN_ENTRY = "not-an-entry"  # something else is served in place of a feed, sitemap or listing
    ENTRY_WALL = "entry-wall"  # a captcha or consent page is served in their place
    EMPTY = "empty"  # an entry point that always named articles names none
    ARTICLES_FAIL = "articles-fail"  # entry points answer, and most article pages do not
    HOME = "home"  # article addresses lead to the home page
    WALL = "wall"  # article pages are captcha or consent pages at HTTP 200
    ALIKE = "alike"  # different addresses give the very same page
    NO_ARTICLES = "no-articles"  # most pages are no articles: soft 404, error, listing
    QUARANTINED = "quarantined"  # most pages are articles without a body, or cannot be stored
    REDESIGN = "redesign"  # the source's selectors match nothing
    TEASERS = "teasers"  # bodies are a fraction of what they were
    FIELDS = "fields"  # dates, authors or other fields have gone
    LANGUAGE = "language"  # articles are in other languages
    FROZEN = "frozen"  # entry points answer, and name nothing new for longer than is likely
    FEW = "few"  # far fewer articles than is likely
    OLD = "old"  # the newest article is old

    @property
    def family(self) -> Family:
        """On what it is seen."""
        if self in (Sign.FROZEN, Sign.FEW, Sign.OLD):
            return Family.FLOW
        entries = (Sign.NO_ANSWER, Sign.REFUSED, Sign.NOT_AN_ENTRY, Sign.ENTRY_WALL, Sign.EMPTY)
        return Family.ANSWERS if self in entries else Family.PAGES

    @property
    def advice(self) -> str:
        """What to do, as one sentence; ``{slug}`` stands for the source."""
        return _ADVICE[self]


@dataclass(frozen=True)
class Finding:
    """One fault that was seen."""

    state: Health
    sign: Sign
    reason: str  # for people: what was seen, and what is usual


_FILE = "include/sources/{slug}.yml"
_ADVICE = {
    Sign.NO_ANSWER: "Open the address in a browser; if it moved, correct `entries` in " + _FILE + ".",
    Sign.REFUSED: "Ask less often (`crawl.delay`), or write to the site's owner; what robots.txt forbids stays closed.",
    Sign.NOT_AN_ENTRY: "Look for the feed's new address and correct `entries` in " + _FILE + ".",
    Sign.ENTRY_WALL: "Open the address in a browser; a site that asks for a captcha or consent wants no programs.",
    Sign.EMPTY: "Open the address; if the site gave it up, take another feed, sitemap or listing in " + _FILE + ".",
    Sign.ARTICLES_FAIL: "Open one of the articles in a browser; `wirewatch check {slug}` tries a few.",
    Sign.HOME: "Open an article the site lists: its addresses may have changed; see `allow` and `deny` in "
    + _FILE
    + ".",
    Sign.WALL: "Open an article in a browser; ask less often (`crawl.delay`), or write to the site's owner.",
    Sign.ALIKE: "Open two of the articles in a browser and compare; `wirewatch check {slug}` tries a few.",
    Sign.NO_ARTICLES: "Open an article in a browser; narrow `allow` and `deny`, or correct `article` in " + _FILE + ".",
    Sign.QUARANTINED: "Correct the selectors under `article` in " + _FILE + ", then `wirewatch replay --quarantine`.",
    Sign.REDESIGN: "Write the new selectors under `article` in " + _FILE + " and keep the old ones under `earlier`.",
    Sign.TEASERS: "Open an article: the text may be behind a login, or the selector of `article.body` too narrow.",
    Sign.FIELDS: "Open an article and correct the selectors under `article` in " + _FILE + ".",
    Sign.LANGUAGE: "See whether the address serves another edition now; correct `entries` or `languages` in "
    + _FILE
    + ".",
    Sign.FROZEN: "Compare with the site's front page; if it goes on there, take another entry point in " + _FILE + ".",
    Sign.FEW: "Compare with the site's front page; an edition or a section may have gone from the entry points.",
    Sign.OLD: "Compare with the site's front page; a source that was given up gets `status: {{state: dead}}`.",
}
