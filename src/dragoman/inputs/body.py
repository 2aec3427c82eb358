"""The body of an answer over HTTP: chunks joined, compression taken off, within a limit."""

from __future__ import annotations

import re
import zlib

from dragoman.errors import InputError

CHUNK_SIZE = re.compile(rb"\A([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
PIECE = 65_536


def dechunked(body: bytes) -> bytes:
    """``body`` without the chunk sizes of ``Transfer-Encoding: chunked``; as it is when it has none.

    Archives differ in whether they keep them, and their headers do not tell.
    """
    out: list[bytes] = []
    at = 0
    while (m := CHUNK_SIZE.match(body[at : at + 256])) is not None:
        size = int(m[1], 16)
        if size == 0:
            return b"".join(out)
        at += m.end()
        out.append(body[at : at + size])
        at += size
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1
        elif at < len(body):
            return body
    return b"".join(out) if out and at >= len(body) else body


def unpacked(body: bytes, encodings: str, source: str, limit: int) -> bytes:
    """``body`` without the compressions that ``Content-Encoding`` names, the last one first.

    limit: bytes. A body that names gzip or deflate and is neither is left as it is: archives unpack it and keep the
    header. Raises InputError: too-large, broken-archive.
    """
    for name in reversed([e.strip().casefold() for e in encodings.split(",") if e.strip()][:4]):
        if name in ("gzip", "x-gzip"):
            if body[:2] == b"\x1f\x8b":
                body = _inflate(body, 31, source, limit)
        elif name == "deflate":
            body = _deflate(body, source, limit)
        elif name == "br":
            body = _brotli(body, source, limit)
        elif name not in ("identity", "none", "utf-8"):
            raise InputError(
                "broken-archive", f"{source} is packed as {name[:40]!r}, which dragoman cannot unpack. Leave it out."
            )
    return body


def _deflate(body: bytes, source: str, limit: int) -> bytes:
    """Two formats go by this name: with zlib's two bytes before it, and bare."""
    if body[:1] and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0:
        return _inflate(body, 15, source, limit)
    try:
        return _inflate(body, -15, source, limit)
    except InputError as e:
        if e.kind == "too-large" or not body.lstrip()[:1].isascii():
            raise
        return body


def _inflate(body: bytes, format_: int, source: str, limit: int) -> bytes:
    unfold = zlib.decompressobj(format_)
    try:
        out = unfold.decompress(body, limit + 1)
    except zlib.error as e:
        raise _damaged(source) from e
    if len(out) > limit:
        raise _too_large(source, limit)
    if not unfold.eof:
        raise _damaged(source)
    return out


def _brotli(body: bytes, source: str, limit: int) -> bytes:
    if body.lstrip()[:1] == b"<":  # unpacked already
        return body
    try:
        import brotli
    except ImportError:
        raise InputError(
            "broken-archive", f"{source} is packed with Brotli. pip install 'dragoman[warc]' has it unpacked."
        ) from None
    unfold, out = brotli.Decompressor(), b""
    try:
        out = unfold.process(body, output_buffer_limit=limit + 1)
    except brotli.error as e:
        raise _damaged(source) from e
    if len(out) > limit or (not unfold.can_accept_more_data() and not unfold.is_finished()):
        raise _too_large(source, limit)
    if not unfold.is_finished():
        raise _damaged(source)
    return bytes(out)


def _too_large(source: str, limit: int) -> InputError:
    return InputError("too-large", f"{source} unfolds to more than {limit:,} bytes. Leave it out.")


def _damaged(source: str) -> InputError:
    return InputError("broken-archive", f"{source} is packed, and damaged or cut off. Fetch it again.")
