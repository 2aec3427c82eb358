"""Exports: read back by readers that know nothing of how they were written, and agree with the record."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import made_up
from dragoman import cli, contract
from dragoman.errors import RecordError, UsageError
from dragoman.knowledge.tables import read_csv
from dragoman.model import Actor, Cast, Event, Interval, Party, Reading, Span, When
from dragoman.record import Record
from dragoman.record.export import EXPORTED_TABLES, FORMATS, Filters, export
from dragoman.record.export.selection import Lines
from dragoman.record.export.tabs import LAYOUTS
from dragoman.record.query import Questions

TABBED = {"gdelt-events": 61, "gdelt-mentions": 16, "icews": 20, "polecat": 40, "phoenix": 26}
PAIRED = ("gdelt-events", "icews", "polecat", "phoenix")
IDENT = {"gdelt-events": "GLOBALEVENTID", "icews": "Event ID", "polecat": "Event ID", "phoenix": "EventID"}
REPORTS = 7
STATUSES = ("asserted", "asserted", "planned", "denied", "asserted", "hypothetical")
DATES = ("2023-05-20", "2023-05", "2023", "../2023-05-28", "2023-05-20/2023-06-02", "2023-05-03/2023-05-09")


def reading(n: int) -> Reading:
    """The n-th made-up report: six events of every status and kind of date, one of them told in a second place."""
    read = made_up.Reader().read(made_up.report(n))
    first, ident = read.events[0], read.report.id
    assert first.when is not None
    events = []
    for k, (status, date) in enumerate(zip(STATUSES, DATES, strict=True), 1):
        when = When(Interval.parse(date), first.when.because)
        event = dataclasses.replace(first, id=f"{ident}-e{k}", status=status, when=when)
        events.append(dataclasses.replace(event, also=(Span(0, 8),)) if k == 2 else event)
    events.append(dataclasses.replace(first, id=f"{ident}-e7", status="asserted", when=None, target=(), cameo=None))
    return dataclasses.replace(read, events=tuple(events))


def keep(folder: Path, numbers: range | list[int], batch: int = 3) -> Record:
    record = Record(folder, create=True)
    with record.writer(reports=batch) as writer:
        for n in numbers:
            writer.add(reading(n))
    return record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return keep(tmp_path_factory.mktemp("exports") / "record", range(REPORTS))


def written(record: Record, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    export(record, kind, out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def layout(kind: str) -> list[str]:
    return [r["column"] for r in read_csv(LAYOUTS / f"{kind.replace('-', '_')}.csv", ("column",))]


def cells(record: Record, kind: str, **how: object) -> list[dict[str, str]]:
    """The rows of a file of tabs, taken apart without our own code."""
    lines = written(record, kind, **how).decode().split("\n")
    assert lines.pop() == ""
    columns = layout(kind)
    if FORMATS[kind].header:
        assert lines.pop(0).split("\t") == columns
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def pairs(event: dict[str, list[str]]) -> int:
    return max(1, len(event["source_codes"])) * max(1, len(event["target_codes"]))


@pytest.mark.parametrize(("kind", "count"), TABBED.items())
def test_layouts_have_all_columns_once(kind: str, count: int) -> None:
    columns = layout(kind)
    assert len(columns) == len(set(columns)) == count


@pytest.mark.parametrize("kind", PAIRED)
@pytest.mark.parametrize("all_status", [False, True])
def test_one_row_a_pair(record: Record, kind: str, all_status: bool) -> None:
    events = record.events(status=None if all_status else "asserted")
    rows = cells(record, kind, all_status=all_status)
    assert len(rows) == sum(map(pairs, events))
    assert len({r[IDENT[kind]] for r in rows}) == len(rows)


@pytest.mark.parametrize("kind", PAIRED)
def test_every_row_names_its_report(record: Record, kind: str) -> None:
    column = {"gdelt-events": "SOURCEURL", "icews": "Story ID", "polecat": "Event ID", "phoenix": "URLs"}[kind]
    known = {a["report"]: a["source"] for a in record.sql("SELECT report, source FROM articles")}
    named = {r[column].split("-e")[0] for r in cells(record, kind)}
    assert named == set(known.values() if kind in ("gdelt-events", "phoenix") else known)


def test_gdelt_dates_say_no_more_than_the_record(record: Record) -> None:
    rows = cells(record, "gdelt-events", all_status=True)[:13]
    found = [(r["SQLDATE"], r["MonthYear"], r["Year"]) for r in rows[::2]]
    assert found == [
        ("20230520", "202305", "2023"),
        ("", "202305", "2023"),
        ("", "", "2023"),
        ("", "", ""),
        ("", "", "2023"),
        ("", "202305", "2023"),
        ("", "", ""),
    ]
    assert rows[0]["FractionDate"] == "2023.4658"


def test_gdelt_fields(record: Record) -> None:
    row = cells(record, "gdelt-events")[0]
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1Type1Code"]) == ("NORGOV", "ILSE BÅRDAL", "GOV")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"], row["QuadClass"]) == ("051", "051", "05", "1")
    assert (row["GoldsteinScale"], row["IsRootEvent"], row["DATEADDED"]) == ("3.4", "1", "20230528000000")


def test_gdelt_mentions_belong_to_its_events(record: Record) -> None:
    events = {r["GLOBALEVENTID"]: int(r["NumMentions"]) for r in cells(record, "gdelt-events")}
    mentions = cells(record, "gdelt-mentions")
    assert Counter(m["GLOBALEVENTID"] for m in mentions) == events
    text = record.report(mentions[0]["Extras"].split(";")[0].removeprefix("report=")).text
    assert text[int(mentions[0]["ActionCharOffset"]) :].startswith("thanked")
    assert text[int(mentions[0]["Actor1CharOffset"]) :].startswith("Minister Ilse")


def test_a_side_that_nobody_is_named_on(record: Record) -> None:
    last = [r for r in cells(record, "polecat") if r["Event ID"].endswith("-e7.1")]
    assert len(last) == REPORTS
    assert {r["Recipient Name"] + r["Recipient Country"] + r["Recipient Name Raw"] for r in last} == {""}
    # Words that no actor was found for are in the raw name only.
    him = [r for r in cells(record, "polecat") if r["Event ID"].endswith("-e1.2")]
    assert {(r["Recipient Name"], r["Recipient Name Raw"]) for r in him} == {("", "him")}


def test_a_type_without_a_code_of_its_own_takes_that_of_its_type(record: Record) -> None:
    assert {r["CAMEO Code"] for r in cells(record, "icews")} == {"051", "050"}
    assert {r["Event Text"] for r in cells(record, "icews")} >= {"Praise or endorse"}


@pytest.mark.parametrize("kind", TABBED)
def test_duckdb_reads_it_with_its_defaults(record: Record, kind: str, tmp_path: Path) -> None:
    to = tmp_path / "out.tsv"
    count = export(record, kind, to, header=True)
    done = duckdb.sql(f"SELECT * FROM read_csv('{to}', delim='\t', header=true, all_varchar=true)")
    assert (done.columns, len(done.fetchall())) == (layout(kind), count)


def nasty(n: int) -> Reading:
    """Names with whatever would break a row."""
    read = made_up.Reader().read(made_up.report(n, made_up.TEXT.replace("him", 'h\ti\r\nm "x" \u2028')))
    worse = Actor("a2", 'Ty\tria, "the\nGreat"\u0085', "TYR")
    cast = Cast((read.cast.actors[0], worse))
    where = read.report.text.index("h\ti")
    event: Event = dataclasses.replace(
        read.events[0], status="asserted", target=(Party(Span(where, where + 9), None), Party(Span(0, 8), "a2"))
    )
    return dataclasses.replace(read, cast=cast, events=(event,))


def test_names_with_tabs_and_line_ends_break_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up, "_at", lambda *_: Span(0, 8))
    record = Record(tmp_path / "record", create=True)
    with record.writer() as writer:
        writer.add(nasty(1))
    for kind in TABBED:
        rows = cells(record, kind)
        assert len(rows) == 2
        assert not any('"' in v or len(v.splitlines()) > 1 for row in rows for v in row.values()), kind
    to = tmp_path / "out.csv"
    export(record, "csv", to)
    ((names,),) = duckdb.sql(f"SELECT target_names FROM read_csv('{to}', header=true)").fetchall()
    assert names.split("|")[1] == 'Ty\tria, "the\nGreat"\u0085'


def test_plover_lines(record: Record) -> None:
    rows = [json.loads(line) for line in written(record, "plover").decode().splitlines()]
    events = record.events(status="asserted")
    assert {r["id"] for r in rows} == {e["id"] for e in events}
    for row in rows:
        assert {"has_event", "date", "actor", "event"} <= set(row)
        span, text = row["text_info"], record.report(row["cite_info"]["citation"]).text
        assert text[span["start"] : span["end"]] == row["text"]
        assert row["dragoman"]["status"] == "asserted"
    assert rows[0]["actor"][0] == {
        "code": "NOR", "sector": "GOV", "entity_text": "Minister Ilse Bårdal", "identifier_id": "Q1",
        "identifier_text": "Ilse Bårdal", "office": "foreign minister",
    }  # fmt: skip
    assert (rows[0]["quad_code"], rows[0]["event_scale"]) == (1, 5.0)


def test_annotations_stand_on_their_words(record: Record) -> None:
    page = json.loads(written(record, "annotations"))
    items = page["items"]
    assert page["type"] == "AnnotationPage"
    assert len({i["id"] for i in items}) == len(items)
    kinds = Counter(i["id"].rsplit("-", 1)[1][0] for i in items)
    stats = record.stats()
    assert (kinds["e"], kinds["q"], kinds["f"]) == (stats["events"], stats["quotes"], stats["flags"])
    for item in items:
        text = record.report(item["dragoman:report"]).text
        for target in item["target"]:
            at, quoted = target["selector"]
            assert text[at["start"] : at["end"]] == quoted["exact"]
            assert (quoted["prefix"] + quoted["exact"] + quoted["suffix"]) in text
    split = next(i for i in items if i["id"].endswith("-q1"))
    assert [t["selector"][1]["exact"] for t in split["target"]] == ["We shall not forget it,", "nor will our children."]


@pytest.mark.parametrize("odd", ['\n " \\ \u2028 \U0001f600 \x7f', "\x0b\x0f\x1b\x1f \\u001b\n"])
def test_annotations_are_written_as_python_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setattr(made_up, "_at", lambda *_: Span(0, 8))
    record = Record(tmp_path / "record", create=True)
    with record.writer() as writer:
        writer.add(made_up.Reader().read(made_up.report(1, f"{odd}{made_up.TEXT}")))
    _, *lines, _, last = written(record, "annotations").decode().split("\n")
    assert last == ""
    assert len(lines) == 5
    for n, line in enumerate(lines, 1):
        assert line == contract.line(json.loads(line.removesuffix(","))) + ("," if n < len(lines) else "")
    marks = [json.loads(line.removesuffix(","))["target"][0]["selector"][1]["exact"] for line in lines]
    assert odd[:8] in marks


@pytest.mark.parametrize("table", EXPORTED_TABLES)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_read_back_as_they_are(record: Record, table: str, kind: str, tmp_path: Path) -> None:
    to = tmp_path / f"out.{kind}"
    (expected,) = record.sql(f"SELECT count(*) AS n FROM {table}")
    assert export(record, kind, to, table=table) == expected["n"]
    reader = f"read_csv('{to}', header=true)" if kind == "csv" else f"read_parquet('{to}')"
    read = duckdb.sql(f"SELECT * FROM {reader}")
    assert len(read.fetchall()) == expected["n"]
    assert not {"batch", "reading"} & set(read.columns)
    assert {"report_source", "source"} & set(read.columns)


def test_parquet_keeps_lists_and_days(record: Record, tmp_path: Path) -> None:
    to = tmp_path / "events.parquet"
    export(record, "parquet", to)
    ours = record.sql("SELECT id, target_names, date_start, evidence FROM events ORDER BY report, n")
    theirs = duckdb.sql(f"SELECT id, target_names, date_start, evidence FROM read_parquet('{to}')").fetchall()
    assert theirs == [tuple(r.values()) for r in ours]


def test_sqlite_holds_everything_and_finds_words(record: Record, tmp_path: Path) -> None:
    to = tmp_path / "record.db"
    export(record, "sqlite", to)
    with sqlite3.connect(to) as db:
        for table in EXPORTED_TABLES:
            (expected,) = record.sql(f"SELECT count(*) AS n FROM {table}")
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (expected["n"],), table
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = "SELECT count(*) FROM events_fts WHERE events_fts MATCH ?"
        assert db.execute(found, ("bardal",)).fetchone() == (REPORTS * 7,)
        said = "SELECT q.content FROM quotes_fts AS f JOIN quotes AS q ON q.rowid = f.rowid WHERE quotes_fts MATCH ?"
        assert "nor will our children." in db.execute(said, ("children",)).fetchone()[0]
        names, start = db.execute("SELECT target_names, date_start FROM events LIMIT 1").fetchone()
        assert (json.loads(names), start) == (["Tyria", "him"], "2023-05-20")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The same reports, come in another order and in other batches, some of them twice."""
    return keep(tmp_path_factory.mktemp("other") / "record", [*reversed(range(REPORTS)), 2, 4], batch=2)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_reports_give_the_same_bytes(record: Record, other: Record, kind: str, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a", "b", "c")]
    for to, kept in zip(files, (record, record, other), strict=True):
        export(kept, kind, to)
    first, second, third = (f.read_bytes() for f in files)
    assert first == second
    assert first == third


def test_a_record_without_reports(tmp_path: Path) -> None:
    empty = Record(tmp_path / "record", create=True)
    assert [export(empty, kind, tmp_path / kind) for kind in FORMATS] == [0] * len(FORMATS)
    assert json.loads((tmp_path / "annotations").read_bytes())["items"] == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(source="NOR"), Filters(target="Tyria"), Filters(actor="bardal"), Filters(type="SUPPORT"),
        Filters(status="denied"), Filters(limit=3), Filters(source="nobody"),
        Filters(since=Interval.parse("2023-05-25").start),
    ],
)  # fmt: skip
def test_filters_are_those_of_events(record: Record, filters: Filters) -> None:
    wanted = record.events(**dataclasses.asdict(filters))
    rows = [line.split(",")[1] for line in written(record, "csv", filters=filters).decode().splitlines()[1:]]
    assert sorted(rows) == sorted(e["id"] for e in wanted)


def test_filters_reach_quotations_and_reports(record: Record, tmp_path: Path) -> None:
    some = record.sql("SELECT report FROM articles ORDER BY report LIMIT 1")[0]["report"]
    export(record, "sqlite", tmp_path / "one.db", Filters(report=some))
    with sqlite3.connect(tmp_path / "one.db") as db:
        counts = [db.execute(f"SELECT count(*), min(report), max(report) FROM {t}").fetchone() for t in EXPORTED_TABLES]
    assert all(c[0] and c[1:] == (some, some) for c in counts)
    assert export(record, "csv", io.BytesIO(), Filters(type="SUPPORT"), table="quotes") == 0


def test_what_is_asked_wrongly(record: Record, tmp_path: Path) -> None:
    for kind, how, words in (
        ("gdelt", {}, "no format"), ("icews", {"table": "quotes"}, "no choice of tables"),
        ("csv", {"table": "failures"}, "no table"), ("plover", {"header": True}, "no line"),
        ("sqlite", {}, "name a file"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=words):
            written(record, kind, **how)
    with pytest.raises(UsageError, match="is a folder"):
        export(record, "csv", tmp_path)


def test_a_failed_export_leaves_what_was_there(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "events.csv"
    to.write_text("mine")

    def failing(*_: object) -> object:
        yield Lines(io.BytesIO(b"half a row"), 1)
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.record.export.comma.lines", failing)
    with pytest.raises(KeyboardInterrupt):
        export(record, "csv", to)
    assert [p.name for p in tmp_path.iterdir()] == ["events.csv"]
    assert to.read_text() == "mine"


def test_a_piece_that_fails_ends_the_export(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.record.export.selection.PIECE", 1)
    asked = Questions.batches

    def failing(self: Questions, sql: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        (first,) = self.sql("SELECT getvariable('first_report') AS first")
        if str(first["first"]) > "a":
            self.run("SELECT error('the disk is full')")
        return asked(self, sql, size)

    monkeypatch.setattr(Questions, "batches", failing)
    for kind in ("icews", "annotations", "sqlite"):
        with pytest.raises(RecordError, match="the disk is full"):
            export(record, kind, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_command(record: Record, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    to = tmp_path / "out.tsv"
    call = ["export", "--record", str(record.folder), "--format", "icews", "--source", "NOR"]
    assert cli.main([*call, "--to", str(to)]) == 0
    assert b"49 rows" in capfdbinary.readouterr().err
    assert cli.main([*call, "--to", "-"]) == 0
    assert capfdbinary.readouterr().out == to.read_bytes()
    assert cli.main([*call, "--to", "-", "--no-header"]) == 0
    assert capfdbinary.readouterr().out == to.read_bytes().split(b"\n", 1)[1]
    assert cli.main([*call, "--to", "-", "--table", "quotes"]) == 2
    assert list(itertools.islice(tmp_path.iterdir(), 2)) == [to]


@pytest.mark.parametrize("kind", ["gdelt-mentions", "polecat", "plover", "annotations"])
def test_reports_piece_by_piece(record: Record, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    whole = written(record, kind)
    for piece in (1, 3, REPORTS):
        monkeypatch.setattr("dragoman.record.export.selection.PIECE", piece)
        assert written(record, kind) == whole
