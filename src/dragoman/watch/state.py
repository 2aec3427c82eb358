"""What a watch remembers from one time to the next: one SQLite file in the record's folder.

Of articles and files it holds no address and no path but what was made of them by SHA-256, which is enough to know them
again. So a report that is forgotten leaves no trace there that could be read, and is not read anew by the next round.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import RecordError

NAME = ".watch.sqlite"
KEPT = 400 * 86_400.0  # seconds for which a story that no feed names any more is remembered
VEILED = 1  # the version of files in which nothing of articles and files can be read
TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL, failures INTEGER NOT NULL, gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stories (key TEXT PRIMARY KEY, at REAL NOT NULL, tries INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """What is known of a feed. due: seconds since 1970. gone: its host says that it is no more (410)."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was at one look: its size in bytes, and when it was last changed, in nanoseconds."""

    size: int
    changed: int


def veiled(name: str) -> str:
    """What stands for an address, a path or other words."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class State:
    """Raises RecordError where the file cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with self._told():
            self._db = sqlite3.connect(self._path, timeout=30.0, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(TABLES)
            self._veil()

    def _veil(self) -> None:
        """Of files of before this was so: take what can be read out of them, from pages that are free now too."""
        if self._version() >= VEILED:
            return
        self._db.create_function("veiled", 1, veiled, deterministic=True)
        with self._all_or_none():
            if self._version() >= VEILED:  # another watch was first
                return
            self._db.execute("UPDATE OR REPLACE stories SET key = veiled(key)")
            self._db.execute("UPDATE OR REPLACE files SET path = veiled(path)")
            self._db.execute(f"PRAGMA user_version = {VEILED}")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return version

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def feed(self, url: str) -> Feed:
        """What is known of a feed; nothing, of a new one."""
        with self._told():
            row = self._db.execute(
                "SELECT url, etag, modified, due, failures, gone FROM feeds WHERE url = ?", [url]
            ).fetchone()
        return Feed(row[0], row[1], row[2], row[3], row[4], bool(row[5])) if row else Feed(url)

    def tries(self, key: str) -> int | None:
        """None for a story that is new; 0 for one that is done; else how often its article was asked for in vain."""
        with self._told():
            row = self._db.execute("SELECT tries FROM stories WHERE key = ?", [veiled(key)]).fetchone()
        return row[0] if row else None

    def keep(self, feeds: Iterable[Feed], stories: Iterable[tuple[str, int]], now: float) -> None:
        """Remember feeds and stories (key, tries), all of them or none. now: seconds since 1970."""
        with self._told(), self._all_or_none():
            self._db.executemany(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)",
                [(f.url, f.etag, f.modified, f.due, f.failures, int(f.gone)) for f in feeds],
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO stories VALUES (?, ?, ?)", [(veiled(key), now, tries) for key, tries in stories]
            )
            self._db.execute("DELETE FROM stories WHERE at < ?", [now - KEPT])

    def look(self, path: str) -> Look | None:
        """The file as it was when it was read in; None for one that was not."""
        with self._told():
            row = self._db.execute("SELECT size, changed FROM files WHERE path = ?", [veiled(path)]).fetchone()
        return Look(*row) if row else None

    def keep_files(self, done: Iterable[tuple[str, Look]]) -> None:
        """Remember files that were read in, all of them or none."""
        with self._told(), self._all_or_none():
            self._db.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
                [(veiled(path), look.size, look.changed) for path, look in done],
            )

    @contextlib.contextmanager
    def _all_or_none(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as e:
            raise RecordError(
                f"{self._path}, where the watch keeps what it has done, cannot be used: {e}. Check the disk, or delete "
                f"that file: no report is read twice, as the record knows them"
            ) from e
