"""Reading in several processes gives what one gives, and no report, dead worker or dead parent costs another report."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import hostile
import made_up
from dragoman.crew.crew import Limits
from dragoman.crew.keep import read_in_crew, take_in_crew
from dragoman.errors import FAILURE_KINDS, DragomanError
from dragoman.intake import Item, Raw
from dragoman.model import Failure, Report
from dragoman.record import Outcome, Record, read_all
from dragoman.record.store import Store

QUICK = Limits(seconds=20.0, memory=400 * 2**20)
TABLES = ("articles", "events", "quotes", "actors", "mentions", "flags", "reasons")


def crew(
    items: Any,
    record: Record | None = None,
    *,
    workers: int = 2,
    limits: Limits = QUICK,
    recipe: Any = hostile.Reader,
    **how: Any,
) -> list[Outcome]:
    return list(read_in_crew(recipe, items, record, workers=workers, limits=limits, **how))


def rows(record: Record) -> dict[str, list[Any]]:
    """Every row of the record's files but for its batch, in the order in which it was written."""
    sql = (
        "SELECT * EXCLUDE (batch, file_row_number) FROM read_parquet($f, file_row_number = true) "
        "ORDER BY batch, file_row_number"
    )
    files = {table: [f.path for f in Store(record.folder).files(table)] for table in TABLES}
    return {table: duckdb.execute(sql, {"f": paths}).fetchall() for table, paths in files.items()}


def told(outcome: Outcome) -> tuple[Any, ...]:
    fresh = outcome.fresh
    return (
        outcome.source,
        outcome.already,
        outcome.other_version,
        outcome.failure,
        fresh and fresh.line,
        fresh and fresh.text,
    )


def some(n: int = 60) -> list[Item]:
    """Reports, what cannot be read, what defeats the reader, and the same again."""
    items: list[Item] = [made_up.report(i) for i in range(n)]
    items[7] = Failure("gone", "missing", "gone does not exist. Check the path.")
    items[11] = Report("choke on this", "choke")
    items[20] = items[19]  # in one batch
    items[50] = items[3]  # in another
    items[51] = Report("choke on this", "choke again")
    return items


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_same_as_in_one_process(tmp_path: Path, workers: int) -> None:
    plain, many = Record(tmp_path / "plain", create=True), Record(tmp_path / "many", create=True)
    want = [told(o) for o in read_all(hostile.Reader().read, some(), plain, version="made-up 1")]  # type: ignore[arg-type]
    assert [told(o) for o in crew(some(), many, workers=workers)] == want
    assert rows(many) == rows(plain)
    assert many.failures() == plain.failures()
    assert many.check().findings == ()
    want = [told(o) for o in read_all(hostile.Reader().read, some(), plain, version="made-up 1")]  # type: ignore[arg-type]
    assert [told(o) for o in crew(some(), many, workers=workers)] == want
    again = [told(o) for o in crew(some(), many, workers=workers, again=True)]
    assert [t[4] for t in again if t[4]] == [
        told(o)[4] for o in read_all(hostile.Reader().read, some(), None) if o.fresh
    ]  # type: ignore[arg-type]
    assert sum(t[1] is not None for t in again) == 0
    assert len(many.versions()) == len(plain.versions()) > 50


def test_without_a_record_everything_is_read() -> None:
    want = [told(o) for o in read_all(hostile.Reader().read, some())]  # type: ignore[arg-type]
    assert [told(o) for o in crew(some())] == want


@pytest.mark.parametrize(
    ("word", "kind", "says"),
    [
        ("SEGFAULT", "crash", "SIGSEGV"),
        ("ABORT", "crash", "SIGABRT"),
        ("EXIT", "crash", "status 3"),
        ("KILL", "crash", "killed from outside"),
        ("HOARD", "memory", "400 MB"),
        ("HANG", "too-slow", "1 seconds"),
    ],
)
def test_only_the_poisoned_report_is_lost(tmp_path: Path, word: str, kind: str, says: str) -> None:
    items: list[Item] = [made_up.report(i) for i in range(40)]
    items[25] = Report(f"{word} is what it does", "poison")
    record = Record(tmp_path / "record", create=True)
    limits = Limits(seconds=1.0, memory=QUICK.memory) if word == "HANG" else QUICK
    # A batch has more time than one report; here it would be half a minute.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dragoman.crew.crew.BATCH_SECONDS", 1.0)
        outcomes = crew(items, record, limits=limits)
    assert [o.source for o in outcomes] == [i.source for i in items]
    (failure,) = [o.failure for o in outcomes if o.failure]
    assert (failure.source, failure.kind) == ("poison", kind)
    assert failure.kind in FAILURE_KINDS
    assert says in failure.message
    assert failure.message.endswith(".")
    assert len(record.versions()) == 39
    assert [r["source"] for r in record.failures()] == ["poison"]
    assert record.check().findings == ()


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    items: list[Item] = [made_up.report(i) for i in range(30)]
    items[12] = Report(f"ONCE only {tmp_path / 'mark'}", "once")
    assert [o.failure for o in crew(items)] == [None] * 30


def test_killed_workers_and_nurseries(tmp_path: Path) -> None:
    """Whatever is killed from outside, every report is read, once."""
    record = Record(tmp_path / "record", create=True)
    items = [made_up.report(i) for i in range(150)]
    made = read_in_crew(functools.partial(hostile.Reader, 0.01), items, record, workers=2, limits=QUICK)
    done, killed = [], 0
    for n, outcome in enumerate(made):
        done.append(outcome)
        alive_now = grandchildren() if n in (5, 40, 41, 100) else children() if n in (20, 80) else []
        for pid in alive_now[:1]:  # one that was killed a moment ago may have nobody in its place yet
            os.kill(pid, signal.SIGKILL)
            killed += 1
    assert killed >= 4
    assert [o.source for o in done] == [i.source for i in items]
    assert [o.failure for o in done] == [None] * 150
    assert len(record.versions()) == 150
    assert record.check().findings == ()


def children(pid: int | str = "self") -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def grandchildren() -> list[int]:
    return [pid for child in children() for pid in children(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_nobody_is_left_when_it_is_over_or_closed() -> None:
    before = set(children())
    crew(some())
    made = read_in_crew(functools.partial(hostile.Reader, 0.1), some(), workers=2, limits=QUICK)
    next(made)
    left = grandchildren()
    assert len(left) >= 1
    began = time.monotonic()
    made.close()
    assert time.monotonic() - began < 2.0
    assert set(children()) == before
    assert not any(map(alive, left))


PROGRAM = """
import sys
sys.path[:0] = [{tests!r}]
import functools, hostile, made_up
from pathlib import Path
from dragoman.crew.crew import Limits
from dragoman.crew.keep import read_in_crew
from dragoman.record import Record
record = Record(Path(sys.argv[1]), create=True)
items = [made_up.report(i) for i in range({n})]
for o in read_in_crew(functools.partial(hostile.Reader, {seconds}), items, record, workers=2, limits=Limits(), batch=5):
    print("already" if o.already else "fresh", flush=True)
"""


def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    """Also those that are in the middle of a report; what was committed stays, and a rerun reads only the rest."""
    folder = tmp_path / "record"

    def run(seconds: float) -> subprocess.Popen[str]:
        program = PROGRAM.format(tests=str(Path(__file__).parent.parent), n=60, seconds=seconds)
        return subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)

    first = run(0.05)
    assert first.stdout is not None
    for _ in range(21):
        first.stdout.readline()
    family = list(children(first.pid))
    family += [pid for child in family for pid in children(child)]
    assert len(family) == 3
    first.kill()
    first.wait()
    first.stdout.close()
    until = time.monotonic() + 5
    while any(map(alive, family)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, family))
    record = Record(folder)
    assert record.check().findings == ()
    kept = len(record.versions())
    assert kept >= 20
    second = run(0.0)
    out, _ = second.communicate(timeout=60)
    assert out.split().count("already") == kept
    assert out.split().count("fresh") == 60 - kept
    assert len(Record(folder).versions()) == 60


def test_a_limit_of_one_report_is_not_for_the_sum() -> None:
    items = [made_up.report(i) for i in range(40)]
    outcomes = crew(
        items, limits=Limits(seconds=0.2, memory=QUICK.memory), recipe=functools.partial(hostile.Reader, 0.05)
    )
    assert [o.failure for o in outcomes] == [None] * 40


def test_results_come_before_the_next_input_is_there() -> None:
    """A program that writes one line and waits for the answer gets it."""
    answered = threading.Event()

    def items() -> Iterator[Item]:
        for n in range(3):
            answered.clear()
            yield made_up.report(n)
            assert answered.wait(20)

    for _ in read_in_crew(hostile.Reader, items(), workers=2, limits=QUICK):
        answered.set()


def test_inputs_are_found_no_further_than_is_needed() -> None:
    found = 0

    def items() -> Iterator[Item]:
        nonlocal found
        for n in range(100_000):
            found = n
            yield made_up.report(n)

    made = read_in_crew(functools.partial(hostile.Reader, 0.05), items(), workers=1, limits=QUICK)
    for _ in range(3):
        next(made)
    time.sleep(0.3)
    made.close()
    assert found < 1000


def test_what_finding_the_inputs_raises_comes_after_the_results() -> None:
    def items() -> Iterator[Item]:
        yield made_up.report(1)
        raise DragomanError("the list ends in a hole")

    made = read_in_crew(hostile.Reader, items(), workers=2, limits=QUICK)
    assert next(made).fresh is not None
    with pytest.raises(DragomanError, match="hole"):
        next(made)


def _bad_table() -> hostile.Reader:
    raise DragomanError("the table is broken in line 3")


def test_a_reader_that_cannot_be_made() -> None:
    with pytest.raises(DragomanError, match="broken in line 3"):
        crew(some(), recipe=_bad_table)


def test_several_are_read_at_once_where_the_reader_can(tmp_path: Path) -> None:
    note = tmp_path / "note"
    items = some()
    outcomes = crew(items, recipe=functools.partial(hostile.Many, str(note)))
    assert [told(o) for o in outcomes] == [told(o) for o in read_all(hostile.Reader().read, some())]  # type: ignore[arg-type]
    assert max(map(int, note.read_text().split())) == 16


def test_making_text_is_within_the_limit_too(tmp_path: Path) -> None:
    items: list[Item] = [Raw(hostile.text_of, w, w) for w in ("a text", "HANG", "another")]
    outcomes = crew(items, Record(tmp_path / "r", create=True), limits=Limits(seconds=2.0, memory=QUICK.memory))
    assert [o.failure.kind if o.failure else None for o in outcomes] == [None, "too-slow", None]
    assert [r.text for r in take_in_crew(items, workers=2, limits=Limits(seconds=2.0))] == ["a text", "another"]


def test_workers_that_grow_are_replaced_before_they_reach_the_limit(tmp_path: Path) -> None:
    note = tmp_path / "note"
    items = [made_up.report(i) for i in range(40)]
    outcomes = crew(items, workers=1, recipe=functools.partial(hostile.Growing, str(note)))
    assert [o.failure for o in outcomes] == [None] * 40
    pids = note.read_text().split()
    assert len(pids) == 40  # nothing was read twice
    assert len(set(pids)) >= 3
