"""Faults as other sites have them: of the articles alone, in words nobody wrote down, of a source without selectors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.support import gazette as site
from tests.support.gazette import Fault, Gazette
from tests.support.sites import Reply, redirect
from tests.support.weeks import DAY, Weeks
from wirewatch.pipeline.desk import Desk

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)


def of_articles(fault: Fault) -> Fault:
    """The fault on article pages alone; entry points and front page go on."""

    def spoil(gazette: Gazette, path: str, reply: Reply) -> Reply:
        return fault(gazette, path, reply) if path.startswith("/news/") else reply

    return spoil


def gone(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """404."""
    return Reply(404, site.HTML, b"<p>404</p>")


def wordy_consent(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A consent page of many words, none of which says what it is."""
    partners = "".join(
        f"<p>Партнёр {number} хранит сведения на вашем устройстве, пока вы это позволяете.</p>" for number in range(30)
    )
    return site.page("The Gazette", f"<h1>Ваш выбор</h1>{partners}")


def odd_404(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """A soft 404 in its own words, different for each address."""
    return site.page("The Gazette", f"<h1>Упс!</h1><p>Такого материала больше нет, запрос {path[-30:]}.</p>")


def feed_leads_home(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """The feed's address leads to the home page."""
    return redirect(f"{gazette.base}/") if path in gazette.feeds else reply


def plain_teasers(gazette: Gazette, path: str, reply: Reply) -> Reply:
    """The beginning of the text, ended like a sentence."""
    spoilt = site.teasers(gazette, path, reply)
    return replace(spoilt, body=spoilt.body.replace("…".encode(), b"."))


@pytest.mark.parametrize("layout", [True, False], ids=["selectors", "no selectors"])
@pytest.mark.parametrize(
    ("fault", "state", "signs", "reason"),
    [
        (of_articles(site.forbidden), "blocked", ["articles-fail"], "article pages: The site answered 403"),
        (of_articles(site.captcha), "blocked", ["wall"], "article pages are a wall: .*Проверка браузера"),
        (of_articles(site.truncated_gzip), "broken", ["articles-fail"], "article pages: .* ends in the middle"),
        (of_articles(gone), "broken", ["articles-fail"], "article pages: The site answered 404"),
        (of_articles(wordy_consent), "broken", ["alike", "no-articles"], "very same page|are no articles"),
        (of_articles(odd_404), "broken", ["no-articles", "redesign", "teasers"], "no articles|selectors|teasers"),
        (feed_leads_home, "broken", ["not-an-entry"], "HTML in place of a feed; it leads to the home page"),
        (plain_teasers, "broken", ["teasers", "no-articles"], "teasers in place of the text|no articles"),
    ],
    ids=["403", "captcha", "gzip", "404", "consent", "soft 404", "feed home", "teasers"],
)
def test_variants_are_named_in_the_first_run_too(
    make_desk: Callable[..., Desk],
    tmp_path: Path,
    mailbox: tuple[Path, int],
    layout: bool,
    fault: Fault,
    state: str,
    signs: list[str],
    reason: str,
) -> None:
    """State, sign and reason are right with and without selectors, on a source of six articles a day."""
    with Gazette(weekday=6, weekend=1) as gazette:
        weeks = Weeks.begin(make_desk(), gazette, folder=tmp_path, mailbox=mailbox[0])
        if not layout:
            path = weeks.desk.settings.sources / "gazette.yml"
            path.write_text(re.sub(r"(?m)^article: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
        weeks.remember(until=MONDAY)
        assert weeks.run(MONDAY)["health"] == "ok"
        gazette.fault = fault
        found = weeks.run(MONDAY + DAY)
    assert (found["health"], found["sign"] in signs) == (state, True), (found["sign"], found["reason"])
    assert re.search(reason, found["reason"]), found["reason"]
