"""watch: feeds and folders, read on as news come."""

from __future__ import annotations

import argparse
import contextlib
import functools
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dragoman import show
from dragoman.commands.options import Command, own_actors
from dragoman.commands.printing import say, say_failure
from dragoman.errors import UsageError
from dragoman.model import Failure, Reading, Report
from dragoman.record import Record, read_all

if TYPE_CHECKING:
    from dragoman.reader import Reader
    from dragoman.watch.state import State

FEEDS_EVERY, FOLDER_EVERY = 900.0, 10.0  # seconds
INTERVAL = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?(s|m|h|d)?")
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


class Watched(Protocol):
    """What is looked at round by round."""

    asked: int

    def round(self) -> Iterator[Report | Failure]: ...

    def keep(self) -> None: ...

    def close(self) -> None: ...


def add(command: Command) -> None:
    """The command of this file."""
    watch = command("watch", _watch, "read on as news come: feeds, or a folder into which files are put")
    watch.add_argument(
        "what", metavar="FEEDS", help="an OPML file, a list of addresses of feeds, one such address, or a folder"
    )
    watch.add_argument(
        "--to", type=Path, default=Path("record"), metavar="FOLDER", help="the record (default: ./record)"
    )
    watch.add_argument(
        "--every",
        type=interval,
        metavar="TIME",
        help="between two rounds: 15m (default of feeds), 10s (of folders), 2h",
    )
    watch.add_argument("--once", action="store_true", help="one round, then leave: for cron")
    watch.add_argument(
        "--fetch", action="store_true", help="ask for the articles too, at public addresses; else a report is what the "
        "feed itself tells",
    )  # fmt: skip
    watch.add_argument(
        "--delay", type=interval, default=2.0, metavar="TIME", help="between two requests to a host (default: 2s)"
    )
    watch.add_argument(
        "--timeout", type=interval, default=30.0, metavar="TIME", help="for one answer, all of it (default: 30s)"
    )
    watch.add_argument(
        "--allow", action="append", default=[], metavar="ADDRESS", help="ask this IP address (or ADDRESS:PORT) though "
        "it is not a public one: a server of your own",
    )  # fmt: skip
    own_actors(watch)
    watch.add_argument("--quiet", action="store_true", help="print only failures")


def interval(text: str) -> float:
    """Seconds of ``90s``, ``15m``, ``2h``, ``1d``; a bare number is seconds."""
    match = INTERVAL.fullmatch(text.strip())
    if match is None or not float(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 90s, 15m, 2h or 1d")
    return float(match[1]) * UNITS[match[2] or "s"]


def _watch(args: argparse.Namespace) -> int:
    stop = threading.Event()
    plan = _plan(args)
    record = Record(args.to, create=True)
    from dragoman.watch.state import State

    with contextlib.closing(State(args.to)) as state, _stopping(stop):
        watched, every = plan(state, stop)
        reader = functools.cache(lambda: _reader(args))
        with contextlib.closing(watched):
            while True:
                began = time.monotonic()
                _round(args, watched, record, reader, stop)
                if args.once or stop.wait(max(0.0, began + every - time.monotonic())):
                    break
    if stop.is_set():
        held = show.count(record.stats()["reports"], "report")
        say(f"ended; {args.to} holds {held}. The same command goes on from there")
    return 0


def _round(args: argparse.Namespace, watched: Watched, record: Record, reader: Any, stop: threading.Event) -> None:
    tally, out = show.Tally(), show.console()

    def read(report: Report) -> Reading:
        return reader().read(report)  # type: ignore[no-any-return]

    outcomes = read_all(read, _until(watched.round(), stop), record)
    # Closing the outcomes commits what was read; only then may the watch remember that it is done.
    with contextlib.closing(outcomes):
        for outcome in outcomes:
            tally.add(outcome)
            if outcome.failure is not None:
                say_failure(outcome.failure)
            elif outcome.fresh is not None and not args.quiet:
                show.brief(out, outcome.fresh.object, outcome.fresh.text)
    watched.keep()
    if tally.reports:
        record.link()
    if not args.quiet:
        told = f"{show.count(tally.reports, 'new report')}, {show.count(tally.failures, 'failure')}"
        out.print(f"{time.strftime('%H:%M:%S')}  {watched.asked:,} looked at: {told}", style="dim", highlight=False)


def _until(items: Iterator[Report | Failure], stop: threading.Event) -> Iterator[Report | Failure]:
    for item in items:
        yield item
        if stop.is_set():
            return


def _plan(args: argparse.Namespace) -> Any:
    """What makes the watch once its memory is open. Raises UsageError before anything is made."""
    folder = Path(args.what)
    if folder.is_dir():
        if args.fetch:
            raise UsageError("--fetch is for feeds: the reports of a folder are in its files")
        return functools.partial(_folder, args, folder)
    try:
        import feedparser  # noqa: F401
        import protego  # noqa: F401
    except ImportError:
        raise UsageError("dragoman watch needs more packages for feeds: pip install 'dragoman[feeds]'") from None
    from dragoman.watch.addresses import Allowed
    from dragoman.watch.subscriptions import subscriptions

    try:
        allowed = [Allowed.parse(a) for a in args.allow]
    except ValueError as e:
        raise UsageError(f"--allow: {e}. Give an IP address, or one with a port: 10.0.0.7:8080") from e
    return functools.partial(_feeds, args, subscriptions(args.what), allowed)


def _folder(args: argparse.Namespace, folder: Path, state: State, stop: threading.Event) -> tuple[Watched, float]:
    from dragoman.watch.folder import FolderWatch

    return FolderWatch(folder, args.to, state, stop, once=args.once), args.every or FOLDER_EVERY


def _feeds(
    args: argparse.Namespace, urls: list[str], allowed: list[Any], state: State, stop: threading.Event
) -> tuple[Watched, float]:
    from dragoman.version import program_version
    from dragoman.watch.apart import Parser
    from dragoman.watch.feeds import FeedWatch
    from dragoman.watch.polite import Hosts
    from dragoman.watch.wire import Wire

    every = args.every or FEEDS_EVERY
    agent = f"dragoman/{program_version().split()[0]} (reads news feeds)"
    wire = Wire(agent, seconds=args.timeout, allowed=allowed, stop=stop)
    return FeedWatch(urls, state, wire, Hosts(wire, delay=args.delay), Parser(), every, fetch=args.fetch), every


def _reader(args: argparse.Namespace) -> Reader:
    from dragoman import knowledge
    from dragoman.reader import Reader

    return Reader(knowledge=knowledge.load(own_actors=args.actors))


@contextlib.contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the round after the report that is being read; a second one ends at once."""

    def ask(number: int, _: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        signal.signal(number, ask)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
