"""Compiled concepts on disk: reading and checking dozens of YAML files takes a second, reading their plan hardly any.

A plan is kept under the SHA-256 of all that it was made from: the concept files, this package's own code and the
version of Unicode. What changed has another name, so nothing is ever out of date. The format is JSON, not pickle or
marshal: whoever can write into the folder may spoil a plan, but gets no code run by it. A file that is cut short,
damaged, somebody else's or unreadable is no plan: the concepts are compiled again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from wirewatch.tag.matcher import Matcher
from wirewatch.tag.plan import Plan, plan_from_data, plan_to_data

KEPT = 8
"""Plans kept in a folder: those of a few branches and concept folders; older ones are deleted."""

_CODE = Path(__file__).resolve().parent
_WRITABLE_BY_OTHERS = 0o022


def load_matcher(concepts: Path, cache: Path, *, packs: Collection[str]) -> Matcher:
    """Folder of concept files → matcher, by the plan in the cache folder, which is filled if it lacks it.

    SpecError when a concept file is wrong. A cache that can't be written is done without.
    """
    path = cache / f"concepts-{plan_digest(concepts, packs=packs)}.json"
    plan = read_plan(path)
    if plan is None:
        from wirewatch.tag.compiler import compile_plan
        from wirewatch.tag.concepts import load_concepts

        plan = compile_plan(load_concepts(concepts, packs=packs))
        with suppress(OSError):  # a full or read-only disk costs the next start a second, and must not stop this one
            write_plan(path, plan)
    return Matcher(plan)


def plan_digest(concepts: Path, *, packs: Collection[str]) -> str:
    """SHA-256 (lower-case hex) of all that decides a plan."""
    digest = hashlib.sha256(f"{unicodedata.unidata_version} {sorted(packs)}".encode())
    for path in (*sorted(_CODE.glob("*.py")), *sorted(concepts.glob("*.y*ml"))):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def read_plan(path: Path) -> Plan | None:
    """The plan that a file holds, or None when there is no such file, or nobody should trust it."""
    try:
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            stated, _, content = file.read().partition(b"\n")
    except OSError:
        return None
    if stated != _checksum(content):
        return None
    try:
        return plan_from_data(json.loads(content))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None  # written by something else that happens to use the same name


def write_plan(path: Path, plan: Plan) -> None:
    """Keep a plan under a path; readers see all of it or nothing. Older plans beside it are deleted. OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(plan_to_data(plan), ensure_ascii=True, separators=(",", ":")).encode()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".concepts-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(content) + b"\n" + content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for old in _oldest(path.parent):
        old.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _WRITABLE_BY_OTHERS


def _oldest(folder: Path) -> Iterator[Path]:
    """All but the newest plans of a folder. One that another process deletes meanwhile counts as old."""

    def age(path: Path) -> float:
        try:
            return -path.stat().st_mtime
        except FileNotFoundError:
            return 0.0

    yield from sorted(folder.glob("concepts-*.json"), key=age)[KEPT:]
