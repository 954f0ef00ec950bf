"""Faults of article pages: refused, walls, soft 404s, other selectors, teasers, lost fields. Pure.

A share of today's pages is a fault when it is half of them or more, and a share as high has a chance below 1 in 1,000
where the source's own history is as it is (binomial). So three odd pages of three tell, and one of one does not.
"""

from __future__ import annotations

from wirewatch.health.chance import RARE, at_least
from wirewatch.health.figures import FIELDS, Figures, Share
from wirewatch.health.signs import STATE_OF, Finding, Sign
from wirewatch.health.usual import Usual
from wirewatch.model import Health, Outcome
from wirewatch.sources import SourceSpec

_ENOUGH = 20  # pages of earlier runs, before a share of them says what is usual
_FEW = 3  # texts of a day, below which a middle says nothing
_HARD = {"home": 0.05, "wall": 0.05, "alike": 0.05, "same-text": 0.05}
_DEFAULT = 0.1  # chance of a page that cannot be used, of a source not yet known
_WATCHED = frozenset({"published", "authors"})  # fields whose loss is a fault although the file does not ask for them
_FIELD_NAMES = {"published": "date", "authors": "author", "section": "section", "image": "image"}
_STILL = {Sign.REDESIGN: "missed:", Sign.FIELDS: "without:"}  # names of shares, where they are not the sign's own
_FRACTION = 0.4  # of the usual middle body
_BELOW = 0.7  # of the shortest middle body there was


def page_faults(figures: Figures, usual: Usual, source: SourceSpec) -> list[Finding]:
    """What is wrong with a day's pages. Where pages are no articles, what their texts lack says nothing more."""
    for check in (_failing, _home, _walls, _no_articles, _quarantined, _alike):
        if finding := check(figures, usual):
            return [finding]
    found = (
        _redesign(figures, usual),
        _teasers(figures, usual, source),
        _lost_fields(figures, usual, source),
        _other_language(figures, usual, source),
    )
    return [finding for finding in found if finding is not None]


def pages_still_wrong(sign: Sign, figures: Figures, usual: Usual, source: SourceSpec) -> bool:
    """Whether a fault of pages goes on: half of today's pages have it, or there was no page to show that it is over."""
    if sign is Sign.TEASERS:
        shortest = max(source.expect.body, _FRACTION * (usual.body_median or 0))
        return figures.body_median is None or figures.body_median < shortest
    names = [name for name in figures.shares if name.startswith(_STILL.get(sign, sign.value))]
    shares = [(figures.share(name), usual.share(name)) for name in names]
    return not any(today.total for today, _ in shares) or any(
        2 * today.count >= today.total > 0 and 2 * before.count <= before.total for today, before in shares
    )


def unusual(name: str, figures: Figures, usual: Usual, *, known_only: bool = False) -> Share | None:
    """A share that is no accident, or None. ``known_only``: without history nothing is said."""
    today, before = figures.share(name), usual.share(name)
    if today.count * 2 < today.total or not today.count:
        return None
    if before.total >= _ENOUGH:
        chance = (before.count + 0.5) / (before.total + 1)
    elif known_only:
        return None
    else:
        chance = _HARD.get(name, _DEFAULT)
    return today if at_least(today.count, today.total, chance=chance) <= RARE else None


def _failing(figures: Figures, usual: Usual) -> Finding | None:
    if not (share := unusual("articles-fail", figures, usual)):
        return None
    outcome = Outcome(max(sorted(figures.outcomes), key=lambda name: figures.outcomes[name]))
    note = figures.notes.get("articles-fail", outcome.value)
    return Finding(STATE_OF[outcome], Sign.ARTICLES_FAIL, f"{share} article pages: {note}")


def _home(figures: Figures, usual: Usual) -> Finding | None:
    share = unusual("home", figures, usual)
    return Finding(Health.BROKEN, Sign.HOME, f"{share} article addresses lead to the home page") if share else None


def _walls(figures: Figures, usual: Usual) -> Finding | None:
    share = unusual("wall", figures, usual)
    note = figures.notes.get("wall", "a page that asks for something")
    return Finding(Health.BLOCKED, Sign.WALL, f"{share} article pages are a wall: {note}") if share else None


def _no_articles(figures: Figures, usual: Usual) -> Finding | None:
    share = unusual("no-articles", figures, usual)
    note = figures.notes.get("no-articles", "listings or other pages")
    return Finding(Health.BROKEN, Sign.NO_ARTICLES, f"{share} pages are no articles: {note}") if share else None


def _quarantined(figures: Figures, usual: Usual) -> Finding | None:
    share = unusual("quarantined", figures, usual)
    note = figures.notes.get("quarantined", "they cannot be stored")
    return Finding(Health.BROKEN, Sign.QUARANTINED, f"{share} pages are quarantined: {note}") if share else None


def _alike(figures: Figures, usual: Usual) -> Finding | None:
    share = unusual("alike", figures, usual) or unusual("same-text", figures, usual)
    return Finding(Health.BROKEN, Sign.ALIKE, f"{share} article addresses give the very same page") if share else None


def _redesign(figures: Figures, usual: Usual) -> Finding | None:
    names = sorted(name for name in figures.shares if name.startswith("missed:"))
    missed = {name.partition(":")[2]: share for name in names if (share := unusual(name, figures, usual))}
    if not missed:
        return None
    share = max(missed.values(), key=lambda share: share.count)
    what = ", ".join(missed)
    return Finding(
        Health.BROKEN,
        Sign.REDESIGN,
        f"the selectors for {what} match nothing on {share} pages: was the site redesigned?",
    )


def _teasers(figures: Figures, usual: Usual, source: SourceSpec) -> Finding | None:
    today, fewest = figures.body_median, source.expect.body
    if today is None or figures.body_highest is None:
        return None
    cut = unusual("cut", figures, usual)
    if fewest and today < fewest and figures.texts >= _FEW:
        told = f", where its file expects {fewest:,}"
    elif usual.body_median is not None and (cut or _much_shorter(figures, today, usual)):
        told = f", where {usual.body_median:,} are usual"
    elif cut:
        told = ""
    else:
        return None
    told += f"; {cut} break off or send the reader on" if cut else ""
    reason = f"teasers in place of the text? the bodies of {figures.texts} articles have {today:,} characters"
    return Finding(Health.BROKEN, Sign.TEASERS, f"{reason} at the middle{told}")


def _much_shorter(figures: Figures, today: int, usual: Usual) -> bool:
    """Of three texts and more the middle one tells; of fewer, all must be half as long as the shortest there was."""
    if usual.texts < _ENOUGH or usual.body_median is None:
        return False
    if figures.texts >= _FEW:
        shortest = usual.lowest_median if usual.lowest_median is not None else usual.body_median
        return today < _FRACTION * usual.body_median and today < _BELOW * shortest
    return (figures.body_highest or 0) < 0.5 * (usual.body_lowest or 0)


def _lost_fields(figures: Figures, usual: Usual, source: SourceSpec) -> Finding | None:
    lost: dict[str, Share] = {}
    for name in FIELDS:
        share = figures.share(f"without:{name}")
        asked = name in source.expect.fields and share.total >= _FEW and 2 * share.count > share.total
        if asked or (name in _WATCHED and unusual(f"without:{name}", figures, usual, known_only=True)):
            lost[_FIELD_NAMES[name]] = share
    if not lost:
        return None
    what = ", ".join(f"no {name} on {share}" for name, share in lost.items())
    return Finding(Health.BROKEN, Sign.FIELDS, f"{what} articles, where most have one")


def _other_language(figures: Figures, usual: Usual, source: SourceSpec) -> Finding | None:
    if not (share := unusual("language", figures, usual)):
        return None
    wanted = "/".join(source.expect.languages or source.languages)
    found = ", ".join(f"{count} {name}" for name, count in sorted(figures.languages.items(), key=lambda item: -item[1]))
    return Finding(Health.BROKEN, Sign.LANGUAGE, f"{share} articles are not in {wanted} ({found})")
