"""Reports that are handed in: kept in memory, read one job after the other, written into the record."""

from __future__ import annotations

import io
import queue
import secrets
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.intake import inputs, stream, take
from dragoman.model import Failure, Report
from dragoman.reader import Reader
from dragoman.record import Record, read_all

# Jobs that wait, and jobs that are remembered.
WAITING = 8
REMEMBERED = 50
BATCH = 20  # reports in one commit: soon to be seen
STATES = ("waiting", "reading", "done", "failed")


class FullError(DragomanError):
    """Too many jobs wait already."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One file or pasted text. name: what the browser called it; it is shown and kept, and never opened.

    Of a file its ending tells what it is where its first bytes do not.
    """

    name: str
    content: bytes
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one report. report: its id in the record, or None with the failure's kind and message."""

    source: str
    report: str | None
    already: bool = False
    kind: str = ""
    message: str = ""


@dataclass
class Job:
    """Things handed in together. Only the worker changes it."""

    id: str
    handed: tuple[Handed, ...]
    state: str = "waiting"
    became: list[Became] = field(default_factory=list)
    trouble: str = ""

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


class Adding:
    """One worker that reads what is handed in.

    make_reader: called in the worker when the first job comes, as a language model takes seconds to load.
    """

    def __init__(self, folder: Path, make_reader: Callable[[], Reader]) -> None:
        self._folder, self._make_reader = folder, make_reader
        self._jobs: dict[str, Job] = {}
        self._queue: queue.Queue[Job] = queue.Queue(WAITING)
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def add(self, handed: Sequence[Handed]) -> Job:
        """A new job. Raises FullError when too many wait."""
        job = Job(secrets.token_urlsafe(12), tuple(handed))
        with self._lock:
            try:
                self._queue.put_nowait(job)
            except queue.Full:
                raise FullError(f"{WAITING} jobs wait already. Try again when some are done") from None
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-REMEMBERED]:
                del self._jobs[old]
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="adding", daemon=True)
                self._worker.start()
        return job

    def job(self, ident: str) -> Job | None:
        """The job of that id, if it is remembered."""
        return self._jobs.get(ident)

    def _work(self) -> None:
        reader: Reader | None = None
        while True:
            job = self._queue.get()
            try:
                job.state = "reading"
                reader = reader or self._make_reader()
                self._read(reader, job)
                job.state = "done"
            except Exception as e:  # the worker outlives whatever one job meets
                traceback.print_exc()
                job.trouble, job.state = f"{type(e).__name__}: {e}", "failed"
            finally:
                job.handed = tuple(replace(h, content=b"") for h in job.handed)

    def _read(self, reader: Reader, job: Job) -> None:
        record = Record(self._folder, create=True)
        items = (item for handed in job.handed for item in reports(handed))
        for outcome in read_all(reader.read, items, record, version=reader.version, batch=BATCH):
            if outcome.failure is not None:
                failure = outcome.failure
                job.became.append(Became(outcome.source, None, kind=failure.kind, message=failure.message))
            else:
                ident = outcome.already or (outcome.fresh.report if outcome.fresh else None)
                job.became.append(Became(outcome.source, ident, already=outcome.already is not None))
        record.link()


def reports(handed: Handed) -> Iterator[Report | Failure]:
    """What one handed-in thing holds, told by its name. No file is opened, whatever it is called."""
    if not handed.pasted:
        yield from map(take, stream(io.BytesIO(handed.content), handed.name, None))
        return
    for item in inputs(["-"], stdin=io.BytesIO(handed.content)):
        source = handed.name + item.source.removeprefix("-")
        if isinstance(item, Failure):
            begun = item.message.startswith("-")
            message = source + item.message.removeprefix(item.source) if begun else item.message
            yield replace(item, source=source, message=message)
        else:
            yield replace(item, source=source)
