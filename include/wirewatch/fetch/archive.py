"""Pages to WARC records and back: the bytes are kept before anything reads them.

Here is where records lie: files in a folder that grow, or numbered part files on an object store. What a record
looks like is in ``warc.py``; what to fetch and where references are kept is for ``client.py`` and the warehouse.
"""

# mypy: allow-untyped-calls
# (fsspec ships no types.)

from __future__ import annotations

import hashlib
import os
import re
from abc import ABC, abstractmethod
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, BinaryIO

import fsspec
from fsspec.implementations.local import LocalFileSystem

from wirewatch.durable import sync_folder
from wirewatch.errors import ArchiveError, SettingError
from wirewatch.fetch.warc import info_record, pack, page_to_record, record_to_page, unpack
from wirewatch.model import ArchiveRef, Page

OBJECT_BATCH = 25
"""Records in one part file on an object store, which cannot append."""

OBJECT_BYTES = 32 * 1024 * 1024
"""Compressed bytes after which a part is uploaded before its batch is full: what a task may hold in memory."""

_NAME = re.compile(r"[A-Za-z0-9._/-]{1,400}", re.ASCII)


class Archive:
    """WARC files under one root; reading needs nothing but a reference."""

    def __init__(self, root: str) -> None:
        """``root`` is a folder, or an fsspec URL such as s3://bucket/folder. SettingError when no such store exists."""
        self._files: Any
        self._root: str
        try:
            self._files, self._root = fsspec.url_to_fs(root) if "://" in root else (LocalFileSystem(), root)
        except (ImportError, ValueError) as error:
            raise SettingError("WIREWATCH_ARCHIVE", f"cannot open {root!r}: {error}") from error
        self._local = isinstance(self._files, LocalFileSystem)

    def writer(self, name: str) -> ArchiveWriter:
        """Writer of a WARC file of its own: two writers never share one, so no lock is needed.

        ``name`` is a relative path without an ending, e.g. ``2026-11-24/belta-ru-<uuid>``. Nothing is created
        until the first record comes. ArchiveError when a file of that name is there already.
        """
        _check_name(name)
        if self._local:
            return _FileWriter(Path(self._root), name)
        return _ObjectWriter(self._files, self._root, name=name)

    def read(self, ref: ArchiveRef) -> Page:
        """Reference → the page as it was appended. ArchiveError when it is missing, damaged or not the same bytes."""
        _check_name(ref.path)
        try:
            data = self._files.cat_file(
                f"{self._root.rstrip('/')}/{ref.path}", start=ref.offset, end=ref.offset + ref.length
            )
        except FileNotFoundError as error:
            raise ArchiveError(ref.path, "is missing") from error
        try:
            page = record_to_page(unpack(data, length=ref.length))
        except ValueError as error:
            raise ArchiveError(ref.path, f"record at {ref.offset} is damaged: {error}") from error
        if hashlib.sha256(page.body).hexdigest() != ref.sha256:
            raise ArchiveError(ref.path, f"record at {ref.offset} is not what was archived: its SHA-256 differs")
        return page


class ArchiveWriter(ABC):
    """Appends pages to a WARC file that is its own."""

    batch: int
    """After how many appended records a flush is due: 1 where we can append, more where a flush is an upload."""

    def append(self, page: Page) -> ArchiveRef:
        """Page → where it lies. The reference is durable after the next ``flush``."""
        record = pack(page_to_record(page))
        path, offset = self._put(record)
        return ArchiveRef(path, offset, len(record), hashlib.sha256(page.body).hexdigest())

    @abstractmethod
    def _put(self, record: bytes) -> tuple[str, int]:
        """Packed record → path relative to the root, and its offset there."""

    @abstractmethod
    def flush(self) -> None:
        """After it every reference handed out survives a crash of this machine."""

    def close(self) -> None:
        """Flush, and release the file."""
        self.flush()

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an error too: what was fetched is evidence, whatever failed later.
        self.close()


class _FileWriter(ArchiveWriter):
    """One growing file in a folder."""

    batch = 1

    def __init__(self, root: Path, name: str) -> None:
        self._path = f"{name}.warc.gz"
        self._place = root / self._path
        self._file: BinaryIO | None = None

    def _put(self, record: bytes) -> tuple[str, int]:
        if self._file is None:
            self._file = self._create()
        offset = self._file.tell()
        self._file.write(record)
        return self._path, offset

    def _create(self) -> BinaryIO:
        self._place.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = self._place.open("xb")
        except FileExistsError as error:
            raise ArchiveError(self._path, "is there already; a writer needs a name of its own") from error
        file.write(pack(info_record(PurePosixPath(self._path).name)))
        sync_folder(self._place.parent)
        return file

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        if self._file is not None:
            try:
                self.flush()
            finally:
                self._file.close()
                self._file = None


class _ObjectWriter(ArchiveWriter):
    """Numbered part files on a store that takes whole objects only."""

    batch = OBJECT_BATCH

    def __init__(self, files: Any, root: str, *, name: str) -> None:
        self._files = files
        self._root = root.rstrip("/")
        self._name = name
        self._part = 1
        self._waiting = bytearray()

    @property
    def _path(self) -> str:
        return f"{self._name}-{self._part:04}.warc.gz"

    def _put(self, record: bytes) -> tuple[str, int]:
        if len(self._waiting) + len(record) > OBJECT_BYTES:
            self.flush()
        if not self._waiting:
            if self._files.exists(f"{self._root}/{self._path}"):
                raise ArchiveError(self._path, "is there already; a writer needs a name of its own")
            self._waiting += pack(info_record(PurePosixPath(self._path).name))
        offset = len(self._waiting)
        self._waiting += record
        return self._path, offset

    def flush(self) -> None:
        if self._waiting:
            place = f"{self._root}/{self._path}"
            self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(place, bytes(self._waiting))
            self._waiting = bytearray()
            self._part += 1


def _check_name(name: str) -> None:
    """ArchiveError unless a name stays under the root: references come from a database that others may write."""
    parts = PurePosixPath(name).parts
    if not _NAME.fullmatch(name) or name.startswith("/") or ".." in parts or not parts:
        raise ArchiveError(name, "is not a relative path of plain letters")
