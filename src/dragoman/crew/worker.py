"""A worker's side: make text, read, build rows, hand them back. It ends when its parent's socket does."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from dragoman.crew.recipe import Reads
from dragoman.intake import Item, take
from dragoman.model import Failure, Reading, Report
from dragoman.record.one import read_one
from dragoman.record.prepared import Prepared, prepared

# The exit status of a worker that met its limit of memory.
OUT_OF_MEMORY = 77
# A worker that has grown by so much is replaced: the parser keeps every word it has met.
GROWN = 512 * 2**20
# Objects made before rubbish is looked for, and how many such looks before the older ones are looked at. A parse is of
# objects that know each other, so that there is rubbish; but with Python's own numbers (700, 10, 10) looking for it
# takes a twentieth of the time of reading, and with these nothing that could be measured.
LOOKS = (20_000, 20, 50)
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Task:
    """Some inputs. ask: tell the ids of their reports, and read those that are wanted. keep: build rows, too.

    read: False to make text only.
    """

    items: tuple[Item, ...]
    ask: bool = False
    keep: bool = False
    read: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """A report that was not wanted."""

    source: str
    report: str


Result = Failure | Known | Prepared | Report


def end_with_parent(parent: int) -> None:
    """Be killed when the parent process ends, in the middle of whatever it is. Only Linux has it; elsewhere a worker
    ends after the reports that it has in hand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def work(connection: Connection, reader: Reads, memory: int) -> NoReturn:
    """Do what comes in until nothing comes any more. memory: bytes that may be taken on top of what is shared."""
    _be_killed_first()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(*LOOKS)
    begun = _pages()
    if begun and memory:
        most = begun + memory
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        while True:
            results = _do(connection, reader, connection.recv())
            tired = _pages() - begun > min(GROWN, memory // 2 or GROWN)
            connection.send((results, tired))
            if tired:
                os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):  # the parent has gone
        os._exit(0)


def _do(connection: Connection, reader: Reads, task: Task) -> list[Result]:
    results: list[Result | None] = [None] * len(task.items)
    taken = [take(item) for item in task.items]
    reports = {n: item for n, item in enumerate(taken) if isinstance(item, Report)}
    for n, item in enumerate(taken):
        if isinstance(item, Failure) or not task.read:
            results[n] = item
    if task.ask:
        ids = {n: report.id for n, report in reports.items()}
        connection.send(ids)
        wanted = connection.recv()
        for n in ids.keys() - wanted:
            results[n] = Known(reports[n].source, ids[n])
            del reports[n]
    if task.read:
        for n, got in zip(reports, read_all(reader, list(reports.values())), strict=True):
            results[n] = got if isinstance(got, Failure) else prepared(got, keep=task.keep)
    return [result for result in results if result is not None]


def read_all(reader: Reads, reports: Sequence[Report]) -> list[Reading | Failure]:
    """Readings of all, at once where the reader can; where one of them fails, one by one."""
    many = getattr(reader, "read_many", None)
    if many is not None and len(reports) > 1:
        try:
            return list(many(reports))
        except MemoryError:
            raise
        except Exception:  # whose fault it is shows below
            pass
    return [read_one(reader.read, report, fatal=(MemoryError,)) for report in reports]


def _pages() -> int:
    """Bytes of address space that this process has; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _be_killed_first() -> None:
    """When the machine's memory ends, the system is to end a worker rather than the parent, which has rows to keep."""
    try:
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    except OSError:
        return
