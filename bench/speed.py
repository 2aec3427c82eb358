"""Words a second: spaCy's whole small English pipeline, and Reader, on the same texts in one run.

    python bench/speed.py [PATH ...] [--rounds 3] [--words 40000] [--memory 1000 10000]

Timed on the same texts: bare spaCy; Reader.read, one report after the other; Reader.read_many; and ``dragoman read``
with one worker, from a file of JSON Lines to committed rows. Each runs in a process of its own, and they take turns
round by round, so that a machine that slows down slows all. What counts is the processor's time (that of a worker
included): the machine may be shared. Start-up is given apart. The ratio to bare spaCy, of medians, is the figure to
quote. The texts are PATH (default: examples/), repeated, and a made-up feed of a newsroom (newsroom.py).

Then the cold start, and the most memory that Reader.read_many took after so many reports of the feed.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from dragoman import Reader, Report
from dragoman.intake import Item, found, inputs
from newsroom import feed

ROOT = Path(__file__).parent.parent
WAYS = {
    "bare": "bare spaCy, whole small English pipeline",
    "plain": "Reader.read, one by one",
    "many": "Reader.read_many",
    "rows": "dragoman read --workers 1, to committed rows",
}
COLD = "import time; t = time.perf_counter(); from dragoman import Reader; Reader(); print(time.perf_counter() - t)"


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("paths", nargs="*", default=[str(ROOT / "examples")])
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--words", type=int, default=40_000, help="of each set of texts")
    a.add_argument("--memory", type=int, nargs="*", default=[1_000, 10_000], help="reports after which memory is told")
    a.add_argument("--way", help=argparse.SUPPRESS)
    o = a.parse_args()
    if o.way:
        return work(o.way, o.paths[0], o.memory)
    given = [r for r in inputs(o.paths) if isinstance(r, Report)]
    if not given:
        sys.exit(f"no report in {', '.join(o.paths)}")
    sets = {"the examples": repeated(given, o.words), "a newsroom's feed": enough(feed(10**6), o.words)}
    for name, reports in sets.items():
        compare(name, reports, o.rounds)
    cold = [float(subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True).stdout) for _ in "123"]
    print(f"\ncold start: {min(cold):.2f} s from the first import to a Reader, the best of {len(cold)}")
    if o.memory:
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, "-", "--way", "memory", "--memory", *map(str, o.memory)], check=True)
    return None


def repeated(reports: list[Report], words: int) -> list[Report]:
    """The reports again and again, each time under a text of its own: the same report is not kept twice."""
    times = max(1, words // sum(len(r.text.split()) for r in reports))
    return [
        Report(f"{r.text}\n\nNo. {n}", f"{r.source}-{n}", published=r.published) for n in range(times) for r in reports
    ]


def enough(reports: Iterable[Report], words: int) -> list[Report]:
    """The first reports that together have so many words."""
    out: list[Report] = []
    for report in reports:
        out.append(report)
        words -= len(report.text.split())
        if words <= 0:
            break
    return out


def compare(name: str, reports: list[Report], rounds: int) -> None:
    """Time every way on the same reports, and print a line for each."""
    words = sum(len(r.text.split()) for r in reports)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "reports.jsonl")
        with lines.open("w", encoding="utf-8") as out:
            for r in reports:
                day = r.published.isoformat() if r.published else None
                out.write(json.dumps({"text": r.text, "published": day}) + "\n")
        workers = {
            way: subprocess.Popen(
                [sys.executable, __file__, str(lines), "--way", way],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for way in WAYS
        }
        told: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(rounds + 1):
            for way, worker in workers.items():
                assert worker.stdin is not None
                assert worker.stdout is not None
                worker.stdin.write("go\n")
                worker.stdin.flush()
                told[way].append(json.loads(worker.stdout.readline()))
        for worker in workers.values():
            worker.communicate()
    # The first round fills caches, of spaCy as of ours.
    rate = {way: words / statistics.median(t["seconds"] for t in all_[1:]) for way, all_ in told.items()}
    print(
        f"\n{name}: {len(reports)} reports, {words:,} words, {rounds} rounds; words a second of processor time, median"
    )
    for way, what in WAYS.items():
        ratio = f"{rate[way] / rate['bare']:5.2f}" if way != "bare" else "     "
        print(f"{what:<48}{rate[way]:>9,.0f} {ratio}   {told[way][-1]['memory']:,.0f} MB", flush=True)


def work(way: str, path: str, counts: list[int]) -> None:
    """One way's process: a round for each line that comes in, its seconds and the memory so far out."""
    if way == "memory":
        memory(counts)
        return
    go = ROUNDS[way](path)
    for _ in sys.stdin:
        began = used()
        off = go()
        print(json.dumps({"seconds": used() - began - off, "memory": peak()}), flush=True)


def used() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in both)


def peak() -> float:
    """The most memory that this process, or one of its children, has had, in MB."""
    both = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return max(both) * (1 if sys.platform == "darwin" else 1024) / 2**20


# What does one round, and answers with the seconds that do not count.
Round = Callable[[], float]


def bare(path: str) -> Round:
    from dragoman.reading.parse import load_model

    nlp, texts = load_model(), [r.text for r in inputs([path]) if isinstance(r, Report)]

    def go() -> float:
        for _ in nlp.pipe(texts):
            pass
        return 0.0

    return go


def reading(path: str, *, many: bool) -> Round:
    reader, reports = Reader(), [r for r in inputs([path]) if isinstance(r, Report)]
    gc.collect()
    gc.freeze()  # as the command does before it reads

    def go() -> float:
        reader.knowledge.actors.names.looks.clear()  # the same report comes again: nothing may be kept of it
        for _ in reader.read_many(reports) if many else map(reader.read, reports):
            pass
        return 0.0

    return go


def rows(path: str) -> Round:
    """Start-up is taken off twice over: what the same takes with one report alone."""
    from functools import partial

    from dragoman.crew.keep import read_in_crew
    from dragoman.crew.recipe import house_reader
    from dragoman.record import Record

    def kept(items: Iterable[Item]) -> float:
        began = used()
        with tempfile.TemporaryDirectory() as folder:
            record = Record(Path(folder, "record"), create=True)
            for outcome in read_in_crew(partial(house_reader), items, record, workers=1):
                assert outcome.failure is None, outcome.failure
        return used() - began

    def go() -> float:
        alone = kept(islice(found([path]), 1))
        kept(found([path]))
        return 2 * alone

    return go


ROUNDS: dict[str, Callable[[str], Round]] = {
    "bare": bare,
    "plain": lambda path: reading(path, many=False),
    "many": lambda path: reading(path, many=True),
    "rows": rows,
}


def memory(counts: list[int]) -> None:
    """Print the most memory after so many reports of the feed, as soon as they are read."""
    reader, began = Reader(), used()
    for n, _ in enumerate(reader.read_many(feed(max(counts))), start=1):
        if n in counts:
            print(f"after {n:>7,} reports of the feed: {peak():,.0f} MB at most; {used() - began:,.0f} s", flush=True)


if __name__ == "__main__":
    main()
