"""read: reports into readings, printed and kept."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman import contract, show
from dragoman.commands.options import Command, own_actors, paths
from dragoman.commands.printing import print_json, say, say_failure
from dragoman.errors import UsageError
from dragoman.model import Failure, Report
from dragoman.record import Outcome, Record, read_all

if TYPE_CHECKING:
    from dragoman.reader import Reader
    from dragoman.reading.segment import Repeated

# From so many reports on, one line each: a screen holds the tables of two or three.
FULL = 20


def add(command: Command) -> None:
    """The command of this file."""
    read = command("read", _read, "read reports, print what they hold, keep it in a record")
    paths(read)
    read.add_argument("--to", type=Path, metavar="FOLDER", help="the record (default: ./record; with --json none)")
    own_actors(read)
    read.add_argument("--json", action="store_true", help="print one JSON object a line, one a report (docs/record.md)")
    read.add_argument("--brief", action="store_true", help=f"one line a report, as it is with more than {FULL} of them")
    read.add_argument("--full", action="store_true", help="tables for every report, however many")
    read.add_argument("--quiet", action="store_true", help="print only failures and totals")
    read.add_argument("--again", action="store_true", help="read anew what the record has; the new reading counts")
    read.add_argument("--shared", action="store_true", help="first look for lines that reports of a publisher share, "
                      "and leave them out")  # fmt: skip
    read.add_argument("--strict", action="store_true", help="leave with status 1 when anything could not be read")


def _read(args: argparse.Namespace) -> int:
    folder = args.to or (None if args.json else Path("record"))
    record = None if folder is None else Record(folder, create=True)
    items = inputs(args)
    reader = _reader(args.actors, _shared(args)) if args.shared else _reader(args.actors)
    brief = args.brief
    if not (args.json or args.brief or args.full or args.quiet):
        head = list(itertools.islice(items, FULL + 1))
        brief, items = len(head) > FULL, itertools.chain(head, items)
    tally = show.Tally()
    out = show.console()
    outcomes = read_all(reader.read, items, record, again=args.again, version=reader.version)
    try:
        # Closing the outcomes commits what was read: that comes before any word on what is kept.
        with contextlib.closing(outcomes), show.progress(args.quiet) as step:
            for outcome in outcomes:
                tally.add(outcome)
                step(tally)
                _print_outcome(args, out, outcome, record, brief)
    except KeyboardInterrupt:
        held = f"; {folder} holds {show.count(Record(folder).stats()['reports'], 'report')}" if folder else ""
        say(f"interrupted{held}. The same command goes on from there")
        return 130
    if record is not None:
        record.link()
    if not args.json:
        show.totals(out, tally, folder)
    return 1 if args.strict and tally.failures else 0


def _print_outcome(
    args: argparse.Namespace, out: show.Console, outcome: Outcome, record: Record | None, brief: bool
) -> None:
    """One input's line or tables; what the record had is printed out of it."""
    if outcome.failure is not None:
        say_failure(outcome.failure)
        if args.json:
            print_json(contract.failure_object(outcome.failure))
        return
    if args.quiet and not args.json:
        return
    if outcome.fresh is not None:
        if args.json:
            print(show.json_line(outcome.fresh.line, sys.stdout.isatty()))
            return
        obj, text = outcome.fresh.object, outcome.fresh.text
    else:
        if record is None or outcome.already is None or (brief and not args.json):
            return
        kept = record.report(outcome.already)
        obj, text = kept.object, kept.text
    if args.json:
        print_json(obj)
    elif brief:
        show.brief(out, obj, text)
    else:
        show.report(out, obj, text, note="already in the record" if outcome.already else "")


def inputs(args: argparse.Namespace) -> Iterator[Report | Failure]:
    """What the paths of a call hold."""
    # Imports inside functions: only what reads reports waits for spaCy, so that questions and --help answer at once.
    from dragoman import intake

    return intake.inputs(args.paths, published=args.published, stdin=sys.stdin.buffer)


def _reader(own_actors: Sequence[Path], shared: Repeated | None = None) -> Reader:
    from dragoman import knowledge
    from dragoman.reader import Reader

    return Reader(knowledge=knowledge.load(own_actors=own_actors), shared=shared)


def _shared(args: argparse.Namespace) -> Repeated:
    """A first look over all inputs, for the lines that reports of one publisher have in common."""
    from dragoman.reading.segment import repeated_lines

    if "-" in args.paths:
        raise UsageError("--shared looks at its inputs twice, and standard input can be read once. Save it to a file.")
    return repeated_lines(item for item in inputs(args) if isinstance(item, Report))
