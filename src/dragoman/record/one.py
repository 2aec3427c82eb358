"""One report read, whatever happens."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from dragoman.model import Failure, Reading, Report

PACKAGE = Path(__file__).parent.parent


def read_one(
    read: Callable[[Report], Reading], report: Report, *, fatal: tuple[type[BaseException], ...] = ()
) -> Reading | Failure:
    """The reading, or the failure of kind "reading": a defect of dragoman must cost one report, not the run.

    fatal: errors that are raised all the same.
    """
    try:
        return read(report)
    except fatal:
        raise
    except Exception as e:
        return Failure(report.source, "reading", f"{_told(e)}. A defect of dragoman: please report it with this text")


def _told(error: Exception) -> str:
    """The error and the last place of our own code that it passed."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(PACKAGE)]
    where = f" in {Path(frames[-1].filename).relative_to(PACKAGE)} line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}: {' '.join(str(error).split())}".rstrip(": ")
