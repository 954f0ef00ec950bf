"""A source's state after a run: entry points, pages and texts, each against the source's own history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from wirewatch.health.figures import EntryFetch, EntryFigures, Figures, PageFetch, Share, Text, gather
from wirewatch.health.judge import Judgement, Standing, judge_source
from wirewatch.health.signs import FAILING, Sign
from wirewatch.health.usual import Past
from wirewatch.model import Health, Outcome
from wirewatch.sources import SourceSpec

NOW = datetime(2026, 11, 24, 18, tzinfo=timezone.utc)  # a Tuesday
DAY = timedelta(days=1)
FEED, OTHER = "https://press.example/rss", "https://press.example/be/rss"
OK = EntryFigures(FEED, Outcome.NEW, leads=20, fresh=6)
SAME = EntryFigures(FEED, Outcome.UNCHANGED)


def source(*feeds: str, **more: Any) -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "slug": "press",
            "name": "Press",
            "country": "BY",
            "kind": "press",
            "home": "https://press.example/",
            "languages": ["ru"],
            "timezone": "Europe/Minsk",
            "entries": [{"feed": feed} for feed in feeds or (FEED,)],
            "status": {"state": "works", "how": "invented"},
            **more,
        }
    )


def day_figures(new: int = 6, *, entries: Sequence[EntryFigures] = (OK,), **shares: tuple[int, int]) -> Figures:
    """An ordinary day of so many articles; shares are given with ``__`` for the colon in their names."""
    ordinary = dict.fromkeys(("articles-fail", "home", "wall", "no-articles", "quarantined", "alike"), Share(0, new))
    texts = dict.fromkeys(("without:published", "without:authors", "missed:body", "language", "cut"), Share(0, new))
    given = {name.replace("__", ":").replace("_", "-"): Share(*share) for name, share in shares.items()}
    return Figures(
        entries=tuple(entries),
        new=new,
        shares={**ordinary, **texts, **given},
        texts=new,
        body_lowest=700 if new else None,
        body_median=2000 if new else None,
        body_highest=5000 if new else None,
        languages={"ru": new},
    )


def history(days: int = 63, *, entries: Sequence[EntryFigures] = (OK,), new: int = 6) -> list[Past]:
    return [Past(NOW - back * DAY, Health.OK, day_figures(new, entries=entries)) for back in range(days, 0, -1)]


def judged(
    figures: Figures,
    *,
    past: Sequence[Past] | None = None,
    before: Standing | None = None,
    spec: SourceSpec | None = None,
    newest: timedelta = DAY,
) -> Judgement:
    return judge_source(
        figures,
        past=history() if past is None else past,
        before=before,
        source=spec or source(),
        now=NOW,
        leads=[NOW - newest - number * DAY for number in range(20)],
    )


def told(judgement: Judgement) -> tuple[Health, Sign | None]:
    return judgement.state, judgement.sign


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (OK, Health.OK),
        (replace(OK, fresh=0), Health.QUIET),
        (SAME, Health.UNCHANGED),
        (EntryFigures(FEED, Outcome.UNREACHABLE, note="no address"), Health.UNREACHABLE),
        (EntryFigures(FEED, Outcome.TOO_SLOW), Health.UNREACHABLE),
        (EntryFigures(FEED, Outcome.BLOCKED), Health.BLOCKED),
        (EntryFigures(FEED, Outcome.ROBOTS), Health.BLOCKED),
        (EntryFigures(FEED, Outcome.LIMITED), Health.BLOCKED),
        (EntryFigures(FEED, Outcome.GONE), Health.BROKEN),
        (EntryFigures(FEED, Outcome.BROKEN, note="TLS failed: certificate has expired."), Health.BROKEN),
        (EntryFigures(FEED, Outcome.NEW, note="HTML in place of a feed", problem=True, leads=0), Health.BROKEN),
        (EntryFigures(FEED, Outcome.NEW, note="a captcha", problem=True, wall=True, leads=0), Health.BLOCKED),
        (replace(OK, leads=0, fresh=0), Health.BROKEN),
    ],
)
def test_the_only_entry_point_decides(entry: EntryFigures, state: Health) -> None:
    """A quiet day never looks like an outage, nor the reverse; what was wrong is in the reason, with the address."""
    yielded = 6 if entry.fresh else 0
    found = judged(day_figures(yielded, entries=[entry]))
    assert found.state is state, found
    assert (found.reason is not None) == (state in FAILING)
    assert state not in FAILING or (FEED in found.reason and (entry.note or "") in found.reason)


def test_a_dead_edition_is_named_although_the_others_go_on() -> None:
    """One of two feeds answers 404: the source is broken, and the reason says which feed and of how many."""
    two, dead = [OK, replace(OK, entry=OTHER)], EntryFigures(OTHER, Outcome.GONE, note="The site answered 404")
    found = judged(day_figures(entries=[OK, dead]), past=history(entries=two), spec=source(FEED, OTHER))
    assert (told(found), found.reason) == (
        (Health.BROKEN, Sign.NO_ANSWER),
        f"1 of 2 entry points: {OTHER}: The site answered 404",
    )


def test_a_trouble_that_passes_is_a_fault_from_the_second_run_on() -> None:
    """One of two feeds is too slow once: nothing; twice in a row: unreachable."""
    slow = EntryFigures(OTHER, Outcome.TOO_SLOW, note="silent")
    two, spec = [OK, replace(OK, entry=OTHER)], source(FEED, OTHER)
    past = history(entries=two)
    assert judged(day_figures(entries=[OK, slow]), past=past, spec=spec).state is Health.OK
    again = [*past[:-1], replace(past[-1], figures=day_figures(entries=[OK, slow]))]
    assert judged(day_figures(entries=[OK, slow]), past=again, spec=spec).state is Health.UNREACHABLE


def test_an_entry_point_that_is_empty_now_and_then_may_be() -> None:
    """A news sitemap of two days is empty on some Sundays; a feed keeps its last articles, and never is."""
    nothing = replace(OK, leads=0, fresh=0)
    past, sitemap = history(), source(entries=[{"sitemap": FEED}])
    empty_twice = [
        replace(run, figures=day_figures(0, entries=[nothing])) if number in (20, 41) else run
        for number, run in enumerate(past)
    ]
    assert judged(day_figures(0, entries=[nothing]), past=empty_twice).state is Health.QUIET
    assert judged(day_figures(0, entries=[nothing]), past=[]).state is Health.QUIET
    assert judged(day_figures(0, entries=[nothing]), past=past[-2:], spec=sitemap).state is Health.QUIET
    assert told(judged(day_figures(0, entries=[nothing]), spec=sitemap)) == (Health.BROKEN, Sign.EMPTY)
    assert told(judged(day_figures(0, entries=[nothing]), past=past[-1:])) == (Health.BROKEN, Sign.EMPTY)


def test_an_empty_entry_point_that_is_then_unchanged_is_still_empty() -> None:
    """The second day answers 304 to the empty feed of the first."""
    nothing = day_figures(0, entries=[replace(OK, leads=0, fresh=0)])
    past = [*history()[:-1], Past(NOW - DAY, Health.BROKEN, nothing)]
    assert told(judged(day_figures(0, entries=[SAME]), past=past)) == (Health.BROKEN, Sign.EMPTY)


@pytest.mark.parametrize(
    ("shares", "sign"),
    [
        ({"articles_fail": (6, 6)}, Sign.ARTICLES_FAIL),
        ({"home": (5, 6)}, Sign.HOME),
        ({"wall": (6, 6)}, Sign.WALL),
        ({"no_articles": (4, 6)}, Sign.NO_ARTICLES),
        ({"quarantined": (6, 6)}, Sign.QUARANTINED),
        ({"alike": (6, 6)}, Sign.ALIKE),
        ({"missed__body": (6, 6)}, Sign.REDESIGN),
        ({"without__published": (6, 6)}, Sign.FIELDS),
        ({"without__authors": (5, 6)}, Sign.FIELDS),
        ({"language": (5, 6)}, Sign.LANGUAGE),
        ({"no_articles": (1, 6), "quarantined": (1, 6), "missed__body": (2, 6)}, None),  # an ordinary day
        ({"without__image": (6, 6)}, None),  # nobody asked for images
    ],
)
def test_most_pages_being_odd_is_a_fault(shares: Mapping[str, tuple[int, int]], sign: Sign | None) -> None:
    """Half of the pages or more, and less likely than 1 in 1,000: the sign says what the pages lack."""
    figures = replace(day_figures(**shares), outcomes={"blocked": 6}, notes={"wall": "verify you are human"})
    found = judged(figures)
    assert found.sign is sign, found
    assert (found.state in FAILING) == (sign is not None)
    count = next(iter(shares.values()))
    assert sign is None or f"{count[0]} of {count[1]}" in (found.reason or "")


@pytest.mark.parametrize(("count", "usual", "state"), [(1, 0, Health.OK), (3, 0, Health.BROKEN), (3, 3, Health.OK)])
def test_few_odd_pages_are_judged_by_what_is_usual(count: int, usual: int, state: Health) -> None:
    """One page of one may be odd; three of three are a fault, but not where half of all pages are no articles."""
    past = [replace(run, figures=day_figures(no_articles=(usual, 6))) if usual else run for run in history(new=6)]
    found = judged(day_figures(count, no_articles=(count, count)), past=past)
    assert found.state is state, found


def test_a_new_source_is_judged_by_hard_signs_alone() -> None:
    """Without history: pages that are walls or unreadable tell, missing authors do not."""
    assert judged(day_figures(wall=(4, 6)), past=[]).state is Health.BLOCKED
    assert judged(day_figures(quarantined=(5, 6)), past=[]).state is Health.BROKEN
    assert judged(day_figures(cut=(6, 6)), past=[]).sign is Sign.TEASERS
    assert judged(day_figures(without__authors=(6, 6)), past=[]).state is Health.OK


def test_what_the_file_expects_is_asked_of_a_new_source_too() -> None:
    """Middle length, fields and languages of ``expect`` hold from the first run."""
    day = day_figures(without__image=(5, 6), language=(6, 6))
    asked = {
        "fields": source(expect={"fields": ["image"]}),
        "teasers": source(expect={"body": 2500}),
        "language": source(expect={"languages": ["be"]}),
    }
    fields = replace(day, shares={**day.shares, "language": Share(0, 6)})
    assert judged(fields, past=[], spec=asked["fields"]).reason == "no image on 5 of 6 articles, where most have one"
    assert judged(day_figures(), past=[], spec=asked["teasers"]).sign is Sign.TEASERS
    assert judged(day, past=[], spec=asked["language"]).sign is Sign.LANGUAGE


@pytest.mark.parametrize(
    ("new", "lengths", "sign"),
    [
        (6, (90, 120, 160), Sign.TEASERS),
        (6, (400, 1500, 2500), None),  # a day of short notes
        (1, (300, 300, 300), Sign.TEASERS),  # half as long as the shortest there was
        (1, (400, 400, 400), None),
    ],
)
def test_bodies_that_shrink_are_teasers(new: int, lengths: tuple[int, int, int], sign: Sign | None) -> None:
    """The middle body falls to a fraction of what is usual; a single text must be far shorter than all before it."""
    lowest, middle, highest = lengths
    figures = replace(day_figures(new), body_lowest=lowest, body_median=middle, body_highest=highest)
    found = judged(figures)
    assert found.sign is sign, found
    assert sign is None or f"{middle} characters" in (found.reason or "")


def standing(state: Health, sign: Sign) -> Standing:
    return Standing(state, sign, "as yesterday", NOW - 3 * DAY)


def test_a_silent_day_repairs_no_page() -> None:
    """After a redesign a day without pages is still broken, with its reason and its beginning; a good page ends it."""
    before = standing(Health.BROKEN, Sign.REDESIGN)
    silent = judged(day_figures(0, entries=[replace(OK, fresh=0)]), before=before)
    assert (told(silent), silent.reason, silent.since) == (
        (Health.BROKEN, Sign.REDESIGN),
        "as yesterday",
        before.since,
    )
    assert told(judged(day_figures(1, missed__body=(1, 1)), before=before)) == (Health.BROKEN, Sign.REDESIGN)
    assert judged(day_figures(1), before=before).state is Health.OK
    assert judged(day_figures(1), before=before).since == NOW


def test_an_entry_point_that_answers_again_is_fine_although_nothing_is_new() -> None:
    """After an outage a quiet day is a quiet day."""
    before = standing(Health.UNREACHABLE, Sign.NO_ANSWER)
    assert judged(day_figures(0, entries=[SAME]), before=before).state is Health.UNCHANGED


def test_a_silence_that_lasts_does_not_become_usual() -> None:
    """A frozen source stays stale when its history has only silence, until something new comes."""
    quiet = replace(OK, fresh=0)
    past = [Past(run.at, Health.STALE, day_figures(0, entries=[quiet])) for run in history()]
    before = standing(Health.STALE, Sign.FROZEN)
    assert judged(day_figures(0, entries=[quiet]), past=past, before=before).state is Health.STALE
    assert judged(day_figures(), past=past, before=before).state is Health.OK


def test_figures_survive_json() -> None:
    """What is kept for later is what was judged; what an older version did not keep is empty."""
    figures = replace(day_figures(wall=(1, 6)), notes={"wall": "x"}, outcomes={"gone": 1})
    assert Figures.from_json(figures.to_json()) == figures
    assert Figures.from_json({"new": 3, "unheard": 1}) == Figures(new=3)


def entry_fetch(url: str, *, leads: int | None = 5, fresh: int = 0, outcome: Outcome = Outcome.NEW) -> EntryFetch:
    return EntryFetch(url, url, outcome, None, leads, fresh, None)


def page_fetch(path: str, **more: Any) -> PageFetch:
    url = f"https://press.example{path}"
    values = {"final_url": url, "outcome": Outcome.NEW, "note": None, "sha256": path, "read_as": "article"}
    return PageFetch(**{"url": url, **values, "read_note": None, "had": True, **more})


def test_pages_of_an_entry_point_are_added_up() -> None:
    """Nested sitemaps and further pages follow their entry point's own address; a retry in the same run replaces."""
    spec = source(
        entries=[{"sitemap": "https://press.example/{date:%Y-%m}.xml"}, {"feed": FEED}],
    )
    fetches = [
        entry_fetch("https://press.example/2026-11.xml", leads=0),
        entry_fetch("https://press.example/part-1.xml", leads=40, fresh=3),
        entry_fetch("https://press.example/part-2.xml", leads=30, fresh=2),
        entry_fetch(FEED, leads=None, outcome=Outcome.UNREACHABLE),
        entry_fetch(FEED, leads=20, fresh=4),
    ]
    figures = gather(spec, day=date(2026, 11, 24), entries=fetches, pages=[], texts=[], new=0, changed=0)
    assert figures.entries == (
        EntryFigures("https://press.example/{date:%Y-%m}.xml", Outcome.NEW, leads=70, fresh=5),
        EntryFigures(FEED, Outcome.NEW, leads=20, fresh=4),
    )


def test_pages_and_texts_are_counted() -> None:
    """Failures, walls, redirects to the home page, selectors that miss, fields that lack, and words for each."""
    spec = source(article={"body": ".text p", "authors": ".author"})
    missed = "the source's selectors matched nothing for: authors"
    pages = [
        page_fetch("/1", read_note=missed),
        page_fetch("/2"),
        page_fetch("/3", read_as="blocked", read_note="a short page"),
        page_fetch("/4", read_as="other", final_url="https://press.example/"),
        page_fetch("/5", outcome=Outcome.BLOCKED, note="403", sha256=None, read_as=None),
        page_fetch("/6", outcome=Outcome.GONE, note="404", sha256=None, read_as=None),  # was there: withdrawn
        page_fetch("/7", outcome=Outcome.GONE, note="404", sha256=None, read_as=None, had=False),
    ]
    texts = [
        Text("A", 1200, cut=False, language="ru", fields=frozenset({"published", "authors"})),
        Text("B", 80, cut=True, language="pl", fields=frozenset({"published"})),
    ]
    figures = gather(spec, day=date(2026, 11, 24), entries=[], pages=pages, texts=texts, new=2, changed=0)
    assert {name: str(share) for name, share in figures.shares.items()} == {
        "articles-fail": "2 of 6",
        "home": "1 of 4",
        "wall": "1 of 4",
        "no-articles": "1 of 4",
        "quarantined": "0 of 4",
        "alike": "0 of 4",
        "missed:body": "0 of 2",
        "missed:authors": "1 of 2",
        "without:published": "0 of 2",
        "without:authors": "1 of 2",
        "without:section": "2 of 2",
        "without:image": "2 of 2",
        "language": "1 of 2",
        "same-text": "0 of 2",
        "cut": "1 of 2",
    }
    assert figures.notes == {"articles-fail": "403", "wall": "a short page"}
    assert (figures.outcomes, figures.languages) == ({"blocked": 1, "gone": 1}, {"ru": 1, "pl": 1})
    assert (figures.body_lowest, figures.body_median, figures.body_highest) == (80, 640, 1200)


def test_every_sign_says_what_to_do() -> None:
    """Each sign has a sentence that a source's name can be put into."""
    assert all(sign.advice.format(slug="press").endswith(".") and sign.family for sign in Sign)
