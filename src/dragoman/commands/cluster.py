"""``dragoman read --ray``: the inputs are dealt out over a cluster, whose workers keep what they read."""

from __future__ import annotations

import argparse
import re
import sys
import time
import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from dragoman import show
from dragoman.commands.printing import say
from dragoman.errors import UsageError

FLAG = "--ray"
# What may follow the flag and is the cluster's address, not an input.
ADDRESS = re.compile(r"ray://\S+|auto|local|\[?[\w.:-]+\]?:\d{2,5}")
# What only one process can do that sees every report go by.
ALONE = ("json", "brief", "full", "shared")


def options(read: argparse.ArgumentParser) -> None:
    """``--ray [ADDRESS]``."""
    read.add_argument(
        FLAG, nargs="?", const="", metavar="ADDRESS",
        help="read on a Ray cluster into --to FOLDER or s3://BUCKET/RECORD; without an address on one of this "
        "machine's own (docs/scale.md)",
    )  # fmt: skip


def spelled(argv: Sequence[str]) -> list[str]:
    """The arguments, so that an input after ``--ray`` is not taken for its address."""
    out: list[str] = []
    for n, word in enumerate(argv):
        follows = n + 1 < len(argv) and ADDRESS.fullmatch(argv[n + 1]) and not Path(argv[n + 1]).exists()
        out.append(FLAG + "=" if word == FLAG and not follows else word)
    return out


def place(text: str) -> Path | str:
    """A folder, or an address in an object store, which as a path would lose a slash."""
    return text if "://" in text else Path(text)


def run(args: argparse.Namespace) -> int:
    """Read on a cluster; status 1 when a part of the inputs could not be finished, or with --strict not be read."""
    from dragoman.cluster.run import Plan, deal, read_shards, start, summed
    from dragoman.crew.crew import Limits
    from dragoman.crew.recipe import house_reader
    from dragoman.record import Record

    for name in ALONE:
        if getattr(args, name):
            raise UsageError(
                f"--{name} needs one machine that sees every report. Leave it out, or read without {FLAG}."
            )
    to = str(args.to or "record")
    to = to if "://" in to else str(Path(to).absolute())
    recipe = partial(house_reader, [path.absolute() for path in args.actors])
    limits, again = Limits(seconds=args.limit), uuid.uuid4().hex[:12] if args.again else ""
    plan = Plan(to, recipe, limits, again, args.workers)
    start(args.ray or None)
    dealt = deal(args.paths, plan, args.published)
    began, done = time.monotonic(), []
    for one in read_shards(plan, dealt):
        done.append(one)
        if one.error:
            say(f"{one.says}: {one.error}")
        if not args.quiet and sys.stderr.isatty():
            print(f"\r{len(done):,} of {show.count(len(dealt), 'part')}", end="", file=sys.stderr)
    if not args.quiet and sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    if "://" not in to:
        Record(to).tidy()
    total, open_ = summed(done), [d for d in done if d.error]
    minutes = (time.monotonic() - began) / 60
    print(
        f"{show.count(total.kept, 'report')} read in {minutes:,.1f} minutes: {show.count(total.events, 'event')}, "
        f"{show.count(total.quotes, 'quotation')}; {total.before + total.known:,} were dealt with before, "
        f"{total.failed:,} could not be read. {show.count(len(dealt) - len(open_), 'part')} of {len(dealt):,} finished."
    )
    if open_:
        say(f"{show.count(len(open_), 'part')} could not be finished. The same command goes on from there")
    elif "://" in to:
        print(f"Copy {to} to a disk to ask it; `dragoman compact` and `dragoman link` come first.")
    else:
        print(f"`dragoman link --record {args.to or 'record'}` finds the same deed in several reports.")
    return 1 if open_ or (args.strict and total.failed) else 0
