"""The chosen rows of the record's own tables, for CSV, Parquet and SQLite."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.record.export.selection import OF_PIECE
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
CHOSEN = {"events": "is_chosen_event(t.id, t.status)", "quotes": "is_chosen_quote(t.id)"}
LEFT_OUT = ("batch", "reading")  # the commit's name changes from run to run; the reading says again what the rows say
# What events and quotations take along of their report, so that a row of theirs says where it is from.
TAKEN = ("source", "url", "title", "dated")


def columns_of(table: str) -> list[Column]:
    """The columns that an export has of a table."""
    return [c for c in TABLES[table] if c.name not in LEFT_OUT]


def query(table: str, lists: str = "{}", days: str = "{}", *, wide: bool = True, piece: bool = False) -> str:
    """A SELECT of the chosen rows. lists, days: SQL around a column of that kind.

    wide: with what events and quotations take along of their report. piece: those of one piece; else all, in order.
    """
    around = {"texts": lists, "day": days}
    cells = [around.get(c.kind, "{}").format(f't."{c.name}"') + f' AS "{c.name}"' for c in columns_of(table)]
    own = table in ("events", "quotes")
    chosen = CHOSEN.get(table, "is_chosen_report(t.report)")
    joined = ""
    if wide and table != "articles":
        taken = TAKEN if own else ("source",)
        cells += [f'a."{name}" AS "report_{name}"' for name in taken]
        some = f"SELECT {', '.join(('report', *taken))} FROM articles{f' WHERE {OF_PIECE}' if piece else ''}"
        joined = f"JOIN ({some}) AS a ON a.report = t.report"
    wanted = f"FROM {table}{f' WHERE {OF_PIECE}' if piece else ''}"
    rows = f"(SELECT t.* FROM ({wanted}) AS t WHERE {chosen}) AS t {joined}"
    return f"SELECT {', '.join(cells)} FROM {rows}" + ("" if piece else f" ORDER BY {ORDER[table]}")
