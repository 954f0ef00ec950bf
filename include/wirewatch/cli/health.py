"""How every source stands: its state, since when, why, today's figures beside the usual ones, and what to do."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.errors import InputError
from wirewatch.plaintext import on_lines

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands

HEAD = f"{'source':<22} {'state':<12} {'since':<11} {'new':>5} {'usual':>9} {'body':>7} {'usual':>7}"


def add_commands(commands: Commands) -> None:
    """health."""
    command = add(
        commands,
        "health",
        health,
        help="show every source: ok, quiet, unchanged, blocked, broken, stale or unreachable",
        example="wirewatch health --country BY --kind ministry",
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line, with all figures")
    command.add_argument("--country", help="only sources of this country: ISO 3166-1 alpha-2, or NATO, CSTO, EU, INT")
    command.add_argument("--kind", help="only sources of this kind: ministry, wire, press …")


def health(options: argparse.Namespace) -> int:
    """Every source's state; exit 1 when one is blocked, broken, stale or unreachable."""
    from wirewatch.health.signs import FAILING
    from wirewatch.sources import SourceKind
    from wirewatch.warehouse.health import source_health

    kinds = [kind.value for kind in SourceKind]
    if options.kind and options.kind not in kinds:
        raise InputError(f"--kind: {options.kind!r} is none of {', '.join(kinds)}")
    with ready_desk() as here, here.warehouse() as connection, connection:
        found = [_advised(item) for item in source_health(connection, country=options.country, kind=options.kind)]
    if options.json:
        for item in found:
            print(json.dumps(_plain(item), ensure_ascii=False))
    elif found:
        print(on_lines("\n".join([HEAD, *(line for item in found for line in health_lines(item))])))
    elif options.country or options.kind:
        print("No source of that country and kind; `wirewatch sources` lists all.")
    else:
        print("No source has been run yet; `make run` or `wirewatch run` does it.")
    return 1 if any(item["health"] in FAILING for item in found) else 0


def health_lines(item: dict[str, Any]) -> list[str]:
    """A source as a row of the table; below it why it is so and what to do, where something is wrong."""
    figures, usual = item["figures"] or {}, item["usual"] or {}
    since = f"{item['since']:%Y-%m-%d}" if item["since"] else "–"
    new = _number(usual.get("new_today", figures.get("new")))
    body, usual_body = _number(figures.get("body_median")), _number(usual.get("body_median"))
    row = f"{item['source']:<22} {item['health']:<12} {since:<11} {new:>5} {_range(usual.get('new')):>9}"
    row += f" {body:>7} {usual_body:>7}"
    told = [f"    {item['reason']}"] if item["reason"] else []
    return [row, *told, *([f"    → {item['advice']}"] if item["advice"] else [])]


def _advised(item: dict[str, Any]) -> dict[str, Any]:
    from wirewatch.health.signs import Sign

    advice = Sign(item["sign"]).advice.format(slug=item["source"]) if item["sign"] else None
    return {**item, "advice": advice}


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _range(usual: list[int] | None) -> str:
    if not usual:
        return "–"
    return f"{usual[0]}–{usual[-1]}" if usual[0] < usual[-1] else f"{usual[0]}"


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in item.items()}
