"""Write the feeds of alerts, one of each rule and one of all; only those whose alerts have changed."""

from __future__ import annotations

import fcntl
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.feeds import FORMATS, Feed, FeedAlert
from wirewatch.alert.mail import mail_domain
from wirewatch.pipeline.desk import Desk
from wirewatch.warehouse import feeds
from wirewatch.warehouse.connection import Connection, Row

ALL = "_all"
"""The feed of all alerts; no rule can have this name."""
LATEST = 100
_AT_ONCE = 50  # rules whose alerts are read together
_WRITTEN_AS = "1"  # raised when the same alerts are to be written otherwise
_STATE = ".state.json"


def write_feeds(desk: Desk, folder: Path | None = None) -> dict[str, int]:
    """Bring the feed files up to date; return {"feeds", "written"}: how many there are, and how many were written anew.

    They lie in ``HOME/feeds`` unless a folder is given. A file is replaced whole: a reader never sees half of one.
    """
    target = folder or desk.settings.home / "feeds"
    titles = {ALL: "Wirewatch: all alerts"} | {name: rule.title for name, rule in desk.rules.items()}
    with _alone(target), desk.warehouse() as connection, connection:
        wanted = _marks(desk, titles, feeds.feed_state(connection))
        known = _known(target)
        stale = [name for name in titles if known.get(name) != wanted[name] or not _complete(target, name)]
        for name, alerts in _alerts(connection, stale):
            _write(target, _feed(desk, name, titles[name], alerts))
        _replace(target / _STATE, json.dumps(wanted, indent=1).encode())
    return {"feeds": len(titles), "written": len(stale)}


def _marks(desk: Desk, titles: Mapping[str, str], state: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Feed → a mark that differs when the feed would."""
    everything = (sum(count for count, _ in state.values()), max((newest for _, newest in state.values()), default=0))
    head = (_WRITTEN_AS, desk.settings.mail_from, desk.settings.timezone, desk.settings.ui_address)
    figures = {ALL: everything, **state}
    return {
        name: sha256(json.dumps([*head, title, figures.get(name)]).encode()).hexdigest()[:16]
        for name, title in titles.items()
    }


def _alerts(connection: Connection, names: Sequence[str]) -> Iterator[tuple[str, list[FeedAlert]]]:
    """Each of these feeds with its alerts, the newest first."""
    if ALL in names:
        yield ALL, [_alert(found) for found in feeds.feed_alerts(connection, None, limit=LATEST)]
    rules = [name for name in names if name != ALL]
    for start in range(0, len(rules), _AT_ONCE):
        some = rules[start : start + _AT_ONCE]
        by_rule: defaultdict[str, list[FeedAlert]] = defaultdict(list)
        for found in feeds.feed_alerts(connection, some, limit=LATEST):
            by_rule[found["rule"]].append(_alert(found))
        yield from ((name, by_rule[name]) for name in some)


def _alert(found: Row) -> FeedAlert:
    return FeedAlert(AlertFacts.from_json(found["facts"]), found["story_key"], found["fact_key"], found["at"])


def _feed(desk: Desk, name: str, title: str, alerts: Sequence[FeedAlert]) -> Feed:
    updated: datetime = alerts[0].at if alerts else desk.now()
    settings = desk.settings
    return Feed(
        name=name,
        title=title,
        home=settings.ui_address,
        domain=mail_domain(settings.mail_from),
        timezone=settings.timezone,
        updated=updated,
        alerts=alerts,
    )


def _write(folder: Path, feed: Feed) -> None:
    for ending, made in FORMATS.items():
        _replace(folder / f"{feed.name}.{ending}", made(feed))


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _complete(folder: Path, name: str) -> bool:
    return all((folder / f"{name}.{ending}").exists() for ending in FORMATS)


def _known(folder: Path) -> dict[str, str]:
    """The marks of what lies there; nothing where they cannot be read, and all is written anew."""
    try:
        found = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time: an older look at the alerts must not replace a newer one."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
