"""The parent's side of the nursery and of each worker."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from typing import Any

from dragoman.crew.recipe import Recipe
from dragoman.errors import DragomanError

# One thread in each process: workers side by side use the cores, and the nursery may only fork while it has one.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
START = "import sys; sys.path[:] = sys.argv[3:]; from dragoman.crew.nursery import main; main(*map(int, sys.argv[1:3]))"


class GoneError(Exception):
    """The nursery has ended."""


@dataclass(slots=True, eq=False)
class Worker:
    """A worker and what it has in hand. began: on the monotonic clock, which no change of the time touches."""

    nursery: Nursery
    pid: int
    connection: Connection
    slots: list[Any] = field(default_factory=list)
    began: float = 0.0
    late: bool = False  # it was killed, as it took too long


class Nursery:
    """The process that workers are forked off."""

    def __init__(self, recipe: Recipe, memory: int) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", START, str(theirs.fileno()), str(os.getpid()), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, **ONE_THREAD},
                process_group=0,  # Ctrl-C is the parent's to answer
            )
            self.connection = Connection(ours.detach())
        self.version: str | None = None
        with _gone():
            self.connection.send((recipe, memory))

    def hear(self) -> None:
        """Learn that it has loaded the reader. Raises GoneError, or DragomanError where there can be no reader."""
        with _gone():
            version, trouble = self.connection.recv()
        if trouble is not None:
            raise DragomanError(trouble)
        self.version = version

    def fork(self) -> Worker:
        """A new worker. Raises GoneError, or DragomanError when the system allows no more processes."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with _gone():
                self.connection.send("fork")
                send_handle(self.connection, theirs.fileno(), self._process.pid)
                pid = self.connection.recv()
            if not isinstance(pid, int):
                raise DragomanError(
                    f"No process can be started to read in ({pid}). Use fewer --workers, or end other programs."
                )
            return Worker(self, pid, Connection(ours.detach()))

    def ended(self, worker: Worker) -> int:
        """How a worker of its own ended: its exit status, or minus its signal. Raises GoneError."""
        with _gone():
            self.connection.send(worker.pid)
            status: int = self.connection.recv()
        return status

    def close(self) -> None:
        """End it and all workers now."""
        self.connection.close()
        if self.version is None:
            self._process.kill()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def kill(worker: Worker) -> None:
    """End it at once. Its nursery is to be alive, and not yet asked how it ended: its number is its own till then."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)


def start(worker: Worker, slots: list[Any], task: Any) -> bool:
    """Hand over a task; False when the worker has ended meanwhile."""
    worker.slots, worker.began = slots, time.monotonic()
    try:
        worker.connection.send(task)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as e:
        raise GoneError from e
