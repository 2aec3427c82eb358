"""The made-up record that speed is measured on is a record: its rows are those of its readings, the same each time."""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.record import Record

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "bench"))

from big_record import make


def test_its_rows_are_those_of_its_readings(tmp_path: Path) -> None:
    for name in ("one", "other"):
        make(tmp_path / name, 60, chunk=40)
    found = Record(tmp_path / "one").check()
    assert (found.findings, found.rows["articles"], found.rows["events"]) == ((), 60, 300)
    asked = "SELECT report, reading FROM articles ORDER BY report"
    assert Record(tmp_path / "one").sql(asked) == Record(tmp_path / "other").sql(asked)
    assert Record(tmp_path / "one").link().reports == 0
