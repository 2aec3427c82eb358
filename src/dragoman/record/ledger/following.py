"""A record held open by a server: what is added is taken in beside the questions, and the ledger made beside them."""

from __future__ import annotations

import threading
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.record.ledger.held import MOST_EVENTS, Ledger
from dragoman.record.ledger.quick import Quick
from dragoman.record.query import Questions
from dragoman.record.record import Record
from dragoman.record.schema import TABLES
from dragoman.record.store import File, Store

# Records of so many events have their ledger before the first question is answered: it takes some 0.2 seconds.
SOON = 50_000


class Following:
    """One record's newest state but for a moment, for many who ask side by side. number: grows with each state."""

    def __init__(self, folder: Path) -> None:
        self._record, self._store = Record(folder), Store(folder)
        self._lock, self._looking = threading.Lock(), threading.Lock()
        self._listed: dict[str, tuple[int, list[File]]] = {}
        self._opened: Questions | None = None
        self._ledger: Ledger | None = None
        self._maker = threading.Thread(target=self._make, name="ledger", daemon=True)
        self.number = 0

    def questions(self) -> Questions:
        """The newest state that is open, for one who asks; close it. Raises RecordError."""
        if self._opened is None:
            with self._looking:
                if self._opened is None:
                    self._open()
        with self._lock:
            opened, ledger = self._opened, self._ledger
            assert opened is not None
            return opened.beside() if ledger is None else Quick(opened, ledger)

    def made(self, seconds: float) -> bool:
        """Wait so long for a ledger in the making; whether there is one."""
        if self._maker.is_alive():
            self._maker.join(seconds)
        return self._ledger is not None

    def catch_up(self, seconds: float) -> None:
        """Take in what is new. When that takes longer than so many seconds, it goes on in the background."""
        if self._opened is not None and self._looking.acquire(blocking=False):
            worker = threading.Thread(target=self._follow, name="following", daemon=True)
            worker.start()
            worker.join(seconds)

    def _open(self) -> None:
        files, _ = self._files()
        events = sum(f.rows for f in files.get("deals", ()))
        opened = self._record.open()
        self._keep(opened, Ledger(opened) if events <= SOON else None)
        if SOON < events <= MOST_EVENTS and not self._maker.ident:
            self._maker.start()

    def _make(self) -> None:
        try:
            assert self._opened is not None
            ledger = Ledger(self._opened)
            with self._looking:
                ledger.follow(self._files()[0])
                self._keep(ledger.opened(), ledger)
        except RecordError:  # files went away: the next question opens those that are there
            self._keep(None, None)

    def _follow(self) -> None:
        try:
            files, changed = self._files()
            if changed and self._ledger is not None:
                self._ledger.follow(files)
                self._keep(self._ledger.opened(), self._ledger)
            elif changed:
                self._keep(self._record.open(), None)
        except Exception:  # whatever it was: the next question opens what is there, not an old state
            self._keep(None, None)
        finally:
            self._looking.release()

    def _keep(self, opened: Questions | None, ledger: Ledger | None) -> None:
        with self._lock:
            self._opened, self._ledger = opened, ledger
            self.number += 1

    def _files(self) -> tuple[dict[str, list[File]], bool]:
        """The files of every table, listed anew where its log has changed; whether any has."""
        changed = False
        # articles first: whatever it names was there before it, and so is in the tables listed after it.
        for table in reversed(list(TABLES)):
            log = self._record.folder / table / "_delta_log"
            written = log.stat().st_mtime_ns if log.is_dir() else 0
            if self._listed.get(table, (None,))[0] != written:
                self._listed[table] = written, self._store.files(table)
                changed = True
        return {table: files for table, (_, files) in self._listed.items()}, changed
