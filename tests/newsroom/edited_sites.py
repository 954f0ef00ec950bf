"""The script → sites on loopback, at one moment after another.

    with EditedSites() as sites:
        sites.write_sources(folder)
        for moment in range(len(MOMENTS)):
            sites.turn(moment)
            ...                         # run the job of that moment

Pages have the layouts of the newsroom's three publishers, with adverts, counters, teasers and stamps around the text
that are others at every moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from types import TracebackType

import yaml
from markupsafe import Markup

from tests.newsroom import filler
from tests.newsroom.edits import MOMENTS, PUBLISHED, Scripted, Standing
from tests.newsroom.publishers import AMBER_COURIER, NADBUZHZHIA, ZASTAVA, section_path, source_file
from tests.newsroom.script import ARTICLES
from tests.newsroom.script_of_sites import SITES, Stricken, Weather
from tests.newsroom.site import templates
from tests.newsroom.site_weather import answer_of, not_found
from tests.newsroom.world import State, Truth
from tests.support.sites import Reply, Route, Site, redirect

_COURIER = replace(
    AMBER_COURIER, languages=("en", "lt"), sections={"en/region": "Region", "lt/regionas": "Regionas"}, disallowed="/p/"
)
_LAYOUTS = {publisher.slug: publisher for publisher in (ZASTAVA, NADBUZHZHIA, _COURIER)}
_SECTIONS = {"ru": "armiya", "uk": "kordon", "pl": "granica", "en": "region", "lt": "regionas"}
_ENTRIES = {"feed": "feed.xml", "sitemap": "sitemap.xml", "listing": "front.html"}
_UNLISTED = ("404", "410")
_STATUS = {"404": 404, "410": 410, "451": 451, "403": 403, "soft-404": 200}


@dataclass(frozen=True)
class Around:
    """What stands around a text: another at every moment."""

    views: int
    comments: int
    advert: int
    mark: str  # in the names of classes
    clock: str
    stamp: str
    modified: str
    teasers: tuple[tuple[str, str], ...]  # (address, headline)


class EditedSites:
    """All sites of the script, listening while the context is open."""

    def __init__(self) -> None:
        stricken = {site.site: site for site in SITES}
        slugs = dict.fromkeys(article.site for article in ARTICLES)
        self.sites = {slug: EditedSite(slug, stricken.get(slug)) for slug in slugs}

    def __enter__(self) -> EditedSites:
        for site in self.sites.values():
            site.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for site in self.sites.values():
            site.stop()

    def write_sources(self, folder: Path) -> None:
        """The source files, with the running addresses in them."""
        folder.mkdir(parents=True, exist_ok=True)
        for slug, site in self.sites.items():
            text = yaml.safe_dump(site.source, allow_unicode=True, sort_keys=False)
            (folder / f"{slug}.yml").write_text(text, encoding="utf-8")

    def turn(self, moment: int) -> None:
        """Serve what stands at that moment."""
        for site in self.sites.values():
            site.turn(moment)


class EditedSite:
    """One site of the script."""

    def __init__(self, slug: str, stricken: Stricken | None) -> None:
        self.slug = slug
        self.articles = [article for article in ARTICLES if article.site == slug]
        self._stricken = stricken
        self._publisher = _LAYOUTS[stricken.like if stricken else slug]
        self._templates = templates()
        self._port = 0
        self._site: Site | None = None

    def start(self) -> None:
        """Listen, on the same port as before if it did."""
        if self._site is None:
            self._site = Site(at=self._port).__enter__()
            self._port = self._site.port

    def stop(self) -> None:
        """Hang up; connections are refused from now on."""
        if self._site is not None:
            self._site.__exit__()
            self._site = None

    @property
    def base(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def source(self) -> dict[str, object]:
        """What its source file says."""
        content = source_file(self._publisher, self.base, PUBLISHED.date())
        content["entries"] = content["entries"][:1]  # all is on one page
        return {**content, "slug": self.slug, "name": f"{self._publisher.name} ({self.slug})"}

    def turn(self, moment: int) -> None:
        """Serve what stands at that moment, or what befalls the site."""
        weather = self._stricken.at(moment) if self._stricken else "fine"
        if weather == "refused":
            self.stop()
            return
        self.start()
        if self._site is None:
            raise RuntimeError(f"{self.slug} does not listen")
        self._site.routes = self._routes(moment, weather)

    def _routes(self, moment: int, weather: Weather) -> dict[str, Route]:
        prefix = "/new" if weather == "redesigned" else ""
        standing = [(article, article.at(moment)) for article in self.articles]
        truths = [self._truth(number, *each, prefix=prefix) for number, each in enumerate(standing)]
        pages: dict[str, Route] = {}
        for (article, state), truth in zip(standing, truths, strict=True):
            pages |= self._article(article, state, truth, moment=moment)
        if weather == "home":
            pages = dict.fromkeys(pages, redirect("/", status=302))
        listed = [
            replace(truth, title=state.listed or truth.title)
            for (_, state), truth in zip(standing, truths, strict=True)
            if state.served not in _UNLISTED
        ]
        entry = self._page(_ENTRIES[self._publisher.entry], truths=listed, page=listed, path="/", paths=(), popular=())
        fronts = dict.fromkeys([section_path(self._publisher, *key.split("/")) for key in self._publisher.sections])
        front = self._page("front.html", page=listed[:3], path="/", paths=(), popular=())
        routes: dict[str, Route] = {
            "/": front,
            **dict.fromkeys(fronts, front),
            self._publisher.entry_path: entry,
            **pages,
        }
        if weather not in ("fine", "home", "redesigned"):
            routes = dict.fromkeys(routes, answer_of(weather))
        return {
            "/robots.txt": Reply(headers=(("Content-Type", "text/plain"),), body=b"User-agent: *\nAllow: /\n"),
            **routes,
        }

    def _truth(self, number: int, article: Scripted, state: Standing, *, prefix: str) -> Truth:
        folder = section_path(self._publisher, article.language, _SECTIONS[article.language])
        path = f"{prefix}{folder}{PUBLISHED:%Y/%m/%d}/{4100 + number}.html"
        published = (PUBLISHED + timedelta(minutes=number % 6)).astimezone(self._publisher.tzinfo)
        return Truth(
            key=f"{self.slug}/{number:02}-{number}",
            publisher=self.slug,
            path=path,
            listed=(path,),
            title=state.title,
            language=article.language,
            published=published,
            modified=published,
            author={"ru": "Иван Пеньков", "uk": "Олена Гай", "pl": "Jan Wrona", "lt": "Ona Gire", "en": "Ann Weir"}[
                article.language
            ],
            section=_SECTIONS[article.language],
            concepts=frozenset(),
            copy_of=None,
            state=State.NEW,
            paragraphs=state.paragraphs,
            steady=True,
        )

    def _article(self, article: Scripted, state: Standing, truth: Truth, *, moment: int) -> dict[str, Route]:
        if state.served in _STATUS:
            title = not_found(article.language) if state.served in ("404", "410", "soft-404") else "403 Forbidden"
            status = _STATUS[state.served]
            page = self._page("message.html", language=article.language, title=title, status=status or "")
            return {truth.path: replace(page, status=status)}
        if state.served in ("home", "section"):
            target = "/" if state.served == "home" else truth.path.rpartition("/20")[0] + "/"
            return {truth.path: redirect(target, status=302)}
        if state.served == "moved":
            moved = replace(truth, path=truth.path.replace(".html", "-moved.html"))
            return {
                truth.path: redirect(moved.path, status=301),
                moved.path: self._text(article, state, moved, moment=moment),
            }
        shown = replace(truth, paragraphs=()) if state.served == "emptied" else truth
        return {truth.path: self._text(article, state, shown, moment=moment)}

    def _text(self, article: Scripted, state: Standing, truth: Truth, *, moment: int) -> Reply:
        beside: defaultdict[int, list[Markup]] = defaultdict(list)
        for number, html in state.beside:
            beside[number].append(Markup(html))
        around = self._around(article, moment)
        name = f"edited-{self._publisher.slug}.html"
        return self._page(name, language=article.language, truth=truth, title=state.title, beside=beside, around=around)

    def _around(self, article: Scripted, moment: int) -> Around:
        when = PUBLISHED if article.still else MOMENTS[moment].at
        draw = Random(f"{self.slug} {article.title} {0 if article.still else moment}")
        folder = section_path(self._publisher, article.language, _SECTIONS[article.language])
        teasers: Sequence[tuple[str, str]] = [
            (f"{folder}{draw.randrange(900, 999)}.html", filler.title(article.language, draw)) for _ in range(3)
        ]
        return Around(
            views=draw.randrange(10, 9000),
            comments=draw.randrange(200),
            advert=draw.randrange(1000),
            mark=f"{draw.randrange(16**6):06x}",
            clock=f"{when:%H:%M}",
            stamp=f"{when:%d.%m.%Y, %H:%M}",
            modified=when.isoformat(),
            teasers=tuple(teasers),
        )

    def _page(self, template: str, *, language: str = "", **values: object) -> Reply:
        language = language or self._publisher.languages[0]
        menu = [
            (section_path(self._publisher, *key.split("/")), label)
            for key, label in self._publisher.sections.items()
            if key.startswith(f"{language}/")
        ]
        context = {"site": self._publisher, "base": self.base, "language": language, "menu": menu, **values}
        text = self._templates.get_template(template).render(context)
        kind = "application/xml" if template.endswith(".xml") else self._publisher.content_type
        return Reply(200, (("Content-Type", kind),), text.encode(self._publisher.encoding, "xmlcharrefreplace"))
