"""Whose turn it is: a lock on a record's folder, shared by those who add and exclusive for those who tidy or forget.

The operating system lets go of a lock when its process ends, killed ones included.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import RecordError

# The lock's names: "write" is shared by commits, and exclusive while files are joined or erased; "link" is for one at
# a time who compares events.
NAMES = ("write", "link")


@contextlib.contextmanager
def held(folder: Path, name: str, *, exclusive: bool) -> Iterator[None]:
    """Wait for the turn, and hold it. Raises RecordError when the folder cannot be written."""
    try:
        file = (folder / f".{name}.lock").open("a+b")
    except OSError as e:
        raise RecordError(f"{folder}: the record cannot be written: {e.strerror or e}") from e
    with file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # always exclusive: commits then wait for each other
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
            yield
