"""The bytes of an archive whose records are gzip files one after the other, or of one that is not packed.

A section is what was packed as one file. When one is damaged, the next one is looked for and reading goes on there.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
START = b"WARC/"
CHUNK = 65_536
# A damaged section is left by looking for the next one's first bytes; so is one that unfolds to more than this.
MAX_SKIPPED = 200_000_000


class DamagedError(Exception):
    """The section cannot be unfolded any further. Its words say why."""


class Sections:
    """Unfolded bytes of ``raw``, section by section. packed: gzip; otherwise all of it is one section.

    A gzip file that does not begin a record (``WARC/``) belongs to the section before it.
    """

    def __init__(self, raw: BinaryIO, *, packed: bool) -> None:
        self._raw, self._packed = raw, packed
        self._in = b""  # packed bytes to come
        self._out = b""  # unfolded bytes to come, from self._at on
        self._at = 0
        self._unfold: zlib._Decompress | None = None
        self._ahead: bytes | None = None  # what the next section begins with
        self._begun = self._over = self._lost = False
        self._unfolded = 0  # bytes in this section

    def next(self) -> bool:
        """Leave what is left of this section; False when there is no other."""
        if not self._begun:
            self._begun = True
            return self._more_in() if self._packed else bool(self._fill())
        if not self._lost:
            try:
                while self._fill():
                    self._out, self._at = b"", 0
                    if self._packed and self._unfolded > MAX_SKIPPED:
                        self._lost = True
                        break
            except DamagedError:
                pass
        self._out, self._at, self._over, self._unfolded = b"", 0, False, 0
        if self._lost:
            self._lost = False
            return self._search()
        if self._ahead is None:
            return False
        self._out, self._ahead = self._ahead, None
        self._unfolded = len(self._out)
        return True

    def read(self, size: int) -> bytes:
        """So many bytes; fewer where the section ends. Raises DamagedError."""
        pieces, held = [], 0
        while held < size:
            if self._at >= len(self._out) and not self._fill():
                break
            piece = self._out[self._at : self._at + size - held]
            self._at += len(piece)
            held += len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def skip(self, size: int) -> int:
        """Go past so many bytes without holding them; how many there were. Raises DamagedError."""
        left = size
        while left > 0:
            if self._at >= len(self._out) and not self._fill():
                break
            step = min(left, len(self._out) - self._at)
            self._at += step
            left -= step
            if self._packed and self._unfolded > MAX_SKIPPED:
                self._lost = True
                raise DamagedError(f"unfolds to more than {MAX_SKIPPED:,} bytes")
        return size - left

    def line(self, limit: int) -> bytes:
        """Up to the next line feed, at most ``limit`` bytes; empty where the section ends. Raises DamagedError."""
        pieces, held = [], 0
        while held < limit:
            if self._at >= len(self._out) and not self._fill():
                break
            end = self._out.find(b"\n", self._at, self._at + limit - held)
            piece = self._out[self._at : end + 1 if end >= 0 else self._at + limit - held]
            self._at += len(piece)
            held += len(piece)
            pieces.append(piece)
            if end >= 0:
                break
        return b"".join(pieces)

    def unread(self, data: bytes) -> None:
        """Put bytes back before those to come."""
        self._out, self._at = data + self._out[self._at :], 0

    def find(self, what: bytes) -> bool:
        """Go to the next place at which a line begins with ``what``; False where the section ends.

        Raises DamagedError.
        """
        what = b"\n" + what
        while True:
            at = self._out.find(what, max(0, self._at - 1))
            if at >= 0:
                self._at = at + 1
                return True
            kept = self._out[max(0, len(self._out) - len(what)) :]
            self._out, self._at = b"", 0
            if not self._fill():
                return False
            self._out = kept + self._out
            if self._packed and self._unfolded > MAX_SKIPPED:
                self._lost = True
                raise DamagedError(f"unfolds to more than {MAX_SKIPPED:,} bytes")

    def _fill(self) -> bool:
        """Take the next bytes of this section in, when all before are used; False where it ends."""
        if self._lost:
            raise DamagedError("goes on with bytes that are damaged")
        if self._over:
            return False
        if not self._packed:
            self._out, self._at = self._raw.read(CHUNK), 0
            self._over = not self._out
            return not self._over
        while True:
            if self._unfold is None:
                if not self._more_in():
                    self._over = True
                    return False
                if not self._in.startswith(GZIP[: len(self._in)]):
                    self._lost = True
                    raise DamagedError("is followed by bytes that are no gzip file")
                self._unfold = zlib.decompressobj(31)
                fresh = self._piece(least=len(START))
                if fresh.startswith(START) and self._unfolded:
                    self._ahead, self._over = fresh, True
                    return False
            else:
                fresh = self._piece()
            if fresh:
                self._out, self._at = fresh, 0
                self._unfolded += len(fresh)
                return True

    def _piece(self, least: int = 1) -> bytes:
        """The next unfolded bytes of the gzip file that is open; fewer than ``least`` only where it ends."""
        out = b""
        while self._unfold is not None and len(out) < least:
            if not self._in and not self._more_in():
                self._unfold, self._lost = None, True
                raise DamagedError("ends before its data do")
            try:
                out += self._unfold.decompress(self._in, CHUNK)
            except zlib.error as e:
                self._unfold, self._lost = None, True
                raise DamagedError("is damaged") from e
            if self._unfold.eof:
                self._in, self._unfold = self._unfold.unused_data, None
            else:
                self._in = self._unfold.unconsumed_tail
        return out

    def _more_in(self) -> bool:
        """Whether packed bytes are to come; zeros that fill the file's last block are none."""
        while len(self._in) < len(GZIP) or not self._in.strip(b"\0"):
            fresh = self._raw.read(CHUNK)
            if not fresh:
                return bool(self._in.strip(b"\0"))
            self._in = (b"" if not self._in.strip(b"\0") else self._in) + fresh
        return True

    def _search(self) -> bool:
        """Find the next gzip file that begins a record."""
        self._unfold = None
        self._in = self._in[1:]
        while True:
            at = self._in.find(GZIP)
            if at < 0 or len(self._in) - at < 4096:  # enough to unfold a record's first bytes
                self._in = self._in[at:] if at >= 0 else self._in[-2:]
                fresh = self._raw.read(CHUNK)
                self._in += fresh
                if fresh:
                    continue
                at = self._in.find(GZIP)
                if at < 0:
                    return False
            self._in = self._in[at:]
            if _begins_record(self._in):
                return True
            self._in = self._in[1:]


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data[:4096], len(START)) == START
    except zlib.error:
        return False
