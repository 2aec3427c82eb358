"""Inputs to workers and results in order: who has what in hand, what is tried again, and when to give up."""

from __future__ import annotations

import contextlib
import signal
import time
from collections import deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any

from dragoman.crew.feeder import Feeder, size_of
from dragoman.crew.given_up import GivenUp, again, mark_of, noted
from dragoman.crew.hands import GoneError, Nursery, Worker, kill, start
from dragoman.crew.recipe import Recipe
from dragoman.crew.worker import OUT_OF_MEMORY, Known, Result, Task
from dragoman.errors import DragomanError
from dragoman.intake import Item, Raw
from dragoman.model import Failure, Report
from dragoman.record.prepared import Prepared

# Inputs that go to a worker together. Handing over costs some 0.3 ms a batch; a batch is some seconds' work at most, so
# that no worker idles long at the end and little is read twice after a worker has died.
BATCH = 16
BATCH_BYTES = 64_000
# Seconds that a batch has at least, where the limit for one report is less.
BATCH_SECONDS = 30.0
# How far results may be ahead of one that is waited for.
AHEAD = 512
AHEAD_BYTES = 64_000_000
# Seconds after which a batch goes out that is not full, when a worker has nothing to do.
PATIENCE = 0.02
# Reports that this many processes died over, each alone in a fresh one, are given up: once may be somebody else's deed.
DEATHS = 2
# So many nurseries may end one after the other, without a result in between.
FALLS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one report may take.

    seconds: 0 for no limit. A text of the greatest length that is read, 2,000,000 characters, takes about a minute.
    memory: bytes on top of what the model takes; 0 for no limit.
    """

    seconds: float = 300.0
    memory: int = 2 * 2**30


@dataclass(slots=True, eq=False)
class Slot:
    """One input's place in the order. deaths: of processes that had it alone in hand."""

    number: int
    item: Item
    size: int
    result: Result | None = None
    report: str | None = None  # the id of its report, while that is being read
    waits: bool = False  # for an earlier input of the same text, which is being read
    deaths: int = 0
    before: Failure | None = None  # its text was given up before


@dataclass(slots=True)
class Crew:
    """Workers, and what they do. It is to be closed.

    known: ids that are not to be read. Whoever takes results adds to it meanwhile; None: read everything.
    keep: build rows. read: False to make text only. tried: what was given up before, and is not tried again.
    """

    recipe: Recipe
    workers: int
    limits: Limits
    known: Container[str] | None = None
    keep: bool = True
    read: bool = True
    version: str = ""
    tried: dict[tuple[str, str], GivenUp] = field(default_factory=dict)
    _nursery: Nursery | None = None
    _team: list[Worker] = field(default_factory=list)
    _slots: deque[Slot] = field(default_factory=deque)
    _batches: deque[list[Slot]] = field(default_factory=deque)
    _filling: list[Slot] = field(default_factory=list)
    _filled: float = 0.0
    _held: int = 0
    _made: int = 0
    _number: int = 0
    _falls: int = 0
    _reading: dict[str, set[int]] = field(default_factory=dict)

    def results(self, items: Iterable[Item]) -> Iterator[Result]:
        """What became of each input, in order. Raises DragomanError where no reader can be made or no process run."""
        if self._nursery is None:
            self._nursery = Nursery(self.recipe, self.limits.memory)
        feeder = Feeder(items)
        try:
            while True:
                self._fill(feeder)
                self._assign()
                if self._slots and (result := self._settled(self._slots[0])) is not None:
                    slot = self._slots.popleft()
                    self._held -= slot.size
                    yield result
                    self._forget(slot)
                elif self._slots or not feeder.over:
                    self._wait(feeder)
                elif feeder.error is not None:
                    raise feeder.error
                else:
                    return
        finally:
            feeder.close()

    def close(self) -> None:
        """End every process now."""
        for worker in self._team:
            if worker.nursery is self._nursery:
                kill(worker)
            worker.connection.close()
        self._team.clear()
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Inputs into batches

    def _fill(self, feeder: Feeder) -> None:
        while len(self._slots) < AHEAD and self._held < AHEAD_BYTES and (item := feeder.next()) is not None:
            slot = Slot(self._number, item, size_of(item))
            self._number += 1
            self._slots.append(slot)
            self._held += slot.size
            if isinstance(item, Failure):
                slot.result = item
                continue
            if self._filling and sum(s.size for s in self._filling) + slot.size > BATCH_BYTES:
                self._send_off()
            self._filling.append(slot)
            self._filled = time.monotonic()
            # The first batches are small: whoever has few reports has them read side by side, too.
            if len(self._filling) >= min(BATCH, 1 << min(10, self._made // self.workers)):
                self._send_off()
        waited = time.monotonic() - self._filled >= PATIENCE
        if self._filling and not self._batches and self._free() and (feeder.over or waited):
            self._send_off()

    def _send_off(self) -> None:
        self._batches.append(self._filling)
        self._made += 1
        self._filling = []

    def _free(self) -> bool:
        return len(self._team) < self.workers or any(not w.slots for w in self._team)

    # Batches to workers

    def _assign(self) -> None:
        while self._batches and self._nursery is not None and self._nursery.version is not None:
            worker = next((w for w in self._team if not w.slots), None)
            if worker is None:
                if len(self._team) >= self.workers:
                    return
                try:
                    worker = self._nursery.fork()
                except GoneError:
                    self._replace_nursery()
                    return
                except DragomanError:
                    if self._team:  # fewer than were asked for are better than none
                        self.workers = len(self._team)
                        return
                    raise
                self._team.append(worker)
            slots = [slot for slot in self._batches.popleft() if not self._tried(slot)]
            if not slots:
                continue
            task = Task(tuple(s.item for s in slots), self.known is not None, self.keep, self.read)
            if not start(worker, slots, task):
                self._died(worker)

    def _replace_nursery(self) -> None:
        self._falls += 1
        if self._falls > FALLS:
            raise DragomanError("The process that readers are started from ends again and again. Is there memory left?")
        if self._nursery is not None:
            self._nursery.close()
        self._nursery = Nursery(self.recipe, self.limits.memory)

    # News from workers

    def _wait(self, feeder: Feeder) -> None:
        """Until there is news of anybody, or it is time to look at the clock."""
        assert self._nursery is not None
        team = list(self._team)
        ends = [self._end(w) for w in team if w.slots and self.limits.seconds]
        if self._filling and not self._batches and self._free():
            ends.append(self._filled + PATIENCE)
        timeout = max(0.0, min(ends) - time.monotonic()) if ends else None
        watched: list[Any] = [self._nursery.connection, *(w.connection for w in team)]
        news = wait([*watched, *([] if feeder.over or self._full() else [feeder.wake])], timeout)
        if feeder.wake in news:
            feeder.hush()
        for worker in team:
            if worker.connection in news:
                self._hear(worker)
        if self._nursery.connection in news:
            try:
                self._nursery.hear()
                self.version = self._nursery.version or ""
            except GoneError:
                self._replace_nursery()
        self._stop_late()

    def _full(self) -> bool:
        return len(self._slots) >= AHEAD or self._held >= AHEAD_BYTES

    def _hear(self, worker: Worker) -> None:
        try:
            told = worker.connection.recv()
            if isinstance(told, dict):  # the ids of its reports
                wanted = self._wanted(worker.slots, told)
                worker.began = time.monotonic()
                worker.connection.send(wanted)
                return
        except (EOFError, OSError):
            self._died(worker)
            return
        results, tired = told
        for slot, result in zip(worker.slots, results, strict=True):
            slot.result = result = slot.before or result
            size = len(result.packed) + len(result.line) + len(result.text) if isinstance(result, Prepared) else 256
            size += len(result.text) if isinstance(result, Report) else 0
            self._held += size - slot.size
            slot.size = size
        worker.slots = []
        self._falls = 0
        if tired:
            self._bury(worker)

    def _wanted(self, slots: list[Slot], ids: dict[int, str]) -> set[int]:
        """Which of a batch's reports are to be read: none that is known, and of those alike the first in the order."""
        assert self.known is not None
        wanted = set()
        for n, ident in ids.items():
            slot = slots[n]
            earlier = any(number < slot.number for number in self._reading.get(ident, ()))
            slot.waits = earlier and ident not in self.known
            if (before := self._before(ident)) is not None and ident not in self.known:
                slot.before, slot.waits = again(slot.item.source, before), False
            elif not earlier and ident not in self.known:
                slot.report = ident
                self._reading.setdefault(ident, set()).add(slot.number)
                wanted.add(n)
        return wanted

    def _before(self, mark: str | None) -> GivenUp | None:
        """When this version gave up on a text, and would do so again."""
        before = self.tried.get((mark, self.version)) if mark is not None else None
        return before if before is not None and before.holds(self.limits.seconds) else None

    def _tried(self, slot: Slot) -> bool:
        """Whether it is not to be made into text again."""
        before = self._before(mark_of(slot.item, None)) if self.tried and isinstance(slot.item, Raw) else None
        if before is not None:
            slot.result = again(slot.item.source, before)
        return before is not None

    def _settled(self, slot: Slot) -> Result | None:
        """The result of the first in the order, if it is there: what was read before it is known by now."""
        result = slot.result
        if isinstance(result, Known) and slot.waits and self.known is not None and result.report not in self.known:
            slot.result, slot.waits = None, False  # the earlier one could not be read: this one is tried, too
            self._batches.appendleft([slot])
            self._assign()
            return None
        if isinstance(result, Prepared) and self.known is not None and result.report in self.known:
            return Known(result.source, result.report)
        return result

    def _forget(self, slot: Slot) -> None:
        """Nobody waits for it any more."""
        if slot.report is not None:
            numbers = self._reading[slot.report]
            numbers.discard(slot.number)
            if not numbers:
                del self._reading[slot.report]

    # Ends

    def _end(self, worker: Worker) -> float:
        """When it is to be done. Several reports are given more than one, and are read one by one if that is over."""
        seconds = self.limits.seconds
        return worker.began + (seconds if len(worker.slots) == 1 else max(seconds, BATCH_SECONDS))

    def _stop_late(self) -> None:
        for worker in [w for w in self._team if w.slots and self.limits.seconds]:
            if time.monotonic() > self._end(worker):
                if worker.connection.poll():
                    self._hear(worker)  # it was in time; we were not
                else:
                    worker.late = True
                    kill(worker)
                    self._died(worker)

    def _died(self, worker: Worker) -> None:
        """What it had in hand is read again, one by one; what is alone to blame is a failure."""
        slots, worker.slots = worker.slots, []
        status = self._bury(worker)
        if len(slots) > 1:
            self._batches.extendleft([slot] for slot in reversed(slots))
            return
        for slot in slots:
            slot.deaths += status is not None
            over = worker.late or status == OUT_OF_MEMORY or slot.deaths >= DEATHS
            if over:
                slot.result = self._failure(slot, worker.late, status)
            else:
                self._batches.appendleft([slot])

    def _bury(self, worker: Worker) -> int | None:
        """How it ended: its exit status or minus its signal; None where nobody can tell any more."""
        worker.connection.close()
        self._team.remove(worker)
        with contextlib.suppress(GoneError):
            if worker.nursery is self._nursery:
                return worker.nursery.ended(worker)
        return None

    def _failure(self, slot: Slot, late: bool, status: int | None) -> Failure:
        """Why it was given up, with a note of who did; without one where somebody outside did it."""
        found = self._why(slot.item.source, late, status)
        mark = mark_of(slot.item, slot.report)
        if mark is None or not self.version or (status == -signal.SIGKILL and not late):
            return found
        self.tried[mark, self.version] = GivenUp(found.source, found.kind, self.limits.seconds if late else None)
        return noted(found, mark, self.version)

    def _why(self, source: str, late: bool, status: int | None) -> Failure:
        if late:
            return Failure(
                source, "too-slow", f"{source} took more than {self.limits.seconds:g} seconds to read and was given "
                f"up. Split it into its parts, or give it more time with --limit.",
            )  # fmt: skip
        if status == OUT_OF_MEMORY:
            return Failure(
                source, "memory", f"{source} took more than {self.limits.memory / 2**20:,.0f} MB of memory to read and "
                f"was given up. Split it into its parts.",
            )  # fmt: skip
        if status == -signal.SIGKILL:
            return Failure(
                source, "crash", f"{source} was given up: twice the process that read it was killed from outside. "
                f"If the machine's memory is full, end other programs, or use fewer --workers.",
            )  # fmt: skip
        how = f"with status {status}" if status is None or status >= 0 else f"by {signal.Signals(-status).name}"
        return Failure(
            source, "crash", f"{source} was given up: twice the process that read it was ended {how}. A defect of "
            f"dragoman or of a library under it: please report it with this text.",
        )  # fmt: skip
