"""Page → Reading: what the page is, and the article if it is one. Pure: no clock, no network, no database.

Composes the readers beside it: ``decode`` (bytes → text), ``selected`` (the source's selectors), ``metadata``,
``headline``, ``bylines``, ``published`` (what the page states), ``extract`` (the body), ``language`` and ``kind``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo

from wirewatch.errors import PageError
from wirewatch.model import Article, Kind, Page, Published, Reading
from wirewatch.parse import decode, metadata
from wirewatch.parse.bylines import read_authors
from wirewatch.parse.decode import storable
from wirewatch.parse.extract import read_body, without_headline
from wirewatch.parse.headline import read_title
from wirewatch.parse.kind import has_text, judge, marked_as_article
from wirewatch.parse.language import text_language
from wirewatch.parse.missed import missed_note
from wirewatch.parse.page_tree import Tree, defused, parse_tree, squeeze
from wirewatch.parse.published import read_dates
from wirewatch.parse.selected import Selected, select_parts
from wirewatch.parse.signs import read_signs
from wirewatch.parse.survey import opening_text
from wirewatch.parse.walls import LOOKED_AT, missing_note, wall_note
from wirewatch.sources import Layout, SourceSpec
from wirewatch.written_dates.dates import Habits, Moment, as_published, read_moment

_LONGEST_TITLE = 2000  # characters
_EARLIEST = 1990
_TOLD = 400  # characters of a body that, on a page marked as an article, is no wall's and no error's
_AHEAD = timedelta(days=2)  # a date may lie so far after the fetch: zones, clocks, embargoes


@dataclass(frozen=True)
class Findings:
    """All that was read from a page, whatever its kind."""

    kind: Kind
    article: Article
    note: str | None = None


def read_page(page: Page, *, source: SourceSpec | None = None) -> Reading:
    """What a page is, and the article if it is one.

    ``page.fetched_at`` is the reference for relative dates; times without an offset are in ``source.timezone``, without
    a source in UTC (``Published.stated`` then shows the text without an offset). Raises PageError, with its reason in
    one sentence, for what cannot be stored (NUL, lone surrogates) and for an article with a title over 2,000
    characters, without a title or a body, or dated outside 1990 … fetched_at + 2 days.
    """
    findings = read_findings(page, source=source)
    if findings.kind is not Kind.ARTICLE:
        return Reading(kind=findings.kind, note=findings.note, title=findings.article.title or None)
    return Reading(kind=Kind.ARTICLE, article=findings.article, note=findings.note, title=findings.article.title)


def read_findings(page: Page, *, source: SourceSpec | None = None, relative_dates: bool = True) -> Findings:
    """As ``read_page``, and keeps what was read from pages of every kind.

    ``relative_dates=False`` leaves "yesterday" and dates without a year unread: for a page whose time of fetching is
    not known.
    """
    decoded = decode.decoded(page.body, content_type=page.header("content-type"), url=page.final_url)
    markup = defused(decoded.text)
    layout = source.layout_on(page.fetched_at.date()) if source else Layout()
    selected = select_parts(parse_tree(markup, raw=decoded.raw if markup is decoded.text else None), layout)
    tree = selected.rest
    head = metadata.read_head(tree, url=page.final_url)
    zone = source.zone if source else None
    article, moment = _read_article(page, tree, head, selected, zone=zone, relative_dates=relative_dates)
    article = replace(article, source=source.slug if source else "")
    _refuse_unstorable(article)
    kind, note = _kind_of(tree, head, article, selected, of_source=source is not None)
    if kind is Kind.ARTICLE:
        _refuse_broken(article, moment, page, zone)
        if source and source.since:
            _refuse_older(article, source.since)
    if moment is not None and not _plausible(moment, page.fetched_at, zone):
        article = replace(article, published=None)
    if len(article.title) > _LONGEST_TITLE:
        article = replace(article, title=article.title[:_LONGEST_TITLE])
    return Findings(kind=kind, article=article, note=note)


def _read_article(
    page: Page, tree: Tree, head: metadata.Head, selected: Selected, *, zone: tzinfo | None, relative_dates: bool
) -> tuple[Article, Moment | None]:
    """What the page states, and the moment of publication as written."""
    habits = Habits(
        now=page.fetched_at.astimezone(zone or timezone.utc) if relative_dates else None,
        zone=zone,
        month_first=(head.language or "").lower().replace("_", "-") == "en-us",
    )
    dates = read_dates(tree, head, habits=habits, accept=lambda moment: _plausible(moment, page.fetched_at, zone))
    moment = read_moment(selected.published, habits) or dates.published
    title = _line(selected.title or read_title(tree, head))
    body = selected.body or without_headline(read_body(tree, stated=_stated_body(head)), title)
    return Article(
        source="",
        url=page.final_url,
        title=title,
        body=body,
        authors=tuple(_line(name) for name in selected.authors or read_authors(tree, head)),
        language=text_language(f"{title}\n{body}", stated=head.language),
        published=as_published(moment, zone=zone) if moment else None,
        canonical_url=head.canonical,
        section=_line(selected.section or metadata.section(head)) or None,
        image=(metadata.absolute(selected.image, page.final_url) if selected.image else None) or metadata.image(head),
        modified=_plausible_or_none(read_moment(selected.modified, habits) or dates.modified, page.fetched_at, zone),
    ), moment


def _stated_body(head: metadata.Head) -> str:
    """The longest ``articleBody`` of the page's JSON-LD; '' when it has none."""
    texts = [node.get("articleBody") for node in head.articles]
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


def _kind_of(
    tree: Tree, head: metadata.Head, article: Article, selected: Selected, *, of_source: bool
) -> tuple[Kind, str | None]:
    text = article.body if tree.hostile else opening_text(tree.outline, most=LOOKED_AT)
    title = head.document_title or article.title
    marked = bool(head.articles) or (head.meta("og:type") or "").lower() == "article"
    surely = bool(selected.body) or (marked and len(article.body) >= _TOLD)
    if note := wall_note(title=title, text=text, markup=tree.text, marked=surely):
        return Kind.BLOCKED, note
    if note := missing_note(title=title, text=text, marked=surely):
        return Kind.OTHER, note
    missed = missed_note(selected.missed)
    if selected.body and article.title:
        return Kind.ARTICLE, missed
    if tree.hostile:
        return (
            (Kind.ARTICLE, missed) if marked or (article.body and article.title) else (Kind.OTHER, "no text of its own")
        )
    signs = read_signs(tree, head, title=article.title)
    kind = judge(signs, of_source=of_source)
    if kind is not Kind.LISTING and not has_text(signs, article.body):
        if not marked_as_article(signs):
            return Kind.OTHER, "no text of its own"
        if not article.body:
            return Kind.ARTICLE, missed  # for the caller to refuse
    if kind is Kind.ARTICLE:
        return kind, missed
    return kind, "many links and little text of its own" if kind is Kind.LISTING else "too few signs of an article"


def _plausible(moment: Moment, fetched_at: datetime, zone: tzinfo | None) -> bool:
    at = as_published(moment, zone=zone).at
    if not _EARLIEST <= at.year < 9000:  # near the calendar's ends a change of zone overflows
        return False
    return at <= fetched_at + _AHEAD


def _plausible_or_none(moment: Moment | None, fetched_at: datetime, zone: tzinfo | None) -> Published | None:
    return as_published(moment, zone=zone) if moment and _plausible(moment, fetched_at, zone) else None


def _refuse_broken(article: Article, moment: Moment | None, page: Page, zone: tzinfo | None) -> None:
    """PageError for an article that cannot become a row."""
    if not article.title:
        raise PageError(article.url, "the article has no title")
    if len(article.title) > _LONGEST_TITLE:
        raise PageError(article.url, f"the title has {len(article.title):,} characters, over {_LONGEST_TITLE:,}")
    if not article.body:
        raise PageError(article.url, "the page is marked as an article and has no body")
    if moment is not None and not _plausible(moment, page.fetched_at, zone):
        raise PageError(article.url, f"the stated date {moment.stated!r} is not between 1990 and two days from now")


def _refuse_older(article: Article, since: date) -> None:
    """PageError for an article dated before its site began."""
    if article.published and article.published.at.date() < since:
        raise PageError(
            article.url, f"the stated date {article.published.stated!r} is before {since}, when the site began"
        )


def _refuse_unstorable(article: Article) -> None:
    """Escapes in JSON-LD can make what no byte of the page contained."""
    values = (article.title, article.body, *article.authors, article.section or "", article.image or "")
    stated = [moment.stated for moment in (article.published, article.modified) if moment]
    if not all(storable(value) for value in (*values, *stated, article.canonical_url or "")):
        raise PageError(article.url, "a value of the page contains NUL or a lone surrogate")


def _line(text: str | None) -> str:
    return squeeze(unicodedata.normalize("NFC", text or ""))
