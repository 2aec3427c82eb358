"""Writes the generated pages of docs/ anew: ``make docs``. A test checks that they are current."""

from __future__ import annotations

import argparse
import functools
import os
from pathlib import Path

from picture import picture
from walk_page import walk_page

from dragoman import Reader
from dragoman.cli import parsers
from dragoman.record.schema import TABLES

DOCS = Path(__file__).parent


def command_line() -> str:
    """docs/cli.md: every command's own help."""
    os.environ["COLUMNS"] = "100"  # argparse wraps to the terminal; the page must not depend on one
    top, commands = parsers()
    parts = ["# The command line\n\nMade from the commands' own help by `make docs`; do not edit it here.\n"]
    parts.append(_block("dragoman", top))
    parts += [_block(f"dragoman {name}", parser) for name, parser in commands.items()]
    parts.append(
        "## Exit status\n\n"
        "| status | means |\n|---|---|\n"
        "| 0 | done; inputs that could not be read are named on stderr and kept as failures |\n"
        "| 1 | something could not be done, or with `--strict` any input could not be read |\n"
        "| 2 | the command was called wrongly |\n"
        "| 130 | interrupted; what had been read is in the record |\n"
    )
    return "\n".join(parts)


def _block(title: str, parser: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```\n{parser.format_help().rstrip()}\n```\n"


def tables() -> str:
    """docs/tables.md: the tables of a record and their columns."""
    parts = [
        "# The tables of a record\n\nMade from `dragoman.record.schema` by `make docs`; do not edit it here.\n\n"
        "A record is a folder with one Delta table each of these. `Record(folder).sql(...)` asks in DuckDB's SQL.\n"
        "Lists are of text; days are dates; all offsets count code points of the report's text.\n"
    ]
    for name, columns in TABLES.items():
        rows = "".join(f"| `{c.name}` | {c.kind} | {c.holds} |\n" for c in columns)
        parts.append(f"## {name}\n\n| column | kind | holds |\n|---|---|---|\n{rows}")
    return "\n".join(parts)


def walk() -> str:
    """docs/walk.md: one report through every stage."""
    return walk_page(_reader())


def drawing() -> str:
    """docs/picture.svg: what `dragoman read` prints of one example."""
    return picture(_reader())


@functools.cache
def _reader() -> Reader:
    return Reader()


PAGES = {"cli.md": command_line, "tables.md": tables, "walk.md": walk, "picture.svg": drawing}


def main() -> None:
    """Write every generated page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
