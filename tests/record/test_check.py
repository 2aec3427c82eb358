"""The check finds whatever is wrong, names it, and finds nothing wrong in what was kept rightly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from deltalake import write_deltalake

import made_up
from dragoman.contract import line, reading_object
from dragoman.record import Record, read_all
from dragoman.record.rows import Row, rows_of
from dragoman.record.schema import CHILDREN
from dragoman.record.store import Store
from hand_made import Deed, Said, kept, told

READING = made_up.Reader().read(made_up.report(1))
ID = READING.report.id


def record_of(folder: Path, rows: dict[str, list[Row]]) -> Record:
    """A record of these rows, whatever they say."""
    Record(folder, create=True)
    for table in (*CHILDREN, "articles"):
        if rows[table]:
            Store(folder).append(table, [{"batch": "1"} | row for row in rows[table]])
    return Record(folder)


def messages(record: Record) -> list[str]:
    return [str(f) for f in record.check().findings]


def test_nothing_is_wrong(tmp_path: Path) -> None:
    record = kept(
        tmp_path / "record",
        *(made_up.Reader().read(made_up.report(n)) for n in range(5)),
        told(Deed("A Norr/NOR", "a widow", "2022"), Said("A Norr/NOR", "so be it 🙂 né"), extra="é\u0301 \u00a0 🙂"),
        made_up.Reader().read(made_up.report(9, "a lone \ud800 surrogate, a \x00, and \x1b[31m")),
    )
    found = record.check()
    assert (found.findings, found.notes) == ((), ("2 versions read these reports; `dragoman read --again` reads anew",))
    assert found.rows["articles"] == 7
    assert found.versions == {"hand-made 1": 1, "made-up 1": 6}


def test_in_pieces_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = kept(tmp_path / "record", *(made_up.Reader().read(made_up.report(n)) for n in range(7)))
    whole = record.check()
    for at_once in (1, 2, 3):
        monkeypatch.setattr("dragoman.record.check.AT_ONCE", at_once)
        assert record.check() == whole


CHANGED = [
    (("events", "evidence", "Bårdal of Norland"), f"{ID}-e1: events.evidence is 'Bårdal of Norland', text and"),
    (("events", "evidence_start", 8), f"{ID}-e1: events.evidence_start is 8, text and reading say 9"),
    (("events", "status", "asserted"), "events.status is 'asserted', text and reading say 'planned'"),
    (("events", "target_codes", ["TYR"]), "events.target_codes is ['TYR'], text and reading say ['TYR', '']"),
    (("quotes", "content", "We shall"), f"{ID}-q1: quotes.content is 'We shall'"),
    (("actors", "code", "SWE"), "a1: actors.code is 'SWE', text and reading say 'NOR'"),
    (("mentions", "words", "Nobody"), "mentions.words is 'Nobody'"),
    (("flags", "message", "all is well"), f"{ID}-f1: flags.message is 'all is well'"),
    (("reasons", "figure", 0.5), "reasons.figure is 0.5"),
    (("reasons", "step", 7), "reasons where the reading has 1"),
    (("articles", "n_events", 2), "articles.n_events is 2, text and reading say 1"),
    (("articles", "text", READING.report.text.replace("Tyria", "Syria")), "the text is another's: its id would be"),
    (("articles", "reading", "{"), "the reading cannot be read: JSONDecodeError"),
    (("articles", "reading", "[]"), "the reading cannot be read: TypeError"),
]


@pytest.mark.parametrize(("change", "says"), CHANGED, ids=[f"{c[0]}.{c[1]}" for c, _ in CHANGED])
def test_a_changed_cell_is_found(tmp_path: Path, change: tuple[str, str, Any], says: str) -> None:
    table, column, value = change
    rows = rows_of(READING)
    rows[table][0][column] = value
    found = messages(record_of(tmp_path / "record", rows))
    assert any(says in message for message in found), found
    assert all(message.startswith(ID) for message in found)


@pytest.mark.parametrize("table", [*CHILDREN])
def test_a_lost_row_and_a_row_too_many_are_found(tmp_path: Path, table: str) -> None:
    lost, doubled = rows_of(READING), rows_of(READING)
    del lost[table][0]
    doubled[table].append(doubled[table][0])
    assert any(f"0 rows in {table} where the reading has 1" in m for m in messages(record_of(tmp_path / "a", lost)))
    assert any(f"2 rows in {table} where the reading has 1" in m for m in messages(record_of(tmp_path / "b", doubled)))


def test_a_report_that_counts_twice_is_found(tmp_path: Path) -> None:
    rows = rows_of(READING)
    rows["articles"] *= 2
    assert f"{ID}: 2 rows in articles" in messages(record_of(tmp_path / "record", rows))


def set_in(obj: dict[str, Any], path: str, value: Any) -> None:
    """``set_in(obj, "events.0.status", x)``"""
    *way, last = (int(p) if p.isdigit() else p for p in path.split("."))
    at: Any = obj
    for step in way:
        at = at[step]
    at[last] = value


WRONG = [
    (("events.0.evidence.end", 9999), f"{ID}-e1: events.evidence at 9-9999 is not within the text's"),
    (("quotes.0.content.1.start", -1), f"{ID}-q1: quotes.content at -1-"),
    (("quotes.0.content.0.end", 5), f"{ID}-q1: quotes.content at"),
    (("events.0.trigger.end", READING.events[0].trigger.start), f"{ID}-e1: has no words of trigger"),
    (("quotes.0.content", []), f"{ID}-q1: has no words"),
    (("events.0.quad", "peace"), "'peace' is no quad"),
    (("events.0.status", "perhaps"), "'perhaps' is no status"),
    (("events.0.date", "2022-13-01"), "'2022-13-01' is no date"),
    (("events.0.date", "2022-02-01/2022-01-01"), "'2022-02-01/2022-01-01' is no date"),
    (("events.0.confidence", 1.5), "confidence 1.5 is not from 0 to 1"),
    (("events.0.source.0.actor", "a9"), "no actor a9"),
    (("events.0.said_in", f"{ID}-q8"), f"no quotation {ID}-q8"),
    (("events.0.id", "0000-e1"), "0000-e1: is no id of this report"),
    (("actors.1.id", "a1"), "a1: 2 actors of this id"),
    (("segments.1.kind", "poem"), "'poem' is no kind of segment"),
    (("segments.1.start", 0), "segments overlap"),
    (("segments.1.end", 150), "no segment covers the words at"),
    (("id", "0" * 16), f"{ID}: the reading is of {'0' * 16}"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[c[0] for c, _ in WRONG])
def test_a_reading_that_cannot_be_is_found(tmp_path: Path, change: tuple[str, Any], says: str) -> None:
    obj = json.loads(line(reading_object(READING)))
    set_in(obj, *change)
    rows = rows_of(READING)
    rows["articles"][0]["reading"] = line(obj)
    found = messages(record_of(tmp_path / "record", rows))
    assert any(says in message for message in found), found


def test_leftovers_are_no_errors(tmp_path: Path) -> None:
    record = record_of(tmp_path / "record", rows_of(READING))
    Store(record.folder).append("events", [{**rows_of(READING)["events"][0], "batch": "2"}] * 3)
    list(read_all(made_up.Reader().read, [made_up.report(1)], record, again=True))
    found = Record(record.folder).check()
    assert found.findings == ()
    killed, older = found.notes
    assert killed == "rows that were left by a killed run and do not count: 3 in events"
    assert older.startswith(
        "rows that are of older readings and do not count: 3 in actors, 1 in articles, 2 in deals, 1 in events"
    )


def test_other_columns_are_found(tmp_path: Path) -> None:
    from arro3.core import Array, DataType, Table

    record = record_of(tmp_path / "record", rows_of(READING))
    odd = Table.from_arrays([Array(["x"], DataType.utf8()), Array(["y"], DataType.utf8())], names=["report", "step"])
    write_deltalake(str(record.folder / "reasons"), odd, mode="overwrite", schema_mode="overwrite")
    found = messages(Record(record.folder))
    assert "reasons: step: the column is VARCHAR, not INTEGER" in found or any("cannot" in m for m in found), found


def test_broken_files_are_found(tmp_path: Path) -> None:
    record = record_of(tmp_path / "record", rows_of(READING))
    for file in Store(record.folder).files("events"):
        Path(file.path).write_bytes(b"no parquet")
    (message,) = messages(Record(record.folder))
    assert message.startswith("record: ")
