"""Options that several commands share, and the dates that they take."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any, Protocol

from dragoman.model import Interval


class Command(Protocol):
    """Makes the parser of a new command: its name, what runs it, what it is for."""

    def __call__(self, name: str, run: Any, text: str) -> argparse.ArgumentParser: ...


def record(parser: argparse.ArgumentParser) -> None:
    """``--record FOLDER``."""
    parser.add_argument("--record", type=Path, default=Path("record"), metavar="FOLDER", help="default: ./record")


def answers(parser: argparse.ArgumentParser) -> None:
    """``--record FOLDER``, and ``--json`` or ``--csv``."""
    record(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--json", action="store_true", help="print one JSON object a line")
    kind.add_argument("--csv", action="store_true", help="print comma-separated values")


def interval(text: str) -> Interval:
    """The days of ``2023-05-28``, ``2023-05`` or ``2023``."""
    try:
        return Interval.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2023-05-28, 2023-05 or 2023") from None


def day(text: str) -> dt.date:
    """One whole day."""
    days = interval(text)
    if not days.is_day or days.start is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2023-05-28")
    return days.start


def first_day(text: str) -> dt.date | None:
    """The first of the days."""
    return interval(text).start


def last_day(text: str) -> dt.date | None:
    """The last of the days."""
    return interval(text).end
