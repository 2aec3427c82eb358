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


def paths(parser: argparse.ArgumentParser) -> None:
    """``PATH ...``, ``--as ENDING`` and ``--published DATE``."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or - for standard input")
    parser.add_argument(
        "--as", dest="ending", type=ending, metavar="ENDING", help="what the inputs are: csv, tsv, jsonl, "
        "txt, html, eml ... (default: told by their first bytes and their names)",
    )  # fmt: skip
    parser.add_argument("--published", type=day, metavar="DATE", help="day of publication where an input states none")


def own_actors(parser: argparse.ArgumentParser) -> None:
    """``--actors FILE``, any number of times."""
    parser.add_argument(
        "--actors",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a table of office-holders of your own (docs/actors.md); its rows win over ours",
    )


def answers(parser: argparse.ArgumentParser) -> None:
    """``--record FOLDER``, and ``--json`` or ``--csv``."""
    record(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--json", action="store_true", help="print one JSON object a line")
    kind.add_argument("--csv", action="store_true", help="print comma-separated values")


def of_events(parser: argparse.ArgumentParser) -> None:
    """The filters that events have and quotations have not."""
    parser.add_argument("--status", choices=("asserted", "planned", "denied", "hypothetical"))
    parser.add_argument("--context", metavar="CONTEXT", help="PLOVER context: military, economic, legal ...")
    parser.add_argument("--occasion", metavar="X", help="new-year, national-day, election, condolence ...")
    parser.add_argument("--place", metavar="PLACE", help="whole words of where it was")


def of_both(parser: argparse.ArgumentParser) -> None:
    """The filters of events and quotations alike, but for who and type."""
    parser.add_argument("--words", metavar="WORDS", help="words that stand so in the evidence, or in what is said")
    parser.add_argument("--publisher", metavar="NAME", help="whole words of the publisher, else of the address")
    parser.add_argument("--since", type=first_day, metavar="DATE", help="may have been on this day or later")
    parser.add_argument("--until", type=last_day, metavar="DATE", help="may have been on this day or earlier")


def ending(text: str) -> str:
    """The ending of files of a known kind."""
    from dragoman.reading.take_in.kinds import ENDINGS  # takes half a second, and few ask for it

    name = text.casefold().removeprefix(".")
    if name in ENDINGS:
        return name
    raise argparse.ArgumentTypeError(f"{text!r} is no ending that tells a kind; write one of {', '.join(ENDINGS)}")


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
