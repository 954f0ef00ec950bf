"""The measured contracts: JSON Lines on standard input, one answer a line on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import wirewatch.cli.why as why
from wirewatch.cli.commands import add
from wirewatch.errors import InputError

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands

Row = dict[str, Any]


def add_commands(commands: Commands) -> None:
    """extract, tag and compare."""
    add(
        commands,
        "extract",
        extract,
        help="read pages: {id, url, path} in, title, authors, date, language and body out",
        example='echo \'{"id":"1","url":"https://example.org/a","path":"page.html"}\' | wirewatch extract',
    )
    command = add(
        commands,
        "tag",
        tag,
        help="find concepts: {id, lang, title, text} in, concepts and mentions out; or explain one text",
        example='echo \'{"id":"1","title":"","text":"Учения «Запад-2025»"}\' | wirewatch tag\n'
        "  wirewatch tag --why 'Учения «Запад-2025»'",
    )
    why.add_options(command)
    add(
        commands,
        "compare",
        compare,
        help="relate two texts: {id, left, right} in, relation and score out",
        example='echo \'{"id":"1","left":{"text":"…"},"right":{"text":"…"}}\' | wirewatch compare',
    )


def extract(options: argparse.Namespace) -> int:
    """Pages → what was read from them."""
    from wirewatch.parse.contract import extract_row

    return _each_line(extract_row)


def tag(options: argparse.Namespace) -> int:
    """Texts → concepts and mentions."""
    if options.why:
        return why.why(options)
    why.refuse_options(options)
    # Not by the desk, which loads what every other step needs: this command starts in a third of the time.
    from wirewatch.settings import settings
    from wirewatch.tag.attributes import Attributes
    from wirewatch.tag.cache import load_matcher
    from wirewatch.tag.contract import tag_rows

    here = settings()
    matcher = load_matcher(here.concepts, here.cache, packs=here.packs)
    return _each_line(tag_rows(matcher, Attributes.of(matcher.plan, here.concepts)))


def compare(options: argparse.Namespace) -> int:
    """Pairs of texts → relation and score."""
    from wirewatch.dedup.contract import compare_row

    return _each_line(compare_row)


def _each_line(answer: Callable[[Row], Mapping[str, Any]]) -> int:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            found = answer(item)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"line {number} of the input cannot be used: {type(error).__name__}: {error}") from error
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0
