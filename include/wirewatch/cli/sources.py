"""Sources: list them, try them live, make a file for a new one."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.errors import InputError
from wirewatch.plaintext import on_lines

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.pipeline.checked import Checked
    from wirewatch.pipeline.desk import Desk
    from wirewatch.sources import SourceSpec

CANARY = """
the canary of all sources, --all: exit 1 when one whose file says `state: works` yields nothing. It asks a few pages of
each site and stores nothing. Once a week by cron, with a mail when it is not green:
  0 6 * * 1  cd /srv/wirewatch && .venv/bin/wirewatch check --all >canary.txt 2>&1 || mail -s canary me <canary.txt
or in Airflow: a BashOperator with bash_command="wirewatch check --all", whose task is red then.
"""


def add_commands(commands: Commands) -> None:
    """sources, check and add-source."""
    command = add(
        commands, "sources", list_sources, help="list the source files", example="wirewatch sources --country BY"
    )
    command.add_argument("what", nargs="?", choices=["schema"], help="schema: print the files' JSON schema instead")
    _add_filters(command)
    command = add(
        commands,
        "check",
        check,
        help="try sources live and store nothing; exit 1 when one would yield nothing",
        example="wirewatch check belta-ru",
    )
    command.epilog = f"{command.epilog}\n{CANARY}"
    command.add_argument("slugs", nargs="*", metavar="SLUG", help="name of a source file, without .yml")
    command.add_argument("--all", action="store_true", help="every source; see below")
    _add_filters(command)
    command.add_argument(
        "--day", type=_day, metavar="YYYY-MM-DD", help="ask the archive for that day, as a backfill would"
    )
    command.add_argument("--seconds", type=float, help="time for one source at the most (default: 180)")
    _add_source_command(commands)


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--country", help="only sources of that country or organisation: BY, NATO …")
    command.add_argument("--kind", help="only sources of that kind: ministry, wire …")
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_source_command(commands: Commands) -> None:
    command = add(
        commands,
        "add-source",
        add_source,
        help="find a site's feed, API, sitemap or listing and write its source file",
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
    """One line a source, grouped by country and kind."""
    if options.what == "schema":
        from wirewatch.source_schema import schema_text

        print(schema_text(), end="")
        return 0
    from wirewatch.pipeline.desk import desk

    group = None
    for spec in _chosen(desk(), options):
        if options.json:
            print(json.dumps(_source_row(spec), ensure_ascii=False))
            continue
        if spec.group != group:
            group = spec.group
            print(group)
        print(f"  {spec.slug:<24} {'/'.join(spec.languages):<9} {spec.status.state:<11} {spec.name}")
    return 0


def _chosen(desk: Desk, options: argparse.Namespace) -> list[SourceSpec]:
    """Sources that the filters pass, by country and kind; InputError when none does."""
    specs = sorted(desk.sources.values(), key=lambda spec: (spec.group, spec.slug))
    country, kind = (options.country or "").upper(), (options.kind or "").lower()
    chosen = [spec for spec in specs if country in ("", spec.country) and kind in ("", spec.kind.value)]
    if not chosen:
        raise InputError(f"no source file is of country {country or 'any'} and kind {kind or 'any'}")
    return chosen


def _source_row(spec: SourceSpec) -> dict[str, Any]:
    return {
        "source": spec.slug,
        "country": spec.country,
        "kind": spec.kind.value,
        "languages": list(spec.languages),
        "name": spec.name,
        "home": spec.home,
        "entries": [{"kind": entry.kind, "url": entry.url, "language": entry.language} for entry in spec.entries],
        "archive": [{"kind": entry.kind, "url": entry.url, "language": entry.language} for entry in spec.archive],
        "status": spec.status.model_dump(mode="json"),
    }


def check(options: argparse.Namespace) -> int:
    """Exit 1 when a run would yield nothing from the source named, or, of many, from one that claims to work."""
    from wirewatch.pipeline.check import SECONDS, check_all
    from wirewatch.pipeline.desk import desk

    here = desk()
    slugs = _slugs(here, options)
    one = len(slugs) == 1 and not options.json
    done: list[Checked] = []

    def progress(checked: Checked) -> None:
        done.append(checked)
        if not one:
            print(
                f"[{len(done)}/{len(slugs)}] {checked.source.slug}: {checked.state.value}", file=sys.stderr, flush=True
            )

    results = check_all(here, slugs, day=options.day, seconds=options.seconds or SECONDS, progress=progress)
    _print_checks(results, as_json=options.json, one=one)
    if options.slugs:
        return 0 if all(checked.yields for checked in results) else 1
    return 1 if any(checked.breaks_its_word for checked in results) else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--day: {text!r} is not a day such as 2026-11-24") from error


def _slugs(here: Desk, options: argparse.Namespace) -> list[str]:
    if options.slugs:
        return [here.source(slug).slug for slug in dict.fromkeys(options.slugs)]
    if not (options.all or options.country or options.kind):
        raise InputError("name a source to check, or say --all, --country or --kind")
    return [spec.slug for spec in _chosen(here, options)]


def _print_checks(results: list[Checked], *, as_json: bool, one: bool) -> None:
    from wirewatch.cli.check_table import checked_row, report, table

    if as_json:
        for checked in results:
            print(json.dumps(checked_row(checked), ensure_ascii=False))
    else:
        print(report(results[0]) if one else table(results))


def add_source(options: argparse.Namespace) -> int:
    """Write ``<slug>.yml`` with what was seen; exit 1 when nothing was found."""
    from wirewatch.fetch.probe import propose_slug
    from wirewatch.pipeline.desk import desk
    from wirewatch.pipeline.new_source import new_source
    from wirewatch.source_schema import SCHEMA_NAME, schema_text

    here = desk()
    slug = options.slug or propose_slug(options.url)
    path = here.settings.sources / f"{slug}.yml"
    if path.exists() and not options.print:
        raise InputError(f"{path} exists; choose another name with --slug, or edit that file")
    found = new_source(
        here,
        options.url,
        slug=slug,
        name=options.name,
        country=options.country,
        kind=options.kind,
        timezone=options.timezone,
        languages=tuple(options.languages) if options.languages else None,
    )
    if found is None:
        print(
            f"Nothing to watch was found at {options.url}: no feed, no API, no sitemap, no list of articles.",
            file=sys.stderr,
        )
        return 1
    if options.print:
        print(found.text, end="")
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found.text, encoding="utf-8")
    (path.parent / SCHEMA_NAME).write_text(schema_text(), encoding="utf-8")
    for finding in found.findings:
        print(on_lines(f"  {finding.kind} {finding.url}: {finding.note}"))
    print(f"  {found.tried.articles} of the {found.tried.pages} articles tried were read")
    print(f"Wrote {path}; read it through, then try it: wirewatch check {slug}")
    return 0
