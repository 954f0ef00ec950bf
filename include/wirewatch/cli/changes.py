"""What publishers changed: the log of changes, and two versions of an article word by word."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wirewatch.cli.change_words import in_words
from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.cli.days import day_of, midnight
from wirewatch.errors import InputError, WirewatchError
from wirewatch.plaintext import on_lines, one_line

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.dedup.changes import Comparison, Version
    from wirewatch.dedup.word_diff import Block, Part, TextDiff
    from wirewatch.warehouse.connection import Connection, Row

LARGEST_ID = 2**63 - 1
TITLE = 160  # code points of a headline in a list
NEAR = 1
"""Unchanged paragraphs shown on either side of a change."""
MARKS = {"removed": ("[-", "-]", "\x1b[31m"), "added": ("{+", "+}", "\x1b[32m")}
PLAIN = "\x1b[0m"


def add_commands(commands: Commands) -> None:
    """changes and diff."""
    command = add(
        commands,
        "changes",
        changes,
        help="list what publishers changed or took back, newest first",
        example="wirewatch changes --since 7d --concept csto",
    )
    command.add_argument("--since", default="7d", metavar="DAY|7d", help="since this day (UTC), or so many days back")
    command.add_argument("--source", metavar="SLUG", help="only this source")
    command.add_argument("--concept", metavar="ID", help="only where this concept came or went, or its article did")
    command.add_argument("--kind", metavar="KIND", help="headline, edited, number, concept-added, concept-removed …")
    command.add_argument("--json", action="store_true", help="one JSON object a line, with all there is")
    command = add(
        commands,
        "diff",
        diff,
        help="show what changed between two versions of an article, word by word",
        example="wirewatch diff 1204 --from 1 --to 3",
    )
    command.add_argument("article", metavar="ARTICLE", help="its id, or its address")
    command.add_argument("--from", dest="first", type=int, metavar="V", help="version (default: the one before --to)")
    command.add_argument("--to", dest="last", type=int, metavar="V", help="version (default: the latest)")
    command.add_argument("--whole", action="store_true", help="show unchanged paragraphs too")
    command.add_argument("--json", action="store_true", help="one JSON object: the parts with their places")


def changes(options: argparse.Namespace) -> int:
    """The log; exit 0 also when it is empty."""
    from wirewatch.model import ChangeKind
    from wirewatch.warehouse.change_log import recent_changes

    kinds = [kind.value for kind in ChangeKind]
    if options.kind and options.kind not in kinds:
        raise InputError(f"--kind: {options.kind!r} is none of {', '.join(kinds)}")
    with ready_desk() as here:
        since = midnight(day_of(options.since, today=here.now().date(), option="--since"))
        _check_names(here, options)
        with here.warehouse() as connection, connection:
            found = recent_changes(
                connection, since=since, source=options.source, concept=options.concept, kind=options.kind
            )
    if options.json:
        for item in found:
            print(json.dumps({**item, "seen_at": item["seen_at"].isoformat()}, ensure_ascii=False))
    elif found:
        print("\n".join(_listed(found)))
    else:
        print(f"No such change since {since:%Y-%m-%d}.")
    return 0


def _check_names(here: Any, options: argparse.Namespace) -> None:
    """InputError for a source or concept that has no file: a slip of the pen must not look like a quiet week."""
    if options.source and options.source not in here.sources:
        raise InputError(f"--source: there is no source {options.source!r}; `wirewatch sources` lists all")
    if options.concept and options.concept not in here.concepts:
        raise InputError(f"--concept: there is no concept {options.concept!r} among those that are watched")


def _listed(found: list[Row]) -> Iterator[str]:
    """Changes of one article and moment under its headline."""
    last = None
    for item in found:
        head = (item["article_id"], item["version"], item["seen_at"])
        if head != last:
            last = head
            yield f"{item['seen_at']:%Y-%m-%d %H:%M}  {one_line(item['title'], limit=TITLE)}"
            place = f"(article {item['article_id']}, version {item['version']})"
            yield f"    {item['source']}  {one_line(item['url'])}  {place}"
        yield f"    {in_words(item)}"


def diff(options: argparse.Namespace) -> int:
    """Two versions; exit 1 when there is no such article or version."""
    with ready_desk() as here, here.warehouse() as connection, connection:
        article = _article(connection, options.article)
        pair = _versions(connection, article, first=options.first, last=options.last)
    if pair is None:
        only = json.dumps({**article, "from": None, "to": 1}, ensure_ascii=False)
        print(only if options.json else f"{_name(article)} has one version only: nothing has changed in it.")
        return 0
    print(_as_json(article, pair) if options.json else "\n".join(_shown(article, pair, whole=options.whole)))
    return 0


def _article(connection: Connection, given: str) -> Row:
    """The one article that an id or an address names."""
    from wirewatch.dedup.canonical import url_key
    from wirewatch.warehouse.change_log import find_articles

    if given.isdecimal():
        found = find_articles(connection, article_id=int(given)) if int(given) <= LARGEST_ID else []
    elif given.startswith(("http://", "https://")):
        try:
            found = find_articles(connection, key=url_key(given))
        except ValueError as error:
            raise InputError(f"{one_line(given)} is not an address: {error}") from error
    else:
        raise InputError(f"{one_line(given)!r} is neither an article's id nor its address (http:// or https://)")
    if not found:
        raise WirewatchError(f"there is no article {one_line(given)}; `wirewatch changes` lists ids and addresses")
    if len(found) > 1:
        ids = ", ".join(f"{item['article_id']} ({item['source']})" for item in found)
        raise InputError(f"{one_line(given)} is the address of several articles, name one by its id: {ids}")
    return found[0]


def _versions(
    connection: Connection, article: Row, *, first: int | None, last: int | None
) -> tuple[tuple[Row, Version], tuple[Row, Version]] | None:
    """The two versions asked for with their rows; None when there is but one."""
    from wirewatch.dedup.changes import Version
    from wirewatch.warehouse.change_log import article_versions, version_mentions

    there = {item["version"]: item for item in article_versions(connection, article["article_id"])}
    wanted = _wanted(sorted(there), first, last)
    missing = [version for version in wanted or () if version not in there]
    missing += [] if wanted else [version for version in (first, last) if version is not None and version not in there]
    if missing:
        known = ", ".join(f"{version} ({item['seen_at']:%Y-%m-%d %H:%M})" for version, item in sorted(there.items()))
        raise WirewatchError(f"{_name(article)} has no version {missing[0]}; it has {known}")
    if wanted is None:
        return None
    mentions = version_mentions(connection, article["article_id"], wanted)
    old, new = (
        (there[version], Version(there[version]["title"], there[version]["body"], mentions[version]))
        for version in wanted
    )
    return old, new


def _wanted(there: list[int], first: int | None, last: int | None) -> tuple[int, int] | None:
    if len(there) < 2:
        return None
    last = there[-1] if last is None else last
    if first is None:
        first = max((version for version in there if version < last), default=last)
    return first, last


def _name(article: Row) -> str:
    return f"article {article['article_id']} of {article['source']}"


def _compared(old: Version, new: Version) -> tuple[TextDiff, TextDiff, Comparison]:
    from wirewatch.dedup.changes import compare_versions
    from wirewatch.dedup.word_diff import word_diff

    return word_diff(old.title, new.title), word_diff(old.body, new.body), compare_versions(old, new)


def _as_json(article: Row, pair: tuple[tuple[Row, Version], tuple[Row, Version]]) -> str:
    (was, old), (now, new) = pair
    title, body, compared = _compared(old, new)
    return json.dumps(
        {
            **article,
            "from": was["version"],
            "to": now["version"],
            "from_seen_at": was["seen_at"].isoformat(),
            "to_seen_at": now["seen_at"].isoformat(),
            "cause": now["cause"],
            "furniture": compared.furniture,
            "changes": [asdict(change) for change in compared.changes],
            "title_blocks": [asdict(block) for block in title.blocks],
            "body_blocks": [asdict(block) for block in body.blocks],
        },
        ensure_ascii=False,
    )


def _shown(article: Row, pair: tuple[tuple[Row, Version], tuple[Row, Version]], *, whole: bool) -> Iterator[str]:
    (was, old), (now, new) = pair
    title, body, compared = _compared(old, new)
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    yield f"{_name(article)}  {one_line(article['url'])}"
    yield (
        f"version {was['version']} ({was['seen_at']:%Y-%m-%d %H:%M} UTC)"
        f" → version {now['version']} ({now['seen_at']:%Y-%m-%d %H:%M} UTC)"
    )
    if now["cause"] == "reread":
        yield "The publisher changed nothing: our own code or source file reads the same bytes otherwise."
    yield ""
    yield " ".join(_written(block, coloured=coloured) for block in title.blocks)
    yield ""
    yield from _paragraphs(body, coloured=coloured, whole=whole)
    yield ""
    yield from _summary(compared)


def _paragraphs(body: TextDiff, *, coloured: bool, whole: bool) -> Iterator[str]:
    """Blocks with the number of their paragraph; unchanged ones far from a change as a count."""
    from wirewatch.dedup.word_diff import Fate

    busy = [at for at, block in enumerate(body.blocks) if block.fate is not Fate.SAME]
    near = {at + step for at in busy for step in range(-NEAR, NEAR + 1)}
    hidden = 0
    for at, block in enumerate(body.blocks):
        if not whole and at not in near:
            hidden += len(block.new)
            continue
        if hidden:
            yield _unchanged(hidden)
            hidden = 0
        yield f"{_numbers(block):>9}  {_written(block, coloured=coloured)}"
    if hidden:
        yield _unchanged(hidden)


def _unchanged(count: int) -> str:
    return f"{'…':>9}  {count} paragraph{'s' * (count != 1)} unchanged"


def _numbers(block: Block) -> str:
    """ "3", "+4" (added), "-2" (removed), "2→5" (moved)."""
    old, new = _range(block.old), _range(block.new)
    if not old or not new:
        return f"+{new}" if new else f"-{old}"
    return f"{old}→{new}" if block.fate.value == "moved" else new


def _range(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _written(block: Block, *, coloured: bool) -> str:
    return "".join(_marked(part, coloured=coloured) for part in block.parts).replace("\n", "\n" + " " * 11)


def _marked(part: Part, *, coloured: bool) -> str:
    if part.kind.value == "same":
        return on_lines(part.after)
    opening, closing, colour = MARKS[part.kind.value]
    text = on_lines(part.before or part.after)
    marked = f"{opening}{text}{closing}"
    return f"{colour}{marked}{PLAIN}" if coloured else marked


def _summary(compared: Comparison) -> Iterator[str]:
    if compared.furniture:
        yield "No word of the article changed: only typography, the cut of paragraphs, or page furniture did."
    for change in compared.changes:
        if change.concept:
            yield in_words({**asdict(change), "kind": change.kind.value})
