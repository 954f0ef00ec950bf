"""What befalls whole sites: outages, blocks, consent pages, a redesign. Each has some articles of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.newsroom import filler
from tests.newsroom.edits import HOUR, MORNING, SECOND, Scripted, edited, served, withdrawn, words
from wirewatch.model import Absence

Weather = Literal[
    "refused", "500", "silent", "429", "captcha", "403", "consent", "maintenance", "home", "redesigned", "fine"
]
BYSTANDERS = 5


@dataclass(frozen=True)
class Stricken:
    """A site and what it answers to whatever it is asked."""

    site: str
    like: Literal["zastava", "nadbuzhzhia", "amber-courier"]  # the publisher whose pages it has
    language: Literal["ru", "uk", "pl", "lt", "en"]
    weather: Mapping[int, Weather]  # by moment, each until the next
    articles: tuple[Scripted, ...] = ()  # to which something happens beside it

    def at(self, moment: int) -> Weather:
        """The weather of a moment."""
        return next((self.weather[each] for each in range(moment, -1, -1) if each in self.weather), "fine")

    @property
    def bystanders(self) -> tuple[Scripted, ...]:
        """Articles that nothing happens to."""
        draw = Random(self.site)
        titles = list(dict.fromkeys(filler.title(self.language, draw) for _ in range(2 * BYSTANDERS)))[:BYSTANDERS]
        return tuple(
            Scripted(name=f"{self.site}: bystander {number}", site=self.site, language=self.language, title=title)
            for number, title in enumerate(titles, 1)
        )


SITES = (
    Stricken(
        "no-connection",
        "zastava",
        "ru",
        {HOUR: "refused", MORNING: "fine"},
        (
            Scripted(
                name="edited while the site was down, ru",
                site="no-connection",
                language="ru",
                title="Мост в Ольховке закрыли на ремонт",
                own={2: "Мост откроют для пешеходов в среду, обещает прораб."},
                acts={HOUR: (words(2, "в среду", "в четверг"),)},
                told=(edited(MORNING, 2, "среду", "четверг", "Мост откроют для пешеходов в четверг, обещает прораб."),),
            ),
        ),
    ),
    Stricken(
        "errors",
        "nadbuzhzhia",
        "pl",
        {SECOND: "500", MORNING: "fine"},
        (
            Scripted(
                name="withdrawn before the site went down, pl",
                site="errors",
                language="pl",
                title="Pszczelarz z Olchówki pozwał gminę",
                acts={HOUR: (served("404"),)},
                told=(withdrawn(MORNING, Absence.GONE),),
            ),
        ),
    ),
    Stricken("timeouts", "amber-courier", "en", {HOUR: "silent", SECOND: "fine"}),
    Stricken("limits", "amber-courier", "en", {HOUR: "429", MORNING: "fine"}),
    Stricken("captchas", "nadbuzhzhia", "uk", {HOUR: "captcha", MORNING: "fine"}),
    Stricken("refusals", "zastava", "ru", {HOUR: "403", MORNING: "fine"}),
    Stricken("consents", "amber-courier", "lt", {HOUR: "consent", MORNING: "fine"}),
    Stricken("repairs", "zastava", "ru", {HOUR: "maintenance", MORNING: "fine"}),
    Stricken("homesick", "nadbuzhzhia", "uk", {HOUR: "home", MORNING: "fine"}),
    Stricken("redesigned", "nadbuzhzhia", "pl", {HOUR: "redesigned"}),
)
