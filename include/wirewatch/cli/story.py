"""`wirewatch story ID`: an event through time: who was first, who copied whom and changed what, who tells it alone."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wirewatch.cli.commands import add
from wirewatch.cli.daily import ready_desk
from wirewatch.errors import WirewatchError
from wirewatch.plaintext import on_lines, one_line

if TYPE_CHECKING:
    from wirewatch.cli.commands import Commands
    from wirewatch.warehouse.connection import Connection, Row

LARGEST_ID = 2**63 - 1
SENTENCE = 300
"""Code points of a changed sentence that are shown; --json has all of it."""

COPIES = {"exact": "exact copy", "reprint": "reprint", "edited-reprint": "edited reprint"}
SIGNS = {"added": "+", "changed": "~", "dropped": "-"}
INDENT = " " * 18


def add_commands(commands: Commands) -> None:
    """story."""
    command = add(
        commands,
        "story",
        story,
        help="show a story through time: who was first, who copied whom and changed what, how many sources it has",
        example="wirewatch story 12",
    )
    command.add_argument(
        "id", type=int, metavar="ID", help="any id the story ever had; mails and story_current have it"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")


def story(options: argparse.Namespace) -> int:
    """The story by any of its ids; exit 1 when there never was one."""
    with ready_desk() as here, here.warehouse() as connection, connection:
        found = told(connection, options.id)
    if found is None:
        raise WirewatchError(
            f"there never was a story {options.id}; the view story_current has the ids of all stories, and so "
            "has every article in article_current"
        )
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(on_lines("\n".join(story_lines(found))))
    return 0


def told(connection: Connection, story_id: int) -> dict[str, Any] | None:
    """All there is to tell of a story, as JSON; None when no story ever had the id."""
    from wirewatch.dedup.publishers import cited_names
    from wirewatch.warehouse import stories

    found = stories.find_story(connection, story_id) if 0 < story_id <= LARGEST_ID else None
    if found is None:
        return None
    names = [name for given in cited_names(stories.watched_names(connection)).values() for name in given]
    members = [
        {**_with_credits(member), "first": member["article_id"] == found["origin_id"]}
        | {"sentences": _changed(connection, member, names)}
        for member in found["members"]
    ]
    return {
        "asked": story_id,
        "story_id": found["story_id"],
        "title": found["origin_title"],
        "origin": found["origin_id"],
        "articles": found["articles"],
        "sources": found["sources"],
        "independent_sources": found["independent_sources"],
        "members": members,
        "changes": found["changes"],
    }


def _with_credits(member: Row) -> Row:
    named = [{"publisher": publisher, "phrase": phrase} for publisher, phrase in member["credits"]]
    return {**member, "credits": named}


def _changed(connection: Connection, member: Row, names: Sequence[str]) -> list[dict[str, Any]]:
    """In which sentences an edited reprint differs from that text of what it copies which is nearest to it."""
    from wirewatch.dedup.sentences import changed_sentences
    from wirewatch.warehouse import stories

    texts = stories.copied_texts(connection, member["article_id"]) if member["copy_kind"] == "edited-reprint" else None
    if texts is None:
        return []
    copy, originals = texts
    nearest = min((changed_sentences(text, copy, names=names) for text in originals), key=len)
    return [{"change": item.change.value, "text": item.text, "was": item.was} for item in nearest]


def story_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The story for people; strangers' text in it is made harmless, each piece on one line."""
    if found["asked"] != found["story_id"]:
        yield f"story {found['asked']} is now {found['story_id']}"
    yield f"Story {found['story_id']}: {one_line(found['title'] or 'without an origin', limit=SENTENCE)}"
    yield (
        f"{_count(found['articles'], 'article')} of {_count(found['sources'], 'source')}, "
        f"{found['independent_sources']} of them independent"
    )
    sources = {member["article_id"]: member["source"] for member in found["members"]}
    for member in found["members"]:
        yield ""
        yield from _member(member, sources)
    if found["changes"]:
        yield ""
    for change in found["changes"]:
        yield f"{_minute(change['changed_at']):<18}{_change(change, found['story_id'])}"


def _member(member: Mapping[str, Any], sources: Mapping[int, str]) -> Iterator[str]:
    yield f"{_when(member):<18}{member['source']}  {_role(member, sources)}"
    language = f"[{member['language']}] " if member["language"] else ""
    yield f"{INDENT}{language}{one_line(member['title'], limit=SENTENCE)}"
    yield f"{INDENT}{one_line(member['url'])}  (article {member['article_id']})"
    for credit in member["credits"]:
        yield f"{INDENT}names {one_line(credit['publisher'])} as its source: “{one_line(credit['phrase'])}”"
    for item in member["sentences"]:
        was = f" (was: {one_line(item['was'], limit=SENTENCE)})" if item["was"] else ""
        yield f"{INDENT}{SIGNS[item['change']]} {one_line(item['text'], limit=SENTENCE)}{was}"


def _role(member: Mapping[str, Any], sources: Mapping[int, str]) -> str:
    if member["copy_of"] is not None:
        kind, share = COPIES[member["copy_kind"]], f"{member['copy_containment']:.0%} of its text"
        whose = sources.get(member["copy_of"], "another story")
        of = f"{kind} of {whose} (article {member['copy_of']})"
        return of if member["copy_kind"] == "exact" else f"{of}, {share} from there"
    return "first" if member["first"] else "own text"


def _when(member: Mapping[str, Any]) -> str:
    if member["published_at"] is None:
        return f"seen {member['first_seen_at'][:10]}"
    return member["published_at"][:10] if member["published_precision"] == "day" else _minute(member["published_at"])


def _minute(moment: str) -> str:
    """ISO 8601 in UTC, as the warehouse gives it → 2026-11-24 12:05."""
    return moment[:16].replace("T", " ")


def _change(change: Mapping[str, Any], story_id: int) -> str:
    old, new = change["old_id"], change["new_id"]
    if change["change"] == "merge":
        return f"story {old} became part of {'this one' if new == story_id else f'story {new}'}"
    return f"articles left for story {new}" if old == story_id else f"articles came from story {old}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
