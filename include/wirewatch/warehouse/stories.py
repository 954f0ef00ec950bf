"""Stories: texts to compare, what was found, the graph around an article, and the rows of what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from wirewatch.warehouse.connection import Connection, Row, rows, run_many

PairRow = tuple[str, str, int, int, int, bool, int, int]
"""Columns of copy_pair, in their order."""


def watched_names(connection: Connection) -> list[tuple[str, str, str]]:
    """Name, kind and home of every source there ever was."""
    return [(found["name"], found["kind"], found["home"]) for found in rows(connection, "watched_names")]


def due_texts(connection: Connection, *, after: tuple[int, int], method: int, limit: int) -> list[Row]:
    """Versions to compare, after an (article id, version); "signed" says whether their text has its signature."""
    values = {"article_id": after[0], "version": after[1], "method": method, "limit": limit}
    return rows(connection, "due_texts", values)


def outdated_signatures(connection: Connection, *, method: int, limit: int) -> list[Row]:
    """Texts whose signature was made by another method, with a body each."""
    return rows(connection, "outdated_signatures", {"method": method, "limit": limit})


def store_signatures(connection: Connection, method: int, signed: Mapping[str, Sequence[int]]) -> None:
    """Text hash → bands; what is there by the same method stays."""
    found = [(text, method, list(signed[text])) for text in sorted(signed)]
    run_many(connection, "store_signatures", found, template="(%s, %s, %s::bigint[])")


def store_credits(connection: Connection, named: Iterable[tuple[int, int, str, str]]) -> None:
    """(article id, version, publisher, phrase)."""
    run_many(connection, "store_credits", list(named))


def copy_candidates(
    connection: Connection, text_hashes: Sequence[str], *, window: timedelta, limit: int
) -> list[tuple[str, str]]:
    """Texts → (one of them, another text that may be its copy); the likeliest ``limit`` of each."""
    shared = rows(connection, "shared_bands", {"text_hashes": list(text_hashes)})
    if not shared:
        return []
    columns = {name: [item[name] for item in shared] for name in ("mine", "other")}
    found = rows(connection, "copy_candidates", {**columns, "window": window, "limit": limit})
    return [(item["mine"], item["other"]) for item in found]


def text_bodies(connection: Connection, text_hashes: Iterable[str]) -> dict[str, str]:
    """A body for each text."""
    found = rows(connection, "text_bodies", {"text_hashes": sorted(text_hashes)})
    return {item["text_hash"]: item["body"] for item in found}


def store_copy_pairs(connection: Connection, pairs: Iterable[PairRow]) -> None:
    """Two texts that are copies; what is known already stays."""
    run_many(connection, "store_copy_pairs", list(pairs))


def drop_story_pairs(connection: Connection, article_ids: Sequence[int]) -> None:
    """Forget which articles tell of one event with these."""
    rows(connection, "drop_story_pairs", {"article_ids": list(article_ids)})


def add_story_pairs(connection: Connection, pairs: Iterable[tuple[int, int, float]]) -> None:
    """Two articles that tell of one event: (lower article id, higher, score)."""
    run_many(connection, "store_story_pairs", list(pairs))


def kin(connection: Connection, article_ids: Iterable[int]) -> list[int]:
    """Articles → these and all that share a text, a near-copy, an event or a story with one, and so on to the end."""
    found = set(article_ids)
    edge = found
    while edge:
        edge = {item["article_id"] for item in rows(connection, "kin", {"article_ids": sorted(edge)})} - found
        found = found | edge
    return sorted(found)


def story_members(connection: Connection, article_ids: Sequence[int]) -> list[Row]:
    """Articles with their texts [hash, microseconds since 1970 when seen], whom they cite, and their story."""
    return rows(connection, "story_members", {"article_ids": list(article_ids)})


def member_pairs(connection: Connection, text_hashes: Iterable[str]) -> list[Row]:
    """Near-copies among these texts."""
    return rows(connection, "member_pairs", {"text_hashes": sorted(text_hashes)})


def member_events(connection: Connection, article_ids: Sequence[int]) -> list[Row]:
    """Pairs that tell of one event among these articles."""
    return rows(connection, "member_events", {"article_ids": list(article_ids)})


def store_stories(connection: Connection, made: Sequence[tuple[str, int, int, int, int]]) -> dict[str, int]:
    """(key, origin's article id, articles, sources, independent sources) → ids by key.

    A key that a standing story holds is not among them: the story that was made by it goes on without that article.
    """
    return {found["story_key"]: found["story_id"] for found in run_many(connection, "store_story", made)}


def update_stories(connection: Connection, known: Sequence[tuple[int, int, int, int, int]]) -> None:
    """(id, origin's article id, articles, sources, independent sources)."""
    run_many(connection, "update_stories", known)


def join_stories(
    connection: Connection, members: Sequence[tuple[int, int, int | None, str | None, float | None]]
) -> list[int]:
    """(article id, story id, article it copies, how, share of its text) → ids of articles for which that is new."""
    template = "(%s, %s, %s::bigint, %s::text, %s::real)"
    return [found["article_id"] for found in run_many(connection, "join_story", members, template=template)]


def merge_stories(connection: Connection, merged: Sequence[tuple[int, int]]) -> None:
    """(story id, id of the story that it has become a part of)."""
    run_many(connection, "merge_stories", merged)


def note_changes(connection: Connection, changes: Iterable[tuple[str, int, int]], *, now: datetime) -> None:
    """("merge" or "split", old id, new id)."""
    run_many(connection, "note_story_changes", [(*change, now) for change in changes])


def follow_alerts(connection: Connection, article_ids: Sequence[int]) -> None:
    """Alerts about articles that have come into another story go with them, unless its rule has told of that one."""
    rows(connection, "follow_alerts", {"article_ids": list(article_ids)})


def drop_repeated_mails(connection: Connection, story_ids: Sequence[int]) -> None:
    """Mails that wait to tell of stories that ended, where the same rule tells the same reader of what they are now."""
    rows(connection, "drop_repeated_mails", {"story_ids": list(story_ids)})


def settle_links(connection: Connection, versions: Sequence[tuple[int, int]]) -> None:
    """(article id, version): they have been compared and have their place."""
    run_many(connection, "settle_links", versions)


def find_story(connection: Connection, story_id: int) -> Row | None:
    """A story by any id it ever had: figures, origin, "members" and "changes"; None when there never was one."""
    found = rows(connection, "find_story", {"story_id": story_id})
    return found[0] if found else None


def copied_texts(connection: Connection, article_id: int) -> tuple[str, list[str]] | None:
    """An article's text, and all texts of the article that it copies; None when it copies nothing."""
    found = rows(connection, "copied_texts", {"article_id": article_id})
    return (found[0]["copy"], found[0]["originals"]) if found else None


def index_text(connection: Connection, *, limit: int) -> int:
    """Fill the search column of up to ``limit`` articles whose current version is not in it; how many, 0 when done."""
    return len(rows(connection, "index_text", {"limit": limit}))


def lock(connection: Connection) -> None:
    """Stories and alerts are made by one transaction at a time: two at once could each miss the other's articles."""
    rows(connection, "lock_stories")
