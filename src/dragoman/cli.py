"""Argument parsing and printing only; every command is a few lines over the library."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence

from dragoman import show
from dragoman.contract import failure_object, line, reading_object
from dragoman.errors import DragomanError, UsageError
from dragoman.model import Failure, Reading, Report


def main(argv: Sequence[str] | None = None) -> int:
    """The command ``dragoman``; its exit status."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is read: leave without a word
        return 0
    except DragomanError as e:
        print(f"dragoman: {show.plain(str(e))}", file=sys.stderr)
        return 2 if isinstance(e, UsageError) else 1
    except KeyboardInterrupt:
        print("dragoman: interrupted", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(prog="dragoman", description=sys.modules["dragoman"].__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="read reports and print what they hold")
    read.add_argument("paths", nargs="+", metavar="PATH")
    read.add_argument("--published", type=_day, metavar="DATE")
    read.add_argument("--json", action="store_true")
    read.add_argument("--strict", action="store_true")
    read.set_defaults(run=_read)
    return top


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2023-05-28") from None


def _read(args: argparse.Namespace) -> int:
    # The two heavy imports of the program: only reading waits for spaCy, so that questions answer at once.
    from dragoman.intake import inputs
    from dragoman.reader import Reader

    reader, out, failures = Reader(), show.console(), 0
    for item in inputs(args.paths, published=args.published, stdin=sys.stdin.buffer):
        got: Reading | Failure = item if isinstance(item, Failure) else _read_one(reader, item)
        if isinstance(got, Failure):
            failures += 1
            print(f"{show.plain(got.source)}: {show.plain(got.message)}", file=sys.stderr)
        if args.json:
            print(line(failure_object(got) if isinstance(got, Failure) else reading_object(got)))
        elif isinstance(got, Reading):
            show.report(out, reading_object(got), got.report.text)
    return 1 if failures and args.strict else 0


def _read_one(reader: object, report: Report) -> Reading | Failure:
    try:
        return reader.read(report)  # type: ignore[attr-defined, no-any-return]
    except Exception as e:  # a defect in one report must not cost the others
        return Failure(report.source, "reading", f"{type(e).__name__}: {e}")
