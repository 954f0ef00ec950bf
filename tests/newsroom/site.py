"""Truths → what a site answers: every address of one publisher on one day, rendered beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.newsroom.publishers import PER_PAGE, Publisher, section_path
from tests.newsroom.world import State, Truth, listed_on

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}
_MESSAGES = {
    404: ("Страница не найдена", "Сторінку не знайдено", "Page not found"),
    403: ("Доступ закрыт", "Доступ заборонено", "Access denied"),
}


@dataclass(frozen=True)
class Answer:
    """One response before conditional requests are looked at."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None  # Last-Modified; None: the answer carries no validators
    location: str | None = None  # of a redirect


@dataclass(frozen=True)
class Site:
    """All addresses of one publisher on one day."""

    answers: dict[str, Answer]  # by path, the query left out
    missing: Answer  # for every other path

    def answer(self, path: str) -> Answer:
        """The answer to a path; the query is ignored, as on sites that use it for counting visitors only."""
        return self.answers.get(path.partition("?")[0], self.missing)


def build_site(publisher: Publisher, everything: Sequence[Truth], base: str) -> Site:
    """Render the whole site; ``base`` is its address without a slash at the end."""
    return _Builder(publisher, everything, base).site()


class _Builder:
    def __init__(self, publisher: Publisher, everything: Sequence[Truth], base: str) -> None:
        self._publisher = publisher
        self._own = [truth for truth in everything if truth.publisher == publisher.slug]
        self._listed = listed_on(everything, publisher)
        self._newest = max(truth.modified for truth in self._listed)
        self._base = base
        self._templates = templates()

    def site(self) -> Site:
        answers = {"/robots.txt": self._robots(), "/": self._front("/", self._listed)}
        for key in self._publisher.sections:
            language, section = key.split("/")
            path = section_path(self._publisher, language, section)
            answers[path] = self._front(
                path, [t for t in self._listed if (t.language, t.section) == (language, section)]
            )
        answers.update(self._entries())
        for truth in self._own:
            answers.update(self._article_answers(truth))
        return Site(answers, self._message(404))

    def _entries(self) -> dict[str, Answer]:
        path = self._publisher.entry_path
        if self._publisher.entry == "listing":
            pages = [self._listed[at : at + PER_PAGE] for at in range(0, len(self._listed), PER_PAGE)]
            paths = [path, *(f"{path}page/{number}/" for number in range(2, len(pages) + 1))]
            return {
                paths[number]: self._front(paths[number], page, paths, popular=number == 0)
                for number, page in enumerate(pages)
            }
        name, content_type = {
            "feed": ("feed.xml", "application/rss+xml"),
            "sitemap": ("sitemap.xml", "application/xml"),
        }[self._publisher.entry]
        text = self._templates.get_template(name).render(self._context(), truths=self._listed)
        return {path: Answer(200, content_type, self._encode(text), self._newest)}

    def _article_answers(self, truth: Truth) -> dict[str, Answer]:
        if truth.state is State.WITHDRAWN:
            return {}  # the site's 404 page answers, as it does for what never was
        if truth.state is State.FORBIDDEN:
            return {truth.path: self._message(403)}
        answer = self._article(truth)
        if truth.state is State.MOVED:
            moved = Answer(301, self._publisher.content_type, b"", location=self._base + truth.path)
            return {truth.path: answer, truth.listed[0]: moved}
        variants = {url.partition("?")[0]: answer for url in truth.listed}
        return {**variants, truth.path: answer}

    def _article(self, truth: Truth) -> Answer:
        # The portal's sidebar shows what is newest on the whole site: its pages change every day although their
        # articles do not, which is how most sites behave. The other two answer 304 for an article left alone.
        lively = self._publisher.entry == "listing"
        also = self._listed[:5] if lively else self._neighbours(truth)
        text = self._templates.get_template(f"{self._publisher.slug}-article.html").render(
            self._context(truth.language), truth=truth, also=[t for t in also if t.key != truth.key]
        )
        body = self._encode(text)
        if truth.state is State.BROKEN:
            # What a crash leaves behind of a half-written file: the start of the page, then zeros.
            body = body[: body.index(b"</h1>")] + b"</h1>\n" + bytes(512)
        return Answer(200, self._publisher.content_type, body, self._newest if lively else truth.modified)

    def _neighbours(self, truth: Truth) -> list[Truth]:
        """Up to three articles of the same day and language that never change, so that the page does not either."""
        same = [t for t in self._own if (t.language, t.published.date()) == (truth.language, truth.published.date())]
        return [t for t in same if t.steady and t.key != truth.key][:3]

    def _front(self, path: str, page: Sequence[Truth], paths: Sequence[str] = (), *, popular: bool = False) -> Answer:
        language = page[0].language if page and path != "/" else self._publisher.languages[0]
        text = self._templates.get_template("front.html").render(
            self._context(language), path=path, page=page, paths=paths, popular=self._listed if popular else []
        )
        return Answer(200, self._publisher.content_type, self._encode(text), self._newest)

    def _message(self, status: int) -> Answer:
        order = {"ru": 0, "uk": 1, "en": 2}
        title = _MESSAGES[status][order[self._publisher.languages[0]]]
        text = self._templates.get_template("message.html").render(self._context(), title=title, status=status)
        return Answer(status, self._publisher.content_type, self._encode(text))

    def _robots(self) -> Answer:
        lines = ["User-agent: *", f"Disallow: {self._publisher.disallowed}", "Allow: /"]
        if self._publisher.entry == "sitemap":
            lines += ["", f"Sitemap: {self._base}{self._publisher.entry_path}"]
        return Answer(200, "text/plain; charset=utf-8", ("\n".join(lines) + "\n").encode())

    def _context(self, language: str | None = None) -> dict[str, Any]:
        language = language or self._publisher.languages[0]
        menu = [
            (section_path(self._publisher, *key.split("/")), label)
            for key, label in self._publisher.sections.items()
            if key.startswith(f"{language}/") or self._publisher.entry == "listing"
        ]
        return {"site": self._publisher, "base": self._base, "language": language, "menu": menu}

    def _encode(self, text: str) -> bytes:
        return text.encode(self._publisher.encoding, "xmlcharrefreplace")


def templates() -> Environment:
    """The pages and feeds of all publishers, with the filters they use."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters["rfc822"] = format_datetime
    environment.filters["spoken"] = _spoken
    environment.globals["section_label"] = _section_label
    return environment


def _spoken(at: datetime, language: str) -> str:
    """A date as the portal writes it: 23 November 2026, 09:00."""
    return f"{at.day} {_MONTHS[language][at.month - 1]} {at.year}, {at:%H:%M}"


def _section_label(site: Publisher, truth: Truth) -> str:
    return site.sections[f"{truth.language}/{truth.section}"]
