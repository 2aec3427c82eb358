"""read: reports into readings, printed and kept."""

from __future__ import annotations

import argparse
import contextlib
import functools
import itertools
import os
import sys
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dragoman import contract, show
from dragoman.commands import cluster
from dragoman.commands.options import Command, own_actors, paths
from dragoman.commands.printing import print_json, say, say_failure
from dragoman.errors import UsageError
from dragoman.model import Failure, Report
from dragoman.record import Outcome, Record, read_all
from dragoman.record.record import BATCH_REPORTS

if TYPE_CHECKING:
    from dragoman.crew.crew import Limits
    from dragoman.crew.recipe import Recipe
    from dragoman.intake import Item
    from dragoman.reading.segment import Repeated
    from dragoman.record.prepared import Prepared

# From so many reports on, one line each: a screen holds the tables of two or three.
FULL = 20


def add(command: Command) -> None:
    """The command of this file."""
    read = command("read", _read, "read reports, print what they hold, keep it in a record")
    paths(read)
    read.add_argument(
        "--to", type=cluster.place, metavar="FOLDER", help="the record (default: ./record; with --json none)"
    )
    own_actors(read)
    read.add_argument("--json", action="store_true", help="print one JSON object a line, one a report (docs/record.md)")
    read.add_argument("--brief", action="store_true", help=f"one line a report, as it is with more than {FULL} of them")
    read.add_argument("--full", action="store_true", help="tables for every report, however many")
    read.add_argument("--quiet", action="store_true", help="print only failures and totals")
    read.add_argument("--again", action="store_true", help="read anew what the record has or gave up; the new reading "
                      "counts")  # fmt: skip
    read.add_argument("--shared", action="store_true", help="first look for lines that reports of a publisher share, "
                      "and leave them out")  # fmt: skip
    read.add_argument("--workers", type=_some, metavar="N", help="so many processes read (default: one a core)")
    read.add_argument("--limit", type=_seconds, default=300.0, metavar="SECONDS", help="give a report up that takes "
                      "longer to read (default: 300; 0: never)")  # fmt: skip
    read.add_argument("--strict", action="store_true", help="leave with status 1 when anything could not be read")
    cluster.options(read)


def _read(args: argparse.Namespace) -> int:
    if args.ray is not None:
        if args.ending:
            raise UsageError("--as cannot go with --ray. Give the files their endings, or read without --ray.")
        return cluster.run(args)
    if "://" in str(args.to):
        raise UsageError(f"{args.to}: records in an object store are written with --ray")
    folder = args.to or (None if args.json else Path("record"))
    record = None if folder is None else Record(folder, create=True)
    items: Iterator[Item] = found(args)
    brief = args.brief
    if not (args.json or args.brief or args.full or args.quiet):
        head = list(itertools.islice(items, FULL + 1))
        brief, items = len(head) > FULL, itertools.chain(head, items)
    tally = show.Tally()
    out = show.console()
    recent: dict[str, Prepared] = {}
    try:
        outcomes = _outcomes(args, items, record)
        # Closing the outcomes commits what was read: that comes before any word on what is kept.
        with contextlib.closing(outcomes), show.progress(args.quiet) as step:
            for outcome in outcomes:
                tally.add(outcome)
                step(tally)
                _print_outcome(args, out, outcome, record, brief, recent)
    except KeyboardInterrupt:
        held = f"; {folder} holds {show.count(Record(folder).stats()['reports'], 'report')}" if folder else ""
        say(f"interrupted{held}. The same command goes on from there")
        return 130
    if record is not None:
        record.link()
    if not args.json:
        show.totals(out, tally, folder)
    return 1 if args.strict and tally.failures else 0


def _outcomes(args: argparse.Namespace, items: Iterable[Item], record: Record | None) -> Generator[Outcome, None, None]:
    from dragoman.crew.crew import Limits
    from dragoman.crew.keep import read_in_crew
    from dragoman.crew.machine import can_fork, cores

    limits = Limits(seconds=args.limit)
    workers = args.workers or cores()
    recipe = recipe_of(args, _shared(args, workers, limits) if args.shared else None)
    if can_fork():
        return read_in_crew(recipe, items, record, workers=workers, limits=limits, again=args.again)
    from dragoman.intake import take

    reader = recipe()
    return read_all(reader.read, map(take, items), record, again=args.again, version=reader.version)


def _print_outcome(
    args: argparse.Namespace,
    out: show.Console,
    outcome: Outcome,
    record: Record | None,
    brief: bool,
    recent: dict[str, Prepared],
) -> None:
    """One input's line or tables; what the record had is printed out of it.

    recent: readings that are perhaps not committed yet, when an input of the same text comes; kept here.
    """
    if outcome.failure is not None:
        say_failure(outcome.failure)
        if args.json:
            print_json(contract.failure_object(outcome.failure))
        return
    if args.quiet and not args.json:
        return
    if outcome.fresh is not None:
        if record is not None and (args.json or not brief):
            recent[outcome.fresh.report] = replace(outcome.fresh, packed=b"")
            if len(recent) > BATCH_REPORTS:
                del recent[next(iter(recent))]
        if args.json:
            print(show.json_line(outcome.fresh.line, sys.stdout.isatty()))
            return
        obj, text = outcome.fresh.object, outcome.fresh.text
    else:
        if record is None or outcome.already is None or (brief and not args.json):
            return
        kept = recent.get(outcome.already) or record.report(outcome.already)
        obj, text = kept.object, kept.text
    if args.json:
        print_json(obj)
    elif brief:
        show.brief(out, obj, text)
    else:
        show.report(out, obj, text, note="already in the record" if outcome.already else "")


def found(args: argparse.Namespace) -> Iterator[Item]:
    """What the paths of a call hold, not made into text yet."""
    # Imports inside functions: only what reads reports waits for spaCy, so that questions and --help answer at once.
    from dragoman import intake

    stdin = _stdin() if "-" in args.paths else None
    return intake.found(args.paths, published=args.published, stdin=stdin, ending=args.ending or "")


def inputs(args: argparse.Namespace) -> Iterator[Report | Failure]:
    """The reports of a call."""
    from dragoman.intake import take

    return map(take, found(args))


def _stdin() -> BinaryIO:
    """A stream of our own: one that a thread reads from must not be closed under it when the program ends."""
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except (OSError, ValueError):  # it is no file
        return sys.stdin.buffer


def recipe_of(args: argparse.Namespace, shared: Repeated | None) -> Recipe:
    """What makes the reader, in another process."""
    from dragoman.crew.recipe import house_reader

    return functools.partial(house_reader, tuple(args.actors), shared)


def _shared(args: argparse.Namespace, workers: int, limits: Limits) -> Repeated:
    """A first look over all inputs, for the lines that reports of one publisher have in common."""
    from dragoman.crew.keep import take_in_crew
    from dragoman.crew.machine import can_fork
    from dragoman.reading.segment import repeated_lines

    if "-" in args.paths:
        raise UsageError("--shared looks at its inputs twice, and standard input can be read once. Save it to a file.")
    if can_fork():
        return repeated_lines(take_in_crew(found(args), workers=workers, limits=limits))
    return repeated_lines(item for item in inputs(args) if isinstance(item, Report))


def _some(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; write 1 or more")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if 0 <= seconds < 1e9:
        return seconds
    raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; write 0 or more")
