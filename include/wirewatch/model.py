"""What flows between the stages: frozen values, no behaviour that needs a network, a clock or a database.

Each field says its unit, whether it may be missing, and where it comes from. Sources, concepts and rules,
which people write by hand, are in ``sources.py``, ``tag/concepts.py`` and ``alert/rules.py``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Outcome(str, Enum):
    """How one fetch ended. Every fetch ends in exactly one of these, and it is stored."""

    NEW = "new"  # 2xx with a body that we did not have
    UNCHANGED = "unchanged"  # 304, or 2xx with the very bytes we have
    GONE = "gone"  # 404 or 410
    BLOCKED = "blocked"  # 401, 403, 451 and their like: the site refuses us
    ROBOTS = "robots"  # robots.txt forbids the address
    LIMITED = "limited"  # 429, or 503 with Retry-After
    UNREACHABLE = "unreachable"  # no name, no route, connection refused or reset before an answer
    BROKEN = "broken"  # TLS or protocol error, or a status outside all the other cases
    TOO_LARGE = "too-large"  # more decoded bytes than the cap
    TOO_SLOW = "too-slow"  # a timeout, or the total deadline
    REFUSED = "refused"  # our own guard: scheme, port or address that must not be asked


class Purpose(str, Enum):
    """Why an address was asked."""

    ENTRY = "entry"  # a feed, sitemap or listing: it yields leads
    ARTICLE = "article"  # a page that a lead names
    ROBOTS = "robots"


class Kind(str, Enum):
    """What a page turned out to be. Only articles are loaded."""

    ARTICLE = "article"
    LISTING = "listing"
    BLOCKED = "blocked"  # captcha, consent wall or "access denied" served as a page
    OTHER = "other"  # soft 404, login, error, product, forum ...


class Precision(str, Enum):
    """How exactly a page states its time of publication."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    NONE = "none"


class Verdict(str, Enum):
    """What an article is, compared with what the warehouse has under the same address."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Health(str, Enum):
    """State of a source after a run, judged by what it yielded."""

    OK = "ok"
    QUIET = "quiet"  # it answered, and had nothing new
    UNCHANGED = "unchanged"  # every entry point said 304 or served the same bytes
    BLOCKED = "blocked"
    BROKEN = "broken"
    STALE = "stale"  # it answers, but its newest article is old
    UNREACHABLE = "unreachable"


class ChangeKind(str, Enum):
    """What happened to an article that was published before. Each is a row of its own and may alert."""

    HEADLINE = "headline"  # other words in the headline, of the page or of the listing
    EDITED = "edited"  # other words in the text, one row a passage
    NUMBER = "number"  # a number in a sentence that is else the same
    CONCEPT_ADDED = "concept-added"  # the article did not mention it before
    CONCEPT_REMOVED = "concept-removed"  # the article mentions it no more, or no more in this paragraph
    WITHDRAWN = "withdrawn"  # twice not there
    RESTORED = "restored"  # there again after it was withdrawn


class Absence(str, Enum):
    """In which form an article that was there is not there any more."""

    GONE = "gone"  # 404 or 410
    SOFT_404 = "soft-404"  # "not found" served at 200
    HOME = "home"  # its address leads to the home page, or to a section's
    EMPTIED = "emptied"  # its page is there, and the text is not
    DENIED = "denied"  # this one article alone is refused (403, 451), its neighbours are not


@dataclass(frozen=True)
class ArticleChange:
    """One thing that changed between two versions of an article, or that it is there no more."""

    kind: ChangeKind
    before: str | None = None  # the words, the number or the headline as they were; None: nothing stood there
    after: str | None = None  # as they are now; None: nothing stands there
    concept: str | None = None  # for the kinds concept-…
    paragraph: int | None = None  # from 1, of the version that has the words; None: the headline, or the whole article
    passage: str = ""  # the sentence around it, of the version that has the words
    absence: Absence | None = None  # for "withdrawn"


@dataclass(frozen=True)
class Lead:
    """An address worth fetching, as an entry point named it."""

    url: str  # absolute, http or https
    title: str | None = None  # as the listing has it
    published_at: datetime | None = None  # aware; as the listing has it, never guessed


@dataclass(frozen=True)
class Page:
    """One response as it was archived: the bytes, and how they came."""

    url: str  # the address that was asked
    final_url: str  # where the redirects ended
    status: int  # HTTP status
    headers: tuple[tuple[str, str], ...]  # in the order received
    body: bytes  # content decoding (gzip, br ...) undone, charset untouched
    fetched_at: datetime  # UTC
    redirects: tuple[str, ...] = ()  # addresses asked before final_url, in order

    def header(self, name: str) -> str | None:
        """First header of that name (case-insensitive), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True)
class Fetched:
    """The end of one fetch. ``page`` is there when the server sent a body worth keeping."""

    url: str
    purpose: Purpose
    outcome: Outcome
    fetched_at: datetime  # UTC
    elapsed: float  # seconds, politeness waits left out
    status: int | None = None
    page: Page | None = None
    note: str | None = None  # one sentence for people: what was wrong
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None  # seconds, as the server asked


@dataclass(frozen=True)
class ArchiveRef:
    """Where a response lies in the archive."""

    path: str  # WARC file, relative to the archive's root
    offset: int  # bytes from the start of the file
    length: int  # bytes of the (compressed) record
    sha256: str  # of the decoded body, lower-case hex


@dataclass(frozen=True)
class Published:
    """A stated time of publication."""

    at: datetime  # aware; keeps the offset the page states, else the source's zone
    precision: Precision
    stated: str  # the text it was read from, for evidence


@dataclass(frozen=True)
class Article:
    """What was read from a page."""

    source: str  # slug
    url: str  # where the page was finally found
    title: str  # NFC, one line
    body: str  # NFC, paragraphs separated by one newline
    authors: tuple[str, ...] = ()
    language: str | None = None  # ISO 639-1, of the text; None when it can't be told
    published: Published | None = None  # None: the page does not say
    canonical_url: str | None = None  # rel=canonical as the page states it, absolute; not yet trusted
    section: str | None = None
    image: str | None = None  # address of the lead image
    modified: Published | None = None  # the page's own "updated" time


@dataclass(frozen=True)
class Reading:
    """What a page is, and the article if it is one."""

    kind: Kind
    article: Article | None = None  # set exactly when kind is ARTICLE
    note: str | None = None  # why it is not an article
    title: str | None = None  # the page's title, for pages of every kind


@dataclass(frozen=True, order=True)
class Attribute:
    """What the text states beside a mention: a year, dates, a unit's number, a place."""

    name: str  # as the concept file calls it
    value: str  # in one form whatever the language: 2021, 2025-09-12/2025-09-16, 19 brigade
    start: int  # code points of the mention's field; the text it was read from
    end: int  # exclusive


@dataclass(frozen=True, order=True)
class Mention:
    """A concept found in a text. Offsets are code points of the text as given; end is exclusive."""

    concept: str
    field: str  # "title" or "body"
    start: int
    end: int
    surface: str  # text[start:end]
    name: str = dataclasses.field(default="", compare=False)  # the name in the concept file that matched
    attributes: tuple[Attribute, ...] = dataclasses.field(default=(), compare=False)


@dataclass(frozen=True)
class StoredArticle:
    """An article as the warehouse keeps it, with what a rule may look at."""

    article_id: int
    version: int  # 1, 2, ...
    source: str  # slug
    source_name: str
    country: str | None  # ISO 3166-1 alpha-2 or an organisation's short name
    url: str
    title: str
    body: str
    language: str | None
    published_at: datetime | None  # UTC
    published_precision: Precision
    first_seen_at: datetime  # UTC
    story_id: int | None = None
    mentions: tuple[Mention, ...] = ()
    origin_id: int | None = None  # article id of its story's origin: who said it first
    independent_sources: int = 1  # of its story: publishers that neither copy nor cite another of it


@dataclass(frozen=True)
class StoredChange:
    """A change of an article as the warehouse keeps it, with what a rule may look at."""

    change_id: int
    article: StoredArticle  # as it is now, with the mentions it has now
    concepts_before: frozenset[str]  # in the version before; of a withdrawn article those of its last
    change: ArticleChange
    seen_at: datetime  # UTC
    listing: bool  # seen on the listing; the page was not asked


@dataclass(frozen=True)
class Due:
    """What rules must look at: stories that have something new."""

    articles: tuple[StoredArticle, ...]  # all of these stories, each in its newest version
    story_keys: dict[int, str]  # story id → natural key
    due: frozenset[int]  # ids of the articles that are new or edited
    changes: tuple[StoredChange, ...] = ()


@dataclass(frozen=True)
class AlertDraft:
    """An alert that a rule asks for, before it has an id. Unique by (rule, story, fact)."""

    rule: str
    story_id: int
    article_id: int
    version: int
    facts: dict[str, object]  # what the mail shows; JSON values only, see alert/rules.py
    recipients: tuple[str, ...]
    rule_hash: str | None = None  # of the rule as it then stood
    fact_key: str = ""  # what of a story that was told before is new; "": the story itself
