"""A stand-in for Reader that does what a report's words tell it: dies, hangs, hoards. Workers load it by its name."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

import made_up
from dragoman.model import Reading, Report


class Reader(made_up.Reader):
    """seconds: what every report takes besides."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds

    def read(self, report: Report) -> Reading:
        text = report.text
        time.sleep(self.seconds)
        if "SEGFAULT" in text:
            ctypes.string_at(0)
        if "EXIT" in text:
            os._exit(3)
        if "ABORT" in text:
            os.abort()
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            while True:
                time.sleep(3600)
        if "HOARD" in text:
            held = [bytearray(100_000_000) for _ in range(100)]
            assert held
        if "ONCE" in text:  # names a file; the process dies when it is not there yet
            mark = Path(text.split()[-1])
            if not mark.exists():
                mark.touch()
                os._exit(3)
        return super().read(report)


class Many(Reader):
    """Reads several at once, and notes how many in a file."""

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note

    def read_many(self, reports: list[Report]) -> list[Reading]:
        with Path(self.note).open("a", encoding="utf-8") as f:
            f.write(f"{len(reports)}\n")
        return [self.read(r) for r in reports]


class Growing(Reader):
    """Keeps 20 MB of every report, and notes in a file which process read it."""

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note
        self.kept: list[bytearray] = []

    def read(self, report: Report) -> Reading:
        self.kept.append(bytearray(20_000_000))
        with Path(self.note).open("a", encoding="utf-8") as f:
            f.write(f"{os.getpid()}\n")
        return super().read(report)


def text_of(content: str, source: str, _published: object) -> Report:
    """Makes a report of what was found, for ever if that says so."""
    if "HANG" in content:
        time.sleep(3600)
    return Report(content, source)


def text_of_bytes(content: bytes, source: str, published: object) -> Report:
    """The same of bytes."""
    return text_of(content.decode(), source, published)


class Newer(Reader):
    """The same of a later version."""

    def __init__(self) -> None:
        super().__init__()
        self.version = "made-up 2"
