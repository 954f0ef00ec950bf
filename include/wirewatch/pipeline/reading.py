"""One archived page: bytes → what today's code and source file read from them → what its rows need. No network."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from wirewatch.dedup.identity import content_hash, text_hash
from wirewatch.errors import ArchiveError, PageError
from wirewatch.model import ArchiveRef, Article, Reading
from wirewatch.parse.read import read_page
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.offline import OfflineError
from wirewatch.sources import SourceSpec
from wirewatch.warehouse.load import Loadable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Read:
    """What came of a page: a reading, or the reason why there is none."""

    reading: Reading | None = None
    reason: str | None = None  # one sentence; set exactly when there is no reading
    damaged: bool = False  # the archive's fault: its record is missing or not what it was

    @property
    def article(self) -> Article | None:
        """The article, if the page is one."""
        return self.reading.article if self.reading else None


@dataclass(frozen=True)
class Origin:
    """Where an article's text came from, and where it belongs."""

    canonical_url: str  # the article's key
    address_id: int
    fetch_id: int
    run_id: int
    seen_at: datetime  # UTC: when the bytes were fetched
    matched: bool = False  # no rule is to be tried on it
    reread: bool = False  # our code alone makes it differ from the version before


def read_archived(desk: Desk, source: SourceSpec, *, ref: ArchiveRef, url: str) -> Read:
    """A page of the archive, read; never raises for what is in it."""
    try:
        return Read(reading=read_page(desk.archive.read(ref), source=source))
    except PageError as error:
        return Read(reason=error.reason)
    except ArchiveError as error:
        return Read(reason=str(error), damaged=True)
    except OfflineError:
        raise
    except Exception as error:
        # A page is hostile input, and readers have faults. Let through, one page would keep its whole source from
        # ever being read again; so it is quarantined, its bytes kept, and the trace goes to the task's log.
        log.exception("reading %s failed", url)
        return Read(reason=f"reading it failed: {type(error).__name__}: {str(error)[:200]}")


def loadable(desk: Desk, article: Article, origin: Origin) -> Loadable:
    """An article with its mentions and hashes, ready to load."""
    return Loadable(
        canonical_url=origin.canonical_url,
        address_id=origin.address_id,
        fetch_id=origin.fetch_id,
        run_id=origin.run_id,
        article=article,
        mentions=desk.tag(
            title=article.title,
            body=article.body,
            language=article.language,
            country=desk.source(article.source).country,
        ),
        content_hash=content_hash(article.title, article.body),
        text_hash=text_hash(article.body, otherwise=f"{article.source}\n{origin.canonical_url}"),
        seen_at=origin.seen_at,
        matched=origin.matched,
        reread=origin.reread,
    )
