"""``dragoman mcp``: the questions of the record for an assistant."""

from __future__ import annotations

import argparse

from dragoman.commands.options import Command
from dragoman.commands.options import record as record_option
from dragoman.errors import UsageError


def add(command: Command) -> None:
    """Put the command beside the others."""
    record_option(command("mcp", _mcp, "answer an assistant over standard input and output (docs/pages.md)"))


def _mcp(args: argparse.Namespace) -> int:
    try:
        from dragoman.web.assistant import make_assistant
    except ImportError:
        raise UsageError("dragoman mcp needs more packages: pip install 'dragoman[web,mcp]'") from None
    make_assistant(args.record).run("stdio")
    return 0
