"""Requests that wait for their turn: several hosts at a time, each host one at a time."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dragoman.errors import InputError
from dragoman.watch.polite import Hosts
from dragoman.watch.wire import Answer, StoppedError, Wire

THREADS = 8
HELD = 16  # answers that wait to be looked at; each may hold a page of megabytes


@dataclass(frozen=True, slots=True)
class Errand:
    """One address to ask, for whom: a feed or a story of one."""

    url: str
    of: object
    headers: Mapping[str, str] = field(default_factory=dict)


class Errands:
    """Hands in errands, gives answers back as they come. Everything but the requests happens in the caller's thread."""

    def __init__(self, wire: Wire, hosts: Hosts, *, threads: int = THREADS) -> None:
        self._wire, self._hosts = wire, hosts
        self._waiting: dict[str, deque[Errand]] = {}
        self._busy: set[str] = set()
        self._change = threading.Condition()
        self._answers: queue.Queue[tuple[Errand, Answer | InputError]] = queue.Queue(HELD)
        self._out = 0
        self._over = False
        for n in range(threads):
            threading.Thread(target=self._work, name=f"errands-{n}", daemon=True).start()

    def add(self, errand: Errand) -> None:
        """Have an address asked."""
        self._out += 1
        with self._change:
            self._waiting.setdefault(urlsplit(errand.url).netloc, deque()).append(errand)
            self._change.notify()

    def answers(self) -> Iterator[tuple[Errand, Answer | InputError]]:
        """Answers, and failures in the place of some, until none is to come or the program is to end.

        More errands may be added meanwhile.
        """
        while self._out and not self._wire.stop.is_set():
            try:
                found = self._answers.get(timeout=0.2)
            except queue.Empty:
                continue
            self._out -= 1
            yield found

    def close(self) -> None:
        """Let the threads go; those within a request end with it."""
        with self._change:
            self._over = True
            self._change.notify_all()

    def _work(self) -> None:
        while (errand := self._take()) is not None:
            host = urlsplit(errand.url).netloc
            answer: Answer | InputError
            try:
                answer = self._wire.get(errand.url, errand.headers, before=self._hosts.turn)
            except InputError as e:
                answer = e
            except StoppedError:
                return
            except Exception as e:  # a thread that ends without an answer would leave the round waiting for ever
                answer = InputError("unreadable", f"{errand.url} could not be fetched ({type(e).__name__}).")
            with self._change:
                self._busy.discard(host)
                self._change.notify()
            while not self._wire.stop.is_set():
                try:
                    self._answers.put((errand, answer), timeout=0.5)
                    break
                except queue.Full:
                    continue

    def _take(self) -> Errand | None:
        with self._change:
            while not (self._over or self._wire.stop.is_set()):
                for host, waiting in self._waiting.items():
                    if host not in self._busy:
                        errand = waiting.popleft()
                        if not waiting:
                            del self._waiting[host]
                        self._busy.add(host)
                        return errand
                self._change.wait(0.5)
        return None
