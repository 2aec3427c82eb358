"""Argument parsing and printing only; every command is a few lines over the library."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from dragoman import show
from dragoman.commands import care, cluster, mcp, questions, read, relate, serve, stories, watch
from dragoman.commands import export as export_command
from dragoman.commands.options import answers, day, of_both, of_events, own_actors, paths
from dragoman.commands.options import record as record_option
from dragoman.commands.printing import plain_values, print_json, print_rows, say, say_failure
from dragoman.errors import DragomanError, UsageError
from dragoman.explain import Rulebook
from dragoman.model import Failure
from dragoman.record import Record
from dragoman.record.asking import EVENT_FILTERS, QUOTE_FILTERS, SIDES

# What the system says of a disk that takes no more.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
EXAMPLES = """examples:
  dragoman read report.txt --published 2023-05-28
  dragoman read saved-pages/ --to press
  dragoman events --record press --source RUS --target TUR --since 2022-02-24
  dragoman quotes --record press --source Erdogan --csv > quotes.csv
  dragoman explain 05249f54-e1 --record press
"""


def main(argv: Sequence[str] | None = None) -> int:
    """The command ``dragoman``; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal without our arrows and dashes still gets its rows
    args = parse(sys.argv[1:] if argv is None else argv)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _say_no_more()  # whoever read our output has gone
        return 0
    except OSError as e:
        if e.errno not in FULL:
            raise
        _say_no_more()
        say(f"The output cannot be written: {e.strerror}. Make room, and call it again")
        return 1
    except DragomanError as e:
        say(str(e))
        return 2 if isinstance(e, UsageError) else 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130


def _say_no_more() -> None:
    """Let go of the output, for Python's shutdown too, which flushes once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of one call; leaves with status 2 and a line on how it is used when they are wrong."""
    top, commands = parsers()
    if argv and argv[0] in commands:
        return commands[argv[0]].parse_intermixed_args(cluster.spelled(argv[1:]))  # options may stand between paths
    return top.parse_args(argv)


def parsers() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser of the whole, and that of each command by its name."""
    top = argparse.ArgumentParser(
        prog="dragoman",
        description="Reads news reports offline and keeps a record: who did or said what to whom, when,\n"
        "in which words, and why each row is there.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="store_true", help="print the version and leave")
    top.set_defaults(run=lambda args: _version() if args.version else _help(top))
    made = top.add_subparsers(metavar="COMMAND", title="commands")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        parser = made.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        parser.set_defaults(run=run)
        return parser

    read.add(command)

    one = command("show", _show, "print one report out of the record")
    one.add_argument("report", metavar="REPORT", help="the beginning of its id, or the path it was read from")
    record_option(one)
    one.add_argument("--json", action="store_true", help="print its JSON object")

    for name, run, kinds in (
        ("events", _events, "type of PLOVER: CONSULT, SUPPORT, SANCTION ..."),
        ("quotes", _quotes, "direct, mixed or indirect"),
    ):
        said = name == "quotes"
        asked = command(name, run, f"{'quotations' if said else 'events'} of the record, by who, whom and when")
        asked.add_argument("--source", metavar="WHO", help=f"who {'speaks' if said else 'acts'}: code or name")
        asked.add_argument("--target", metavar="WHO", help=f"to whom {'it is said' if said else 'it is done'}")
        asked.add_argument("--actor", metavar="WHO", help="on either side")
        asked.add_argument("--type", metavar="TYPE", help=kinds)
        if not said:
            of_events(asked)
        of_both(asked)
        asked.add_argument("--report", metavar="REPORT", help="of this report only")
        asked.add_argument("--limit", type=int, metavar="N", help="the first N")
        answers(asked)

    explain = command(
        "explain", _explain, "why a row is there: the steps that led to it, each with its rule's file and line"
    )
    explain.add_argument(
        "id", metavar="ID", help="REPORT-e1 (an event; q1 a quotation, f1 a flag, a1 an actor), or REPORT for its day"
    )
    record_option(explain)

    flags = command("flags", _flags, "what reports say that the tables contradict")
    flags.add_argument("--kind", metavar="KIND", help="office, date or copy")
    answers(flags)
    answers(command("failures", _failures, "what could not be read, and why"))
    stats = command("stats", _stats, "what the record holds, counted")
    record_option(stats)
    stats.add_argument("--json", action="store_true", help="print one JSON object")

    questions.add(command)
    stories.add(command)
    care.add(command)
    watch.add(command)
    serve.add(command)
    mcp.add(command)

    paths(command("segments", _segments, "show which pieces of a page are read, which are left out, and why"))
    actor = command("actor", _actor, "look a name up in the tables of states, offices, organisations and groups")
    actor.add_argument("name", nargs="+", metavar="NAME", help="as a report would write it")
    actor.add_argument("--on", type=day, metavar="DATE", help="as of this day")
    own_actors(actor)
    export_command.add(command)
    relate.add(command)
    return top, dict(made.choices)


# Reading


def _segments(args: argparse.Namespace) -> int:
    from dragoman import knowledge
    from dragoman.reading.segment import segment

    known, rules, out = knowledge.load(), Rulebook(), show.console()
    failed = False
    for item in read.inputs(args):
        if isinstance(item, Failure):
            failed = True
            say_failure(item)
        else:
            show.segments(out, item, segment(item, known), rules)
    return 1 if failed else 0


def _actor(args: argparse.Namespace) -> int:
    from dragoman import knowledge
    from dragoman.knowledge.actors import load_actors, look_up

    name = " ".join(args.name)
    found = look_up(load_actors(knowledge.DATA / "actors", args.actors), name, args.on)
    show.actor_rows(show.console(), found, Rulebook())
    if not found:
        say(f"{name}: in no table{f' on {args.on}' if args.on else ''}. Try a surname, a full name or a state")
    return 0 if found else 1


# Asking


def _show(args: argparse.Namespace) -> int:
    kept = Record(args.record).report(args.report)
    if args.json:
        print_json(kept.object)
    else:
        show.report(show.console(), kept.object, kept.text)
    return 0


def _events(args: argparse.Namespace) -> int:
    return _answer(args, "event")


def _quotes(args: argparse.Namespace) -> int:
    return _answer(args, "quotation")


def _answer(args: argparse.Namespace, noun: str) -> int:
    record = Record(args.record)
    chosen = {k: getattr(args, k) for k in (*SIDES, *(EVENT_FILTERS if noun == "event" else QUOTE_FILTERS))}
    chosen["report"] = record.find(args.report) if args.report else None
    rows = record.events(**chosen) if noun == "event" else record.quotes(**chosen)
    if not print_rows(args, rows):
        out = show.console()
        (show.event_rows if noun == "event" else show.quote_rows)(out, rows)
        out.print(show.count(len(rows), noun), style="dim")
    return 0


def _flags(args: argparse.Namespace) -> int:
    rows = Record(args.record).flags(kind=args.kind)
    if not print_rows(args, rows):
        show.flag_rows(show.console(), rows)
    return 0


def _failures(args: argparse.Namespace) -> int:
    rows = Record(args.record).failures()
    if not print_rows(args, rows):
        show.failure_rows(show.console(), rows)
    return 0


def _stats(args: argparse.Namespace) -> int:
    found = Record(args.record).stats()
    if args.json:
        print_json(plain_values(found))
    else:
        show.stats(show.console(), found)
    return 0


def _explain(args: argparse.Namespace) -> int:
    parts = re.fullmatch(r"(.+)[-/]([aefq]\d+)", args.id)
    name, ident = parts.groups() if parts else (args.id, "dated")
    kept = Record(args.record).report(name)
    if not show.explain(show.console(), kept.object, kept.text, ident, Rulebook()):
        raise UsageError(f"{name} has no {ident}. `dragoman show {name}` lists what it has")
    return 0


def _help(top: argparse.ArgumentParser) -> int:
    top.print_help(sys.stderr)
    return 2


def _version() -> int:
    from dragoman.version import program_version

    print(f"dragoman {program_version()}")
    return 0
