"""The chosen rows of the record's own tables, for CSV, Parquet and SQLite."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.record.schema import TABLES, Column

# In the order of making: a report stands before what is of it.
ORDER: Mapping[str, str] = {
    "articles": "t.report",
    "events": "t.report, t.n",
    "quotes": "t.report, t.n",
    "actors": "t.report, length(t.id), t.id",
    "mentions": "t.report, t.start, t.stop, t.actor, t.words, t.how",
    "flags": "t.report, length(t.id), t.id",
    "reasons": "t.report, length(t.owner), t.owner, t.step",
}
LEFT_OUT = ("batch", "reading")  # the commit's name changes from run to run; the reading says again what the rows say
# What events and quotations take along of their report, so that a row of theirs says where it is from.
TAKEN = ("source", "url", "title", "dated")


def columns_of(table: str) -> list[Column]:
    """The columns that an export has of a table."""
    return [c for c in TABLES[table] if c.name not in LEFT_OUT]


def query(table: str, lists: str = "{}", days: str = "{}", *, wide: bool = True) -> str:
    """A SELECT of the chosen rows in their order. lists, days: SQL around a column of that kind.

    wide: with what events and quotations take along of their report.
    """
    around = {"texts": lists, "day": days}
    cells = [around.get(c.kind, "{}").format(f't."{c.name}"') + f' AS "{c.name}"' for c in columns_of(table)]
    own = table in ("events", "quotes")
    chosen = f"chosen_{table} AS c ON c.id = t.id" if own else "chosen_reports AS c ON c.report = t.report"
    joined = ""
    if wide and own:
        cells += [f'a."{name}" AS "report_{name}"' for name in TAKEN]
        joined = "JOIN articles AS a ON a.report = t.report"
    elif wide and table != "articles":
        cells.append('a.source AS "report_source"')
        joined = "JOIN articles AS a ON a.report = t.report"
    rows = f"(SELECT t.* FROM {table} AS t SEMI JOIN {chosen}) AS t {joined}"
    return f"SELECT {', '.join(cells)} FROM {rows} ORDER BY {ORDER[table]}"
