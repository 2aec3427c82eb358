"""Seconds that each question takes, asked again in one process, on a large made-up record.

    python bench/questions.py FOLDER [--rounds 5] [--only WORDS] [--add 1000] [--check]

FOLDER is what bench/big_record.py wrote; with --reports it is made first. Each question is asked once to warm up; the
least of the rounds is printed, as others may be using the machine, with the seconds of processor that it took and the
peak of memory so far. --add reads so many reports more into the record (made up: reading them is not in the time).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dragoman.record import Record
from dragoman.record.record import BATCH_REPORTS
from dragoman.record.rows import rows_of_object
from dragoman.record.schema import CHILDREN
from dragoman.record.store import Store

sys.path.insert(0, str(Path(__file__).parent))

from big_record import make


def questions(record: Record) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every question that the command line has, as it is mostly asked."""
    day, years = dt.date(2022, 2, 24), (2021, 2022)
    name = record.sql("SELECT source_names[1] AS name FROM events LIMIT 1")[0]["name"]
    report = record.sql("SELECT report FROM articles LIMIT 1")[0]["report"]
    words = [r["word"] for r in record.sql(
        "SELECT word, count(*) AS n FROM words WHERE length(word) = 8 GROUP BY word ORDER BY n DESC, word LIMIT 400"
    )]  # fmt: skip
    few: dict[str, Any] = {"limit": 100}
    yield "stats", record.stats
    yield "events --source RUS", lambda: record.events(source="RUS", **few)
    yield (
        "events --source RUS --target TUR --since",
        lambda: record.events(source="RUS", target="TUR", since=day, **few),
    )
    yield "events --actor (words of a name)", lambda: record.events(actor=name.rpartition(" ")[2], **few)
    yield "events --type SANCTION --status denied", lambda: record.events(type="SANCTION", status="denied", **few)
    yield "events --context --occasion", lambda: record.events(context="economic", occasion="condolence", **few)
    yield "events --place", lambda: record.events(place=words[60], **few)
    yield "events --publisher", lambda: record.events(publisher="Paper 42", **few)
    yield "events --words (frequent)", lambda: record.events(words=words[0], **few)
    yield "events --words (rare)", lambda: record.events(words=words[-1], **few)
    yield "events --words (two)", lambda: record.events(words=f"{words[0]} and", **few)
    yield "events since a day", lambda: record.events(since=day, until=day, **few)
    yield "quotes --source RUS --target TUR", lambda: record.quotes(source="RUS", target="TUR", **few)
    yield "quotes --words (rare)", lambda: record.quotes(words=words[-1], **few)
    yield "quotes --words (frequent)", lambda: record.quotes(words=words[0], **few)
    yield "show REPORT", lambda: record.report(report)
    yield "dyad RUS TUR", lambda: record.dyad("RUS", "TUR")
    yield "dyad RUS TUR --since", lambda: record.dyad("RUS", "TUR", since=day)
    yield "dyad, words of names", lambda: record.dyad(name, "RUS")
    yield "messages RUS", lambda: record.messages("RUS")
    yield "messages RUS --occasion --compare", lambda: record.messages("RUS", occasion="new-year", compare=years)
    yield "network", record.network
    yield "network --quad conflict --since", lambda: record.network(quad="conflict", since=day)
    yield "flags", lambda: record.flags(**few)
    yield "stories", lambda: record.stories(**few)
    yield "stories --source RUS --target TUR", lambda: record.stories(source="RUS", target="TUR", **few)
    yield "story", lambda: record.story(record.stories(limit=1)[0]["story"])


def peak() -> int:
    """The most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(ask: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The least seconds of the rounds, by the clock and of processor."""
    clock, cpu = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        ask()
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    return min(clock), min(cpu)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("--reports", type=int, help="make the record first, with so many")
    a.add_argument("--rounds", type=int, default=5)
    a.add_argument("--only", default="", help="questions with these words in them")
    a.add_argument("--add", type=int, help="add so many reports, and link them")
    a.add_argument("--check", action="store_true", help="time the check too: it reads everything")
    o = a.parse_args()
    if o.reports:
        make(o.folder, o.reports)
    began = time.perf_counter()
    record = Record(o.folder)
    stats = record.stats()
    took = time.perf_counter() - began
    print(f"{stats['reports']:,} reports, {stats['events']:,} events; opened and counted in {took:.1f} s")
    print(f"{'question':44}{'first':>8}{'again':>8}{'cpu':>8}{'peak MiB':>10}")
    for name, ask in questions(record):
        if o.only in name:
            first, _ = timed(ask, 1)
            again, cpu = timed(ask, o.rounds)
            print(f"{name:44}{first:8.2f}{again:8.2f}{cpu:8.2f}{peak():10}", flush=True)
    if o.add:
        add(record, o.add)
    if o.check:
        print(f"{'check':44}{timed(record.check, 1)[0]:8.2f}")


def add(record: Record, reports: int) -> None:
    """Reports that the record has not, added as reading adds them, and linked."""
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch) / "more", reports, first=10**9)
        more = Record(Path(scratch) / "more").sql("SELECT reading, text FROM articles")
    objects = [(json.loads(r["reading"]), r["text"]) for r in more]
    store = Store(record.folder)
    began, spent = time.perf_counter(), time.process_time()
    known = record.versions()
    made = [rows_of_object(obj, text) for obj, text in objects if obj["id"] not in known]
    for begin in range(0, len(made), BATCH_REPORTS):
        batch = f"{store.commits():010d}-bench-{begin}"
        for table in (*CHILDREN, "articles"):
            rows = [row | {"batch": batch} for one in made[begin : begin + BATCH_REPORTS] for row in one[table]]
            if rows:
                store.append(table, rows)
    print(f"{f'add {reports:,} reports':44}{time.perf_counter() - began:8.2f}{'':8}{time.process_time() - spent:8.2f}")
    began, spent = time.perf_counter(), time.process_time()
    done = Record(record.folder).link()
    print(
        f"{'link them':44}{time.perf_counter() - began:8.2f}{'':8}{time.process_time() - spent:8.2f}{peak():10}  {done}"
    )


if __name__ == "__main__":
    main()
