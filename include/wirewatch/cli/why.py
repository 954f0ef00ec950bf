"""`wirewatch tag --why`: each mention of a text with the name and the conditions that made it, each candidate that is
none with what was against it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wirewatch.errors import InputError
from wirewatch.plaintext import on_lines

if TYPE_CHECKING:
    from wirewatch.model import Attribute
    from wirewatch.pipeline.desk import Desk
    from wirewatch.tag.explained import Cause, Explained

MOST = 8
"""Phrases of a condition that are named; of more the rest is counted."""

BESIDE = 25
"""Characters shown on each side of a candidate that is no mention."""

_CONDITION = re.compile(
    r"(?:requires|excludes) (?P<phrases>.+), (?P<reach>in the same (?:sentence|article)|within \d+ words)"
    r"(?:, (?P<side>before|after) it)?"
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def add_options(command: argparse.ArgumentParser) -> None:
    """What `tag --why` takes."""
    command.add_argument("text", nargs="?", metavar="TEXT|FILE|-", help="with --why: the text, a file of it, or - ")
    command.add_argument("--why", action="store_true", help="explain one text in place of the JSON Lines contract")
    command.add_argument("--title", default="", help="with --why: the title")
    command.add_argument("--lang", metavar="CODE", help="with --why: the text's language, ISO 639-1")
    command.add_argument("--country", metavar="CODE", help="with --why: the source's country, as source files state it")
    command.add_argument("--json", action="store_true", help="with --why: one JSON object")


def refuse_options(options: argparse.Namespace) -> None:
    """InputError when something is given that only --why takes."""
    if options.text or options.title or options.lang or options.country or options.json:
        raise InputError("a text, --title, --lang, --country and --json go with --why; without it, items come by stdin")


def why(options: argparse.Namespace) -> int:
    """Explain a text."""
    from wirewatch.pipeline.desk import desk

    here = desk()
    texts = {"title": options.title, "body": _text(options.text)}
    found = here.matcher.explain(**texts, language=options.lang, country=options.country)
    attributes = _attributes(here, texts, options)
    mentions = [each for each in found if each.verdict.value == "mention"]
    rejected = [each for each in found if each.verdict.value != "mention"]
    if options.json:
        rows = {name: [_row(here, each, attributes) for each in part] for name, part in _parts(mentions, rejected)}
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    print("\n".join(_report(here, texts, mentions, rejected=rejected, attributes=attributes)))
    return 0


def _parts(mentions: list[Explained], rejected: list[Explained]) -> Iterator[tuple[str, list[Explained]]]:
    yield "mentions", mentions
    yield "rejected", rejected


def _text(given: str | None) -> str:
    if given is None:
        raise InputError("--why needs a text, a file, or - for standard input")
    if given == "-":
        return sys.stdin.read()
    try:
        path = Path(given)
        return path.read_text(encoding="utf-8") if path.is_file() else given
    except UnicodeDecodeError as error:
        raise InputError(f"{given} is not UTF-8 text") from error
    except (OSError, ValueError):
        return given  # too long for a file's name, or not one at all


Lists = Mapping[str, tuple[str, ...]]
_Attributes = Mapping[tuple[str, str, int, int], "tuple[Attribute, ...]"]


def _attributes(here: Desk, texts: Mapping[str, str], options: argparse.Namespace) -> _Attributes:
    found = here.tag(title=texts["title"], body=texts["body"], language=options.lang, country=options.country)
    return {(each.concept, each.field, each.start, each.end): each.attributes for each in found}


def _row(here: Desk, found: Explained, attributes: _Attributes) -> dict[str, Any]:
    from wirewatch.tag.contract import FIELDS

    row = asdict(found)
    file, line = _place(here, found)
    kept = attributes.get((found.concept, found.field, found.start, found.end), ())
    return {
        **row,
        "field": FIELDS[found.field],
        "causes": [{**asdict(each), "field": each.field and FIELDS[each.field]} for each in found.causes],
        "verdict": found.verdict.value,
        "file": file,
        "line": line,
        "reason": None if found.verdict.value == "mention" else _reason(found, here.concepts[found.concept].lists),
        "attributes": [asdict(each) for each in kept],
    }


def _place(here: Desk, found: Explained) -> tuple[str, int]:
    """The concept file, and the line of the name in it."""
    from wirewatch.tag.lines import FileLines

    path = here.settings.concepts / f"{found.concept}.yml"
    line = FileLines(path).name_line(here.concepts[found.concept], found.language, found.name)
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return str(near), line


def _report(
    here: Desk,
    texts: Mapping[str, str],
    mentions: list[Explained],
    *,
    rejected: list[Explained],
    attributes: _Attributes,
) -> Iterator[str]:
    from wirewatch.tag.contract import FIELDS

    places = sorted({(each.field == "body", each.field, each.start, each.end) for each in mentions})
    numbers = {place[1:]: number for number, place in enumerate(places, start=1)}
    for field, text in texts.items():
        if text:
            yield f"{FIELDS[field]}: {_marked(text, {p[1:]: n for p, n in numbers.items() if p[0] == field})}"
    yield ""
    for each in sorted(mentions, key=lambda each: numbers[each.field, each.start, each.end]):
        yield from _mention(here, each, numbers[each.field, each.start, each.end], attributes)
    if not mentions:
        yield "no mention"
    told = [each for each in rejected if not any(_holds(mention, each) for mention in mentions)]
    if told:
        yield "\nno mention:"
    last = None
    for each in told:
        if (each.concept, each.field, each.start, each.end) != last:
            last = (each.concept, each.field, each.start, each.end)
            yield f"    {each.concept}: {_quoted(each.surface)} in {_quoted(_surroundings(each, texts[each.field]))}"
        yield f"        rejected {_by(here, each)}:"
        yield f"            {_reason(each, here.concepts[each.concept].lists)}"
    if len(told) < len(rejected):
        yield f"\n{len(rejected) - len(told)} more names stand inside mentions of their concept, as long or shorter."


def _holds(mention: Explained, other: Explained) -> bool:
    """Whether a candidate lies in a mention of its own concept, so that nothing hangs on it."""
    same = (mention.concept, mention.field) == (other.concept, other.field)
    return same and mention.start < other.end and other.start < mention.end


def _surroundings(found: Explained, text: str) -> str:
    """A candidate with the words beside it."""
    first, last = max(0, found.start - BESIDE), min(len(text), found.end + BESIDE)
    piece = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{piece}{'…' if last < len(text) else ''}"


def _mention(here: Desk, found: Explained, number: int, attributes: _Attributes) -> Iterator[str]:
    yield f"{number:>3} {found.concept}: {_quoted(found.surface)} by {_by(here, found)}"
    if found.form != found.surface.casefold():
        yield f"        read as {_quoted(found.form)}"
    for cause in found.causes:
        yield f"        {_fulfilled(cause, here.concepts[found.concept].lists)}"
    if found.implies:
        yield f"        so also {', '.join(found.implies)}"
    for each in attributes.get((found.concept, found.field, found.start, found.end), ()):
        yield f"        {each.name}: {each.value}"


def _by(here: Desk, found: Explained) -> str:
    file, line = _place(here, found)
    return f"the name {found.name!r} ({found.language}) of {file}:{line}"


def _fulfilled(cause: Cause, lists: Lists) -> str:
    needs = _needs(cause, lists)
    return f"needs {needs}: {_quoted(cause.surface)} is there" if cause.surface else f"needs {needs}"


def _reason(found: Explained, lists: Lists) -> str:
    """Why a candidate is no mention, in words."""
    cause = found.causes[0]
    verdict = found.verdict.value
    if verdict == "requires":
        return f"needs {_needs(cause, lists)}; none is there"
    if verdict == "excludes":
        there = f"{_quoted(cause.surface)} is there" if cause.surface else "it is there"
        return f"must be without {_needs(cause, lists)}; {there}"
    if verdict == "covered":
        return f"cancelled by {_quoted(cause.surface or '')}"
    if verdict == "overlapped":
        return f"{_quoted(cause.surface or '')} stands there, a name as long or longer"
    return cause.condition


def _needs(cause: Cause, lists: Lists) -> str:
    """The condition as the matcher writes it → in words, each list in place of its name."""
    match = _CONDITION.fullmatch(cause.condition)
    if match is None:
        return cause.condition
    written = match["phrases"].split(" | ")
    phrases = [each for part in written for each in (lists.get(part[1:], (part,)) if part[0] == "$" else (part,))]
    shown = ", ".join(phrases[:MOST]) + (f" and {len(phrases) - MOST} more" if len(phrases) > MOST else "")
    side = f"{match['side']} it" if match["side"] else ""
    reach = {"within 0 words": "right" if side else "right beside it", "within 1 words": "within 1 word"}
    where = " ".join(part for part in (reach.get(match["reach"], match["reach"]), side) if part)
    return f"{'one of ' if len(phrases) > 1 else ''}{shown} {where}"


def _marked(text: str, places: Mapping[tuple[int, int], int]) -> str:
    """The text with brackets around its mentions, each with its number."""
    marks: list[tuple[int, int, str]] = []
    for (start, end), number in places.items():
        marks.append((start, 1, "["))
        marks.append((end, 0, f"]{str(number).translate(_SUPERSCRIPT)}"))
    pieces: list[str] = []
    done = 0
    for place, _, mark in sorted(marks):
        pieces += [on_lines(text[done:place]), mark]
        done = place
    return "".join((*pieces, on_lines(text[done:]))).rstrip("\n")


def _quoted(text: str) -> str:
    return f"“{on_lines(text)}”"
