"""Words a second: bare spaCy (its whole small English pipeline) and Reader, on the same texts in one run.

    python bench/speed.py [PATH ...] [--rounds 5]

Both are timed in turn, round by round, so that a machine that slows down slows both; the ratio of the medians is the
figure to quote. Without PATH the made-up reports of examples/ are read, repeated to a size worth timing. Last come the
milliseconds that parsing and resolving actors take for a report of the mean size.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dragoman import Reader, Report
from dragoman.intake import inputs
from dragoman.reading.parse import load_model

ROOT = Path(__file__).parent.parent
WORDS = 20_000  # enough for a round of seconds on one core


def timed(stage: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The stage, which adds the seconds of each call to ``spent`` under its name."""

    def call(*args: Any) -> Any:
        began = time.perf_counter()
        out = stage(*args)
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
        return out

    return call


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("paths", nargs="*", default=[str(ROOT / "examples")])
    a.add_argument("--rounds", type=int, default=5)
    o = a.parse_args()
    reports = [r for r in inputs(o.paths) if isinstance(r, Report)]
    if not reports:
        sys.exit(f"no report in {', '.join(o.paths)}")
    words = sum(len(r.text.split()) for r in reports)
    times = max(1, WORDS // words)
    reports, words = reports * times, words * times
    began = time.perf_counter()
    bare = load_model()
    model_start = time.perf_counter() - began
    began = time.perf_counter()
    reader = Reader()
    reader_start = time.perf_counter() - began
    spent: dict[str, float] = {}
    for stage in ("parse", "find_actors"):
        setattr(reader, stage, timed(getattr(reader, stage), stage, spent))
    spacy_rate, reader_rate, stages = [], [], []
    for _ in range(o.rounds):
        began = time.perf_counter()
        for _doc in bare.pipe([r.text for r in reports]):
            pass
        spacy_rate.append(words / (time.perf_counter() - began))
        spent.clear()
        began = time.perf_counter()
        for report in reports:
            reader.knowledge.actors.names.looks.clear()  # the same report comes again: nothing may be kept of it
            reader.read(report)
        reader_rate.append(words / (time.perf_counter() - began))
        stages.append(dict(spent))
    s, r = statistics.median(spacy_rate), statistics.median(reader_rate)
    print(f"{len(reports)} reports, {words} words, median of {o.rounds} rounds")
    print(f"bare spaCy, whole small English pipeline  {s:9,.0f} words/s   (loads in {model_start:.2f} s)")
    print(f"Reader                                    {r:9,.0f} words/s   (loads in {reader_start:.2f} s)")
    print(f"ratio Reader / bare spaCy                 {r / s:9.2f}")
    for stage in spent:
        each = statistics.median(x[stage] for x in stages) / len(reports)
        print(f"{stage:<42}{each * 1000:9.2f} ms a report of {words / len(reports):.0f} words")


if __name__ == "__main__":
    main()
