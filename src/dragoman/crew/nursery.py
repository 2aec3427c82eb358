"""The process that loads the model once and forks workers off itself.

A fork shares the model's memory and takes some milliseconds, where loading takes more than a second: so a worker that
was killed is replaced at once. Forking is safe here as this process has one thread only and does nothing else.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import Any, NoReturn

from dragoman.crew.worker import end_with_parent, work
from dragoman.errors import DragomanError


def main(handle: int, parent: int) -> NoReturn:
    """Load what the recipe says, then fork, and tell of those that ended, until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    end_with_parent(parent)
    control = Connection(handle)
    try:
        recipe, memory = control.recv()
        reader = recipe()
    except EOFError:
        os._exit(0)
    except DragomanError as e:
        _leave(control, str(e))
    except Exception as e:
        traceback.print_exc()
        _leave(control, f"The reader cannot be made: {type(e).__name__}: {e}")
    gc.collect()
    gc.freeze()  # rubbish is not looked for in what workers share, which would copy it
    control.send((reader.version, None))
    children = set[int]()
    try:
        while True:
            asked: Any = control.recv()
            if asked == "fork":
                _fork(control, reader, memory, children)
            else:
                _, status = os.waitpid(asked, 0)
                children.discard(asked)
                control.send(os.waitstatus_to_exitcode(status))
    except (EOFError, OSError, RuntimeError):  # the parent has gone, perhaps in the middle of a word
        _end(children)


def _fork(control: Connection, reader: Any, memory: int, children: set[int]) -> None:
    handle, own = recv_handle(control), os.getpid()
    try:
        pid = os.fork()
    except OSError as e:
        os.close(handle)
        control.send(e.strerror)
        return
    if pid == 0:
        try:
            os.close(control.fileno())
            end_with_parent(own)
            work(Connection(handle), reader, memory)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(handle)
    children.add(pid)
    control.send(pid)


def _leave(control: Connection, message: str) -> NoReturn:
    control.send((None, message))
    os._exit(1)


def _end(children: set[int]) -> NoReturn:
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    for pid in children:
        os.waitpid(pid, 0)
    sys.stderr.flush()
    os._exit(0)
