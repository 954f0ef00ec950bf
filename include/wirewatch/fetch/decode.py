"""Content codings undone piece by piece (RFC 9110 8.4), so that a bomb never stands in memory as a whole.

Own code rather than urllib3's, which keeps silent when gzip ends in the middle: half an article would look whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

ACCEPTED = "gzip, deflate, br"
"""Value of Accept-Encoding."""

PIECE = 64 * 1024
"""Decoded bytes of one piece; brotli, which rounds its buffers up, may give twice as many."""


class UndecodableError(ValueError):
    """The bytes are not in the coding that the header names, or end in the middle of it."""


def decoded(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Bytes as sent → decoded pieces of about ``PIECE`` bytes (identity: as they come). Raises UndecodableError.

    ``coding`` is the value of Content-Encoding. A stack of codings is refused: nobody needs it, and what a stack costs
    cannot be bounded by what comes out of it.
    """
    names = [name.strip().lower() for name in coding.split(",")]
    names = [name for name in names if name not in ("", "identity", "none")]
    if not names:
        return iter(chunks)
    decoder = _DECODERS.get(names[0])
    if len(names) > 1 or decoder is None:
        raise UndecodableError(f"content coding {coding[:60]!r} was not asked for")
    return decoder(chunks)


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun, members = False, 0
    for chunk in chunks:
        while chunk:
            if stream.eof:
                # Another member (RFC 1952 2.2), or padding that every client passes over.
                if not chunk.startswith(b"\x1f"):
                    break
                stream, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
            begun = True
            yield _inflated(stream, chunk)
            members += stream.eof
            chunk = stream.unused_data if stream.eof else stream.unconsumed_tail
    yield from _rest(stream, begun=begun)


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    # "deflate" means zlib (RFC 1950); some servers send the bare stream (RFC 1951). Two bytes tell them apart.
    held, stream = b"", None
    for chunk in chunks:
        if stream is None:
            held += chunk
            if len(held) < 2:
                continue
            framed = held[0] & 0x0F == 8 and (held[0] << 8 | held[1]) % 31 == 0
            stream, chunk = zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS), held
        while chunk and not stream.eof:
            yield _inflated(stream, chunk)
            chunk = stream.unconsumed_tail
    if stream is not None:
        yield from _rest(stream, begun=True)
    elif held:
        raise UndecodableError("the compressed body is one byte long")


def _inflated(stream: zlib._Decompress, chunk: bytes) -> bytes:
    try:
        return stream.decompress(chunk, PIECE)
    except zlib.error as error:
        raise UndecodableError(f"the compressed body is damaged ({error})") from error


def _rest(stream: zlib._Decompress, *, begun: bool) -> Iterator[bytes]:
    """What zlib still holds after the last input: at most its window."""
    while begun and not stream.eof:
        piece = _inflated(stream, b"")
        if not piece:
            raise UndecodableError("the compressed body ends in the middle")
        yield piece


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    begun = False
    try:
        for chunk in chunks:
            begun = begun or bool(chunk)
            # Not can_accept_more_data(): it says yes while output still waits in the decoder's window.
            while not stream.is_finished() and (piece := stream.process(chunk, output_buffer_limit=PIECE)):
                yield piece
                chunk = b""
    except brotli.error as error:
        raise UndecodableError("the compressed body is damaged") from error
    if begun and not stream.is_finished():
        raise UndecodableError("the compressed body ends in the middle")


_DECODERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}
