"""The archive: what goes in comes out, and what changed on the way is noticed."""

from __future__ import annotations

import gzip
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import fsspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from wirewatch.errors import ArchiveError, SettingError
from wirewatch.fetch.archive import OBJECT_BATCH, Archive
from wirewatch.model import ArchiveRef, Page

PAGE = Page(
    url="http://mod.example/news",
    final_url="https://mod.example/ru/news/1",
    status=200,
    headers=(
        ("Server", "one"),
        ("Content-Type", "text/html; charset=windows-1251"),
        ("Content-Encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("Content-Length", "17"),
        ("Set-Cookie", "a=1"),
        ("set-cookie", "b=2"),
    ),
    body="<p>Учение началось</p>".encode("cp1251"),
    fetched_at=datetime(2026, 11, 24, 6, 30, 1, 250_000, tzinfo=timezone.utc),
    redirects=("http://mod.example/news", "https://mod.example/news"),
)

ODD = replace(
    PAGE,
    final_url="http://пример.example/a b\udc80",
    status=799,
    headers=(("X Odd\r\nName", "a\r\nInjected: yes"), ("", "\udcff\x00é漢"), ("X-Empty", ""), ("X-Space", "  two  ")),
    body=b"",
    redirects=(),
)


@pytest.fixture(params=["folder", "file", "memory"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "memory":
        name = f"memory://{uuid.uuid4()}/archive"
        yield name
        fsspec.filesystem("memory").rm(name.removeprefix("memory:/"), recursive=True)
    else:
        folder = tmp_path / "archive"
        yield str(folder) if request.param == "folder" else folder.as_uri()


@pytest.mark.parametrize(
    "page", [PAGE, ODD, replace(PAGE, body=bytes(range(256)) * 20_000)], ids=["usual", "odd", "five megabytes"]
)
def test_a_page_is_read_as_it_was_appended(root: str, page: Page) -> None:
    """Every field comes back: order and case of headers, odd bytes, redirects, the body."""
    with Archive(root).writer("2026-11-24/mod-1") as writer:
        refs = [writer.append(PAGE), writer.append(page), writer.append(PAGE)]
    archive = Archive(root)
    assert [archive.read(ref) for ref in refs] == [PAGE, page, PAGE]
    assert refs[1].sha256 == hashlib.sha256(page.body).hexdigest()


def test_a_reference_can_be_read_after_a_flush(root: str) -> None:
    """What was flushed can be read while the writer goes on."""
    archive = Archive(root)
    with archive.writer("2026-11-24/mod-1") as writer:
        first = writer.append(PAGE)
        writer.flush()
        assert archive.read(first) == PAGE
        second = writer.append(ODD)
        writer.flush()
        assert archive.read(second) == ODD


def test_what_was_appended_before_an_error_is_kept(root: str) -> None:
    """An exception inside the with block does not lose the records before it."""
    archive = Archive(root)
    refs = []

    def fail() -> None:
        with archive.writer("2026-11-24/mod-1") as writer:
            refs.append(writer.append(PAGE))
            raise RuntimeError("a later step failed")

    with pytest.raises(RuntimeError):
        fail()
    assert archive.read(refs[0]) == PAGE


def test_two_writers_never_share_a_file(root: str) -> None:
    """A name that is taken is refused."""
    archive = Archive(root)
    with archive.writer("2026-11-24/mod-1") as writer:
        writer.append(PAGE)
    with archive.writer("2026-11-24/mod-1") as second, pytest.raises(ArchiveError, match="is there already"):
        second.append(PAGE)


def test_the_batch_follows_the_store(tmp_path: Path) -> None:
    """A folder is flushed record by record; an object store gets a part file for a batch."""
    assert Archive(str(tmp_path)).writer("a").batch == 1
    name = f"memory://{uuid.uuid4()}"
    with Archive(name).writer("a/b") as writer:
        paths = []
        for number in range(OBJECT_BATCH + 1):
            paths.append(writer.append(PAGE).path)
            if (number + 1) % writer.batch == 0:
                writer.flush()
    assert paths == ["a/b-0001.warc.gz"] * OBJECT_BATCH + ["a/b-0002.warc.gz"]


def test_a_writer_that_got_nothing_leaves_nothing(tmp_path: Path) -> None:
    """A source that yielded no page leaves no empty file."""
    with Archive(str(tmp_path)).writer("2026-11-24/mod-1"):
        pass
    assert list(tmp_path.rglob("*")) == []


def test_other_warc_tools_read_the_file(tmp_path: Path) -> None:
    """The file opens with warcinfo, its digests hold, and the HTTP headers fit the decoded body."""
    with Archive(str(tmp_path)).writer("mod-1") as writer:
        writer.append(PAGE)
        writer.append(ODD)
    with (tmp_path / "mod-1.warc.gz").open("rb") as file:
        seen = []
        for record in ArchiveIterator(file, check_digests="raise", verify_http=True):
            body = record.content_stream().read()
            seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
            if record.rec_type == "response":
                assert record.http_headers.get_header("Content-Length") == str(len(body))
                assert record.http_headers.get_header("Injected") is None
                last = record
        dates = last.rec_headers.get_header("WARC-Date")
    assert [entry[0] for entry in seen] == ["warcinfo", "response", "response"]
    assert seen[1] == ("response", PAGE.final_url, PAGE.body)
    assert dates == "2026-11-24T06:30:01.250000Z"


def test_the_coding_is_kept_under_another_name(tmp_path: Path) -> None:
    """The stored body is decoded, so Content-Encoding and its kin are renamed and nothing else is."""
    with Archive(str(tmp_path)).writer("mod-1") as writer:
        writer.append(PAGE)
    with (tmp_path / "mod-1.warc.gz").open("rb") as file:
        record = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
    assert record.http_headers.statusline == "200 OK"
    assert record.http_headers.headers == [
        ("Server", "one"),
        ("Content-Type", "text/html; charset=windows-1251"),
        ("X-Archived-Content-Encoding", "gzip"),
        ("X-Archived-transfer-encoding", "chunked"),
        ("X-Archived-Content-Length", "17"),
        ("Set-Cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("Content-Length", str(len(PAGE.body))),
    ]


def test_a_time_in_another_zone_is_kept(tmp_path: Path) -> None:
    """The instant and the offset of fetched_at come back; WARC-Date is in UTC."""
    page = replace(PAGE, fetched_at=datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=3))))
    with Archive(str(tmp_path)).writer("mod-1") as writer:
        ref = writer.append(page)
    assert Archive(str(tmp_path)).read(ref).fetched_at.isoformat() == "2026-11-24T09:00:00+03:00"
    assert b"WARC-Date: 2026-11-24T06:00:00.000000Z" in gzip.decompress((tmp_path / ref.path).read_bytes())


def test_every_changed_byte_of_a_record_is_found(tmp_path: Path) -> None:
    """A record with one byte changed, wherever in it, is refused."""
    archive = Archive(str(tmp_path))
    with archive.writer("mod-1") as writer:
        ref = writer.append(PAGE)
    file = tmp_path / ref.path
    whole = file.read_bytes()
    for place in range(ref.offset, ref.offset + ref.length):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(ArchiveError):
            archive.read(ref)


def test_a_body_forged_with_right_digests_is_found(tmp_path: Path) -> None:
    """A record that is sound in itself but is not what the reference names is refused."""
    with Archive(str(tmp_path)).writer("mod-1") as writer:
        ref = writer.append(PAGE)
    forged = replace(PAGE, body=b"<p>Nothing happened</p>")
    with Archive(str(tmp_path)).writer("mod-2") as writer:
        other = writer.append(forged)
    with pytest.raises(ArchiveError, match="SHA-256 differs"):
        Archive(str(tmp_path)).read(replace(other, sha256=ref.sha256))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"path": "2026-11-24/none.warc.gz"}, "is missing"),
        ({"path": "../secret"}, "relative path"),
        ({"path": "/etc/passwd"}, "relative path"),
        ({"offset": 3}, "no record starts here"),
        ({"length": 40}, "does not end"),
        ({"length": 10**6}, "in place of"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(root: str, change: dict[str, int | str], message: str) -> None:
    """A missing file, a wrong offset or length, and a path outside the root are archive errors."""
    archive = Archive(root)
    with archive.writer("mod-1") as writer:
        ref = writer.append(PAGE)
    with pytest.raises(ArchiveError, match=message):
        archive.read(ArchiveRef(**{**vars(ref), **change}))


def test_a_torn_record_is_refused(tmp_path: Path) -> None:
    """What a crash left half written is damaged, not half a page."""
    with Archive(str(tmp_path)).writer("mod-1") as writer:
        ref = writer.append(PAGE)
    file = tmp_path / ref.path
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ArchiveError, match="in place of"):
        Archive(str(tmp_path)).read(ref)


def test_an_unknown_store_names_the_setting() -> None:
    """A root whose scheme nobody serves is wrong input."""
    with pytest.raises(SettingError, match="WIREWATCH_ARCHIVE"):
        Archive("nowhere://bucket/folder")
