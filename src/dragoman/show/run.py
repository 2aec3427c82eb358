"""A run over many reports: its progress and its totals."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from dragoman.record import Outcome
from dragoman.show.words import clip, console, count, hanging, plain

QUIET_FOR = 1.0  # seconds: what is done sooner needs no progress bar


@dataclass(slots=True)
class Tally:
    """What a run has come to so far."""

    reports: int = 0
    events: int = 0
    quotes: int = 0
    flags: int = 0
    already: int = 0
    other_version: int = 0
    failures: int = 0
    at: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.at = outcome.source
        if outcome.failure is not None:
            self.failures += 1
        elif outcome.already is not None:
            self.already += 1
            self.other_version += outcome.other_version
        elif outcome.fresh is not None:
            self.reports += 1
            self.events += outcome.fresh.events
            self.quotes += outcome.fresh.quotes
            self.flags += outcome.fresh.flags


@contextlib.contextmanager
def progress(alone: bool) -> Iterator[Callable[[Tally], None]]:
    """Hands out a function to call after each input. It draws on a terminal's stderr only, and only after a second.

    alone: nothing else is printed; otherwise reports printed to the terminal show how far it is.
    """
    err = console(stderr=True)
    if not err.is_terminal or (console().is_terminal and not alone):
        yield lambda _: None
        return
    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True)
    task = bar.add_task("")
    began, drawn = time.monotonic(), False

    def step(tally: Tally) -> None:
        nonlocal drawn
        seconds = time.monotonic() - began
        if seconds < QUIET_FOR:
            return
        if not drawn:
            bar.start()
            drawn = True
        done = tally.reports + tally.already + tally.failures
        source = clip(plain(tally.at), max(10, err.width - 50))
        bar.update(task, description=f"{count(done, 'input')}, {done / seconds:.1f} a second  {source}")

    try:
        yield step
    finally:
        if drawn:
            bar.stop()


def totals(out: Console, tally: Tally, folder: Path | None) -> None:
    """What came of it all, and where it is."""
    found = [count(tally.events, "event"), count(tally.quotes, "quotation"), count(tally.flags, "flag")]
    line = f"{count(tally.reports, 'report')} read: {', '.join(found)}"
    if tally.already:
        line += f". {tally.already:,} already in the record, not read again"
    hanging(out, "", Text(line, style="bold"), 0)
    if tally.other_version:
        other = f"{tally.other_version:,} of these were read by another version of dragoman: --again reads them anew"
        hanging(out, "", Text(other), 0)
    if tally.failures:
        where = "" if folder is None else f"; `dragoman failures --record {plain(str(folder))}` lists them"
        hanging(out, "", Text(f"{count(tally.failures, 'input')} could not be read{where}", style="red"), 0)
    if folder is not None:
        hanging(out, "", Text(f"Record: {plain(str(folder))}"), 0)
