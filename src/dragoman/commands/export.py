"""`dragoman export`: the record in other people's formats."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path

from dragoman import show
from dragoman.commands.options import Command, of_both, of_events
from dragoman.commands.options import record as record_option
from dragoman.record import Record
from dragoman.record.export import EXPORTED_TABLES, FORMATS, Filters, export


def add(command: Command) -> None:
    """Put the command beside the others."""
    parser = command("export", _export, "write events of the record in another format (docs/exports.md)")
    record_option(parser)
    parser.add_argument("--format", required=True, choices=tuple(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--to", required=True, metavar="FILE", help="the file to write, or - for standard output")
    parser.add_argument("--source", metavar="WHO", help="who acts: code or name")
    parser.add_argument("--target", metavar="WHO", help="to whom it is done")
    parser.add_argument("--actor", metavar="WHO", help="on either side")
    parser.add_argument("--type", metavar="TYPE", help="type of PLOVER: CONSULT, SUPPORT, SANCTION ...")
    of_events(parser)
    of_both(parser)
    parser.add_argument("--report", metavar="REPORT", help="of this report only")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N by their days")
    parser.add_argument(
        "--all-status",
        action="store_true",
        help="planned, denied and hypothetical events too, where the format has no place to say so",
    )
    parser.add_argument(
        "--header", action=argparse.BooleanOptionalAction, help="a first line that names the columns, or none"
    )
    parser.add_argument("--table", choices=tuple(EXPORTED_TABLES), default="events", help="of csv and parquet")


def _export(args: argparse.Namespace) -> int:
    record = Record(args.record)
    chosen = {f.name: getattr(args, f.name) for f in fields(Filters)}
    chosen["report"] = record.find(args.report) if args.report else None
    to = sys.stdout.buffer if args.to == "-" else Path(args.to)
    count = export(
        record, args.format, to, Filters(**chosen), all_status=args.all_status, header=args.header, table=args.table
    )
    if args.to != "-":
        print(f"{args.to}: {show.count(count, 'row')}", file=sys.stderr)
    return 0
