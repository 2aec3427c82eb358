"""Inputs, found by a thread of their own, so that results are handed on while the next input is waited for."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable

from dragoman.intake import Item, Raw
from dragoman.model import Failure, Report

# Inputs that are held before a worker has time for them: they wait no longer than it takes to find the next.
MOST = 64
MOST_BYTES = 32_000_000


def size_of(item: Item) -> int:
    """About how many bytes it holds."""
    if isinstance(item, Raw):
        content = getattr(item.content, "body", item.content)
        return len(content) if isinstance(content, bytes | str) else 4096
    return len(item.text) if isinstance(item, Report) else 256 if isinstance(item, Failure) else 0


class Feeder:
    """Some of the inputs that come next. ``wake`` can be read from when there is news."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._held: deque[Item] = deque()
        self._bytes = 0
        self._changed = threading.Condition()
        self._over = self._closed = self._rung = False
        self.error: BaseException | None = None  # what finding the inputs raised, once all before it are handed out
        self.wake, self._ring = os.pipe()
        threading.Thread(target=self._find, name="finding inputs", daemon=True).start()

    def _find(self) -> None:
        try:
            for item in self._items:
                with self._changed:
                    while not self._closed and self._held and (len(self._held) >= MOST or self._bytes >= MOST_BYTES):
                        self._changed.wait()
                    if self._closed:
                        return
                    self._held.append(item)
                    self._bytes += size_of(item)
                    self._tell()
        except BaseException as e:  # it is raised where results are waited for
            self.error = e
        finally:
            with self._changed:
                self._over = True
                self._tell()

    def _tell(self) -> None:
        if not self._closed and not self._rung:
            self._rung = True
            os.write(self._ring, b".")

    def hush(self) -> None:
        """Take notice of the news."""
        with self._changed:
            os.read(self.wake, 1)
            self._rung = False

    def next(self) -> Item | None:
        """The next input, or None when none has been found yet, or there is none."""
        with self._changed:
            if self._held:
                item = self._held.popleft()
                self._bytes -= size_of(item)
                self._changed.notify()
                return item
            return None

    @property
    def over(self) -> bool:
        """Whether all inputs were found and handed out."""
        with self._changed:
            return self._over and not self._held

    def close(self) -> None:
        """Look for no more. A thread that waits for the next input is left behind."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            os.close(self.wake)
            os.close(self._ring)
