"""dyad, messages, network, check: questions over the whole record, printed."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dragoman import show
from dragoman.commands.options import Command, answers, first_day, last_day
from dragoman.commands.options import record as record_option
from dragoman.commands.printing import plain_values, print_json, print_rows
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.messages import ROLES, Messages
from dragoman.record.network import QUAD_WORDS

TOP = 12  # codes in the matrix: what fits 80 columns


def add(command: Command) -> None:
    """The commands of this file."""
    dyad = command("dyad", _dyad, "two sides: what each did and said to the other, month by month")
    dyad.add_argument("a", metavar="A", help="code, state or organisation, or words of a name")
    dyad.add_argument("b", metavar="B", help="the other side")
    _days(dyad)
    record_option(dyad)
    dyad.add_argument("--json", action="store_true", help="print one JSON object")
    dyad.add_argument("--plot", type=Path, metavar="FILE", help="draw the months too: FILE.svg or FILE.png")

    messages = command("messages", _messages, "who was greeted, congratulated and condoled with, year by year")
    messages.add_argument("who", metavar="WHO", help="code, state or organisation, or words of a name")
    messages.add_argument("--occasion", metavar="X", help="new-year, national-day, election, condolence ...")
    messages.add_argument(
        "--compare", nargs="+", type=int, default=[], metavar="YEAR",
        help="two years or more side by side: who is new, who is gone",
    )  # fmt: skip
    messages.add_argument("--role", choices=ROLES, default="sender", help="what WHO is (default: sender)")
    answers(messages)

    network = command("network", _network, "who deals with whom: a matrix of codes")
    _days(network)
    network.add_argument("--type", metavar="TYPE", help="type of PLOVER: CONSULT, SUPPORT, SANCTION ...")
    network.add_argument("--quad", metavar="QUAD", help=f"one of: {', '.join(QUAD_WORDS)}")
    network.add_argument("--top", type=int, default=TOP, metavar="N", help=f"codes in the matrix (default: {TOP})")
    network.add_argument("--graphml", type=Path, metavar="FILE", help="write all of it for Gephi, igraph, NetworkX")
    answers(network)

    check = command("check", _check, "re-read every row of the record against its report's text")
    record_option(check)
    check.add_argument("--json", action="store_true", help="print one JSON object")


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=first_day, metavar="DATE", help="may have been on this day or later")
    parser.add_argument("--until", type=last_day, metavar="DATE", help="may have been on this day or earlier")


def _dyad(args: argparse.Namespace) -> int:
    found = Record(args.record).dyad(args.a, args.b, since=args.since, until=args.until)
    if args.plot is not None:
        show.plot(found, args.plot)
    if args.json:
        print_json(plain_values(asdict(found)))
    else:
        show.dyad(show.console(), found)
    return 0


def _messages(args: argparse.Namespace) -> int:
    record = Record(args.record)
    found = record.messages(args.who, occasion=args.occasion, compare=args.compare, role=args.role)
    if not print_rows(args, _message_rows(found)):
        show.messages(show.console(), found)
    return 0


def _message_rows(found: Messages) -> list[dict[str, Any]]:
    """One row a person and year; of compared years, one row a person with a column for each year."""
    if not found.years:
        return [*found.sent, *found.apart]
    return [
        {
            "occasion": p.occasion,
            "code": p.code,
            "name": p.name,
            **{str(year): n for year, n in p.counts.items()},
            "former": [str(year) for year in p.former],
            "change": p.change,
            "code_change": p.code_change,
        }
        for p in found.people
    ]


def _network(args: argparse.Namespace) -> int:
    record = Record(args.record)
    found = record.network(since=args.since, until=args.until, type=args.type, quad=args.quad)
    if args.graphml is not None:
        try:
            args.graphml.write_text(found.graphml(), encoding="utf-8")
        except OSError as e:
            raise UsageError(f"{args.graphml} cannot be written: {e.strerror or e}") from e
    if args.json:
        print_json(asdict(found))
    elif not print_rows(args, [asdict(e) for e in found.edges]):
        show.network(show.console(), found, args.top)
    return 0


def _check(args: argparse.Namespace) -> int:
    found = Record(args.record).check()
    if args.json:
        print_json(asdict(found))
    else:
        show.checked(show.console(), found)
    return 1 if found.findings else 0
