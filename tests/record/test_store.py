"""Keeping: what is in is in once, whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import made_up
from dragoman.errors import RecordError
from dragoman.model import Failure
from dragoman.record import Record, read_all
from dragoman.record.record import Writer
from dragoman.record.schema import CHILDREN, TABLES
from dragoman.record.store import Store

# One process that reads made-up reports FROM..TO into FOLDER, in batches of 5.
PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import made_up
from pathlib import Path
from dragoman.record import Record, read_all
record = Record(Path(sys.argv[1]), create=True)
reports = [made_up.report(n) for n in range(int(sys.argv[2]), int(sys.argv[3]))]
for outcome in read_all(made_up.Reader().read, reports, record, batch=5):
    print(".", end="", flush=True)
"""


def process(folder: Path, first: int, last: int) -> subprocess.Popen[bytes]:
    program = PROGRAM.format(tests=str(Path(__file__).parent.parent))
    return subprocess.Popen([sys.executable, "-c", program, str(folder), str(first), str(last)], stdout=subprocess.PIPE)


def check_whole(record: Record) -> int:
    """Every report that counts has exactly its rows; their number."""
    rows = record.sql(
        """
        SELECT a.report, n_events, n_quotes, n_flags,
            (SELECT count(*) FROM events AS e WHERE e.report = a.report) AS events,
            (SELECT count(*) FROM quotes AS q WHERE q.report = a.report) AS quotes,
            (SELECT count(*) FROM flags AS f WHERE f.report = a.report) AS flags,
            (SELECT count(*) FROM actors AS t WHERE t.report = a.report) AS actors,
            (SELECT count(*) FROM mentions AS m WHERE m.report = a.report) AS mentions,
            (SELECT count(*) FROM reasons AS r WHERE r.report = a.report) AS reasons
        FROM articles AS a
        """
    )
    for r in rows:
        assert (r["events"], r["quotes"], r["flags"]) == (r["n_events"], r["n_quotes"], r["n_flags"])
        assert (r["actors"], r["mentions"], r["reasons"]) == (3, 2, 5)
    stats = record.stats()
    assert stats["reports"] == stats["events"] == stats["quotes"] == stats["flags"] == len(rows)
    return len(rows)


def test_a_reading_is_kept_whole(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    reading = made_up.Reader().read(made_up.report(1))
    with record.writer() as writer:
        writer.add(reading)
    assert check_whole(record) == 1
    kept = record.report(reading.report.id)
    assert kept.text == reading.report.text
    assert kept.object["events"][0]["evidence"] == {"start": 9, "end": 58}
    event = record.events()[0]
    assert kept.text[event["evidence_start"] : event["evidence_end"]] == event["evidence"]
    assert (event["target_codes"], event["target_names"]) == (["TYR", ""], ["Tyria", "him"])


def test_reading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    reports = [made_up.report(n) for n in (1, 2, 1)]
    first = list(read_all(made_up.Reader().read, reports, record, version="made-up 1"))
    files = {table: Store(record.folder).files(table) for table in TABLES}
    second = list(read_all(made_up.Reader("made-up 2").read, reports, record, version="made-up 2"))
    assert [o.already is None for o in first] == [True, True, False]
    assert all(o.already and o.other_version for o in second)
    assert {table: Store(record.folder).files(table) for table in TABLES} == files
    assert check_whole(record) == 2


def test_again_lets_the_new_reading_count(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    reports = [made_up.report(n) for n in range(3)]
    list(read_all(made_up.Reader("made-up 1").read, reports, record))
    list(read_all(made_up.Reader("made-up 2").read, reports[:2], record, again=True))
    assert sorted(record.versions().values()) == ["made-up 1", "made-up 2", "made-up 2"]
    assert check_whole(record) == 3


def test_the_same_failure_is_kept_once(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    failure = Failure("gone.txt", "missing", "gone.txt does not exist. Check the path.")
    for _ in range(2):
        list(read_all(made_up.Reader().read, [failure, failure], record))
    assert [(r["source"], r["read_since"]) for r in record.failures()] == [("gone.txt", False)]


def test_a_defect_costs_one_report(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    reports = [made_up.report(1), made_up.report(2, "choke"), made_up.report(3)]
    outcomes = list(read_all(made_up.Reader().read, reports, record))
    assert [o.failure is None for o in outcomes] == [True, False, True]
    assert outcomes[1].failure is not None
    assert "ZeroDivisionError" in outcomes[1].failure.message
    assert record.stats()["failures"] == 1
    assert check_whole(record) == 2


@pytest.mark.parametrize("appends", range(len(CHILDREN) + 2))
def test_a_batch_that_ends_between_two_tables_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, appends: int
) -> None:
    """Exhaustive: the run dies before the first append, after the first, ... before the last."""
    record = Record(tmp_path / "record", create=True)
    with record.writer() as writer:
        writer.add(made_up.Reader().read(made_up.report(0)))
    append, done = Store.append, 0

    def dying(self: Store, table: str, rows: object) -> None:
        nonlocal done
        if done == appends:
            raise SystemExit
        done += 1
        append(self, table, rows)  # type: ignore[arg-type]

    more = [made_up.Reader().read(made_up.report(n)) for n in (0, 1, 2)]
    with monkeypatch.context() as patch:
        patch.setattr(Store, "append", dying)
        with pytest.raises(SystemExit):
            record.commit(more, [Failure("x", "missing", "not there")])
    assert check_whole(Record(record.folder)) == 1
    record = Record(record.folder)
    record.commit(more, [Failure("x", "missing", "not there")])
    assert check_whole(record) == 3
    assert len(record.failures()) == 1


def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    folder, chance = tmp_path / "record", random.Random(11)
    for _ in range(5):
        run = process(folder, 0, 60)
        assert run.stdout is not None
        run.stdout.read(1)  # it has begun to read
        time.sleep(chance.uniform(0.0, 0.5))
        run.kill()
        run.wait()
        check_whole(Record(folder, create=True))
    assert process(folder, 0, 60).wait() == 0
    assert check_whole(Record(folder)) == 60


def test_two_processes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    runs = [process(folder, 0, 40), process(folder, 20, 60), process(folder, 10, 30)]
    assert [run.wait() for run in runs if run.communicate()] == [0, 0, 0]
    assert check_whole(Record(folder)) == 60


def test_an_interrupted_run_keeps_what_it_read(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    outcomes = read_all(made_up.Reader().read, (made_up.report(n) for n in range(9)), record)
    for _ in range(4):
        next(outcomes)
    outcomes.close()
    assert check_whole(record) == 4


def test_small_files_are_joined_and_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Record(tmp_path / "record", create=True)
    monkeypatch.setattr("dragoman.record.care.MANY_FILES", 3)
    for n in range(4):
        with Writer(record) as writer:
            writer.add(made_up.Reader().read(made_up.report(n)))
    assert len(Store(record.folder).files("events")) == 1
    assert check_whole(record) == 4


def test_text_that_utf8_cannot_hold(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    report = made_up.report(1, "a lone \ud800 surrogate, a \x00, and \x1b[31m")
    list(read_all(made_up.Reader().read, [report], record))
    kept = record.report(report.id)
    assert len(kept.text) == len(report.text)


def test_who_interrupts_keeps_what_was_read_and_waits_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied = list[Path]()
    monkeypatch.setattr(Record, "tidy", lambda self: tidied.append(self.folder))
    record = Record(tmp_path / "record", create=True)

    def interrupted() -> None:
        with record.writer() as writer:
            writer.add(made_up.Reader().read(made_up.report(1)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert record.stats()["reports"] == 1
    assert tidied == []
    with record.writer():
        pass
    assert tidied == [record.folder]


def test_a_folder_that_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"no such folder.*dragoman read"):
        Record(tmp_path / "nothing")
    with pytest.raises(RecordError, match="no record in it"):
        Record(tmp_path)
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(RecordError, match=r"holds letters.txt"):
        Record(tmp_path, create=True)
    with pytest.raises(RecordError, match="no record can be made here"):
        Record(tmp_path / "letters.txt" / "record", create=True)
    for name, bad in (("100%41", "%"), ("press*", r"\*"), ("why?", r"\?")):
        with pytest.raises(RecordError, match=f"may not have {bad}"):
            Record(tmp_path / name, create=True)


def test_a_folder_with_blanks_and_accents(tmp_path: Path) -> None:
    record = Record(tmp_path / "naïve press #1, 'May'", create=True)
    list(read_all(made_up.Reader().read, [made_up.report(1)], record))
    assert check_whole(Record(record.folder)) == 1


def test_a_damaged_record_says_so(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    list(read_all(made_up.Reader().read, [made_up.report(1)], record))
    for file in Store(record.folder).files("events"):
        Path(file.path).write_bytes(b"no parquet")
    with pytest.raises(RecordError):
        Record(record.folder).events()
