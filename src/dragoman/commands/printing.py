"""Rows and objects as the lines that programs read."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman import contract, show


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
