"""Rows and objects as the lines that programs read."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman import contract, show
from dragoman.model import Failure


def print_json(obj: Any) -> None:
    """One JSON object on a line."""
    print(show.json_line(contract.line(obj), sys.stdout.isatty()))


def print_rows(args: argparse.Namespace, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Print rows as JSON or CSV, if that was asked for."""
    if args.json:
        for row in rows:
            print_json({k: v.isoformat() if isinstance(v, dt.date) else v for k, v in row.items()})
    elif args.csv:
        show.csv_rows(sys.stdout, rows, sys.stdout.isatty())
    return bool(args.json or args.csv)


def plain_values(value: Any) -> Any:
    """As JSON has it: days as text, tuples as lists."""
    if isinstance(value, Mapping):
        return {key: plain_values(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def say(words: str) -> None:
    """A line on stderr, after all that was printed before it."""
    sys.stdout.flush()
    print(f"dragoman: {show.plain(words)}", file=sys.stderr)


def say_failure(failure: Failure) -> None:
    """What could not be read, and why, on stderr."""
    begun = failure.message.startswith(failure.source)
    say(failure.message if begun else f"{failure.source}: {failure.message}")
