"""``dragoman relate``: sentences with two given actors -> what one does to the other."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.commands.options import Command
from dragoman.commands.printing import print_json
from dragoman.errors import UsageError


def add(command: Command) -> None:
    """Add the command to the program."""
    parser = command("relate", run, "say for sentences with two given actors what one does to the other")
    parser.add_argument(
        "file",
        metavar="FILE",
        help='JSON Lines, - for standard input; a line: {"sentence": ..., "source": ..., "target": ...}, '
        "the sides as words of the sentence or [start, end]",
    )
    parser.add_argument("--model-only", action="store_true", help="leave the patterns (and the parser) out: faster")


def run(args: argparse.Namespace) -> int:
    """Print one JSON object for each line of the file; status 1 when a line could not be used."""
    from dragoman import knowledge, relation
    from dragoman.reading.parse import parse_with
    from dragoman.relate import relate

    bad = 0
    with lines(args.file) as given:
        parse = None if args.model_only else parse_with()
        for answer in relate(given, relation.load(), knowledge.load(), parse):
            bad += "error" in answer
            print_json(answer)
    if bad:
        print(f'dragoman: {bad} {"line" if bad == 1 else "lines"} could not be used; see "error"', file=sys.stderr)
    return 1 if bad else 0


@contextlib.contextmanager
def lines(name: str) -> Iterator[Iterator[str]]:
    """The lines of a file or of standard input. Raises UsageError when it cannot be opened."""
    if name == "-":
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield iter(sys.stdin)
        return
    with contextlib.ExitStack() as opened:
        try:
            file = opened.enter_context(Path(name).open(encoding="utf-8", errors="replace"))
        except OSError as e:
            raise UsageError(f"{name} cannot be read: {e.strerror or e}. Give a file of JSON Lines") from e
        yield iter(file)
