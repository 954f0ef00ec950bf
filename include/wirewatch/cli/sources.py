"""Sources: list them, try one live, make a file for a new one."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from wirewatch.cli.commands import add
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands


def add_commands(commands: Commands) -> None:
    """sources, check and add-source."""
    add(commands, "sources", list_sources, help="list the source files", example="wirewatch sources")
    command = add(
        commands,
        "check",
        check,
        help="try a source live and store nothing; exit 1 when it would yield nothing",
        example="wirewatch check belta-ru",
    )
    command.add_argument("slug", help="name of the source file, without .yml")
    command = add(
        commands,
        "add-source",
        add_source,
        help="find a site's feed, sitemap or listing and write its source file",
        example="wirewatch add-source https://www.example.org/news/ --country PL --kind ministry",
    )
    command.add_argument("url", help="the site's news page, or its feed")
    command.add_argument("--slug", help="name of the file (default: made from the address)")
    command.add_argument("--name", help="the source's name for people")
    command.add_argument("--country", help="ISO 3166-1 alpha-2, or NATO, CSTO, EU, INT")
    command.add_argument("--kind", help="ministry, general-staff, president, government, border-guard, wire, press …")
    command.add_argument("--timezone", help="IANA zone of times without an offset, e.g. Europe/Minsk")
    command.add_argument("--language", action="append", dest="languages", metavar="CODE", help="repeatable")
    command.add_argument("--print", action="store_true", help="print the file and write nothing")


def list_sources(options: argparse.Namespace) -> int:
    """One line a source."""
    from wirewatch.pipeline.desk import desk

    for slug, spec in desk().sources.items():
        languages = "/".join(spec.languages)
        print(f"{slug:<22} {spec.country:<5} {spec.kind.value:<13} {languages:<9} {spec.status.state:<11} {spec.name}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Exit 1 when a run would yield nothing."""
    from wirewatch.pipeline.check import check as check_source
    from wirewatch.pipeline.desk import desk

    checked = check_source(desk(), options.slug)
    print("\n".join(checked.lines))
    if checked.missing:
        print(f"  missing in every article: {', '.join(checked.missing)}")
    verdict = "yields articles" if checked.yields else "would yield nothing"
    print(f"{options.slug} {verdict}: {checked.leads} leads, {checked.articles} of the pages tried are articles")
    return 0 if checked.yields else 1


def add_source(options: argparse.Namespace) -> int:
    """Write ``<slug>.yml`` with what was seen; exit 1 when nothing was found."""
    from wirewatch.fetch.probe import probe, propose_slug, source_yaml
    from wirewatch.model import Purpose
    from wirewatch.pipeline.check import live_client
    from wirewatch.pipeline.desk import desk
    from wirewatch.sources import load_source

    here = desk()
    slug = options.slug or propose_slug(options.url)
    path = here.settings.sources / f"{slug}.yml"
    if path.exists() and not options.print:
        raise InputError(f"{path} exists; choose another name with --slug, or edit that file")
    with live_client(here) as client:
        findings = probe(options.url, ask=lambda url: client.fetch(url, purpose=Purpose.ENTRY, delay=0.5))
    if not findings:
        print(
            f"Nothing to watch was found at {options.url}: no feed, no sitemap, no list of articles.", file=sys.stderr
        )
        return 1
    text = source_yaml(
        options.url,
        findings,
        slug=slug,
        name=options.name,
        country=options.country,
        kind=options.kind,
        timezone=options.timezone,
        languages=tuple(options.languages) if options.languages else None,
        today=here.now().date(),
    )
    if options.print:
        print(text, end="")
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        load_source(path)
    except InputError:
        path.unlink()
        raise
    for finding in findings:
        print(f"  {finding.kind} {finding.url}: {finding.note}")
    print(f"Wrote {path}; read it through, then try it: wirewatch check {slug}")
    return 0
