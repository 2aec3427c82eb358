"""compact, forget: care of a record's files."""

from __future__ import annotations

import argparse

from dragoman import show
from dragoman.commands.options import Command
from dragoman.commands.options import record as record_option
from dragoman.record import Record


def add(command: Command) -> None:
    """The commands of this file."""
    record_option(command("compact", _compact, "join the record's files, and delete what no question sees"))
    forget = command("forget", _forget, "erase reports and all that stands on them, from older files too")
    forget.add_argument(
        "reports", nargs="+", metavar="REPORT", help="the beginning of its id, or the path it was read from"
    )
    record_option(forget)


def _compact(args: argparse.Namespace) -> int:
    record = Record(args.record)
    before = record.bytes()
    record.compact()
    sizes = f"{before / 1e6:,.1f} MB before, {record.bytes() / 1e6:,.1f} MB now"
    show.console().print(f"{args.record}: {sizes}; what was joined is deleted after an hour")
    return 0


def _forget(args: argparse.Namespace) -> int:
    record = Record(args.record)
    for name in args.reports:
        show.console().print(f"{record.forget(name)}: forgotten")
    return 0
