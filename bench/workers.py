"""Reports a second with 1, 2 ... workers, end to end: from the inputs to the committed rows and links.

    python bench/workers.py [PATH ...] [--reports 600] [--workers 1 2] [--rounds 3]

The reports of PATH (default: the made-up ones of examples/) are repeated under new texts to so many. All numbers of
workers are run in turn, round by round, each in a process and a record of its own; 0 reads without children.
Efficiency is the time of the first over N times the time of N workers, medians; start-up and linking, which are not
shared out, are in it, and given apart.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dragoman.intake import inputs
from dragoman.model import Report

ROOT = Path(__file__).parent.parent


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("paths", nargs="*", default=[str(ROOT / "examples")])
    a.add_argument("--reports", type=int, default=600)
    a.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--run", type=int, default=-1, help=argparse.SUPPRESS)
    o = a.parse_args()
    if o.run >= 0:
        return run(o.paths, o.run)
    found = [r for r in inputs(o.paths) if isinstance(r, Report)]
    if not found:
        sys.exit(f"no report in {', '.join(o.paths)}")
    seconds: dict[int, list[dict[str, float]]] = {n: [] for n in o.workers}
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "reports.jsonl")
        words = write(lines, found, o.reports)
        for _ in range(o.rounds):
            for n in o.workers:
                call = [sys.executable, __file__, str(lines), "--run", str(n)]
                seconds[n].append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
    print(f"{o.reports} reports, {words:,} words, median of {o.rounds} rounds")
    print(f"{'workers':>7} {'seconds':>8} {'start':>6} {'read':>7} {'link':>6} {'CPU s':>7} {'reports/s':>9} "
          f"{'words/s':>8} {'efficiency':>10} {'reading alone':>13}")  # fmt: skip
    one = {key: median(seconds[o.workers[0]], key) * max(1, o.workers[0]) for key in ("all", "read")}
    for n in o.workers:
        all_, start, read, link, cpu = (median(seconds[n], k) for k in ("all", "start", "read", "link", "cpu"))
        whole, alone = (one[k] / value / max(1, n) for k, value in (("all", all_), ("read", read)))
        print(f"{n:>7} {all_:>8.1f} {start:>6.2f} {read:>7.1f} {link:>6.2f} {cpu:>7.1f} {o.reports / all_:>9.1f} "
              f"{words / all_:>8,.0f} {whole:>10.2f} {alone:>13.2f}")  # fmt: skip
    print(f"most memory of one process: {max(s['memory'] for n in o.workers for s in seconds[n]):,.0f} MB")
    return None


def write(path: Path, found: list[Report], reports: int) -> int:
    """So many lines of JSON, no two of one text; the words in them."""
    words = 0
    with path.open("w", encoding="utf-8") as f:
        for n in range(reports):
            report = found[n % len(found)]
            text = f"{report.text}\n\nThis was part {n} of the series."
            words += len(text.split())
            day = report.published.isoformat() if report.published else None
            f.write(json.dumps({"text": text, "title": report.title, "published": day}) + "\n")
    return words


def run(paths: list[str], workers: int) -> None:
    """One run, timed; prints its seconds as JSON."""
    began = time.perf_counter()
    from dragoman.crew.keep import read_in_crew
    from dragoman.crew.recipe import house_reader
    from dragoman.intake import found
    from dragoman.record import Record, read_all

    with tempfile.TemporaryDirectory() as folder:
        record = Record(Path(folder) / "record", create=True)
        if workers:
            outcomes = read_in_crew(house_reader, found(paths), record, workers=workers)
        else:
            outcomes = read_all(house_reader().read, inputs(paths), record)
        next(outcomes)
        first = time.perf_counter()
        kept = 1 + sum(o.fresh is not None for o in outcomes)
        read = time.perf_counter()
        record.link()
        over = time.perf_counter()
        if len(record.versions()) != kept:
            sys.exit(f"{kept} were read, {len(record.versions())} are kept")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({
        "all": over - began, "start": first - began, "read": read - first, "link": over - read,
        "cpu": sum(u.ru_utime + u.ru_stime for u in used), "memory": max(u.ru_maxrss for u in used) / 1024,
    }))  # fmt: skip


def median(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


if __name__ == "__main__":
    main()
