"""Reports through a Ray cluster of this machine, with workers killed meanwhile: is every report in the record once?

    python bench/cluster.py [--reports 10000] [--reader cheap|true] [--kills 2] [--minutes 25] [--folder FOLDER]
    python bench/cluster.py --cost [--reports 300] [--inputs FILE...]

The reports are made of templates; the same seed gives the same bytes. ``cheap`` replaces the reader by one that marks
the first words of a report (small_cluster.py): then what is measured is dealing out, handing over, building rows and
committing. With --folder a run that was ended goes on when it is called again.

--cost prints processor time, which other programs on the machine hardly touch: of reading with the true reader, and of
all the rest. docs/scale.md does its sums with both.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Container, Generator, Iterable
from pathlib import Path
from typing import Any

from dragoman.cluster.run import Plan, deal, read_shards, start, summed
from dragoman.cluster.shards import shards
from dragoman.cluster.worker import ShardReader
from dragoman.crew.recipe import house_reader
from dragoman.crew.worker import Known, Result
from dragoman.intake import Item, found, take
from dragoman.model import Report
from dragoman.record import Record
from dragoman.record.prepared import prepared
from dragoman.record.store import Store
from small_cluster import inherited, machine, stub, workers

SIDES = (
    "Norway",
    "Turkey",
    "Kenya",
    "Japan",
    "Brazil",
    "Egypt",
    "Poland",
    "India",
    "Chile",
    "Jordan",
    "Ghana",
    "Latvia",
)
WHO = ("foreign minister", "president", "prime minister", "defence minister", "envoy", "spokesman")
DEEDS = (
    "met a delegation of {b} on {day}",
    "accused {b} of breaking the agreement on {thing}",
    "promised {b} help with {thing}",
    "asked {b} to open talks about {thing}",
    "rejected an offer of {b} on {thing}",
    "thanked {b} for its support over {thing}",
    "warned {b} against further delay over {thing}",
)
THINGS = (
    "grain",
    "fishing",
    "the border",
    "air traffic",
    "visas",
    "gas",
    "the river dam",
    "customs",
    "prisoners",
    "rail",
)
SAID = (
    '"We shall not wait for another year," the {who} of {a} said in case {n}.',
    "The {who} of {a} said that the talks on {thing} would go on in round {n}.",
    '"This was a good day for {thing}," said the {who} of {a}, who opened file {n}.',
)
PADDING = (
    "The road to the town was closed in the morning, and buses were late.",
    "Shops near the harbour opened as usual after the holiday.",
    "Rain is expected in the hills, with colder nights to follow.",
    "The hall was full, and many listened from the street outside.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PER_FILE = 50_000


def report(n: int, seed: int, sentences: int) -> dict[str, str]:
    """The n-th report: its own for its number."""
    dice = random.Random(seed * 1_000_003 + n)
    out = []
    for k in range(sentences):
        a, b = dice.sample(SIDES, 2)
        words = {"a": a, "b": b, "who": dice.choice(WHO), "thing": dice.choice(THINGS), "day": dice.choice(DAYS)}
        if k % 3 == 2:
            out.append(dice.choice(PADDING))
        elif k % 3:
            out.append(dice.choice(SAID).format(**words, n=n))
        else:
            out.append(f"The {words['who']} of {a} " + dice.choice(DEEDS).format(**words) + f", as note {n} says.")
    day = f"20{dice.randrange(10, 25)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    return {"text": "\n\n".join(" ".join(out[i : i + 3]) for i in range(0, len(out), 3)), "published": day}


def write(folder: Path, reports: int, seed: int, sentences: int) -> list[str]:
    """Files of reports; those that are there are left."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, reports, PER_FILE):
        path = folder / f"{first:09}.jsonl"
        if not path.exists():
            part = path.with_suffix(".part")
            with part.open("w", encoding="utf-8") as file:
                for n in range(first, min(first + PER_FILE, reports)):
                    file.write(json.dumps(report(n, seed, sentences)) + "\n")
            part.replace(path)
    return [str(p) for p in sorted(folder.glob("*.jsonl"))]


def run(args: argparse.Namespace, folder: Path) -> int:
    """Status 1 when a count is not exact."""
    import ray
    from ray.cluster_utils import Cluster

    os.environ |= inherited(sys.path)
    began = time.monotonic()
    paths = write(folder / "in", args.reports, args.seed, args.sentences)
    size = sum(Path(p).stat().st_size for p in paths)
    print(f"{args.reports:,} reports, {size / 1e6:,.1f} MB, written in {time.monotonic() - began:,.0f} s", flush=True)
    made = Cluster(initialize_head=True, head_node_args=machine(0))
    for _ in range(args.machines):
        made.add_node(**machine())
    start(made.address)
    recipe = stub if args.reader == "cheap" else house_reader
    plan = Plan(str(folder / "record"), recipe, size=args.size)
    dealt = deal(paths, plan)
    print(f"{len(dealt):,} shards, {args.machines} machines of one processor", flush=True)
    at = {max(1, len(dealt) * (k + 1) // (args.kills + 1)) for k in range(args.kills)}
    began, done, killed = time.monotonic(), [], []
    ended = threading.Event()

    def stop() -> None:
        if not ended.wait(args.minutes * 60):
            print(f"after {args.minutes:g} minutes: {sum(d.items for d in done):,} reports are committed", flush=True)
            made.shutdown()
            os._exit(3)

    threading.Thread(target=stop, daemon=True).start()
    for one in read_shards(plan, dealt):
        done.append(one)
        if len(done) in at and (alive := workers()):
            os.kill(alive[0], signal.SIGKILL)
            killed.append(len(done))
        if len(done) % 10 == 0 or one.error:
            print(f"{len(done)}/{len(dealt)} {time.monotonic() - began:,.0f} s {one.error or ''}", flush=True)
    ended.set()
    seconds, total = time.monotonic() - began, summed(done)
    print(f"killed workers after shards {killed}; {total.commits} commits; {seconds:,.0f} s, "
          f"{total.items / seconds:,.0f} reports/s")  # fmt: skip
    ray.shutdown()  # before its machines go: it would end this process with status 1
    made.shutdown()
    return counted(folder / "record", args.reports, total.items, args.reader)


def counted(where: Path, reports: int, items: int, reader: str) -> int:
    """Print what the record holds beside what it should; status 1 where they differ."""
    began = time.monotonic()
    record = Record(where)
    held = record.stats()
    rows = sum(len(piece) for piece in Store(where).column("articles", "report"))
    files = sum(1 for _ in where.glob("*/*.parquet"))
    print(f"{files:,} files, "
          f"{record.bytes() / 1e6:,.1f} MB; counting took {time.monotonic() - began:,.1f} s")  # fmt: skip
    print(f"reports {held['reports']:,}, rows in articles {rows:,}, events {held['events']:,}, "
          f"quotations {held['quotes']:,}, failures {held['failures']:,}; items of all shards {items:,}")  # fmt: skip
    wanted = (reports, reports, 0, reports)
    exact = (held["reports"], rows, held["failures"], items) == wanted
    exact &= reader != "cheap" or (held["events"], held["quotes"]) == (reports, reports)
    print("EXACT" if exact else "NOT EXACT")
    return 0 if exact else 1


def cost(args: argparse.Namespace, folder: Path) -> int:
    """Processor time of one process, by what it is spent on."""
    paths = args.inputs or write(folder / "in", args.reports, args.seed, args.sentences)
    taken = [r for r in map(take, found(paths)) if isinstance(r, Report)]
    words = sum(len(r.text.split()) for r in taken)
    reader = house_reader()
    reader.read(taken[0])
    began = time.process_time()
    readings = [reader.read(r) for r in taken]
    reading = time.process_time() - began
    made = {r.report.id: prepared(r) for r in readings}

    def had(items: Iterable[Item], known: Container[str]) -> Generator[Result, None, None]:
        for item in items:
            got = take(item)
            if isinstance(got, Report):
                yield Known(got.source, got.id) if got.id in known else made[got.id]
            else:
                yield got

    Record(folder / "cost", create=True)
    [*some] = shards(paths)
    began = time.process_time()
    for shard in some:
        ShardReader(str(folder / "cost"), had).read(shard)
    keeping = time.process_time() - began
    began = time.process_time()
    for r in readings:
        prepared(r)
    rows = time.process_time() - began
    n = len(taken)
    size = Record(folder / "cost").bytes()
    print(f"{n:,} reports of {words / n:,.0f} words; {sum(len(r.events) for r in readings) / n:.1f} events and "
          f"{sum(len(r.quotes) for r in readings) / n:.1f} quotations each")  # fmt: skip
    for name, seconds in (("reading", reading), ("building rows", rows), ("taking in and committing", keeping)):
        print(
            f"{name:>25}: {seconds / n * 1000:8.2f} ms a report, {seconds / n / 3600 * 1e6:8.2f} core-hours a million"
        )
    print(f"{'the record':>25}: {size / n / 1000:8.2f} KB a report, {words / reading:,.0f} words/s of reading")
    return 0


def main() -> int:
    """Run as the options say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=6, help="of each report")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--reader", choices=("cheap", "true"), default="cheap")
    parser.add_argument("--machines", type=int, default=2)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--size", type=int, default=2**22, help="bytes of a shard")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--folder", type=Path, help="where inputs and record stay; default: a temporary one")
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--inputs", nargs="+", help="with --cost: these reports, not templates")
    args: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return (cost if args.cost else run)(args, args.folder or Path(scratch))


if __name__ == "__main__":
    raise SystemExit(main())
