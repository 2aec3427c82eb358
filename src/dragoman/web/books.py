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

from dragoman.errors import DragomanError, RecordError
from dragoman.record import Record
from dragoman.record.ledger.following import Following
from dragoman.record.query import Questions

# So many questions are answered at once; DuckDB spreads each over all cores, so more would only slow each other.
OPENINGS = 4
# Seconds that a question waits for its turn, and that it may take.
WAIT = 15.0
LIMIT = 20.0
# Seconds for which an opening is taken to be today's without looking: a look costs a call to the system for each table.
FRESH = 1.0
# Seconds that a question waits for what was added a moment ago; taking it in goes on meanwhile.
CATCH_UP = 0.3
REMEMBERED = 200  # answers: some 50 rows each
Answer = TypeVar("Answer")


class BusyError(DragomanError):
    """All openings of the record are taken, or a question took too long."""


class Book(Record):
    """One opening of the record: one question at a time."""

    def answer(self, asked: Callable[[Questions], Answer]) -> Answer:
        """What ``asked`` makes of the record's tables. Raises RecordError."""
        return self._answer(asked)

    def lend(self, questions: Questions) -> None:
        """Ask these tables until :meth:`close`."""
        self._open, self._state = questions, ()

    def interrupt(self) -> None:
        """Break off the question that is being answered; it raises RecordError."""
        if self._open is not None:
            self._open.interrupt()

    def close(self) -> None:
        """Let go of the tables."""
        if self._open is not None:
            self._open.close()
            self._open = None


class Shelf:
    """Several openings of one record, handed out one after the other; each of its newest state but for a moment.

    Raises RecordError where ``folder`` is no record, or one of an older version.
    """

    def __init__(self, folder: Path, openings: int = OPENINGS) -> None:
        self.folder = folder
        Book(folder)
        self._following = Following(folder)
        self._free: queue.SimpleQueue[Book] = queue.SimpleQueue()
        for _ in range(openings):
            self._free.put(Book(folder))
        self._lock = threading.Lock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembered_of = 0
        self._looked = -FRESH

    def settled(self, seconds: float) -> bool:
        """Wait so long for the ledger of a large record to be made; whether it is."""
        return self._following.made(seconds)

    @contextlib.contextmanager
    def book(self) -> Iterator[Book]:
        """An opening to ask. Raises BusyError when none gets free in time, or when asking takes too long."""
        try:
            book = self._free.get(timeout=WAIT)
        except queue.Empty:
            raise BusyError("Too many questions at once. Try again in a moment") from None
        late = threading.Event()
        try:
            self._look()
            book.lend(self._following.questions())
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
            book.close()
            self._free.put(book)

    def ask(self, query: str, /, **values: Any) -> list[dict[str, Any]]:
        """The rows of one of the record's queries."""
        with self.book() as book:
            return book.ask(query, **values)

    def remembered(self, key: Hashable, make: Callable[[Book], Answer]) -> Answer:
        """What ``make`` finds out, or found out for the same key since the record last changed."""
        self._look()
        state = self._following.number
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

    def _look(self) -> None:
        """Look for what is new, once a second."""
        with self._lock:
            due = time.monotonic() - self._looked >= FRESH
            if due:
                self._looked = time.monotonic()
        if due:
            self._following.catch_up(CATCH_UP)


def _break_off(book: Book, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(RecordError):
        book.interrupt()
