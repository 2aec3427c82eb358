"""One shard into the record, as often as it takes, and every report of it once.

How far a shard has come is committed together with the rows in ``articles`` that make a batch count. Whoever is given
the shard again, because its worker was killed or was thought to be, goes on from there; of two who have the same shard
one commits and the other finds itself overtaken. Rows of a batch that was never completed are seen by no question.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Callable, Container, Generator, Iterable
from dataclasses import dataclass, field
from itertools import count

from dragoman.cluster.shards import Shard, items
from dragoman.crew.crew import Crew, Limits
from dragoman.crew.recipe import Recipe
from dragoman.crew.worker import Result
from dragoman.errors import DragomanError
from dragoman.intake import Item
from dragoman.model import Failure
from dragoman.record.lock import held
from dragoman.record.prepared import Prepared
from dragoman.record.rows import Row, failure_row
from dragoman.record.schema import CHILDREN
from dragoman.record.store import LAST, OvertakenError, Step, Store

# A commit is nine files: 2,000 reports make some of them a megabyte. What a kill may cost is bounded by time besides.
BATCH_REPORTS = 2_000
BATCH_SECONDS = 300.0
# A shard that is done has this much added to the number of its items.
DONE = 2**40
# How often a shard is begun again when the record could not be written; the pauses between add up to three minutes.
TRIES = 6
PAUSE = 6.0

# Reads inputs in their order, but for reports of known ids; one result for each. Whoever wants no more of it closes it.
Read = Callable[[Iterable[Item], Container[str]], Generator[Result, None, None]]


class InCrew:
    """Reads in a process beside this one, which may die or be killed over an input (:mod:`dragoman.crew`)."""

    def __init__(self, recipe: Recipe, limits: Limits) -> None:
        self._recipe, self._limits = recipe, limits
        self._crew: Crew | None = None

    def __call__(self, items: Iterable[Item], known: Container[str]) -> Generator[Result, None, None]:
        """What became of each input, in order. Raises DragomanError where no reader can be made or no process run."""
        if self._crew is None:
            self._crew = Crew(self._recipe, 1, self._limits)
        self._crew.known = known
        whole = False
        try:
            yield from self._crew.results(items)
            whole = True
        finally:
            if not whole:  # it still has some of these in hand
                self.close()

    def close(self) -> None:
        """End its processes. They end with this one, too."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None


class Ids:
    """Ids of reports that are not to be read: those that ``known`` says, and those that were added."""

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = known
        self._added = set[str]()

    def __contains__(self, report: object) -> bool:
        return report in self._added or (isinstance(report, str) and self._known(report))

    def add(self, report: str) -> None:
        """From now on it is known."""
        self._added.add(report)


@dataclass(slots=True)
class Done:
    """What became of a shard, or has so far.

    items: what it holds. kept: were read and committed by this call; before: were dealt with by earlier ones.
    known: not read, as the record or the shard itself had them already. failed: are in the table of failures.
    error: why it could not be finished; what is committed stays.
    """

    shard: str
    says: str
    items: int = 0
    before: int = 0
    kept: int = 0
    known: int = 0
    failed: int = 0
    commits: int = 0
    events: int = 0
    quotes: int = 0
    seconds: float = 0.0
    error: str | None = None

    @property
    def finished(self) -> bool:
        """Whether all of it is in the record."""
        return self.error is None

    @property
    def own(self) -> int:
        """Items that this call dealt with."""
        return self.kept + self.known + self.failed

    def add(self, batch: Batch) -> None:
        """Count what was committed."""
        kept = batch.readings.values()
        self.kept += len(kept)
        self.known += batch.known
        self.failed += len(batch.failures)
        self.commits += 1
        self.events += sum(r.events for r in kept)
        self.quotes += sum(r.quotes for r in kept)


# What of several can be added up.
COUNTED = ("items", "before", "kept", "known", "failed", "commits", "events", "quotes", "seconds")


@dataclass(slots=True)
class Batch:
    """What was read since the last commit. items: of the shard, those that were known included."""

    items: int = 0
    known: int = 0
    readings: dict[str, Prepared] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def add(self, result: Result) -> None:
        """Take in what became of one item."""
        self.items += 1
        if isinstance(result, Prepared):
            self.readings[result.report] = result
        elif isinstance(result, Failure):
            self.failures.append(result)
        else:
            self.known += 1

    def full(self, reports: int, seconds: float) -> bool:
        """Whether it is time to commit."""
        return len(self.readings) + len(self.failures) >= reports or time.monotonic() - self.since >= seconds


class ShardReader:
    """Reads shards into one record; keeps the record's tables open from one to the next."""

    def __init__(
        self,
        to: str,
        read: Read,
        *,
        known: Callable[[str], bool] = lambda _: False,
        again: str = "",
        reports: int = BATCH_REPORTS,
        seconds: float = BATCH_SECONDS,
        pause: float = PAUSE,
    ) -> None:
        """known: whether the record had a report of this id before. again: the name of a run that reads it anew."""
        self._store = Store(to, busy=True)
        self._read, self._known, self._again = read, known, again
        self._reports, self._seconds, self._pause = reports, seconds, pause

    def read(self, shard: Shard) -> Done:
        """Read what of it is not in the record yet. Raises nothing that the record or the shard can be blamed for."""
        began = time.monotonic()
        done = Done(shard.name, str(shard))
        for attempt in count(1):
            try:
                self._attempt(shard, done)
                break
            except OvertakenError:
                continue  # somebody else has this shard too, and is ahead
            except (DragomanError, OSError) as e:
                if attempt >= TRIES:
                    done.error = str(e)
                    break
                time.sleep(self._pause * attempt * 2)
        done.seconds = time.monotonic() - began
        return done

    def _attempt(self, shard: Shard, done: Done) -> None:
        name = f"dragoman/{shard.name}{self._again and '/' + self._again}"
        before = self._store.reached(name)
        reached = before or 0
        done.items = reached % DONE
        done.before = done.items - done.own
        if reached >= DONE:
            return
        batch, ids = Batch(), Ids(self._known)
        with contextlib.closing(self._read(items(shard, reached), ids)) as results:
            for result in results:
                batch.add(result)
                if isinstance(result, Prepared):
                    ids.add(result.report)
                if batch.full(self._reports, self._seconds):
                    reached += batch.items
                    self._commit(batch, Step(name, before, reached))
                    done.add(batch)
                    before, batch = reached, Batch()
        reached += batch.items
        self._commit(batch, Step(name, before, reached + DONE))
        done.add(batch)
        done.items = reached

    def _commit(self, batch: Batch, step: Step) -> None:
        """Write a batch, ``articles`` last. Raises RecordError, OvertakenError."""
        local = self._store.address is None
        with held(self._store.folder, "write", exclusive=False) if local else contextlib.nullcontext():
            if self._store.reached(step.name) != step.before:
                raise OvertakenError(step.name)
            name = f"{self._store.commits():010d}-{uuid.uuid4().hex[:12]}"
            gathered: dict[str, list[Row]] = {table: [] for table in ("failures", *CHILDREN, LAST)}
            gathered["failures"] = [failure_row(failure) for failure in batch.failures]
            for reading in batch.readings.values():
                for table, rows in reading.tables().items():
                    gathered[table] += rows
            for table, rows in gathered.items():
                if rows or table == LAST:
                    for row in rows:
                        row["batch"] = name
                    self._store.append(table, rows, step if table == LAST else None)
