"""A file that lists inputs, one a line (``find press -name '*.txt' > list.txt``), or with NULs between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dragoman.model import Failure

MAX_NAME = 65_536  # bytes of a line; no system has longer paths
NULS = b"\0"


def names(raw: BinaryIO, source: str) -> Iterator[str | Failure]:
    """The paths that a list names, in order; blank lines and those that begin with # are none.

    Where the list's first piece holds a NUL, NULs separate its paths (``find -print0``) and nothing else does. A list
    does not name other lists nor standard input.
    """
    number, some = 0, False
    for line in _pieces(raw):
        number += 1
        at = f"{source}:{number}"
        if len(line) > MAX_NAME:
            yield Failure(at, "unreadable", f"{at} is a line of more than {MAX_NAME:,} bytes, which no path is.")
            continue
        name = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").strip("\r\n")
        if not name.strip() or name.startswith("#"):
            continue
        some = True
        if name == "-" or name.startswith("@"):
            yield Failure(at, "unreadable", f"{at} names {name!r}: a list names files and folders only.")
        else:
            yield name
    if not some:
        yield Failure(source, "empty", f"{source} is a list without paths. Write one path a line.")


def _pieces(raw: BinaryIO) -> Iterator[bytes]:
    """What stands between line ends, or NULs; of what is longer than MAX_NAME only the beginning."""
    held, mark, cut = b"", b"", False
    while chunk := raw.read(65_536):
        mark = mark or (NULS if NULS in chunk else b"\n")
        *whole, held = (held + chunk).split(mark)
        for piece in whole:
            if not cut:
                yield piece
            cut = False
        if len(held) > MAX_NAME:
            if not cut:
                yield held
            held, cut = b"", True
    if held and not cut:
        yield held
