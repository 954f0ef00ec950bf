"""Content codings, whole, in pieces, damaged and cut off."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.fetch.decode import PIECE, UndecodableError, decoded

TEXT = ("Прэс-служба паведаміла пра вучэнні. " * 4000).encode()


def _raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


CODED = [
    ("", TEXT),
    ("identity", TEXT),
    ("gzip", gzip.compress(TEXT)),
    ("X-GZIP", gzip.compress(TEXT)),
    ("gzip", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
    ("gzip", gzip.compress(TEXT) + b"\0\0 padding"),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", _raw_deflate(TEXT)),
    ("br", brotli.compress(TEXT)),
    ("identity, br", brotli.compress(TEXT)),
]


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize(("coding", "data"), CODED)
@pytest.mark.parametrize("size", [1, 7, 4096, 10_000_000])
def test_a_coding_is_undone_however_the_bytes_arrive(coding: str, data: bytes, size: int) -> None:
    """The text comes out whole, for every coding and every size of the pieces it came in."""
    assert b"".join(decoded(_cut(data, size), coding)) == TEXT


@settings(max_examples=60, deadline=None)
@given(text=st.binary(max_size=5000), size=st.integers(1, 600), times=st.integers(1, 300))
def test_any_bytes_survive_each_coding(text: bytes, size: int, times: int) -> None:
    """Compressed and undone again, any bytes are the same, and no piece is much larger than it should be."""
    whole = text * times
    for coding, pack in [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("br", _brotli),
    ]:
        pieces = list(decoded(_cut(pack(whole), size), coding))
        assert b"".join(pieces) == whole
        assert all(len(piece) <= 2 * PIECE for piece in pieces)


def _brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=1)


@pytest.mark.parametrize(
    ("coding", "data"), [pair for pair in CODED if pair[0] not in ("", "identity")][:1] + CODED[6:]
)
def test_a_body_cut_off_is_an_error(coding: str, data: bytes) -> None:
    """A compressed body that ends in the middle is never taken for a whole one."""
    for length in (1, 2, 20, len(data) // 2, len(data) - 1):
        with pytest.raises(UndecodableError):
            list(decoded(_cut(data[:length], 64), coding))


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", TEXT),
        ("gzip", gzip.compress(TEXT)[:50] + b"damage" * 20 + gzip.compress(TEXT)[170:]),
        ("deflate", b"\x78\x9c" + TEXT),
        ("br", TEXT),
        ("zstd", TEXT),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT))),
    ],
)
def test_a_wrong_or_stacked_coding_is_an_error(coding: str, data: bytes) -> None:
    """Bytes that are not in the named coding, a coding not asked for and a stack of codings are errors."""
    with pytest.raises(UndecodableError):
        list(decoded(_cut(data, 4096), coding))


@pytest.mark.parametrize("coding", ["", "gzip", "deflate", "br"])
def test_an_empty_body_is_empty_in_every_coding(coding: str) -> None:
    """Answers without a body often name a coding all the same."""
    assert b"".join(decoded([], coding)) == b""
