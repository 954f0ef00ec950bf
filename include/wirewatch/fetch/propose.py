"""Findings to the text of a source file: what was seen, and marks where a person must decide."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urljoin, urlsplit

import yaml

from wirewatch.errors import InputError
from wirewatch.plaintext import one_line
from wirewatch.source_schema import SCHEMA_LINE
from wirewatch.sources import EntryKind, Expect

SLUG_LENGTH = 60
OLD_DAYS = 30
"""Days after which the newest lead of an entry makes it look frozen."""

_GENERIC_DOMAINS = frozenset({"ai", "cc", "co", "fm", "gg", "io", "ly", "me", "to", "tv", "ws"})
"""Country domains that are sold as words: they say nothing of the country."""

_DOMAIN_COUNTRIES = {"uk": "GB", "su": "RU"}


@dataclass(frozen=True)
class Finding:
    """Something at a site that could be watched."""

    kind: EntryKind
    url: str
    links: str | None  # CSS selector of a listing's articles
    leads: int  # addresses it names now
    newest: datetime | None  # aware; None when it states no times
    examples: tuple[str, ...]  # titles, or addresses, of the first few
    note: str  # how it was found, for people
    language: str | None = None  # ISO 639-1, as the feed or page states it
    title: str | None = None  # the feed's or page's own
    times: tuple[datetime, ...] = field(default=(), compare=False)  # aware, newest first: all that it states


@dataclass(frozen=True)
class Tried:
    """How the articles that the best finding names were read."""

    pages: int  # tried
    articles: int  # of them read as articles
    expect: Expect  # what such a source should yield
    languages: tuple[str, ...] = ()  # in which they are written, the most frequent first


def propose_slug(url: str) -> str:
    """Address → slug: www.belta.by is belta-by; where the host is a bare address, the first folder's name serves."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    folder = unquote(parts.path.strip("/").split("/")[0])
    if _is_bare(name) and folder:
        name = folder
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = name.encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower().removeprefix("www.")).strip("-")
    return slug[:SLUG_LENGTH].strip("-") or "source"


def _is_bare(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return True


def source_yaml(
    url: str,
    findings: tuple[Finding, ...],
    *,
    slug: str | None = None,
    name: str | None = None,
    country: str | None = None,
    kind: str | None = None,
    timezone: str | None = None,
    languages: tuple[str, ...] | None = None,
    tried: Tried | None = None,
    today: date,
) -> str:
    """Findings → text of ``<slug>.yml`` that ``load_source`` accepts; what nobody said is marked by a comment.

    The first finding becomes the entry, the others stand below it as comments; WordPress, which can be asked for a past
    day, becomes the archive. InputError when there is no finding.
    """
    if not findings:
        raise InputError(f"nothing to watch was found at {url}: no feed, no sitemap, no list of articles")
    best = findings[0]
    country, country_remark = (country, "") if country else _country(url)
    zone, zone_remark = (timezone, "") if timezone else _zone(country)
    language, language_remark = _languages(languages, best, tried)
    lines = [
        SCHEMA_LINE,
        *(f"# {line}" for line in _seen(best, today)),
        _line("slug", slug or propose_slug(url)),
        _line("name", name or _name(best, url), "" if name else "please check: the title that was found"),
        _line("country", country, country_remark),
        _line("kind", kind or "press", "" if kind else "please set: see the docs of source files"),
        _line("home", urljoin(url, "/") if best.url == url and best.kind != "listing" else url),
        f"languages: [{', '.join(_scalar(code) for code in language)}]{_remark(language_remark)}",
        _line("timezone", zone, zone_remark),
        "entries:",
        *_entry(best, mark=""),
        *(line for finding in findings[1:] for line in _entry(finding, mark="# ")),
        *_archive(findings),
        *_expected(tried),
        *_status(best, tried, today),
    ]
    return "\n".join(lines) + "\n"


def _seen(best: Finding, today: date) -> list[str]:
    lines = [f"Written by wirewatch add-source. Seen: {_summary(best)}."]
    lines += [f"  - {one_line(example)[:100]}" for example in best.examples]
    if best.newest and (today - best.newest.date()).days > OLD_DAYS:
        lines.append(f"Please check: the newest is of {best.newest.date()}; is this {best.kind} still fed?")
    if best.newest is None:
        lines.append("Please check: it states no times of publication; those of the articles' pages will be used.")
    if best.kind == "listing":
        lines.append("Please check the selector under links: it was derived from one page.")
    return lines


def _summary(finding: Finding) -> str:
    newest = f", newest {finding.newest.isoformat(timespec='minutes')}" if finding.newest else ", no times stated"
    return f"{finding.leads} leads in the {finding.kind}{newest}"


def _entry(finding: Finding, *, mark: str) -> list[str]:
    lines = [f"  {mark}- {_line(finding.kind, finding.url)}"]
    if mark:
        lines[0] += _remark(f"also found: {_summary(finding)} ({one_line(finding.note)})")
    if finding.links:
        lines.append(f"  {mark}  {_line('links', finding.links)}")
    return lines


def _archive(findings: tuple[Finding, ...]) -> list[str]:
    past = next((finding for finding in findings if finding.kind == "wordpress"), None)
    return ["archive:", f"  - {_line('wordpress', past.url, 'asked for past days by a backfill')}"] if past else []


def _expected(tried: Tried | None) -> list[str]:
    """What was seen, as what should be: halved, since one look is no baseline."""
    if tried is None or not tried.articles:
        return []
    expect = tried.expect
    lines = ["expect:  # please check: proposed from what was seen, halved"]
    if expect.articles:
        lines.append(f"  articles: {expect.articles}  # a day")
    if expect.body:
        lines.append(f"  body: {expect.body}  # characters")
    return [*lines, f"  fields: [{', '.join(expect.fields)}]"]


def _status(best: Finding, tried: Tried | None, today: date) -> list[str]:
    how = f"found by wirewatch add-source: {_summary(best)}"
    if tried is None or tried.articles:
        read = f"; {tried.articles} of {tried.pages} articles tried were read" if tried else ""
        return ["status:", "  state: works", f"  seen: {today.isoformat()}", "  " + _line("how", how + read)]
    how += f" on {today.isoformat()}; none of the {tried.pages} articles tried could be read"
    return ["status:", "  state: unverified", "  " + _line("how", how)]


def _name(best: Finding, url: str) -> str:
    return (one_line(best.title or "") or urlsplit(url).hostname or url)[:120].strip()


def _country(url: str) -> tuple[str, str]:
    """Country of a host's own domain, with the remark that it is no more than that."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    code = _DOMAIN_COUNTRIES.get(domain, domain.upper())
    if domain not in _GENERIC_DOMAINS and code in _zones_of_countries():
        return code, f"please check: taken from the domain .{domain}"
    return "INT", "please set"


def _zone(country: str) -> tuple[str, str]:
    """The country's zone where there is one, or one that holds for most of it; else UTC."""
    zones = _zones_of_countries().get(country, {})
    most = [zone for zone, where in zones.items() if where.startswith("most of") or len(zones) == 1]
    if len(most) == 1:
        return most[0], "" if len(zones) == 1 else f"please check: {zones[most[0]]}"
    if zones:
        return "UTC", f"please set: {country} has {len(zones)} zones, of which the first is {next(iter(zones))}"
    return "UTC", "please set: the zone of times that are stated without one"


def _languages(given: tuple[str, ...] | None, best: Finding, tried: Tried | None) -> tuple[tuple[str, ...], str]:
    if given:
        return tuple(given), ""
    read = tried.languages if tried else ()
    stated = (best.language,) if best.language else ()
    if read:
        return tuple(dict.fromkeys(stated + read)), "please check: as the site states and its articles are written"
    return (stated, "as the site states") if stated else (("en",), "please set: no language was stated")


@lru_cache(maxsize=1)
def _zones_of_countries() -> dict[str, dict[str, str]]:
    """ISO 3166 code → zones and where they hold, from the time zone database's zone.tab."""
    table: dict[str, dict[str, str]] = {}
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *where = line.split("\t")
            table.setdefault(code, {})[zone] = where[0] if where else ""
    return table


def _line(key: str, value: str, remark: str = "") -> str:
    return f"{key}: {_scalar(value)}{_remark(remark)}"


def _remark(text: str) -> str:
    return f"  # {text}" if text else ""


def _scalar(value: str) -> str:
    """Text as YAML on one line, quoted where it must be (``no`` is a country, and else a boolean)."""
    written = yaml.safe_dump(value, allow_unicode=True, width=10**6)
    return str(written).removesuffix("...\n").strip()
