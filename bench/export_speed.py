"""Rows a second of every export, on a made-up record of so many events.

    python bench/export_speed.py [--events 100000] [--each 5]

Each format is written once in a process of its own, so that the peak of memory is that format's; the time is that of
the whole export, opening the record included.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dragoman.model import Reading
from dragoman.record import Record
from dragoman.record.export import FORMATS, export

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import made_up  # noqa: E402

SELF = "--one"


def reading(n: int, each: int) -> Reading:
    """The n-th made-up report with ``each`` events."""
    read = made_up.Reader().read(made_up.report(n))
    event = dataclasses.replace(read.events[0], status="asserted")
    ident = read.report.id
    events = tuple(dataclasses.replace(event, id=f"{ident}-e{k}") for k in range(1, each + 1))
    return dataclasses.replace(read, events=events)


def build(folder: Path, events: int, each: int) -> None:
    """The made-up record."""
    with Record(folder, create=True).writer(reports=2000) as writer:
        for n in range(events // each):
            writer.add(reading(n, each))


def one(folder: Path, name: str, to: Path) -> None:
    """Write one format; prints rows, seconds and the peak of memory in MiB."""
    began = time.perf_counter()
    rows = export(Record(folder), name, to)
    taken = time.perf_counter() - began
    print(rows, f"{taken:.3f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--events", type=int, default=100_000)
    a.add_argument("--each", type=int, default=5, help="events a report")
    a.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    o = a.parse_args()
    if o.one:
        one(Path(o.one[0]), o.one[1], Path(o.one[2]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "record"
        build(folder, o.events, o.each)
        print(f"{o.events} events in {o.events // o.each} reports, two parties on the second side")
        print(f"{'format':16}{'rows':>10}{'seconds':>10}{'rows/s':>12}{'peak MiB':>10}{'MB':>8}")
        for kind in FORMATS:
            to = Path(name) / kind
            call = [sys.executable, __file__, SELF, str(folder), kind, str(to)]
            rows, taken, peak = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split()
            size = to.stat().st_size / 1e6
            print(f"{kind:16}{rows:>10}{taken:>10}{int(rows) / float(taken):>12,.0f}{peak:>10}{size:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
