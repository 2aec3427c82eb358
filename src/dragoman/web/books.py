"""The record, open for many who ask at once."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.record.query import Questions

# So many questions are answered at once; DuckDB spreads each over all cores, so more would only slow each other.
OPENINGS = 4
# Seconds that a question waits for its turn, and that it may take.
WAIT = 15.0
LIMIT = 20.0
# Seconds for which an opening is taken to be today's without looking: a look costs a call to the system for each table.
FRESH = 1.0
REMEMBERED = 200  # answers: some 50 rows each
Answer = TypeVar("Answer")


class BusyError(DragomanError):
    """All openings of the record are taken, or a question took too long."""


class Book(Record):
    """One opening of the record: one question at a time."""

    def answer(self, asked: Callable[[Questions], Answer]) -> Answer:
        """What ``asked`` makes of the record's tables. Raises RecordError."""
        return self._answer(asked)

    def open(self) -> Questions:
        """The tables as they are now. What each file holds where is kept in mind: files never change."""
        questions = super().open()
        questions.run("SET parquet_metadata_cache = true")
        return questions

    def interrupt(self) -> None:
        """Break off the question that is being answered; it raises RecordError."""
        if self._open is not None:
            self._open._connection.interrupt()


class Shelf:
    """Several openings of one record, handed out one after the other; each is opened anew once the record has changed.

    Raises RecordError where ``folder`` is no record.
    """

    def __init__(self, folder: Path, openings: int = OPENINGS) -> None:
        self.folder = folder
        Book(folder)
        self._free: queue.LifoQueue[tuple[Book | None, tuple[int, ...]]] = queue.LifoQueue()
        for _ in range(openings):
            self._free.put((None, ()))
        self._lock = threading.Lock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembered_of: tuple[int, ...] = ()
        self._seen: tuple[float, tuple[int, ...]] = (-FRESH, ())

    @contextlib.contextmanager
    def book(self) -> Iterator[Book]:
        """An opening to ask. Raises BusyError when none gets free in time, or when asking takes too long."""
        try:
            book, state = self._free.get(timeout=WAIT)
        except queue.Empty:
            raise BusyError("Too many questions at once. Try again in a moment") from None
        late = threading.Event()
        try:
            now = self._state()
            if book is None or now != state:
                book, state = Book(self.folder), now
            timer = threading.Timer(LIMIT, _break_off, (book, late))
            timer.start()
            try:
                yield book
            finally:
                timer.cancel()
        except Exception as e:
            if late.is_set():
                raise BusyError(f"The question took more than {LIMIT:.0f} seconds. Ask for less") from e
            raise
        finally:
            self._free.put((book, state))

    def ask(self, query: str, /, **values: Any) -> list[dict[str, Any]]:
        """The rows of one of the record's queries."""
        with self.book() as book:
            return book.ask(query, **values)

    def remembered(self, key: Hashable, make: Callable[[Book], Answer]) -> Answer:
        """What ``make`` finds out, or found out for the same key since the record last changed."""
        state = self._state()
        with self._lock:
            if self._remembered_of != state:
                self._remembered.clear()
                self._remembered_of = state
            if key in self._remembered:
                self._remembered.move_to_end(key)
                found: Answer = self._remembered[key]
                return found
        with self.book() as book:
            made = make(book)
        with self._lock:
            if self._remembered_of == state:
                self._remembered[key] = made
                while len(self._remembered) > REMEMBERED:
                    self._remembered.popitem(last=False)
        return made

    def _state(self) -> tuple[int, ...]:
        """When each table was last written to."""
        at, state = self._seen
        if time.monotonic() - at >= FRESH:
            logs = sorted(self.folder.glob("*/_delta_log"))
            state = tuple(log.stat().st_mtime_ns for log in logs)
            self._seen = (time.monotonic(), state)
        return state


def _break_off(book: Book, late: threading.Event) -> None:
    late.set()
    book.interrupt()
