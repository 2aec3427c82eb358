"""Feeds are parsed in a process of their own: one that was written to hang a parser costs seconds, and nothing else."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from dragoman.errors import InputError
from dragoman.watch.feed import Story, stories

# Of processor time, 2,000 stories take a second. A tag of 20,000 attributes (0.2 MB) takes feedparser 3 seconds, and
# one of twice as many four times as long.
SECONDS = 20.0
STARTS = 120.0  # seconds that the process may take to start, on a machine that does much else
READY = "ready"


class Parser:
    """Parses feeds as :func:`dragoman.watch.feed.stories` does, within a limit of time. Close it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def stories(self, body: bytes, url: str, headers: Mapping[str, str]) -> list[Story]:
        """The stories of a feed. Raises InputError, also where it takes too long or the parser dies."""
        why = f"takes longer than {self._seconds:g} seconds to parse"
        try:
            pipe = self._started()
            pipe.send((body, url, dict(headers)))
            if pipe.poll(self._seconds):
                found = pipe.recv()
                if isinstance(found, tuple):
                    raise InputError(*found)
                return list(found)
        except (EOFError, OSError):
            why = "ends the parser"
        self.close()
        raise InputError("unreadable", f"{url} is a feed that {why}. It is left out.")

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            if not self._pipe.poll(STARTS) or self._pipe.recv() != READY:
                raise EOFError
        return self._pipe


def _work(pipe: Connection) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal's processes; ours is told to end
    import feedparser  # noqa: F401  loaded before anybody waits for it

    pipe.send(READY)
    while True:
        try:
            body, url, headers = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = stories(body, url, headers)
        except InputError as e:
            answer = (e.kind, e.message)
        pipe.send(answer)
