"""Care: is every row of a record what its report's text and reading say?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.errors import RecordError
from dragoman.record.read_again import Fault, faults_of
from dragoman.record.rows import Row, rows_of_object
from dragoman.record.schema import CHILDREN, SQL_TYPES, TABLES

Sql = Callable[..., list[Row]]

# Reports held in memory at once: tens of megabytes of text and readings.
AT_ONCE = 2_000

# What tells the rows of one report's table apart.
KEYS: Mapping[str, tuple[str, ...]] = {
    "articles": ("report",), "events": ("id",), "quotes": ("id",), "actors": ("id",), "flags": ("id",),
    "mentions": ("start", "stop", "actor", "how"), "reasons": ("owner", "step"), "deals": ("event", "pair"),
    "words": ("owner", "word"), "sketches": (),
}  # fmt: skip
OWN = ("batch", "text", "reading")  # columns that are not made out of the reading


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. report: the id of the report, or the name of the table."""

    report: str
    row: str | None  # id of the row, else what tells it apart
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.report, self.row, self.message) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked and what was wrong. ``notes`` are no errors: leftovers, several versions."""

    rows: dict[str, int]  # table -> rows that count
    versions: dict[str, int]  # version -> reports it read
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]


def check(ask: Callable[..., list[Row]], sql: Sql, unfinished: Callable[[], Mapping[str, int]]) -> Checked:
    """See :meth:`dragoman.Record.check`."""
    try:
        findings, notes = _schema(sql)
        rows = {table: int(sql(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in TABLES}
        versions = {
            r["version"]: r["n"] for r in sql("SELECT version, count(*) AS n FROM articles GROUP BY 1 ORDER BY 1")
        }
        if not findings:  # with other columns, the comparison would only say the same again of every row
            findings = list(_reports(sql))
        notes += _leftovers("were left by a killed run", unfinished())
        notes += _leftovers("are of older readings", {r["of_table"]: r["replaced"] for r in ask("leftovers")})
    except RecordError as e:
        return Checked({}, {}, (), (Finding("record", None, str(e)),))
    if len(versions) > 1:
        notes.append(f"{len(versions)} versions read these reports; `dragoman read --again` reads anew")
    return Checked(rows, versions, tuple(notes), tuple(findings))


def _schema(sql: Sql) -> tuple[list[Finding], list[str]]:
    findings, notes = [], []
    for table, columns in TABLES.items():
        found = {r["column_name"]: r["column_type"] for r in sql(f"DESCRIBE {table}_rows")}
        for column in columns:
            wanted, got = SQL_TYPES[column.kind], found.pop(column.name, None)
            if got != wanted:
                findings.append(Finding(table, column.name, f"the column is {got or 'missing'}, not {wanted}"))
        notes += [f"{table}: column {name} is none of ours" for name in sorted(found)]
    return findings, notes


def _leftovers(why: str, counted: Mapping[str, int]) -> list[str]:
    some = [f"{n:,} in {table}" for table, n in sorted(counted.items()) if n]
    return [f"rows that {why} and do not count: {', '.join(some)}"] if some else []


def _reports(sql: Sql) -> Iterator[Finding]:
    for table in CHILDREN:
        left = f"SELECT report, count(*) AS n FROM {table} ANTI JOIN articles USING (report) GROUP BY report"
        for row in sql(f"{left} ORDER BY report"):
            what = f"{row['n']} rows in {table} of a report that is not there"
            yield Finding(row["report"], None, f"{what}; `dragoman compact` drops them")
    ids = [r["report"] for r in sql("SELECT report FROM articles ORDER BY report")]
    for begin in range(0, len(ids), AT_ONCE):
        first, last = ids[begin], ids[min(begin + AT_ONCE, len(ids)) - 1]
        if begin and first == ids[begin - 1]:
            first += "\0"  # a report with two rows across the border: both were in the piece before
        held: dict[str, dict[str, list[Row]]] = {}
        for table in (*CHILDREN, "articles"):
            of_table = held.setdefault(table, {})
            for row in sql(f"SELECT * FROM {table} WHERE report BETWEEN $first AND $last", first=first, last=last):
                of_table.setdefault(row["report"], []).append(row)
        for report in sorted(held["articles"]):
            yield from _report(report, {table: of_table.get(report, []) for table, of_table in held.items()})


def _report(report: str, stored: Mapping[str, list[Row]]) -> Iterator[Finding]:
    """One report: its text, its reading, and its rows against both."""
    articles = stored["articles"]
    if len(articles) != 1:
        yield Finding(report, None, f"{len(articles)} rows in articles")
    text = articles[0]["text"] or ""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    # Characters that UTF-8 cannot hold are kept as "?", so a text with one may have had another id.
    if digest != report and "?" not in text:
        yield Finding(report, None, f"the text is another's: its id would be {digest}")
    faults: list[Fault] = []
    try:
        obj = json.loads(articles[0]["reading"])
        faults += faults_of(obj, text)
        wanted = rows_of_object(obj, text)
    except (ValueError, TypeError, LookupError, AttributeError) as e:
        yield from (Finding(report, row, message) for row, message in faults)
        yield Finding(report, None, f"the reading cannot be read: {type(e).__name__}: {' '.join(str(e).split())}")
        return
    yield from (Finding(report, row, message) for row, message in faults)
    if obj["id"] != report:
        yield Finding(report, None, f"the reading is of {obj['id']}")
    for table in (*CHILDREN, "articles"):
        yield from _compared(report, table, stored[table], wanted[table])


def _compared(report: str, table: str, stored: Sequence[Row], wanted: Sequence[Row]) -> Iterator[Finding]:
    """Rows as they are kept against rows as they would be kept now."""
    names = [c.name for c in TABLES[table] if c.name not in OWN]
    kept, made = _by_key(table, stored, names), _by_key(table, wanted, names)
    for key in sorted({*kept, *made}, key=repr):
        label = " ".join(str(part) for part in key)
        here, there = kept.get(key, []), made.get(key, [])
        if len(here) != len(there):
            yield Finding(report, label, f"{len(here)} rows in {table} where the reading has {len(there)}")
            continue
        for one, other in zip(sorted(here, key=repr), sorted(there, key=repr), strict=True):
            for name, is_, should in zip(names, one, other, strict=True):
                if is_ != should:
                    yield Finding(
                        report, label, f"{table}.{name} is {_short(is_)}, text and reading say {_short(should)}"
                    )


def _by_key(table: str, rows: Sequence[Row], names: Sequence[str]) -> dict[tuple[Any, ...], list[list[Any]]]:
    out: dict[tuple[Any, ...], list[list[Any]]] = {}
    for row in rows:
        out.setdefault(tuple(row[k] for k in KEYS[table]), []).append([row.get(name) for name in names])
    return out


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else said[:59] + "…"
