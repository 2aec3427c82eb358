"""Care of the files: joined in tiers, read by others meanwhile, brought up to date or refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from arro3.core import Table
from deltalake import write_deltalake

import made_up
from dragoman import cli
from dragoman.errors import RecordError
from dragoman.model import Failure
from dragoman.record import Record, read_all
from dragoman.record.care import newest
from dragoman.record.schema import LINKING, TABLES
from dragoman.record.store import MARK, VERSION, File, Store


def kept(folder: Path, first: int, last: int, **how: object) -> Record:
    """A record with these made-up reports, a commit each."""
    record = Record(folder, create=True)
    list(read_all(made_up.Reader().read, [made_up.report(n) for n in range(first, last)], record, batch=1, **how))  # type: ignore[arg-type]
    return record


def everything(record: Record) -> list[dict[str, object]]:
    """All rows of all readings, without their batch."""
    tables = ("articles", "events", "quotes", "actors", "mentions", "flags", "reasons", "deals", "words", "sketches")
    return [row for t in tables for row in record.sql(f"SELECT * EXCLUDE (batch) FROM {t} ORDER BY ALL")]


def test_compact_changes_nothing_that_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.record.care.HOURS", 0)
    monkeypatch.setattr("dragoman.record.care.STRAY_HOURS", 0)
    record = kept(tmp_path / "record", 0, 12)
    kept(record.folder, 0, 3, again=True)
    Store(record.folder).append("events", [{"report": "x", "batch": "0000000000-unfinished"}])
    record = Record(record.folder)
    record.link()
    before, size = everything(record), record.bytes()
    assert len(record.check().notes) == 2
    record.compact()
    assert everything(record) == before
    assert record.check().notes == ()
    assert record.bytes() < size
    assert max(len(Store(record.folder).files(t)) for t in TABLES) == 1
    assert record.link().reports == 0
    kept(record.folder, 10, 14)
    assert len(everything(Record(record.folder))) > len(before)


def test_an_open_question_outlives_joining_and_forgetting(tmp_path: Path) -> None:
    record = kept(tmp_path / "record", 0, 5)
    asked = Record(record.folder)
    assert asked.stats()["reports"] == 5
    record.compact()
    assert len(asked.events()) == 5
    record.forget(made_up.report(2).id)
    assert len(asked.events()) == 4
    with pytest.raises(RecordError, match="no report"):
        asked.report(made_up.report(2).id)


def test_only_the_newest_files_are_joined() -> None:
    files = [File(str(n), size, 1, f"{n}", f"{n}") for n, size in enumerate((1000, 400, 100, 30, 20, 20))]
    assert [f.path for f in newest(files)] == ["2", "3", "4", "5"]
    shared = [File("a", 1000, 1, "0", "3"), File("b", 10, 1, "3", "4"), File("c", 10, 1, "5", "5")]
    assert [f.path for f in newest(shared)] == ["a", "b", "c"]  # of one batch, they are replaced together


def old(record: Record) -> None:
    """As the first version of dragoman left a record."""
    for table in ("deals", "words", "sketches", *LINKING):
        shutil.rmtree(record.folder / table)
    (record.folder / MARK).unlink()


def second(record: Record) -> None:
    """As the second version left one: no deals, and quotations and words with other columns."""
    shutil.rmtree(record.folder / "deals")
    for table, left in (("quotes", "* EXCLUDE (day, named_codes, named_names)"), ("words", "report, word, batch")):
        rows = Table.from_arrow(record.open().stream(f"SELECT {left} FROM {table}_rows"))
        write_deltalake(str(record.folder / table), rows, mode="overwrite", schema_mode="overwrite")
    (record.folder / MARK).write_text(json.dumps({"version": 2}))


@pytest.mark.parametrize("made_old", [old, second])
def test_an_older_record_is_brought_up_to_date(tmp_path: Path, made_old: Callable[[Record], None]) -> None:
    record = kept(tmp_path / "record", 0, 4)
    before = everything(record)
    made_old(record)
    with pytest.raises(RecordError, match=r"made by an older dragoman. `dragoman compact --record"):
        Record(record.folder).events()
    assert everything(Record(record.folder, create=True)) == before
    assert Store(record.folder).version() == VERSION
    found = Record(record.folder).check()
    assert (found.findings, found.notes) == ((), ())


def test_a_migration_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = kept(tmp_path / "record", 0, 4)
    before = everything(record)
    old(record)

    def dying(_: Store) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Store, "mark", dying)
        with pytest.raises(SystemExit):
            Record(record.folder, create=True)
    assert everything(Record(record.folder, create=True)) == before


def test_a_newer_record_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = kept(tmp_path / "record", 0, 1)
    (record.folder / MARK).write_text(json.dumps({"version": VERSION + 1}))
    with pytest.raises(RecordError, match=r"of version 4; this dragoman knows up to 3"):
        Record(record.folder)
    with pytest.raises(RecordError):
        Record(record.folder, create=True)
    (record.folder / MARK).write_text("{")
    assert cli.main(["stats", "--record", str(record.folder)]) == 1
    assert "version is not known" in capsys.readouterr().err


@pytest.mark.parametrize("died", ["events", "stories", "articles"])
def test_who_is_killed_while_forgetting_forgets_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, died: str
) -> None:
    record, gone = kept(tmp_path / "record", 0, 3), made_up.report(1).id
    delete = Store.delete

    def dying(self: Store, table: str, column: str, values: Sequence[str]) -> None:
        if table == died:
            raise SystemExit
        delete(self, table, column, values)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "delete", dying)
        with pytest.raises(SystemExit):
            record.forget(gone)
    assert Record(record.folder).forget(gone) == gone
    assert Record(record.folder).check().findings == ()
    for table in TABLES.keys() - {"failures"}:
        assert Record(record.folder).sql(f"SELECT * FROM {table}_rows WHERE report = $gone", gone=gone) == []


def test_rows_of_a_report_that_is_not_there_are_found_and_dropped(tmp_path: Path) -> None:
    record, gone = Record(tmp_path / "record", create=True), made_up.report(1).id
    list(read_all(made_up.Reader().read, [made_up.report(n) for n in range(3)], record))  # in one commit
    Store(record.folder).delete("articles", "report", [gone])
    found = Record(record.folder).check().findings
    assert {f.report for f in found} == {gone}
    assert "compact" in found[0].message
    Record(record.folder).compact()
    assert Record(record.folder).check().findings == ()
    assert Record(record.folder).stats()["events"] == 2


def test_a_forgotten_source_takes_its_failures_along(tmp_path: Path) -> None:
    record = kept(tmp_path / "record", 0, 2)
    source = made_up.report(0).source
    list(read_all(made_up.Reader().read, [Failure(source, "empty", "empty"), Failure("b", "empty", "empty")], record))
    assert cli.main(["forget", made_up.report(0).id[:8], "--record", str(record.folder)]) == 0
    record = Record(record.folder)
    assert [f["source"] for f in record.failures()] == ["b"]
    assert record.stats()["reports"] == 1
    assert cli.main(["forget", "nothing", "--record", str(record.folder)]) == 1
    assert cli.main(["compact", "--record", str(record.folder)]) == 0
