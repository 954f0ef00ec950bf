"""A page as a WARC record (WARC 1.1, ISO 28500:2017), and back.

A record is one gzip member, so that it can be read alone by offset and length, and other WARC tools can open the
file. The body is stored decoded, and the HTTP headers that describe its coding are renamed; the page as we knew it,
header by header, is kept beside them in a WARC header of our own. Where records lie is the business of ``archive.py``.
"""

# mypy: allow-untyped-calls
# (warcio ships no types.)

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from datetime import datetime, timezone
from http.client import responses
from io import BytesIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from wirewatch.model import Page

PAGE_HEADER = "X-Wirewatch-Page"
"""WARC header with the page's fields as JSON in ASCII: HTTP's own lines cannot carry odd bytes back unchanged."""

_MEMBER_HEAD = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))
"""gzip header (RFC 1952) without a time or a name, always the same, so that a changed byte in it is seen."""

_LEVEL = 4
"""Of deflate. On recorded news pages 6, the usual one, makes files 5 % smaller and takes 1.7 times as long."""

_CODING_HEADERS = ("content-encoding", "transfer-encoding", "content-length")


def pack(record: bytes) -> bytes:
    """Record → one gzip member (RFC 1952)."""
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = struct.pack("<LL", zlib.crc32(record), len(record) & 0xFFFFFFFF)
    return _MEMBER_HEAD + squeezer.compress(record) + squeezer.flush() + tail


def unpack(data: bytes, *, length: int) -> bytes:
    """Exactly one gzip member → the record. ValueError when it is not one of ours, whole."""
    if len(data) != length:
        raise ValueError(f"{len(data)} bytes are there in place of {length}")
    if not data.startswith(_MEMBER_HEAD):
        raise ValueError("no record starts here")
    opener = zlib.decompressobj(16 + zlib.MAX_WBITS)  # it checks CRC and size
    try:
        record = opener.decompress(data)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not opener.eof or opener.unused_data:
        raise ValueError("the record does not end where it should")
    return record


def info_record(name: str) -> bytes:
    """The ``warcinfo`` record that opens a file; ``name`` is the file's own."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    info = {"software": "wirewatch", "format": "WARC File Format 1.1", "conformsTo": "ISO 28500:2017"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    return out.getvalue()


def page_to_record(page: Page) -> bytes:
    """Page → a ``response`` record, not yet compressed."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    moment = page.fetched_at.astimezone(timezone.utc).replace(tzinfo=None)
    record = writer.create_warc_record(
        _plain(page.final_url).replace(" ", "%20"),
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=_http_head(page),
        warc_headers_dict={
            "WARC-Date": f"{moment.isoformat(timespec='microseconds')}Z",
            "WARC-Payload-Digest": f"sha256:{hashlib.sha256(page.body).hexdigest()}",
            PAGE_HEADER: _facts(page),
        },
    )
    writer.write_record(record)
    return out.getvalue()


def _http_head(page: Page) -> StatusAndHeaders:
    """Status line and headers that any WARC tool can read, and that fit the decoded body."""
    headers = []
    for name, value in page.headers:
        name = re.sub(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]", "-", name) or "-"  # token of RFC 9110, 5.6.2
        prefix = "X-Archived-" if name.lower() in _CODING_HEADERS else ""
        headers.append((prefix + name, _plain(value)))
    headers.append(("Content-Length", str(len(page.body))))
    reason = responses.get(page.status, "Unknown")
    return StatusAndHeaders(f"{page.status} {reason}", headers, protocol="HTTP/1.1")


def _plain(text: str) -> str:
    """Text that stays on its line: control characters become spaces, what is not ASCII is percent-encoded."""
    text = re.sub(r"[\x00-\x1f\x7f]+", " ", text)
    return re.sub(r"[^\x20-\x7e]+", lambda match: quote(match.group(), errors="surrogatepass"), text)


def _facts(page: Page) -> str:
    facts = {
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "headers": page.headers,
        "fetched_at": page.fetched_at.isoformat(),
        "redirects": page.redirects,
    }
    return json.dumps(facts, ensure_ascii=True, separators=(",", ":"))


def record_to_page(data: bytes) -> Page:
    """Record → page. ValueError when it is not one of ours, or a digest in it differs."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(data), check_digests="raise")))
        facts = json.loads(record.rec_headers.get_header(PAGE_HEADER))
        return Page(
            url=facts["url"],
            final_url=facts["final_url"],
            status=facts["status"],
            headers=tuple((name, value) for name, value in facts["headers"]),
            body=record.raw_stream.read(),
            fetched_at=datetime.fromisoformat(facts["fetched_at"]),
            redirects=tuple(facts["redirects"]),
        )
    except (ArchiveLoadFailed, EOFError, KeyError, StopIteration, TypeError) as error:
        raise ValueError(str(error) or type(error).__name__) from error
