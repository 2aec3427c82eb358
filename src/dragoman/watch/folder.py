"""A folder into which files are put: the new and the changed ones are read once they have stopped growing."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.intake import files, inputs
from dragoman.model import Failure, Report
from dragoman.watch.state import Look, State

SETTLED = 2.0  # seconds between two looks at which a file must be the same, where no look came before
LEFT_OUT = Look(-1, 0)  # stands for what is no report by its name: told of once


@dataclass
class FolderWatch:
    """once: look twice, SETTLED apart, instead of comparing with the round before."""

    folder: Path
    record: Path
    state: State
    stop: threading.Event
    once: bool = False
    asked: int = field(default=0, init=False)
    _before: dict[str, Look] = field(default_factory=dict, init=False)
    _done: dict[str, Look] = field(default_factory=dict, init=False)

    def round(self) -> Iterator[Report | Failure]:
        """What the new and changed files hold. Call :meth:`keep` once it is in the record."""
        self._done, self.asked = {}, 0
        found = yield from self._looks()
        if self.once and found:
            self._before = found
            self.stop.wait(SETTLED)
            found = yield from self._looks()
        ripe = [path for path, look in found.items() if self._before.get(path) == look]
        self._before = found
        for path in ripe:
            if self.stop.is_set():
                return
            self.asked += 1
            yield from inputs([path])
            # As it was before it was read: what has been added since is seen the next time.
            self._done[path] = found[path]
        if self.once:
            for path in found.keys() - set(ripe):
                yield Failure(path, "unreadable", f"{path} is still growing. It is left for the next time.")

    def close(self) -> None:
        """Nothing is held."""

    def keep(self) -> None:
        """Remember the files of this round."""
        self.state.keep_files(self._done.items())

    def _looks(self) -> Generator[Failure, None, dict[str, Look]]:
        """Files that were not read in as they are now; what is left out by its name is told of on the way."""
        found: dict[str, Look] = {}
        for path in files(self.folder):
            if isinstance(path, Failure):
                if path.kind != "empty" and self.state.look(path.source) != LEFT_OUT and path.source not in self._done:
                    self._done[path.source] = LEFT_OUT
                    yield path
            elif not path.is_relative_to(self.record):
                try:
                    stat = path.stat()
                except OSError:
                    continue  # taken away since it was listed
                look = Look(stat.st_size, stat.st_mtime_ns)
                if stat.st_size and self.state.look(str(path)) != look:
                    found[str(path)] = look
        return found
